"""A person's accounts: a code that joins another one, taking one away, who of them is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from actions import codes, detours, people
from domain.accounts import CODE_LIFE, CODES, CODES_IN, TRUSTED_AFTER, Account
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.outgoing import Message
from domain.people import JOIN_TRIES, JOIN_WINDOW, Seat, Viewer
from messages.render import render
from storage import accounts, audit, conversations, invites, outbox, planned
from storage import people as people_rows
from storage.database import Unit
from storage.views import office

MINE_ALREADY = "Tài khoản này đã là của đồng chí; không cần nối nữa. Xin gõ mã ở tài khoản khác."
ANOTHERS = (
    "Tài khoản này đang thuộc về một người khác nên không nối được. "
    "Xin dùng tài khoản khác, hoặc gỡ tài khoản này ra trước (gõ lienket)."
)


@dataclass(frozen=True, slots=True)
class Code:
    """A fresh code; it is shown once and never kept."""

    code: str
    expires: datetime


def give_code(unit: Unit, viewer: Viewer, now: datetime) -> Code:
    """Make a one-time code that joins another account to this person; an earlier one ends, whatever is answered.

    Raises ActRefused where the person asked for too many.
    """
    accounts.end_codes(unit, viewer.person_id, now)
    if accounts.codes_since(unit, viewer.person_id, now - CODES_IN) >= CODES:
        raise ActRefused("Đã cấp quá nhiều mã trong một giờ; các mã trước đã bị huỷ. Xin thử lại sau một giờ.")
    code = codes.fresh()
    code_id = accounts.add_code(unit, codes.digest(unit, code), viewer.person_id, now, CODE_LIFE)
    audit.record(unit, "account_code", "account_code", code_id, now, person_id=viewer.person_id)
    return Code(code, now + CODE_LIFE)


def end_exposed(unit: Unit, endpoint_id: int, text: str, now: datetime) -> bool:
    """End the account codes that a text shows to everybody in a chat; return whether any of them still worked."""
    found = [accounts.usable_code(unit, codes.digest(unit, code), now) for code in codes.in_text(text)]
    shown = [row for row in found if row is not None]
    for row in shown:
        accounts.end_codes(unit, row.person_id, now)
        audit.record(unit, "account_code_exposed", "account_code", row.id, now, endpoint=endpoint_id)
    return bool(shown)


@dataclass(frozen=True, slots=True)
class Offer:
    """To whom a good code would join a chat: shown, and confirmed before anything is bound."""

    name: str
    seats: tuple[Seat, ...]


def is_code(unit: Unit, text: str) -> bool:
    """Whether a text is a code that we gave out and nothing else, whichever words its letters happen to spell."""
    return codes.in_text(text) == (text.upper(),) and accounts.is_code(unit, codes.digest(unit, text))


def look_up(unit: Unit, endpoint_id: int, code: str, now: datetime) -> Offer | None:
    """Return what the code would join the chat to, None where it is no such code.

    Raises ActRefused: after too many wrong codes with the words for every bad code, and where the chat has an owner.
    """
    row = accounts.usable_code(unit, codes.digest(unit, code), now)
    if row is None:
        return None
    if invites.attempts_since(unit, endpoint_id, now - JOIN_WINDOW) >= JOIN_TRIES:
        raise ActRefused(people.SAME_ANSWER)
    _refuse_owned(unit, endpoint_id, row.person_id)
    person = people_rows.viewer(unit, row.person_id, today(now))
    return Offer(person.name, person.seats)


def _refuse_owned(unit: Unit, endpoint_id: int, person_id: int) -> None:
    owner = people_rows.owner(unit, endpoint_id)
    if owner is not None:
        raise ActRefused(MINE_ALREADY if owner == person_id else ANOTHERS)


@dataclass(frozen=True, slots=True)
class Joined:
    """Who the chat belongs to now, and how many accounts that person has."""

    viewer: Viewer
    accounts: int


def join(unit: Unit, endpoint_id: int, code: str, now: datetime) -> Joined:
    """Use the code: the chat becomes the person's, whose other accounts are told.

    What a citizen sent from the chat stays with it. Raises ActRefused where the code was used in between, or the chat
    got an owner.
    """
    row = accounts.usable_code(unit, codes.digest(unit, code), now)
    if row is None:
        raise ActRefused(people.SAME_ANSWER)
    _refuse_owned(unit, endpoint_id, row.person_id)
    if not accounts.use_code(unit, row.id, endpoint_id, now):
        raise ActRefused(people.SAME_ANSWER)
    people_rows.bind_endpoint(unit, endpoint_id, row.person_id)
    audit.record(unit, "join_account", "endpoint", endpoint_id, now, person_id=row.person_id, code=row.id)
    viewer = people_rows.viewer(unit, row.person_id, today(now))
    for seat in viewer.seats:
        planned.await_again(unit, seat.agency_id, seat.role)
    everyone = accounts.of_person(unit, row.person_id)
    new = next(one for one in everyone if one.id == endpoint_id)
    told = render("accounts/told_joined", channel=new.label, at=now)
    _tell(unit, f"joined:{row.id}", everyone, endpoint_id, row.person_id, told, now)
    return Joined(viewer, len(everyone))


def own(unit: Unit, viewer: Viewer, endpoint_id: int) -> Account:
    """Return one of the person's accounts. Raises NotFound for any other chat."""
    for one in accounts.of_person(unit, viewer.person_id):
        if one.id == endpoint_id:
            return one
    raise NotFound("tài khoản này")


