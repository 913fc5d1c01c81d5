"""One act on a case, asked question by question, shown once as a whole, done after one confirmation.

The table of deeds (`bot/register/deeds.py`) says what is asked for each of them; this asks it.
"""

import json
from typing import Any
from zlib import crc32

from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.register import cards, rows
from bot.register.answers import OFFER, Data
from bot.register.deed import Deed, Question
from bot.register.deeds import DEEDS, is_open, then
from domain.buttons import Button, Verb, choice
from domain.cases.decisions import Source
from domain.errors import NotFound
from storage.views import AnyRow
from storage.views.cases import register

ASK = "register_ask"
CONFIRM = "register_confirm"

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def start(desk: Desk, button: Button) -> Reply:
    """Begin an act on a case; where it is not open any more, show how the case stands."""
    deed = DEEDS.get(button.word(1))
    if deed is None:
        raise NotFound("việc này")
    case = cards.opened(desk, button.number(2))
    if not is_open(desk, deed, case):
        return cards.show(desk, case)
    data = {"deed": deed.name, "id": case.id, "version": case.version, "at": 0, "from": case.agency_id or 0}
    return _go_on(desk, deed, case, data, 0)


def _current(desk: Desk) -> tuple[Deed, AnyRow, Data]:
    data = dict(desk.data)  # kept as JSON: what a reader returns must be
    return DEEDS[data["deed"]], cards.opened(desk, data["id"]), data


def _go_on(desk: Desk, deed: Deed, case: AnyRow, data: Data, at: int, step: int = 1) -> Reply:
    """Ask the next question that is wanted from one place on, or the one before; else show the whole, or the case."""
    while 0 <= at < len(deed.questions):
        if deed.questions[at].wanted(data):
            return _ask(desk, deed, case, {**data, "at": at})
        at += step
    return _review(desk, deed, case, {**data, "at": len(deed.questions)}) if at >= 0 else cards.show(desk, case)


def _ask(desk: Desk, deed: Deed, case: AnyRow, data: Data, offered: list[list[str]] | None = None) -> Reply:
    question = deed.questions[data["at"]]
    options = [*(offered or ()), *([] if offered else question.options(desk, case, data))]
    first = not any(one.wanted(data) for one in deed.questions[: data["at"]])
    return say(
        "register/ask",
        label=deed.label,
        question=question.name,
        near=len(offered or ()),
        hints=question.hints(desk, case, data) if desk.can.private else [],
        line=rows.line(desk, case),
        private=desk.can.private,
        step=ASK,
        data=data,
        choices=[
            *(choice(label[:1].upper() + label[1:], Verb.REGISTER_PICK, value) for label, value in options),
            *([choice(question.skip, Verb.SKIP)] if question.skip else []),
            choice(f"Quay lại {case.code}", Verb.REGISTER, "open", case.id) if first else _BACK,
            _LEAVE,
        ],
    )


def answer(desk: Desk) -> Reply:
    """Take a typed answer."""
    return _taken(desk, desk.incoming.text)


def option(desk: Desk, button: Button) -> Reply:
    """Take one of the answers that were offered."""
    return _taken(desk, button.word())


def skip(desk: Desk, _button: Button) -> Reply:
    """Leave the question out."""
    return _taken(desk, "")


def _taken(desk: Desk, text: str) -> Reply:
    deed, case, data = _current(desk)
    question: Question = deed.questions[data["at"]]
    found = question.read(desk, data, text)
    if OFFER in found:
        return _ask(desk, deed, case, data, found[OFFER])
    return _go_on(desk, deed, case, {**data, **found}, data["at"] + 1)


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again; before the first, show the case."""
    deed, case, data = _current(desk)
    return _go_on(desk, deed, case, data, data["at"] - 1, -1)


def _review(desk: Desk, deed: Deed, case: AnyRow, data: Data) -> Reply:
    """Show what would be done, and whom it reaches."""
    return say(
        f"register/confirm_{deed.name}",
        **_about(desk, case),
        **deed.shown(desk, case, data),
        step=CONFIRM,
        data=data,
        choices=[
            choice(deed.sure, Verb.YES, CONFIRM, case.id, _mark(data)),
            _BACK if deed.questions else choice(f"Quay lại {case.code}", Verb.REGISTER, "open", case.id),
            _LEAVE,
        ],
    )


def _mark(data: Data) -> int:
    """Return a short mark of what is confirmed: the button of an older preview, with other contents, is outdated."""
    return crc32(json.dumps(data, sort_keys=True).encode())


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Do what was shown, and say what follows."""
    deed, case, data = _current(desk)
    before = deed.shown(desk, case, data)
    came = deed.do(desk, coordinator(desk), case, data) or {}
    after = cards.opened(desk, case.id)
    ways = [choice(one.label, Verb.REGISTER, "do", one.name, case.id) for one in then(desk, deed, after)]
    ways.append(choice(f"Mở {case.code}", Verb.REGISTER, "open", case.id))
    ways.append(choice("Sổ phản ánh, kiến nghị", Verb.OFFICE, "cases", 0))
    about = _about(desk, after)
    return say(f"register/done_{deed.name}", **about, **before, **came, choices=ways, sealed=deed.sealed)


def _about(desk: Desk, case: AnyRow) -> dict[str, Any]:
    """Return what every preview and answer may say of the case itself."""
    return {
        "line": rows.line(desk, case),
        "private": desk.can.private,
        "told": _by(desk, case),
        "received_on": case.received_on,
    }


def _by(desk: Desk, case: AnyRow) -> str:
    """Return how a case's sender hears: in the chat, by a colleague's hand, where the other system tells it."""
    if register.is_by_chat(desk.unit, case.endpoint_id):
        return "chat"
    return "there" if Source(case.source).tells_its_senders else "hand"
