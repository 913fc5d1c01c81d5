"""The monthly figures that the public may see, small counts left out.

Only flows of one month are shown by field and by agency: what is open at its end would be the next month's beginning,
and a year's figures less eleven months' the twelfth's, so that neither stands there. For the same reason answers in
time and late are shown side by side and never their sum.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.case_figures.columns import NO_FIELD, RECEPTION, TITLES, Line
from domain.case_figures.counting import Nature, Window, total
from domain.case_figures.suppression import LEAST, alone, shown, table
from domain.cases.decisions import Source
from domain.periods import Period

FLOWS: Final = ("received", "done_in_time", "done_late")
"""What is shown by field and by agency."""
TOTALS: Final = (*FLOWS, "refused", "open_in_time", "open_late", "published", "satisfied", "dissatisfied")
"""What is shown of everything together."""


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One field, or one agency."""

    name: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """One month for everybody; None stands for what is left out."""

    period: Period
    window: Window
    least: int
    totals: Mapping[str, int | None]
    natures: Mapping[str, int | None]
    sources: Mapping[str, int | None]
    by_field: tuple[PublicRow, ...]
    other_fields: int
    """How many fields there are beside, of which every count is left out."""
    by_agency: tuple[PublicRow, ...]
    other_agencies: int

    @property
    def on_time(self) -> tuple[int, int] | None:
        """Answers in time, and all answers; None where either of the two parts is left out."""
        in_time, late = self.totals["done_in_time"], self.totals["done_late"]
        return None if in_time is None or late is None else (in_time, in_time + late)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as open data: null for what is left out, titles beside the keys."""
        return {
            "period": self.period.code,
            "label": self.period.label,
            "from": self.window.opens.isoformat(),
            "to": self.window.closes.isoformat(),
            "least": self.least,
            "titles": {key: TITLES[key] for key in TOTALS},
            "totals": dict(self.totals),
            "natures": dict(self.natures),
            "sources": dict(self.sources),
            "fields": [{"name": one.name, **one.counts} for one in self.by_field],
            "other_fields": self.other_fields,
            "agencies": [{"name": one.name, **one.counts} for one in self.by_agency],
            "other_agencies": self.other_agencies,
        }


def public(period: Period, window: Window, lines: Iterable[Line], least: int = LEAST) -> PublicFigures:
    """Return what may be shown of a month's lines (by agency and field)."""
    kept = list(lines)
    whole = total(Counter(one.counts) for one in kept)
    fields, other_fields = _rows(kept, lambda one: one.field or NO_FIELD, least)
    agencies, other_agencies = _rows(kept, lambda one: one.agency or RECEPTION, least)
    return PublicFigures(
        period,
        window,
        least,
        {key: alone(whole[key], least) for key in TOTALS},
        shown({one.value: whole[one.value] for one in Nature}, least),
        shown({one.value: whole[f"from_{one.value}"] for one in Source}, least),
        fields,
        other_fields,
        agencies,
        other_agencies,
    )


def _rows(lines: Iterable[Line], name: Callable[[Line], str], least: int) -> tuple[tuple[PublicRow, ...], int]:
    found: dict[str, Counter[str]] = {}
    for one in lines:
        found.setdefault(name(one), Counter()).update(one.counts)
    told, rest = table(found, FLOWS, least)
    return tuple(PublicRow(row, counts) for row, counts in told.items()), rest
