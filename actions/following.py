"""Who in the coordinating office is told of what: followers first, the next above where it still waits.

Also what an official follows, and what a leader's portfolio is, set by themselves, a head of the office or the
operator.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from domain import following as rules
from domain.errors import ActRefused, NotFound
from domain.following import About, Follow
from domain.local import today
from domain.notices import Kind
from domain.people import HEAD_OF_OFFICE, RANK_LABELS, Role, Viewer
from domain.workdays import WorkCalendar
from storage import audit, follows, notices, office_settings, offices, people, ranks
from storage.database import Unit
from storage.views import office_waits

OFFICIALS = (Role.COORDINATOR, Role.LEADER)
"""Who may follow: people of the office, and leaders, whose follows are their portfolio."""


def audience(unit: Unit, matter_id: int, on: date) -> list[int]:
    """Return who in the office hears first of a matter."""
    return audiences(unit, [matter_id], on)[matter_id]


def audiences(unit: Unit, matter_ids: Collection[int], on: date) -> dict[int, list[int]]:
    """Return who in the office hears first of each of these matters."""
    followed = follows.everything(unit, Role.COORDINATOR)
    if not followed:
        return dict.fromkeys(matter_ids, people.active(unit, Role.COORDINATOR))
    officials, abouts = follows.officials(unit, on), follows.abouts(unit, matter_ids)
    first = {about: rules.first(about, followed, officials) for about in {About(), *abouts.values()}}
    return {one: first[abouts.get(one, About())] for one in matter_ids}


def audience_of_agency(unit: Unit, agency_id: int | None, on: date) -> list[int]:
    """Return who in the office hears first of what is about an agency as such; everybody where it is about none."""
    followed = follows.everything(unit, Role.COORDINATOR)
    if not followed or agency_id is None:
        return people.active(unit, Role.COORDINATOR)
    return rules.first(follows.about_agency(unit, agency_id), followed, follows.officials(unit, on))


def listeners(unit: Unit, on: date) -> list[int]:
    """Return everybody who can hear for the office on a day: its people, and who stands in for one of them."""
    standing_in = [one.hears for one in follows.officials(unit, on) if one.reachable]
    return list(dict.fromkeys([*people.holders(unit, Role.COORDINATOR), *standing_in]))


def narrow(unit: Unit, now: datetime) -> int:
    """Leave what has just climbed to the office with those who hear of it first; return how many notices were dropped.

    Where no follower holds a notice of the matter everybody keeps it.
    """
    if not follows.everything(unit, Role.COORDINATOR):
        return 0
    by_matter: dict[int, list[tuple[int, int]]] = {}
    for row in notices.climbed_to_office(unit, now):
        by_matter.setdefault(row.matter_id, []).append((row.id, row.person_id))
    dropped, audience_of = [], audiences(unit, by_matter, today(now))
    for matter_id, rows in by_matter.items():
        first = set(audience_of[matter_id])
        if any(person in first for _, person in rows):
            dropped += [notice for notice, person in rows if person not in first]
    notices.drop(unit, dropped, "those who follow it hear first")
    return len(dropped)


def leaders_of(unit: Unit, about: About) -> list[int]:
    """Return the leaders in whose portfolio it lies, else every leader; those who can be reached."""
    reachable = people.holders(unit, Role.LEADER)
    covering = {one.person_id for one in follows.everything(unit, Role.LEADER) if one.covers(about)}
    return [one for one in reachable if one in covering] or reachable


def climb(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Tell the next above what has waited too long for the office's word; return how many notices are new.

    Each step of each wait is one occasion: it is said once, and what was answered meanwhile is not said.
    """
    day = today(now)
    if not offices.first_look(unit, _CLIMBED, day, now):
        return 0
    officials = follows.officials(unit, day)
    if not any(one.rank for one in officials):
        return 0
    every = office_settings.number(unit, "follow_up_days")
    before = _midnight_before(calendar, day, every)
    told, waits = 0, office_waits.since(unit, before)
    said = notices.told(unit, {one.matter_id for one in waits if one.matter_id is not None}, "waits:")
    for one in waits:
        at = rules.step(calendar.between(today(one.since), day), every)
        # Of a step that was passed over, say in a gap, only the later one is said.
        occasion = f"waits:{at}:{one.event}"
        to = [person for person in rules.above(at, officials) if (one.matter_id, occasion, person) not in said]
        told += _tell(unit, one, occasion, to, now)
    return told


