"""The coordinating office urges: in chat, merged per person; never twice on one day, never for its own silence."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from domain.errors import ActRefused, NotFound
from domain.local import VIETNAM, local, today
from domain.notices import Kind, occasion_of_urge
from domain.people import Role, Viewer
from domain.urging import LONGEST, Preview, preview
from domain.urging import Kind as UrgeKind
from domain.words import squeeze
from storage import agencies, assignments, audit, notices, people, urges
from storage.database import Unit
from storage.views import standing, work
from storage.views.work import Work


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an urging would be: its assignments in order, and who would hear."""

    works: tuple[Work, ...]
    preview: Preview


def foresee(
    unit: Unit, viewer: Viewer, assignment_ids: Collection[int], now: datetime, kind: UrgeKind = UrgeKind.CHAT
) -> Foreseen:
    """Return what urging these assignments now would be. Raises NotFound for whoever does not coordinate."""
    if not viewer.coordinates:
        raise NotFound("mục này")
    day = today(now)
    works = sorted(work.by_ids(unit, assignment_ids, day).values(), key=work.order)
    letter = kind is UrgeKind.LETTER
    office = agencies.coordinating_id(unit)
    found = preview(
        works,
        standing.of(unit, works, day),
        urges.since(unit, kind, [one.id for one in works], datetime.combine(day, time.min, VIETNAM)),
        {one.agency_id: 1 for one in works} if letter else _reachable(unit, works, now),
        day,
        own=[office] if letter and office is not None else (),
    )
    taken = set(found.ids)
    return Foreseen(tuple(one for one in works if one.id in taken), found)


def _officers(unit: Unit, works: Iterable[Work], now: datetime) -> dict[int, list[int]]:
    """Return the officers of each agency that owes one of these, asked once an agency."""
    concerned = dict.fromkeys(one.agency_id for one in works)
    return {agency: people.members(unit, agency, Role.OFFICER, today(now)) for agency in concerned}


def _reachable(unit: Unit, works: Iterable[Work], now: datetime) -> dict[int, int]:
    officers = _officers(unit, works, now)
    open_to = people.first_chats(unit, {person for several in officers.values() for person in several})
    return {agency: sum(person in open_to for person in several) for agency, several in officers.items()}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    urge_id: int
    works: tuple[Work, ...]
    preview: Preview


def urge(unit: Unit, viewer: Viewer, assignment_ids: Collection[int], sentence: str, now: datetime) -> Done:
    """Urge these assignments, with the office's own sentence where one is given.

    Each officer hears in one message. Left out is what `domain.urging` leaves out, above all what somebody urged
    today. Raises NotFound for whoever does not coordinate, ActRefused where nothing remains.
    """
    said = squeeze(sentence)
    if len(said) > LONGEST:
        raise ActRefused(f"Ý kiến của Văn phòng dài quá {LONGEST} ký tự. Xin gõ ngắn lại.")
    urges.lock(unit, assignment_ids)
    found = foresee(unit, viewer, assignment_ids, now)
    if not found.works:
        raise ActRefused(refusal(found.preview))
    urge_id = urges.add(unit, UrgeKind.CHAT, viewer.person_id, found.preview.ids, now, sentence=said)
    _tell(unit, found.works, urge_id, now)
    for one in found.works:
        assignments.comment(unit, one.id, "urge", said or "đề nghị sớm hoàn thành", viewer.person_id, now)
    audit.record(unit, "urge", "urge", urge_id, now, person_id=viewer.person_id, assignments=list(found.preview.ids))
    return Done(urge_id, found.works, found.preview)


def _tell(unit: Unit, works: Sequence[Work], urge_id: int, now: datetime) -> None:
    officers = _officers(unit, works, now)
    for one in works:
        for person_id in officers[one.agency_id]:
            notices.add(
                unit,
                person_id,
                occasion_of_urge(urge_id),
                Kind.URGE,
                now,
                role=Role.OFFICER,
                matter_id=one.id,
                agency_id=one.agency_id,
                data={"urge": urge_id},
            )


def refusal(found: Preview) -> str:
    """Return the sentence for an urging of which nothing remains."""
    if found.urged is not None:
        at = local(found.urged.at)
        return f"Đồng chí {found.urged.by} đã đôn đốc lúc {at:%H:%M} hôm nay. Mỗi việc chỉ đôn đốc một lần trong ngày."
    why = ", ".join(f"{count} việc {skip.label}" for skip, count in found.left_out.items())
    return f"Không có việc nào đôn đốc được{f': {why}' if why else ''}. Gõ tonghop để xem tình hình mới nhất."
