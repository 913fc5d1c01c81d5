"""What the coordinating office and the operator ask: people who wait, who cannot be reached, plans, counts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select

from domain.agencies import Directory
from domain.conversation import Conversation
from domain.notices import Etiquette, Kind
from domain.notices import State as NoticeState
from domain.people import Membership, Role, Viewer
from domain.workdays import OfficeHours, WorkCalendar
from storage import agencies as agency_rows
from storage import calendars, conversations, offices
from storage import people as people_rows
from storage.database import Unit
from storage.people import OPEN
from storage.schema import agencies, endpoints, matters, memberships, notices, people, planned, plans, tasks
from storage.types import AnyRow


def directory(unit: Unit) -> Directory:
    """Return the directory of agencies."""
    return agency_rows.directory(unit)


def calendar(unit: Unit) -> WorkCalendar:
    """Return the work calendar in force."""
    return calendars.in_force(unit)


def etiquette(unit: Unit) -> Etiquette:
    """Return when unsolicited messages may leave: the calendar and the office's hours."""
    return Etiquette(hours(unit), calendars.in_force(unit))


def hours(unit: Unit) -> OfficeHours:
    """Return the office hours in force."""
    return calendars.hours(unit)[0]


def name(unit: Unit) -> str:
    """Return the sender's name: the coordinating office, or the program before there is one."""
    found = agency_rows.coordinating(unit)
    return "Văn phòng UBND tỉnh" if found is None else str(found.name)


def hotline(unit: Unit) -> str:
    """Return the responsible official's name and phone as the office set it, "" before that."""
    return str(offices.setting(unit, "hotline") or "")


def setting(unit: Unit, key: str) -> Any:
    """Return a setting of the office."""
    return offices.setting(unit, key)


def deep_link(unit: Unit, parameter: str, payload: str) -> str:
    """Return a link that opens our chat on Telegram with a payload (1-64 of A-Z a-z 0-9 _ -); "" without a bot.

    `parameter` is "start", or "startgroup" where a group is to be chosen.
    """
    bot = offices.setting(unit, "telegram_bot")
    return f"https://t.me/{bot}?{parameter}={payload}" if bot else ""


def endpoint(unit: Unit, channel: str, chat: str) -> AnyRow | None:
    """Return a chat's row (id, person_id, state) where it is known."""
    query = select(endpoints.c.id, endpoints.c.person_id, endpoints.c.state).where(
        endpoints.c.channel == channel, endpoints.c.chat == chat
    )
    return unit.conn.execute(query).first()


def viewer(unit: Unit, person_id: int, on: date) -> Viewer:
    """Return a person with the seats held on a day, a substitute's included."""
    return people_rows.viewer(unit, person_id, on)


def viewer_of_chat(unit: Unit, channel: str, chat: str, on: date) -> Viewer | None:
    """Return whose chat it is, None where nobody has joined there."""
    query = select(endpoints.c.person_id).where(endpoints.c.channel == channel, endpoints.c.chat == chat)
    person_id = unit.conn.execute(query).scalar()
    return people_rows.viewer(unit, person_id, on) if person_id is not None else None


def conversation(unit: Unit, endpoint_id: int, now: datetime) -> Conversation:
    """Return where a chat's conversation stands."""
    return conversations.load(unit, endpoint_id, now)


def pending(unit: Unit) -> Sequence[AnyRow]:
    """Return memberships (id, person, position, agency, role) that wait for a coordinator's yes."""
    query = (
        select(
            memberships.c.id,
            people.c.name.label("person"),
            people.c.position,
            agencies.c.name.label("agency"),
            memberships.c.role,
        )
        .join(people, people.c.id == memberships.c.person_id)
        .join(agencies, agencies.c.id == memberships.c.agency_id)
        .where(memberships.c.state == Membership.PENDING)
        .order_by(memberships.c.id)
    )
    return unit.conn.execute(query).all()


