"""What goes out beside a text: the letter and dates of a mail, and links for what a channel does not carry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from actions import links
from domain.letters import Entry, Letter, Letters
from domain.links import Purpose
from domain.local import local, today
from domain.notices import Kind, State
from domain.outgoing import Capabilities, Link, Message
from storage import notices, offices, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office, work
from storage.views.work import Work

_NOWHERE = "Tệp không gửi được qua kênh này: {name}"


def linked(unit: Unit, endpoint_id: int, message: Message, can: Capabilities, now: datetime) -> Message:
    """Return the message with a link instead of each file that its channel does not carry."""
    refused = [one for one in message.files if not can.takes(one)]
    if not refused:
        return message
    found = {one: links.file(unit, endpoint_id, one, now) for one in refused}
    named = [_NOWHERE.format(name=one.name) for one, url in found.items() if url is None]
    return replace(
        message,
        text="\n\n".join(filter(None, [message.text, *named])),
        files=tuple(one for one in message.files if one not in found),
        links=(*message.links, *(Link(f"Tệp {one.name}", url) for one, url in found.items() if url is not None)),
    )


def enclosed(unit: Unit, row: AnyRow, message: Message, letters: Letters | None, now: datetime) -> Message:
    """Return a mail's message with its letter, its dates, and a link by which its tasks are answered.

    A message in short has the link alone: `letters` is None. One that speaks of no task goes as it is.
    """
    told = notices.of_messages(unit, [row.id])[row.id]
    said = [one for one in told if one.state == State.MERGED]
    works = _works(unit, said, today(now))
    if not works:
        return message
    files = letters(_letter(unit, row.person_id, message, works, now)) if letters is not None else ()
    asked = [one.agency_id for one in said if one.kind == Kind.CHECK_IN]
    ways = _answer(unit, row, works, asked, now)
    return replace(message, files=(*message.files, *files), links=(*message.links, *ways))


def _works(unit: Unit, said: Sequence[AnyRow], day: date) -> list[Work]:
    """Return the assignments that notices tell, the nearest first."""
    ids = {row.matter_id for row in said if row.matter_id is not None}
    ids |= {one for row in said for one in (row.data or {}).get("works", ())}
    return sorted(work.by_ids(unit, ids, day).values(), key=work.order)


def _answer(unit: Unit, row: AnyRow, works: Sequence[Work], asked: Sequence[int], now: datetime) -> tuple[Link, ...]:
    viewer = people.viewer(unit, row.person_id, today(now))
    own = [one.id for one in works if one.agency_id in viewer.own_agencies]
    shown = own or ([one.id for one in works] if viewer.oversees else [])
    url = links.answer(unit, row.endpoint_id, shown, now, asked) if shown else None
    if url is None:
        return ()
    what = "Xem và trả lời từng việc" if own else "Xem từng việc"
    until = local(now + links.life_of(unit, Purpose.ANSWER))
    return (Link(f"{what} (liên kết riêng, dùng đến {until:%d/%m/%Y})", url),)


def _letter(unit: Unit, person_id: int, message: Message, works: Sequence[Work], now: datetime) -> Letter:
    person = people.introduced(unit, person_id)
    return Letter(
        office=office.name(unit),
        hotline=office.hotline(unit),
        person=person.name,
        position=person.position,
        subject=message.text.partition("\n")[0],
        written_at=now,
        place=str(offices.setting(unit, "province_code") or "vn").lower(),
        entries=tuple(_entry(one) for one in works),
    )


def _entry(one: Work) -> Entry:
    signed = f" ngày {one.plan_date:%d/%m/%Y}" if one.plan_date else ""
    return Entry(
        code=one.code,
        content=one.content,
        agency=one.agency,
        due_on=one.due_on,
        due_version=one.due_version,
        deadline=one.deadline_raw,
        product=one.product,
        plan=f"{one.plan_kind} {one.plan_number}{signed}".strip(),
    )
