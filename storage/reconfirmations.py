"""Rounds in which agencies say whether their focal officers are still these."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, insert, or_, select, update

from domain.people import Membership, Role
from storage.database import Unit
from storage.schema import agencies, memberships, people, reconfirmations
from storage.types import AnyRow


def unasked(unit: Unit, round_name: str, known_before: datetime, day: date) -> Sequence[int]:
    """Return the ids of the agencies that were not asked in a round and have an officer since before a moment."""
    asked = select(reconfirmations.c.agency_id).where(reconfirmations.c.round == round_name)
    query = (
        select(agencies.c.id)
        .join(memberships, memberships.c.agency_id == agencies.c.id)
        .where(
            memberships.c.role == Role.OFFICER.value,
            memberships.c.state == Membership.ACTIVE,
            memberships.c.created_at < known_before,
            or_(agencies.c.valid_to.is_(None), agencies.c.valid_to >= day),
            agencies.c.id.not_in(asked),
        )
        .group_by(agencies.c.id)
        .order_by(agencies.c.id)
    )
    return unit.conn.execute(query).scalars().all()


def ask(unit: Unit, agency_id: int, round_name: str, now: datetime) -> int:
    """Write that an agency was asked, and return the question's id."""
    row = {"agency_id": agency_id, "round": round_name, "asked_at": now}
    return int(unit.conn.execute(insert(reconfirmations).values(row).returning(reconfirmations.c.id)).scalar_one())


def answer(unit: Unit, reconfirmation_id: int, text: str, person_id: int, now: datetime) -> bool:
    """Keep an agency's answer; False where somebody answered before."""
    kept = {"answer": text, "person_id": person_id, "answered_at": now}
    open_one = (reconfirmations.c.id == reconfirmation_id, reconfirmations.c.answered_at.is_(None))
    return unit.conn.execute(update(reconfirmations).where(*open_one).values(kept)).rowcount == 1


def get(unit: Unit, reconfirmation_id: int) -> AnyRow | None:
    """Return a question with its agency's name and who answered (agency, agency_code, person)."""
    return unit.conn.execute(_ASKED.where(reconfirmations.c.id == reconfirmation_id)).first()


def open_of(unit: Unit, agency_ids: Sequence[int]) -> Sequence[AnyRow]:
    """Return what these agencies were asked and have not answered, the latest first."""
    query = _ASKED.where(reconfirmations.c.agency_id.in_(agency_ids), reconfirmations.c.answered_at.is_(None))
    return unit.conn.execute(query.order_by(reconfirmations.c.id.desc())).all()


def of_round(unit: Unit, round_name: str) -> Sequence[AnyRow]:
    """Return everything asked in a round, in the order of the directory."""
    query = _ASKED.where(reconfirmations.c.round == round_name).order_by(reconfirmations.c.agency_id)
    return unit.conn.execute(query).all()


def last_round(unit: Unit) -> str | None:
    """Return the name of the latest round, None where none was held."""
    return unit.conn.execute(select(func.max(reconfirmations.c.round))).scalar()


_ASKED = (
    select(
        reconfirmations,
        agencies.c.name.label("agency"),
        agencies.c.code.label("agency_code"),
        people.c.name.label("person"),
    )
    .join(agencies, agencies.c.id == reconfirmations.c.agency_id)
    .outerjoin(people, people.c.id == reconfirmations.c.person_id)
)
