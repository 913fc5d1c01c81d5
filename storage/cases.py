"""Citizens and their cases. Who they are is sealed; what they report is kept in clear."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from domain.cases import Reporter
from storage.database import Unit
from storage.schema import cases, citizens, consents


def add_citizen(unit: Unit, who: Reporter, now: datetime) -> int:
    """Write who reports, sealed, and return the id."""
    return int(
        unit.conn.execute(
            insert(citizens)
            .values(
                name=unit.vault.seal(who.name),
                address=unit.vault.seal(who.address),
                phone=unit.vault.seal(who.phone),
                mail=unit.vault.seal(who.mail),
                created_at=now,
            )
            .returning(citizens.c.id)
        ).scalar_one()
    )


def add_consent(
    unit: Unit, citizen_id: int, purpose: str, notice_version: str, text_digest: str, channel: str, now: datetime
) -> None:
    """Write that the data-use notice of that version was shown and agreed to."""
    unit.conn.execute(
        insert(consents).values(
            citizen_id=citizen_id,
            purpose=purpose,
            notice_version=notice_version,
            text_digest=text_digest,
            channel=channel,
            at=now,
        )
    )


def add(unit: Unit, **values: Any) -> None:
    """Write a case whose matter exists."""
    unit.conn.execute(insert(cases).values(**values))
