"""What a list of citizens' cases from another register comes to here, before anything of it is taken over.

A case is known again by its source and its code there. What its sender gave is sealed; what the list said last is kept
as digests alone, to tell what is new in the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from actions.cases import bringing
from actions.coordinating import by
from domain.cases.decisions import Source
from domain.cases.fields import Reporter
from domain.cases.lifecycle import State
from domain.errors import ActRefused
from domain.local import today
from domain.people import Viewer
from domain.register_files import (
    Comparison,
    Known,
    ReadList,
    RegisterRow,
    Stage,
    Tally,
    Verdict,
    compare,
    follows_another,
    stage_here,
)
from storage import agencies
from storage.cases import events, imports, rows
from storage.database import Unit
from storage.types import AnyRow

SOURCES = tuple(one for one in Source if one.by_an_official)
"""Where a list may come from."""
IMPORTED = "import"
"""The event that keeps what a list said."""
_SENDER = "sender"
OURS = tuple(one for one in Source if one.begins_here)
"""Cases of these sources have their words and their sender from here, whatever a list says."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a list: what it comes to here, and what a person should know of it (a clause, or "")."""

    row: RegisterRow
    comparison: Comparison
    case: AnyRow | None
    stage: Stage | None
    """The stage to bring the case to; None where it stays."""
    agency_id: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a list comes to, before or after it is taken over."""

    lines: tuple[Line, ...]
    listed: ReadList
    codes: Mapping[str, str] = field(default_factory=dict)
    """Our codes by those of the list, once it is taken over."""
    again: bool = False
    """Whether the very same file was taken over before."""

    @property
    def tally(self) -> Tally:
        """How many are new, changed, unchanged."""
        return Tally.of(one.comparison for one in self.lines)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know, each thing once with the codes that it is about."""
        codes: dict[str, list[str]] = {}
        for one in self.lines:
            if one.note:
                codes.setdefault(one.note, []).append(one.row.code)
        return tuple(f"{_counted(of)}: {note}." for note, of in codes.items())

    @property
    def handed(self) -> int:
        """How many cases come to an agency by it."""
        return sum(one.stage is Stage.FORWARDED and one.agency_id is not None for one in self.lines)

    @property
    def receivers(self) -> tuple[str, ...]:
        """To which agencies cases come by it, as the list names them, each once."""
        handed = (one.row.agency for one in self.lines if one.stage is Stage.FORWARDED and one.agency_id is not None)
        return tuple(dict.fromkeys(handed))

    @property
    def answered(self) -> int:
        """How many come in as answered there."""
        return sum(one.stage is not None and one.stage.is_answered for one in self.lines)


def foresee(
    unit: Unit, viewer: Viewer | None, source: Source, listed: ReadList, digest: str, now: datetime
) -> Foreseen:
    """Return what taking a list over would come to, writing nothing.

    Raises ActRefused for who is neither a coordinator nor the operator, and for a source that gives out no lists.
    """
    by(viewer)
    if source not in SOURCES:
        raise ActRefused(f"Không nhập danh sách từ nguồn “{source.label}”.")
    known = _known(unit, source, listed.rows)
    told = _told(unit, [one.id for one in known.values()])
    directory, ids, day = agencies.directory(unit), agencies.ids(unit), today(now)
    lines = []
    for row in listed.rows:
        agency = directory.find(row.agency, day) if row.agency else None
        case = known.get(row.code)
        lines.append(_line(unit, row, case, told, ids.get(agency.code) if agency else None))
    return Foreseen(tuple(lines), listed, again=imports.is_known(unit, digest))


def _known(unit: Unit, source: Source, listed: Sequence[RegisterRow]) -> dict[str, AnyRow]:
    """Return the cases that a list speaks of, by its codes: known by them, or by our own where the list has those."""
    found: dict[str, AnyRow] = {}
    for at in range(0, len(listed), _AT_ONCE):
        part = listed[at : at + _AT_ONCE]
        ours = rows.by_codes(unit, [one.own_code for one in part if one.own_code])
        found |= {one.code: ours[one.own_code] for one in part if one.own_code in ours}
        found |= rows.by_externals(unit, source.value, [one.code for one in part])
    return found


