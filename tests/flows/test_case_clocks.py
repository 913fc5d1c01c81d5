"""The clocks of a case: each stage has its own date with its grounds, and a case's total age never resets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from actions import calendar as calendar_actions
from actions import office_settings
from actions.cases import answering, forwarding, handling, opening, rerouting, sender, timers, triage
from actions.cases.forwarding import Handed, Transfer
from actions.cases.opening import Feedback, Origin
from actions.cases.triage import Classification
from domain.case_figures import nature_of
from domain.cases.decisions import LegalClass, Outcome, Urgency
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.errors import ActRefused
from domain.local import local, today
from domain.people import Role, Viewer
from domain.workdays import DayKind
from storage.cases import rows
from storage.database import Unit
from storage.schema import agencies, people, planned
from storage.types import AnyRow
from storage.views import office as office_views
from storage.views.cases import cards
from tests.office import Office, make_office

pytestmark = pytest.mark.anyio

T = TypeVar("T")


@dataclass
class Bench:
    """An office with a coordinator, an officer and a head of Sở Tư pháp, and one case."""

    office: Office
    case_id: int = 0

    async def open(self, kind: Kind = Kind.REGULATION, received_on: date | None = None) -> None:
        """Take a case into the register."""
        feedback = Feedback(
            kind, "Bộ phận Một cửa yêu cầu thêm giấy tờ.", "STP", Reporter("Lê Mẫu", "Xã Lam Sơn", "09")
        )
        origin = Origin("webchat", received_on=received_on)
        opened = await self.do(lambda unit: opening.open_case(unit, feedback, origin, "thông báo", self.now))
        self.case_id = opened.case_id

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.office.clock()

    async def do(self, work: Callable[[Unit], T]) -> T:
        """Do something in one unit."""
        return await self.office.run(work)

    async def row(self) -> AnyRow:
        """Return the case as it stands."""
        found = await self.office.read(lambda unit: rows.get(unit, self.case_id))
        assert found is not None
        return found

    async def forward(self, agency: str = "STP") -> Handed:
        """Hand the case over."""
        return await self.do(
            lambda unit: forwarding.forward(
                unit, self.who(unit, "Văn"), self.case_id, self.agency(unit, agency), Transfer(), self.now
            )
        )

    async def setting(self, name: str, text: str) -> None:
        """Set what the province decides."""
        await self.do(lambda unit: office_settings.change(unit, None, name, text, self.now))

    def who(self, unit: Unit, name: str) -> Viewer:
        """Return one of the people."""
        person = unit.conn.execute(select(people.c.id).where(people.c.name == name)).scalar_one()
        return office_views.viewer(unit, person, today(self.now))

    def agency(self, unit: Unit, code: str) -> int:
        """Return an agency's id."""
        return int(unit.conn.execute(select(agencies.c.id).where(agencies.c.code == code)).scalar_one())

    async def rungs(self) -> dict[str, tuple[str, str]]:
        """Return what is still to be said of the case, by rung: (day, state)."""
        row = await self.row()
        query = select(planned.c.rung, planned.c.at, planned.c.state).where(
            planned.c.matter_id == self.case_id, planned.c.due_version == row.due_version
        )
        found = await self.office.read(lambda unit: unit.conn.execute(query).all())
        return {one.rung: (f"{local(one.at):%d/%m}", one.state) for one in found}


@pytest.fixture
async def bench(tmp_path: Path) -> Bench:
    """Monday 12/01/2026, 08:00."""
    made = Bench(make_office(tmp_path))
    seats = (("VPUBND", Role.COORDINATOR, "Văn"), ("STP", Role.OFFICER, "Cán"), ("STP", Role.HEAD, "Giám"))
    for agency, role, name in seats:
        await made.office.officer(agency, role, name)
    return made


@pytest.mark.parametrize("legal_class", [LegalClass.CONDUCT, LegalClass.BOTH])
async def test_passing_on_has_five_working_days_and_conduct_the_provinces(
    bench: Bench, legal_class: LegalClass
) -> None:
    await bench.open()
    assert (await bench.row()).due_on == date(2026, 1, 19)
    rungs = await bench.rungs()
    assert {name: day for name, (day, _) in rungs.items()} == {
        "pass3": "14/01",
        "pass1": "16/01",
        "pass0": "19/01",
        "pass_over1": "20/01",
        "pass_over3": "22/01",
        "pass_over5": "26/01",
    }
    conduct = Classification(legal_class)
    await bench.do(lambda unit: triage.classify(unit, bench.who(unit, "Văn"), bench.case_id, conduct, bench.now))
    row = await bench.row()
    assert (row.kind, row.state, row.due_on) == (Kind.CONDUCT, State.CLASSIFYING, date(2026, 1, 15))
    told = await bench.office.read(lambda unit: cards.explanation(unit, bench.case_id))
    assert "03 ngày làm việc" in told
    assert nature_of(row.kind, row.legal_class) == legal_class.value, "told apart in the periodic report"
    await bench.office.close()


