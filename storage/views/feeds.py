"""A person's calendars of due dates."""

from storage.feeds import of_person

__all__ = ["of_person"]
