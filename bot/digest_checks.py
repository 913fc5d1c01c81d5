"""The office's look at the next working morning's digest: hold it, let it go, add a sentence of its own."""

from datetime import date

from actions import compose, digests
from bot.authority import coordinator
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.conversation import Conversation
from domain.digests import Check
from domain.errors import NotFound
from domain.outgoing import Choice, Message
from domain.words import squeeze

NOTE, CONFIRM = "digest_note", "digest_note_confirm"

_LEAVE = choice("Huỷ", Verb.CANCEL)


def press(desk: Desk, button: Button) -> Reply:
    """Show the coming digest, hold it, let it go, or ask for the office's sentence."""
    viewer, day = coordinator(desk), _day(button.word(1))
    act = button.word()
    if act in _STATES:
        digests.decide(desk.unit, viewer, day, _STATES[act], desk.now)
    elif act == "bare":
        digests.add_note(desk.unit, viewer, day, "", desk.now)
    elif act == "note":
        digests.may_check(desk.unit, viewer, day, desk.now)
        return _ask(day)
    return _shown(desk, day)


_STATES = {"hold": Check.HELD, "go": Check.LET_GO}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound("bản tin này") from None


def _shown(desk: Desk, day: date) -> Reply:
    text, offered = compose.check_text(desk.unit, day)
    choices = (*offered, choice("Tổng hợp", Verb.DIGEST))
    return Reply((Message(text, choices),), Conversation(choices=tuple((one.label, one.key) for one in choices)))


def _ask(day: date) -> Reply:
    return say(
        "digests/ask_note",
        coming=day,
        longest=digests.NOTE_LONGEST,
        step=NOTE,
        data={"day": day.isoformat()},
        choices=[_back(day), _LEAVE],
    )


def _back(day: date) -> Choice:
    return choice("Quay lại", Verb.DIGEST_CHECK, "show", day.isoformat())


def note(desk: Desk) -> Reply:
    """Take the sentence as typed, and ask once before leaders read it."""
    text, day = squeeze(desk.incoming.text), _day(desk.data["day"])
    if not text:
        return _ask(day)
    if len(text) > digests.NOTE_LONGEST:
        return sentence(
            f"Lời của Văn phòng dài quá {digests.NOTE_LONGEST} ký tự. Xin viết ngắn hơn.", desk.conversation
        )
    return say(
        "digests/confirm_note",
        coming=day,
        text=text,
        step=CONFIRM,
        data={"day": day.isoformat(), "text": text},
        choices=[
            choice("Ghi vào bản tin", Verb.YES, CONFIRM),
            choice("Viết lại", Verb.DIGEST_CHECK, "note", day.isoformat()),
            _back(day),
            _LEAVE,
        ],
    )


def noted(desk: Desk, _button: Button) -> Reply:
    """Write the sentence into the coming digest and show it."""
    day = _day(desk.data["day"])
    digests.add_note(desk.unit, coordinator(desk), day, desk.data["text"], desk.now)
    return _shown(desk, day)
