"""What a register of very many cases costs: `python -m benchmarks.cases [--quick] [--json OUT] [--sizes N …]`.

Registers of 10,000, 100,000 and 1,000,000 cases over three years, on SQLite (and, with `--postgres`, on PostgreSQL):
what a person waits for (lists, search, one case, a digest), what an office waits for (reports), and what nobody should
feel (a sweep that finds nothing). Each is asked several times and the quickest told, for what else the machine does is
no part of it; beside it how it grows with every ten times as many cases. `--plans` prints what a query scans.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import event

from actions.cases import reporting, timers
from app.wiring import open_store, vault
from benchmarks import house, many_cases, services
from benchmarks.case_words import FIRST, NOW, TODAY
from benchmarks.figures import Goal, finish, options, say, table
from benchmarks.planning import taken_back
from domain.case_figures import Window, public
from domain.cases.lifecycle import State
from domain.people import Viewer
from domain.periods import Period
from domain.workdays import WorkCalendar
from scheduler.sweep import sweep
from storage import people
from storage.database import Database, Unit, open_database
from storage.views import awaiting
from storage.views.cases import cards, caseload, figures, lists, load, pages, publications, register
from storage.views.cases.register import Shelf
from web.cases.query import ENDED

SIZES = (10_000, 100_000, 1_000_000)
QUICK_SIZES = (1_000, 10_000)
ROUNDS = 5
PAGE = 20
CALENDAR = WorkCalendar((), 1)
MONTH, YEAR = Period.read("2026-11"), Period.read("2026")

Question = Callable[[Unit], Any]

PEOPLE = ("list page", "filtered list", "search, rare word", "search, common words", "chat list", "chat search",
          "chat search, common words", "chat search, a number", "page's counts", "what waits",
          "an agency's list", "one case", "public page", "public search")  # fmt: skip
"""What somebody waits for with a phone in the hand."""


def questions() -> dict[str, Question]:
    """Return what is measured, by name."""
    agency, place = FIRST + 31, "phường số 13 khai sinh"
    filtered = lists.Wanted(states=(State.IN_PROGRESS, State.FORWARDED), agency_id=agency)
    found: dict[str, Question] = {
        "list page": lambda unit: lists.listed(unit, _clerk(unit), lists.Wanted(), limit=PAGE),
        "filtered list": lambda unit: lists.listed(unit, _clerk(unit), filtered, limit=PAGE),
        "filtered by field": lambda unit: lists.listed(unit, _clerk(unit), lists.Wanted(field="Hộ tịch"), limit=PAGE),
        "list, counted": lambda unit: lists.counted(unit, _clerk(unit), filtered),
        "search, rare word": lambda unit: lists.listed(
            unit, _clerk(unit), lists.Wanted(words=f"hồ sơ {FIRST + 777}"), limit=PAGE
        ),
        "search, common words": lambda unit: lists.listed(
            unit, _clerk(unit), lists.Wanted(words="khai sinh le phi"), limit=PAGE
        ),
        "page's counts": _page_counts,
        "what waits": lambda unit: awaiting.of_office(unit, TODAY),
        "an agency's list": lambda unit: caseload.listed(unit, people.viewer(unit, 20, TODAY), NOW, limit=PAGE),
        "chat list": lambda unit: register.listed(unit, Shelf.LATE, TODAY, 8),
        "chat lists, counted": lambda unit: register.counts(unit, TODAY),
        "chat search": lambda unit: register.found(unit, place, 8),
        "chat search, common words": lambda unit: register.found(unit, "khai sinh", 8),
        "chat search, a number": lambda unit: register.found(unit, "45/VP-KSTT", 8),
        "one case": lambda unit: (
            cards.whole(unit, _clerk(unit), FIRST + 777),
            register.steps(unit, FIRST + 777),
            cards.due_history(unit, FIRST + 777),
        ),
        "public page": lambda unit: publications.listed(unit, publications.Wanted(), PAGE),
        "public search": lambda unit: publications.listed(unit, publications.Wanted(words="khai sinh le phi"), PAGE),
        "digest": lambda unit: load.load(unit, TODAY, CALENDAR, "Văn phòng"),
        "morning line": lambda unit: load.waiting(unit, TODAY),
        "report, month": lambda unit: reporting.report(unit, MONTH, NOW),
        "report, year": lambda unit: reporting.report(unit, YEAR, NOW),
        "public figures": _public,
        "timers, a day": lambda unit: timers.step(unit, NOW + timedelta(days=1), CALENDAR),
        "sweep, idle": lambda unit: sweep(unit, NOW),
    }
    return found


def _clerk(unit: Unit) -> Viewer:
    return people.viewer(unit, 1, TODAY)


def _page_counts(unit: Unit) -> Any:
    viewer, wanted = _clerk(unit), lists.Wanted()
    groups = [states for _, states in ENDED.values()]
    return pages.standing(unit, viewer, wanted, TODAY, TODAY), pages.ended(unit, viewer, wanted, groups)


def _public(unit: Unit) -> Any:
    window = Window.of(MONTH.before, TODAY)
    return public(MONTH.before, window, figures.lines(unit, window)).as_json()


def measure(folder: Path, url: str | None, size: int, rounds: int, *, plans: bool) -> dict[str, Any]:
    """Fill a register and ask everything of it."""
    begun = time.perf_counter()
    database = open_store(house.settings(folder, url), lambda: NOW)
    address = database.url.render_as_string(hide_password=False)
    database.close()
    many_cases.fill(address, CALENDAR, size)
    database = open_database(address, vault(house.settings(folder, url)))
    found: dict[str, Any] = {"fill_s": time.perf_counter() - begun}
    say(f"    filled in {found['fill_s']:.0f} s")
    taken_back(database, lambda unit: sweep(unit, NOW))  # what stands out since the last day is no measure
    while database.run_now(lambda unit: timers.step(unit, NOW, CALENDAR)):
        pass
    database.run_now(lambda unit: sweep(unit, NOW))
    for name, ask in questions().items():
        found[name] = min(taken_back(database, ask)[0] * 1000 for _ in range(rounds))
        say(f"    {name}: {found[name]:.1f} ms")
        if plans:
            _explain(database, ask)
    database.close()
    return found


@contextmanager
def _statements(unit: Unit) -> Iterator[list[tuple[str, Any]]]:
    kept: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        kept.append((statement, parameters))

    event.listen(unit.conn, "before_cursor_execute", note)
    try:
        yield kept
    finally:
        event.remove(unit.conn, "before_cursor_execute", note)


def _explain(database: Database, ask: Question) -> None:
    """Print what the queries of a question scan whole (SQLite)."""

    def work(unit: Unit) -> list[str]:
        with _statements(unit) as kept:
            ask(unit)
        scans = []
        for statement, parameters in kept:
            if not re.match(r"\s*(SELECT|WITH|UPDATE|INSERT)", statement):
                continue
            for row in unit.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                if "SCAN" in row[3] or "TEMP B-TREE" in row[3]:
                    scans.append(f"{row[3]}  <- {' '.join(statement.split())[:100]}")
        return scans

    for line in dict.fromkeys(taken_back(database, work)[1]):
        say(f"        {line}")


def goals(found: dict[str, dict[str, Any]], sizes: tuple[int, ...]) -> list[Goal]:
    """Return what is asked of the largest register, and of its growth."""
    made = []
    for backend in dict.fromkeys(name.partition(",")[0] for name in found):
        one, before = (found[f"{backend}, {size:,}"] for size in (sizes[-1], sizes[-2]))
        for name in PEOPLE:
            made.append(Goal(f"{backend}: {name}, ms", one[name], 200, least=False))
        made.append(Goal(f"{backend}: idle sweep, ms", one["sweep, idle"], 100, least=False))
        made.append(Goal(f"{backend}: digest, ms", one["digest"], 1500, least=False))
        made.append(Goal(f"{backend}: report of a month, ms", one["report, month"], 5000, least=False))
        made.append(Goal(f"{backend}: list page, growth", one["list page"] / before["list page"], 2, least=False))
        made.append(Goal(f"{backend}: one case, growth", one["one case"] / before["one case"], 2, least=False))
    return made


def _options() -> argparse.Namespace:
    made = options(__doc__)
    made.add_argument("--sizes", type=int, nargs="+", metavar="N", help="other numbers of cases, at least two")
    made.add_argument("--postgres", action="store_true", help="on PostgreSQL too")
    made.add_argument("--plans", action="store_true", help="print what is scanned (SQLite)")
    return made.parse_args()


def main() -> None:
    """Measure, print, hold against the goals."""
    chosen = _options()
    sizes = tuple(chosen.sizes or (QUICK_SIZES if chosen.quick else SIZES))
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="nhacviec-bench-") as root:
        for size in sizes:
            say(f"  sqlite, {size:,}")
            with tempfile.TemporaryDirectory(dir=root) as folder:
                one = measure(Path(folder), None, size, ROUNDS, plans=chosen.plans)
                found[f"sqlite, {size:,}"] = one
        if chosen.postgres:
            with services.postgres() as postgres:
                for size in sizes:
                    say(f"  postgres, {size:,}")
                    url = postgres.fresh()
                    with tempfile.TemporaryDirectory(dir=root) as folder:
                        found[f"postgres, {size:,}"] = measure(Path(folder), url, size, ROUNDS, plans=False)
                    postgres.drop(url)
    names = list(questions())
    table(("ms", *found), [(name, *(one[name] for one in found.values())) for name in names])
    steps = [
        (f"{backend}, {size:,}", f"{backend}, {before:,}")
        for backend in dict.fromkeys(name.partition(",")[0] for name in found)
        for before, size in pairwise(sizes)
    ]
    table(
        ("times as long, for each step in size", *(one for one, _ in steps)),
        [(name, *(found[one][name] / found[before][name] for one, before in steps)) for name in names],
    )
    finish("cases", chosen, goals(found, sizes), {"registers": found})


if __name__ == "__main__":
    main()
