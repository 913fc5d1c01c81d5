"""The official letter that urges: by when, a preview, the file; later its number and date, or that it is dropped."""

from datetime import date
from typing import Any

from actions import dates, urging_letters
from bot import scopes
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.office_lists import PAGE, paged
from bot.scopes import Scope
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.evidence import document_in
from domain.outgoing import Message
from domain.words import squeeze
from storage.views import AnyRow, office_settings, urges, work
from storage.views.work import Work

WANTED = "letter_wanted"
CONFIRM = "letter_confirm"
NUMBER = "letter_number"
NUMBER_CONFIRM = "letter_number_confirm"
DROP_CONFIRM = "letter_drop_confirm"

_LEAVE = choice("Huỷ", Verb.CANCEL)
_LISTED = choice("Công văn chưa ghi số", Verb.OFFICE, "letters", 0)
_OVERVIEW = choice("Tổng hợp", Verb.DIGEST)


def start(desk: Desk, button: Button) -> Reply:
    """Ask by when the letter wants the work done."""
    scope = scopes.of(button)
    return _ask(desk, {"scope": list(scope.args), "ids": [one.id for one in scope.works(desk)], "by": None})


def _ask(desk: Desk, data: dict[str, Any]) -> Reply:
    found = urging_letters.foresee(desk.unit, coordinator(desk), data["ids"], desk.now)
    works = found.works
    return say(
        "office/ask_letter_wanted",
        works=works,
        preview=found.preview,
        agencies=_agencies(works),
        day=desk.day,
        step=WANTED,
        data=data,
        choices=[choice("Không ghi ngày", Verb.SKIP), Scope(*data["scope"]).back(), _LEAVE],
    )


def _agencies(works: tuple[Work, ...]) -> list[str]:
    return list(dict.fromkeys(one.agency for one in works))


def wanted(desk: Desk) -> Reply:
    """Take the day by which the letter wants the work done."""
    by = dates.read_due(squeeze(desk.incoming.text), desk.now)
    return _review(desk, {**desk.data, "by": by.isoformat()})


def skip(desk: Desk, _button: Button) -> Reply:
    """Write the letter without a new day."""
    return _review(desk, {**desk.data, "by": None})


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    found = urging_letters.foresee(desk.unit, coordinator(desk), data["ids"], desk.now)
    works = found.works
    missing = [name for name in ("place", "signatory_position", "signatory_name") if not _set(desk, name)]
    return say(
        "office/confirm_letter",
        works=works,
        preview=found.preview,
        agencies=_agencies(works),
        by=date.fromisoformat(data["by"]) if data["by"] else None,
        missing=bool(missing),
        day=desk.day,
        step=CONFIRM,
        data={**data, "ids": [one.id for one in works], "of": data["ids"]},
        choices=[choice("Lập công văn", Verb.YES, CONFIRM), choice("Quay lại", Verb.BACK), _LEAVE],
    )


def _set(desk: Desk, name: str) -> bool:
    return bool(office_settings.text(desk.unit, name))


def back(desk: Desk, _button: Button) -> Reply:
    """Ask for the day again."""
    return _ask(desk, {**desk.data, "ids": desk.data.get("of", desk.data["ids"])})


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Write the letter and hand it over."""
    data = desk.data
    by = date.fromisoformat(data["by"]) if data["by"] else None
    made = urging_letters.write(desk.unit, coordinator(desk), data["ids"], by, desk.now)
    reply = say(
        "office/letter_written",
        works=made.works,
        agencies=_agencies(made.works),
        day=desk.day,
        choices=[
            choice("Ghi số công văn", Verb.LETTER_NUMBER, made.urge_id),
            Scope(*data["scope"]).back("Quay lại danh sách"),
            _OVERVIEW,
        ],
    )
    (text,) = reply.messages
    return Reply((Message(text.text, text.choices, files=(made.file,)),), reply.conversation)


def listed(desk: Desk, name: str, at: int) -> Reply:
    """Show the letters whose number nobody has recorded."""
    rows = urges.unnumbered(desk.unit)
    shown = rows[at * PAGE : (at + 1) * PAGE]
    return say(
        "office/letters",
        letters=[(row, _of(desk, row.id)) for row in shown],
        total=len(rows),
        choices=[
            *(choice(f"Công văn lập ngày {row.at:%d/%m}", Verb.LETTER_NUMBER, row.id, listed=True) for row in shown),
            *paged(name, at, len(rows)),
        ],
    )


def _of(desk: Desk, urge_id: int) -> list[Work]:
    return list(work.by_ids(desk.unit, urges.matters_of(desk.unit, urge_id), desk.day).values())


def ask_number(desk: Desk, button: Button) -> Reply:
    """Ask for the number and date of a letter that was signed."""
    row = _letter(desk, button.number())
    return say(
        "office/ask_letter_number",
        letter=row,
        works=_of(desk, row.id),
        step=NUMBER,
        data={"id": row.id},
        choices=[choice("Bỏ dự thảo này", Verb.LETTER_DROP, row.id), _LISTED, _LEAVE],
    )


def _letter(desk: Desk, urge_id: int) -> AnyRow:
    coordinator(desk)
    row = urges.get(desk.unit, urge_id)
    if row is None or row.kind != "letter":
        raise NotFound("công văn này")
    if row.number is not None:
        raise ActRefused(f"Công văn này đã được ghi số {row.number} ngày {row.date:%d/%m/%Y}.")
    return row


def number(desk: Desk) -> Reply:
    """Take number and date as typed, and read them back."""
    row = _letter(desk, desk.data["id"])
    found = document_in(desk.incoming.text, desk.day)
    if found.number is None or found.on is None:
        raise ActRefused("Chưa đọc được đủ số và ngày. Xin gõ như: 123/VP-KSTT ngày 20/3/2026.")
    data = {"id": row.id, "number": found.number, "on": found.on.isoformat()}
    return say(
        "office/confirm_letter_number",
        number=found.number,
        on=found.on,
        works=_of(desk, row.id),
        step=NUMBER_CONFIRM,
        data=data,
        choices=[
            choice("Ghi số công văn", Verb.YES, NUMBER_CONFIRM),
            choice("Quay lại", Verb.LETTER_NUMBER, row.id),
            _LEAVE,
        ],
    )


def numbered(desk: Desk, _button: Button) -> Reply:
    """Record the number and date: they stand in the history of each task from now on."""
    data = desk.data
    on = date.fromisoformat(data["on"])
    ids = urging_letters.record_number(desk.unit, coordinator(desk), data["id"], data["number"], on, desk.now)
    return say("office/letter_numbered", number=data["number"], on=on, count=len(ids), choices=[_OVERVIEW])


def ask_drop(desk: Desk, button: Button) -> Reply:
    """Show what dropping a letter means."""
    row = _letter(desk, button.number())
    return say(
        "office/confirm_letter_drop",
        letter=row,
        works=_of(desk, row.id),
        step=DROP_CONFIRM,
        data={"id": row.id},
        choices=[
            choice("Bỏ dự thảo công văn", Verb.YES, DROP_CONFIRM),
            choice("Quay lại", Verb.LETTER_NUMBER, row.id),
            _LEAVE,
        ],
    )


def dropped(desk: Desk, _button: Button) -> Reply:
    """Drop a letter that will not be signed."""
    works = _of(desk, desk.data["id"])
    urging_letters.drop(desk.unit, coordinator(desk), desk.data["id"], desk.now)
    return say("office/letter_dropped", count=len(works), choices=[_LISTED, _OVERVIEW])
