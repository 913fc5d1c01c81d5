"""How a person wants to hear: by which account first, in which hours, and where in short."""

from datetime import datetime

from actions import accounts
from domain.accounts import Account
from domain.hearing import Hearing, checked
from domain.people import Viewer
from domain.workdays import OfficeHours
from storage import accounts as account_rows
from storage import audit
from storage.database import Unit

BRIEF_CHANNELS = "brief_channels"
"""The office's setting: channels by which everybody gets short messages, whatever they chose."""


def put_first(unit: Unit, viewer: Viewer, endpoint_id: int, now: datetime) -> Account:
    """Let what nobody asked for come by this account first. Raises NotFound for one that is not the person's."""
    chosen = accounts.own(unit, viewer, endpoint_id)
    account_rows.put_first(unit, viewer.person_id, endpoint_id)
    audit.record(unit, "hear_first_by", "endpoint", endpoint_id, now, person_id=viewer.person_id)
    return chosen


def hear_within(unit: Unit, viewer: Viewer, wanted: Hearing, hours: OfficeHours, now: datetime) -> Hearing:
    """Keep the hours wanted. Raises ActRefused where too little of the office's hours is left."""
    kept = checked(wanted, hours)
    account_rows.set_hearing(unit, viewer.person_id, kept)
    audit.record(
        unit,
        "hear_within",
        "person",
        viewer.person_id,
        now,
        person_id=viewer.person_id,
        opens=kept.opens,
        closes=kept.closes,
    )
    return kept


def in_brief(unit: Unit, viewer: Viewer, endpoint_id: int, *, brief: bool, now: datetime) -> Account:
    """Let messages to this account be short, or whole again. Raises NotFound for one that is not the person's."""
    chosen = accounts.own(unit, viewer, endpoint_id)
    account_rows.set_brief(unit, endpoint_id, brief=brief)
    audit.record(unit, "hear_in_brief", "endpoint", endpoint_id, now, person_id=viewer.person_id, brief=brief)
    return chosen
