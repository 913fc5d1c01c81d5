"""Leaders' digests: when they are said, to whom, and what the office says of a coming one beforehand."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from actions import approving
from actions.compose.digest import foot, kind_of
from domain import digests as rules
from domain.digests import CHECK_AT, Check, Digest, Saying, Wanted
from domain.errors import ActRefused, NotFound
from domain.local import local, today
from domain.notices import Etiquette, Kind, occasion_of_digest
from domain.people import Role, Viewer
from domain.words import squeeze
from storage import audit, digests, notices, office_settings, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import digest as views
from storage.views import portfolios

_SILENT = "looked"
"""The kind under which it is noted that a morning's figures were looked at and not said."""

NOTE_LONGEST = 300
"""Characters of the office's own sentence in a digest."""


def said_at(unit: Unit) -> time:
    """Return the local time of the digest."""
    return time.fromisoformat(office_settings.text(unit, "digest_at"))


def moments(unit: Unit, now: datetime, etiquette: Etiquette) -> list[datetime]:
    """Return the next moments at which a digest may have to be said, or shown to the office."""
    if not people.active(unit, Role.LEADER):
        return []
    hours = [said_at(unit), *((CHECK_AT,) if office_settings.on(unit, "digest_check") else ())]
    return [rules.next_at(now, one, etiquette.calendar) for one in hours]


