"""Figures of citizens' feedback (PAKN): counted over windows, judged by QĐ 766, public without small cells.

Pure rules: `counting` says where a case counts, `storage.views.cases` asks a database the same question.
"""

from domain.case_figures.columns import (
    IDENTITIES,
    NO_FIELD,
    RECEPTION,
    TITLES,
    Line,
    breaks,
    carried_over,
    columns,
    first_break,
)
from domain.case_figures.counting import (
    Counts,
    Ending,
    Fate,
    Handling,
    Nature,
    Way,
    Window,
    counted_on,
    counts_of,
    nature_of,
    placed,
    total,
)
from domain.case_figures.indicators import ON_TIME, SATISFIED, Judged, Share, judge, judged
from domain.case_figures.pace import FORWARD_WITHIN, Pace, forwarding_days, median, percentile
from domain.case_figures.public import PublicFigures, PublicRow, public
from domain.case_figures.suppression import LEAST

__all__ = [
    "FORWARD_WITHIN",
    "IDENTITIES",
    "LEAST",
    "NO_FIELD",
    "ON_TIME",
    "RECEPTION",
    "SATISFIED",
    "TITLES",
    "Counts",
    "Ending",
    "Fate",
    "Handling",
    "Judged",
    "Line",
    "Nature",
    "Pace",
    "PublicFigures",
    "PublicRow",
    "Share",
    "Way",
    "Window",
    "breaks",
    "carried_over",
    "columns",
    "counted_on",
    "counts_of",
    "first_break",
    "forwarding_days",
    "judge",
    "judged",
    "median",
    "nature_of",
    "percentile",
    "placed",
    "public",
    "total",
]
