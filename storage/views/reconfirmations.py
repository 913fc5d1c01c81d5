"""What agencies were asked about their focal officers, and what they answered, as entrances show it."""

from storage.reconfirmations import get, last_round, of_round, open_of

__all__ = ["get", "last_round", "of_round", "open_of"]