async def test_without_a_limit_of_the_province_nothing_is_promised(bench: Bench) -> None:
    await bench.open()
    handed = await bench.forward()
    assert (handed.due_on, handed.hear) == (None, 1)
    assert set(await bench.rungs()) == {"ack1", "ack2"}
    await bench.office.close()


async def test_the_answer_is_due_by_class_and_urgency_in_days_or_hours(bench: Bench) -> None:
    await bench.setting("case_answer_normal", "15 ngày")
    await bench.setting("case_answer_urgent", "4 giờ")
    await bench.open()
    assert (await bench.forward()).due_on == date(2026, 2, 2)
    rungs = await bench.rungs()
    assert rungs["case_t5"] == ("26/01", "waiting")
    assert rungs["case_over3"] == ("05/02", "waiting")
    await bench.do(
        lambda unit: handling.set_urgency(unit, bench.who(unit, "Văn"), bench.case_id, Urgency.URGENT, bench.now)
    )
    row = await bench.row()
    assert (row.due_on, f"{local(row.due_at):%H:%M}") == (date(2026, 1, 12), "14:00")
    await bench.office.close()


async def test_a_case_that_changes_hands_gets_a_new_date_and_keeps_its_age(bench: Bench) -> None:
    await bench.setting("case_answer_normal", "10")
    await bench.open()
    await bench.forward()
    first = (await bench.row()).due_on
    bench.office.clock.move_to(bench.now + timedelta(days=1))
    await bench.do(
        lambda unit: handling.ask_return(
            unit,
            bench.who(unit, "Cán"),
            bench.case_id,
            "không thuộc ngành tư pháp",
            bench.agency(unit, "SNV"),
            bench.now,
        )
    )
    await bench.do(
        lambda unit: rerouting.reroute(
            unit, bench.who(unit, "Văn"), bench.case_id, bench.agency(unit, "SNV"), "đúng ngành", bench.now
        )
    )
    row = await bench.row()
    assert (row.bounces, row.state) == (1, State.FORWARDED)
    assert row.due_on > first
    assert (row.received_on, row.passed_on) == (date(2026, 1, 12), date(2026, 1, 12))
    dates = await bench.office.read(lambda unit: cards.due_history(unit, bench.case_id))
    assert [one.reason for one in dates] == ["received", "forwarded", "forwarded"]
    await bench.office.close()


async def test_sending_back_has_its_days(bench: Bench) -> None:
    await bench.open()
    await bench.forward()
    bench.office.clock.move_to(bench.now + timedelta(days=3))
    with pytest.raises(ActRefused, match="14/01/2026"):
        await bench.do(
            lambda unit: handling.ask_return(
                unit, bench.who(unit, "Cán"), bench.case_id, "không thuộc ngành", None, bench.now
            )
        )
    await bench.office.close()


@pytest.mark.parametrize(("pauses", "due"), [("không", date(2026, 1, 26)), ("có", date(2026, 1, 28))])
async def test_waiting_for_the_sender_pauses_only_where_the_province_says_so(
    bench: Bench, pauses: str, due: date
) -> None:
    await bench.setting("case_answer_normal", "10")
    await bench.setting("case_pause", pauses)
    await bench.open()
    await bench.forward()
    await bench.do(
        lambda unit: handling.ask(unit, bench.who(unit, "Cán"), bench.case_id, "Việc xảy ra ngày nào?", bench.now)
    )
    bench.office.clock.move_to(bench.now + timedelta(days=2))
    row = await bench.row()
    await bench.do(lambda unit: sender.add(unit, row, "Sáng thứ Hai tuần trước", (), bench.now))
    assert (await bench.row()).due_on == due
    await bench.office.close()


@pytest.mark.parametrize(("pauses", "due"), [("không", "14:00"), ("có", "16:00")])
async def test_so_does_a_limit_in_hours(bench: Bench, pauses: str, due: str) -> None:
    await bench.setting("case_answer_normal", "4 giờ")
    await bench.setting("case_pause", pauses)
    await bench.open()
    await bench.forward()
    await bench.do(
        lambda unit: handling.ask(unit, bench.who(unit, "Cán"), bench.case_id, "Việc xảy ra ngày nào?", bench.now)
    )
    bench.office.clock.move_to(bench.now + timedelta(hours=2))
    row = await bench.row()
    await bench.do(lambda unit: sender.add(unit, row, "Sáng thứ Hai tuần trước", (), bench.now))
    assert f"{local((await bench.row()).due_at):%H:%M %d/%m}" == f"{due} 12/01"
    await bench.office.close()


