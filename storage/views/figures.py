"""Imported figures as entrances read them."""

from storage.figures import get, in_force, listed, rows_of

__all__ = ["get", "in_force", "listed", "rows_of"]
