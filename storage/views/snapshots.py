"""Frozen reports as entrances read them."""

from storage.snapshots import by_id, kept, listed, newest

__all__ = ["by_id", "kept", "listed", "newest"]
