"""Rehearsing a plan: the real sweep, ladder, merging, digests and delivery on a virtual clock.

Everything happens in a temporary database; no message leaves. Who is not known is supposed: one officer and one
head an agency, one coordinator, one leader.
"""

import asyncio
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Literal

from actions import agencies, assignments, catchup, issue, people, plans
from actions.assignments import Proof
from actions.people import Newcomer
from app import house_rules
from app.guessing import nearest_name
from app.house_rules import HouseRules
from app.settings import read
from app.simulate import Simulation
from app.timing import SetClock
from app.wiring import Office, build, open_store
from domain.agencies import Agency, Directory
from domain.errors import ActRefused
from domain.local import VIETNAM, local, today
from domain.people import Role
from domain.plans import Draft, to_json
from domain.rehearsals import Heard, Rehearsed, Task, breaches
from storage.database import Unit
from storage.views import office as office_views
from storage.views import told, work, worklists

Answers = Literal["none", "prompt", "late"]

LATE_AFTER = 5
"""With "late" everybody reports so many working days after T, and one more."""

_AHEAD = timedelta(days=31)
"""With "prompt" what is due within so many days is looked at: no stretch of holidays before T is as long."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is rehearsed: the plan, the directory, the days, how people answer, and the office's own rules."""

    draft: Draft
    directory: Sequence[Agency]
    first: date
    last: date
    answers: Answers
    rules: HouseRules = field(default_factory=HouseRules)
    settings: Mapping[str, str] = field(default_factory=dict)
    """Further settings of the environment that are part of what is said."""


def rehearse(script: Script) -> Rehearsed:
    """Return every unsolicited message of the rehearsed days, in order, and what became of the plan's assignments.

    Raises ActRefused where the plan reaches nobody.
    """
    with tempfile.TemporaryDirectory(prefix="nhacviec-rehearsal-", dir=_scratch()) as folder:
        return asyncio.run(_rehearse(script, Path(folder)))


