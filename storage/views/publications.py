"""What is made public, as entrances read it."""

from storage.publications import get, listed

__all__ = ["get", "listed"]
