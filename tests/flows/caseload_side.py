"""A case in an agency's hands, for flows: passed on by a coordinator, its limit set."""

from datetime import datetime

from sqlalchemy import select

from actions import office_settings
from actions.cases import forwarding
from actions.cases.forwarding import Handed, Transfer
from domain.local import VIETNAM
from storage.cases import rows
from storage.database import Unit
from storage.schema import agencies
from storage.types import AnyRow
from storage.views.cases import register
from tests.flows.register_side import viewer_of
from tests.office import Chat, Heard, Office


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a local moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


async def limits(office: Office, **settings: str) -> None:
    """Set what the province decides itself."""

    def work(unit: Unit) -> None:
        for name, text in settings.items():
            office_settings.change(unit, None, name, text, office.clock())

    await office.run(work)


async def passed_on(office: Office, coordinator: Chat, code: str, agency: str, letter: str = "") -> Handed:
    """Pass a case on to an agency, as a coordinator."""

    def work(unit: Unit) -> Handed:
        case = register.by_code(unit, code)
        assert case is not None
        agency_id = unit.conn.execute(select(agencies.c.id).where(agencies.c.code == agency)).scalar_one()
        viewer = viewer_of(unit, office, coordinator)
        return forwarding.forward(unit, viewer, case.id, agency_id, Transfer(letter), office.clock())

    return await office.run(work)


async def told(chat: Chat) -> list[Heard]:
    """Return what a person was told unasked since last looked at."""
    return [one for one in await chat.heard() if one.kind != "reply"]


def row_of(unit: Unit, code: str) -> AnyRow:
    """Return a case's whole row."""
    found = rows.by_code(unit, code)
    assert found is not None
    return found


async def case_of(office: Office, code: str) -> AnyRow:
    """Return a case's whole row as it stands now."""
    return await office.read(lambda unit: row_of(unit, code))


async def does(chat: Chat, code: str, *steps: str) -> Heard:
    """Open a case by its code and press, or (after "=") type, one thing after the other; return the last answer."""
    answer = (await chat.say(code))[-1]
    for step in steps:
        answer = (await (chat.say(step[1:]) if step.startswith("=") else chat.press(step)))[-1]
    return answer
