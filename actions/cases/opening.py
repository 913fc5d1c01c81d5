"""A case taken into the register: its code given at once, its first clock, the coordinating office told."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from actions.cases import counting, laying
from domain.cases.decisions import Source
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.cases.ladders import PASSING_ON
from domain.cases.lifecycle import State
from domain.errors import ActRefused
from domain.explanations import kept
from domain.local import VIETNAM, local, today
from domain.notices import Kind as NoticeKind
from domain.people import Role, Viewer
from domain.statutes import law_on
from storage import audit, calendars, ladders, matters, notices, office_settings, offices, people
from storage.cases import attachments, events, rows
from storage.cases import people as citizens
from storage.database import Unit

NOTICE_VERSION = "2"
"""The version of the data-use notice (messages/templates/citizen/notice.txt); a new wording is a new version."""

_PROVINCE = "province_code"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody reports: the words, whom it is about, when and where, and what goes with it."""

    kind: Kind
    content: str
    about: str
    who: Reporter
    happened: str = ""
    """When, in the citizen's words."""
    happened_on: date | None = None
    place: str = ""
    proposal: str = ""
    may_publish: bool = False
    file_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it came from: a chat, or an official who writes it down for somebody else."""

    channel: str
    source: Source = Source.CHAT
    endpoint_id: int | None = None
    registered_by: Viewer | None = None
    external_code: str | None = None
    incoming_number: str | None = None
    incoming_on: date | None = None
    received_on: date | None = None
    """The day of reception where it is not today: that of the letter, of the other system."""
    quiet: bool = False
    """Whether it comes with a whole list: colleagues hear of the list, not of each case in it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the sender is told: the code, its secret part (shown once), the transfer date and its reckoning."""

    case_id: int
    code: str
    secret: str
    due_on: date
    explanation: str


def open_case(unit: Unit, feedback: Feedback, origin: Origin, notice_text: str, now: datetime) -> Opened:
    """Take feedback into the register with what was agreed to; without a notice's text nothing was.

    Raises ActRefused for a kind with another door, a day of reception in the future, an official without a seat,
    and where too much comes in at once.
    """
    _refuse(unit, feedback, origin, now)
    received_on = origin.received_on or today(now)
    clock = laying.forwarding_clock(unit, received_on, conduct=feedback.kind is Kind.CONDUCT)
    assert clock.due_on is not None
    case_id, explanation = _matter(unit, clock, now)
    code, secret = _code(unit, received_on.year), secrets.token_hex(4)
    citizen_id = citizens.add(unit, feedback.who, now)
    _consents(unit, citizen_id, feedback, origin, notice_text, now)
    rows.add(
        unit,
        id=case_id,
        code=code,
        secret_hash=unit.vault.digest(secret),
        kind=feedback.kind.value,
        state=State.WAITING_RECEPTION.value,
        citizen_id=citizen_id,
        content=feedback.content,
        about=feedback.about,
        happened=feedback.happened,
        happened_on=feedback.happened_on,
        place=feedback.place,
        proposal=feedback.proposal,
        may_publish=feedback.may_publish,
        endpoint_id=origin.endpoint_id,
        channel=origin.channel,
        source=origin.source.value,
        registered_by=origin.registered_by.person_id if origin.registered_by else None,
        external_code=origin.external_code,
        incoming_number=origin.incoming_number,
        incoming_on=origin.incoming_on,
        received_at=now if received_on == today(now) else datetime.combine(received_on, time(), VIETNAM),
        received_on=received_on,
        spam_at=now if _is_known_spammer(unit, origin) else None,
        law_pack=law_on(received_on).name,
    )
    counting.begun(unit, case_id, received_on, now, spam=_is_known_spammer(unit, origin))
    attachments.attach(unit, case_id, feedback.file_ids, attachments.OF_CITIZEN, now)
    _announce(unit, case_id, feedback, origin, now)
    return Opened(case_id, code, secret, clock.due_on, explanation)


def _refuse(unit: Unit, feedback: Feedback, origin: Origin, now: datetime) -> None:
    if not feedback.kind.opens_case:
        raise ActRefused("Việc này có nơi tiếp nhận riêng, không vào sổ phản ánh, kiến nghị.")
    if origin.received_on is not None and origin.received_on > today(now):
        raise ActRefused("Ngày tiếp nhận đang ở tương lai. Xin kiểm tra lại ngày.")
    if origin.source.by_an_official:
        who = origin.registered_by
        if who is not None and not (who.coordinates or who.own_agencies):
            raise ActRefused("Chỉ cán bộ đang tham gia mới nhập thay người dân được.")
    else:
        refuse_flood(unit, origin.endpoint_id, now)


SPAM_BEFORE = 2
"""Whoever has so many cases in the spam list is read there first."""


def refuse_flood(unit: Unit, endpoint_id: int | None, now: datetime) -> None:
    """Refuse more than a sender, or all of them together, may send. Raises ActRefused."""
    hotline = str(offices.setting(unit, "hotline") or "")
    call = f" Việc gấp xin gọi {hotline}." if hotline else ""
    day = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    daily = office_settings.number(unit, "case_daily_limit")
    if endpoint_id is not None and rows.sent_since(unit, day, endpoint_id) >= daily:
        raise ActRefused(f"Hôm nay ông/bà đã gửi {daily} phản ánh.{call} Xin gửi tiếp vào ngày mai.")
    if rows.sent_since(unit, now - timedelta(hours=1)) >= office_settings.number(unit, "case_hourly_limit"):
        raise ActRefused(f"Hiện có quá nhiều phản ánh gửi đến cùng lúc.{call} Xin gửi lại sau một giờ.")


def _is_known_spammer(unit: Unit, origin: Origin) -> bool:
    return origin.endpoint_id is not None and rows.spam_of(unit, origin.endpoint_id) >= SPAM_BEFORE


def _matter(unit: Unit, clock: laying.Clock, now: datetime) -> tuple[int, str]:
    calendar = calendars.in_force(unit)
    explained = kept(clock.grounds, clock.due_on, calendar)
    matter = {
        "kind": "case",
        "due_on": clock.due_on,
        "due_version": 1,
        "calendar_version": calendar.version,
        "ladder_id": ladders.keep(unit, PASSING_ON, now),
        "opened_at": now,
    }
    case_id = matters.add(unit, [matter])[0]
    due: dict[str, Any] = {
        "matter_id": case_id,
        "number": 1,
        "due_on": clock.due_on,
        "reason": "received",
        "calendar_version": calendar.version,
        "explanation": explained,
        "at": now,
    }
    matters.add_due(unit, [due])
    return case_id, str(explained["said"])


def _consents(unit: Unit, citizen_id: int, feedback: Feedback, origin: Origin, notice_text: str, now: datetime) -> None:
    if not notice_text:
        return  # the sender answered the other system's notice, not ours
    digest = hashlib.sha256(notice_text.encode()).hexdigest()
    citizens.add_consent(unit, citizen_id, citizens.HANDLING, NOTICE_VERSION, digest, origin.channel, now)
    citizens.add_consent(
        unit,
        citizen_id,
        citizens.PUBLICATION,
        NOTICE_VERSION,
        digest,
        origin.channel,
        now,
        granted=feedback.may_publish,
    )


def _announce(unit: Unit, case_id: int, feedback: Feedback, origin: Origin, now: datetime) -> None:
    who = origin.registered_by
    actor = None if who else audit.OPERATOR if origin.source.by_an_official else audit.CITIZEN
    person_id = who.person_id if who else None
    kind, source = feedback.kind.value, origin.source.value
    audit.record(unit, "open_case", "case", case_id, now, person_id=person_id, actor=actor, kind=kind, source=source)
    events.add(unit, case_id, "open", State.WAITING_RECEPTION.value, now, person_id=person_id)
    row = rows.get(unit, case_id)
    assert row is not None
    if row.spam_at is not None:
        return
    laying.begin(unit, row, laying.forwarding_clock(unit, row.received_on, conduct=laying.is_conduct(row)), now)
    for one in () if origin.quiet else people.active(unit, Role.COORDINATOR):
        notices.add(
            unit, one, f"event:case:{case_id}", NoticeKind.NEW_CASE, now, role=Role.COORDINATOR, matter_id=case_id
        )


def _code(unit: Unit, year: int) -> str:
    province = offices.setting(unit, _PROVINCE) or "VN"
    number = offices.next_number(unit, f"case:{year}")
    return f"PAKN-{province}-{year}-{number:06d}"
