"""Making a case public: one person of the office prepares what is shown, another releases it, either takes it back.

What is shown names nobody: the pass that masks personal data runs over it again when it is prepared and when it is
released, and what it still finds must have been said, by a person, to be nobody's. The citizen's word decides whether
the case is shown at all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.cases import moving, refusing, telling
from actions.cases.wording import said
from actions.offices import ADDRESS
from domain.cases.lifecycle import Act, move
from domain.cases.lifecycle import State as CaseState
from domain.cases.publication import Drafted, Public, State, check_left, drafted, public_of, why_not
from domain.errors import ActRefused, NotFound, Stale
from domain.people import Role, Viewer
from storage import audit, calendars, office_settings, offices, people
from storage.cases import answers, attachments, publications
from storage.cases import people as citizens
from storage.database import Unit
from storage.types import AnyRow

PAGE = "/phan-anh"
"""Where everybody reads what is public."""

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})

CLOSED = "Trang công khai đang tắt nên chưa công khai được. Quản trị bật bằng: nhacviec settings case_publication “có”."


def open_to_all(unit: Unit) -> bool:
    """Whether the office shows what is public at all."""
    return office_settings.on(unit, "case_publication")


def due_on(unit: Unit, answered_on: date | None) -> date | None:
    """Return until when an answered case is to be public, None where the province has set no limit."""
    days = office_settings.text(unit, "case_publish_days")
    return calendars.in_force(unit).add(answered_on, int(days)) if days and answered_on else None


@dataclass(frozen=True, slots=True)
class Source:
    """What a public version is made from, for officials alone, with what is masked in it."""

    row: AnyRow
    answer: AnyRow
    drafted: Drafted
    files: Sequence[AnyRow]


def source(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    *,
    title: str = "",
    more: Sequence[str] = (),
    kept: Collection[str] = (),
) -> Source:
    """Return what a coordinator needs to prepare a case; `more` words are masked, `kept` words are not.

    Raises NotFound, ActRefused where it is not made public.
    """
    row = moving.of_office(unit, viewer, case_id)
    _check(row)
    given = [one for one in answers.of(unit, case_id) if one.state == answers.APPROVED]
    if not given:
        raise ActRefused("Phản ánh này chưa có nội dung trả lời nên chưa công khai được.")
    made = drafted(row.content, given[-1].text, _sender(unit, row), title=title, more=more, kept=kept)
    pictures = [one for one in attachments.of(unit, case_id) if one.media_type in PICTURES and one.digest]
    return Source(row, given[-1], made, pictures)


def _check(row: AnyRow) -> None:
    move(CaseState(row.state), Act.PUBLISH)
    reason = why_not(row)
    if reason:
        raise ActRefused(f"Phản ánh này không công khai: {reason}.")


def _sender(unit: Unit, row: AnyRow) -> str:
    """Return the sender's name, "" where it is not known any more; read by the masking alone, nobody is shown it."""
    who = citizens.get(unit, row.citizen_id)
    return who.name if who is not None else ""


def prepare(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    public: Public,
    now: datetime,
    *,
    kept: Collection[str] = (),
    pictures: Collection[int] = (),
    shown: int | None = None,
) -> int:
    """Lay a public version before a second person; return its id. What waited before is replaced.

    `kept` are words that the preparer says name nobody; `pictures` the ids of the case's files whose cleaned copies go
    along. Raises ActRefused for what still names somebody, for a picture that has no cleaned copy.
    """
    row = moving.of_office(unit, viewer, case_id, shown)
    _check(row)
    made = public_of(public.title, public.content, public.answer)
    check_left(made, _sender(unit, row), frozenset(kept))
    waiting = publications.newest(unit, case_id, (State.PREPARED,))
    if waiting is not None:
        publications.move(unit, waiting.id, State.PREPARED, State.RETURNED, withdrawn_reason=None)
    publication_id = publications.add(
        unit,
        case_id,
        viewer.person_id,
        now,
        title=made.title,
        content=made.content,
        answer=made.answer,
        folded=made.folded,
        field=row.field,
        agency_id=row.agency_id,
        files={"pictures": _pictures(unit, case_id, pictures), "kept": sorted(set(kept))},
    )
    data = {"publication": publication_id}
    event_id = moving.note(unit, row, "prepare_publication", now, viewer=viewer, text=made.title, data=data)
    others = [one for one in people.active(unit, Role.COORDINATOR) if one != viewer.person_id]
    moving.tell_people(unit, others, row, event_id, "publication_prepared", now)
    return publication_id


def _pictures(unit: Unit, case_id: int, wanted: Collection[int]) -> list[dict[str, Any]]:
    files = {one.id: one for one in attachments.of(unit, case_id)}
    chosen = []
    for number in wanted:
        if number not in files or files[number].clean_digest is None:
            raise ActRefused("Ảnh này chưa được làm sạch thông tin kèm theo. Xin làm sạch trước khi chọn công khai.")
        one = files[number]
        chosen.append({"file": number, "digest": one.clean_digest, "media_type": one.media_type})
    return chosen


