"""Who in an agency would hear of a case, as previews name them."""

from dataclasses import dataclass

from bot.desk import Desk
from domain.cases.kinds import Kind
from domain.people import Role
from storage.views import AnyRow, people


@dataclass(frozen=True, slots=True)
class Hearers:
    """An agency and who of it hears of a case; of conduct only its heads, or whom the head has named."""

    name: str
    people: tuple[str, ...]
    heads_only: bool


def hearers(desk: Desk, agency_id: int | None, name: str, case: AnyRow) -> Hearers:
    """Return who in an agency would hear of a case today."""
    conduct = case.kind == Kind.CONDUCT.value
    role = Role.HEAD if conduct else Role.OFFICER
    seats = people.listed(desk.unit, desk.day, agency_id) if agency_id is not None else []
    held = [one for one in seats if one.role is role and one.reachable and not one.waits]
    return Hearers(name, tuple(dict.fromkeys(one.name for one in held)), conduct)


def of_case(desk: Desk, case: AnyRow) -> Hearers:
    """Return who hears of a case in the agency that has it."""
    return hearers(desk, case.agency_id, case.agency or case.outside, case)
