"""Seven weeks of an office, compared with a transcript that a person has read, and held to the etiquette.

To accept a change of wording: NHACVIEC_REWRITE_GOLDEN=1 pytest tests/flows/test_diary.py, then read the diff.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.ladder import DEFAULT
from domain.local import local
from domain.notices import Kind
from storage.database import Unit
from storage.schema import assignments, audit, memberships, notices, outbox
from storage.views import office as office_views
from storage.views import outbox as outbox_views
from tests.flows.story import Cast, at, play
from tests.flows.transcript import transcript
from tests.office import Heard, Office

GOLDEN = Path(__file__).parent / "golden" / "diary.txt"

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Played:
    """The office after the story."""

    office: Office
    cast: Cast
    text: str
    said: "Sequence[Said]"
    bundles: "Sequence[Bundle]"


@dataclass(frozen=True, slots=True)
class Said:
    """One notice that left."""

    at: datetime
    person_id: int
    matter_id: int | None
    occasion: str
    kind: Kind
    message: int
    asked: bool
    """Whether it was part of an answer."""

    @property
    def rung(self) -> str | None:
        """The rung of an assignment's ladder; the summary for coordinating agencies hangs on a task and is none."""
        of_ladder = self.occasion.startswith("rung:") and self.kind is not Kind.COORDINATES
        return self.occasion.split(":")[1] if of_ladder else None


@dataclass(frozen=True, slots=True)
class Bundle:
    """One message that nobody asked for."""

    id: int
    at: datetime
    person_id: int


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Played]:
    office, cast = await play(tmp_path_factory.mktemp("diary"))
    yield Played(office, cast, await transcript(office), await office.read(_said), await office.read(_bundles))
    await office.close()


def _said(unit: Unit) -> list[Said]:
    query = (
        select(outbox.c.sent_at, outbox.c.kind.label("as_what"), notices)
        .join(outbox, outbox.c.id == notices.c.outbox_id)
        .where(outbox.c.state == "sent", notices.c.state == "merged")
        .order_by(outbox.c.sent_at, notices.c.id)
    )
    return [
        Said(
            local(row.sent_at),
            row.person_id,
            row.matter_id,
            row.occasion,
            Kind(row.kind),
            row.outbox_id,
            row.as_what == "reply",
        )
        for row in unit.conn.execute(query)
    ]


def _bundles(unit: Unit) -> list[Bundle]:
    query = select(outbox.c.id, outbox.c.sent_at, outbox.c.person_id).where(
        outbox.c.kind == "bundle", outbox.c.state == "sent"
    )
    return [Bundle(row.id, local(row.sent_at), row.person_id) for row in unit.conn.execute(query)]


async def test_the_transcript_reads_as_it_was_approved(played: Played) -> None:
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        GOLDEN.write_text(played.text, encoding="utf-8")
    assert played.text == GOLDEN.read_text(encoding="utf-8")


async def test_everything_that_was_made_was_sent(played: Played) -> None:
    counts = await played.office.read(outbox_views.counts)
    assert set(counts) == {"sent"}


async def test_unsolicited_messages_keep_to_office_hours_of_working_days(played: Played) -> None:
    etiquette = await played.office.read(office_views.etiquette)
    assert len(played.bundles) > 60
    assert [one for one in played.bundles if not etiquette.open_now(one.at)] == []
    days = {one.at.date() for one in played.bundles}
    assert days.isdisjoint(date(2026, 2, day) for day in range(14, 23)), "Tết and the weekends around it"
    assert {date(2026, 2, 13), date(2026, 2, 23)} <= days


async def test_one_message_a_person_a_day_save_urgent_ones(played: Played) -> None:
    pressing = {one.message for one in played.said if not one.kind.urgent}
    a_day = Counter((one.person_id, one.at.date()) for one in played.bundles if one.id in pressing)
    assert max(a_day.values()) == 1
    early = [one for one in played.bundles if one.id in pressing and one.at.time() < time(8)]
    assert early == [], "the day's one message waits for the hour of the reminders"


async def test_no_occasion_is_said_twice(played: Played) -> None:
    times = Counter((one.person_id, one.matter_id, one.occasion) for one in played.said)
    assert max(times.values()) == 1


async def test_an_assignment_is_first_heard_of_as_given(played: Played) -> None:
    """The officers hear the word of issue before any rung of the same assignment."""
    officers = await played.office.read(lambda unit: _holders(unit, "officer"))
    first: dict[tuple[int, int], Said] = {}
    for one in played.said:
        if one.matter_id is not None and one.person_id in officers and one.kind is not Kind.COORDINATES:
            first.setdefault((one.person_id, one.matter_id), one)
    assert len(first) == 11
    assert {one.kind for one in first.values()} == {Kind.ASSIGNED}


def _holders(unit: Unit, role: str) -> set[int]:
    return set(unit.conn.execute(select(memberships.c.person_id).where(memberships.c.role == role)).scalars())


async def test_rungs_climb_in_order(played: Played) -> None:
    order = [rung.name for rung in DEFAULT.rungs]
    climbed: dict[int, list[int]] = {}
    for one in played.said:
        if one.matter_id is not None and one.rung is not None:
            climbed.setdefault(one.matter_id, []).append(order.index(one.rung))
    assert all(steps == sorted(steps) for steps in climbed.values())
    codes = await played.office.read(_codes)
    named = {codes[matter]: [order[step] for step in steps] for matter, steps in climbed.items()}
    assert named["NV-0002"] == ["issue", "t3", "t1", "t0", "over1", "over3", "over5"]
    assert named["NV-0006"] == ["issue", "t30", "t7", "t3", "t1", "t0", "over1", "over3", "over5"]


