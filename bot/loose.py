"""Reading typed words outside any question."""

from bot import citizens, help_texts, joining, opening
from bot.choosing import press
from bot.desk import Desk, Reply
from domain.buttons import Verb
from domain.cases import case_code_in
from domain.evidence import code_in
from domain.words import fold


def read(desk: Desk, text: str) -> Reply:
    """Answer words that no question waits for: a task's code, a join code."""
    code = code_in(text)
    if code is not None and desk.viewer is not None:
        card = opening.by_code(desk, text)
        wanted = next((key for _, key in card.conversation.choices if key.startswith(f"{Verb.DONE}:")), None)
        return press(desk, wanted) if wanted and _says_done(text) else card
    done = next((key for _, key in desk.conversation.choices if key.startswith(f"{Verb.DONE}:")), None)
    if done is not None and _says_done(text):
        return press(desk, done)
    if case_code_in(text) is not None:
        return citizens.look_up(desk, text)
    if joining.looks_like_code(text):
        return joining.offer(desk, text)
    if desk.viewer is None and not desk.conversation.choices:
        return joining.welcome(desk)
    return help_texts.not_understood(desk)


_DONE_WORDS = ({"xong"}, {"da", "xong"}, {"hoan", "thanh"}, {"da", "hoan", "thanh"}, {"bao", "xong"})


def _says_done(text: str) -> bool:
    """Whether the words beside the code say done and nothing else: "chưa xong" and "xong chưa" do not."""
    rest = fold(text).replace("-", " ").replace("nv", " ")
    return {word for word in rest.split() if not word.isdigit()} in _DONE_WORDS
