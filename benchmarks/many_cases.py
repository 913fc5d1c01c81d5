"""A register with very many cases of three years, written in bulk as the product would have, on its last morning.

Nineteen in twenty have ended; each tells something else, of a procedure, a place and an agency; one in four is about
conduct. Senders, questions and answers are there; what happened step by step is not, for nothing here reads it but a
single case.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy.schema import CreateIndex

from benchmarks.many import bulk
from domain.case_figures import Ending
from domain.cases.lifecycle import State
from domain.cases.publication import State as Public
from domain.local import VIETNAM
from domain.people import Membership, Role
from domain.words import fold
from domain.workdays import WorkCalendar
from storage import planned as planned_rows
from storage.people import OPEN
from storage.schema import (
    agencies,
    case_answers,
    case_handlings,
    case_publications,
    cases,
    citizens,
    endpoints,
    matters,
    memberships,
    people,
    planned,
)
from storage.search import PUBLIC, SEARCH
from storage.types import UtcDateTime

TODAY = date(2026, 11, 18)
"""A Wednesday."""
NOW = datetime(2026, 11, 18, 8, 0, tzinfo=VIETNAM)
FIRST_DAY = date(2023, 11, 20)
OFFICE = 1
FIRST = 10
"""Ids of cases and of agencies begin above this."""
AGENCIES = 140
_LAST = (TODAY - FIRST_DAY).days

_PROCEDURES = (
    "Cấp giấy chứng nhận quyền sử dụng đất lần đầu",
    "Đăng ký khai sinh",
    "Cấp phép xây dựng nhà ở riêng lẻ",
    "Đăng ký kết hôn",
    "Cấp phiếu lý lịch tư pháp",
    "Đổi giấy phép lái xe",
    "Đăng ký hộ kinh doanh",
    "Trợ cấp xã hội hằng tháng",
    "Chứng thực bản sao từ bản chính",
    "Đăng ký biến động đất đai",
    "Cấp giấy phép lao động",
    "Thẩm định báo cáo tác động môi trường",
    "Đăng ký thường trú",
)
_TROUBLES = (
    "phải đi lại nhiều lần mà không có phiếu hẹn",
    "bị yêu cầu nộp thêm giấy tờ ngoài quy định",
    "quá hạn trả kết quả không có văn bản xin lỗi",
    "cán bộ tiếp nhận có thái độ thiếu hợp tác",
    "lệ phí thu không đúng với bảng niêm yết",
    "cổng dịch vụ báo lỗi khi tải thành phần hồ sơ lên",
    "mẫu đơn trên trang thông tin khác với mẫu tại quầy",
)
_FIELDS = ("Đất đai", "Hộ tịch", "Xây dựng", "Tư pháp", "Giao thông", "Kinh doanh", "Bảo trợ xã hội", "Môi trường")
_SOURCES = ("chat", "chat", "web", "national", "phone", "in_person", "document")

_scratch = MetaData()
_days = Table("bench_days", _scratch, Column("slot", Integer, primary_key=True), Column("day", Date),
              Column("at", UtcDateTime), Column("due", Date))  # fmt: skip
_words = Table("bench_words", _scratch, Column("kind", String, primary_key=True),
               Column("slot", Integer, primary_key=True), Column("text", String), Column("folded", String))  # fmt: skip


def fill(url: str, calendar: WorkCalendar, count: int) -> None:
    """Write `count` cases with what hangs on them into an empty office that nobody has open."""
    with bulk(url) as connection:
        sqlite_search = connection.dialect.name == "sqlite"
        triggers = _drop_triggers(connection) if sqlite_search else []
        filled = (cases, case_handlings, case_answers, case_publications, citizens, planned)
        indexes = sorted((one for table in filled for one in table.indexes), key=lambda one: str(one.name))
        for index in indexes:
            index.drop(connection)
        _scratch.create_all(connection)
        _write_people(connection)
        _write_days(connection, calendar)
        _write_words(connection)
        _write_cases(connection, count)
        _write_handlings(connection)
        _write_answers(connection)
        _write_publications(connection)
        _write_planned(connection)
        for index in indexes:
            connection.execute(CreateIndex(index))
        if sqlite_search:
            for name in (SEARCH, PUBLIC):
                connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
            for trigger in triggers:
                connection.exec_driver_sql(trigger)
        _scratch.drop_all(connection)


def _drop_triggers(connection: Connection) -> list[str]:
    """Drop what keeps the search index while rows are written one by one; return how to make it again."""
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('cases', 'case_publications')"
    ).all()
    for name, _ in rows:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [sql for _, sql in rows]


def _write_people(connection: Connection) -> None:
    base = {"created_at": NOW}
    alike = {**base, "relation": "subordinate", "coordinating": False}
    office = {**alike, "id": OFFICE, "code": "VP", "name": "Văn phòng UBND tỉnh", "name_folded": "van phong ubnd tinh",
              "level": "province_department", "coordinating": True}  # fmt: skip
    places = [
        {**alike, "id": FIRST + n, "code": f"X{n}", "name": f"UBND xã Số {n}", "name_folded": f"ubnd xa so {n}",
         "level": "commune_committee"}
        for n in range(AGENCIES)
    ]  # fmt: skip
    connection.execute(insert(agencies), [office, *places])
    seats = [(Role.COORDINATOR, OFFICE), (Role.LEADER, OFFICE), *((Role.OFFICER, one["id"]) for one in places)]
    numbers = list(enumerate(seats, 1))
    connection.execute(
        insert(people), [{**base, "id": n, "name": f"Người {n}", "name_folded": f"nguoi {n}"} for n, _ in numbers]
    )
    connection.execute(
        insert(memberships),
        [
            {**base, "person_id": n, "agency_id": agency, "role": role.value, "state": Membership.ACTIVE.value}
            for n, (role, agency) in numbers
        ],
    )
    connection.execute(
        insert(endpoints),
        [{**base, "id": n, "channel": "telegram", "chat": str(n), "person_id": n, "state": OPEN} for n, _ in numbers],
    )


def _write_days(connection: Connection, calendar: WorkCalendar) -> None:
    rows = []
    for slot in range(_LAST + 1):
        day = FIRST_DAY + timedelta(days=slot)
        due = calendar.add(day, 15)
        rows.append(
            {"slot": slot, "day": day, "at": datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM), "due": due}
        )
    connection.execute(insert(_days), rows)


def _write_words(connection: Connection) -> None:
    kinds = {"procedure": _PROCEDURES, "trouble": _TROUBLES, "field": _FIELDS, "source": _SOURCES,
             "rung": ("t5", "t3", "t1", "t0", "over1", "over3", "over5")}  # fmt: skip
    rows = [
        {"kind": kind, "slot": at, "text": text, "folded": fold(text)}
        for kind, texts in kinds.items()
        for at, text in enumerate(texts)
    ]
    connection.execute(insert(_words), rows)


_N = matters.c.id - FIRST


def _numbers(count: int) -> Any:
    first = select(literal(0).label("n")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count - 1))


def _lag(n: Any) -> Any:
    """Days from the receipt to the end."""
    return 2 + n * 7 % 23


def _write_cases(connection: Connection, count: int) -> None:
    numbers = _numbers(count)
    n = numbers.c.n
    slot = n * literal(_LAST + 1) // count
    begun, ended = _days.alias("begun"), _days.alias("ended")
    stays = (n % 97 == 0) & (n * 5 % 7 == 0)  # somebody forgot it
    closed = case((stays, null()), else_=ended.c.at)
    rows = (
        select(n + FIRST, literal("case"), begun.c.due, literal(1), literal(1), begun.c.at, closed, literal(1))
        .select_from(numbers)
        .join(begun, begun.c.slot == slot)
        .outerjoin(ended, ended.c.slot == slot + _lag(n))
    )
    columns = ["id", "kind", "due_on", "due_version", "calendar_version", "opened_at", "closed_at", "version"]
    connection.execute(insert(matters).from_select(columns, rows.order_by(n)))
    connection.execute(
        insert(citizens).from_select(
            ["id", "kind", "created_at"],
            select(matters.c.id, literal("person"), matters.c.opened_at).order_by(matters.c.id),
        )
    )
    connection.execute(insert(cases).from_select(*_cases()))


def _state() -> Any:
    r = _N % 20
    ended = (
        ((r > 3) & (r < 7), State.PUBLISHED.value),
        (matters.c.closed_at < literal(NOW - timedelta(days=30), UtcDateTime), State.ARCHIVED.value),
        (r == 0, State.REFUSED.value),
        (r == 1, State.GUIDED.value),
        (r == 2, State.FORWARDED_OUTSIDE.value),
        (_N % 40 == 3, State.MERGED.value),
        (_N % 40 == 23, State.WITHDRAWN.value),
    )
    opened = (
        (r < 5, State.WAITING_RECEPTION.value),
        (r < 8, State.FORWARDED.value),
        (r < 10, State.CLARIFYING.value),
    )
    return case(
        (matters.c.closed_at.is_not(None), case(*ended, else_=State.ANSWERED.value)),
        else_=case(*opened, else_=State.IN_PROGRESS.value),
    )


def _cases() -> tuple[list[str], Select[Any]]:
    procedure, trouble, field, source, begun = (
        *(_words.alias(one) for one in ("procedure", "trouble", "field", "source")),
        _days.alias("begun"),
    )
    place = func.coalesce("phường Số ", "").concat((_N * 13 % 331).cast(String))
    content = (
        procedure.c.text.concat(" tại ")
        .concat(place)
        .concat(": ")
        .concat(trouble.c.text)
        .concat(", hồ sơ số ")
        .concat(matters.c.id.cast(String))
    )
    folded = (
        procedure.c.folded.concat(" tai phuong so ")
        .concat((_N * 13 % 331).cast(String))
        .concat(" ")
        .concat(trouble.c.folded)
        .concat(" ho so so ")
        .concat(matters.c.id.cast(String))
    )
    unrouted = (matters.c.closed_at.is_(None)) & (_N % 20 < 5)
    ended_on = _days.alias("ended_on")
    values: dict[str, Any] = {
        "id": matters.c.id,
        "code": literal("PAKN-SL-2026-").concat(matters.c.id.cast(String)),
        "secret_hash": literal("0" * 64),
        "kind": case((_N % 4 == 0, "conduct"), else_="regulation"),
        "state": _state(),
        "citizen_id": matters.c.id,
        "channel": literal("telegram"),
        "source": source.c.text,
        "content": content,
        "about": literal("UBND xã Số ").concat((_N * 31 % AGENCIES).cast(String)),
        "folded": folded,
        "field": field.c.text,
        "agency_id": case((unrouted, null()), else_=_N * 31 % AGENCIES + FIRST),
        "bounces": case((_N % 17 == 0, 1), else_=0),
        "received_at": matters.c.opened_at,
        "received_on": begun.c.day,
        "passed_on": case((unrouted, null()), else_=ended_on.c.day),
        "ended_at": matters.c.closed_at,
        "answered_at": case((_N % 20 > 3, matters.c.closed_at)),
        "law_pack": literal("NĐ 20/2008"),
        "master_id": case((_N % 40 == 3, matters.c.id - 1)),
    }
    rows = (
        select(*values.values())
        .select_from(matters)
        .join(begun, begun.c.at == matters.c.opened_at)
        .outerjoin(ended_on, ended_on.c.slot == begun.c.slot + 1 + _N % 6)
        .join(procedure, (procedure.c.kind == "procedure") & (procedure.c.slot == _N * 3 % len(_PROCEDURES)))
        .join(trouble, (trouble.c.kind == "trouble") & (trouble.c.slot == _N * 5 % len(_TROUBLES)))
        .join(field, (field.c.kind == "field") & (field.c.slot == _N * 3 % len(_FIELDS)))
        .join(source, (source.c.kind == "source") & (source.c.slot == _N % len(_SOURCES)))
        .order_by(matters.c.id)
    )
    return list(values), rows


def _write_handlings(connection: Connection) -> None:
    begun, ended = _days.alias("begun"), _days.alias("ended")
    r = _N % 20
    ending = case(
        (matters.c.closed_at.is_(None), null()),
        (r == 0, Ending.REFUSED.value),
        (r == 1, Ending.GUIDED.value),
        (r == 2, Ending.OUTSIDE.value),
        (_N % 40 == 3, Ending.MERGED.value),
        (_N % 40 == 23, Ending.WITHDRAWN.value),
        else_=Ending.ANSWERED.value,
    )
    answered = (matters.c.closed_at.is_not(None)) & (r > 3)
    values: dict[str, Any] = {
        "case_id": matters.c.id,
        "number": literal(1),
        "agency_id": cases.c.agency_id,
        "field": cases.c.field,
        "nature": cases.c.kind,
        "source": cases.c.source,
        "received_on": begun.c.day,
        "begun_on": begun.c.day,
        "ending": ending,
        "ended_on": ended.c.day,
        "due_on": case((matters.c.closed_at.is_not(None), matters.c.due_on)),
        "rating": case((answered & (_N % 7 == 0), case((_N % 3 == 0, "bad"), else_="good"))),
        "rated_on": case((answered & (_N % 7 == 0), ended.c.day)),
        "published_on": case((answered & (r < 7), ended.c.day)),
    }
    rows = (
        select(*values.values())
        .select_from(matters)
        .join(cases, cases.c.id == matters.c.id)
        .join(begun, begun.c.at == matters.c.opened_at)
        .outerjoin(ended, ended.c.at == matters.c.closed_at)
        .order_by(matters.c.id)
    )
    connection.execute(insert(case_handlings).from_select(list(values), rows))


def _write_answers(connection: Connection) -> None:
    values: dict[str, Any] = {
        "case_id": matters.c.id,
        "state": literal("approved"),
        "outcome": literal("explained"),
        "text": literal("Cơ quan đã kiểm tra, hướng dẫn lại thành phần hồ sơ và trả kết quả cho người gửi."),
        "signer": literal(""),
        "drafted_at": matters.c.closed_at,
        "decided_at": matters.c.closed_at,
    }
    rows = select(*values.values()).where(matters.c.closed_at.is_not(None), _N % 20 > 3).order_by(matters.c.id)
    connection.execute(insert(case_answers).from_select(list(values), rows))


def _write_publications(connection: Connection) -> None:
    """What was published, as it was released."""
    values: dict[str, Any] = {
        "case_id": cases.c.id,
        "state": literal(Public.RELEASED.value),
        "title": func.substr(cases.c.content, 1, 80),
        "content": cases.c.content,
        "answer": literal("Cơ quan đã kiểm tra, hướng dẫn lại thành phần hồ sơ và trả kết quả cho người gửi."),
        "field": cases.c.field,
        "folded": cases.c.folded,
        "files": cast(literal("[]"), JSON) if connection.dialect.name == "postgresql" else literal("[]"),
        "prepared_by": literal(1),
        "prepared_at": cases.c.ended_at,
        "released_by": literal(1),
        "released_at": cases.c.ended_at,
        "agency_id": cases.c.agency_id,
    }
    rows = select(*values.values()).where(cases.c.state == State.PUBLISHED.value).order_by(cases.c.id)
    connection.execute(insert(case_publications).from_select(list(values), rows))


def _write_planned(connection: Connection) -> None:
    """What will be said of open cases, none of it due yet."""
    values: dict[str, Any] = {
        "matter_id": matters.c.id,
        "rung": _words.c.text,
        "due_version": literal(1),
        "at": literal(NOW + timedelta(days=7), UtcDateTime),
        "agency_id": literal(OFFICE),
        "role": literal(Role.COORDINATOR.value),
        "kind": literal("case_reminder"),
        "state": literal(planned_rows.WAITING),
    }
    rows = (
        select(*values.values())
        .select_from(matters)
        .join(_words, _words.c.kind == "rung")
        .where(matters.c.closed_at.is_(None))
        .order_by(matters.c.id)
    )
    connection.execute(insert(planned).from_select(list(values), rows))
