"""A data folder with officers on Telegram, the processes that work on it, and what stands in its database."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from actions import conversations, people
from domain.agencies import Agency
from domain.conversation import Conversation
from domain.local import VIETNAM
from domain.people import Role
from storage.database import Unit
from tests.emulators.telegram import TelegramEmulator
from tests.office import Row, make_office
from tests.processes import OfficeProcess, told_clock

MORNING = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)
"""A Monday in office hours."""

SPEED = 20.0
"""Business seconds in one of the machine's: a wait of two seconds before a repeated attempt takes a tenth."""

AGAIN = "(nhắc lại) "
OFFICE = Agency("VP", "Văn phòng UBND tỉnh", level="province_department", coordinating=True, relation="subordinate")


@dataclass(slots=True)
class Site:
    """Officers are numbered from 1, each alone in an agency, each with the chat 1000 + number."""

    folder: Path
    api: TelegramEmulator
    processes: list[OfficeProcess] = field(default_factory=list)
    _settings: dict[str, str] = field(default_factory=dict)

    async def furnish(self, officers: int, *, issue: bool, answering: bool = False) -> None:
        """Make the folder: the officers have joined; with `issue` each has one task and is to be told of it.

        With `answering` each stands before the question how far the work is.
        """
        agencies = [Agency(f"A{n:03}", f"UBND xã Số {n:03}", level="commune_committee") for n in _up_to(officers)]
        office = make_office(self.folder, start=MORNING, directory=[OFFICE, *agencies])
        for n in _up_to(officers):
            await office.run(partial(_join, n))
        if issue:
            lead = "; ".join(one.name for one in agencies)
            await office.issue([Row("Ban hành quyết định công bố thủ tục", lead, "Trước ngày 30/6/2026")])
        if answering:
            await office.run(_ask)
        await office.close()
        for n in _up_to(officers):
            self.api.world.person(chat_of(n))
        self._settings = {
            "TELEGRAM_TOKEN": self.api.token,
            "TELEGRAM_API_URL": self.api.url,
            "TELEGRAM_PER_SECOND": "200",
            **told_clock(MORNING, SPEED),
        }

    def process(self, *, drill: bool = True) -> OfficeProcess:
        """Return a process on this folder; it does not run yet."""
        made = OfficeProcess(self.folder, self._settings, drill=drill, name=f"office{len(self.processes) + 1}")
        self.processes.append(made)
        return made

    async def clear(self) -> None:
        """Kill what still runs."""
        for one in self.processes:
            await one.clear()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, past all of our own code."""
        with closing(sqlite3.connect(f"file:{self.folder / 'nhacviec.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()

    def count(self, query: str) -> int:
        """Return the one number a query gives."""
        return int(self.ask(query)[0][0])

    def heard(self, n: int, words: str = "") -> list[str]:
        """Return what arrived in an officer's chat, in order, where it holds these words."""
        return [sent.text for sent in self.api.world.sent if sent.chat == chat_of(n) and words in sent.text]


def chat_of(n: int) -> int:
    """Return the chat of the n-th officer."""
    return 1000 + n


def _up_to(officers: int) -> range:
    return range(1, officers + 1)


def _join(n: int, unit: Unit) -> None:
    invite = people.invite(unit, f"A{n:03}", Role.OFFICER, MORNING)
    endpoint = people.endpoint(unit, "telegram", str(chat_of(n)), MORNING)
    people.join(unit, endpoint.id, None, invite.code, f"Cán bộ {n}", MORNING)


def _ask(unit: Unit) -> None:
    rows = unit.conn.exec_driver_sql(
        "select endpoints.id, assignments.id from endpoints"
        " join memberships on memberships.person_id = endpoints.person_id"
        " join assignments on assignments.agency_id = memberships.agency_id"
    ).all()
    for endpoint_id, assignment_id in rows:
        conversations.save(unit, endpoint_id, Conversation("progress", {"id": assignment_id}), MORNING)
