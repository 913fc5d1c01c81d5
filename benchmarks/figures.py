"""What every measurement shares: its options, its goals, its table, its JSON."""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure beside what it ought to be. `value` is None where it was not measured."""

    name: str
    value: float | None
    bound: float
    least: bool = True
    """Whether the bound is the least the value may be; else the most."""

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.bound if self.least else self.value <= self.bound


def options(doc: str | None) -> argparse.ArgumentParser:
    """Return the options that every measurement has."""
    made = argparse.ArgumentParser(description=(doc or "").split("\n")[0])
    made.add_argument("--quick", action="store_true", help="small numbers: does it work, not how fast")
    made.add_argument("--json", type=Path, metavar="OUT", help="write everything to this file too")
    return made


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def say(text: str = "") -> None:
    """Tell how far it is; tables go to standard output, this to the other."""
    print(text, file=sys.stderr, flush=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table for Markdown: names to the left, numbers to the right."""
    lines = [[_cell(value) for value in row] for row in rows]
    wide = [max(len(line[at]) for line in [list(heads), *lines]) for at in range(len(heads))]
    print("| " + " | ".join(head.ljust(width) for head, width in zip(heads, wide, strict=True)) + " |")
    print("|" + "|".join("-" * (width + 1) + (":" if at else "-") for at, width in enumerate(wide)) + "|")
    for line in lines:
        cells = [text.ljust(width) for text, width in zip(line[:1], wide, strict=False)]
        cells += [text.rjust(width) for text, width in zip(line[1:], wide[1:], strict=True)]
        print("| " + " | ".join(cells) + " |")
    print()


def _cell(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "NO"
        case float():
            return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 100 else f"{value:.1f}"
        case int():
            return f"{value:,}"
    return str(value)


def finish(name: str, chosen: argparse.Namespace, goals: Sequence[Goal], figures: Mapping[str, Any]) -> None:
    """Print the goals and keep everything as JSON where that is wanted."""
    table(
        ("goal", "measured", "wanted", "met"),
        [(one.name, one.value, f"{'≥' if one.least else '≤'} {one.bound:g}", one.met) for one in goals],
    )
    found = {
        "benchmark": name,
        "quick": chosen.quick,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "goals": [asdict(one) | {"met": one.met} for one in goals],
        "figures": figures,
    }
    if chosen.json:
        chosen.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
