"""A citizen's case: taken into the register, its code given at once, the coordinating office told."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from domain.cases import LAW_PACK, Kind, Reporter, State, forward_by
from domain.errors import ActRefused
from domain.explanations import kept, of_receipt
from domain.local import today
from domain.notices import Kind as NoticeKind
from domain.people import Role
from domain.statutes import FORWARDING
from storage import audit, calendars, cases, matters, notices, offices, people
from storage.database import Unit

NOTICE_VERSION = "1"
"""The version of the data-use notice (messages/templates/citizen/notice.txt); a new wording is a new version."""

_PROVINCE = "province_code"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the citizen is told: the code, its secret part (shown once), the transfer date and its reckoning."""

    case_id: int
    code: str
    secret: str
    due_on: date
    explanation: str


def open_case(
    unit: Unit,
    *,
    endpoint_id: int,
    channel: str,
    kind: Kind,
    content: str,
    about: str,
    who: Reporter,
    notice_text: str,
    now: datetime,
) -> Opened:
    """Take a case into the register with the consent that was given. Raises ActRefused for a kind with another door."""
    if not kind.opens_case:
        raise ActRefused("Việc này có nơi tiếp nhận riêng, không vào sổ phản ánh, kiến nghị.")
    calendar = calendars.in_force(unit)
    received_on = today(now)
    explained = forward_by(received_on, calendar)
    matter = {
        "kind": "case",
        "due_on": explained.due,
        "due_version": 1,
        "calendar_version": calendar.version,
        "opened_at": now,
    }
    case_id = matters.add(unit, [matter])[0]
    grounds = of_receipt(received_on, FORWARDING.working_days, FORWARDING.said)
    due = {
        "matter_id": case_id,
        "number": 1,
        "due_on": explained.due,
        "reason": "received",
        "calendar_version": calendar.version,
        "explanation": kept(grounds, explained.due, calendar),
        "at": now,
    }
    matters.add_due(unit, [due])
    code = _code(unit, received_on.year)
    secret = secrets.token_hex(4)
    citizen_id = cases.add_citizen(unit, who, now)
    digest = hashlib.sha256(notice_text.encode()).hexdigest()
    cases.add_consent(unit, citizen_id, "handling", NOTICE_VERSION, digest, channel, now)
    cases.add(
        unit,
        id=case_id,
        code=code,
        secret_hash=unit.vault.digest(secret),
        kind=kind.value,
        state=State.WAITING_RECEPTION.value,
        citizen_id=citizen_id,
        endpoint_id=endpoint_id,
        channel=channel,
        content=content,
        about=about,
        received_at=now,
        received_on=received_on,
        law_pack=LAW_PACK,
    )
    audit.record(unit, "open_case", "case", case_id, now, actor=audit.CITIZEN, kind=kind.value, channel=channel)
    for person_id in people.active(unit, Role.COORDINATOR):
        notices.add(
            unit, person_id, f"event:case:{case_id}", NoticeKind.NEW_CASE, now, role=Role.COORDINATOR, matter_id=case_id
        )
    return Opened(case_id, code, secret, explained.due, explained.said)


def _code(unit: Unit, year: int) -> str:
    province = offices.setting(unit, _PROVINCE) or "VN"
    number = offices.next_number(unit, f"case:{year}")
    return f"PAKN-{province}-{year}-{number:06d}"
