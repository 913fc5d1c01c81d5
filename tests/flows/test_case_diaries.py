"""Four cases from reception to their end, each compared with a transcript that a person has read.

To accept a change of wording: NHACVIEC_REWRITE_GOLDEN=1 pytest tests/flows/test_case_diaries.py, then read the diff.
"""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.local import local
from storage.database import Unit
from storage.schema import notices, outbox
from storage.views import outbox as outbox_views
from tests.flows.case_story import CONDUCT, Line, Story, play
from tests.flows.caseload_side import row_of
from tests.flows.transcript import transcript

GOLDEN = Path(__file__).parent / "golden"

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def story(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Story]:
    played = await play(tmp_path_factory.mktemp("cases"))
    yield played
    await played.office.close()


async def _diary(story: Story, line: Line) -> str:
    """Return what everybody about one case wrote and read, and of the office's messages those that name it."""
    chats = [story.lan, line.citizen, line.officer, line.head, *line.others]
    told = await transcript(replace(story.office, chats=chats))
    return "\n".join(_about(told, line.code)) + "\n"


_JOINING = ("mã tham gia", "tham gia: ", "[Đúng, tham gia]", "trogiup")
"""What everybody says before the story begins."""


def _about(told: str, code: str) -> Iterator[str]:
    for day in told.split("══ ")[1:]:
        title, _, rest = day.partition("\n\n")
        every = [one for one in _entries(rest) if not any(words in one for words in _JOINING)]
        kept = [one for one in every if "Hoàng Mẫu Lan" not in one.partition("\n")[0] or code in one]
        if kept:
            yield f"══ {title}\n"
            yield from kept


def _entries(text: str) -> list[str]:
    """Return the entries of a day: each begins with its time at the start of a line."""
    found: list[str] = []
    for line in text.split("\n"):
        if line[:5].replace(":", "").isdigit() and line[2:3] == ":":
            found.append(line)
        elif found:
            found[-1] += f"\n{line}"
    return found


@pytest.mark.parametrize("name", ["overdue", "clarified", "reopened", "conduct"])
async def test_the_diary_reads_as_it_was_approved(story: Story, name: str) -> None:
    text, kept = await _diary(story, story.lines[name]), GOLDEN / f"case_{name}.txt"
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


async def test_every_rung_is_said_once_on_its_day(story: Story) -> None:
    said = await story.office.read(lambda unit: _rungs(unit, row_of(unit, story.lines["overdue"].code).id))
    days = {rung: on for rung, on in said if rung.startswith(("ack", "case_"))}
    assert len(said) == len(set(said))
    assert days == {
        "ack1": date(2026, 1, 13),
        "ack2": date(2026, 1, 14),
        "case_t3": date(2026, 1, 14),
        "case_t1": date(2026, 1, 16),
        "case_t0": date(2026, 1, 19),
        "case_over1": date(2026, 1, 20),
        "case_over3": date(2026, 1, 22),
        "case_over5": date(2026, 1, 26),
    }


def _rungs(unit: Unit, case_id: int) -> list[tuple[str, date]]:
    query = (
        select(notices.c.occasion, outbox.c.sent_at)
        .join(outbox, outbox.c.id == notices.c.outbox_id)
        .where(notices.c.matter_id == case_id, notices.c.state == "merged", notices.c.occasion.startswith("rung:"))
        .order_by(outbox.c.sent_at)
    )
    return [(row.occasion.split(":")[1], local(row.sent_at).date()) for row in unit.conn.execute(query)]


async def test_everything_that_was_made_was_sent(story: Story) -> None:
    assert set(await story.office.read(outbox_views.counts)) == {"sent"}


async def test_no_word_about_conduct_reaches_another_officer(story: Story) -> None:
    line = story.lines["conduct"]
    for chat in line.others:
        heard = "\n".join(one.text for one in await chat.all_heard())
        assert line.code not in heard
        assert CONDUCT[:30] not in heard
    for name, other in story.lines.items():
        if name != "conduct":
            for chat in (other.officer, other.head, other.citizen):
                assert all(CONDUCT[:30] not in one.text for one in await chat.all_heard())
