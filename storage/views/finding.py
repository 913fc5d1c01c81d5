"""The texts of assignments in which words are looked for."""

import json
from collections.abc import Sequence

from sqlalchemy import Text, bindparam, cast, select

from domain.finding import initials
from storage.database import Unit
from storage.schema import agency_aliases, evidence, evidence_assignments, task_versions
from storage.views.work import Work

_SECTIONS = (
    select(task_versions.c.task_id, cast(task_versions.c.section, Text).label("section"))
    .where(task_versions.c.task_id.in_(bindparam("tasks", expanding=True)))
    .order_by(task_versions.c.id)
)
_NUMBERS = (
    select(evidence_assignments.c.assignment_id, evidence.c.number)
    .join(evidence, evidence.c.id == evidence_assignments.c.evidence_id)
    .where(evidence_assignments.c.assignment_id.in_(bindparam("works", expanding=True)), evidence.c.number.is_not(None))
)
_ALIASES = select(agency_aliases.c.agency_id, agency_aliases.c.alias).where(
    agency_aliases.c.agency_id.in_(bindparam("agencies", expanding=True))
)


def texts(unit: Unit, works: Sequence[Work]) -> dict[int, tuple[str, ...]]:
    """Return what each assignment says, by its id: content, product, numbers of documents, section with its agency.

    An agency stands with its code, its other names and the initials of its name.
    """
    aliases: dict[int, list[str]] = {}
    for row in unit.conn.execute(_ALIASES, {"agencies": list({one.agency_id for one in works})}):
        aliases.setdefault(row.agency_id, []).append(row.alias)
    sections: dict[int, str] = {}
    for row in unit.conn.execute(_SECTIONS, {"tasks": [one.task_id for one in works]}):
        sections[row.task_id] = " ".join(json.loads(row.section))
    numbers: dict[int, list[str]] = {}
    for row in unit.conn.execute(_NUMBERS, {"works": [one.id for one in works]}):
        numbers.setdefault(row.assignment_id, []).append(row.number)
    return {
        one.id: (
            one.content,
            one.product,
            " ".join([one.plan_number, *numbers.get(one.id, [])]),
            " ".join(filter(None, [sections.get(one.task_id, ""), one.appendix])),
            " · ".join([one.agency, one.agency_code, *aliases.get(one.agency_id, []), *initials(one.agency)]),
        )
        for one in works
    }
