"""A list of late work as plain text to be pasted into a group: agencies in the office's order, nothing of persons."""

from itertools import groupby
from typing import Any

from bot import scopes
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain import pasting
from domain.agencies import ASKED_TO_COOPERATE
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.local import local, short_day
from domain.outgoing import Message
from domain.urging import left_out, why_not
from messages.render import render
from storage.views import office, overview, standing
from storage.views.work import Work

MOST_PARTS = 5
"""A text of more messages than this names its agencies with their counts alone: nobody pastes forty messages."""


def show(desk: Desk, button: Button) -> Reply:
    """Answer with the text, in as many messages as it takes, each ready to be copied whole."""
    coordinator(desk)
    scope = scopes.of(button)
    works = scope.works(desk)
    stands = standing.of(desk.unit, works, desk.day)
    told = [one for one in overview.ranked(desk.unit, works) if why_not(one, stands[one.id], desk.day) is None]
    if not told:
        raise ActRefused("Không có việc nào để đưa vào bản dán: việc còn lại đang chờ Văn phòng hoặc cơ quan khác.")
    at = f"{local(desk.now):%H giờ %M} ngày {short_day(desk.day)}"
    groups = [list(several) for _, several in groupby(told, key=lambda one: one.agency_id)]
    counts: dict[str, Any] = {"at": at, "total": len(told), "agencies": len(groups)}
    head = render("paste/head", **counts)
    foot = render("paste/foot", office=office.name(desk.unit), left_out=len(works) - len(told))
    texts = pasting.parts(head, [_block(number, group) for number, group in enumerate(groups, 1)], foot)
    brief = len(texts) > MOST_PARTS
    if brief:
        lines = [_line(number, group) for number, group in enumerate(groups, 1)]
        texts = pasting.parts(head, [["Số việc của từng cơ quan, đơn vị:", *lines]], foot)
    choices = [scope.back(), choice("Tổng hợp", Verb.DIGEST)]
    without = left_out(works, stands, desk.day)
    ending = say("office/pasted", parts=len(texts), brief=brief, without=without, **counts, choices=choices)
    return Reply((*(Message(text, heading=False) for text in texts), *ending.messages), ending.conversation)


def _block(number: int, works: list[Work]) -> list[str]:
    return render("paste/agency", at=number, works=works, **_named(works)).splitlines()


def _line(number: int, works: list[Work]) -> str:
    longest = max(one.standing.late_days or 0 for one in works)
    return render("paste/brief", at=number, works=works, longest=longest, **_named(works)).strip()


def _named(works: list[Work]) -> dict[str, Any]:
    return {"agency": works[0].agency, "cooperates": works[0].relation in ASKED_TO_COOPERATE}