def doubted(unit: Unit, viewer: Viewer, here: int, now: datetime) -> Account | None:
    """End the person's unused codes and return the account joined last by one, None where there is none but `here`."""
    accounts.end_codes(unit, viewer.person_id, now)
    row = accounts.newest_joined(unit, viewer.person_id, here)
    return None if row is None else own(unit, viewer, row.id)


def may_leave(unit: Unit, viewer: Viewer, endpoint_id: int, here: int, now: datetime) -> Account:
    """Return the account that the chat `here` wants to take away.

    Raises NotFound for others' chats, ActRefused where `here` was joined too lately to take away any but itself.
    """
    wanted = own(unit, viewer, endpoint_id)
    joined = accounts.joined_at(unit, viewer.person_id).get(here)
    if endpoint_id != here and joined is not None and now < joined + TRUSTED_AFTER:
        whom = office.hotline(unit) or office.name(unit)
        raise ActRefused(render("accounts/too_new", since=joined + TRUSTED_AFTER, whom=whom).strip())
    return wanted


def leave(unit: Unit, viewer: Viewer, endpoint_id: int, here: int, now: datetime) -> Account:
    """Let a chat be this person's no longer; what waits for it takes the next one, and unused codes end.

    The person's other accounts are told, and so is the one that leaves where it is not the one that asks (`here`).
    Raises as `may_leave` does.
    """
    gone = may_leave(unit, viewer, endpoint_id, here, now)
    accounts.end_codes(unit, viewer.person_id, now)
    others = [one for one in accounts.of_person(unit, viewer.person_id) if one.id != endpoint_id]
    accounts.release(unit, endpoint_id)
    conversations.forget(unit, endpoint_id)
    detours.chat_left(unit, endpoint_id, viewer.person_id, now)
    audit.record(unit, "leave_account", "endpoint", endpoint_id, now, person_id=viewer.person_id)
    key = f"left:{endpoint_id}:{now:%Y%m%d%H%M%S}"
    told = render("accounts/told_left", channel=gone.label, at=now)
    _tell(unit, key, others, here, viewer.person_id, told, now)
    if gone.is_open and endpoint_id != here:
        outbox.add(unit, f"{key}:gone", "reply", outbox.REPLY, endpoint_id, now, message=_said(told))
    if not any(one.is_open for one in others):
        people.unreachable(unit, viewer.person_id, endpoint_id, now)
    return gone


def _tell(
    unit: Unit, key: str, everyone: Iterable[Account], but: int, person_id: int, text: str, now: datetime
) -> None:
    """Say at once, at any hour, to a person's accounts what became of one of them: it guards what they may do."""
    for one in everyone:
        if one.is_open and one.id != but:
            outbox.add(
                unit,
                f"{key}:{one.id}",
                "reply",
                outbox.REPLY,
                one.id,
                now,
                person_id=person_id,
                message=_said(text),
            )


def _said(text: str) -> dict[str, object]:
    return Message(text, heading=False, numbered=False).to_json()


def heard(unit: Unit, endpoint_id: int, last: datetime | None, now: datetime) -> None:
    """Note, once a day, that the person wrote from a chat."""
    if last is None or today(last) != today(now):
        accounts.heard(unit, endpoint_id, now)
