"""Requests about personal data, as the person and the coordinating office see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from domain.cases.fields import Reporter
from domain.data_rights import Right, State, is_late, pack_on
from domain.local import today
from domain.proofs import CHANNEL_LABELS
from storage import data_requests
from storage.cases import people as citizens
from storage.cases import rows
from storage.database import Unit
from storage.schema import consents
from storage.types import AnyRow
from storage.views.cases import publications

CODE = "DL-{:04d}"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: its number, what is asked, its days, how it stands. `version` is that of what is shown."""

    id: int
    code: str
    kind: Right
    state_now: State
    received: date
    answer_by: date
    until: date
    late: bool
    extended: bool
    channel: str
    endpoint_id: int | None
    version: int
    sealed: str

    @property
    def right(self) -> str:
        """What is asked, in Vietnamese."""
        return self.kind.label

    @property
    def state(self) -> str:
        """How it stands, in Vietnamese."""
        return self.state_now.label

    @property
    def article(self) -> str:
        """The article that its days rest on."""
        return pack_on(self.received).limits[self.kind].article


def _of(row: AnyRow, now: datetime) -> Request:
    state = State(row.state)
    return Request(
        row.id,
        CODE.format(row.id),
        Right(row.kind),
        state,
        today(row.received_at),
        row.respond_by,
        row.due_on,
        is_late(state, row.due_on, today(now)),
        row.extended_until is not None,
        CHANNEL_LABELS.get(row.channel, row.channel or ""),
        row.endpoint_id,
        row.version,
        row.sealed,
    )


def get(unit: Unit, request_id: int, now: datetime) -> Request | None:
    """Return one request."""
    row = data_requests.get(unit, request_id)
    return None if row is None else _of(row, now)


def waiting(unit: Unit, now: datetime) -> list[Request]:
    """Return the open requests, the nearest last day first."""
    return [_of(row, now) for row in data_requests.waiting(unit)]


def of_chat(unit: Unit, endpoint_id: int, now: datetime) -> list[Request]:
    """Return the requests of a chat that are open, or were decided by a person, the newest first."""
    return [
        _of(row, now)
        for row in data_requests.of_endpoint(unit, endpoint_id)
        if row.state == State.OPEN or row.decided_by is not None
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """What a chat has told of one person: who it is, and under which codes."""

    who: Reporter
    codes: tuple[str, ...]


def known(unit: Unit, endpoint_id: int) -> list[Known]:
    """Return who a chat has said to be, each once, with the codes of the cases; the erased are none."""
    found: dict[Reporter, list[str]] = {}
    for row in rows.of_endpoint(unit, endpoint_id):
        who = citizens.get(unit, row.citizen_id)
        if who is not None:
            found.setdefault(who, []).append(row.code)
    return [Known(who, tuple(codes)) for who, codes in found.items()]


def sender_of(unit: Unit, row: AnyRow) -> Reporter | None:
    """Return who sent a case, for the sender's own eyes; None where that has been erased."""
    return citizens.get(unit, row.citizen_id)


@dataclass(frozen=True, slots=True)
class Consent:
    """One line of the ledger: what for, the answer, when, to which version of the notice, by which channel."""

    purpose: str
    granted: bool
    on: date
    version: str
    channel: str
    withdrawn_on: date | None


_PURPOSES = {
    citizens.HANDLING: "Xử lý phản ánh",
    citizens.PUBLICATION: "Công khai kết quả",
    citizens.SURVEY: "Khảo sát",
}


def ledger(unit: Unit, endpoint_id: int) -> list[Consent]:
    """Return what a chat's person answered to the notice, of each purpose and answer the latest."""
    found: dict[str, Consent] = {}
    for row in citizens.consents_of(unit, citizens.of_endpoint(unit, endpoint_id)):
        said = _PURPOSES.get(row.purpose, row.purpose)
        gone = today(row.withdrawn_at) if row.withdrawn_at else None
        channel = CHANNEL_LABELS.get(row.channel, row.channel)
        found[said] = Consent(said, row.granted, today(row.at), row.notice_version, channel, gone)
    return list(found.values())


def codes(unit: Unit, endpoint_id: int | None) -> list[str]:
    """Return the codes of a chat's cases, the first one first."""
    return [row.code for row in rows.of_endpoint(unit, endpoint_id)] if endpoint_id is not None else []


def published(unit: Unit, endpoint_id: int) -> list[str]:
    """Return the codes of a chat's cases whose result is public, also while one is looked at again."""
    found = rows.of_endpoint(unit, endpoint_id)
    return [row.code for row in found if row.published_at or publications.by_code(unit, row.code) is not None]


def reads(unit: Unit, endpoint_id: int) -> int:
    """Return how often somebody read who the sender of a chat is."""
    return len(citizens.reads_of(unit, citizens.of_endpoint(unit, endpoint_id)))


def agreed_to_publication(unit: Unit, endpoint_id: int) -> bool:
    """Whether a consent to publication stands."""
    ids: Sequence[int] = citizens.of_endpoint(unit, endpoint_id)
    query = select(consents.c.id).where(
        consents.c.citizen_id.in_(ids),
        consents.c.purpose == citizens.PUBLICATION,
        consents.c.granted,
        consents.c.withdrawn_at.is_(None),
    )
    return unit.conn.execute(query.limit(1)).first() is not None


def words(unit: Unit, one: Request) -> str:
    """Return what the person wrote with a request, in clear, "" where nothing."""
    return str(unit.vault.unseal_json(one.sealed)["words"]) if one.sealed else ""