def _scratch() -> Path | None:
    """Return the memory-backed folder where there is one: nothing of a rehearsal needs to outlive a power cut."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else None


async def _rehearse(script: Script, folder: Path) -> Rehearsed:
    clock = SetClock(datetime.combine(script.first, time(0), VIETNAM))
    # nobody is there to look at what goes to heads and leaders before it leaves, nor to let a burst go
    own = {"NHACVIEC_DATA_DIR": str(folder), "NHACVIEC_PREVIEW": "off", "NHACVIEC_BURST_CAP": "0"}
    settings = read({**script.settings, **own})
    store = await asyncio.to_thread(open_store, settings, clock)
    office = build(settings, store, clock=clock)
    try:
        await office.db.run(lambda unit: house_rules.carry_over(unit, script.rules, clock()))
        etiquette = await office.db.read(office_views.etiquette)
        clock.move_to(etiquette.next_open(clock()))
        cast = await office.db.run(lambda unit: _furnish(unit, script, office.webchat.name, clock()))
        await _play(office, clock, script)
        return await office.db.read(lambda unit: _outcome(unit, script, cast))
    finally:
        await office.close()


async def _play(office: Office, clock: SetClock, script: Script) -> None:
    end = datetime.combine(script.last + timedelta(days=1), time(0), VIETNAM)
    simulation = Simulation(office, clock, office.deliverer.drain, partial(_meanwhile, script.answers))
    coming = await simulation.settle()
    while coming.next_at < end:
        clock.move_to(coming.next_at)
        coming = await simulation.settle()


@dataclass(frozen=True, slots=True)
class _Player:
    """Somebody who is supposed: a name that stays the same from one rehearsal to the next."""

    recipient: str
    role: Role
    agency: str | None


def _furnish(unit: Unit, script: Script, channel: str, now: datetime) -> dict[int, _Player]:
    """Fill the empty office and issue the plan; return who is who by person id."""
    agencies.import_directory(unit, script.directory, now)
    draft = _named(script.draft, today(now))
    imported = plans.import_draft(unit, draft, to_json(draft), "rehearsal", nearest_name, now)
    cast = _suppose(unit, channel, Directory(script.directory), now)
    issue.issue(unit, imported.plan_id, accept_doubts=True, at=now, now=now)
    return cast


def _named(draft: Draft, on: date) -> Draft:
    """Give a plan without number or date ones for the rehearsal: only `plan issue` insists on them."""
    facts = draft.document
    return replace(draft, document=replace(facts, number=facts.number or "…/KH-UBND", date=facts.date or on))


def _suppose(unit: Unit, channel: str, directory: Directory, now: datetime) -> dict[int, _Player]:
    office = next((one for one in directory if one.coordinating), None)
    if office is None:
        raise ActRefused("Danh mục chưa có cơ quan điều phối (cột coordinating = 1); xin bổ sung rồi chạy lại.")
    wanted = [(office.code, Role.COORDINATOR), (office.code, Role.LEADER)]
    standing = [one.code for one in directory if one.stands_on(today(now))]
    wanted += [(code, role) for code in standing for role in (Role.OFFICER, Role.HEAD)]
    return dict(_join(unit, channel, code, role, now) for code, role in wanted)


def _join(unit: Unit, channel: str, code: str, role: Role, now: datetime) -> tuple[int, _Player]:
    name = f"{role.label} {code}"
    invite = people.invite_person(unit, Newcomer(code, name, "", "", role), now)
    endpoint = people.endpoint(unit, channel, f"{role.value}:{code}", now)
    joined = people.join(unit, endpoint.id, None, invite.code, name, now)
    if joined.pending:
        coordinator = office_views.viewer(unit, office_views.coordinators_reachable(unit)[0], today(now))
        people.decide_seat(unit, coordinator, office_views.pending(unit)[0].id, agreed=True, now=now)
    agency = code if role in {Role.OFFICER, Role.HEAD} else None
    return joined.person_id, _Player(f"{role.value}:{code}", role, agency)


def _meanwhile(answers: Answers, unit: Unit, now: datetime) -> None:
    """Note that sweeps went on since the last moment, and let the day's answers come in."""
    catchup.attended(unit, now)
    if answers != "none":
        _answer(unit, answers, now)


def _answer(unit: Unit, answers: Answers, now: datetime) -> None:
    """Let officers report what, by the way they answer, is reported on this day."""
    day = today(now)
    calendar = office_views.calendar(unit)
    for one in worklists.owed_by(unit, day + _AHEAD if answers == "prompt" else day, day):
        if one.due_on is None:
            continue
        target = calendar.on_or_before(one.due_on)
        answered = calendar.subtract(target, 1) if answers == "prompt" else calendar.add(target, LATE_AFTER + 1)
        if day >= answered and local(one.issued_at).date() < day:
            officer = people.officer_of(unit, one.agency_id, now)
            assignments.report(unit, officer, one.id, Proof("event"), (), now)


def _outcome(unit: Unit, script: Script, cast: Mapping[int, _Player]) -> Rehearsed:
    messages = tuple(_heard(one, cast[one.person_id]) for one in told.unsolicited(unit))
    works = work.everything(unit, script.last)
    document = _named(script.draft, script.first).document
    return Rehearsed(
        plan=f"{document.kind or 'Văn bản'} số {document.number}",
        first=script.first,
        last=script.last,
        messages=messages,
        tasks=tuple(Task(one.code, one.agency, one.content, one.due_on, one.state.label) for one in works),
        agencies={one.code: one.name for one in script.directory},
        breaches=breaches(messages, office_views.etiquette(unit)),
    )


def _heard(said: told.Told, player: _Player) -> Heard:
    return Heard(
        at=local(said.at),
        recipient=player.recipient,
        role=player.role,
        agency=player.agency,
        kind=said.kind,
        urgent=said.urgent,
        subjects=said.subjects,
        channel=said.channel,
        text=said.text,
    )
