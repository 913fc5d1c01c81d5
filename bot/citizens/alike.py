"""Cases that may be the same matter: shown without a stranger's words, joined if the citizen says so."""

from dataclasses import dataclass
from datetime import date

from bot.citizens.steps import ALIKE, BACK, LEAVE, QUESTIONS, WHEN, Data, common, kind_of, tell
from bot.desk import Desk, Reply, say
from domain.cases.kinds import Kind
from domain.cases.likeness import Told, likely, shared_places, worth_reading
from storage.views.cases import alike as views
from storage.views.cases.alike import Candidate

SAME, OTHER = "same", "other"


@dataclass(frozen=True, slots=True)
class Shown:
    """One case that may be meant. Of a stranger's only the kind, the agency, the places both name, and the day."""

    own: bool
    code: str
    kind: Kind
    agency: str
    places: tuple[str, ...]
    received_on: date
    content: str


def offered(desk: Desk, data: Data) -> Reply | None:
    """Ask whether it is one of the cases that are likely the same; None where none is, or where it was asked."""
    if "alike" in data:
        return None
    new = Told(0, data["content"], data["about"], data.get("place", ""))
    open_ones = views.candidates(desk.unit, _chat(desk, data), desk.now)
    candidates = {one.id: one for one in open_ones if one.own or kind_of(data) is not Kind.CONDUCT}
    worth = worth_reading(new, {one.id: one.folded for one in candidates.values()})
    found = [candidates[one.id] for one in likely(new, [_told(candidates[one]) for one in worth], desk.alike)]
    if not found:
        return None
    choices = [tell(f"Đúng là việc {at}", SAME, one.id) for at, one in enumerate(found, 1)]
    return say(
        "citizen/alike",
        **common(desk, data),
        at=QUESTIONS.index(WHEN) + 1,
        of=len(QUESTIONS),
        likely=[_shown(one, new) for one in found],
        choices=(*choices, tell("Không phải, gửi việc mới", OTHER), BACK, LEAVE),
        step=ALIKE,
        data={**data, "alike": [one.id for one in found]},
        sealed=True,
    )


def _told(one: Candidate) -> Told:
    return Told(one.id, one.content, one.about, one.place)


def _chat(desk: Desk, data: Data) -> int | None:
    """Return whose own cases are shown: none where an official writes for somebody else."""
    return None if data.get("source") else desk.endpoint_id


def _shown(one: Candidate, new: Told) -> Shown:
    return Shown(
        one.own,
        one.code if one.own else "",
        one.kind,
        one.agency,
        shared_places(new, _told(one)),
        one.received_on,
        one.content if one.own else "",
    )


def joined(desk: Desk, data: Data, case_id: int) -> Data:
    """Return the answers with the case that the citizen says it is; only one of those that were offered."""
    if case_id not in data.get("alike", ()):
        return data
    row = views.by_id(desk.unit, case_id, _chat(desk, data), desk.now)
    if row is None:
        return data
    return {**data, "join": case_id, "joined": row.code if row.own else f"đã gửi ngày {row.received_on:%d/%m/%Y}"}
