"""Which task loose words are about: the code in them, what they answer, what was spoken of last, or the only one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot import cards
from bot.desk import Desk
from bot.officers import viewer_of
from domain.assignments import MOVES, Act
from domain.buttons import Verb, choice
from domain.errors import NotFound
from domain.outgoing import Choice
from domain.replies.letter import Letter
from domain.replies.likeness import OpenTask, Verdict, likeliest
from storage.views import quoted, work
from storage.views.work import Work

MOST = 6
"""So many tasks are offered when it is asked which one is meant."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The tasks that are meant where `sure`; else those among which a person has to choose."""

    works: Sequence[Work]
    sure: bool


def named(desk: Desk, codes: Collection[str]) -> list[Work]:
    """Return the viewer's own tasks of these codes. Raises NotFound for an unknown one and for a stranger's alike."""
    return [_named(desk, code) for code in codes]


def _named(desk: Desk, code: str) -> Work:
    found = work.by_code(desk.unit, code, desk.day)
    if found is None or found.agency_id not in viewer_of(desk).own_agencies:
        raise NotFound(f"việc {code}")
    return found


def candidates(desk: Desk, act: Act | None) -> list[Work]:
    """Return the viewer's own tasks to which the act is open; all of them for none."""
    works = work.of_agencies(desk.unit, viewer_of(desk).own_agencies, desk.day)
    return [one for one in works if act is None or _fits(one, act)]


def _fits(one: Work, act: Act) -> bool:
    return (one.state, act) in MOVES and (act is not Act.ASK_EXTENSION or one.due_on is not None)


def meant(desk: Desk, codes: Collection[str], act: Act | None, text: str) -> Meant:
    """Return the task that words with these codes are about, for an act; `act` None where they only ask.

    Raises NotFound for a code that the viewer may not act on.
    """
    if codes:
        return Meant(named(desk, codes), True)
    open_ones = candidates(desk, act)
    pointed = pointed_at(desk)
    hit = [one for one in open_ones if one.code in pointed]
    if len(hit) == 1:
        return Meant(hit, True)
    if not hit and len(open_ones) == 1:
        return Meant(open_ones, not pointed)
    return like(text, hit or open_ones, least=Verdict.SURE)


def like(letter: Letter | str, works: Sequence[Work], *, least: Verdict) -> Meant:
    """Return the task that a text names by its words; the likeliest first where a person has to choose.

    `least` is how sure the words must be for a single task to be taken as meant.
    """
    by_id = {one.id: one for one in works}
    found = likeliest(letter, [OpenTask(one.id, one.content, one.product, one.due_on) for one in works])
    likely = [by_id[one.id] for one in found.possible]
    if len(likely) == 1 and found.verdict in {Verdict.SURE, least}:
        return Meant(likely, True)
    first = [*likely, *(by_id[one.task.id] for one in found.matches if by_id[one.task.id] not in likely)]
    return Meant([*first, *(one for one in works if one not in first)], False)


def pointed_at(desk: Desk) -> tuple[str, ...]:
    """Return the codes of what the words answer: the quoted message, else the last one of this chat."""
    spoken = quoted.message(desk.unit, desk.endpoint_id, desk.incoming.quotes) if desk.incoming.quotes else None
    spoken = spoken or quoted.last(desk.unit, desk.endpoint_id)
    return spoken.codes if spoken is not None else ()


def announced(desk: Desk) -> frozenset[int]:
    """Return the assignments announced as new by the notice that the words answer."""
    spoken = quoted.message(desk.unit, desk.endpoint_id, desk.incoming.quotes) if desk.incoming.quotes else None
    spoken = spoken or quoted.last(desk.unit, desk.endpoint_id)
    return frozenset() if spoken is None or spoken.answer else spoken.announced


def offered(works: Sequence[Work], verb: Verb) -> list[Choice]:
    """Return the choices of a question which task is meant, with the way to any other."""
    return [
        *(choice(f"{one.code} · {cards.when(one)}", verb, one.id, listed=True) for one in works[:MOST]),
        choice("Việc khác", Verb.ELSE),
        choice("Huỷ", Verb.CANCEL),
    ]
