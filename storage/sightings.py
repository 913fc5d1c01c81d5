"""Who has looked at which matter: the first time and the last."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.schema import sightings


def note(unit: Unit, matter_id: int, person_id: int, now: datetime) -> None:
    """Write that a person looked at a matter."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    first = dialect.insert(sightings).values(matter_id=matter_id, person_id=person_id, first_at=now, last_at=now)
    again = first.on_conflict_do_update(index_elements=["matter_id", "person_id"], set_={"last_at": now})
    unit.conn.execute(again)
