"""What is asked of people: dates that are missing, and the quarter's check-in."""

from actions.compose.parts import SHOWN, Context, Part, grouped
from domain.buttons import Verb, choice
from domain.checkins import KINDS, Answer, quarter
from domain.duties import KINDS_WITHOUT_DATE
from domain.notices import Kind
from domain.outgoing import Choice
from messages.render import render
from storage import notices
from storage.types import AnyRow
from storage.views import work as work_views


def ask_date(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose the list of what waits for a date."""
    works = work_views.undated(context.unit, KINDS_WITHOUT_DATE, context.day)
    if not works:
        notices.drop(context.unit, [row.id for row in rows], "nothing waits for a date any more")
        return None
    notices.keep_data(context.unit, [row.id for row in rows], {"works": [one.id for one in works]})
    groups = grouped(works)
    values = {"groups": groups[:SHOWN], "more": len(groups[SHOWN:]), "count": len(groups), "day": context.day}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Xem việc chưa có hạn", Verb.OFFICE, "undated", 0),),
    )


def check_in(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose the quarter's question, one part an agency."""
    parts = []
    choices: list[Choice] = []
    for row in rows:
        works = [one for one in work_views.undated(context.unit, KINDS, context.day) if one.agency_id == row.agency_id]
        notices.keep_data(context.unit, [row.id], {"works": [one.id for one in works]})
        if not works:
            notices.drop(context.unit, [row.id], "nothing without a date is open any more")
            continue
        parts.append(render(f"notices/{kind}", works=works[:SHOWN], more=works[SHOWN:], agency=works[0].agency))
        choices += [choice(answer.label, Verb.CHECK_IN, answer.value, row.agency_id) for answer in Answer]
    if not parts:
        return None
    return Part(render(f"headlines/{kind}", quarter=quarter(context.day)), "\n\n".join(parts), tuple(choices))
