"""Taking a person out of what is kept: the words of the own cases, drafts, talk, files and what was sent."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, delete, insert, not_, or_, select, update

from domain.cases.codes import case_codes_in
from domain.delivery import State as Sending
from domain.outgoing import Message
from storage.database import Unit
from storage.inbox import WAITING
from storage.outbox import SEALED
from storage.schema import (
    case_answers,
    case_drafts,
    case_events,
    case_files,
    case_proposals,
    case_publications,
    case_questions,
    case_tellings,
    cases,
    conversations,
    data_requests,
    endpoints,
    evidence,
    files,
    identity_reads,
    inbox,
    outbox,
    sent_files,
)
from storage.types import AnyRow

_WORDS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (case_events, ("text", "data")),
    (case_questions, ("text", "answer")),
    (case_answers, ("text", "rating_reason", "reason")),
    (case_tellings, ("data", "note")),
    (case_proposals, ("data", "note")),
    (identity_reads, ("reason",)),
)
"""Where words about a case stand beside the case itself."""

OF_CASE = ("content", "happened", "place", "proposal", "about")
"""The columns of a case that hold what the citizen wrote."""

ERASED = "(Đã xoá theo yêu cầu về dữ liệu cá nhân.)"
"""Stands where something was said or sent."""


def cases_of(unit: Unit, citizen_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return the cases of people (id, code, when taken in, and every column of words)."""
    wanted = [cases.c[name] for name in ("id", "code", "external_code", "field", "received_at", *OF_CASE)]
    return unit.conn.execute(select(*wanted).where(cases.c.citizen_id.in_(citizen_ids)).order_by(cases.c.id)).all()


def rewrite(unit: Unit, case_ids: Collection[int], clean: Callable[[Any], Any]) -> None:
    """Write every word about these cases as `clean` (given a text, a JSON value or None) returns it."""
    for table, names in _WORDS:
        columns = [table.c[name] for name in names]
        for row in unit.conn.execute(select(table.c.id, *columns).where(table.c.case_id.in_(case_ids))).all():
            values = {name: clean(getattr(row, name)) for name in names}
            if any(values[name] != getattr(row, name) for name in names):
                unit.conn.execute(update(table).where(table.c.id == row.id).values(values))


def detach_files(unit: Unit, case_ids: Collection[int], origins: Collection[str]) -> int:
    """Take the sender's files from cases; return how many went. Content that nothing else has is marked to be removed.

    A clean copy that is public stays where it is shown; the original goes all the same.
    """
    rows = unit.conn.execute(
        select(case_files, files.c.digest, files.c.channel, files.c.created_at)
        .join(files, files.c.id == case_files.c.file_id)
        .where(case_files.c.case_id.in_(case_ids), case_files.c.origin.in_(origins))
    ).all()
    if not rows:
        return 0
    gone = {row.file_id for row in rows}
    unit.conn.execute(delete(case_files).where(case_files.c.id.in_([row.id for row in rows])))
    used = (select(table.c.file_id).where(table.c.file_id.in_(gone)) for table in (case_files, evidence, sent_files))
    kept = {one for query in used for one in unit.conn.execute(query).scalars()}
    unit.conn.execute(update(files).where(files.c.id.in_(gone - kept)).values(name=ERASED, reference=GONE))
    copies = [row for row in rows if row.clean_digest and row.clean_digest != row.digest]
    public = _public(unit, {row.case_id for row in copies})
    marked = [
        {
            "name": ERASED,
            "media_type": "",
            "digest": row.clean_digest,
            "channel": row.channel,
            "reference": GONE,
            "created_at": row.created_at,
        }
        for row in copies
        if row.clean_digest not in public and not _held_by_others(unit, row)
    ]
    if marked:
        unit.conn.execute(insert(files), marked)
    return len(rows)


def _public(unit: Unit, case_ids: Collection[int]) -> set[str]:
    """Return the digests that publications of these cases show."""
    query = select(case_publications.c.files).where(case_publications.c.case_id.in_(case_ids))
    return {
        one["digest"]
        for row in unit.conn.execute(query).scalars()
        for one in row.get("pictures", ())
        if "digest" in one
    }


def _held_by_others(unit: Unit, row: AnyRow) -> bool:
    """Whether the same picture belongs to another case, whose clean copy is the same then."""
    query = select(case_files.c.id).join(files, files.c.id == case_files.c.file_id).where(files.c.digest == row.digest)
    return unit.conn.execute(query.limit(1)).first() is not None


GONE = "gone:"
"""The reference of a file whose content is to be removed from the folder."""


PASSING = "passing:"
"""The reference of a file that names citizens and is only handed over: its content goes some days afterwards."""

_HOUSE = "house"


def pass_by(unit: Unit, digest: str, name: str, media_type: str, now: datetime) -> None:
    """Mark content on the shelf as only passing; `name` is that of what is handed over, "" of what came in."""
    row = {"name": name, "media_type": media_type, "digest": digest, "channel": _HOUSE, "reference": PASSING}
    unit.conn.execute(insert(files).values({**row, "created_at": now}))


def let_go(unit: Unit, digests: Collection[str]) -> None:
    """Mark content that was only handed over as to be removed: it has done its work."""
    theirs = (files.c.digest.in_(digests), files.c.reference == PASSING)
    unit.conn.execute(update(files).where(*theirs).values(reference=GONE))


