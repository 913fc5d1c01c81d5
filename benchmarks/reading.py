"""How fast, how right and in how much memory plans are read: `python -m benchmarks.reading [--rounds N]`.

Each reader is measured beside the bare library on the same file in the same run, their rounds interleaved, and
only ratios of medians are compared: they hold on another machine. Prints one JSON document.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
from dateparser.search import search_dates

from benchmarks import files
from documents import pdf, sheet, word
from documents.read import read
from domain import deadlines, plans
from domain.deadlines import Reading
from tests.corpus.test_corpus import NAMES, as_read, truth_of, wrong_fields

PHRASES = Path(__file__).parents[1] / "tests" / "domain" / "deadline_phrases.tsv"
YEAR, SIGNED = 2024, date(2024, 1, 29)
DATED = ("by_date", "period", "occurrences")
SAMPLE = Path(__file__).parents[1] / "samples" / "ke-hoach-2026.docx"
VIETNAMESE = {"PREFER_DAY_OF_MONTH": "last", "DATE_ORDER": "DMY"}


def bare_word(path: Path) -> None:
    for table in docx.Document(str(path)).tables:
        for row in table.rows:
            [cell.text for cell in row.cells]


def bare_pdf(path: Path) -> None:
    with pdfplumber.open(path) as found:
        for page in found.pages:
            page.extract_tables()


def bare_sheet(path: Path) -> None:
    for page in openpyxl.load_workbook(path).worksheets:
        list(page.iter_rows(values_only=True))


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def beside(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> dict[str, float]:
    """Return the medians of both in milliseconds, and how ours relates to theirs."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    mine, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    return {"ours_ms": round(mine * 1000, 1), "bare_ms": round(bare * 1000, 1), "ratio": round(mine / bare, 3)}


def readers(folder: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Measure the three readers on one plan each."""
    made = files.word(folder / "a.docx"), files.pdf(folder / "a.pdf"), files.sheet(folder / "a.xlsx")
    return {
        "docx_45_tasks_to_python_docx_row_cells": beside(
            lambda: word.read(made[0]), lambda: bare_word(made[0]), rounds
        ),
        "docx_sample_to_python_docx_row_cells": beside(lambda: word.read(SAMPLE), lambda: bare_word(SAMPLE), rounds),
        "pdf_18_pages_to_pdfplumber_extract_tables": beside(
            lambda: pdf.read(made[1]), lambda: bare_pdf(made[1]), max(3, rounds // 3)
        ),
        "xlsx_5000_rows_to_openpyxl": beside(
            lambda: sheet.read(made[2]), lambda: bare_sheet(made[2]), max(3, rounds // 3)
        ),
    }


def labelled() -> Iterator[tuple[str, dict[str, Any], int]]:
    """Yield the labelled time cells: phrase, deadline, number of warnings."""
    for line in PHRASES.read_text(encoding="utf-8").splitlines()[1:]:
        phrase, deadline, warnings = line.split("\t")
        yield phrase.replace("\\n", "\n"), json.loads(deadline), int(warnings)


def last_days(deadline: dict[str, Any]) -> list[date]:
    """Return the days to find: the day named, or the last day of each period."""
    if deadline["kind"] == "by_date":
        return [date.fromisoformat(deadline["date"])]
    return [date.fromisoformat(period["end"]) for period in deadline.get("periods", [deadline])]


def by_dateparser(phrase: str, many: bool) -> list[date]:
    """Return the day dateparser finds, the last one of several; all of them where there are many to find."""
    settings = {**VIETNAMESE, "RELATIVE_BASE": _base()}
    found = [day.date() for _, day in search_dates(phrase, languages=["vi"], settings=settings) or []]
    return found if many else found[-1:]


def _base() -> datetime:
    return datetime(YEAR, 1, 1)  # noqa: DTZ001 the library wants a naive base; only the day is used


def cells(rounds: int) -> dict[str, Any]:
    """Measure the time cells: how long one takes, how many are right, and how many are wrong without a warning."""
    rows = list(labelled())

    def every() -> list[Reading]:
        return [deadlines.read(phrase, year=YEAR, signed=SIGNED) for phrase, _, _ in rows]

    took = statistics.median(seconds(every) for _ in range(rounds))
    readings = every()
    sure = [
        phrase
        for (phrase, want, _), got in zip(rows, readings, strict=True)
        if not got.warnings and deadlines.to_json(got.deadline) != want
    ]
    dated = [(phrase, want, got) for (phrase, want, w), got in zip(rows, readings, strict=True)
             if want["kind"] in DATED and not w]  # fmt: skip
    mine = sum(deadlines.to_json(got.deadline) == want for _, want, got in dated)
    begun = time.perf_counter()
    wanted = [(phrase, last_days(want)) for phrase, want, _ in dated]
    theirs = sum(by_dateparser(phrase, many=len(days) > 1) == days for phrase, days in wanted)
    their_time = time.perf_counter() - begun
    return {
        "cells": len(rows),
        "us_per_cell": round(took / len(rows) * 1e6, 1),
        "wrong_without_warning": len(sure),
        "dated_cells": len(dated),
        "dated_right": mine,
        "dated_right_by_dateparser": theirs,
        "us_per_cell_of_dateparser": round(their_time / len(dated) * 1e6, 1),
    }


def corpus(folder: Path) -> dict[str, str]:
    """Return for each document of the corpus the share of rows that are right in every field."""
    shares: dict[str, str] = {}
    for name in NAMES:
        got, want = as_read(name, folder)["tasks"], truth_of(name)["tasks"]
        right = sum(not wrong_fields(mine, row) for mine, row in zip(got, want, strict=False))
        shares[name] = f"{right}/{max(len(want), len(got))}"
    return shares


def peak(path: Path) -> float:
    """Return the memory in MB that reading and drafting a file takes at most, interpreter and libraries included."""
    command = [sys.executable, "-m", "benchmarks.reading", "--peak", str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--peak", type=Path)
    chosen = options.parse_args()
    if chosen.peak:
        plans.draft(read(chosen.peak), file_name=chosen.peak.name)
        status = Path("/proc/self/status").read_text(encoding="ascii").split()
        print(int(status[status.index("VmHWM:") + 1]) / 1024)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = {
            "readers": readers(folder, chosen.rounds),
            "time_cells": cells(chosen.rounds),
            "corpus_rows_right": corpus(folder),
            "peak_mb": {
                "docx_5_tasks": round(peak(files.word(folder / "small.docx", 5))),
                "xlsx_5000_rows": round(peak(files.sheet(folder / "large.xlsx"))),
                "pdf_18_pages": round(peak(files.pdf(folder / "some.pdf", 18))),
                "pdf_60_pages": round(peak(files.pdf(folder / "large.pdf", 60))),
            },
        }
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
