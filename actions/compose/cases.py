"""Citizens' cases as officials are told of them: what came, what is due, what happened; never who sent it.

On a channel that is not private a message holds codes, kinds and dates alone. Of a case about conduct only those are
told who handle it: that is asked once more where the message is composed.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from actions.cases import moving
from actions.compose.case_words import Told, told_of
from actions.compose.parts import SHOWN, Context, Part
from domain.buttons import Verb, choice
from domain.cases.lifecycle import State
from domain.notices import Kind
from domain.outgoing import Choice, Gist
from domain.people import Role
from messages.render import render
from storage import notices, office_settings, people
from storage.cases import proposals, rows, tellings
from storage.types import AnyRow
from storage.views import details
from storage.views.cases import caseload
from storage.views.cases.caseload import Case

OPENED = 4
"""So many cases of a message have a choice that opens them."""


def of_case(context: Context, kind: Kind, notices_of_kind: list[AnyRow]) -> Part | None:
    """Compose what is said of cases in one kind of notice, as far as it still holds; the rest is dropped."""
    told = [one for row in notices_of_kind if (one := _told(context, kind, row)) is not None]
    if not told:
        return None
    told = _sorted(list({(one.case.id, one.event): one for one in told}.values()))
    listed = [one for one in told if one.case.due_on is not None]
    values: dict[str, Any] = {
        "told": told[:SHOWN],
        "more": told[SHOWN:],
        "count": len(told),
        "day": context.day,
        "private": context.private,
        "role": told[0].row.role,
        "agencies": list(dict.fromkeys(one.case.agency for one in told if one.case.agency)),
        "nearest": min((one.case.due_on for one in listed if one.case.due_on), default=None),
        **_OF_KIND.get(kind, _nothing)(context, told),
    }
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), _choices(kind, told))


def gist_of_cases(context: Context, told: Sequence[AnyRow]) -> Gist | None:
    """Return what a message about cases alone comes to where no text may go: how many of them, and the nearest."""
    found = caseload.by_ids(context.unit, [row.matter_id for row in told if row.matter_id is not None], context.now)
    open_ones = [one for one in found.values() if one.state.is_open]
    nearest = min(open_ones, key=lambda one: (one.due_on is None, one.due_on or context.day, one.code), default=None)
    return Gist(len(open_ones), nearest.code, nearest.due_on) if nearest is not None else None


def _sorted(told: list[Told]) -> list[Told]:
    return sorted(told, key=lambda one: (one.case.due_on is None, one.case.due_on or date.max, one.case.id))


def _told(context: Context, kind: Kind, row: AnyRow) -> Told | None:
    case = caseload.by_ids(context.unit, [row.matter_id], context.now).get(row.matter_id)
    why = "the case is gone" if case is None else _untrue(context, kind, row, case)
    if why or case is None:
        notices.drop(context.unit, [row.id], why)
        return None
    return told_of(context, kind, row, case)


_OF_A_DATE = {Kind.CASE_REMINDER, Kind.CASE_OVERDUE, Kind.CASE_ESCALATION, Kind.CASE_UNACKNOWLEDGED}
_TO_BE_DONE = {*_OF_A_DATE, Kind.CASE_FORWARDED, Kind.CASE_URGED, Kind.CASE_RETURNED, Kind.CASE_TO_APPROVE}


def _untrue(context: Context, kind: Kind, row: AnyRow, case: Case) -> str:
    """Return why a notice is not to be said any more, "" where it is."""
    if kind in _OF_A_DATE and not row.occasion.endswith(f":due{case.due_version}"):
        return "the date has moved"
    if kind in _TO_BE_DONE and not case.state.is_open:
        return f"the case is {case.state}"
    if row.kind == Kind.CASE_EVENT and row.data["what"] == "moved_away":
        return "" if row.agency_id != case.agency_id else "the case has come back"
    if row.agency_id is not None and row.agency_id != case.agency_id and row.role != Role.COORDINATOR:
        return "the case is with another agency"
    if row.role in {Role.OFFICER, Role.HEAD} and not _theirs(context, case):
        return "the case is somebody else's in the agency"
    return _HOLDS.get(kind, _holds)(context, row, case)


def _theirs(context: Context, case: Case) -> bool:
    """Whether the reader works on the case: of conduct the head alone, and whom the head named."""
    if not case.conduct:
        return True
    row, viewer = rows.get(context.unit, case.id), people.viewer(context.unit, context.person_id, context.day)
    return row is not None and moving.handles(viewer, row)


def _holds(_context: Context, row: AnyRow, case: Case) -> str:
    if row.role != Role.COORDINATOR and case.state is State.RETURN_ASKED and row.kind != Kind.CASE_EVENT:
        return "the agency has asked that it be given to another"
    return ""


def _unacknowledged(_context: Context, _row: AnyRow, case: Case) -> str:
    if case.by_document:
        return "it goes by official letter"
    return "" if case.state is State.FORWARDED and case.acknowledged_on is None else "it was taken on"


def _to_approve(context: Context, row: AnyRow, case: Case) -> str:
    if row.data["what"] == "answer":
        return "" if case.state is State.AWAITING_APPROVAL else "it was decided before"
    waiting = proposals.get(context.unit, row.data["proposal"])
    return "" if waiting is not None and waiting.state == proposals.PENDING else "it was decided before"


def _returned(_context: Context, row: AnyRow, case: Case) -> str:
    again = row.data["what"] == "answer" and case.state is State.AWAITING_APPROVAL
    return "it was laid before the head again" if again else ""


def _to_tell(context: Context, row: AnyRow, case: Case) -> str:
    told = tellings.of_occasion(context.unit, case.id, row.occasion.removeprefix("tell:"))
    return "" if told is not None and told.state == tellings.BY_HAND else "the sender was told"


def _happens(context: Context, row: AnyRow, case: Case) -> str:
    if row.data["what"] == "publication_due" and case.state is not State.ANSWERED:
        return f"the case is {case.state}"
    return _holds(context, row, case)


_HOLDS: dict[Kind, Callable[[Context, AnyRow, Case], str]] = {
    Kind.CASE_UNACKNOWLEDGED: _unacknowledged,
    Kind.CASE_TO_APPROVE: _to_approve,
    Kind.CASE_RETURNED: _returned,
    Kind.CASE_TELL: _to_tell,
    Kind.CASE_EVENT: _happens,
}


def _nothing(_context: Context, _told: Sequence[Told]) -> dict[str, Any]:
    return {}


def _forwarded_values(context: Context, _told: Sequence[Told]) -> dict[str, Any]:
    return {"acknowledge_days": office_settings.number(context.unit, "case_acknowledge_days")}


def _overdue_values(context: Context, told: Sequence[Told]) -> dict[str, Any]:
    return {"head_hears": details.head_hears(context.unit, [one.case.id for one in told if not one.case.conduct])}


def _unacknowledged_values(context: Context, told: Sequence[Told]) -> dict[str, Any]:
    ids = [one.case.id for one in told]
    return {"office_hears": caseload.office_hears(context.unit, ids), "unheard": caseload.unheard(context.unit, ids)}


_OF_KIND: dict[Kind, Callable[[Context, Sequence[Told]], dict[str, Any]]] = {
    Kind.CASE_FORWARDED: _forwarded_values,
    Kind.CASE_OVERDUE: _overdue_values,
    Kind.CASE_UNACKNOWLEDGED: _unacknowledged_values,
}


def _choices(kind: Kind, told: Sequence[Told]) -> tuple[Choice, ...]:
    taking = [
        one
        for one in told
        if kind in {Kind.CASE_FORWARDED, Kind.CASE_UNACKNOWLEDGED}
        and one.case.state is State.FORWARDED
        and one.row.role != Role.COORDINATOR
    ]
    first = [choice(f"Đã nhận {taking[0].case.code}", Verb.CASELOAD, "take", taking[0].case.id)] if taking else []
    theirs = [one for one in told if not one.row.data or one.row.data.get("what") != "moved_away"]
    opening = dict.fromkeys(_open(one) for one in theirs[:OPENED])
    return (*(first if len(taking) == 1 else ()), *opening)


def _open(one: Told) -> Choice:
    verb = Verb.REGISTER if one.row.role == Role.COORDINATOR else Verb.CASELOAD
    return choice(f"Mở {one.case.code}", verb, "open", one.case.id)
