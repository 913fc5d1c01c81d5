"""What waits for the coordinating office's people, and what is due in an agency, as their day's message counts it."""

from collections.abc import Collection
from datetime import date, timedelta

from domain.assignments import State
from domain.digests import Since
from domain.lateness import Lateness
from domain.mornings import Counted, Morning
from domain.people import Role
from storage import digests, office_settings, people
from storage.database import Unit
from storage.views import portfolios, standing, worklists
from storage.views.cases import load

KIND = "morning"

_WAITING = (
    (State.REPORTED, "báo cáo chờ xác nhận"),
    (State.EXTENSION_REQUESTED, "đề nghị gia hạn"),
    (State.OBSTACLE, "vướng mắc"),
    (State.NOT_OURS, "việc báo không thuộc đơn vị"),
)


def wanted(unit: Unit) -> bool:
    """Whether the office wants such a line for anybody."""
    return office_settings.on(unit, "office_digest") or office_settings.on(unit, "agency_digest")


def of_person(unit: Unit, person_id: int, day: date) -> list[Morning]:
    """Return a person's lines that tell anything: the office's for a coordinator, one an agency for its people."""
    viewer = people.viewer(unit, person_id, day)
    told = []
    if viewer.coordinates and office_settings.on(unit, "office_digest"):
        told += _of_office(unit, portfolios.within(unit, person_id, Role.COORDINATOR), day)
    if office_settings.on(unit, "agency_digest"):
        names = {seat.agency_id: seat.agency for seat in viewer.seats if seat.agency_id in viewer.own_agencies}
        told += [_of_agency(unit, agency_id, name, day) for agency_id, name in names.items()]
    return [one for one in told if one.total]


def since(unit: Unit, person_id: int, day: date) -> Since:
    """Return what a person's last line before a day said."""
    return digests.since(unit, person_id, KIND, day)


def _of_office(unit: Unit, within: Collection[int] | None, day: date) -> list[Morning]:
    waiting = worklists.in_state(unit, [state for state, _ in _WAITING], day)
    own = [one for one in waiting if within is None or one.id in within]
    owed = [one for one in worklists.late(unit, day) if within is None or one.id in within]
    stands = standing.of(unit, owed, day)
    late = sum(one is Lateness.LATE for one in stands.values())
    counts = [Counted(state.value, label, sum(one.state is state for one in own)) for state, label in _WAITING]
    past = Morning("các cơ quan quá hạn", (Counted("late", "việc", late),))
    register = [load.waiting(unit, day)] if within is None else []
    return [Morning("đang chờ Văn phòng", tuple(counts)), past, *register]


def _of_agency(unit: Unit, agency_id: int, name: str, day: date) -> Morning:
    week_end = day + timedelta(days=6 - day.weekday())
    owed = worklists.owed_by(unit, week_end, day, agency_id=agency_id)
    due = [one.due_on for one in owed if one.due_on is not None and not one.is_late]
    return Morning(
        f"việc của {name}",
        (
            Counted("late", "việc quá hạn", sum(one.is_late for one in owed)),
            Counted("today", "việc đến hạn hôm nay", sum(one == day for one in due)),
            Counted("week", "việc khác đến hạn trong tuần", sum(one > day for one in due)),
        ),
    )
