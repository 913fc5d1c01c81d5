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
from domain.urging import why_not
from messages.render import render
from storage.views import office, overview, standing
from storage.views.work import Work


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
    texts = pasting.parts(
        render("paste/head", **counts),
        [_block(number, group) for number, group in enumerate(groups, 1)],
        render("paste/foot", office=office.name(desk.unit), left_out=len(works) - len(told)),
    )
    ending = say("office/pasted", parts=len(texts), **counts, choices=[scope.back(), choice("Tổng hợp", Verb.DIGEST)])
    return Reply((*(Message(text, heading=False) for text in texts), *ending.messages), ending.conversation)


def _block(number: int, works: list[Work]) -> list[str]:
    cooperates = works[0].relation in ASKED_TO_COOPERATE
    return render("paste/agency", at=number, agency=works[0].agency, works=works, cooperates=cooperates).splitlines()
