"""Telling coordinating agencies, once a plan, what they contribute to; they are not reminded of it."""

from actions.layout import Terms
from domain.notices import Kind
from domain.people import Role
from storage import planned, plans, requests
from storage.database import Unit

RUNG = "coordinates"


def announce(unit: Unit, plan_id: int, under: Terms) -> None:
    """Lay out one summary for the officers of each coordinating agency that had none of this plan yet.

    It hangs on the first task the agency contributes to, so that whoever joins later hears it then.
    """
    told = requests.told_coordinators(unit, plan_id)
    first: dict[int, int] = {}
    lead = plans.agencies_of(unit, plan_id, "lead")
    for task_id, agency_ids in plans.agencies_of(unit, plan_id, "coordinating").items():
        for agency_id in agency_ids:
            if agency_id not in told and agency_id not in lead.get(task_id, ()):
                first.setdefault(agency_id, task_id)
    planned.add(
        unit,
        [
            {
                "matter_id": task_id,
                "rung": RUNG,
                "due_version": 0,
                "at": under.at,
                "agency_id": agency_id,
                "role": Role.OFFICER.value,
                "kind": Kind.COORDINATES.value,
                "state": planned.WAITING,
            }
            for agency_id, task_id in first.items()
        ],
    )
