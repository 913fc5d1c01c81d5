"""What it costs to find out what is due: `python -m benchmarks.planning [--quick] [--json OUT] [--sizes N …]`.

The product's own step (planned moments → notices) in offices of 15,000, 150,000 and 1,500,000 dated assignments, on
SQLite and on PostgreSQL: a tick at which a morning's notices are due and one at which nothing is, beside a full scan
that asks of every open assignment what it owes by now and has not said. A tick is measured in a unit that is taken
back, so that rounds are alike. APScheduler's date jobs on SQLAlchemyJobStore stand beside it.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import exists, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from actions import notices as notice_actions
from app.wiring import open_store, vault
from benchmarks import house, many, services
from benchmarks.figures import Goal, finish, median, options, say, table
from domain.local import VIETNAM
from domain.people import Membership
from scheduler.sweep import sweep
from storage.database import Database, Unit, open_database
from storage.people import OPEN
from storage.schema import endpoints, matters, memberships, notices, planned
from storage.views import office

SIZES = (15_000, 150_000, 1_500_000)
QUICK_SIZES = (1_500, 15_000)
ROUNDS = 3
JOBS = 1_000
IDLE = many.DUE + timedelta(seconds=20)
ROOMY = {"max_wal_size": "8GB", "checkpoint_timeout": "30min"}
"""So that filling is not what the ticks wait for."""

T = TypeVar("T")


class _Undone(Exception):
    """Takes a measured unit back."""


def taken_back(database: Database, work: Callable[[Unit], T]) -> tuple[float, T]:
    """Return how many seconds the work took in a unit of its own, and what it gave; nothing of it is kept."""
    found: list[tuple[float, T]] = []

    def measured(unit: Unit) -> None:
        begun = time.perf_counter()
        value = work(unit)
        found.append((time.perf_counter() - begun, value))
        raise _Undone

    with suppress(_Undone):
        database.run_now(measured)
    return found[0]


def scan(unit: Unit, now: datetime) -> int:
    """Do what `promote` does by asking of every open assignment which of its rungs are due and not yet said."""
    occasion = literal("rung:").concat(planned.c.rung).concat(":due").concat(planned.c.due_version)
    said = exists(
        select(notices.c.id).where(
            notices.c.matter_id == planned.c.matter_id,
            notices.c.occasion == occasion,
            notices.c.person_id == memberships.c.person_id,
        )
    )
    reachable = exists(
        select(endpoints.c.id).where(endpoints.c.person_id == memberships.c.person_id, endpoints.c.state == OPEN)
    )
    seat = (memberships.c.agency_id == planned.c.agency_id) & (memberships.c.role == planned.c.role)
    moment = literal(now, type_=notices.c.created_at.type)
    owed = (
        select(planned.c.matter_id, occasion, memberships.c.person_id, planned.c.agency_id, planned.c.role,
               planned.c.kind, literal("waiting"), literal(False), planned.c.at, moment)
        .select_from(matters)
        .join(planned, planned.c.matter_id == matters.c.id)
        .join(memberships, seat)
        .where(
            matters.c.closed_at.is_(None),
            matters.c.due_version == planned.c.due_version,
            planned.c.at <= now,
            memberships.c.state == Membership.ACTIVE.value,
            reachable,
            ~said,
        )
    )  # fmt: skip
    columns = ["matter_id", "occasion", "person_id", "agency_id", "role", "kind", "state", "urgent", "not_before",
               "created_at"]  # fmt: skip
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(notices).from_select(columns, owed).on_conflict_do_nothing()
    return unit.conn.execute(fresh, execution_options={"preserve_rowcount": True}).rowcount


def said_twice(unit: Unit) -> int:
    """Return how many notices there are beyond one for each person on each occasion."""
    each = (notices.c.matter_id, notices.c.occasion, notices.c.person_id)
    repeated = select(func.count().label("n")).select_from(notices).group_by(*each).having(func.count() > 1).subquery()
    return int(unit.conn.execute(select(func.coalesce(func.sum(repeated.c.n - 1), 0))).scalar_one())


def missed(unit: Unit) -> tuple[int, int, int]:
    """Return what the first tick after three days down says, what one right after it says, and what was said twice."""
    return notice_actions.promote(unit, many.LATE), notice_actions.promote(unit, many.LATE), said_twice(unit)


def at_once(first: Database, second: Database) -> list[int]:
    """Let two planners find the same morning due at the same moment; return what each of them said."""
    together = threading.Barrier(2)

    def plan(database: Database) -> int:
        together.wait()
        return database.run_now(lambda unit: notice_actions.promote(unit, many.DUE))

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(plan, (first, second)))


def measure(folder: Path, url: str | None, size: int, rounds: int) -> dict[str, Any]:
    """Fill an office and measure its ticks."""
    begun = time.perf_counter()
    database = open_store(house.settings(folder, url), lambda: many.ISSUED)
    address = database.url.render_as_string(hide_password=False)
    calendar = database.run_now(office.calendar)
    database.close()
    many.fill(address, calendar, size)
    database = open_database(address, vault(house.settings(folder, url)))
    found: dict[str, Any] = {"fill_s": time.perf_counter() - begun, **database.run_now(many.counts)}
    say(f"    filled: {found}")
    ticks: dict[str, list[float]] = {"due": [], "scan_due": [], "idle": [], "scan_idle": [], "sweep_idle": []}
    counted: set[int] = set()
    for _ in range(rounds):
        for name, work in (("due", notice_actions.promote), ("scan_due", scan)):
            seconds, said = taken_back(database, lambda unit, work=work: work(unit, many.DUE))
            ticks[name].append(seconds)
            counted.add(said)
    assert len(counted) == 1, f"the scan finds something else due: {counted}"
    found["notices_due"] = counted.pop()
    (first, again, twice), owed = (
        taken_back(database, work)[1] for work in (missed, lambda unit: scan(unit, many.LATE))
    )
    found |= {"missed_3_days": owed, "said_after_3_days": first, "said_again": again, "twice_after_3_days": twice}
    other = open_database(address, vault(house.settings(folder, url)))
    found["two_planners"] = at_once(database, other)
    other.close()
    found["twice_by_two_planners"] = database.run_now(said_twice)
    begun = time.perf_counter()
    found["messages"] = database.run_now(lambda unit: sweep(unit, IDLE)).messages
    found["morning_sweep_s"] = time.perf_counter() - begun
    for _ in range(rounds):
        for name, work in (("idle", notice_actions.promote), ("scan_idle", scan), ("sweep_idle", sweep)):
            ticks[name].append(taken_back(database, lambda unit, work=work: work(unit, IDLE))[0])
    begun = time.perf_counter()
    said = database.run_now(lambda unit: notice_actions.promote(unit, many.LATE))
    found["us_a_notice"] = (time.perf_counter() - begun) / said * 1e6
    database.close()
    return found | {f"{name}_ms": median(each) * 1000 for name, each in ticks.items()}


def nothing() -> None:
    """What the date jobs do."""


def date_jobs(folder: Path, count: int) -> dict[str, float]:
    """Return the milliseconds that APScheduler takes to keep one date job, and to wake up for one, on SQLite."""
    store = SQLAlchemyJobStore(f"sqlite:///{folder / 'jobs.db'}")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone=VIETNAM)
    scheduler.start(paused=True)
    due = datetime.now(VIETNAM) - timedelta(seconds=1)
    begun = time.perf_counter()
    for _ in range(count):
        scheduler.add_job(nothing, DateTrigger(due), misfire_grace_time=None)
    added = time.perf_counter() - begun
    begun = time.perf_counter()
    scheduler.resume()
    services.until(lambda: not scheduler.get_jobs(), patience=600)
    woken = time.perf_counter() - begun
    scheduler.shutdown()
    return {"add_ms": added / count * 1000, "wake_ms": woken / count * 1000}


def goals(found: dict[str, dict[str, Any]], jobs: dict[str, float], sizes: tuple[int, ...]) -> list[Goal]:
    made = []
    for backend, most in (("sqlite", 1 / 8), ("postgres", 1 / 2)):
        one = found[f"{backend}, {sizes[-1]:,}"]
        made.append(Goal(f"{backend}: due tick to full scan", one["due_ms"] / one["scan_due_ms"], most, least=False))
        if backend == "sqlite":
            made.append(Goal("sqlite: idle tick, ms", one["idle_ms"], 100, least=False))
            ours = one["us_a_notice"] / 1000
            made.append(Goal("sqlite: APScheduler's wake-up to a notice of ours", jobs["wake_ms"] / ours, 300))
        extra = sum(one["two_planners"]) - one["notices_due"]
        made.append(
            Goal(f"{backend}: said twice by two planners", one["twice_by_two_planners"] + extra, 0, least=False)
        )
        wrong = abs(one["missed_3_days"] - one["said_after_3_days"]) + one["said_again"] + one["twice_after_3_days"]
        made.append(Goal(f"{backend}: missed or doubled after 3 days down", wrong, 0, least=False))
    return made


def _options() -> argparse.Namespace:
    made = options(__doc__)
    made.add_argument("--sizes", type=int, nargs="+", metavar="N", help="other numbers of assignments")
    return made.parse_args()


def main() -> None:
    chosen = _options()
    sizes = tuple(chosen.sizes or (QUICK_SIZES if chosen.quick else SIZES))
    found: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhacviec-bench-")))
        jobs = date_jobs(root, JOBS // 10 if chosen.quick else JOBS)
        say(f"  APScheduler: {jobs}")
        for size in sizes:
            with tempfile.TemporaryDirectory(dir=root) as folder:
                found[f"sqlite, {size:,}"] = measure(Path(folder), None, size, ROUNDS)
            say(f"  sqlite, {size:,}: {found[f'sqlite, {size:,}']}")
        with services.postgres(ROOMY) as postgres:
            for size in sizes:
                url = postgres.fresh()
                with tempfile.TemporaryDirectory(dir=root) as folder:
                    found[f"postgres, {size:,}"] = measure(Path(folder), url, size, ROUNDS)
                postgres.drop(url)
                say(f"  postgres, {size:,}: {found[f'postgres, {size:,}']}")
    names = ("due_ms", "scan_due_ms", "idle_ms", "scan_idle_ms", "sweep_idle_ms", "morning_sweep_s", "fill_s")
    heads = ("office", "planned", "due", "us a notice, committed", *names)
    table(heads, [_row(name, one, names) for name, one in found.items()])
    growth = [(name, *(one[key] / before[key] for key in names[:5])) for name, one, before in _steps(found, sizes)]
    table(("growth for each ten times", *names[:5]), growth)
    table(("APScheduler, SQLite", "ms"), [("keep a date job", jobs["add_ms"]), ("wake up for it", jobs["wake_ms"])])
    finish("planning", chosen, goals(found, jobs, sizes), {"offices": found, "apscheduler": jobs})


def _row(name: str, one: dict[str, Any], names: tuple[str, ...]) -> tuple[object, ...]:
    return (name, one["planned"], one["notices_due"], one["us_a_notice"], *(one[key] for key in names))


def _steps(
    found: dict[str, dict[str, Any]], sizes: tuple[int, ...]
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    return [
        (f"{backend}, {size:,}", found[f"{backend}, {size:,}"], found[f"{backend}, {before:,}"])
        for backend in ("sqlite", "postgres")
        for before, size in pairwise(sizes)
    ]


if __name__ == "__main__":
    main()
