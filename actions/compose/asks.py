"""What is asked of people: dates that are missing, next year's days off, and the quarter's check-in."""

from actions.compose.parts import SHOWN, Context, Part, grouped
from domain.buttons import Verb, choice
from domain.checkins import KINDS, Answer, quarter
from domain.duties import KINDS_WITHOUT_DATE
from domain.notices import Kind
from domain.outgoing import Choice
from messages.render import render
from storage import calendars, notices
from storage.types import AnyRow
from storage.views import worklists


def ask_date(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose the list of what waits for a date: of the plans just issued, or of all of them once a month."""
    plans = [(row.data or {}).get("plan") for row in rows]
    works = [
        one
        for one in worklists.undated(context.unit, KINDS_WITHOUT_DATE, context.day)
        if None in plans or one.plan_id in plans
    ]
    if not works:
        notices.drop(context.unit, [row.id for row in rows], "nothing waits for a date any more")
        return None
    for row, plan in zip(rows, plans, strict=True):
        told = [one.id for one in works] if row is rows[0] else []  # the message names each once
        notices.keep_data(context.unit, [row.id], {"plan": plan, "works": told})
    groups = grouped(works)
    values = {"groups": groups[:SHOWN], "more": len(groups[SHOWN:]), "count": len(groups), "day": context.day}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem việc chưa có hạn", Verb.OFFICE, "undated", 0),),
    )


def next_year(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose that the coming year's days off are still a forecast; dropped where somebody has confirmed them."""
    years = sorted({row.data["year"] for row in rows if not calendars.is_confirmed(context.unit, row.data["year"])})
    if not years:
        notices.drop(context.unit, [row.id for row in rows], "the year was confirmed before")
        return None
    days = [one for one in calendars.in_force(context.unit).days if one.day.year == years[-1]]
    values = {"year": years[-1], "days": days}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem lịch làm việc", Verb.CALENDAR, "show"),),
    )


def check_in(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose the quarter's question, one part an agency."""
    parts = []
    choices: list[Choice] = []
    for row in rows:
        works = worklists.undated(context.unit, KINDS, context.day, agency_id=row.agency_id)
        notices.keep_data(context.unit, [row.id], {"works": [one.id for one in works]})
        if not works:
            notices.drop(context.unit, [row.id], "nothing without a date is open any more")
            continue
        parts.append(render(f"notices/{kind}", works=works[:SHOWN], more=works[SHOWN:], agency=works[0].agency))
        choices += [choice(answer.label, Verb.CHECK_IN, answer.value, row.agency_id) for answer in Answer]
    if not parts:
        return None
    return Part(render(f"headlines/{kind}", quarter=quarter(context.day)), "\n\n".join(parts), tuple(choices))
