"""Charts as small pictures, readable at the width of a phone; what colours say, hatching and words say too."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from domain.digests import LONG_DAYS, Digest
from messages.render import day

_WIDTH, _DPI = 2.7, 180
"""Inches and dots an inch: 486 dots, shown at 250 to 360 on a phone."""
_INK, _PALE, _DARK = "#1a1a1a", "#f2c14e", "#a4262c"
_FONT: dict[str, Any] = {"family": "DejaVu Sans", "color": _INK}
_EDGE: dict[str, Any] = {"edgecolor": _INK, "linewidth": 0.6}
_FRAME = _EDGE | {"clip_on": False}
_NAME = 38
"""Characters of a name that stand on its line."""
MOST_BARS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its whole length, how much of it is the darker part, and the words at its end."""

    name: str
    count: int
    dark: int
    said: str


def bars(title: str, below: str, lines: Sequence[Bar], pale: str, dark: str) -> bytes:
    """Return a picture (PNG) of at most MOST_BARS bars, the first on top; the same contents are the same bytes.

    `below` stands in small under the title; `pale` and `dark` say what the two parts of a bar mean. The dark one is
    hatched.
    """
    shown = lines[:MOST_BARS]
    figure = Figure(figsize=(_WIDTH, 0.74 + 0.4 * len(shown)), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.03, 0.02, 0.94, 0.98))
    axes.set_axis_off()
    longest = max((one.count for one in shown), default=1) or 1
    top = len(shown) * 0.4
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.26, top + 0.48)
    axes.text(0, top + 0.3, title, fontdict=_FONT, fontsize=8.5, fontweight="bold", va="center")
    axes.text(0, top + 0.12, below, fontdict=_FONT, fontsize=7, va="center")
    for at, one in enumerate(shown):
        _bar(axes, one, top - 0.4 * at, longest)
    _legend(axes, pale, dark, with_dark=any(one.dark for one in shown))
    written = io.BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})
    return written.getvalue()


def worst(digest: Digest) -> bytes:
    """Return a picture of the agencies with the most late work of a digest."""
    lines = [
        Bar(one.agency, one.late, one.long, f"{one.late} việc, {one.longest_days} ngày") for one in digest.agencies
    ]
    below = f"{day(digest.day)} · số việc, quá lâu nhất mấy ngày"
    return bars(
        "Cơ quan quá hạn nhiều nhất", below, lines, f"quá hạn đến {LONG_DAYS} ngày", f"quá hạn trên {LONG_DAYS} ngày"
    )


_ROOM = 0.58
"""How much of the width the longest bar takes: the words at its end need the rest."""


def _bar(axes: Axes, one: Bar, y: float, longest: int) -> None:
    axes.text(0, y - 0.09, _cut(one.name), fontdict=_FONT, fontsize=7.5, va="center")
    scale = _ROOM / longest
    dark, pale = one.dark * scale, (one.count - one.dark) * scale
    if dark:
        axes.barh(y - 0.26, dark, 0.15, color=_DARK, hatch="//////", **_FRAME)
    if pale:
        axes.barh(y - 0.26, pale, 0.15, dark, color=_PALE, **_FRAME)
    axes.text(dark + pale + 0.015, y - 0.265, one.said, fontdict=_FONT, fontsize=7, va="center")


def _legend(axes: Axes, pale: str, dark: str, *, with_dark: bool) -> None:
    parts = [Patch(facecolor=_DARK, hatch="//////", label=dark, **_EDGE)] if with_dark else []
    parts.append(Patch(facecolor=_PALE, label=pale, **_EDGE))
    axes.legend(
        handles=parts,
        loc="lower left",
        bbox_to_anchor=(-0.012, 0.0),
        ncols=2,
        frameon=False,
        fontsize=6.5,
        handlelength=1.6,
        columnspacing=1.2,
    )


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rsplit(" ", 1)[0] + "…"