def _codes(unit: Unit) -> dict[int, str]:
    return {row.id: row.code for row in unit.conn.execute(select(assignments.c.id, assignments.c.code))}


async def test_nothing_is_asked_for_after_it_is_reported_done(played: Played) -> None:
    """Between a report and its return no rung of the matter is heard by anybody."""
    acts = await played.office.read(_reports)
    assert sum(1 for *_, act in acts if act == "report") == 6
    resting: dict[int, datetime] = {}
    events = [(moment, 1, matter, act) for matter, moment, act in acts]
    events += [(one.at, 0, one.matter_id or 0, "said") for one in played.said if one.rung is not None]
    for moment, _, matter, act in sorted(events):
        if act == "report":
            resting[matter] = moment
        elif act == "return":
            del resting[matter]
        elif act == "said":
            assert matter not in resting, f"{matter} was reported at {resting[matter]}, asked for at {moment}"


def _reports(unit: Unit) -> list[tuple[int, datetime, str]]:
    query = select(audit.c.subject_id, audit.c.at, audit.c.act).where(audit.c.act.in_(("report", "return", "confirm")))
    return [(row.subject_id, local(row.at), row.act) for row in unit.conn.execute(query.order_by(audit.c.id))]


async def test_who_keeps_silent_is_told_then_the_head_then_the_office(played: Played) -> None:
    cast = played.cast
    assert await _first_about(cast.silent, "đã quá hạn 1 ngày") == at(20, 1, 8)
    assert await _first_about(cast.head, "quá hạn 3 ngày") == at(22, 1, 10)
    assert await _first_about(cast.coordinator, "cần đôn đốc") == at(26, 1, 8)


async def test_what_the_officer_is_told_of_the_head_comes_true(played: Played) -> None:
    told = [one for one in await played.cast.silent.all_heard() if "lãnh đạo đơn vị sẽ được báo" in one.text]
    assert ["Đến thứ Năm 22/01/2026" in told[0].text, "Đến thứ Sáu 27/02/2026" in told[1].text] == [True, True]
    heard = [one.at for one in await played.cast.head.all_heard() if one.kind == "bundle"]
    assert heard == [at(22, 1, 10), at(27, 2, 10)]


async def _first_about(chat: object, words: str) -> datetime:
    return next(one.at for one in await _bundles_of(chat) if words in one.first_line)


async def _bundles_of(chat: object) -> list[Heard]:
    return [one for one in await chat.all_heard() if one.kind == "bundle"]  # type: ignore[attr-defined]


async def test_the_leader_hears_what_is_new_each_week_and_never_of_an_officer(played: Played) -> None:
    etiquette = await played.office.read(office_views.etiquette)
    digests = [one for one in await _bundles_of(played.cast.leader) if one.first_line.startswith("Tổng hợp")]
    days = [one.at.date() for one in digests]
    working = etiquette.calendar.between(date(2026, 1, 11), date(2026, 3, 6))
    assert len(days) == len(set(days)) < working == 35
    assert {one.isocalendar().week for one in days} == {3, 4, 5, 6, 7, 9, 10}, "every week but that of Tết"
    same = ["không thay đổi so với" in one.first_line for one in digests]
    assert all(day.weekday() == 0 for day, unchanged in zip(days, same, strict=True) if unchanged)
    names = ("Trần Mẫu Bình", "Phạm Mẫu Cúc", "Vũ Mẫu Dũng", "Ngô Mẫu Khánh")
    assert not [one for one in digests for name in names if name in one.text]
    calm = [one for one in digests if "không có việc quá hạn" in one.text]
    assert calm
    assert all("\n" not in one.text for one in calm), "nothing red is one line"


async def test_the_late_joiner_hears_everything_open_once(played: Played) -> None:
    heard = await played.cast.late.all_heard()
    assert [one.kind for one in heard[:2]] == ["reply", "reply"]
    summary = heard[1].text
    assert [code in summary for code in ("NV-0007", "NV-0008", "NV-0009")] == [True] * 3
    assert "4 việc" in summary
    later = [one for one in heard[2:] if one.at < at(9, 2, 8)]
    assert later == [], "nothing is repeated before the first reminder of its own"


async def test_the_report_that_was_returned_was_explained(played: Played) -> None:
    returned = [one for one in await _bundles_of(played.cast.steady) if "bị trả lại" in one.first_line]
    assert [one.at for one in returned] == [at(29, 1, 14)]
    assert "Văn bản chưa có phụ lục hướng dẫn cho các xã" in returned[0].text
    assert "đã được xác nhận hoàn thành" in returned[0].first_line, "one message for both answers"


async def test_first_lines_say_what_and_when(played: Played) -> None:
    """Whoever reads only the notification knows the matter or the number of them, and the day where there is one."""
    dated = [Kind.ASSIGNED, Kind.REMINDER, Kind.OVERDUE]
    messages = {one.message for one in played.said if one.kind in dated and not one.asked}
    texts = await played.office.read(lambda unit: _texts(unit, messages))
    assert len(texts) > 20
    assert [line for line in texts if "/2026" not in line and "quá hạn" not in line] == []
    assert [line for line in texts if len(line) > 160] == []


def _texts(unit: Unit, ids: set[int]) -> list[str]:
    query = select(outbox.c.text_sent).where(outbox.c.id.in_(ids))
    return [text.split("\n", 1)[0] for text in unit.conn.execute(query).scalars()]


async def test_texts_are_well_spaced(played: Played) -> None:
    for chat in played.office.chats:
        for one in await chat.all_heard():
            assert "\n\n\n" not in one.text, one.text
            assert one.text == one.text.strip(), one.text
            assert not [line for line in one.text.split("\n") if line != line.rstrip() or "  " in line], one.text
