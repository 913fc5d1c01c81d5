"""What was promised, by the database, against what was accepted, by the emulated provider.

A message that nobody asked for is known by the person it is for and the codes of the tasks it tells; an answer by
the words that were asked, which it repeats, or by words that only it has.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from actions.outbox import NOT_KEPT
from tests.drills.site import AGAIN, Site
from tests.emulators.telegram_world import Sent

_CODE = re.compile(r"NV-\d+")

Key = tuple[int, object]
"""A person, and what a message to them is about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that somebody may expect: the chat, and words that only this answer holds."""

    chat: int
    words: str


@dataclass(slots=True)
class Promised:
    """Messages that are the same to their person: how many were promised, how many of them wait or are ambiguous."""

    count: int = 0
    held: int = 0
    ambiguous: int = 0


@dataclass(slots=True)
class Tally:
    """How the books close. `wrong` are sentences about what no promise allows."""

    promised: int = 0
    lost: int = 0
    doubled: int = 0
    marked: int = 0
    held: int = 0
    wrong: list[str] = field(default_factory=list)


def tally(site: Site, answers: Sequence[Answer], sent: Iterable[Sent]) -> Tally:
    """Close the books of a site; `sent` is what the provider accepted, in order."""
    owners = {int(chat): int(person) for chat, person in site.ask(_OWNERS)}
    arrived: dict[Key, list[Sent]] = defaultdict(list)
    closed = Tally()
    for one in sent:
        owner = owners.get(one.chat)
        if owner is None:
            closed.wrong.append(f"a message to a chat of nobody: {one.chat}")
            continue
        arrived[owner, _about(one, answers)].append(one)
    promised = _unasked(site)
    _add_answers(promised, answers, owners, site)
    for key in promised.keys() | arrived.keys():
        _compare(closed, key, promised.get(key, Promised()), arrived.get(key, []))
    closed.wrong += _false_proofs(site, owners, arrived)
    return closed


def _about(message: Sent, answers: Sequence[Answer]) -> object:
    for answer in answers:
        if answer.chat == message.chat and answer.words in message.text:
            return answer.words
    return frozenset(_CODE.findall(message.text))


_OWNERS = "select chat, coalesce(person_id, -id) from endpoints where channel = 'telegram'"
"""Whose a chat is: an official's, or its own citizen's (below zero)."""

_UNASKED = (
    "select outbox.id, outbox.person_id, outbox.state, outbox.unknowns, assignments.code from outbox"
    " join notices on notices.outbox_id = outbox.id and notices.state = 'merged'"
    " left join assignments on assignments.id = notices.matter_id"
    " where outbox.state <> 'cancelled' order by outbox.id"
)
_NOT_YET = (
    "select distinct notices.person_id from notices where notices.state = 'waiting' and notices.outbox_id is null"
)
_WAITING = ("waiting", "sending")


def _unasked(site: Site) -> dict[Key, Promised]:
    """Return what the office made up its mind to say by itself."""
    rows: dict[int, tuple[int, str, int, set[str]]] = {}
    for number, person, state, unknowns, code in site.ask(_UNASKED):
        rows.setdefault(number, (person, state, unknowns, set()))[3].update([code] if code else [])
    found: dict[Key, Promised] = defaultdict(Promised)
    for person, state, unknowns, codes in rows.values():
        _promise(found[person, frozenset(codes)], held=state in _WAITING, unknowns=unknowns)
    for (person,) in site.ask(_NOT_YET):
        _promise(found[person, "not put into words yet"], held=True, unknowns=0)
    return found


def _promise(found: Promised, *, held: bool, unknowns: int) -> None:
    found.count += 1
    found.held += held
    found.ambiguous += unknowns


_ANSWERS = (
    "select endpoints.chat, outbox.state, outbox.unknowns, outbox.message from outbox"
    " join endpoints on endpoints.id = outbox.endpoint_id where outbox.lane = 0"
)


def _add_answers(promised: dict[Key, Promised], answers: Sequence[Answer], owners: dict[int, int], site: Site) -> None:
    """Add what people asked for: it is promised whether or not the office knows of it."""
    rows = [(int(chat), state, unknowns, _text(message)) for chat, state, unknowns, message in site.ask(_ANSWERS)]
    for answer in answers:
        mine = [row for row in rows if row[0] == answer.chat and (row[3] is None or answer.words in row[3])]
        held = any(state in _WAITING for _, state, *_ in mine)
        found = promised.setdefault((owners[answer.chat], answer.words), Promised())
        _promise(found, held=held, unknowns=sum(unknowns for _, _, unknowns, _ in mine))


def _text(message: object) -> str | None:
    """Return the text of a message as its column holds it: JSON, in SQLite as text; None for a sealed one."""
    kept = json.loads(message) if isinstance(message, str) else message
    found = kept.get("text") if isinstance(kept, dict) else ""
    return None if found is None else str(found)


def _compare(closed: Tally, key: Key, promised: Promised, arrived: Sequence[Sent]) -> None:
    """Write down one kind of message of one person."""
    closed.promised += promised.count
    missing = max(0, promised.count - len(arrived))
    closed.held += min(missing, promised.held)
    if missing > promised.held:
        closed.lost += missing - promised.held
        closed.wrong.append(f"lost: {key}")
    more = max(0, len(arrived) - promised.count)
    if not promised.count:
        closed.wrong.append(f"nobody promised: {arrived[0].text.splitlines()[0]!r} to {arrived[0].chat}")
        return
    marked = sum(one.text.startswith(AGAIN) for one in arrived)
    closed.doubled += more
    closed.marked += min(more, marked)
    if more > min(promised.ambiguous, marked):
        closed.wrong.append(f"said {len(arrived)} times, ambiguous {promised.ambiguous}, marked {marked}: {key}")
    if len({one.text.removeprefix(AGAIN) for one in arrived}) > promised.count:
        closed.wrong.append(f"said again in other words: {key}")


def _false_proofs(site: Site, owners: dict[int, int], arrived: dict[Key, list[Sent]]) -> list[str]:
    """Return a sentence for each text that stands as sent in the proof of notice and was never accepted.

    Of a sealed message no words are kept: something at least must have been accepted for its chat.
    """
    texts = {(owners[one.chat], one.text) for every in arrived.values() for one in every}
    sealed = {(owner, NOT_KEPT) for owner, _ in texts}
    rows = site.ask(
        "select coalesce(endpoints.person_id, -endpoints.id), outbox.id, outbox.text_sent from outbox"
        " join endpoints on endpoints.id = outbox.endpoint_id"
        " where outbox.state = 'sent' and endpoints.channel = 'telegram'"
    )
    return [f"outbox {number} is recorded as sent and is not" for person, number, text in rows
            if (person, text.strip()) not in texts | sealed]  # fmt: skip