def let_go_of(unit: Unit, codes: Collection[str]) -> None:
    """Mark as to be removed what was handed over about cases: files that bear their codes, and lists of many."""
    passing = unit.conn.execute(select(files.c.digest, files.c.name).where(files.c.reference == PASSING)).all()
    theirs = [one for one in passing if one.name and case_codes_in(one.name) <= set(codes)]
    if theirs:
        let_go(unit, {one.digest for one in theirs})


def removable(unit: Unit, until: datetime, most: int) -> Sequence[AnyRow]:
    """Return files to be removed (id, digest), `most` at a time; digest None where there is no content.

    These are the marked ones, and those handed over that were made by a moment.
    """
    gone = select(files.c.id, files.c.digest).where(_to_go(until)).limit(most)
    return unit.conn.execute(gone).all()


def _to_go(until: datetime) -> ColumnElement[bool]:
    return or_(files.c.reference == GONE, and_(files.c.reference == PASSING, files.c.created_at <= until))


def is_used(unit: Unit, digest: str, until: datetime) -> bool:
    """Whether content is still some other file's that is not to be removed either; that it came in keeps nothing."""
    came_in = and_(files.c.reference == PASSING, files.c.name == "")
    other = select(files.c.id).where(files.c.digest == digest, not_(or_(_to_go(until), came_in))).limit(1)
    return unit.conn.execute(other).first() is not None


def removed(unit: Unit, file_id: int) -> None:
    """Note that a file's content is gone."""
    gone = {"name": ERASED, "reference": "", "digest": None, "size": None}
    unit.conn.execute(update(files).where(files.c.id == file_id).values(gone))


def silence_cases(unit: Unit, case_ids: Collection[int], chats: Collection[int]) -> None:
    """Take away what was told about these cases in their senders' chats."""
    told = or_(*(outbox.c.key.like(f"citizen:{case_id}:%") for case_id in case_ids))
    if case_ids and chats:
        unit.conn.execute(
            update(outbox)
            .where(outbox.c.endpoint_id.in_(chats), told, _no_longer_waits())
            .values(message=Message(ERASED, heading=False).to_json(), text_sent=ERASED)
        )


def rewrite_answers(
    unit: Unit, codes: Collection[str], since: datetime, clean: Callable[[Any], Any], at_once: int = 2000
) -> None:
    """Write what officials were told that names these cases, from a moment on, as `clean` returns it.

    What was sealed told who somebody is: nothing of it stays.
    """
    sealed, last = cast(outbox.c.message, Text).startswith(f'{{"{SEALED}"'), 0
    told = (outbox.c.person_id.is_not(None), outbox.c.created_at >= since, _no_longer_waits())
    query = select(outbox.c.id, outbox.c.message, outbox.c.text_sent).where(
        *told, or_(outbox.c.text_sent.contains(_CODES), sealed)
    )
    while rows := unit.conn.execute(query.where(outbox.c.id > last).order_by(outbox.c.id).limit(at_once)).all():
        for row in rows:
            if SEALED in (row.message or ()):
                if case_codes_in(json.dumps(unit.vault.unseal_json(row.message[SEALED]))) & set(codes):
                    gone = {"message": Message(ERASED, heading=False).to_json(), "text_sent": ERASED}
                    unit.conn.execute(update(outbox).where(outbox.c.id == row.id).values(gone))
            elif case_codes_in(row.text_sent) & set(codes):
                kept = {"message": clean(row.message), "text_sent": clean(row.text_sent)}
                unit.conn.execute(update(outbox).where(outbox.c.id == row.id).values(kept))
        last = rows[-1].id


_CODES = "PAKN-"


def _no_longer_waits() -> ColumnElement[bool]:
    return or_(outbox.c.sent_at.is_not(None), outbox.c.state.in_((Sending.FAILED.value, Sending.CANCELLED.value)))


def silence(unit: Unit, endpoint_id: int) -> None:
    """Take away what was said in one chat: the talk, its draft, what was sent and what came in.

    What is still to be sent or handled goes on. Nothing of a chat that an official uses is taken but drafts.
    """
    unit.conn.execute(delete(case_drafts).where(case_drafts.c.endpoint_id == endpoint_id))
    place = unit.conn.execute(
        select(endpoints.c.channel, endpoints.c.chat, endpoints.c.person_id).where(endpoints.c.id == endpoint_id)
    ).first()
    if place is None or place.person_id is not None:
        return
    unit.conn.execute(delete(conversations).where(conversations.c.endpoint_id == endpoint_id))
    unit.conn.execute(
        update(outbox)
        .where(outbox.c.endpoint_id == endpoint_id, _no_longer_waits())
        .values(message=Message(ERASED, heading=False).to_json(), text_sent=ERASED)
    )
    came = (inbox.c.channel == place.channel, inbox.c.chat == place.chat, inbox.c.state != WAITING)
    for row in unit.conn.execute(select(inbox.c.id, inbox.c.payload).where(*came)).all():
        stamp = row.payload.get("stamp")
        payload = {"sealed": unit.vault.seal_json({"text": ERASED, "stamp": stamp}), "stamp": stamp}
        unit.conn.execute(update(inbox).where(inbox.c.id == row.id).values(payload=payload))
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(title=""))


def chats_of(unit: Unit, citizen_ids: Collection[int]) -> Sequence[int]:
    """Return the chats by which these people sent cases or asked about their data."""
    sent = select(cases.c.endpoint_id).where(cases.c.citizen_id.in_(citizen_ids), cases.c.endpoint_id.is_not(None))
    asked = select(data_requests.c.endpoint_id).where(
        data_requests.c.citizen_id.in_(citizen_ids), data_requests.c.endpoint_id.is_not(None)
    )
    return list(unit.conn.execute(sent.union(asked)).scalars())
