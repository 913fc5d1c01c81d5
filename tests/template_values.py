"""One sample value for every name that a text template asks for, in a full and in a bare office."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from actions.cases import Opened
from domain.assignments import State, standing
from domain.cases import Kind
from domain.deadlines import Unspecified
from domain.digests import AgencyLine, Digest
from domain.people import Role, Seat, Viewer
from domain.plans.diff import Change, Changed, Diff
from domain.plans.model import Draft, DraftTask, Facts, Source
from storage.views.work import Work

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
DIGEST = Digest(
    day=DAY,
    total=1234,
    confirmed=900,
    reported=4,
    late=7,
    newly_late=2,
    due_this_week=tuple((DAY, LONG, at) for at in range(1, 9)),
    obstacles=1,
    agencies=tuple(AgencyLine(f"Sở Mẫu {at}", at, at) for at in range(9, 0, -1)),
    open_cases=3,
)
COUNTS = {"late": 7, "reports": 4, "obstacles": 1, "cases": 3, "seats": 1, "unreached": 2, "undated": 5}

FULL: dict[str, Any] = {
    "about": "Sở Mẫu 1",
    "address": "Xã Lam Hạ, tỉnh Sông Lam",
    "again": True,
    "agencies": ["Sở Mẫu 1", "Sở Mẫu 2"],
    "agency": "Sở Mẫu 1",
    "agreed": True,
    "also": [DUE],
    "at": 1,
    "attached": [row(kind="Kế hoạch", number="20/KH-UBND", date=DAY, tasks=3)],
    "case": CASES[0],
    "cases": CASES,
    "content": LONG,
    "coordinated": 3,
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
    "first": 8,
    "give_up": False,
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
    "late": 2,
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
    "viewers": [Viewer(1, "Nguyễn Mẫu An", (SEAT,))],
    "warnings": ["Xin xem lại cột 3."],
    "work": SOON,
    "works": WORKS,
}

BARE: dict[str, Any] = {
    "attached": [],
    "agencies": ["Sở Mẫu 1"],
    "agreed": False,
    "also": [],
    "again": False,
    "coordinated": 0,
    "coordinator": False,
    "coordinating": [],
    "count": 1,
    "dated": [LATE],
    "door": "",
    "done": 0,
    "evidence": [],
    "files": False,
    "first": 0,
    "give_up": True,
    "head_hears": None,
    "history": [],
    "hotline": "",
    "known": False,
    "labels": [],
    "late": 0,
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
    "private": False,
    "proof": row(kind="event", number=None, on=None, text=""),
    "reasons": dict.fromkeys(range(1, 7), ""),
    "relation": "central",
    "role": Role.COORDINATOR,
    "slash": False,
    "total": 1,
    "undated": [],
    "warnings": [],
    "work": UNDATED,
}
"""What is empty or turned off; where a name is not here, the full value stands."""

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

OF_TEMPLATE: dict[str, dict[str, Any]] = {
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
    "office/overview": {"labels": {name: name.capitalize() for name in COUNTS}},
    "plan_diff": {"labels": {"product": "Sản phẩm"}},
}
"""Where one template means another thing by a name."""
