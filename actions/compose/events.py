"""What happened and is told once: reports, returns, amendments, people who join, cases."""

from actions.compose.parts import Context, Part, open_each
from domain.assignments import State
from domain.buttons import Verb, choice
from domain.cases.lifecycle import State as CaseState
from domain.notices import Kind
from domain.people import Role
from messages.render import render
from storage import notices, people
from storage.types import AnyRow
from storage.views import details
from storage.views import office as office_views
from storage.views import people as people_views
from storage.views.cases import cards


def about_works(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what is said of assignments whatever became of them since, save a report that waits no more."""
    answered = [row.id for row in rows if kind is Kind.REPORTED and not _waits(context, row)]
    notices.drop(context.unit, answered, "the report was answered before")
    works = [context.works[row.matter_id] for row in rows if row.matter_id in context.works and row.id not in answered]
    if not works:
        return None
    reasons = {
        work.id: next(
            (one.text for one in reversed(details.history(context.unit, work.id)) if one.kind in _REASON[kind]), ""
        )
        for work in works
    }
    values = {"works": works, "reasons": reasons, "count": len(works), "day": context.day}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), open_each(works[:5]))


def _waits(context: Context, row: AnyRow) -> bool:
    work = context.works.get(row.matter_id)
    return work is not None and work.state is State.REPORTED


_REASON: dict[Kind, frozenset[str]] = {
    Kind.RETURNED: frozenset({"return", "head_returned"}),
    Kind.CONFIRMED: frozenset({"confirmed"}),
    Kind.REPORTED: frozenset(),
}


def head_asked(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose, for the head of an agency, which of its reports wait for the head's word."""
    works = [context.works[row.matter_id] for row in rows if row.matter_id in context.works]
    waiting = [work for work in works if work.waits_for_head]
    gone = {work.id for work in works} - {work.id for work in waiting}
    notices.drop(context.unit, [row.id for row in rows if row.matter_id in gone], "it was answered, or went on")
    if not waiting:
        return None
    values = {"works": waiting, "count": len(waiting), "day": context.day}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), open_each(waiting[:5]))


def amended(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what an amendment, or a changed work calendar, changed."""
    told = [(context.works[row.matter_id], row.data) for row in rows if row.matter_id in context.works]
    others = [(cards.by_id(context.unit, row.matter_id), row.data) for row in rows if row.data.get("calendar")]
    cases = [(case, data) for case, data in others if case is not None]
    recounted = all(data.get("calendar") for _, data in told)
    count = len(told) + len(cases)
    values = {"told": told, "cases": cases, "recounted": recounted, "count": count, "day": context.day}
    works = [work for work, data in told if not data["cancelled"]]
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), open_each(works[:3]))


def join_request(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose who asks for a seat that needs consent."""
    waiting = {row.id: row for row in office_views.pending(context.unit)}
    asked = [waiting[row.data["membership"]] for row in rows if row.data["membership"] in waiting]
    settled = [row.id for row in rows if row.data["membership"] not in waiting]
    notices.drop(context.unit, settled, "the request was decided before")
    if not asked:
        return None
    requests = [(row, Role(row.role).label) for row in asked]
    choices = tuple(
        one
        for row in asked[:4]
        for one in (
            choice(f"Đồng ý: {row.person}", Verb.SEAT, row.id, "yes"),
            choice(f"Từ chối: {row.person}", Verb.SEAT, row.id, "no"),
        )
    )
    values = {"requests": requests, "count": len(requests)}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


def seated(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose how such a request was decided."""
    seats = [(people.membership(context.unit, row.data["membership"]), row.data["agreed"]) for row in rows]
    told = [(row, Role(row.role), agreed) for row, agreed in seats if row is not None]
    values = {"seats": told, "count": len(told)}
    choices = (choice("Xem tổng hợp", Verb.DIGEST),) if any(agreed for _, _, agreed in told) else ()
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)


_BEFORE_PASSING_ON = (CaseState.WAITING_RECEPTION, CaseState.CLASSIFYING, CaseState.SUPPLEMENT_ASKED)


def new_case(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which cases came in and still wait to be passed on."""
    found = {row.id: cards.by_id(context.unit, row.matter_id) for row in rows}
    waiting = {one: case for one, case in found.items() if case is not None and case.state in _BEFORE_PASSING_ON}
    notices.drop(context.unit, [one for one in found if one not in waiting], "it was decided before")
    cases = list(waiting.values())
    values = {"cases": cases, "count": len(cases), "day": context.day, "private": context.private}
    if not cases:
        return None
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem phản ánh, kiến nghị", Verb.OFFICE, "cases", 0),),
    )


def unreachable(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose who cannot be reached any more."""
    viewers = [people.viewer(context.unit, row.data["person"], context.day) for row in rows if "person" in row.data]
    asked = {
        row.id: people_views.unheard(context.unit, row.data["agency"], row.data["role"])
        for row in rows
        if "agency" in row.data
    }
    notices.drop(context.unit, [one for one, place in asked.items() if place is None], "somebody joined since")
    places = [(asked[row.id], Role(row.data["role"]).label) for row in rows if asked.get(row.id) is not None]
    if not viewers and not places:
        return None
    values = {"viewers": viewers, "places": places, "count": len(viewers) + len(places)}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem nơi chưa liên lạc được", Verb.OFFICE, "unreached", 0),),
    )
