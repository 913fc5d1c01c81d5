"""The office urges by an official letter: written to be signed, its number and date recorded once it is."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from actions import urging
from actions.letterheads import letterhead, signatory
from domain.errors import ActRefused, NotFound, Stale
from domain.local import short_day, today
from domain.outgoing import Attachment
from domain.people import Viewer
from domain.urging import Kind, Skip
from domain.words import squeeze
from messages import urging_letter
from messages.urging_letter import Entry, UrgingLetter
from storage import assignments, audit, calendars, plans, urges
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office, overview
from storage.views.work import Work


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, its file, and the assignments in its table."""

    urge_id: int
    file: Attachment
    works: tuple[Work, ...]


def foresee(unit: Unit, viewer: Viewer, assignment_ids: Collection[int], now: datetime) -> urging.Foreseen:
    """Return what a letter about these assignments would hold: late ones alone, in the office's order of agencies.

    Raises NotFound for whoever does not coordinate, ActRefused where nothing remains for it.
    """
    found = urging.foresee(unit, viewer, assignment_ids, now, Kind.LETTER)
    works = tuple(one for one in overview.ranked(unit, found.works) if one.is_late)
    if not works:
        raise ActRefused(_refusal(found))
    left = Counter(found.preview.left_out)
    left[Skip.NOT_DUE] += len(found.works) - len(works)
    return urging.Foreseen(works, replace(found.preview, left_out=+left))


def _refusal(found: urging.Foreseen) -> str:
    if found.preview.urged is not None:
        return (
            f"Đồng chí {found.preview.urged.by} đã lập công văn đôn đốc các việc này hôm nay. "
            "Mở mục “Công văn đôn đốc chưa ghi số” ở tonghop để xem."
        )
    return "Không có việc quá hạn nào để đưa vào công văn: việc còn lại đang chờ trả lời, hoặc đã báo cáo."


def write(
    unit: Unit, viewer: Viewer, assignment_ids: Collection[int], wanted_by: date | None, now: datetime
) -> Written:
    """Write the letter and keep it as an urging of kind "letter" whose number is still blank.

    Nobody is told: the letter goes its own way once it is signed. Raises as `foresee` does.
    """
    urges.lock(unit, assignment_ids)
    works = foresee(unit, viewer, assignment_ids, now).works
    ids = [one.id for one in works]
    urge_id = urges.add(unit, Kind.LETTER, viewer.person_id, ids, now, wanted_by=wanted_by)
    for one in ids:
        assignments.comment(unit, one, "urge", "lập công văn đôn đốc, chờ ký và lấy số", viewer.person_id, now)
    audit.record(unit, "write_letter", "urge", urge_id, now, person_id=viewer.person_id, assignments=ids)
    content = urging_letter.docx(_letter(unit, works, wanted_by, today(now)))
    name = f"cong-van-don-doc-{today(now):%Y-%m-%d}-{urge_id}.docx"
    return Written(urge_id, unit.shelf.put(content, name, urging_letter.MEDIA_TYPE), works)


def _letter(unit: Unit, works: Collection[Work], wanted_by: date | None, day: date) -> UrgingLetter:
    calendar = calendars.in_force(unit)
    return UrgingLetter(
        head=letterhead(unit, "document_code"),
        signatory=signatory(unit),
        office=office.name(unit),
        agencies=list(dict.fromkeys(one.agency for one in works)),
        grounds=_grounds(unit, works),
        entries=[
            Entry(
                one.content,
                f"{one.code}, {_source(one)}{f', mục {one.row}' if one.row else ''}",
                one.agency,
                one.due_on,
                one.standing.late_days,
                calendar.between(one.due_on, day),
            )
            for one in works
            if one.due_on is not None
        ],
        counted_on=day,
        wanted_by=wanted_by,
    )


def _source(one: Work) -> str:
    """Return "Kế hoạch số 15/KH-UBND", or how a task that no document gives is cited."""
    return f"{one.plan_kind} số {one.plan_number}" if one.plan_number else one.plan_kind


def _grounds(unit: Unit, works: Collection[Work]) -> list[str]:
    found = []
    for one in {each.plan_id: each for each in works}.values():
        plan = plans.get(unit, one.plan_id)
        signed = f" ngày {short_day(one.plan_date)}" if one.plan_date else ""
        issuer = f" của {plan.issuer}" if plan is not None and plan.issuer and one.plan_number else ""
        found.append(f"{_source(one)}{signed}{issuer}")
    return found


def drop(unit: Unit, viewer: Viewer, urge_id: int, now: datetime) -> None:
    """Drop a letter that will not be signed: another may be written in its place.

    Raises NotFound for whoever does not coordinate and for what is no letter, ActRefused where it has a number.
    """
    row = _unsigned(unit, viewer, urge_id)
    for one in urges.matters_of(unit, row.id):
        assignments.comment(unit, one, "urge", "bỏ dự thảo công văn đôn đốc, không gửi", viewer.person_id, now)
    urges.drop(unit, row.id)
    audit.record(unit, "drop_letter", "urge", row.id, now, person_id=viewer.person_id)


def _unsigned(unit: Unit, viewer: Viewer, urge_id: int) -> AnyRow:
    row = urges.get(unit, urge_id)
    if row is None or row.kind != Kind.LETTER or not viewer.coordinates:
        raise NotFound("công văn này")
    if row.number is not None:
        raise ActRefused(f"Công văn này đã được ghi số {row.number} ngày {short_day(row.date)}.")
    return row


LONGEST_NUMBER = 80


def record_number(unit: Unit, viewer: Viewer, urge_id: int, number: str, on: date, now: datetime) -> list[int]:
    """Record the number and date of a signed letter; return the assignments in whose history it stands now.

    Raises NotFound for whoever does not coordinate and for what is no letter, ActRefused where it has a number.
    """
    row = _unsigned(unit, viewer, urge_id)
    said = squeeze(number)
    if not said or len(said) > LONGEST_NUMBER:
        raise ActRefused("Xin gõ số, ký hiệu công văn, ví dụ 123/VP-KSTT ngày 20/3/2026.")
    if on > today(now):
        raise ActRefused("Ngày công văn đang ở tương lai. Xin kiểm tra và gõ lại số, ngày.")
    if not urges.record_number(unit, urge_id, said, on, viewer.person_id, now):
        raise Stale()
    ids = urges.matters_of(unit, urge_id)
    text = f"công văn số {said} ngày {short_day(on)}"
    if row.wanted_by is not None:
        text += f", đề nghị xong chậm nhất {short_day(row.wanted_by)}"
    for one in ids:
        assignments.comment(unit, one, "urge", text, viewer.person_id, now)
    audit.record(unit, "number_letter", "urge", urge_id, now, person_id=viewer.person_id)
    return ids
