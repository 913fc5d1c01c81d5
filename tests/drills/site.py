"""A data folder with officers on Telegram, the processes that work on it, and what stands in its database."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from actions import conversations, people
from domain.agencies import Agency
from domain.conversation import Conversation
from domain.local import VIETNAM
from domain.people import Role
from storage import people as people_rows
from storage.database import Unit
from tests.emulators.telegram import TelegramEmulator
from tests.office import Row, make_office
from tests.processes import OfficeProcess, told_clock
from tests.run_office import LEAP, WAITS

MORNING = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)
"""A Monday in office hours."""

SPEED = 20.0
"""Business seconds in one of the machine's: a wait of two seconds before a repeated attempt takes a tenth."""

AGAIN = "(nhắc lại) "
OFFICE = Agency("VP", "Văn phòng UBND tỉnh", level="province_department", coordinating=True, relation="subordinate")
TASK = ("Ban hành quyết định công bố thủ tục", "Trước ngày 30/6/2026")
"""What the plan asks of everyone unless told otherwise: content and deadline."""


def chat_of(n: int) -> int:
    """Return the chat of the n-th officer."""
    return 1000 + n


def _one_chat(n: int) -> Sequence[int]:
    return (chat_of(n),)


@dataclass(slots=True)
class Site:
    """Officers are numbered from 1, each alone in an agency, each with the chat 1000 + number unless told otherwise.

    `url` is that of a PostgreSQL database; without it a SQLite file stands in the folder. `waits` are seconds other
    than the product's (see `tests.run_office`).
    """

    folder: Path
    api: TelegramEmulator
    url: str = ""
    start: datetime = MORNING
    speed: float = SPEED
    pace: int = 200
    waits: str = ""
    fresh: bool = False
    """Whether every start of a process takes as long as in life (see `tests.processes`)."""
    more: dict[str, str] = field(default_factory=dict)
    """Settings for every process."""
    processes: list[OfficeProcess] = field(default_factory=list)
    _clock: dict[str, str] = field(default_factory=dict)

    async def furnish(
        self,
        officers: int,
        *,
        issue: bool,
        answering: bool = False,
        tasks: Sequence[tuple[str, str]] = (TASK,),
        chats: Callable[[int], Sequence[int]] = _one_chat,
        coordinator: int | None = None,
    ) -> None:
        """Make the folder: the officers have joined; with `issue` each has the tasks and is to be told of them.

        With `answering` each stands before the question how far the first of them is. `coordinator` is the chat of a
        coordinator in the office. The business clock of all processes starts now.
        """
        numbers = range(1, officers + 1)
        agencies = [Agency(f"A{n:03}", f"UBND xã Số {n:03}", level="commune_committee") for n in numbers]
        office = make_office(self.folder, self.url or None, self.start, directory=[OFFICE, *agencies])
        if coordinator is not None:
            await office.run(partial(self._join, "VP", Role.COORDINATOR, "Cán bộ Văn phòng", [coordinator]))
        for n in numbers:
            await office.run(partial(self._join, f"A{n:03}", Role.OFFICER, f"Cán bộ {n}", chats(n)))
        if issue:
            lead = "; ".join(one.name for one in agencies)
            await office.issue([Row(content, lead, deadline) for content, deadline in tasks])
        if answering:
            await office.run(self._ask_progress)
        await office.close()
        self.set_clock(self.start)

    def _join(self, agency: str, role: Role, name: str, chats: Sequence[int], unit: Unit) -> None:
        invite = people.invite(unit, agency, role, self.start)
        first, *others = (people.endpoint(unit, "telegram", str(chat), self.start) for chat in chats)
        joined = people.join(unit, first.id, None, invite.code, name, self.start)
        for other in others:
            people_rows.bind_endpoint(unit, other.id, joined.person_id)
        for chat in chats:
            self.api.world.person(chat)

    def _ask_progress(self, unit: Unit) -> None:
        rows = unit.conn.exec_driver_sql(
            "select endpoints.id, min(assignments.id) from endpoints"
            " join memberships on memberships.person_id = endpoints.person_id"
            " join assignments on assignments.agency_id = memberships.agency_id group by endpoints.id"
        ).all()
        for endpoint_id, assignment_id in rows:
            conversations.save(unit, endpoint_id, Conversation("progress", {"id": assignment_id}), self.start)

    def set_clock(self, moment: datetime) -> None:
        """Let the business clock of the processes that start from now on stand at this moment now."""
        self._clock = told_clock(moment, self.speed)

    def follow(self, other: "Site") -> None:
        """Let the business clock stand as another site's does, from now on."""
        self._clock = other._clock
        self.leap(float(other._leap.read_text()) if other._leap.exists() else 0.0)

    def leap(self, seconds: float) -> None:
        """Let the business clock of every process stand wrong by so many seconds from now on."""
        fresh = self._leap.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._leap)

    @property
    def _leap(self) -> Path:
        return self.folder.parent / f"{self.folder.name}-leap"

    def process(self, *, drill: bool = True) -> OfficeProcess:
        """Return a process on this folder; it does not run yet."""
        settings = {
            "TELEGRAM_TOKEN": self.api.token,
            "TELEGRAM_API_URL": self.api.url,
            "TELEGRAM_PER_SECOND": str(self.pace),
            **({"NHACVIEC_DATABASE_URL": self.url} if self.url else {}),
            **({WAITS: self.waits} if self.waits else {}),
            **self._clock,
            **({LEAP: str(self._leap)} if self._leap.exists() else {}),
            **self.more,
        }
        made = OfficeProcess(
            self.folder, settings, drill=drill, fresh=self.fresh, name=f"office{len(self.processes) + 1}"
        )
        self.processes.append(made)
        return made

    async def clear(self) -> None:
        """Kill what still runs."""
        for one in self.processes:
            await one.clear()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, past all of our own code."""
        if self.url:
            with psycopg.connect(self.url) as server:
                return server.execute(query.encode()).fetchall()
        with closing(sqlite3.connect(f"file:{self.folder / 'nhacviec.db'}?mode=ro", uri=True)) as file:
            return file.execute(query).fetchall()

    def count(self, query: str) -> int:
        """Return the one number a query gives."""
        return int(self.ask(query)[0][0])

    def at_rest(self, messages: int) -> bool:
        """Whether everything that came in is handled and, of at least so many messages, none waits to be sent."""
        asked = (
            "select (select count(*) from inbox where state = 'waiting'),"
            " sum(case when state in ('waiting', 'sending') then 1 else 0 end), count(*) from outbox"
        )  # of one moment: between two questions the sweep may write
        taken_in, going, made = self.ask(asked)[0]
        return made >= messages and not taken_in and not going

    def heard(self, n: int, words: str = "") -> list[str]:
        """Return what arrived in an officer's chat, in order, where it holds these words."""
        return [sent.text for sent in self.api.world.sent if sent.chat == chat_of(n) and words in sent.text]
