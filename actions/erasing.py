"""Deleting who a citizen is: the person goes, the case stays without the person (Nghị định 20/2008, Điều 9.1.đ).

What the person wrote is kept with the own name, address, contact and every number of a person masked; the chat, its
draft and the person's files go. Content of files leaves the folder afterwards, with the next sweep.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.anonymising import without
from domain.cases.fields import Reporter
from domain.incoming import IncomingFile
from domain.neutral import digest_of
from domain.outgoing import Attachment
from storage import audit, data_requests, erasures
from storage.cases import attachments, rows
from storage.cases import people as citizens
from storage.database import Unit

_OF_SENDER = (attachments.OF_CITIZEN, attachments.OF_SUPPLEMENT)

FILES_AT_ONCE = 200
"""Contents removed from the folder with one sweep."""

HANDED_OVER = timedelta(days=7)
"""So long a paper, a list or another file that may name citizens can be fetched after it was handed over."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What a deletion took: people of the register, cases that stay without them, files."""

    people: int
    cases: int
    files: int


def erase(unit: Unit, citizen_ids: Collection[int], now: datetime, *, by: int | None, why: str) -> Erased:
    """Take these people out of everything that is kept; `why` is the reason that the trail names.

    Consents stay as a ledger without a name. A case goes on: its agency may finish it without the person.
    """
    known = [who for one in citizen_ids if (who := citizens.get(unit, one)) is not None]
    found = erasures.cases_of(unit, citizen_ids)
    chats = erasures.chats_of(unit, citizen_ids)
    ids = [row.id for row in found]
    for row in found:
        words = {name: without(getattr(row, name), known) for name in erasures.OF_CASE}
        folded = rows.searched({"code": row.code, "external_code": row.external_code, "field": row.field, **words})
        rows.put(unit, row.id, **words, folded=folded, endpoint_id=None, anonymised_at=now, may_publish=False)
        audit.record(unit, "anonymise", "case", row.id, now, person_id=by, why=why)
    erasures.rewrite(unit, ids, lambda value: _clean(value, known))
    gone = erasures.detach_files(unit, ids, _OF_SENDER)
    codes = {row.code for row in found}
    erasures.let_go_of(unit, codes)
    if found:
        since = min(row.received_at for row in found)
        erasures.rewrite_answers(unit, codes, since, lambda value: _clean(value, known))
    erasures.silence_cases(unit, ids, chats)
    for chat in chats:
        if rows.of_endpoint(unit, chat):
            continue  # other cases of this chat go on
        erasures.silence(unit, chat)
        data_requests.forget_words(unit, chat, now)
    citizens.erase(unit, citizen_ids, now)
    for one in citizen_ids:
        audit.record(unit, "erase", "citizen", one, now, person_id=by, why=why)
    return Erased(len(known), len(ids), gone)


def _clean(value: Any, known: Collection[Reporter]) -> Any:
    """Return a kept text, or a JSON value with every text in it, without the people."""
    match value:
        case str():
            return without(value, known)
        case dict():
            return {name: _clean(one, known) for name, one in value.items()}
        case list():
            return [_clean(one, known) for one in value]
        case _:
            return value


def passing(unit: Unit, file: Attachment, now: datetime) -> Attachment:
    """Return a file that is only handed over, and may name citizens: it leaves the folder after `HANDED_OVER`."""
    erasures.pass_by(unit, file.digest, file.name, file.media_type, now)
    return file


def came_in(unit: Unit, files: Iterable[IncomingFile], now: datetime) -> None:
    """Let files that came in by our own pages leave the folder after `HANDED_OVER`, unless something keeps them."""
    for one in files:
        if digest := digest_of(one.reference):
            erasures.pass_by(unit, digest, "", one.media_type, now)


def clear_files(unit: Unit, now: datetime, most: int = FILES_AT_ONCE) -> int:
    """Remove from the folder what was taken off its case, and what was handed over long enough ago; return how many.

    To be called again and again: what a unit that failed had removed is simply removed once more.
    """
    until = now - HANDED_OVER
    found = erasures.removable(unit, until, most)
    for row in found:
        if row.digest and not erasures.is_used(unit, row.digest, until):
            unit.shelf.drop(row.digest)
        erasures.removed(unit, row.id)
    return len(found)