def announce(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    """Write today's digest for each leader and each reader who is to hear it; return how many notices are new.

    From its hour on of a working day, unless the office holds it. One that says nothing new is left out, save on
    the first working day of a week; a morning's figures are compared once.
    """
    moment, day = local(now), today(now)
    if not etiquette.calendar.is_working(day) or moment.time() < said_at(unit):
        return 0
    waiting = [one for one in _recipients(unit) if not _settled(unit, *one, day)]
    if not waiting or digests.is_held(unit, day) or not views.any_assignment(unit):
        return 0
    found = {leader_id: views.of_leader(unit, leader_id, day) for leader_id in {leader for _, leader in waiting}}
    week_begins = rules.begins_week(day, etiquette.calendar)
    return sum(
        _say(unit, person_id, leader_id, found[leader_id], now, week_begins=week_begins)
        for person_id, leader_id in waiting
    )


def _recipients(unit: Unit) -> list[tuple[int, int]]:
    """Return who reads whose digest, as (person, leader): the leaders who can be reached, and those who read theirs."""
    own = [(one, one) for one in people.holders(unit, Role.LEADER)]
    readers = portfolios.readers(unit)
    reachable = people.first_chats(unit, {one.reader_id for one in readers}) if readers else {}
    return [*own, *((one.reader_id, one.leader_id) for one in readers if one.reader_id in reachable)]


def _occasion(person_id: int, leader_id: int, day: date) -> str:
    own = occasion_of_digest(day)
    return own if person_id == leader_id else f"{own}:of:{leader_id}"


def _silent(leader_id: int) -> str:
    return f"{_SILENT}:{leader_id}"


def _settled(unit: Unit, person_id: int, leader_id: int, day: date) -> bool:
    if not notices.without(unit, _occasion(person_id, leader_id, day), [person_id]):
        return True
    return digests.is_kept(unit, person_id, _silent(leader_id), day)


def _say(unit: Unit, person_id: int, leader_id: int, digest: Digest, now: datetime, *, week_begins: bool) -> bool:
    since = digests.since(unit, person_id, kind_of(person_id, leader_id), digest.day)
    news = "" if foot(unit, digest.day) else digest.fingerprint  # that messages did not leave is news by itself
    how = rules.saying(news, since, digests.wanted(unit, person_id), week_begins=week_begins)
    if how is Saying.NOTHING:
        digests.keep(unit, person_id, _silent(leader_id), digest.day, {}, digest.fingerprint, now)
        return False
    occasion = _occasion(person_id, leader_id, digest.day)
    data = None if person_id == leader_id else {"leader": leader_id}
    return notices.add(unit, person_id, occasion, Kind.DIGEST, now, role=Role.LEADER, data=data)


def want(unit: Unit, viewer: Viewer, how: Wanted, now: datetime) -> None:
    """Keep how often a person wants the digest."""
    digests.want(unit, viewer.person_id, how, now)
    audit.record(unit, "want_digest", "person", viewer.person_id, now, person_id=viewer.person_id, wanted=how.value)


def name_reader(unit: Unit, viewer: Viewer | None, leader_id: int, reader_id: int, now: datetime) -> int:
    """Let a person read a leader's digest from now on; return the row's id.

    The leader, a coordinator or (None) the operator may. Raises ActRefused for others, for who leads nothing, and
    where it is so already.
    """
    _may_share(viewer, leader_id)
    if leader_id not in people.active(unit, Role.LEADER):
        raise ActRefused("Chỉ bản tin của lãnh đạo UBND đang tham gia mới chia sẻ được.")
    if not people.seats_held(unit, [reader_id]).get(reader_id):
        raise ActRefused("Chỉ người đang tham gia mới cùng xem bản tin được. Xin cấp mã tham gia trước.")
    if reader_id == leader_id or portfolios.readers(unit, leader_id=leader_id, reader_id=reader_id):
        raise ActRefused("Người này đã xem bản tin này rồi.")
    made = digests.add_reader(unit, leader_id, reader_id, now)
    audit.record(unit, "share_digest", "person", leader_id, now, **_who(viewer), reader=reader_id)
    return made


def end_reader(unit: Unit, viewer: Viewer | None, row_id: int, now: datetime) -> portfolios.Reader:
    """Let a person read a leader's digest no longer. Raises NotFound where it has ended, ActRefused for others."""
    found = next((one for one in portfolios.readers(unit) if one.id == row_id), None)
    if found is None:
        raise NotFound("người xem bản tin này")
    if viewer is None or viewer.person_id != found.reader_id:  # who reads it may also give it back
        _may_share(viewer, found.leader_id)
    digests.end_reader(unit, row_id, now)
    audit.record(unit, "unshare_digest", "person", found.leader_id, now, **_who(viewer), reader=found.reader_id)
    return found


def _who(viewer: Viewer | None) -> dict[str, Any]:
    """Return who did it, for the audit trail: the viewer, or the operator."""
    return {"actor": audit.OPERATOR} if viewer is None else {"person_id": viewer.person_id}


def _may_share(viewer: Viewer | None, leader_id: int) -> None:
    if viewer is None or viewer.coordinates or (viewer.leads and viewer.person_id == leader_id):
        return
    raise ActRefused("Chỉ chính đồng chí lãnh đạo hoặc cán bộ Văn phòng mới cử người xem bản tin.")


def next_day(now: datetime, etiquette: Etiquette) -> date:
    """Return the working day whose digest is shown to the office now: the next one."""
    return etiquette.calendar.add(today(now), 1)


def show_check(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    """Show the coordinators, where the office wants it, the next working morning's digest; return how many are new."""
    day = today(now)
    if not office_settings.on(unit, "digest_check") or not etiquette.calendar.is_working(day):
        return 0
    if local(now).time() < CHECK_AT or not views.any_assignment(unit) or not people.active(unit, Role.LEADER):
        return 0
    coming = next_day(now, etiquette)
    to = notices.without(unit, f"digest_check:{coming.isoformat()}", people.holders(unit, Role.COORDINATOR))
    if not to:
        return 0
    digests.open_check(unit, coming, now)
    return _tell(unit, to, coming, now)


def _tell(unit: Unit, to: Iterable[int], coming: date, now: datetime) -> int:
    data = {"day": coming.isoformat()}
    occasion = f"digest_check:{coming.isoformat()}"
    return sum(notices.add(unit, one, occasion, Kind.DIGEST_CHECK, now, role=Role.COORDINATOR, data=data) for one in to)


def decide(unit: Unit, viewer: Viewer, day: date, state: Check, now: datetime) -> None:
    """Hold a digest that has not left, or let it go. Raises ActRefused for who may not, and where it has left."""
    row = may_check(unit, viewer, day, now)
    if row.state == state:
        return
    _written(digests.decide(unit, row, viewer.person_id, now, state=state))
    audit.record(unit, "check_digest", "digest_check", row.id, now, person_id=viewer.person_id, state=state.value)


def add_note(unit: Unit, viewer: Viewer, day: date, text: str, now: datetime) -> str:
    """Let a digest bear the office's own sentence ("" for none), and return it. Raises ActRefused as `decide` does."""
    row, note = may_check(unit, viewer, day, now), squeeze(text)
    if len(note) > NOTE_LONGEST:
        raise ActRefused(f"Lời của Văn phòng dài quá {NOTE_LONGEST} ký tự. Xin viết ngắn hơn.")
    _written(digests.decide(unit, row, viewer.person_id, now, note=note))
    audit.record(unit, "note_digest", "digest_check", row.id, now, person_id=viewer.person_id)
    return note


def may_check(unit: Unit, viewer: Viewer, day: date, now: datetime) -> AnyRow:
    """Return the office's look at a digest that has not left. Raises ActRefused where it has, and for who may not."""
    approving.check(unit, viewer)
    row = digests.check(unit, day)
    if row is None or day < today(now):
        raise ActRefused("Bản tin này không còn để xem trước. Gõ tonghop để xem số liệu hiện nay.")
    if digests.said_on(unit, day):
        raise ActRefused("Bản tin này đã gửi tới lãnh đạo rồi, không giữ lại hay sửa được nữa.")
    return row


def _written(done: bool) -> None:
    if not done:
        raise ActRefused("Người khác trong Văn phòng vừa quyết định bản tin này. Xin mở lại để xem.")
