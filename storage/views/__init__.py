"""Read-only questions, the only part of storage that entrances may ask."""

from storage.database import Database, Unit

__all__ = ["Database", "Unit"]
