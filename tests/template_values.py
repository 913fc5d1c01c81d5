"""One sample value for every name that a text template asks for, in a full and in a bare office."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from actions.cases.opening import Opened
from actions.compose.coordination import Contribution
from actions.leaving import Left
from domain.assignments import State, standing
from domain.cases.kinds import Kind
from domain.closing import Group
from domain.deadlines import Unspecified
from domain.delivery import State as Sending
from domain.digests import AgencyLine, Digest
from domain.evidence import DocumentRef
from domain.lateness import Lateness
from domain.notices import Kind as NoticeKind
from domain.office_settings import SETTINGS
from domain.people import Role, Seat, Viewer
from domain.plans.diff import Change, Changed, Diff
from domain.plans.model import Draft, DraftTask, Facts, Source
from domain.proofs import Deed, ProofOfNotice, Telling, Unreached
from domain.replies.letter import Letter
from domain.requests import State as RequestState
from domain.watch import Delivery
from storage.views.coordination import Asked
from storage.views.people import Member
from storage.views.previews import Above
from storage.views.work import Work
from tests.account_values import OF_ACCOUNTS
from tests.calendar_values import OF_CALENDAR
from tests.case_figure_values import OF_CASE_FIGURES
from tests.case_list_values import OF_CASE_LISTS
from tests.caseload_values import OF_CASELOAD
from tests.cases_mine_values import OF_MINE
from tests.cases_told_values import OF_TOLD
from tests.collecting_values import OF_COLLECTING
from tests.digest_values import OF_DIGESTS
from tests.feed_values import OF_FEEDS
from tests.feedback_values import OF_FEEDBACK
from tests.giving_values import of_giving
from tests.incident_values import OF_INCIDENTS
from tests.indicator_values import OF_CARDS, OF_INDICATORS
from tests.page_values import OF_PAGES
from tests.progress_values import OF_PROGRESS
from tests.publishing_values import OF_PUBLISHING
from tests.register_values import OF_REGISTER
from tests.steering_values import of_steering
from tests.urging_values import of_urging

DAY = date(2026, 3, 16)
LONG = (
    "Rà soát thủ tục hành chính thuộc phạm vi quản lý, đề xuất phương án cắt giảm giấy tờ và thời gian giải quyết " * 3
)


def work(at: int, due_on: date | None, state: State = State.ASSIGNED, relation: str = "subordinate") -> Work:
    return Work(
        id=at,
        code=f"NV-{at:04}",
        content=LONG,
        agency_id=at,
        agency=f"Sở Mẫu {at}",
        agency_code=f"SM{at}",
        relation=relation,
        state=state,
        due_on=due_on,
        due_version=1,
        starts_on=None,
        deadline_raw="Quý I/2026" if due_on else "",
        deadline={"kind": "unspecified"},
        product="Báo cáo kết quả",
        period="",
        plan_id=1,
        plan_kind="Kế hoạch",
        plan_number="15/KH-UBND",
        plan_date=date(2026, 1, 9),
        appendix="Phụ lục I",
        row=f"II.{at}",
        task_id=at,
        issued_at=datetime(2026, 1, 12, 1, tzinfo=UTC),
        reported_at=None,
        completed_on=None,
        standing=standing(due_on, state, DAY),
    )


LATE, DUE, SOON, FAR = (
    work(at, date(2026, month, day)) for at, month, day in ((1, 3, 2), (2, 3, 16), (3, 3, 20), (4, 9, 30))
)
UNDATED, DONE = work(5, None), work(6, DUE.due_on, State.REPORTED)
WORKS = [LATE, DUE, SOON, FAR]
TASK = DraftTask(
    appendix="Phụ lục I",
    section=("I. Chung",),
    number="1",
    content=LONG,
    lead=("Sở Mẫu 1",),
    coordinating=("Sở Mẫu 3",),
    following=(),
    deadline_raw="Quý I",
    deadline=Unspecified(),
    product="Báo cáo",
    also=(),
    warnings=("Chưa hiểu thời hạn.",),
    source=Source(2, 7),
)


def row(**values: Any) -> SimpleNamespace:
    """A row of a query."""
    return SimpleNamespace(**values)


CASES = [row(code="PAKN-SL-2026-000001", received_on=DAY, due_on=date(2026, 3, 23), about="Sở Mẫu 1", content=LONG)]
PROOFS = [
    row(kind="document", number="45/KH-SM", date=DAY, text="", file=""),
    row(kind="link", number=None, date=None, text="https://mau.example/van-ban", file=""),
    row(kind="file", number=None, date=None, text="", file="ket-qua.pdf"),
    row(kind="event", number=None, date=None, text="", file=""),
]
WHO = row(person="Nguyễn Mẫu An", position="Chuyên viên", agency="Sở Mẫu 1", agency_code="SM1", matters=12)
SEAT = Seat(1, "Sở Mẫu 1", Role.OFFICER)
SEAT_INSTEAD = Seat(1, "Sở Mẫu 1", Role.HEAD, "Trần Mẫu Bình", date(2026, 9, 30))
DOUBT = row(
    id=1,
    field="deadline",
    task_id=1,
    row_number="1",
    source=row(page=2, line=7),
    said="lúc trời đẹp",
    question="Chưa hiểu.",
)
REVIEW = row(
    plan=row(id=1, number="15/KH-UBND", date=date(2026, 1, 9)),
    tasks=29,
    kinds=row(most_common=lambda: [("by_date", 9), ("period", 5)]),
    agencies=80,
    joined=3,
    doubts=[DOUBT],
)
TOLD = Telling(
    kind=NoticeKind.REMINDER,
    agency="Sở Mẫu 1",
    own=True,
    person="Nguyễn Mẫu An",
    position="Chuyên viên",
    role=Role.OFFICER,
    channel="telegram",
    state=Sending.SENT,
    at=datetime(2026, 3, 13, 1, tzinfo=UTC),
    times=1,
    text=LONG,
    seen_at=datetime(2026, 3, 13, 2, tzinfo=UTC),
    answered_at=None,
    received_at=datetime(2026, 3, 13, 1, 1, tzinfo=UTC),
    viewed_at=datetime(2026, 3, 13, 1, 30, tzinfo=UTC),
)
PROVEN = ProofOfNotice(
    code="NV-0003",
    content=LONG,
    agency="Sở Mẫu 1",
    agency_code="SM1",
    plan_kind="Kế hoạch",
    plan_number="15/KH-UBND",
    plan_date=date(2026, 1, 9),
    appendix="Phụ lục I",
    row="II.3",
    product="Báo cáo kết quả",
    deadline_raw="Quý I/2026",
    period="2026-Q1",
    issued_at=datetime(2026, 1, 12, 1, tzinfo=UTC),
    due_on=DUE.due_on,
    state="đã nhận",
    due_dates=[],
    tellings=[TOLD] * 4 + [replace(TOLD, state=Sending.WAITING, channel="", position="", seen_at=None)],
    unreached=[Unreached("Sở Mẫu 1", Role.HEAD, datetime(2026, 3, 16, 3, tzinfo=UTC))],
    deeds=[Deed(datetime(2026, 1, 12, 3, tzinfo=UTC), "Nguyễn Mẫu An", "nhận việc")],
)
GROUP_STANDS = row(open=12, reported=[DONE] * 9, due=[DUE, SOON], late=[LATE] * 9, until=date(2026, 3, 23))
APART = tuple((one, at) for at, one in enumerate(Lateness, 1) if one is not Lateness.ON_TIME)
ASKED_OF = Asked(
    id=1,
    assignment_id=3,
    code="NV-0003",
    task=LONG,
    lead_id=1,
    lead="Sở Mẫu 1",
    agency_id=3,
    agency="Sở Mẫu 3",
    content=LONG,
    state=RequestState.OPEN,
    asked_at=datetime(2026, 3, 2, 3, tzinfo=UTC),
    due_on=date(2026, 3, 10),
    answer="Đã gửi số liệu tại văn bản 12/SM-VP ngày 10/03/2026",
    file="so-lieu.xlsx",
    late_days=6,
)
EXTENSION = row(
    id=1,
    code="NV-0003",
    agency="Sở Mẫu 1",
    content=LONG,
    due_on=SOON.due_on,
    asked_until=date(2026, 4, 10),
    asked_at=datetime(2026, 3, 16, 3, tzinfo=UTC),
    reason="Chờ hướng dẫn của Bộ",
    document="",
    state="pending",
    proposed_at=None,
)
GRANTED = row(**{**vars(EXTENSION), "state": "granted"})
CONTRIBUTION = Contribution(
    "Sở Mẫu 3", ("Kế hoạch", "15/KH-UBND", DAY), 12, tuple((f"Sở Mẫu {at}", at) for at in range(1, 9))
)
DIGEST = Digest(
    day=DAY,
    total=1234,
    confirmed=900,
    reported=4,
    late=7,
    newly_late=2,
    due_this_week=tuple((DAY, LONG, at) for at in range(1, 9)),
    obstacles=1,
    apart=APART,
    agencies=tuple(AgencyLine(f"Sở Mẫu {at}", at, at) for at in range(9, 0, -1)),
    open_cases=3,
    own=AgencyLine("Văn phòng UBND tỉnh Sông Lam", 2, 5),
)
ABOVE = Above(
    agency_id=1,
    agency="Sở Mẫu 1",
    to=("lãnh đạo cơ quan",),
    reachable=False,
    at=datetime(2026, 3, 16, 3, tzinfo=UTC),
    shown_at=datetime(2026, 3, 16, 1, tzinfo=UTC),
    works=(LATE, SOON, *[FAR] * 9),
)
COUNTS = {"late": 7, "reports": 4, "obstacles": 1, "cases": 3, "seats": 1, "unreached": 2, "undated": 5}

FULL: dict[str, Any] = {
    **OF_CARDS,
    "about": "Sở Mẫu 1",
    "address": "Xã Lam Hạ, tỉnh Sông Lam",
    "again": True,
    "agencies": ["Sở Mẫu 1", "Sở Mẫu 2"],
    "agency": "Sở Mẫu 1",
    "agreed": True,
    "named": True,
    "also": [DUE],
    "at": 1,
    "attached": [row(kind="Kế hoạch", number="20/KH-UBND", date=DAY, tasks=3)],
    "case": CASES[0],
    "cases": CASES,
    "content": LONG,
    "coordinator": True,
    "coordinating": ["Sở Mẫu 3"],
    "count": 4,
    "counts": COUNTS,
    "dated": WORKS,
    "day": DAY,
    "diff": Diff((TASK,), (Changed(TASK, TASK, (Change("product", "", "Báo cáo"),)),), (TASK,), 26),
    "state": row(label="chờ tiếp nhận"),
    "digest": DIGEST,
    "done": 87,
    "door": "Xin gọi Phòng Tiếp công dân.",
    "apart": APART,
    "asked": [ASKED_OF, replace(ASKED_OF, late_days=0, due_on=DAY)],
    "document": "",
    "basis": "123/VP-TH ngày 16/03/2026",
    "extension": EXTENSION,
    "given_back": None,
    "late_how": Lateness.ASSIGNED_LATE,
    "made": FAR,
    "original": date(2026, 3, 2),
    "originals": {1: date(2026, 2, 10)},
    "question": "Việc nào cần xin gia hạn?",
    "refused": False,
    "stands": dict.fromkeys(range(1, 7), Lateness.WAITING_FOR_OTHER),
    "until": date(2026, 4, 10),
    "who": "Nguyễn Văn A, Phó Chánh Văn phòng",
    "draft": Draft(
        document=Facts(
            file="a.txt",
            kind="Kế hoạch",
            number="15/KH-UBND",
            date=DAY,
            issuer="UBND tỉnh Sông Lam",
            place="Sông Lam",
            year=2026,
            coordinating_office="Văn phòng UBND tỉnh",
            title="Cải cách hành chính",
            signer=None,
        ),
        tasks=(TASK,),
        indicators=(),
        warnings=("Xin xem lại cột 3.",),
    ),
    "evidence": PROOFS,
    "files": True,
    "give_up": False,
    "unreadable": True,
    "by_report": True,
    "groups": [
        row(content=LONG, deadline_raw="Theo Kế hoạch riêng", due_on=LATE.due_on, late_days=14, works=WORKS * 4)
    ],
    "head_hears": date(2026, 3, 19),
    "headlines": ["2 việc sắp đến hạn", "1 việc quá hạn"],
    "history": [row(at=datetime(2026, 3, 2, 3, tzinfo=UTC), kind="progress", percent=60, text="đã xong dự thảo")],
    "hotline": "Phòng Kiểm soát thủ tục hành chính, 0900 000 000",
    "kind": Kind.REGULATION,
    "known": True,
    "labels": ["Báo xong", "Huỷ"],
    "late": 7,
    "lead": ["Sở Mẫu 1"],
    "mail": "",
    "many": True,
    "more": [SOON, FAR],
    "name": "Nguyễn Mẫu An",
    "of": 5,
    "office": "Văn phòng UBND tỉnh Sông Lam",
    "officer": True,
    "open": [LATE, UNDATED, *[SOON] * 6],
    "opened": Opened(1, "PAKN-SL-2026-000001", "abcd1234", date(2026, 3, 23), "Tính từ thứ Ba 17/03/2026."),
    "others": [SOON, FAR],
    "own": True,
    "page": 1,
    "pages": 2,
    "percent": 60,
    "person": "Nguyễn Mẫu An",
    "phone": "0900000009",
    "places": [(WHO, "cán bộ đầu mối")],
    "plan": "15/KH-UBND",
    "plans": [("Kế hoạch", "15/KH-UBND", date(2026, 1, 9)), ("Quyết định", "7/QĐ-UBND", None)],
    "private": True,
    "proof": row(kind="document", number="45/KH-SM", on=DAY, text="45/KH-SM"),
    "proofs": dict.fromkeys(range(1, 7), PROOFS),
    "quarter": "2026-Q1",
    "reason": "Thiếu số liệu cấp xã",
    "reasons": dict.fromkeys(range(1, 7), "Chờ số liệu của cấp xã"),
    "relation": "subordinate",
    "requests": [(WHO, "cán bộ Văn phòng")],
    "review": REVIEW,
    "role": Role.HEAD,
    "seats": [SEAT],
    "standing_in": (SEAT_INSTEAD,),
    "waits": True,
    "shown": 5,
    "slash": True,
    "text": "đã xong dự thảo, 60%",
    "told": [
        (SOON, {"cancelled": False, "changes": [["deadline", "", "Quý II"]]}),
        (FAR, {"cancelled": True, "changes": []}),
    ],
    "total": 120,
    "undated": [UNDATED],
    "understood": "trong quý I năm 2026",
    "version": "1",
    "proven": PROVEN,
    "last": PROVEN.tellings[-3:],
    "url": "https://mau.example/office/enter/AbCdEf",
    "here": True,
    "viewers": [Viewer(1, "Nguyễn Mẫu An", (SEAT,))],
    "warnings": ["Xin xem lại cột 3."],
    "work": SOON,
    "works": WORKS,
    "asks": True,
    "drafts": [(date(2026, 3, 13), SOON), (date(2026, 3, 16), FAR)],
    "codes": ["NV-0001", "NV-0002"],
    "act": "hold",
    "leaves_at": datetime(2026, 3, 16, 3, tzinfo=UTC),
    "alarms": [("Đã quá 09:00 mà chưa có bản tổng hợp.", datetime(2026, 3, 16, 2, tzinfo=UTC))],
    "channel": "telegram",
    "free_mb": 120,
    "full": True,
    "since": datetime(2026, 3, 16, 1, 5, tzinfo=UTC),
}

BARE: dict[str, Any] = {
    "full": False,
    "apart": (),
    "asked": [replace(ASKED_OF, answer="", file="", late_days=0, due_on=FAR.due_on or DAY)],
    "basis": "",
    "extension": None,
    "given_back": date(2026, 3, 20),
    "late_how": None,
    "original": None,
    "originals": {},
    "refused": True,
    "stands": dict.fromkeys(range(1, 7), Lateness.LATE),
    "attached": [],
    "agencies": ["Sở Mẫu 1"],
    "agreed": False,
    "also": [],
    "again": False,
    "coordinator": False,
    "coordinating": [],
    "count": 1,
    "dated": [LATE],
    "door": "",
    "done": 0,
    "evidence": [],
    "files": False,
    "give_up": True,
    "unreadable": False,
    "by_report": False,
    "head_hears": None,
    "history": [],
    "hotline": "",
    "known": False,
    "labels": [],
    "many": False,
    "more": [],
    "officer": False,
    "open": [],
    "others": [],
    "pages": 1,
    "percent": None,
    "person": "",
    "phone": "",
    "mail": "Xã Lam Hạ, tỉnh Sông Lam",
    "proven": replace(PROVEN, tellings=[], unreached=[], deeds=[]),
    "last": [],
    "url": "",
    "here": False,
    "private": False,
    "proof": row(kind="event", number=None, on=None, text=""),
    "reasons": dict.fromkeys(range(1, 7), ""),
    "relation": "central",
    "role": Role.COORDINATOR,
    "slash": False,
    "standing_in": (),
    "total": 1,
    "undated": [],
    "warnings": [],
    "work": UNDATED,
    "asks": False,
    "drafts": [(DAY, DUE)],
    "codes": [],
    "act": "drop",
}
"""What is empty or turned off; where a name is not here, the full value stands."""

_OF_A_DATED_TASK = ("ask_extension_until", "confirm_extension", "withdrawn")

DRAFT_PLAN = row(
    id=1,
    kind="Kế hoạch",
    number="15/KH-UBND",
    date=date(2026, 1, 9),
    title="Cải cách hành chính năm 2026",
    state="draft",
    tasks=29,
)
SHEET = row(total=1234, agencies=116, joined=4, nobody=2, open=5)
KINDS = row(most_common=lambda: [("by_date", 9), ("continuous", 20)])
OF_PLAN = {"sheet": SHEET, "plan": DRAFT_PLAN, "kinds": KINDS, "note": "Đã ghi: Sở Mẫu 1 (SM1)."}

INSTEAD = row(
    id=1,
    person="Trần Mẫu Bình",
    substitute="Đỗ Mẫu Giang",
    agency="Sở Mẫu 1",
    until_on=date(2026, 3, 20),
)
MEMBER = Member(1, 1, "Trần Mẫu Bình", "Chuyên viên", 1, "SM1", "Sở Mẫu 1", Role.OFFICER, False, True, "", None)
MEMBERS = [
    MEMBER,
    replace(MEMBER, position="", waits=True),
    replace(MEMBER, reachable=False, substitute="Đỗ Mẫu Giang", until=date(2026, 3, 20)),
]
GONE = [Left("Trần Mẫu Bình", "SM1", "Sở Mẫu 1", Role.OFFICER, 12), Left("An", "SM1", "Sở Mẫu 1", Role.HEAD, 0)]
SUBSTITUTED = [
    row(row=INSTEAD, role="cán bộ đầu mối", begun=begun, was_away=away, works=(LATE, SOON), count=12, late=2)
    for begun, away in ((True, False), (False, True), (False, False))
]
MERGER = row(old="Sở Mẫu 1", new="Sở Mẫu 2", effective_on=DAY, basis="Nghị quyết số 18/NQ-HĐND ngày 20/02/2026")
MERGED = [
    row(row=MERGER, office=office, count=12, merged=merged, cases=3, people=4, late=2, works=works, more=(SOON, FAR))
    for office, works, merged in ((True, (), ()), (False, (LATE, DUE), [("NV-0001", "NV-0002")] * 12), (False, (), ()))
]
ENDED_PLAN = row(id=1, kind="Kế hoạch", number="15/KH-UBND", date=date(2026, 1, 9))
CLOSED_PLAN = row(
    plan=ENDED_PLAN,
    agency="Sở Mẫu 1",
    carried=(LATE, DUE, SOON, FAR, UNDATED, DONE),
    ended=(("kết thúc cùng năm kế hoạch", (LATE, SOON)), ("không còn phù hợp", (DUE,))),
    count=3,
)
UNFINISHED = [(group.label, [one]) for one, group in zip((LATE, FAR, DONE, UNDATED), Group, strict=True)]

RECOUNTED = {
    "cancelled": False,
    "changes": [["deadline", "thứ Sáu 30/01/2026", "thứ Năm 29/01/2026"]],
    "calendar": "12729/VPCP-KGVX ngày 25/12/2025",
}

LETTER = Letter("45/KH-SM", DAY, "SỞ MẪU 1", "Kế hoạch", "rà soát thủ tục hành chính năm 2026")
READ = DocumentRef("45/KH-SM", DAY)

OF_TEMPLATE: dict[str, dict[str, Any]] = {
    "work/confirm_done": {"waits": True},
    "work/file_offered": {"letter": LETTER, "found": READ, "names": ["bao-cao.pdf", "phu-luc.docx"]},
    "work/file_for": {"letter": LETTER, "found": DocumentRef(None, None), "name": "bao-cao.pdf"},
    "work/file_nowhere": {"letter": LETTER, "name": "bao-cao.pdf"},
    "work/file_read": {"letter": LETTER, "name": "bao-cao.pdf"},
    "work/file_differs": {"typed": DocumentRef("45", None), "read": READ},
    "work/asked_what": {"hotline": "Văn phòng UBND tỉnh Sông Lam"},
    "work/proposed": {"act": "progress"},
    "work/nothing_fits": {"act": "báo cáo tiến độ"},
    "digest_foot": {"told": Delivery(date(2026, 3, 13), late=12, unsent=3)},
    "office_settings": {"settings": [(one, one.default) for one in SETTINGS.values()][:14]},  # on a terminal: no limit
    **OF_ACCOUNTS,
    **of_giving(WORKS, LONG),
    **OF_FEEDS,
    **OF_CASELOAD,
    **OF_PROGRESS,
    **OF_INCIDENTS,
    **OF_REGISTER,
    **OF_CASE_LISTS,
    **OF_CASE_FIGURES,
    **OF_INDICATORS,
    **OF_CALENDAR,
    **OF_TOLD,
    **OF_MINE,
    **OF_FEEDBACK,
    **OF_COLLECTING,
    **OF_PUBLISHING,
    **OF_PAGES,
    **of_urging(WORKS, DONE),
    **of_steering(WORKS, DONE, EXTENSION),
    **OF_DIGESTS,
    "notices/amended": {
        "told": [
            (SOON, {"cancelled": False, "changes": [["deadline", "", "Quý II"]]}),
            (FAR, {"cancelled": True, "changes": []}),
            (FAR, RECOUNTED),
        ],
        "cases": [(CASES[0], RECOUNTED)],
        "recounted": False,
    },
    "people/substitutes": {"running": [(INSTEAD, "cán bộ đầu mối", True), (INSTEAD, "lãnh đạo cơ quan", False)]},
    "people/pick": {"seat": SEAT, "found": 12, "shown": 8, "name": ""},
    "people/until": {"seat": SEAT},
    "people/confirm": {"seat": SEAT},
    "people/begun": {"row": INSTEAD, "also": (SEAT_INSTEAD,)},
    "people/ended": {"row": INSTEAD, "mine": True},
    "groups/bound": {},
    "groups/code": {"code": "ABCDEFGHJK", "linked": True},
    "groups/dropped": {"title": "Nhóm Sở Mẫu 1"},
    "groups/list": {"total": 14, "late": 1, "works": [*WORKS, UNDATED, DONE], "page": 1, "pages": 2},
    "groups/mine": {
        "agencies": ["Sở Mẫu 1", "Sở Mẫu 2"],
        "groups": [row(title="Nhóm chung", agency="Sở Mẫu 1", summary=True), row(title="", agency="a", summary=False)],
    },
    "groups/overview": {"how": GROUP_STANDS},
    "groups/private": {"code": "NV-0012"},
    "groups/status": {"works": [LATE, UNDATED, DONE], "missing": ["NV-0098", "NV-0099"]},
    "groups/summary": {"how": GROUP_STANDS},
    "groups/switched": {"on": True, "title": ""},
    "people/newcomer": {"code": "ABCDEFGHJK"},
    "people/listed": {"members": MEMBERS},
    "people/which_agency": {"text": "sở", "found": 3},
    "people/ask_leave": {"member": MEMBER},
    "people/left": {"left": GONE},
    "notices/substitute": {"told": SUBSTITUTED},
    "headlines/substitute": {"told": SUBSTITUTED},
    "notices/succeeded": {"told": MERGED},
    "headlines/succeeded": {"told": MERGED[:2]},
    "notices/plan_closed": {"told": [CLOSED_PLAN]},
    "headlines/plan_closed": {"told": [CLOSED_PLAN]},
    "plan_close": {"plan": 1, "found": [LATE], "groups": UNFINISHED, "done": None},
    "plans/close": {"plan": ENDED_PLAN, "groups": UNFINISHED, "with_the_year": 12},
    "welcome_back": {"seats": [SEAT, SEAT_INSTEAD]},
    **{
        f"office/{name}": {"asked": EXTENSION}
        for name in (
            "ask_grant_date",
            "ask_grant_why",
            "ask_grant_who",
            "ask_grant_basis",
        )
    },
    **{f"work/{name}": {"asked": ASKED_OF} for name in ("request", "request_sent", "request_withdrawn", "ask_provide")},
    "work/provided": {"asked": replace(ASKED_OF, state=RequestState.PROVIDED, late_days=0)},
    **{f"work/{name}": {"work": SOON} for name in _OF_A_DATED_TASK},
    "office/extensions": {"asked": [EXTENSION]},
    "headlines/extension": {"asked": [EXTENSION]},
    "notices/extension": {"asked": [EXTENSION]},
    "headlines/extended": {"told": [(SOON, GRANTED, "")]},
    "notices/extended": {"told": [(SOON, GRANTED, "đồng ý đến thứ Sáu 10/04/2026, hạn trước thứ Sáu 20/03/2026")]},
    "headlines/answered": {"told": [(SOON, row(kind="kept", text="Đúng chức năng"))]},
    "notices/answered": {
        "told": [(SOON, row(kind=kind, text="Đề nghị làm theo hướng dẫn")) for kind in ("answer", "kept", "reassigned")]
    },
    "headlines/coordinates": {"leads": ["Sở Mẫu 1", "Sở Mẫu 2"]},
    "notices/coordinates": {"told": [CONTRIBUTION]},
    "work/pick": {"more": 3},
    "work/ask_request_to": {"more": 3},
    "plans/ask_facts": {"plan": row(kind=None, number=None, date=None)},
    "plans/confirm": OF_PLAN,
    "plans/doubt": {
        "doubt": DOUBT,
        "left": 5,
        "note": "",
        "task": row(number="", at=3, page=2, line=7, content=LONG),
    },
    "plans/file_kind": {"name": "ke-hoach.docx"},
    "plans/issued": {**OF_PLAN, "issued": row(assignments=1234, notices=7)},
    "plans/link": {**OF_PLAN, "url": "https://nhacviec.example/office/enter/abc", "here": True},
    "plans/list": {"plans": [DRAFT_PLAN, row(**{**vars(DRAFT_PLAN), "number": None, "state": "issued"})]},
    "plans/overview": {**OF_PLAN, "state": "bản nháp", "file": "ke-hoach.docx", "busy": True},
    "plans/readback": {"said": "Sở Mẫu 1 (SM1)", "typed": "so mau 1"},
    "notices/seated": {"seats": [(WHO, Role.COORDINATOR, True), (WHO, Role.LEADER, False)]},
    "notices/ask_date": {"more": 3},
    "office/dated": {"done": row(due_on=FAR.due_on, agencies=3), "basis": "Quyết định số 7/QĐ-UBND"},
    "plan_diff": {"labels": {"product": "Sản phẩm"}},
    "headlines/preview": {"count": 3, "total": 2},
    "notices/preview": {
        "groups": [ABOVE, ABOVE],
        "more": 2,
        "decides": True,
        "proposed_by": ["Hoàng Mẫu Lan", "Trần Mẫu Minh"],
    },
    "office/above": {"groups": [(ABOVE, ABOVE.at)] * 4, "shown": 3},
    "office/held": {"groups": [(ABOVE, ABOVE.at)] * 4, "shown": 3},
    "notices/escalation": {"own": [LATE]},
}
"""Where one template means another thing by a name."""
