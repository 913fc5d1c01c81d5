"""Lists of citizens' cases from other registers are taken over, part by part; a second time updates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from actions.cases import bringing, moving, opening
from actions.cases.bringing import Told
from actions.cases.foreseeing import IMPORTED, OURS, Foreseen, Line, foresee, said
from actions.coordinating import by
from domain.cases.decisions import Source
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.people import Viewer
from domain.register_files import ReadList, RegisterRow, Verdict
from storage import audit
from storage.cases import imports, rows
from storage.cases import people as citizens
from storage.database import Unit
from storage.types import AnyRow

PART = 200
"""So many cases are taken over in one unit: others wait no longer than that for theirs."""


def parts(listed: ReadList) -> list[ReadList]:
    """Return a list cut into pieces that are taken over one after the other; each may be repeated."""
    pieces = [listed.rows[at : at + PART] for at in range(0, len(listed.rows), PART)]
    return [ReadList(one) for one in pieces]


def take(unit: Unit, viewer: Viewer | None, source: Source, listed: ReadList, digest: str, now: datetime) -> Foreseen:
    """Take a list, or a part of it, over: new cases are opened on their own day, known ones are never set back.

    Raises as `foresee` does. Whoever takes the same list over again changes nothing.
    """
    found = foresee(unit, viewer, source, listed, digest, now)
    codes = {}
    for line in found.lines:
        case = _open(unit, viewer, source, line.row, now) if line.case is None else line.case
        codes[line.row.code] = str(case.code)
        if line.comparison.verdict is Verdict.UNCHANGED:
            continue
        _write(unit, viewer, case, line, now)
        if line.stage is not None:
            fresh = rows.get(unit, case.id) or case
            bringing.bring(unit, fresh, Told(line.row, line.agency_id, viewer, now), line.stage)
    return replace(found, codes=codes)


def joined(found: Sequence[Foreseen], listed: ReadList) -> Foreseen:
    """Return what the parts of a list came to together."""
    codes = {there: here for one in found for there, here in one.codes.items()}
    lines = tuple(line for one in found for line in one.lines)
    return Foreseen(lines, listed, codes, any(one.again for one in found))


def note(
    unit: Unit, viewer: Viewer | None, source: Source, found: Foreseen, name: str, digest: str, now: datetime
) -> None:
    """Write that a whole list was taken over, and what it came to."""
    tally = found.tally
    refused = len(found.listed.refused)
    counts = {"new": tally.new, "changed": tally.changed, "unchanged": tally.unchanged, "refused": refused}
    person_id = viewer.person_id if viewer else None
    made = imports.add(unit, name[:200], digest, {**counts, "source": source.value}, person_id, now)
    audit.record(unit, "import_cases", "case_import", made, now, **by(viewer), counts=counts)


def _open(unit: Unit, viewer: Viewer | None, source: Source, row: RegisterRow, now: datetime) -> AnyRow:
    kind = row.kind if row.kind is not None and row.kind.opens_case else Kind.REGULATION
    feedback = opening.Feedback(kind, row.content, row.about, row.who)
    origin = opening.Origin(
        channel=IMPORTED,
        source=source,
        registered_by=viewer,
        external_code=row.code,
        incoming_number=row.incoming_number or None,
        incoming_on=row.incoming_on,
        received_on=row.received_on,
        quiet=True,
    )
    made = opening.open_case(unit, feedback, origin, "", now)
    case = rows.get(unit, made.case_id)
    assert case is not None
    return case


def _write(unit: Unit, viewer: Viewer | None, case: AnyRow, line: Line, now: datetime) -> None:
    """Write what a line says anew, and what was said, for the next time. Words that people work by stay."""
    row = line.row
    values = {
        "incoming_number": row.incoming_number or case.incoming_number,
        "incoming_on": row.incoming_on or case.incoming_on,
        "field": case.field or row.subject[:80],
        "posted_on": row.posted_on or case.posted_on,
        "posted_url": row.link or case.posted_url,
    }
    if not case.external_code:
        values["external_code"] = row.code
    if case.state == State.WAITING_RECEPTION and Source(case.source) not in OURS:
        values |= {"content": row.content, "about": row.about or case.about}
    known = {name: getattr(case, name) for name in ("content", "about", "place", "happened", "code", "external_code")}
    if not rows.change(unit, case.id, case.version, **values, folded=rows.searched({**known, **values})):
        raise moving.overtaken(unit, case)
    if line.comparison.sender_changed and citizens.get(unit, case.citizen_id) is not None:
        citizens.correct(unit, case.citizen_id, row.who)
    data = {"facts": said(unit, row), "changed": [one.value for one in line.comparison.changed]}
    actor = audit.OPERATOR if viewer is None else None
    moving.note(unit, case, IMPORTED, now, viewer=viewer, actor=actor, data=data)
