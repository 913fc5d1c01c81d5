"""One case as its sender follows it: what waits for an answer, what was answered, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from domain.cases.decisions import Outcome
from domain.cases.lifecycle import Act, State
from domain.cases.senders import Standing
from storage import office_settings
from storage.cases import answers, attachments, events, questions, rows
from storage.database import Unit
from storage.schema import cases, outbox
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class Sent:
    """A case for its sender: the row, how it stands, the open question, the answer with its files.

    Of a merged case question and answer are those of the case it follows, whose code is `master`.
    """

    row: AnyRow
    standing: Standing
    question: AnyRow | None
    answer: AnyRow | None
    files: tuple[AnyRow, ...]
    master: str

    @property
    def outcome(self) -> str:
        """The outcome of the answer in Vietnamese, "" where there is none."""
        return Outcome(self.answer.outcome).label if self.answer else ""


def followed(unit: Unit, row: AnyRow) -> Sent:
    """Return a case as its sender follows it."""
    leading = rows.get(unit, row.master_id) if row.master_id and row.state == State.MERGED else row
    leading = leading or row
    question = questions.waiting(unit, row.id)
    told = [one for one in answers.of(unit, leading.id) if one.state == answers.APPROVED]
    answer = told[-1] if told else None
    files = tuple(one for one in attachments.of(unit, leading.id) if answer is not None and one.answer_id == answer.id)
    history = events.of(unit, row.id)
    merged = leading is not row
    rated = any(one.act == "rate" for one in history) if merged else answer is not None and answer.rating is not None
    standing = Standing(
        State(row.state),
        asked=question is not None,
        timed_out=row.state == State.REFUSED and _last_move(history) == Act.TIME_OUT,
        appeals=row.appeals,
        rated=rated,
        answered_on=leading.answered_on if answer is not None else None,
        reopen_days=office_settings.number(unit, "case_reopen_days"),
    )
    return Sent(row, standing, question, answer, files, leading.code if merged else "")


def _last_move(history: Sequence[AnyRow]) -> str:
    """Return the last act of the table that a case's history holds, "" where there is none."""
    known = {one.value for one in Act}
    return next((str(one.act) for one in reversed(history) if one.act in known), "")


_ASKING = (State.SUPPLEMENT_ASKED.value, State.CLARIFYING.value)


def asked_of(unit: Unit, endpoint_id: int) -> list[AnyRow]:
    """Return the cases of a chat that wait for the sender's answer, the latest first."""
    query = select(cases.c.id).where(cases.c.endpoint_id == endpoint_id, cases.c.state.in_(_ASKING))
    found = [rows.get(unit, one) for one in unit.conn.execute(query.order_by(cases.c.id.desc()).limit(10)).scalars()]
    return [one for one in found if one is not None]


def unrated_of(unit: Unit, endpoint_id: int) -> list[AnyRow]:
    """Return the cases of a chat that were answered and not rated, the latest first."""
    states = (State.ANSWERED.value, State.PUBLISHED.value)
    query = select(cases.c.id).where(cases.c.endpoint_id == endpoint_id, cases.c.state.in_(states))
    found = [rows.get(unit, one) for one in unit.conn.execute(query.order_by(cases.c.id.desc()).limit(10)).scalars()]
    return [one for one in found if one is not None and not followed(unit, one).standing.rated]


def told_by(unit: Unit, endpoint_id: int, provider_id: str) -> AnyRow | None:
    """Return the case that a message of ours in a chat told its sender about, None for any other message."""
    if not provider_id:
        return None
    query = select(outbox.c.key).where(outbox.c.endpoint_id == endpoint_id, outbox.c.provider_id == provider_id)
    key = str(unit.conn.execute(query.order_by(outbox.c.id.desc()).limit(1)).scalar() or "")
    kind, _, rest = key.partition(":")
    case_id = rest.partition(":")[0]
    row = rows.get(unit, int(case_id)) if kind == "citizen" and case_id.isdigit() else None
    return row if row is not None and row.endpoint_id == endpoint_id else None
