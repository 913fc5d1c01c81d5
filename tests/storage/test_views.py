"""The questions that entrances ask: the same story gives the same answers on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import asdict, is_dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from domain.assignments import State
from domain.checkins import KINDS as CHECKED
from domain.duties import KINDS_WITHOUT_DATE
from domain.people import Role
from storage.database import Unit
from storage.views import (
    asking,
    chat,
    details,
    digest,
    office,
    outbox,
    proof,
    review,
    standing,
    told,
    traffic,
    watch,
    work,
    worklists,
)
from storage.views.cases import lists
from tests.flows.story import at, play
from tests.office import Office
from tests.storage.conftest import fresh_postgres

pytestmark = pytest.mark.anyio

TODAY = date(2026, 3, 6)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[Office]:
    url = None if request.param == "sqlite" else fresh_postgres(request.getfixturevalue("server"))
    folder: Path = tmp_path_factory.mktemp("story")
    opened, _ = await play(folder, url)
    yield opened
    await opened.close()


def _plain(value: Any) -> Any:
    """Return an answer as plain values, without database ids' accidents of type."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(one) for one in value)
    return value


def _answers(unit: Unit) -> dict[str, Any]:
    """Ask everything; times of day stay, for the story has its own clock. The chat's first line is a join code."""
    people = range(1, 8)
    works = work.everything(unit, TODAY)
    return {
        "everything": works,
        "of one agency": work.everything(unit, TODAY, agency="STC"),
        "late": [one.code for one in worklists.late(unit, TODAY)],
        "late only": [one.code for one in work.everything(unit, TODAY, late_only=True)],
        "of agencies": [one.code for one in work.of_agencies(unit, {one.agency_id for one in works}, TODAY)],
        "reported": [one.code for one in worklists.in_state(unit, [State.REPORTED], TODAY)],
        "undated": [one.code for one in worklists.undated(unit, KINDS_WITHOUT_DATE, TODAY)],
        "by code": work.by_code(unit, "NV-0006", TODAY),
        "progress": [details.group_progress(unit, one) for one in works],
        "said as": [details.said_as(unit, one.task_id) for one in works],
        "coordinated": [[one.code for one in worklists.coordinated(unit, {two.agency_id}, TODAY)] for two in works],
        "stands": standing.of(unit, works, TODAY),
        "originals": standing.original_dates(unit, works),
        "history": [tuple(row) for one in works for row in details.history(unit, one.id)],
        "evidence": [tuple(row) for one in works for row in details.evidence_of(unit, one.id)],
        "head hears": details.head_hears(unit, [one.id for one in works]),
        "digest": digest.of_day(unit, TODAY),
        "digest in time": digest.of_day(unit, date(2026, 1, 26)),
        "review": _reviewed(unit),
        "plans": review.plan_list(unit),
        "agencies": office.agency_list(unit),
        "joined": office.joined(unit),
        "unreached": [tuple(row) for row in office.unreached(unit)],
        "pending": [tuple(row) for row in office.pending(unit)],
        "viewers": [office.viewer(unit, one, TODAY) for one in people],
        "outbox": outbox.counts(unit),
        "oldest": outbox.oldest_waiting(unit),
        "outbox rows": [tuple(row) for row in outbox.listed(unit, ["sent", "cancelled"], 500)],
        "watched": watch.facts(unit, office.etiquette(unit), at(6, 3, 17)),
        "next planned": office.next_planned(unit, at(6, 3, 17)),
        "coordinators": office.coordinators_reachable(unit),
        "hotline": (office.name(unit), office.hotline(unit)),
        "calendar": sorted(office.calendar(unit).years),
        "sent": dict(traffic.sent_by_chat(unit, "web")),
        "assignments": traffic.assignments(unit),
        "told": told.unsolicited(unit),
        "proofs": [proof.of_task(unit, one.code, TODAY) for one in works],
        "unasked": asking.unasked(unit, CHECKED, at(5, 3, 0), "checkin:2026-Q4:"),
        "asked": asking.unasked(unit, CHECKED, at(5, 3, 0), "checkin:2026-Q1:"),
        "reports": [tuple(row) for row in asking.reported_before(unit, at(6, 3, 17), 1, "event:unconfirmed:")],
        "waits": office.something_waits(unit),
        "cases": [tuple(row) for row in lists.listed(unit, None, lists.Wanted())],
        "chat": [(line.mine, line.text, line.at) for line in chat.history(unit, "web", "chat-3", limit=500)[1:]],
    }


def _reviewed(unit: Unit) -> tuple[int, dict[str, int], int, int]:
    found = review.of_plan(unit, 1)
    return found.tasks, dict(found.kinds), found.agencies, found.joined


_first: dict[str, Any] = {}
_asked = count(1)


async def test_both_databases_answer_alike(played: Office) -> None:
    """The first database to play the story sets what the second must say; alone it is held to known figures."""
    answers = {name: _plain(one) for name, one in (await played.read(_answers)).items()}
    assert answers["assignments"] == 11
    assert answers["late"] == ["NV-0006", "NV-0009"] == answers["late only"]
    assert answers["undated"] == ["NV-0011"]
    assert answers["joined"] == ["SNV", "STC", "STP", "UBNDT", "VPUBND", "XA01"]
    assert answers["digest"]["late"] == 2
    assert any(one["tellings"] and one["deeds"] for several in answers["proofs"] for one in several)
    assert any(one["seen_at"] for several in answers["proofs"] for two in several for one in two["tellings"])
    assert answers["unasked"]
    if next(_asked) == 1:
        _first.update(answers)
    for name, said in answers.items():
        assert said == _first[name], name


async def test_a_chats_history_can_be_read_in_pages(played: Office) -> None:
    def work_(unit: Unit) -> None:
        whole = chat.history(unit, "web", "chat-3", limit=500)
        assert len(whole) > 20
        assert [line.stamp for line in whole] == sorted(line.stamp for line in whole)
        forward = chat.history(unit, "web", "chat-3", after=whole[4].stamp, limit=6)
        assert forward == whole[5:11]
        backward = chat.history(unit, "web", "chat-3", before=whole[10].stamp, limit=6)
        assert backward == whole[4:10]
        assert chat.history(unit, "web", "chat-3", limit=3) == whole[-3:]
        assert chat.history(unit, "web", "nobody's") == []

    await played.read(work_)


async def test_seats_are_read_for_the_very_act(played: Office) -> None:
    coordinator = await played.read(lambda unit: office.viewer(unit, 1, TODAY))
    assert coordinator.coordinates
    assert not coordinator.own_agencies
    assert [seat.role for seat in coordinator.seats] == [Role.COORDINATOR]