_CLIMBED = "climbed_on"
"""The day of the last look: waits are counted in days, so one look a day finds them all."""


def _midnight_before(calendar: WorkCalendar, day: date, every: int) -> date:
    """Return the last day whose waits may have come to a step."""
    return calendar.subtract(calendar.on_or_before(day), every) + timedelta(days=1)


def _tell(unit: Unit, one: office_waits.Wait, occasion: str, person_ids: Iterable[int], now: datetime) -> int:
    kind = Kind.JOIN_REQUEST if one.matter_id is None else Kind.WAITS
    return sum(
        notices.add(
            unit,
            person_id,
            occasion,
            kind,
            now,
            role=Role.COORDINATOR,
            matter_id=one.matter_id,
            data=one.data,
        )
        for person_id in person_ids
    )


def _may_set(unit: Unit, viewer: Viewer | None, person_id: int, role: Role) -> None:
    """Raise where this person may not say what another follows; (None) the operator may."""
    held = {one for _, one in people.seats_held(unit, [person_id]).get(person_id, ())}
    if role not in OFFICIALS or role not in held:
        raise ActRefused("Chỉ cán bộ Văn phòng và lãnh đạo UBND đang tham gia mới có phần theo dõi.")
    if viewer is None or viewer.person_id == person_id:
        return
    if not (viewer.coordinates and viewer.rank >= HEAD_OF_OFFICE):
        raise ActRefused("Chỉ lãnh đạo Văn phòng mới đặt phần theo dõi của người khác.")


def _who(viewer: Viewer | None) -> dict[str, Any]:
    """Return whom an audit line names: the person, or, without one, the operator at the machine."""
    return {"actor": audit.OPERATOR} if viewer is None else {"person_id": viewer.person_id}


def follow(unit: Unit, viewer: Viewer | None, role: Role, what: Follow, now: datetime) -> int:
    """Let a person follow something from now on; return the follow's id.

    Raises ActRefused where the viewer may not, and where the same is followed already.
    """
    _may_set(unit, viewer, what.person_id, role)
    made = follows.add(unit, role, what, now)
    if made is None:
        raise ActRefused("Phần này đang được theo dõi rồi.")
    audit.record(unit, "follow", "person", what.person_id, now, **_who(viewer), follow=made, role=role.value)
    return made


def unfollow(unit: Unit, viewer: Viewer | None, follow_id: int, now: datetime) -> None:
    """End what is followed. Raises NotFound where it has ended, ActRefused where the viewer may not."""
    row = follows.get(unit, follow_id)
    if row is None:
        raise NotFound("phần theo dõi này")
    _may_set(unit, viewer, row.person_id, Role(row.role))
    follows.end(unit, follow_id, now)
    audit.record(unit, "unfollow", "person", row.person_id, now, **_who(viewer), follow=follow_id)


def set_rank(unit: Unit, viewer: Viewer | None, person_id: int, rank: int, now: datetime) -> None:
    """Give somebody of the office a rank, by a head of the office or (None) the operator.

    Raises ActRefused for others, for an unknown rank, and for a person without a seat in the office.
    """
    if viewer is not None and viewer.rank < HEAD_OF_OFFICE:
        raise ActRefused("Chỉ lãnh đạo Văn phòng mới đặt cấp của người trong Văn phòng.")
    if rank not in RANK_LABELS:
        raise ActRefused("Cấp không hợp lệ. Dùng 0 (chuyên viên), 1 (lãnh đạo phòng) hoặc 2 (lãnh đạo Văn phòng).")
    before = ranks.of(unit, person_id)
    if before is None:
        raise ActRefused("Người này không thuộc Văn phòng. Xem mã người bằng lệnh: nhacviec people list.")
    if ranks.put(unit, person_id, rank):
        audit.record(unit, "rank", "person", person_id, now, **_who(viewer), before=before, after=rank)
