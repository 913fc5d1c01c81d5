"""A case that changes hands, dates or rounds: sent back, kept, reported again, given more time, urged, recorded."""

from datetime import date, datetime

from actions.cases import forwarding, laying, moving, telling
from actions.cases.forwarding import Handed, Transfer
from actions.cases.wording import said
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused
from domain.explanations import of_decision
from domain.local import short_day, today
from domain.notices import Kind as NoticeKind
from domain.people import HEAD_OF_OFFICE, Viewer
from domain.words import squeeze
from storage import agencies, ranks
from storage.cases import answers, events, rows
from storage.database import Unit
from storage.types import AnyRow

BOUNCES = 2
"""Once a case was sent back so often, only a head of the office sends it on."""


ROUNDS_WITH_AGENCY = 2
"""So often agencies work again on what was reported again; then the office itself does, or lays it before those above
(Nghị định 20/2008/NĐ-CP, Điều 17 khoản 3)."""


def reroute(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    agency_id: int,
    reason: str,
    now: datetime,
    *,
    letter: Transfer | None = None,
    shown: int | None = None,
) -> Handed:
    """Give a case to another agency: its clock starts anew, the case's total age does not.

    Raises ActRefused for the agency that has it, and below a head of the office after two bounces.
    """
    row = moving.of_office(unit, viewer, case_id, shown)
    _who_may(unit, viewer, row)
    if agency_id == row.agency_id:
        raise ActRefused("Cơ quan này đang giữ phản ánh. Xin chọn cơ quan khác, hoặc “giữ nguyên”.")
    return forwarding.hand_over(
        unit,
        viewer,
        row,
        Act.REROUTE,
        agency_id,
        letter or Transfer(),
        now,
        text=said(reason, "lý do chuyển"),
        told="rerouted",
    )


def decides(unit: Unit, viewer: Viewer, row: AnyRow) -> bool:
    """Whether this person may send a case on that was sent back: after two bounces a head of the office, if any."""
    return row.bounces < BOUNCES or viewer.rank >= HEAD_OF_OFFICE or not ranks.head_reachable(unit)


def _who_may(unit: Unit, viewer: Viewer, row: AnyRow) -> None:
    if not decides(unit, viewer, row):
        raise ActRefused(f"Phản ánh đã bị trả lại {row.bounces} lần: lãnh đạo Văn phòng quyết định cơ quan xử lý.")


def uphold(unit: Unit, viewer: Viewer, case_id: int, reason: str, now: datetime, *, shown: int | None = None) -> None:
    """Let the agency that wanted to send a case back keep it; its clock has run on."""
    row = moving.of_office(unit, viewer, case_id, shown)
    _who_may(unit, viewer, row)
    moved = moving.apply(
        unit, row, Act.UPHOLD, now, viewer=viewer, text=said(reason, "lý do giữ nguyên"), acknowledged_at=now
    )
    moving.tell_agency(unit, moved.row, moved.event_id, NoticeKind.CASE_EVENT, now, what="upheld")


def work_again(
    unit: Unit, viewer: Viewer, case_id: int, agency_id: int, reason: str, now: datetime, *, shown: int | None = None
) -> Handed:
    """Let an agency work again on what the sender reported again; the code stays.

    Raises ActRefused once it was reported again after ROUNDS_WITH_AGENCY such rounds.
    """
    row = moving.of_office(unit, viewer, case_id, shown)
    if row.rounds > ROUNDS_WITH_AGENCY and agencies.coordinating_id(unit) is not None:
        raise ActRefused(
            f"{row.code} đã được phản ánh lại {row.rounds} lần: Văn phòng trực tiếp xử lý, báo cáo cấp trên nếu cần "
            "(Nghị định 20/2008/NĐ-CP, Điều 17 khoản 3)."
        )
    return forwarding.hand_over(
        unit,
        viewer,
        row,
        Act.WORK_AGAIN,
        agency_id,
        Transfer(),
        now,
        text=said(reason, "yêu cầu xử lý lại"),
        told="returned_to_work",
    )


