"""The question who an agency's focal officers are, and, for the office, what has changed."""

from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.notices import Kind
from domain.people import Role
from messages.render import render
from storage import notices, reconfirmations
from storage.types import AnyRow
from storage.views import people as people_views


def reconfirm(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what is asked of agencies and was not answered since, or what they told the office."""
    found = [(row, reconfirmations.get(context.unit, row.data["reconfirmation"])) for row in rows]
    told = [one for row, one in found if one is not None and row.role == Role.COORDINATOR]
    asked = [one for row, one in found if one is not None and row.role != Role.COORDINATOR and one.answered_at is None]
    answered = [row.id for row, one in found if row.role != Role.COORDINATOR and one not in asked]
    notices.drop(context.unit, answered, "the agency has answered")
    if not told and not asked:
        return None
    officers = {one.id: people_views.officers_of(context.unit, one.agency_id, context.day) for one in asked}
    values = {"asked": asked, "officers": officers, "told": told, "count": len(asked) + len(told)}
    choices = tuple(
        each
        for one in asked[:1]
        for each in (
            choice("Vẫn đúng", Verb.RECONFIRM, "same", one.id),
            choice("Có thay đổi", Verb.RECONFIRM, "change", one.id),
        )
    )
    choices += (choice("Kết quả xác nhận đầu mối", Verb.RECONFIRM, "status"),) if told else ()
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), choices)
