"""Figures that come from other systems or from units: their columns, whether they add up, what may not be shown."""

from domain.figures.identities import Break, breaks, carried_over, first_break
from domain.figures.personal import PERSONAL_HEADINGS, personal_in
from domain.figures.series import SERIES, Series, series_named

__all__ = [
    "PERSONAL_HEADINGS",
    "SERIES",
    "Break",
    "Series",
    "breaks",
    "carried_over",
    "first_break",
    "personal_in",
    "series_named",
]
