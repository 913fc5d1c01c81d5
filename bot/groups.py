"""Group chats: an agency's own group, where it is told how tasks stand. To act, people are shown the way out of it.

Only commands, answers to us and calls by name are answered; nothing personal is said, and nothing can be pressed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from actions import accounts, groups, outbox, people
from actions.groups import Sender
from bot import joining
from bot.routes import COMMANDS
from domain.errors import ActRefused
from domain.evidence import code_in, codes_in
from domain.incoming import Incoming, Sent
from domain.lateness import Lateness
from domain.local import today
from domain.outgoing import Capabilities, Link, Message
from domain.words import fold, squeeze
from messages.render import render
from storage.views import AnyRow, Unit, office, standing, threads, work
from storage.views import groups as group_views

CODE_ENDED = (
    "Mã nối tài khoản vừa gửi đã bị huỷ vì cả nhóm đều đọc được; "
    "xin gõ lienket trong trò chuyện riêng để lấy mã mới và gõ mã đó ở tài khoản cần nối, không gõ trong nhóm."
)

PAGE = 8
MOST_CODES = 5
AHEAD = 5
"""Working days that /tonghop looks ahead."""


@dataclass(frozen=True, slots=True)
class Room:
    """One update from a group, and what is known of the group."""

    unit: Unit
    now: datetime
    incoming: Incoming
    endpoint_id: int

    @property
    def day(self) -> date:
        """Today in Viet Nam."""
        return today(self.now)

    @property
    def sender(self) -> Sender:
        """Who writes."""
        return Sender(self.incoming.channel, self.incoming.sender)


def handle(unit: Unit, incoming: Incoming, endpoint: AnyRow, key: str, can: Capabilities, now: datetime) -> None:
    """Do what an update from a group asks, and answer under the message that asks."""
    room = Room(unit, now, incoming, endpoint.id)
    if incoming.sent is Sent.MOVED:
        groups.moved(unit, endpoint.id, incoming.moved_to)
        return
    people.chat_revived(unit, endpoint, now)
    if incoming.sent is Sent.UNBLOCKED:
        _greet(room)
        return
    if incoming.sent in {Sent.TEXT, Sent.FILE}:
        message = _answer(room)
        if message is not None:
            threaded = replace(message, answers=incoming.message_id)
            outbox.reply(unit, key, endpoint.id, None, [threaded], can, now)


def _answer(room: Room) -> Message | None:
    try:
        with room.unit.attempt():
            return _route(room)
    except groups.WrongCode as wrong:
        groups.note_wrong_code(room.unit, room.endpoint_id, room.now)
        return _sentence(wrong.sentence)
    except ActRefused as refused:
        return _sentence(refused.sentence)


def _route(room: Room) -> Message | None:
    text = squeeze(room.incoming.text)
    if accounts.end_exposed(room.unit, room.endpoint_id, text, room.now):
        return _sentence(CODE_ENDED)
    head, _, rest = text.partition(" ")
    word = fold(head.removeprefix("/")) if head.startswith("/") else ""
    called = room.incoming.called or bool(room.incoming.quotes)
    if word == "start" and rest:
        return _bind(room, rest.strip())
    group = group_views.bound(room.unit, room.endpoint_id)
    if group is None:
        if called and joining.looks_like_code(text):
            return _bind(room, text)
        if called or word in COMMANDS:
            _greet(room)
        return None
    if group.title != room.incoming.title and room.incoming.title:
        groups.renamed(room.unit, room.endpoint_id, room.incoming.title)
    if word:
        asked = _COMMANDS.get(word)
        return asked(room, group, rest.strip()) if asked else _elsewhere(room, rest, word in COMMANDS or called)
    if codes_in(text):
        return _stands(room, group, codes_in(text))
    quoted = threads.told_in_message(room.unit, room.endpoint_id, room.incoming.quotes)
    if quoted:
        return _stands(room, group, quoted)
    return _help(room, group, "") if called else None


def _greet(room: Room) -> None:
    """Say what this is and how it is bound, once a day, to a group that nobody has bound."""
    if group_views.bound(room.unit, room.endpoint_id) is None:
        said = Message(render("groups/unbound", office=office.name(room.unit)), heading=False)
        groups.greet(room.unit, room.endpoint_id, said, room.now)


def _bind(room: Room, code: str) -> Message:
    made = groups.bind(room.unit, room.endpoint_id, room.incoming.title, room.sender, code, room.now)
    return Message(render("groups/bound", agency=made.agency))


def _let_go(room: Room, group: AnyRow, _rest: str) -> Message:
    groups.unbind_there(room.unit, room.endpoint_id, room.sender, room.now)
    return _sentence(render("groups/unbound_now", agency=group.agency))


def _list(room: Room, group: AnyRow, rest: str) -> Message:
    """Show one page of the agency's open tasks, or the one that a code names."""
    if codes_in(rest):
        return _stands(room, group, codes_in(rest))
    works = work.of_agencies(room.unit, [group.agency_id], room.day)
    pages = max(1, -(-len(works) // PAGE))
    wanted = int(rest[:4]) if rest[:4].isascii() and rest[:4].isdigit() else 1
    page = min(max(wanted, 1), pages)
    stands = standing.of(room.unit, works, room.day)
    said = render(
        "groups/list",
        agency=group.agency,
        total=len(works),
        late=sum(one is Lateness.LATE for one in stands.values()),
        works=works[(page - 1) * PAGE : page * PAGE],
        stands=stands,
        page=page,
        pages=pages,
        day=room.day,
    )
    return Message(said)


def _overview(room: Room, group: AnyRow, _rest: str) -> Message:
    until = office.calendar(room.unit).add(room.day, AHEAD)
    how = group_views.standing(room.unit, group.agency_id, room.day, until)
    return Message(render("groups/overview", agency=group.agency, how=how, day=room.day))


def _stands(room: Room, group: AnyRow, codes: tuple[str, ...]) -> Message:
    """Tell how tasks stand, and where one can act on them."""
    asked = codes[:MOST_CODES]
    works = group_views.by_codes(room.unit, group.agency_id, asked, room.day)
    missing = [code for code in asked if code not in {one.code for one in works}]
    stands = standing.of(room.unit, works, room.day)
    said = render("groups/status", agency=group.agency, works=works, stands=stands, missing=missing, day=room.day)
    way = _way_out(room, works[0].code if len(works) == 1 else "") if works else ()
    return Message(said, links=way, heading=False)


def _help(room: Room, group: AnyRow, _rest: str) -> Message:
    return Message(render("groups/help", agency=group.agency), links=_way_out(room, ""))


def _elsewhere(room: Room, rest: str, meant: bool) -> Message | None:
    """Show the way to the private chat; a command that none of ours has may be another bot's."""
    if not meant:
        return None
    code = code_in(rest) or ""
    return Message(render("groups/private", code=code), links=_way_out(room, code), heading=False)


def _way_out(room: Room, code: str) -> tuple[Link, ...]:
    link = office.deep_link(room.unit, "start", code or "viec")
    return (Link("Mở trong trò chuyện riêng", link),) if link else ()


def _sentence(text: str) -> Message:
    return Message(text, heading=False)


_COMMANDS: dict[str, Callable[[Room, AnyRow, str], Message]] = {
    "viec": _list,
    "tonghop": _overview,
    "trogiup": _help,
    "start": _help,
    "huy": _let_go,
}
"""Commands that a bound group answers; all others are answered with the way to the private chat."""
