"""Doing what a choice asks, pressed or typed."""

from bot import help_texts
from bot.desk import Desk, Reply
from bot.routes import OUTDATED, PRESSES, STEP_PRESSES
from domain.buttons import Button, Verb
from domain.words import fold


def press(desk: Desk, key: str) -> Reply:
    """Do what a choice asks, whichever message it came from."""
    button = Button.unpack(key)
    if button is None:
        return help_texts.stale(desk)
    handler = PRESSES.get(button.verb)
    if handler is None and any(key == offered for _, offered in desk.conversation.choices):
        handler = STEP_PRESSES.get((desk.conversation.step, button.verb))
    handler = handler or OUTDATED.get((desk.conversation.step, button.verb))
    return handler(desk, button) if handler else help_texts.stale(desk)


def chosen(desk: Desk, text: str) -> str | None:
    """Return the key of the choice that a digit, or the choice's own words, means."""
    choices = desk.conversation.choices
    if text.isascii() and text.rstrip(".)").isdigit():
        at = int(text.rstrip(".)")[:4])
        return choices[at - 1][1] if 1 <= at <= len(choices) else None
    said = fold(text)
    by_words = {fold(label): key for label, key in choices}
    if said in by_words:
        return by_words[said]
    optional = [key for _, key in choices if Button.unpack(key) == Button(Verb.SKIP)]
    return optional[0] if optional and said in {"bo qua", "boqua", "skip"} else None