def close(unit: Unit, viewer: Viewer, case_id: int, reason: str, now: datetime, *, shown: int | None = None) -> None:
    """Close what the sender reported again: there is nothing new in it."""
    row = moving.of_office(unit, viewer, case_id, shown)
    moved = moving.apply(unit, row, Act.CLOSE, now, viewer=viewer, text=said(reason, "lý do đóng"))
    telling.tell(unit, moved.row, "closed", moved.event_id, now, reason=reason.strip())


def extend(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    until: date,
    reason: str,
    agreed_by: str,
    now: datetime,
    *,
    shown: int | None = None,
) -> None:
    """Give an agency a later date for its answer, with who agreed; the sender is told, the first date stays known."""
    row = moving.of_office(unit, viewer, case_id, shown)
    if not State(row.state).is_with_agency:
        raise ActRefused("Chỉ gia hạn khi cơ quan đang xử lý.")
    if until <= today(now) or (row.due_on is not None and until <= row.due_on):
        raise ActRefused("Ngày mới phải sau hôm nay và sau hạn hiện tại.")
    why, who = said(reason, "lý do gia hạn"), said(agreed_by, "người đã đồng ý gia hạn", 3, 120)
    if not rows.change(unit, row.id, row.version, due_at=None):
        raise moving.overtaken(unit, row)
    event_id = moving.note(unit, row, "extend", now, viewer=viewer, text=why, data={"until": until.isoformat()})
    how = f"Gia hạn đến {short_day(until)}, {who} đồng ý ngày {short_day(today(now))}: {why}"
    fresh = moving.of_office(unit, viewer, case_id)
    clock = laying.Clock(until, of_decision("", how, until))
    laying.move(unit, fresh, clock, "extended", now, decided_by=viewer.person_id, basis=who)
    old = row.due_on.isoformat() if row.due_on else None
    telling.tell(unit, fresh, "due_moved", event_id, now, old=old, new=until.isoformat(), reason=why)
    moving.tell_agency(unit, fresh, event_id, NoticeKind.CASE_EVENT, now, what="extended")


def urge(unit: Unit, viewer: Viewer, case_id: int, sentence: str, now: datetime) -> int:
    """Press the agency that works on a case, once a day; return to how many people it is said."""
    row = moving.of_office(unit, viewer, case_id)
    if not State(row.state).is_with_agency:
        raise ActRefused("Phản ánh này không chờ cơ quan nào xử lý.")
    day = today(now)
    if any(one.act == "urge" and today(one.at) == day for one in events.of(unit, row.id)):
        raise ActRefused(f"Hôm nay đã đôn đốc {row.code} rồi. Xin đôn đốc lại từ ngày mai.")
    event_id = moving.note(unit, row, "urge", now, viewer=viewer, text=squeeze(sentence)[:500])
    return moving.tell_agency(unit, row, event_id, NoticeKind.CASE_URGED, now)


_NUMBERS = frozenset(
    {"external_code", "incoming_number", "incoming_on", "forward_number", "forward_on", "posted_on", "posted_url"}
)


def record_numbers(
    unit: Unit,
    viewer: Viewer | None,
    case_id: int,
    now: datetime,
    *,
    shown: int | None = None,
    **values: str | date | None,
) -> None:
    """Write numbers and days of documents, and where the result stands in the national system.

    Raises ActRefused for a day in the future, for a link that is no web address, and where nothing is to be posted yet.
    """
    row = moving.of_office(unit, viewer, case_id, shown)
    unknown = values.keys() - _NUMBERS
    if unknown:
        raise ValueError(f"no such numbers of a case: {sorted(unknown)}")
    if any(isinstance(one, date) and one > today(now) for one in values.values()):
        raise ActRefused("Ngày đang ở tương lai. Xin kiểm tra lại ngày.")
    if values.get("posted_on") and State(row.state).is_open and not answers.of(unit, row.id):
        raise ActRefused(f"Phản ánh này {State(row.state).label}, chưa có kết quả để đăng trên hệ thống quốc gia.")
    url = values.get("posted_url")
    if url and not str(url).startswith(("https://", "http://")):
        raise ActRefused("Đường dẫn phải bắt đầu bằng https://.")
    if not rows.change(unit, row.id, row.version, **values):
        raise moving.overtaken(unit, row)
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    moving.note(unit, row, "numbers", now, viewer=viewer, actor=moving.operator(viewer), data=kept)
