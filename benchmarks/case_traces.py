"""What hangs on very many cases: how they were handled and answered, what was published, what will be said."""

from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Connection, case, cast, func, insert, literal, null, select

from benchmarks.case_words import DAYS, NOW, NTH, OFFICE, WORDS
from domain.case_figures import Ending
from domain.cases.lifecycle import State
from domain.cases.publication import State as Public
from domain.people import Role
from storage import planned as planned_rows
from storage.schema import case_answers, case_handlings, case_publications, cases, matters, planned
from storage.types import UtcDateTime


def write_handlings(connection: Connection) -> None:
    """Write what figures are counted from: one handling a case."""
    begun, ended = DAYS.alias("begun"), DAYS.alias("ended")
    r = NTH % 20
    ending = case(
        (matters.c.closed_at.is_(None), null()),
        (r == 0, Ending.REFUSED.value),
        (r == 1, Ending.GUIDED.value),
        (r == 2, Ending.OUTSIDE.value),
        (NTH % 40 == 3, Ending.MERGED.value),
        (NTH % 40 == 23, Ending.WITHDRAWN.value),
        else_=Ending.ANSWERED.value,
    )
    answered = (matters.c.closed_at.is_not(None)) & (r > 3)
    values: dict[str, Any] = {
        "case_id": matters.c.id,
        "number": literal(1),
        "agency_id": cases.c.agency_id,
        "field": cases.c.field,
        "nature": cases.c.kind,
        "source": cases.c.source,
        "received_on": begun.c.day,
        "begun_on": begun.c.day,
        "ending": ending,
        "ended_on": ended.c.day,
        "due_on": case((matters.c.closed_at.is_not(None), matters.c.due_on)),
        "rating": case((answered & (NTH % 7 == 0), case((NTH % 3 == 0, "bad"), else_="good"))),
        "rated_on": case((answered & (NTH % 7 == 0), ended.c.day)),
        "published_on": case((answered & (r < 7), ended.c.day)),
    }
    rows = (
        select(*values.values())
        .select_from(matters)
        .join(cases, cases.c.id == matters.c.id)
        .join(begun, begun.c.at == matters.c.opened_at)
        .outerjoin(ended, ended.c.at == matters.c.closed_at)
        .order_by(matters.c.id)
    )
    connection.execute(insert(case_handlings).from_select(list(values), rows))


def write_answers(connection: Connection) -> None:
    """Write the answers of cases that were answered."""
    values: dict[str, Any] = {
        "case_id": matters.c.id,
        "state": literal("approved"),
        "outcome": literal("explained"),
        "text": literal("Cơ quan đã kiểm tra, hướng dẫn lại thành phần hồ sơ và trả kết quả cho người gửi."),
        "signer": literal(""),
        "drafted_at": matters.c.closed_at,
        "decided_at": matters.c.closed_at,
    }
    rows = select(*values.values()).where(matters.c.closed_at.is_not(None), NTH % 20 > 3).order_by(matters.c.id)
    connection.execute(insert(case_answers).from_select(list(values), rows))


def write_publications(connection: Connection) -> None:
    """Write what was published, as it was released."""
    values: dict[str, Any] = {
        "case_id": cases.c.id,
        "state": literal(Public.RELEASED.value),
        "title": func.substr(cases.c.content, 1, 80),
        "content": cases.c.content,
        "answer": literal("Cơ quan đã kiểm tra, hướng dẫn lại thành phần hồ sơ và trả kết quả cho người gửi."),
        "field": cases.c.field,
        "folded": cases.c.folded,
        "files": cast(literal("[]"), JSON) if connection.dialect.name == "postgresql" else literal("[]"),
        "prepared_by": literal(1),
        "prepared_at": cases.c.ended_at,
        "released_by": literal(1),
        "released_at": cases.c.ended_at,
        "agency_id": cases.c.agency_id,
    }
    rows = select(*values.values()).where(cases.c.state == State.PUBLISHED.value).order_by(cases.c.id)
    connection.execute(insert(case_publications).from_select(list(values), rows))


def write_planned(connection: Connection) -> None:
    """Write what will be said of open cases, none of it due yet."""
    values: dict[str, Any] = {
        "matter_id": matters.c.id,
        "rung": WORDS.c.text,
        "due_version": literal(1),
        "at": literal(NOW + timedelta(days=7), UtcDateTime),
        "agency_id": literal(OFFICE),
        "role": literal(Role.COORDINATOR.value),
        "kind": literal("case_reminder"),
        "state": literal(planned_rows.WAITING),
    }
    rows = (
        select(*values.values())
        .select_from(matters)
        .join(WORDS, WORDS.c.kind == "rung")
        .where(matters.c.closed_at.is_(None))
        .order_by(matters.c.id)
    )
    connection.execute(insert(planned).from_select(list(values), rows))
