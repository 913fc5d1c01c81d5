"""Group chats: bound to an agency by its own people, let go, told at the day's end how its work stands."""

from dataclasses import dataclass
from datetime import date, datetime

from actions import codes
from domain.errors import ActRefused, NotFound
from domain.groups import CODE_LIFE, summary_is_due
from domain.local import local, today
from domain.notices import Etiquette
from domain.outgoing import Message
from domain.people import JOIN_TRIES, JOIN_WINDOW, Role, Viewer
from messages.render import render
from storage import audit, endpoints, groups, invites, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import groups as group_views

KIND = groups.KIND

SAME_ANSWER = (
    "Mã gắn nhóm không dùng được: có thể mã sai, đã được dùng hoặc đã hết hạn. "
    "Xin lấy mã mới bằng lệnh /nhom trong trò chuyện riêng với Nhắc việc."
)
NOT_YOURS = "Chỉ người đang giữ vai trò ở cơ quan đã lấy mã mới gắn được nhóm này."
NOT_A_MEMBER = "Chỉ người đang giữ vai trò ở {agency} mới gỡ được nhóm này."
TAKEN = "Nhóm này đang gắn với {agency}. Người của cơ quan ấy gõ /huy trong nhóm để gỡ trước."


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes in a group, as the channel names them: also the name of their private chat."""

    channel: str
    chat: str


def new_code(unit: Unit, viewer: Viewer, agency_id: int, now: datetime) -> str:
    """Return a one-time code that binds a group to an agency of the viewer's. Raises NotFound for any other."""
    _own(viewer, agency_id)
    code = codes.fresh()
    code_id = groups.add_code(unit, codes.digest(unit, code), agency_id, now, CODE_LIFE)
    audit.record(unit, "group_code", "account_code", code_id, now, person_id=viewer.person_id, agency=agency_id)
    return code


def bind(unit: Unit, endpoint_id: int, title: str, sender: Sender, code: str, now: datetime) -> AnyRow:
    """Bind a group by a code, typed there by somebody of the agency, and return it as `storage.groups.bound` does.

    Raises ActRefused: for a bad code, for anybody else, where the group is another agency's.
    """
    if invites.attempts_since(unit, endpoint_id, now - JOIN_WINDOW) >= JOIN_TRIES:
        raise ActRefused(SAME_ANSWER)
    found = groups.usable_code(unit, codes.digest(unit, code), now)
    if found is None:
        raise WrongCode(SAME_ANSWER)
    viewer = _viewer(unit, sender, now)
    if viewer is None or found.agency_id not in _seats(viewer):
        raise ActRefused(NOT_YOURS)
    known = groups.bound(unit, endpoint_id)
    if known is not None and known.agency_id != found.agency_id:
        raise ActRefused(TAKEN.format(agency=known.agency))
    if not groups.use_code(unit, found.id, now):
        raise ActRefused(SAME_ANSWER)
    groups.bind(unit, endpoint_id, found.agency_id, title)
    audit.record(unit, "bind_group", "endpoint", endpoint_id, now, person_id=viewer.person_id, agency=found.agency_id)
    made = groups.bound(unit, endpoint_id)
    assert made is not None
    return made


class WrongCode(ActRefused):
    """No such code; the try counts against the group (see `note_wrong_code`)."""


def note_wrong_code(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Count a bad code against the group's limit."""
    invites.note_attempt(unit, endpoint_id, now)


def unbind_there(unit: Unit, endpoint_id: int, sender: Sender, now: datetime) -> None:
    """Let a group go, asked for in it. Raises ActRefused for whoever is not of its agency."""
    known = groups.bound(unit, endpoint_id)
    if known is None:
        return
    viewer = _viewer(unit, sender, now)
    if viewer is None or known.agency_id not in _seats(viewer):
        raise ActRefused(NOT_A_MEMBER.format(agency=known.agency))
    _let_go(unit, endpoint_id, viewer, now)


def unbind(unit: Unit, viewer: Viewer, endpoint_id: int, now: datetime) -> AnyRow:
    """Let one of the viewer's agencies' groups go and return what it was. Raises NotFound for any other."""
    known = _of(unit, viewer, endpoint_id)
    _let_go(unit, endpoint_id, viewer, now)
    return known


def _let_go(unit: Unit, endpoint_id: int, viewer: Viewer, now: datetime) -> None:
    groups.unbind(unit, endpoint_id)
    audit.record(unit, "unbind_group", "endpoint", endpoint_id, now, person_id=viewer.person_id)


def switch_summary(unit: Unit, viewer: Viewer, endpoint_id: int, now: datetime, *, on: bool) -> AnyRow:
    """Turn the evening summary of one of the viewer's agencies' groups on or off. Raises NotFound for any other."""
    known = _of(unit, viewer, endpoint_id)
    groups.switch_summary(unit, endpoint_id, on=on)
    audit.record(unit, "group_summary", "endpoint", endpoint_id, now, person_id=viewer.person_id, on=on)
    return known


def moved(unit: Unit, endpoint_id: int, chat: str) -> None:
    """Follow a group to its new address."""
    endpoints.move(unit, endpoint_id, chat)


def renamed(unit: Unit, endpoint_id: int, title: str) -> None:
    """Keep the name that a group has now."""
    groups.rename(unit, endpoint_id, title)


def greet(unit: Unit, endpoint_id: int, message: Message, now: datetime) -> bool:
    """Say once a day to a group that nobody has bound what this is; return whether that was new."""
    key = f"group:{endpoint_id}:hello:{today(now).isoformat()}"
    return groups.say_once(unit, key, endpoint_id, message.to_json(), now, asked=True)


def summarise(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    """Queue the evening summary of every group that wants one, once a day; return how many are new."""
    if not summary_is_due(now, etiquette):
        return 0
    day = today(now)
    until = etiquette.calendar.add(day, 1)
    said = 0
    for group in groups.without_summary(unit, day):
        how = group_views.standing(unit, group.agency_id, day, until)
        message = Message(render("groups/summary", agency=group.agency, how=how, day=day), numbered=False)
        said += groups.say_once(unit, groups.summary_key(group.id, day), group.id, message.to_json(), now)
    return said


def is_past(key: str, now: datetime) -> bool:
    """Whether a summary, known by its key, is of a day that is over."""
    *_, day = key.split(":")
    try:
        return date.fromisoformat(day) < local(now).date()
    except ValueError:
        return False


def _viewer(unit: Unit, sender: Sender, now: datetime) -> Viewer | None:
    person_id = groups.person_behind(unit, sender.channel, sender.chat) if sender.chat else None
    return people.viewer(unit, person_id, today(now)) if person_id is not None else None


def _seats(viewer: Viewer) -> frozenset[int]:
    return viewer.agencies_as(Role.OFFICER, Role.HEAD)


def _own(viewer: Viewer, agency_id: int) -> None:
    if agency_id not in _seats(viewer):
        raise NotFound("cơ quan này")


def _of(unit: Unit, viewer: Viewer, endpoint_id: int) -> AnyRow:
    known = groups.bound(unit, endpoint_id)
    if known is None or known.agency_id not in _seats(viewer):
        raise NotFound("nhóm này")
    return known
