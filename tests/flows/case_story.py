"""Three weeks of four cases in four agencies, played on the simulated clock: who does what, and when.

One agency keeps silent until the office asks; one asks the sender and answers; one answers, and the sender reports
again; one case is about conduct and is the head's alone.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from actions.cases import rerouting, sender, triage
from domain.cases.kinds import Kind
from domain.people import Role
from storage.database import Unit
from storage.schema import agencies
from tests.flows.caseload_side import at, does, limits, passed_on, row_of
from tests.flows.register_side import coordinator, sent, viewer_of
from tests.office import Chat, Office, make_office

LATE = "Bộ phận Một cửa xã yêu cầu nộp thêm bản sao công chứng ngoài danh mục thủ tục đã công bố"
UNCLEAR = "Hồ sơ của tôi nộp đã lâu mà chưa có kết quả, đề nghị xem lại việc giải quyết"
AGAIN = "Mức phí chứng thực niêm yết tại xã khác với mức phí trên Cổng dịch vụ công của tỉnh"
CONDUCT = "Công chức tiếp nhận hồ sơ sáng 09/01 có lời lẽ không đúng mực, bắt người dân chờ hai giờ"


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the story and everybody who is about it."""

    code: str
    citizen: Chat
    officer: Chat
    head: Chat
    others: tuple[Chat, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The office after the story, its four cases by name, and the coordinator."""

    office: Office
    lan: Chat
    lines: dict[str, Line]


async def play(folder: Path) -> Story:
    """Play from Monday 12/01/2026 to Friday 30/01/2026 and return the office, still open."""
    office = make_office(folder, start=at(12, 1, 8))
    lan = await coordinator(office, "Hoàng Mẫu Lan")
    await limits(office, case_answer_normal="5 ngày", case_answer_conduct="7 ngày")
    story = Story(
        office,
        lan,
        {
            "overdue": await _line(office, "STP", "Trần Mẫu Bình", "Đặng Mẫu Hà", LATE),
            "clarified": await _line(office, "SNV", "Phạm Mẫu Cúc", "Lê Mẫu Sơn", UNCLEAR),
            "reopened": await _line(office, "STC", "Ngô Mẫu Khánh", "Đỗ Mẫu Giang", AGAIN),
            "conduct": await _line(office, "XA01", "Vũ Mẫu Dũng", "Bùi Mẫu Yến", CONDUCT, Kind.CONDUCT),
        },
    )
    await _first_day(story)
    await _first_week(story)
    await _second_week(story)
    await office.advance(at(30, 1, 17))
    return story


async def _line(office: Office, agency: str, officer: str, head: str, words: str, kind: Kind = Kind.REGULATION) -> Line:
    citizen = office.stranger(f"Người gửi ({agency})")
    code = await sent(office, citizen, words, kind)
    first = await office.officer(agency, name=officer, position="Chuyên viên")
    leads = await office.officer(agency, Role.HEAD, head, "Lãnh đạo cơ quan")
    others = (await office.officer(agency, name="Lý Mẫu Tâm"),) if kind is Kind.CONDUCT else ()
    return Line(code, citizen, first, leads, others)


async def _first_day(story: Story) -> None:
    """Three are passed on at once; of the unclear one the office first asks what is missing."""
    office, lan, lines = story.office, story.lan, story.lines
    await office.advance(at(12, 1, 9))
    unclear = lines["clarified"]

    def ask(unit: Unit) -> None:
        row = row_of(unit, unclear.code)
        missing = "Hồ sơ gì, nộp ngày nào, tại bộ phận nào?"
        triage.ask_supplement(unit, viewer_of(unit, office, lan), row.id, missing, office.clock())

    await office.run(ask)
    await passed_on(office, lan, lines["overdue"].code, "STP", "12/VP-KSTT")
    await passed_on(office, lan, lines["reopened"].code, "STC", "13/VP-KSTT")
    await passed_on(office, lan, lines["conduct"].code, "XA01", "14/VP-KSTT")


async def _first_week(story: Story) -> None:
    office, lan, lines = story.office, story.lan, story.lines
    again, conduct, unclear = lines["reopened"], lines["conduct"], lines["clarified"]
    await office.advance(at(12, 1, 14))
    await does(conduct.head, conduct.code, "Giao đồng chí khác", "Vũ Mẫu Dũng", "Giao xử lý")
    await office.advance(at(13, 1, 9))
    await does(again.officer, again.code, "Đã nhận")
    await does(conduct.officer, conduct.code, "Đã nhận")
    await office.run(lambda unit: _adds(unit, story, unclear, "Hồ sơ khai sinh, nộp ngày 15/12/2025"))
    await office.advance(at(14, 1, 9))
    await passed_on(office, lan, unclear.code, "SNV", "15/VP-KSTT")
    await _drafts(
        again, "giải thích, hướng dẫn", "Mức phí niêm yết tại xã là mức đúng, trên Cổng đang được cập nhật lại."
    )
    await office.advance(at(15, 1, 9))
    await _approves(again)
    await does(unclear.officer, unclear.code, "Đã nhận")
    await does(unclear.officer, unclear.code, "Hỏi người gửi", "=Ông/bà nộp trực tiếp hay trực tuyến?", "Gửi câu hỏi")
    await office.advance(at(16, 1, 10))
    await office.run(lambda unit: _adds(unit, story, unclear, "Tôi nộp trực tiếp tại Một cửa xã Lam Thủy"))


async def _second_week(story: Story) -> None:
    office, lan, lines = story.office, story.lan, story.lines
    again, conduct, unclear, late = lines["reopened"], lines["conduct"], lines["clarified"], lines["overdue"]
    await office.advance(at(19, 1, 9))
    await _drafts(unclear, "đã khắc phục", "Hồ sơ đã được trả kết quả ngày 19/01, Sở đã nhắc xã về thời hạn.")
    await _approves(unclear)
    await _drafts(conduct, "đã chấn chỉnh, xin lỗi", "UBND xã đã nhắc nhở công chức và xin lỗi người gửi bằng văn bản.")
    await office.advance(at(20, 1, 9))
    await _approves(conduct)
    await office.run(lambda unit: _again(unit, story, again, "Mức phí trên Cổng đến hôm nay vẫn chưa sửa"))
    await office.advance(at(21, 1, 9))

    def work_again(unit: Unit) -> None:
        agency_id = unit.conn.execute(select(agencies.c.id).where(agencies.c.code == "STC")).scalar_one()
        row, viewer = row_of(unit, again.code), viewer_of(unit, office, lan)
        rerouting.work_again(unit, viewer, row.id, agency_id, "Kiểm tra mức phí trên Cổng", office.clock())

    await office.run(work_again)
    await office.advance(at(22, 1, 9))
    await _drafts(again, "đã khắc phục", "Mức phí trên Cổng đã được sửa đúng mức niêm yết ngày 22/01/2026.")
    await _approves(again)
    await office.advance(at(29, 1, 9))
    await _drafts(late, "đã khắc phục", "Sở đã yêu cầu xã bỏ yêu cầu nộp thêm bản sao, trả kết quả ngày 28/01.")
    await _approves(late)


def _adds(unit: Unit, story: Story, line: Line, words: str) -> None:
    sender.add(unit, row_of(unit, line.code), words, (), story.office.clock())


def _again(unit: Unit, story: Story, line: Line, words: str) -> None:
    sender.report_again(unit, row_of(unit, line.code), words, (), story.office.clock())


async def _drafts(line: Line, outcome: str, words: str) -> None:
    await does(line.officer, line.code, "Soạn trả lời", outcome, f"={words}", "=bỏ qua", "Trình lãnh đạo duyệt")


async def _approves(line: Line) -> None:
    await line.head.office.settle()
    await does(line.head, line.code, "Duyệt trả lời", "Duyệt, gửi người gửi")
    await line.head.office.settle()
