"""Offices to measure on: made by the product's own acts where that is bearable, by bulk rows where it is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from actions import agencies as agency_actions
from actions import issue, plans
from app.guessing import nearest_name
from app.settings import Settings, read
from app.wiring import open_store
from domain import plans as plan_values
from domain.agencies import Agency
from domain.buttons import Verb, choice
from domain.local import VIETNAM
from domain.outgoing import Message
from domain.people import Membership, Role
from scheduler.sweep import sweep
from storage.database import Database, Unit
from storage.people import OPEN
from storage.schema import agencies, endpoints, memberships, outbox, people
from tests.office import Row, make_draft

MORNING = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)
"""A Monday in office hours."""

CHATS = 100_000
"""The number of the first person's chat; the next ones follow."""

TEXT = (
    "Văn phòng UBND tỉnh thông báo: 01 việc mới, hạn thứ Ba 30/06/2026\n\n"
    "NV-0123 · Rà soát, cập nhật, công khai thủ tục hành chính thuộc phạm vi quản lý trên Cơ sở dữ liệu quốc gia\n"
    "Theo Kế hoạch số 15/KH-UBND ngày 09/01/2026, Phụ lục, mục I.1\n"
    "Sản phẩm: Quyết định công bố\n\n"
    "Trả lời: xong NV-0123, hoặc bấm nút bên dưới. Cần hỗ trợ: Phòng Kiểm soát thủ tục hành chính, 0900 000 000."
)
READY = Message(TEXT, (choice("Mở NV-0123", Verb.OPEN, 123), choice("Đã nhận việc", Verb.ACCEPT, 123)), numbered=False)
"""What a message looks like whose text is made when it is queued."""


def settings(folder: Path, url: str | None = None, **more: str) -> Settings:
    given = {"NHACVIEC_DATA_DIR": str(folder), "NHACVIEC_PROVINCE_CODE": "SL", "NHACVIEC_HOTLINE": "0900 000 000"}
    return read({**given, **({"NHACVIEC_DATABASE_URL": url} if url else {}), **more})


@contextmanager
def office(folder: Path, url: str | None, chats: int) -> Iterator[Database]:
    """Give a database in which so many officers, each of an agency of its own, can be reached on Telegram."""
    database = open_store(settings(folder, url), lambda: MORNING)
    try:
        database.run_now(lambda unit: _populate(unit, chats))
        yield database
    finally:
        database.close()


def _populate(unit: Unit, chats: int) -> None:
    head = Agency("VP", "Văn phòng UBND tỉnh", level="province_department", coordinating=True, relation="subordinate")
    agency_actions.import_directory(unit, [head], MORNING)
    base = {"created_at": MORNING}
    numbers = range(1, chats + 1)
    alike = {**base, "level": "commune_committee", "relation": "subordinate", "coordinating": False}
    places = [
        {**alike, "id": 10 + n, "code": f"X{n:05}", "name": f"UBND xã Số {n:05}", "name_folded": f"ubnd xa so {n:05}"}
        for n in numbers
    ]
    unit.conn.execute(insert(agencies), places)
    names = [{**base, "id": n, "name": f"Cán bộ {n}", "name_folded": f"can bo {n}"} for n in numbers]
    unit.conn.execute(insert(people), names)
    seats = [
        {**base, "person_id": n, "agency_id": 10 + n, "role": Role.OFFICER.value, "state": Membership.ACTIVE.value}
        for n in numbers
    ]
    unit.conn.execute(insert(memberships), seats)
    doors = [
        {**base, "id": n, "channel": "telegram", "chat": str(CHATS + n), "person_id": n, "state": OPEN} for n in numbers
    ]
    unit.conn.execute(insert(endpoints), doors)
    if unit.conn.dialect.name == "postgresql":  # its counters know nothing of numbers that were given
        for table in (agencies, people, endpoints):
            unit.conn.execute(select(func.setval(f"{table.name}_id_seq", len(doors) + 10)))


def queue_ready(database: Database, chats: int, each: int = 1) -> None:
    """Queue so many messages a chat whose text is made already, as an announcement would be."""
    base = {
        "kind": "bundle", "lane": 1, "message": READY.to_json(), "state": "waiting",
        "not_before": MORNING, "created_at": MORNING,
    }  # fmt: skip
    pairs = [(chat, at) for chat in range(1, chats + 1) for at in range(each)]
    rows = [{**base, "key": f"ready:{chat}:{at}", "endpoint_id": chat, "person_id": chat} for chat, at in pairs]
    database.run_now(lambda unit: unit.conn.execute(insert(outbox), rows))


def queue_notices(database: Database) -> int:
    """Issue a task to everyone and sweep: one message a person whose text is made when it is claimed."""
    draft = make_draft(
        [Row("Ban hành quyết định công bố thủ tục", "UBND cấp xã", "Trước ngày 30/6/2026", "Quyết định")]
    )
    at = MORNING - timedelta(minutes=30)

    def work(unit: Unit) -> int:
        kept = plans.import_draft(unit, draft, plan_values.to_json(draft), "0" * 64, nearest_name, at)
        issue.issue(unit, kept.plan_id, accept_doubts=True, at=at, now=at)
        return sweep(unit, MORNING).messages

    return database.run_now(work)