def unreached(unit: Unit) -> Sequence[AnyRow]:
    """Return (agency_code, agency, role, matters): audiences nobody of whom can be reached, with open matters.

    Whoever only contributes to what others lead owes nothing, and is not listed for it.
    """
    query = (
        select(
            agencies.c.code.label("agency_code"),
            agencies.c.name.label("agency"),
            planned.c.role,
            func.count(func.distinct(planned.c.matter_id)).label("matters"),
        )
        .join(agencies, agencies.c.id == planned.c.agency_id)
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(planned.c.state == "unreached", matters.c.closed_at.is_(None), planned.c.kind != Kind.COORDINATES)
        .group_by(agencies.c.code, agencies.c.name, planned.c.role)
        .order_by(func.count(func.distinct(planned.c.matter_id)).desc(), agencies.c.name)
    )
    return unit.conn.execute(query).all()


def joined(unit: Unit) -> set[str]:
    """Return the codes of agencies in which at least one person can be reached."""
    reachable = exists(
        select(endpoints.c.id).where(endpoints.c.person_id == memberships.c.person_id, endpoints.c.state == OPEN)
    )
    query = (
        select(agencies.c.code)
        .join(memberships, memberships.c.agency_id == agencies.c.id)
        .where(memberships.c.state == Membership.ACTIVE, reachable)
    )
    return set(unit.conn.execute(query).scalars())


def agency_list(unit: Unit) -> list[dict[str, Any]]:
    """Return every agency as `agency list --json` prints it."""
    members = joined(unit)
    rows = unit.conn.execute(select(agencies).order_by(agencies.c.id))
    return [
        {
            "code": row.code,
            "name": row.name,
            "level": row.level,
            "parent": row.parent_code,
            "valid_from": _iso(row.valid_from),
            "valid_to": _iso(row.valid_to),
            "successor": row.successor_code,
            "relation": row.relation or None,
            "coordinating": row.coordinating,
            "joined": row.code in members,
        }
        for row in rows
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def agency(unit: Unit, code: str) -> AnyRow | None:
    """Return an agency's row by its code."""
    return unit.conn.execute(select(agencies).where(agencies.c.code == code)).first()


def agencies_on(unit: Unit, day: date) -> Sequence[AnyRow]:
    """Return (id, code, name) of the agencies that stand on a day, by name."""
    query = select(agencies.c.id, agencies.c.code, agencies.c.name).where(
        func.coalesce(agencies.c.valid_from, day) <= day, func.coalesce(agencies.c.valid_to, day) >= day
    )
    return unit.conn.execute(query.order_by(agencies.c.name, agencies.c.id)).all()


def plan_list(unit: Unit) -> Sequence[AnyRow]:
    """Return every plan with its number of tasks; single tasks given by chat are no plans to whoever lists them."""
    query = (
        select(plans, func.count(tasks.c.id).label("tasks"))
        .outerjoin(tasks, tasks.c.plan_id == plans.c.id)
        .where(~plans.c.oral)
        .group_by(plans.c.id)
        .order_by(plans.c.id)
    )
    return unit.conn.execute(query).all()


def next_planned(unit: Unit, after: datetime) -> datetime | None:
    """Return the next moment for which something is planned."""
    query = select(func.min(planned.c.at)).where(planned.c.state == "waiting", planned.c.at > after)
    return unit.conn.execute(query).scalar()


def something_waits(unit: Unit) -> bool:
    """Whether anything is noticed and not yet on its way."""
    return unit.conn.execute(_WAITING).first() is not None


_WAITING = select(notices.c.id).where(notices.c.state == NoticeState.WAITING).limit(1)


def introduced(unit: Unit, person_id: int) -> str:
    """Return a person as papers name them: name, position."""
    row = people_rows.introduced(unit, person_id)
    return f"{row.name}, {row.position}" if row.position else str(row.name)


def coordinators_reachable(unit: Unit) -> list[int]:
    """Return the coordinators who can be reached."""
    return people_rows.holders(unit, Role.COORDINATOR)
