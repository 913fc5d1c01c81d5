"""Forms that units fill in: a coordinator opens one, units send, everybody sees who has not, the office closes it."""

from dataclasses import dataclass
from datetime import date, datetime

from actions.coordinating import by
from domain.agencies import resolve, split
from domain.collections import Outline, from_json, read_outline, to_json
from domain.collections.filled import Filled, check
from domain.errors import ActRefused, NotFound, Stale
from domain.local import long_day, today
from domain.notices import Kind
from domain.people import Role, Viewer
from domain.periods import Period
from domain.workdays import WorkCalendar
from messages.outlines import shipped
from storage import agencies, audit, collections, notices, offices, people
from storage.collections import PERIODIC, TASK
from storage.database import Unit
from storage.types import AnyRow

OUTLINE = "periodic_outline"
"""The office's setting that holds its own outline of the periodic report."""

__all__ = ["PERIODIC", "TASK"]


@dataclass(frozen=True, slots=True)
class Form:
    """What is to be asked: `period` as "2026-Q1", `due_on` the last day, `task_id` for a task's table."""

    kind: str
    period: str
    title: str
    outline: Outline
    agency_ids: tuple[int, ...]
    due_on: date
    task_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of it: the form's id, how many units were asked, and which of them have nobody to ask yet."""

    id: int
    units: int
    unreached: tuple[str, ...]


def outline(unit: Unit) -> Outline:
    """Return the office's outline of the periodic report, the one that comes with the program before there is one."""
    kept = offices.setting(unit, OUTLINE)
    return from_json(kept) if kept is not None else read_outline(shipped())


def set_outline(unit: Unit, viewer: Viewer | None, text: str, now: datetime) -> Outline:
    """Put the office's own outline, as TOML, in force for forms opened from now on. Raises ActRefused."""
    who, found = by(viewer), read_outline(text)
    offices.set_setting(unit, OUTLINE, to_json(found), now)
    audit.record(unit, "outline", "office", 0, now, sections=len(found.sections), **who)
    return found


def units_named(unit: Unit, text: str, on: date) -> tuple[int, ...]:
    """Return the agencies that words name ("Các sở, ban, ngành; UBND xã Lam Sơn"). Raises ActRefused for others."""
    directory = agencies.directory(unit)
    found = resolve(split(text, on), directory, on)
    if found.unknown:
        names = ", ".join(f"“{one.name}”" for one in found.unknown[:5])
        raise ActRefused(f"Không có trong danh mục: {names}. Xin gõ lại tên hoặc khối cơ quan.")
    codes = [one.code for one in found.agencies] + [one.code for _, members in found.groups for one in members]
    ids = agencies.ids(unit)
    coordinating = agencies.coordinating_id(unit)
    return tuple(dict.fromkeys(ids[code] for code in codes if ids[code] != coordinating))


def open_form(unit: Unit, viewer: Viewer | None, form: Form, now: datetime) -> Opened:
    """Open a form and ask its units, each officer by one notice. A coordinator may, or (None) the operator.

    Raises ActRefused for others, without units, for a day that is past, and while one of the kind is open.
    """
    who = by(viewer)
    Period.read(form.period)
    if not form.agency_ids:
        raise ActRefused("Chưa có đơn vị nào để thu thập. Xin nêu tên đơn vị hoặc khối cơ quan.")
    if not form.outline.asked:
        raise ActRefused("Đề cương không có mục nào hỏi đơn vị. Xin kiểm tra lại đề cương.")
    if form.due_on < today(now):
        raise ActRefused(f"Ngày {long_day(form.due_on)} đã qua. Xin chọn hạn gửi từ hôm nay trở đi.")
    if collections.open_like(unit, form.kind, form.period, form.task_id) is not None:
        raise ActRefused("Đã có một đợt thu thập cùng loại, cùng kỳ đang mở. Xin đóng đợt ấy trước.")
    made = collections.add(
        unit,
        form.kind,
        form.period,
        form.title,
        to_json(form.outline),
        form.due_on,
        now,
        person_id=viewer.person_id if viewer else None,
        task_id=form.task_id,
    )
    collections.ask(unit, made, form.agency_ids, now)
    unreached = tuple(
        row.agency for row in collections.units(unit, made) if not _tell(unit, made, row.agency_id, "asked", now)
    )
    audit.record(unit, "collect", "collection", made, now, units=len(form.agency_ids), period=form.period, **who)
    return Opened(made, len(form.agency_ids), unreached)


