"""The office's own decisions as entrances read them."""

from storage.office_settings import everything, get, number, on, text

__all__ = ["everything", "get", "number", "on", "text"]
