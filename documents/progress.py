"""Telling how far a long reading is: pages of a PDF, rows of a workbook."""

from collections.abc import Callable

Told = Callable[[str, int, int], None]
"""Called with what is counted (in Vietnamese), how many are read, and how many there are."""

ROWS_A_TIME = 500
"""A workbook tells its progress every so many rows."""


def silent(_counted: str, _done: int, _total: int) -> None:
    """Tell nobody."""