def _told(unit: Unit, case_ids: Sequence[int]) -> dict[int, AnyRow]:
    found: dict[int, AnyRow] = {}
    for at in range(0, len(case_ids), _AT_ONCE):
        found |= events.newest(unit, case_ids[at : at + _AT_ONCE], IMPORTED)
    return found


def _line(unit: Unit, row: RegisterRow, case: AnyRow | None, told: Mapping[int, AnyRow], agency_id: int | None) -> Line:
    if case is None:
        stage, note = _reachable(row, row.stage, agency_id)
        return Line(row, Comparison(Verdict.NEW), None, stage, agency_id, note)
    if case.anonymised_at is not None:
        return Line(row, Comparison(Verdict.UNCHANGED), case, None, agency_id)
    facts = said(unit, row)
    before: dict[str, str] = (told[case.id].data or {}).get("facts", {}) if case.id in told else {}
    state = State(case.state)
    here = stage_here(state, answered_on=case.answered_on, posted_on=case.posted_on)
    theirs = Source(case.source) not in OURS
    same = not theirs or _SENDER not in facts or before.get(_SENDER, "") == facts[_SENDER]
    comparison = compare(Known(here, before, same), row, facts)
    stage, note = (
        (None, _left(row, case, comparison))
        if comparison.advance is None
        else _reachable(row, comparison.advance, agency_id)
    )
    if stage is not None and not bringing.possible(state, stage):
        stage, note = None, f"danh sách ghi “{row.stage.label}”, ở đây “{state.label}”; xin xử lý tại sổ"
    if follows_another(state) or (here.is_answered and row.stage.is_answered):
        stage = None  # what stands on the other system's page is a date here, no step
    if stage is None and not comparison.changed and not comparison.sender_changed:
        comparison = replace(comparison, verdict=Verdict.UNCHANGED, advance=None)
    return Line(row, comparison, case, stage, agency_id, note)


def _reachable(row: RegisterRow, stage: Stage, agency_id: int | None) -> tuple[Stage | None, str]:
    """Return the stage that a case can be brought to, and why it is not the one of the list."""
    if stage is Stage.RECEIVED:
        return None, ""
    if agency_id is not None or stage in {Stage.REFUSED, Stage.WITHDRAWN} or (stage.is_answered and not row.agency):
        return stage, ""
    if not row.agency:
        return None, "danh sách chưa ghi cơ quan xử lý, vào sổ để Văn phòng chuyển"
    unknown = f"“{row.agency[:80]}” không có trong danh mục cơ quan"
    if stage.is_answered:
        return stage, f"{unknown}, câu trả lời ghi cho Văn phòng"
    return None, f"{unknown}, vào sổ để Văn phòng chuyển"


def _left(row: RegisterRow, case: AnyRow, comparison: Comparison) -> str:
    here, there = State(case.state).label, row.stage.label
    if comparison.conflict:
        return f"danh sách ghi “{there}”, ở đây “{here}”; giữ nguyên, xin kiểm tra"
    if comparison.ahead and row.stage is not Stage.RECEIVED:
        return f"ở đây “{here}”, danh sách còn ghi “{there}”; cần cập nhật bên đó"
    return ""


def _counted(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:5])
    return f"{shown} và {len(codes) - 5} phản ánh khác" if len(codes) > 5 else shown


def said(unit: Unit, row: RegisterRow) -> dict[str, str]:
    """Return what a line says, each value as a digest: the words and the person are not kept a second time."""
    facts = {name: unit.vault.digest(text)[:16] for name, text in row.facts().items()}
    if row.who != Reporter("", ""):
        person = "\n".join((row.who.name, row.who.address, row.who.phone, row.who.email))
        facts[_SENDER] = unit.vault.digest(person)[:16]
    return facts
