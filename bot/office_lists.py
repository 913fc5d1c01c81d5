"""The lists of the coordinating office: one page of each, with what can be done from there."""

from collections.abc import Callable

from bot import confirming, directions, previews, scopes
from bot.desk import Desk, Reply, say
from bot.scopes import Scope
from domain.assignments import State
from domain.buttons import Verb, choice
from domain.duties import KINDS_WITHOUT_DATE
from domain.lateness import Lateness, counted
from domain.outgoing import Choice
from domain.people import Role
from domain.urging import left_out
from storage.views import awaiting, coordination, details, extensions, office, standing, worklists
from storage.views.work import Work

PAGE = 8

UNLED = "task"
"""Stands in a choice behind the number of a task that no agency leads."""


def paged(name: str, at: int, total: int) -> list[Choice]:
    """Return the choices that turn the pages of a list, and the way back to the overview."""
    choices = []
    if (at + 1) * PAGE < total:
        choices.append(choice("Trang sau", Verb.OFFICE, name, at + 1))
    if at:
        choices.append(choice("Trang trước", Verb.OFFICE, name, at - 1))
    return [*choices, choice("Tổng hợp", Verb.DIGEST)]


def _works(desk: Desk, name: str, at: int, works: list[Work], choices: list[Choice]) -> Reply:
    shown = works[at * PAGE : (at + 1) * PAGE]
    return say(
        f"office/{name}",
        works=shown,
        total=len(works),
        day=desk.day,
        reasons=_reasons(desk, shown, _SAID_AS[name]) if name in _SAID_AS else {},
        proofs={one.id: details.evidence_of(desk.unit, one.id) for one in shown} if name == "reports" else {},
        choices=[*choices, *paged(name, at, len(works))],
    )


_SAID_AS = {"obstacles": "obstacle", "not_ours": "not_ours"}
"""As what the agency's own words are kept, by the list that shows them."""


def _reasons(desk: Desk, works: list[Work], kind: str) -> dict[int, str]:
    return {
        one.id: next((said.text for said in reversed(details.history(desk.unit, one.id)) if said.kind == kind), "")
        for one in works
    }


def _late(desk: Desk, name: str, at: int) -> Reply:
    """Show what is past its date: first what agencies are late with, then what is told apart from it."""
    works = worklists.late(desk.unit, desk.day)
    stands = standing.of(desk.unit, works, desk.day)
    works.sort(key=lambda one: stands[one.id] is not Lateness.LATE)
    shown = works[at * PAGE : (at + 1) * PAGE]
    openings = [choice(f"{one.code} · {one.agency}", Verb.OPEN, one.id, listed=True) for one in shown]
    return say(
        "office/late",
        works=shown,
        stands=stands,
        apart=counted(stands.values()),
        without=left_out(works, stands, desk.day),
        originals=standing.original_dates(desk.unit, shown),
        total=len(works),
        day=desk.day,
        choices=[*openings, *scopes.offers(Scope("late", 0), len(works)), *paged(name, at, len(works))],
    )


def _unknown(desk: Desk, name: str, at: int) -> Reply:
    rows = awaiting.without_agency(desk.unit)
    shown = rows[at * PAGE : (at + 1) * PAGE]
    plans = {row.plan_id: row.plan for row in shown}
    choices = [
        choice(f"Thêm cơ quan cho việc {place}", Verb.ADD_AGENCY, row.task_id, UNLED)
        for place, row in enumerate(shown, 1)
    ]
    choices += [choice(f"Mở {number or 'văn bản chưa có số'}", Verb.PLAN, plan) for plan, number in plans.items()]
    return say("office/unknown", tasks=shown, total=len(rows), choices=[*choices, *paged(name, at, len(rows))])


def _obstacles(desk: Desk, name: str, at: int) -> Reply:
    return _objected(desk, name, at, State.OBSTACLE, "Trả lời", Verb.ANSWER)


def _not_ours(desk: Desk, name: str, at: int) -> Reply:
    return _objected(desk, name, at, State.NOT_OURS, "Xem", Verb.OPEN)


def _objected(desk: Desk, name: str, at: int, state: State, label: str, verb: Verb) -> Reply:
    works = worklists.in_state(desk.unit, [state], desk.day)
    choices = [choice(f"{label} {one.code}", verb, one.id) for one in works[at * PAGE : (at + 1) * PAGE]]
    return _works(desk, name, at, works, choices)


def _extensions(desk: Desk, name: str, at: int) -> Reply:
    rows = extensions.pending(desk.unit)
    shown = rows[at * PAGE : (at + 1) * PAGE]
    choices = [choice(f"Trả lời {one.code}", Verb.EXTENSION, one.id) for one in shown]
    return say(
        "office/extensions",
        asked=shown,
        total=len(rows),
        choices=[*choices, *paged(name, at, len(rows))],
    )


def _requests(desk: Desk, name: str, at: int) -> Reply:
    rows = coordination.open_anywhere(desk.unit, desk.day)
    return say(
        "office/requests",
        asked=rows[at * PAGE : (at + 1) * PAGE],
        total=len(rows),
        day=desk.day,
        choices=paged(name, at, len(rows)),
    )


def _undated(desk: Desk, name: str, at: int) -> Reply:
    works = worklists.undated(desk.unit, KINDS_WITHOUT_DATE, desk.day)
    shown = list({one.task_id: one for one in reversed(works)}.values())[::-1]
    choices = [choice(f"Đặt hạn {one.code}", Verb.DATE, one.id) for one in shown[at * PAGE : (at + 1) * PAGE]]
    return _works(desk, name, at, shown, choices)


def _reports(desk: Desk, name: str, at: int) -> Reply:
    works = worklists.in_state(desk.unit, [State.REPORTED], desk.day)
    shown = works[at * PAGE : (at + 1) * PAGE]
    choices = [
        one
        for each in shown
        for one in (
            choice(f"Xác nhận {each.code}", Verb.CONFIRM, each.id),
            choice(f"Trả lại {each.code}", Verb.RETURN, each.id),
        )
    ]
    return _works(desk, name, at, works, [*confirming.offer(desk), *choices])


def _seats(desk: Desk, name: str, at: int) -> Reply:
    rows = office.pending(desk.unit)
    shown = [(row, Role(row.role).label) for row in rows[at * PAGE : (at + 1) * PAGE]]
    choices = [
        one
        for row, _ in shown
        for one in (
            choice(f"Đồng ý: {row.person}", Verb.SEAT, row.id, "yes"),
            choice(f"Từ chối: {row.person}", Verb.SEAT, row.id, "no"),
        )
    ]
    return say("office/seats", requests=shown, choices=[*choices, *paged(name, at, len(rows))])


def _unreached(desk: Desk, name: str, at: int) -> Reply:
    rows = office.unreached(desk.unit)
    shown = [(row, Role(row.role).label) for row in rows[at * PAGE : (at + 1) * PAGE]]
    return say("office/unreached", places=shown, total=len(rows), choices=paged(name, at, len(rows)))


LISTS: dict[str, Callable[[Desk, str, int], Reply]] = {
    "late": _late,
    "reports": _reports,
    "extensions": _extensions,
    "obstacles": _obstacles,
    "not_ours": _not_ours,
    "requests": _requests,
    "seats": _seats,
    "unreached": _unreached,
    "unknown": _unknown,
    "undated": _undated,
    "above": previews.above,
    "held": previews.held,
    "directions": directions.listed,
}
"""Each list by its name: shown to coordinators from its choice `office:<name>:<page>`."""
