"""The register written as a list, in the columns in which lists come in: for entry in the national system.

Who reports stands in it only where a reason is given, and each reading is kept.
"""

from datetime import date, datetime, time

from actions import erasing
from actions.cases.wording import said
from actions.coordinating import by
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.errors import ActRefused
from domain.local import VIETNAM, short_day, today
from domain.outgoing import Attachment
from domain.people import Viewer
from domain.register_files import MOST_ROWS, WITHOUT_PERSONS, WRITTEN, RegisterRow, stage_here
from messages import case_list
from storage import audit
from storage.cases import people as citizens
from storage.database import Unit
from storage.types import AnyRow
from storage.views.cases import exports
from storage.views.cases.exports import Told
from storage.views.cases.lists import Wanted


def rows(
    unit: Unit,
    viewer: Viewer | None,
    wanted: Wanted,
    now: datetime,
    *,
    changed_since: date | None = None,
    reason: str = "",
) -> list[RegisterRow]:
    """Return the cases of a list as another register is told of them, the oldest first.

    With a `reason` who reports is read too, and that is kept. Raises ActRefused for who does not coordinate, and for
    more cases than one list may hold.
    """
    who = by(viewer)
    since = datetime.combine(changed_since, time(), VIETNAM) if changed_since else None
    found = exports.found(unit, viewer, wanted, since, MOST_ROWS)
    if len(found) > MOST_ROWS:
        raise ActRefused(f"Có hơn {MOST_ROWS:,} phản ánh. Xin thu hẹp theo ngày rồi xuất lại.".replace(",", "."))
    why = said(reason, "lý do cần thông tin người gửi", 5, 300) if reason else ""
    audit.record(unit, "export_cases", "case_list", 0, now, **who, cases=len(found), persons=bool(why))
    return [_row(one, _who(unit, viewer, one.case, why, now)) for one in exports.with_answers(unit, found)]


def _who(unit: Unit, viewer: Viewer | None, case: AnyRow, reason: str, now: datetime) -> Reporter:
    if not reason or citizens.is_restricted(unit, case.citizen_id):
        return Reporter("", "")
    citizens.note_read(unit, case.citizen_id, case.id, viewer.person_id if viewer else None, reason, now)
    return citizens.get(unit, case.citizen_id) or Reporter("", "")


def _row(told: Told, who: Reporter) -> RegisterRow:
    case, answer = told.case, told.answer
    state = State(case.state)
    return RegisterRow(
        line=0,
        code=case.external_code or "",
        content=case.content,
        received_on=case.received_on,
        who=who,
        stage=stage_here(state, answered_on=case.answered_on, posted_on=case.posted_on),
        kind=Kind(case.kind),
        own_code=case.code,
        subject=case.field,
        about=case.about,
        incoming_number=case.incoming_number or "",
        incoming_on=case.incoming_on,
        agency=case.agency or case.outside,
        forwarded_on=case.passed_on,
        forward_number=case.forward_number or "",
        due_on=case.answer_due_on if case.answered_on else case.due_on if case.passed_on else None,
        answer=answer.text if answer else "",
        answered_on=case.answered_on,
        answer_number=(answer.number or "") if answer else "",
        posted_on=case.posted_on,
        link=case.posted_url or "",
    )


def book(found: list[RegisterRow], now: datetime, *, persons: bool) -> bytes:
    """Return a list as a workbook."""
    title = ("Danh sách phản ánh, kiến nghị", f"Lập ngày {short_day(today(now))}: {len(found)} phản ánh")
    return case_list.book(found, title, WRITTEN if persons else WITHOUT_PERSONS)


def file(unit: Unit, viewer: Viewer, wanted: Wanted, now: datetime, *, changed_since: date | None = None) -> Attachment:
    """Return a list without persons as a file to hand over. Raises as `rows` does, and where there is none."""
    found = rows(unit, viewer, wanted, now, changed_since=changed_since)
    if not found:
        raise ActRefused("Không có phản ánh nào phù hợp để xuất.")
    content = book(found, now, persons=False)
    made = unit.shelf.put(content, f"phan-anh-{today(now):%Y-%m-%d}.xlsx", case_list.MEDIA_TYPE)
    return erasing.passing(unit, made, now)
