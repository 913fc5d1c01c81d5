"""Read-only questions, the only part of storage that entrances may ask."""

from storage.database import Database, Unit
from storage.types import AnyRow

__all__ = ["AnyRow", "Database", "Unit"]
