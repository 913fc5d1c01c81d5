"""Who sends feedback: sealed, with the ledger of what was shown and agreed to, and of who read it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from domain.cases.fields import Reporter
from storage.database import Unit
from storage.schema import cases, citizens, consents, identity_reads
from storage.types import AnyRow

HANDLING = "handling"
PUBLICATION = "publication"
SURVEY = "survey"


def add(unit: Unit, who: Reporter, now: datetime) -> int:
    """Write who reports, sealed, and return the id."""
    row = {**_sealed(unit, who), "kind": who.kind, "created_at": now}
    return int(unit.conn.execute(insert(citizens).values(row).returning(citizens.c.id)).scalar_one())


def _sealed(unit: Unit, who: Reporter) -> dict[str, bytes | str | None]:
    return {
        "name": unit.vault.seal(who.name),
        "address": unit.vault.seal(who.address),
        "phone": unit.vault.seal(who.phone),
        "mail": unit.vault.seal(who.mail),
        "email": unit.vault.seal(who.email),
        "extra": unit.vault.seal(who.extra),
    }


def get(unit: Unit, citizen_id: int) -> Reporter | None:
    """Return who reports in clear; None where the person has been erased."""
    row = unit.conn.execute(select(citizens).where(citizens.c.id == citizen_id)).first()
    if row is None or row.erased_at is not None:
        return None
    seal = unit.vault.unseal
    return Reporter(
        seal(row.name), seal(row.address), seal(row.phone), seal(row.mail), seal(row.email), row.kind, seal(row.extra)
    )


def correct(unit: Unit, citizen_id: int, who: Reporter) -> None:
    """Write who reports anew, as the person says it should be."""
    row = {**_sealed(unit, who), "kind": who.kind}
    unit.conn.execute(update(citizens).where(citizens.c.id == citizen_id).values(row))


def erase(unit: Unit, citizen_ids: Collection[int], now: datetime) -> None:
    """Take everything away by which people are known; the rows stay, for cases refer to them."""
    gone = dict.fromkeys(("name", "address", "phone", "mail", "email", "extra"))
    unit.conn.execute(update(citizens).where(citizens.c.id.in_(citizen_ids)).values(**gone, erased_at=now))


def restrict(unit: Unit, citizen_ids: Collection[int], at: datetime | None) -> None:
    """Let nobody read who they are any more (None: let it be read again); the data stays."""
    unit.conn.execute(update(citizens).where(citizens.c.id.in_(citizen_ids)).values(restricted_at=at))


def of_endpoint(unit: Unit, endpoint_id: int) -> Sequence[int]:
    """Return the ids under which the sender of one chat stands in the register."""
    query = select(cases.c.citizen_id).where(cases.c.endpoint_id == endpoint_id).distinct()
    return unit.conn.execute(query.order_by(cases.c.citizen_id)).scalars().all()


def add_consent(
    unit: Unit,
    citizen_id: int,
    purpose: str,
    notice_version: str,
    text_digest: str,
    channel: str,
    now: datetime,
    *,
    granted: bool = True,
) -> None:
    """Write what was answered to the data-use notice of that version, and where."""
    unit.conn.execute(
        insert(consents).values(
            citizen_id=citizen_id,
            purpose=purpose,
            notice_version=notice_version,
            text_digest=text_digest,
            channel=channel,
            granted=granted,
            at=now,
        )
    )


def withdraw_consent(unit: Unit, citizen_ids: Collection[int], purpose: str, now: datetime) -> int:
    """Note that a consent is withdrawn; return how many stood."""
    standing = (
        consents.c.citizen_id.in_(citizen_ids),
        consents.c.purpose == purpose,
        consents.c.withdrawn_at.is_(None),
    )
    return unit.conn.execute(update(consents).where(*standing).values(withdrawn_at=now)).rowcount


def consents_of(unit: Unit, citizen_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return the ledger of people, oldest first."""
    query = select(consents).where(consents.c.citizen_id.in_(citizen_ids)).order_by(consents.c.id)
    return unit.conn.execute(query).all()


def note_read(
    unit: Unit, citizen_id: int, case_id: int | None, person_id: int | None, reason: str, now: datetime
) -> None:
    """Write who read who a citizen is, and why; without a person it was the operator."""
    row = {"citizen_id": citizen_id, "case_id": case_id, "person_id": person_id, "reason": reason, "at": now}
    unit.conn.execute(insert(identity_reads).values(row))


def reads_of(unit: Unit, citizen_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return who read who these people are (case_id, person_id, reason, at), oldest first."""
    query = select(identity_reads).where(identity_reads.c.citizen_id.in_(citizen_ids)).order_by(identity_reads.c.id)
    return unit.conn.execute(query).all()


def is_restricted(unit: Unit, citizen_id: int) -> bool:
    """Whether the person has asked that nobody reads who they are."""
    query = select(citizens.c.restricted_at).where(citizens.c.id == citizen_id)
    return unit.conn.execute(query).scalar() is not None
