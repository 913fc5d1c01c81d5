"""The menus of commands that a channel shows beside the typing line: by what a person can do, set where they changed.

Best effort and after the fact: what cannot be set now is set in a later round, and no message waits for it.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from actions import menus
from bot.routes import COMMANDS
from channels.base import ChannelError
from domain.delivery import Reason, Refused
from domain.people import Role
from storage.views import Database, Unit, office
from storage.views import menus as menu_views

log = structlog.get_logger(__name__)

EVERYONE, GROUPS = "", "groups"
"""Whose menu it is, beside a chat's own, as the channel names them."""

AT_ONCE = 100
"""So many menus are set in a round."""

_CITIZEN = ("phananh", "tracuu", "dulieu", "riengtu", "trogiup", "huy")
_MEMBER = ("viec", "pakn", "baocao", "giahan", "vuongmac", "uyquyen", "bieumau", "chitieu", "nhom", "daumoi", "trang")
_OWN = ("lichhan", "caidat", "lienket", "riengtu", "trogiup", "huy")
_BY_ROLE: Mapping[Role, Sequence[str]] = {
    Role.COORDINATOR: (
        "tonghop",
        "trang",
        "giao",
        "thongbao",
        "baocaoky",
        "kehoach",
        "bieumau",
        "chitieu",
        "congkhai",
        "lich",
        "theodoi",
    ),
    Role.LEADER: ("tonghop", "trang", "baocaoky", "chitieu", "theodoi"),
    Role.OFFICER: _MEMBER,
    Role.HEAD: (*_MEMBER, "tonghop"),
}
"""The first role that somebody holds comes first in the menu."""

GROUP_MENU = (
    ("viec", "Việc đang mở của cơ quan"),
    ("tonghop", "Số việc, việc quá hạn, sắp đến hạn"),
    ("trogiup", "Trong nhóm này hỏi được gì"),
    ("huy", "Gỡ nhóm khỏi cơ quan"),
)

Menu = tuple[tuple[str, str], ...]


def menu_of(roles: Collection[Role]) -> Menu:
    """Return the menu of somebody with these roles: what each can do, then what everybody can; a citizen's for none."""
    words = [word for role in _BY_ROLE if role in roles for word in _BY_ROLE[role]]
    every = dict.fromkeys([*words, *_OWN] if words else _CITIZEN)
    return tuple((word, COMMANDS[word][1]) for word in every if word in COMMANDS)


class Shows(Protocol):
    """A channel that shows menus."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    async def set_commands(self, commands: Sequence[tuple[str, str]], whose: str) -> None:
        """Set a menu, or with none let the wider one apply. Raises ChannelError."""
        ...


@dataclass(frozen=True, slots=True)
class MenuKeeper:
    """Keeps one account's menus as they should be."""

    db: Database
    channel: Shows

    async def step(self) -> int:
        """Set the menus that are not what they should be; return how many were."""
        name = self.channel.name
        due = await self.db.read(lambda unit: _due(unit, name))
        done: dict[str, str] = {}
        for whose, menu, mark in due[:AT_ONCE]:
            try:
                await self.channel.set_commands(menu, whose)
            except ChannelError as error:
                log.warning("menu_not_set", channel=name, error=str(error))
                if not _is_the_chats(error):
                    break
            done[whose] = mark
        if done:
            await self.db.run(lambda unit: menus.note(unit, name, done))
        return len(done)


def _is_the_chats(error: ChannelError) -> bool:
    """Whether one chat takes no menu, and the next may: asking again would change nothing."""
    outcome = error.outcome
    return isinstance(outcome, Refused) and outcome.reason in {Reason.BROKEN, Reason.BLOCKED, Reason.MOVED}


def _due(unit: Unit, channel: str) -> list[tuple[str, Menu, str]]:
    """Return whose menus are to be set, what they hold, and how that is noted."""
    bot = str(office.setting(unit, "telegram_bot") or "")
    wanted: dict[str, Menu] = {EVERYONE: menu_of(()), GROUPS: GROUP_MENU}
    wanted |= {chat: menu_of(roles) for chat, roles in menu_views.roles_by_chat(unit, channel).items()}
    noted = menu_views.noted(unit, channel)
    gone = {whose: () for whose, mark in noted.items() if mark and whose not in wanted}
    marks = {whose: _mark(bot, menu) for whose, menu in (wanted | gone).items()}
    return [
        (whose, menu, marks[whose]) for whose, menu in (wanted | gone).items() if noted.get(whose, "") != marks[whose]
    ]


def _mark(bot: str, menu: Menu) -> str:
    """Return a short name of a menu of this bot's, "" for none."""
    return hashlib.sha256(json.dumps([bot, menu]).encode()).hexdigest()[:16] if menu else ""
