"""`python -m benchmarks.drills [--quick | --full] [--only NAME] [--json OUT] [--list]`."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.drills.catalogue import DRILLS
from benchmarks.drills.postgres import Server
from benchmarks.drills.stage import FULL, QUICK, USUAL, Drill, Scale, run
from benchmarks.drills.table import Row, show


async def run_all(drills: Sequence[Drill], scale: Scale, folder: Path, jobs: int, console: Console) -> list[Row]:
    """Run the drills, so many at a time; a line each as it ends."""
    server = Server()
    turns = asyncio.Semaphore(jobs)

    async def one(number: int, drill: Drill) -> Row:
        async with turns:
            row = await run(drill, scale, folder / f"{number:02}", server)
            console.print(f"{number:2}/{len(drills)} {row.name}: {row.verdict} ({row.seconds:.1f} s)", highlight=False)
            return row

    try:
        return await asyncio.gather(*(one(number, drill) for number, drill in enumerate(drills, 1)))
    finally:
        await asyncio.to_thread(server.close)


def _wanted(drill: Drill, words: Sequence[str], *, quick: bool) -> bool:
    return any(one in drill.name for one in words) if words else drill.quick or not quick


def main() -> int:
    """Run what is asked for; 1 where a promise was broken."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.drills", description=__doc__)
    size = options.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="most drills, few people, a minute takes two seconds")
    size.add_argument("--full", action="store_true", help="many people, a minute takes a minute")
    options.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="drills whose name has these words"
    )
    options.add_argument("--jobs", type=int, metavar="N", help="so many at a time (default 2, with --full 1)")
    options.add_argument("--json", type=Path, metavar="OUT", help="write the rows there as well")
    options.add_argument("--list", action="store_true", help="name the drills and end")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="work in this folder and leave it, with the logs")
    chosen = options.parse_args()
    drills = [one for one in DRILLS if _wanted(one, chosen.only, quick=chosen.quick)]
    if chosen.list or not drills:
        sys.stdout.writelines(f"{one.name}\n" for one in DRILLS)
        return 0 if chosen.list else 2
    scale = QUICK if chosen.quick else FULL if chosen.full else USUAL
    with tempfile.TemporaryDirectory(prefix="nhacviec-drills-") as name:
        folder = chosen.keep or Path(name)
        jobs = chosen.jobs or (1 if chosen.full else 2)
        rows = asyncio.run(run_all(drills, scale, folder, jobs, Console(stderr=True)))
    show(rows, Console(width=None if sys.stdout.isatty() else 160))
    if chosen.json:
        chosen.json.write_text(json.dumps([row.to_json() for row in rows], ensure_ascii=False, indent=1) + "\n")
    return 0 if all(row.passed for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
