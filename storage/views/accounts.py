"""A person's accounts and how they hear, as the person asks."""

from dataclasses import dataclass

from sqlalchemy import func, select

from domain.accounts import Account
from domain.digests import Wanted
from domain.hearing import Hearing
from storage import accounts, digests
from storage.database import Unit
from storage.schema import notices, outbox, people


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has chosen; `accounts` in the order in which they hear."""

    accounts: tuple[Account, ...]
    hearing: Hearing


def of_person(unit: Unit, person_id: int) -> Preferences:
    """Return what a person has chosen."""
    return Preferences(tuple(accounts.of_person(unit, person_id)), accounts.hearing_of(unit, person_id))


def digest_wanted(unit: Unit, person_id: int) -> Wanted:
    """Return how often a person wants the leaders' digest."""
    return digests.wanted(unit, person_id)


def openings(unit: Unit) -> list[int]:
    """Return the minutes of the day at which people for whom something waits begin to hear."""
    waits = select(notices.c.person_id).where(notices.c.state == "waiting")
    unsent = select(outbox.c.person_id).where(outbox.c.state == "waiting", outbox.c.business_day.is_not(None))
    query = select(func.distinct(people.c.quiet_until)).where(
        people.c.quiet_until.is_not(None), people.c.id.in_(waits) | people.c.id.in_(unsent)
    )
    return sorted(unit.conn.execute(query).scalars())