async def test_what_is_missing_is_waited_for_and_a_reply_takes_it_up_again(bench: Bench) -> None:
    await bench.open()
    until = await bench.do(
        lambda unit: triage.ask_supplement(
            unit, bench.who(unit, "Văn"), bench.case_id, "Xin cho biết địa chỉ và ngày nộp hồ sơ", bench.now
        )
    )
    assert until == date(2026, 1, 26)
    assert (await bench.row()).due_on == date(2026, 1, 19), "the first clock does not pause"
    calendar = await bench.office.read(lambda unit: office_views.etiquette(unit).calendar)
    for day in (21, 21, 23, 26):
        bench.office.clock.move_to(bench.now.replace(day=day))
        await bench.do(lambda unit: timers.step(unit, bench.now, calendar))
        assert (await bench.row()).state == State.SUPPLEMENT_ASKED
    acts = await bench.office.read(lambda unit: [one.act for one in cards.history(unit, bench.case_id)])
    assert acts.count("reminded") == 2
    bench.office.clock.move_to(bench.now.replace(day=27))
    await bench.do(lambda unit: timers.step(unit, bench.now, calendar))
    row = await bench.row()
    assert (row.state, row.closed_at) == (State.REFUSED, bench.now)
    await bench.do(lambda unit: sender.add(unit, row, "Tôi ở thôn Một, nộp ngày 05/01", (), bench.now))
    again = await bench.row()
    assert (again.state, again.closed_at) == (State.WAITING_RECEPTION, None)
    assert again.appeals == 0, "who only answered late still has the one appeal"
    assert again.received_on == date(2026, 1, 12)
    await bench.office.close()


async def test_a_changed_calendar_moves_the_date_and_what_is_said(bench: Bench) -> None:
    await bench.open()
    off = calendar_actions.adding(date(2026, 1, 16), DayKind.HOLIDAY, "15/TB-UBND", bench.now)
    await bench.do(lambda unit: calendar_actions.change(unit, off, bench.now, None))
    assert (await bench.row()).due_on == date(2026, 1, 20)
    assert (await bench.rungs())["pass0"] == ("20/01", "waiting")
    await bench.office.close()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 12, 30), date(2026, 1, 8)),
        (date(2026, 1, 8), date(2026, 1, 14)),
        (date(2026, 1, 9), date(2026, 1, 15)),
        (date(2026, 1, 10), date(2026, 1, 16)),
    ],
)
async def test_the_day_of_reception_of_a_letter_is_the_letters(bench: Bench, received: date, due: date) -> None:
    bench.office.clock.move_to(bench.now)
    await bench.open(received_on=received)
    assert (await bench.row()).due_on == due
    await bench.office.close()


async def test_what_two_rounds_did_not_settle_is_the_offices_own(bench: Bench) -> None:
    """Nghị định 20/2008/NĐ-CP, Điều 17 khoản 3: no third round with the agencies."""
    await bench.open()
    await bench.forward()
    for rounds in (1, 2, 3):
        await bench.do(lambda unit: answers_and_reports_again(bench, unit))
        assert (await bench.row()).rounds == rounds
        if rounds < 3:
            await bench.do(lambda unit: works_again(bench, unit))
    with pytest.raises(ActRefused, match="phản ánh lại 3 lần: Văn phòng trực tiếp xử lý"):
        await bench.do(lambda unit: works_again(bench, unit))
    await bench.do(lambda unit: forwarding.keep(unit, bench.who(unit, "Văn"), bench.case_id, bench.now))
    row = await bench.row()
    assert (row.state, row.received_on) == (State.IN_PROGRESS, date(2026, 1, 12))
    await bench.office.close()


def answers_and_reports_again(bench: Bench, unit: Unit) -> None:
    answer = answering.Answer(Outcome.EXPLAINED, "Sở đã hướng dẫn bộ phận Một cửa làm đúng quy định.")
    answering.draft(unit, bench.who(unit, "Giám"), bench.case_id, answer, bench.now)
    answered = rows.get(unit, bench.case_id)
    assert answered is not None
    sender.report_again(unit, answered, "Bộ phận Một cửa vẫn đòi thêm giấy tờ.", (), bench.now)


def works_again(bench: Bench, unit: Unit) -> None:
    agency = bench.agency(unit, "STP")
    rerouting.work_again(unit, bench.who(unit, "Văn"), bench.case_id, agency, "xử lý dứt điểm", bench.now)
