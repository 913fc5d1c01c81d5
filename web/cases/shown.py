"""A case in the words of its page: how it stands, its clocks, what was asked and answered, what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from documents.attachments import ENDINGS
from domain.cases.clocks import waited
from domain.cases.decisions import LegalClass, Outcome, Rating, Source
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.cases.triage_words import waits
from domain.local import local, long_day, short_day, today
from domain.people import Viewer
from domain.workdays import WorkCalendar
from messages.render import number, upper_first
from storage.views import AnyRow, Unit, office
from storage.views.cases import cards, pages, register
from web.cases.lines import KINDS, Chips

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its name, what it shows, and why."""

    label: str
    value: str
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question to the sender, or its answer."""

    who: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a case, as a page names it."""

    id: int
    name: str
    about: str
    ready: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft or an answer."""

    group: str
    state: str
    about: str
    text: str
    note: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class One:
    """A whole case."""

    code: str
    chips: Chips
    title: str
    next: str
    content: str
    facts: Facts
    files: tuple[File, ...]
    hidden_files: int
    """Files that this person may not open."""
    clocks: tuple[Clock, ...]
    exchanges: tuple[Exchange, ...]
    answers: tuple[Draft, ...]
    papers: Facts


def whole(unit: Unit, viewer: Viewer, row: AnyRow, now: datetime) -> One:
    """Return a case as its page shows it to somebody who may see it."""
    calendar = office.calendar(unit)
    agency = pages.agency_names(unit, [row.agency_id]).get(row.agency_id, row.outside)
    questions, found = cards.questions_of(unit, row.id), cards.files_of(unit, row.id)
    opens = viewer.coordinates or row.agency_id in viewer.own_agencies
    named = viewer.reads_names(row.agency_id or 0)
    return One(
        code=row.code,
        chips=Chips.of(row, now, calendar),
        title=upper_first(KINDS.get(Kind(row.kind), "phản ánh khác")),
        next=upper_first(_next(unit, viewer, row, agency)),
        content=row.content,
        facts=_facts(unit, row, agency, inside=viewer.coordinates, named=named),
        files=tuple(_file(each) for each in found if opens and each.answer_id is None),
        hidden_files=0 if opens else sum(each.answer_id is None for each in found),
        clocks=tuple(_clocks(unit, row, questions, today(now), calendar)),
        exchanges=tuple(_exchanges(questions)),
        answers=tuple(each for each in _answers(unit, row, found, named=named) if opens or each.group == "answered"),
        papers=_papers(row),
    )


def _next(unit: Unit, viewer: Viewer, row: AnyRow, agency: str) -> str:
    """Return whose step is next; that a refusal is proposed is between the people of the office."""
    proposal = register.refusal(unit, row.id) if viewer.coordinates else None
    proposed_by = cards.names_of(unit, [proposal.proposed_by])[proposal.proposed_by] if proposal is not None else ""
    publishable = bool(row.may_publish and row.withheld is None)
    return waits(State(row.state), agency, proposed_by=proposed_by, publishable=publishable)


def _facts(unit: Unit, row: AnyRow, agency: str, *, inside: bool, named: bool) -> Facts:
    master = cards.by_id(unit, row.master_id) if row.master_id else None
    followers = cards.followers(unit, row.id) if inside else ()
    handler = cards.names_of(unit, [row.handler_id]) if named and row.handler_id else {}
    found = [
        ("Cơ quan bị phản ánh", row.about),
        ("Khi nào", row.happened or (short_day(row.happened_on) if row.happened_on else "")),
        ("Ở đâu", row.place),
        ("Đề xuất", row.proposal),
        (
            "Nguồn",
            f"{upper_first(Source(row.source).label)}, nhận {local(row.received_at):%H:%M} {long_day(row.received_on)}",
        ),
        ("Phân loại", LegalClass(row.legal_class).label if row.legal_class else "chưa phân loại"),
        ("Lĩnh vực", row.field),
        ("Cơ quan xử lý", agency),
        ("Người xử lý", handler.get(row.handler_id, "")),
        ("Số lần trả lại", str(row.bounces) if row.bounces else ""),
        ("Đã gộp vào", master.code if master is not None else ""),
        ("Các phản ánh gộp vào đây", ", ".join(one.code for one in followers)),
        ("Không công khai", row.withheld or ""),
        ("Gửi bằng công văn", "cơ quan chưa có tài khoản lãnh đạo" if row.by_document and inside else ""),
    ]
    return [(label, value) for label, value in found if value]


def _papers(row: AnyRow) -> Facts:
    found = [
        ("Mã trên hệ thống khác", row.external_code or ""),
        ("Số đến", _numbered(row.incoming_number, row.incoming_on)),
        ("Văn bản chuyển", _numbered(row.forward_number, row.forward_on)),
        ("Đăng trên hệ thống quốc gia", long_day(row.posted_on) if row.posted_on else ""),
        ("Đường dẫn đã đăng", row.posted_url or ""),
    ]
    return [(label, value) for label, value in found if value]


def _numbered(number: str | None, on: date | None) -> str:
    return ", ".join([*([number] if number else []), *([f"ngày {short_day(on)}"] if on else [])])


def _clocks(unit: Unit, row: AnyRow, questions: Sequence[AnyRow], day: date, calendar: WorkCalendar) -> Iterable[Clock]:
    state = State(row.state)
    ended = today(row.ended_at) if row.ended_at and not state.is_open else day
    age = calendar.between(row.received_on, ended)
    yield Clock(
        "Tổng thời gian từ khi nhận",
        f"{age} ngày làm việc",
        f"tính từ {short_day(row.received_on)}, không tính lại khi đổi cơ quan",
    )
    waiting = waited([(each.asked_at, each.answered_at) for each in questions], ended, calendar)
    yield Clock("Trong đó chờ người gửi", f"{waiting} ngày làm việc")
    dates = [one for one in cards.due_history(unit, row.id) if one.due_on is not None]
    why = str((dates[-1].explanation or {}).get("said", "")) if dates else ""
    late = bool(state.is_open and row.due_on is not None and row.due_on < day)
    if state.is_open:
        value = long_day(row.due_on) if row.due_on else "chưa đặt thời hạn"
        yield Clock(_limit(row, state), value, why, late)
    if len(dates) > 1:
        yield Clock("Các hạn trước", "; ".join(short_day(each.due_on) for each in dates[:-1]))
    if row.passed_on is not None:
        days = calendar.between(row.received_on, row.passed_on)
        yield Clock("Đã chuyển xử lý", long_day(row.passed_on), f"sau {days} ngày làm việc kể từ ngày nhận")


def _limit(row: AnyRow, state: State) -> str:
    if row.agency_id is None:
        return "Hạn chuyển cơ quan xử lý"
    return "Ngày xem xét lại" if state is State.COLLECTED else "Hạn trả lời"


def _exchanges(questions: Sequence[AnyRow]) -> Iterable[Exchange]:
    for each in questions:
        asked = "Văn phòng yêu cầu bổ sung" if each.kind == "supplement" else "Cơ quan hỏi người gửi"
        until = f" (chờ đến {short_day(each.until)})" if each.until and each.answered_at is None else ""
        yield Exchange(asked + until, each.asked_at, each.text)
        if each.answer and each.answered_at:
            yield Exchange("Người gửi trả lời", each.answered_at, each.answer)


_DRAFTS = {
    "drafted": ("approving", "Chờ duyệt"),
    "returned": ("closed", "Đã trả lại"),
    "approved": ("answered", "Đã trả lời"),
}


def _answers(unit: Unit, row: AnyRow, files: Sequence[AnyRow], *, named: bool) -> Iterable[Draft]:
    found = cards.answers_of(unit, row.id)
    names = cards.names_of(unit, [each.drafted_by for each in found if each.drafted_by]) if named else {}
    for each in found:
        group, words = _DRAFTS.get(each.state, ("closed", each.state))
        paper = _numbered(each.number, each.date) + (f", {each.signer} ký" if each.signer else "")
        about = [f"{local(each.drafted_at):%H:%M %d/%m/%Y}", names.get(each.drafted_by, ""), paper.strip(", ")]
        notes = [f"Kết quả: {Outcome(each.outcome).label}", f"Lý do trả lại: {each.reason}" if each.reason else ""]
        rated = Rating(each.rating).label if each.rating else ""
        notes.append(
            f"Người gửi đánh giá: {rated}{f' ({each.rating_reason})' if each.rating_reason else ''}" if rated else ""
        )
        own = tuple(_file(one) for one in files if one.answer_id == each.id)
        yield Draft(group, words, "; ".join(filter(None, about)), each.text, ". ".join(filter(None, notes)), own)


def _file(row: AnyRow) -> File:
    kind = ENDINGS.get(row.media_type, "").lstrip(".").upper() or row.media_type.partition("/")[0]
    size = f", {number(max(1, round(row.size / 1024)))} KB" if row.size else ""
    return File(row.id, row.name, kind + size, bool(row.digest))