MOST_BYTES = 20 * 1024 * 1024
"""Of a cleaned copy, which is far smaller."""


def keep_clean(
    unit: Unit, viewer: Viewer, case_id: int, file: int, content: bytes, media_type: str, now: datetime
) -> str:
    """Keep the cleaned copy of a case's picture and return its digest; the picture itself is not touched."""
    row = moving.of_office(unit, viewer, case_id)
    one = next((each for each in attachments.of(unit, case_id) if each.id == file), None)
    if one is None or one.media_type != media_type:
        raise NotFound("ảnh này")
    copy = unit.shelf.put(content, f"{row.code}-{file}", media_type)
    attachments.put_clean(unit, file, copy.digest)
    audit.record(unit, "clean_picture", "case", case_id, now, person_id=viewer.person_id, file=file)
    return copy.digest


def waiting(unit: Unit, publication_id: int, *states: State) -> AnyRow:
    """Return a version that stands in one of the states. Raises NotFound for none, Stale where it was decided."""
    found = publications.get(unit, publication_id)
    if found is None:
        raise NotFound("bản công khai này")
    if State(found.state) not in states:
        raise Stale(f"Bản công khai này {State(found.state).label} rồi. Xin mở lại danh sách để xem.")
    return found


def release(unit: Unit, viewer: Viewer, publication_id: int, now: datetime) -> None:
    """Let everybody read a version: a second person of the office, never its preparer. The sender is told.

    A version that was public before is replaced. Raises ActRefused for the preparer, while the public page is off,
    and where the case may be public no more.
    """
    found = waiting(unit, publication_id, State.PREPARED)
    row = moving.of_office(unit, viewer, found.case_id)
    _check(row)
    if not open_to_all(unit):
        raise ActRefused(CLOSED)
    may_release(unit, viewer, found)
    check_left(Public(found.title, found.content, found.answer), _sender(unit, row), frozenset(found.files["kept"]))
    before = publications.newest(unit, row.id, (State.RELEASED,))
    if before is not None:
        _take_back(unit, before, "thay bằng bản mới", now)
    released = {"released_by": viewer.person_id, "released_at": now, "agency_id": row.agency_id, "field": row.field}
    if not publications.move(unit, publication_id, State.PREPARED, State.RELEASED, **released):
        raise Stale()
    moved = moving.apply(
        unit, row, Act.PUBLISH, now, viewer=viewer, data={"publication": publication_id}, published_at=now
    )
    telling.tell(unit, moved.row, "published", moved.event_id, now, link=link_of(unit, row.code))


def may_release(unit: Unit, viewer: Viewer, found: AnyRow) -> None:
    """Raise ActRefused where this person's word does not release a version: its preparer's never does."""
    try:
        refusing.second_person(unit, viewer, found.prepared_by)
    except ActRefused as refused:
        if viewer.person_id == found.prepared_by:
            raise ActRefused(
                "Người soạn không tự duyệt công khai được. Xin để một người khác của Văn phòng duyệt."
            ) from None
        raise refused from None


def give_back(unit: Unit, viewer: Viewer, publication_id: int, reason: str, now: datetime) -> None:
    """Return a version to its preparer with what is to be changed."""
    found = waiting(unit, publication_id, State.PREPARED)
    row = moving.of_office(unit, viewer, found.case_id)
    why = said(reason, "cần sửa gì ở bản công khai")
    if not publications.move(unit, publication_id, State.PREPARED, State.RETURNED, withdrawn_reason=why):
        raise Stale()
    event_id = moving.note(unit, row, "return_publication", now, viewer=viewer, text=why)
    moving.tell_people(unit, [found.prepared_by], row, event_id, "publication_returned", now)


def withdraw(unit: Unit, viewer: Viewer, publication_id: int, reason: str, now: datetime) -> None:
    """Take a version off the public page, with the reason; the case is answered, as before."""
    found = waiting(unit, publication_id, State.RELEASED)
    row = moving.of_office(unit, viewer, found.case_id)
    why = said(reason, "lý do gỡ")
    _take_back(unit, found, why, now)
    if CaseState(row.state) is CaseState.PUBLISHED:
        moving.apply(unit, row, Act.UNPUBLISH, now, viewer=viewer, text=why, published_at=None)
    else:
        moving.note(unit, row, Act.UNPUBLISH.value, now, viewer=viewer, text=why)


def _take_back(unit: Unit, found: AnyRow, reason: str, now: datetime) -> None:
    values: Mapping[str, Any] = {"withdrawn_reason": reason, "withdrawn_at": now}
    if not publications.move(unit, found.id, State.RELEASED, State.WITHDRAWN, **values):
        raise Stale()


def link_of(unit: Unit, code: str) -> str:
    """Return where a case is read by everybody, "" where the office's address is not known."""
    address = offices.setting(unit, ADDRESS) or ""
    return f"{address}{PAGE}/{code}" if address else ""
