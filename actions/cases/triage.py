"""What the coordinating office does first with a case (Nghị định 20/2008/NĐ-CP, Điều 7, Điều 9).

Every act reads the case in the same unit, moves it by the table, tells the sender, and leaves committing to the
caller. `shown` is the version of the case that the person saw.
"""

from dataclasses import dataclass
from datetime import date, datetime

from actions.cases import counting, laying, moving, telling
from actions.cases.wording import said
from domain.cases.decisions import LegalClass, Urgency
from domain.cases.kinds import Kind
from domain.cases.lifecycle import Act, State, may
from domain.errors import ActRefused
from domain.local import today
from domain.people import Viewer
from domain.words import squeeze
from storage import calendars, office_settings, planned
from storage.cases import questions, rows
from storage.database import Unit
from storage.types import AnyRow


def accept(unit: Unit, viewer: Viewer, case_id: int, now: datetime, *, shown: int | None = None) -> None:
    """Take a case up: it is assessed and classified from now on, and the sender is told."""
    row = moving.of_office(unit, viewer, case_id, shown)
    moved = moving.apply(unit, row, Act.ACCEPT, now, viewer=viewer)
    # the date of passing on as it is now: by the time this leaves, the case may have been passed on
    due_on = row.due_on.isoformat() if row.due_on else None
    telling.tell(unit, moved.row, "accepted", moved.event_id, now, due_on=due_on)


@dataclass(frozen=True, slots=True)
class Classification:
    """How the office sees a case; None leaves as it is what it knows already."""

    legal_class: LegalClass
    urgency: Urgency = Urgency.NORMAL
    field: str = ""
    sensitive: bool = False
    crowded: bool = False
    withheld: str | None = None
    """Why it is not to become public, None where it may."""


def classify(
    unit: Unit, viewer: Viewer, case_id: int, what: Classification, now: datetime, *, shown: int | None = None
) -> None:
    """Write how a case is classified; one that waits for reception is taken up with it.

    Conduct has a limit of its own for passing it on, so its date may move. Raises ActRefused once it is forwarded.
    """
    row = moving.of_office(unit, viewer, case_id, shown)
    state = State(row.state)
    if not may(state, Act.FORWARD):
        raise ActRefused(f"Phản ánh này đang ở trạng thái “{state.label}” nên không phân loại lại được.")
    if state is State.WAITING_RECEPTION:
        accept(unit, viewer, case_id, now, shown=shown)
        row = moving.of_office(unit, viewer, case_id)
    values = {
        "legal_class": what.legal_class.value,
        "kind": _kind(row, what.legal_class).value,
        "urgency": what.urgency.value,
        "field": squeeze(what.field)[:80],
        "sensitive": what.sensitive,
        "crowded": what.crowded,
        "withheld": what.withheld,
    }
    known = {name: getattr(row, name) for name in ("content", "about", "place", "happened", "code", "external_code")}
    if not rows.change(unit, row.id, row.version, **values, folded=rows.searched({**known, **values})):
        raise moving.overtaken(unit, row)
    moving.note(unit, row, "classify", now, viewer=viewer, data={k: v for k, v in values.items() if v})
    if values["kind"] != row.kind:
        fresh = moving.of_office(unit, viewer, case_id)
        clock = laying.forwarding_clock(unit, row.received_on, conduct=laying.is_conduct(fresh))
        laying.move(unit, fresh, clock, "classified", now, decided_by=viewer.person_id)


def _kind(row: AnyRow, legal_class: LegalClass) -> Kind:
    if legal_class.is_conduct:
        return Kind.CONDUCT
    return Kind.REGULATION if legal_class is LegalClass.REGULATION else Kind(row.kind)


SUPPLEMENTS_AT_MOST = 2


def ask_supplement(
    unit: Unit, viewer: Viewer, case_id: int, text: str, now: datetime, *, shown: int | None = None
) -> date:
    """Ask the sender, in one message, for everything that is missing; return until when. At most two rounds.

    The clock for passing it on does not pause.
    """
    row = moving.of_office(unit, viewer, case_id, shown)
    if row.supplements >= SUPPLEMENTS_AT_MOST:
        raise ActRefused(
            f"Đã yêu cầu bổ sung {SUPPLEMENTS_AT_MOST} lần. Xin phân loại, chuyển, hoặc đề nghị từ chối có căn cứ."
        )
    wanted = said(text, "những gì cần bổ sung")
    until = calendars.in_force(unit).add(today(now), office_settings.number(unit, "case_supplement_days"))
    moved = moving.apply(
        unit,
        row,
        Act.ASK_SUPPLEMENT,
        now,
        viewer=viewer,
        text=wanted,
        supplements=row.supplements + 1,
        wait_until=until,
    )
    questions.ask(unit, row.id, questions.SUPPLEMENT, wanted, viewer.person_id, until, now)
    telling.tell(unit, moved.row, "supplement_asked", moved.event_id, now, question=wanted, until=until.isoformat())
    return until


def guide(
    unit: Unit, viewer: Viewer, case_id: int, door: str, where: str, now: datetime, *, shown: int | None = None
) -> None:
    """Show the sender the right door (khiếu nại, tố cáo, việc khẩn cấp, tin báo tội phạm); the case ends here."""
    row = moving.of_office(unit, viewer, case_id, shown)
    data = {"door": said(door, "nơi tiếp nhận đúng", 3, 200), "where": where.strip()[:400]}
    moved = moving.apply(unit, row, Act.GUIDE, now, viewer=viewer, text=data["door"], data=data)
    telling.tell(unit, moved.row, "guided", moved.event_id, now, **data)


def mark_spam(unit: Unit, viewer: Viewer, case_id: int, now: datetime, *, spam: bool, shown: int | None = None) -> None:
    """Put a case out of everybody's sight, or back where it was; nothing of it is lost, its clock runs on."""
    row = moving.of_office(unit, viewer, case_id, shown)
    if (row.spam_at is not None) == spam:
        raise ActRefused("Phản ánh này đã ở đúng danh sách rồi.")
    if not rows.change(unit, row.id, row.version, spam_at=now if spam else None):
        raise moving.overtaken(unit, row)
    moving.note(unit, row, "spam" if spam else "not_spam", now, viewer=viewer)
    counting.spam(unit, row, now, on=spam)
    fresh = moving.of_office(unit, viewer, case_id)
    if spam:
        planned.cancel(unit, fresh.id)
    elif State(row.state).is_open and row.agency_id is None:
        clock = laying.forwarding_clock(unit, row.received_on, conduct=laying.is_conduct(row))
        laying.move(unit, fresh, clock, "not_spam", now, decided_by=viewer.person_id)
