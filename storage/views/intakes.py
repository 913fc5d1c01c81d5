"""Files that came in by chat, as entrances read them."""

from storage.intakes import PLAN, get

__all__ = ["PLAN", "get"]
