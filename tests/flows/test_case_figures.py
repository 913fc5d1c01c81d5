"""Cases from their receipt into figures: what a sent report counted stays, what is opened again is told apart."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from actions import periodic
from actions.cases import answering, forwarding, opening, refusing, reporting, sender, triage
from actions.cases.answering import Answer
from actions.cases.forwarding import Transfer
from actions.cases.opening import Feedback, Origin
from actions.compose import said_of
from domain.case_figures import Judged
from domain.cases.decisions import LegalClass, Outcome, Rating, Source
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.errors import ActRefused
from domain.local import VIETNAM, today
from domain.people import Role, Viewer
from domain.periods import Period
from storage import people
from storage.cases import rows
from storage.database import Unit
from storage.schema import case_handlings
from tests.office import Office, make_office

pytestmark = pytest.mark.anyio

JANUARY, FEBRUARY = Period.read("2026-01"), Period.read("2026-02")
WHO = Reporter("Nguyễn Mẫu An", "Thôn Mẫu, xã Lam Sơn", "0912345678")
TEXT = "Nộp hồ sơ đăng ký khai sinh đã quá ngày hẹn mà chưa có kết quả, không có văn bản xin lỗi."


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=VIETNAM)


class Story:
    """A register whose acts are done one by one, each on its day."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def opened(self, now: datetime, received_on: date | None = None, kind: Kind = Kind.REGULATION) -> int:
        def work(unit: Unit) -> int:
            origin = Origin("phone", Source.PHONE, registered_by=self.clerk(unit, now), received_on=received_on)
            return opening.open_case(unit, Feedback(kind, TEXT, "Sở Tư pháp", WHO), origin, "x", now).case_id

        return await self.office.run(work)

    def clerk(self, unit: Unit, now: datetime, person_id: int = 1) -> Viewer:
        return people.viewer(unit, person_id, today(now))


async def test_a_sent_report_is_never_counted_anew(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    clerk = await office.officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi")
    await office.officer("VPUBND", Role.COORDINATOR, "Phạm Mẫu Dũng")
    await office.officer("STP", name="Trần Mẫu Bình")
    leader = await office.officer("UBNDT", Role.LEADER, "Võ Mẫu Em")
    story = Story(office)
    answered, refused, left, spam = [await story.opened(at(12)) for _ in range(4)]

    def first_days(unit: Unit) -> None:
        viewer, now = story.clerk(unit, at(12, 10)), at(12, 10)
        triage.classify(unit, viewer, answered, triage.Classification(LegalClass.REGULATION, field="Hộ tịch"), now)
        (stp,) = [seat.agency_id for seat in people.viewer(unit, 3, today(now)).seats]
        forwarding.forward(unit, viewer, answered, stp, Transfer("", None), now)
        letter = Answer(Outcome.EXPLAINED, TEXT, "12/STP", today(at(13)), "Giám đốc")
        answering.draft(unit, people.viewer(unit, 3, today(now)), answered, letter, at(13))
        proposal = refusing.propose_refusal(unit, viewer, refused, "R2", "Không rõ việc gì, ở đâu", at(13))
        refusing.decide_refusal(unit, story.clerk(unit, now, 2), proposal, agreed=True, note="", now=at(13))
        triage.mark_spam(unit, viewer, spam, at(13), spam=True)

    await office.run(first_days)
    office.clock.move_to(at(15))
    kept = await office.run(lambda unit: periodic.freeze(unit, None, JANUARY, at(15)))
    report, _ = await office.read(lambda unit: periodic.frozen(unit, JANUARY))
    (chapter,) = [one for one in report.chapters if one.register]
    wanted = {"received": 3, "regulation": 3, "refused": 1, "done_in_time": 1, "open_in_time": 1}
    assert {key: count for key, count in chapter.totals().items() if count} == wanted
    assert [(one.unit, one.label) for one in chapter.rows if one.values.get("done")] == [("Sở Tư pháp", "Hộ tịch")]

    def later(unit: Unit) -> None:
        row = rows.get(unit, answered)
        assert row is not None
        sender.rate(unit, row, Rating.BAD, "", at(16))
        sender.report_again(unit, row, "Vẫn chưa có kết quả như đã trả lời", (), at(16))
        triage.mark_spam(unit, story.clerk(unit, at(16)), left, at(16), spam=True)

    await office.run(later)
    await story.opened(at(16), received_on=date(2026, 1, 13))
    told = await office.read(lambda unit: reporting.report(unit, FEBRUARY, at(20)))
    totals = told.totals()
    counted = {key: totals[key] for key in ("before", "received", "again", "refused", "open", "dissatisfied")}
    assert counted == {"before": 1, "received": 1, "again": 1, "refused": 1, "open": 2, "dissatisfied": 1}
    assert told.whole() == Judged()
    assert kept.number == 1
    again = await office.read(lambda unit: periodic.gather(unit, FEBRUARY, at(20)))
    assert next(one for one in again.chapters if one.register).totals()["before"] == 1

    office.clock.move_to(at(30))
    digest = await office.read(lambda unit: said_of(unit, 4, date(2026, 1, 30), reader_id=4))
    assert "Phản ánh, kiến nghị: 0 mới, 2 đang xử lý, 2 quá hạn." in digest.text
    assert "Lê Mẫu Chi" not in digest.text
    assert digest.text.partition("\n")[0].endswith("2 phản ánh quá hạn")
    await clerk.say("baocaoky")
    await clerk.press("Báo cáo phản ánh, kiến nghị")
    answer, *files = await clerk.say("tháng 1")
    assert "Đã xử lý, trả lời: 01 (đúng hạn 01, quá hạn 0)." in answer.text
    assert [file.name for one in files for file in one.files] == [
        f"{reporting.name(told)[:-2]}01.{end}" for end in ("docx", "xlsx")
    ]
    assert (await leader.say("baocaoky"))[0].first_line.startswith("Báo cáo tiến độ")

    for _ in range(3):
        await story.opened(at(30))
    (groups,) = await leader.say("tonghop")
    assert "Lê Mẫu Chi" not in groups.text
    (told_alike,) = await leader.press("Phản ánh giống nhau")
    assert "1. 5 phản ánh giống nhau về Hộ tịch, ở Sở Tư pháp; nhận từ 12/01/2026, 2 quá hạn" in told_alike.text
    assert "khai sinh" not in told_alike.text

    meddled = update(case_handlings).where(case_handlings.c.case_id == left)
    await office.run(lambda unit: unit.conn.execute(meddled.values(ended_on=date(2026, 1, 13))))
    with pytest.raises(ActRefused, match="“Kỳ trước chuyển sang” ghi 0, trong khi đang xử lý của kỳ trước là 1"):
        await office.read(lambda unit: periodic.gather(unit, FEBRUARY, at(20)))
    await office.close()