def _tell(unit: Unit, collection_id: int, agency_id: int, why: str, now: datetime) -> int:
    """Write the notice for an agency's officers; return how many are there."""
    officers = people.members(unit, agency_id, Role.OFFICER, today(now))
    for person_id in officers:
        notices.add(
            unit,
            person_id,
            f"{_occasion(collection_id, why)}{agency_id}",
            Kind.COLLECT,
            now,
            role=Role.OFFICER,
            agency_id=agency_id,
            data={"collection": collection_id, "why": why.partition(":")[0]},
        )
    return len(officers)


def _occasion(collection_id: int, why: str) -> str:
    return f"collect:{collection_id}:{why}:"


def announce(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Remind units that have not sent: the working day before the last day, and on it; return how many are new.

    Where the last day is no working day, the reminders come on the two working days before it.
    """
    day = today(now)
    told = 0
    for row in collections.due_between(unit, day, calendar.add(day, 2)):
        last = calendar.on_or_before(row.due_on)
        why = {last: "day", calendar.subtract(last, 1): "before"}.get(day)
        if why is not None:
            told += _remind(unit, row.id, why, now)
    return told


def _remind(unit: Unit, collection_id: int, why: str, now: datetime) -> int:
    untold = collections.untold(unit, collection_id, _occasion(collection_id, why))
    return sum(_tell(unit, collection_id, one, why, now) for one in untold)


def press(unit: Unit, viewer: Viewer | None, collection_id: int, now: datetime) -> int:
    """Remind the units that have not sent, now, at most once a day; return how many people are told.

    Raises NotFound, and ActRefused where it is closed or everybody has sent or was reminded today.
    """
    who = by(viewer)
    _open(unit, collection_id)
    told = _remind(unit, collection_id, f"urge:{today(now).isoformat()}", now)
    if not told:
        raise ActRefused("Không còn đơn vị nào cần nhắc: đã gửi đủ, đã được nhắc hôm nay, hoặc chưa có cán bộ đầu mối.")
    audit.record(unit, "urge", "collection", collection_id, now, told=told, **who)
    return told


def _open(unit: Unit, collection_id: int) -> AnyRow:
    row = collections.get(unit, collection_id)
    if row is None:
        raise NotFound("đợt thu thập này")
    if row.closed_at is not None:
        raise ActRefused(f"Đợt thu thập “{row.title}” đã đóng, không nhận thêm. Xin liên hệ Văn phòng.")
    return row


def asked(unit: Unit, viewer: Viewer, collection_id: int, agency_id: int) -> AnyRow:
    """Return an open form that one of the viewer's agencies was asked to fill in. Raises NotFound and ActRefused."""
    if agency_id not in viewer.own_agencies:
        raise NotFound("biểu mẫu này")
    row = _open(unit, collection_id)
    if all(one.agency_id != agency_id for one in collections.units(unit, collection_id)):
        raise NotFound("biểu mẫu này")
    return row


def send(unit: Unit, viewer: Viewer, collection_id: int, agency_id: int, filled: Filled, now: datetime) -> None:
    """Take what a unit sends, in the place of what it sent before for the same sections.

    Raises NotFound for another agency's form, ActRefused once it is closed and for what the form does not take.
    """
    row = asked(unit, viewer, collection_id, agency_id)
    check(from_json(row.outline), filled)
    versions = {
        key: collections.put(
            unit,
            collection_id,
            agency_id,
            key,
            filled.texts.get(key, ""),
            list(filled.rows.get(key, ())),
            now,
            person_id=viewer.person_id,
        )
        for key in filled.sections
    }
    if not collections.mark_sent(unit, collection_id, agency_id, now, person_id=viewer.person_id):
        raise Stale
    audit.record(
        unit,
        "contribute",
        "collection",
        collection_id,
        now,
        person_id=viewer.person_id,
        agency=agency_id,
        versions=versions,
    )


def close(unit: Unit, viewer: Viewer | None, collection_id: int, now: datetime, version: int | None = None) -> None:
    """Close a form: units send no more. `version` is that which was shown. Raises NotFound, ActRefused, Stale."""
    who = by(viewer)
    row = _open(unit, collection_id)
    if not collections.close(unit, collection_id, row.version if version is None else version, now):
        raise Stale
    audit.record(unit, "close", "collection", collection_id, now, **who)
