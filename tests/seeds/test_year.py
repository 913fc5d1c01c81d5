"""A whole plan year of a real plan, compared with what a person has read: conversations, digests, reports.

To accept a change of wording: NHACVIEC_REWRITE_GOLDEN=1 pytest tests/seeds/test_year.py, then read the diff.
"""

import io
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from app.reading import read_plan
from domain.outgoing import Message
from storage.database import Unit
from storage.schema import outbox
from tests.flows.transcript import transcript
from tests.office import Office
from tests.seeds.year import Cast, play

PLAN = Path(__file__).parents[3] / "shared" / "seeds" / "bac-ninh-2026.txt"
GOLDEN = Path(__file__).parent / "golden"

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not PLAN.is_file(), reason="the real plans are not beside this checkout"),
    pytest.mark.anyio,
]


@dataclass(frozen=True, slots=True)
class Played:
    """The office after its year, and what everybody wrote and read since the issue."""

    office: Office
    cast: Cast
    text: str


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Played]:
    office, cast = await play(tmp_path_factory.mktemp("year"), read_plan(PLAN).draft)
    whole = await transcript(office)
    yield Played(office, cast, whole[whole.index("══ thứ Ba 03/02/2026") :])
    await office.close()


def check(name: str, text: str) -> None:
    """Compare with the golden file, or write it anew where that is asked for."""
    path = GOLDEN / name
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def heard_by(text: str, name: str) -> Iterator[str]:
    """Yield what one person wrote and read, each day under its heading."""
    for day in f"\n{text}".split("\n══ "):
        heading, _, rest = day.partition(" ══\n\n")
        mine = [block for block in _blocks(rest) if name in block.partition("\n")[0]]
        if mine:
            yield f"══ {heading} ══\n\n" + "\n".join(mine)


def _blocks(rest: str) -> Iterator[str]:
    """Yield what was said at one time by or to one person."""
    held: list[str] = []
    for line in rest.split("\n"):
        if line[2:3] == ":" and line[:2].isdigit() and held:
            yield "\n".join(held)
            held = []
        held.append(line)
    yield "\n".join(held)


async def test_the_leaders_year_reads_as_it_was_approved(played: Played) -> None:
    check("year-leader.txt", "\n".join(heard_by(played.text, "Lê Mẫu Quang")))


async def test_three_agencies_years_read_as_they_were_approved(played: Played) -> None:
    names = ("Trần Mẫu Bình", "Phạm Mẫu Cúc", "Vũ Mẫu Dũng", "Đặng Mẫu Hà")
    check("year-agencies.txt", "\n".join("\n".join(heard_by(played.text, name)) for name in names))


async def test_the_offices_decisions_read_as_they_were_approved(played: Played) -> None:
    days = ("25/02/2026", "16/03/2026", "24/03/2026", "26/03/2026", "15/06/2026", "16/06/2026")
    told = [
        day
        for name in ("Hoàng Mẫu Lan", "Bùi Mẫu Sơn")
        for day in heard_by(played.text, name)
        if any(one in day.partition("\n")[0] for one in days)
    ]
    check("year-office.txt", "\n".join(told))


async def test_reports_add_up_and_read_as_they_were_approved(played: Played) -> None:
    made = await played.office.read(_papers)
    assert [name for name, _ in made] == [
        f"bao-cao-tien-do-{one}.docx" for one in ("2026-Q1", "2026-H1", "2026-9M", "2026")
    ]
    check("year-reports.txt", "\n\n".join(f"══ {name} ══\n\n{text}" for name, text in made))


def _papers(unit: Unit) -> list[tuple[str, str]]:
    """Return the words of each report that was handed over, its tables with cells parted by "|"."""
    messages = unit.conn.execute(select(outbox.c.message).order_by(outbox.c.id)).scalars()
    files = [file for one in messages if one for file in Message.from_json(one).files]
    papers = [file for file in files if file.name.startswith("bao-cao-tien-do") and file.name.endswith(".docx")]
    return [(file.name, _words(unit.shelf.take(file.digest, 10**7) or b"")) for file in papers]


def _words(content: bytes) -> str:
    read = Document(io.BytesIO(content))
    lines = [one.text for one in read.paragraphs if one.text.strip()]
    rows = ["|".join(cell.text for cell in row.cells) for table in read.tables for row in table.rows]
    return "\n".join([*lines, "", *rows])
