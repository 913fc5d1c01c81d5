"""Tables sent in chat (a unit's filled form, imported figures): noted, read outside any unit, shown, then taken over.

What was read is kept on the house's shelf between being shown and being taken; it is taken once.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from actions import collections, figures
from actions.coordinating import by
from actions.figures import Imported
from actions.intakes import LARGEST
from domain.collections import Outline, Sheet, from_json, of_header, to_json
from domain.collections.filled import Filled, check, read_filled
from domain.errors import ActRefused, NotFound, Stale
from domain.figures import series_named
from domain.incoming import IncomingFile
from domain.people import Viewer
from domain.periods import Period
from storage import audit, intakes
from storage.database import Unit
from storage.types import AnyRow

FORM = "form"
FIGURES = "figures"
COLUMNS = "columns"
"""A workbook whose heading becomes the form of a task."""

TOO_LARGE = "Tệp “{name}” lớn hơn 20 MB nên không nhận. Xin bỏ bớt trang tính không cần rồi gửi lại."
_MOST_KEPT = 50 * 1024 * 1024


def begin(
    unit: Unit,
    viewer: Viewer,
    endpoint_id: int,
    channel: str,
    file: IncomingFile,
    purpose: str,
    about: dict[str, Any],
    now: datetime,
) -> int:
    """Note a table to be read and return its id; `about` names the form and agency, or the series and period.

    Raises NotFound and ActRefused for who may not send it, and for a file that is too large.
    """
    _check(unit, viewer, purpose, about)
    if file.size is not None and file.size > LARGEST:
        raise ActRefused(TOO_LARGE.format(name=file.name))
    made = intakes.add(
        unit, endpoint_id, viewer.person_id, channel, file.reference, file.name, now, purpose=purpose, data=about
    )
    audit.record(unit, "table", "intake", made, now, person_id=viewer.person_id, purpose=purpose)
    return made


def _check(unit: Unit, viewer: Viewer, purpose: str, about: dict[str, Any]) -> None:
    if purpose == FORM:
        collections.asked(unit, viewer, about["form"], about["agency"])
        return
    by(viewer)
    if purpose == FIGURES:
        series_named(about["series"])
        Period.read(about["period"])


def form_read(unit: Unit, viewer: Viewer, row: AnyRow, sheets: Sequence[Sheet], now: datetime) -> Filled | None:
    """Keep what a unit's form holds until it is taken; None where it was answered before.

    Raises ActRefused where the file is not that form or holds a wrong cell.
    """
    form = collections.asked(unit, viewer, row.data["form"], row.data["agency"])
    outline = from_json(form.outline)
    filled = read_filled(outline, sheets)
    check(outline, filled)
    return filled if _keep(unit, row, filled.to_json(), "", now) else None


def figures_read(
    unit: Unit, viewer: Viewer, row: AnyRow, sheets: Sequence[Sheet], content_digest: str, now: datetime
) -> Imported | None:
    """Try an imported table and keep it until it is taken; None where it was answered before. Raises ActRefused."""
    about = row.data
    tried = figures.tried(unit, viewer, about["series"], about["period"], sheets, content_digest, now)
    data = {"sheets": [[one.name, one.rows] for one in sheets]}
    return tried if _keep(unit, row, data, content_digest, now) else None


def columns_read(unit: Unit, row: AnyRow, sheets: Sequence[Sheet], now: datetime) -> Outline | None:
    """Keep the form that a workbook's heading makes; None where it was answered before. Raises ActRefused."""
    lines = [cells for sheet in sheets[:1] for cells in sheet.rows if any(cells)]
    found = of_header(row.data["title"], lines[0] if lines else (), lines[1] if len(lines) > 1 else ())
    return found if _keep(unit, row, to_json(found), "", now) else None


def columns_kept(unit: Unit, viewer: Viewer, intake_id: int) -> tuple[AnyRow, Outline]:
    """Return the form that a coordinator's workbook made. Raises NotFound."""
    by(viewer)
    row = intakes.get(unit, intake_id)
    if row is None or row.person_id != viewer.person_id or row.purpose != COLUMNS or row.state != intakes.READ:
        raise NotFound("tệp này")
    content = unit.shelf.take(row.data["kept"], _MOST_KEPT)
    if content is None:
        raise NotFound("tệp này")
    return row, from_json(json.loads(content))


def _keep(unit: Unit, row: AnyRow, data: dict[str, Any], content_digest: str, now: datetime) -> bool:
    if not intakes.finish(unit, row.id, intakes.READ, now):
        return False
    kept = unit.shelf.put(json.dumps(data, ensure_ascii=False).encode(), f"{row.name}.json", "application/json")
    intakes.keep_data(unit, row.id, {**row.data, "kept": kept.digest, "digest": content_digest})
    return True


def digest_of(content: bytes) -> str:
    """Return by which a file is known again."""
    return hashlib.sha256(content).hexdigest()


def take_form(unit: Unit, viewer: Viewer, intake_id: int, now: datetime) -> AnyRow:
    """Send what was read and shown of a unit's form; return its intake. Raises as `collections.send`, Stale if sent."""
    row, data = _kept(unit, viewer, intake_id, FORM)
    collections.send(unit, viewer, row.data["form"], row.data["agency"], Filled.from_json(data), now)
    return row


def take_figures(unit: Unit, viewer: Viewer, intake_id: int, now: datetime) -> tuple[AnyRow, Imported]:
    """Put an imported table that was read and shown in force. Raises ActRefused, Stale where that was done."""
    row, data = _kept(unit, viewer, intake_id, FIGURES)
    sheets = [Sheet(name, tuple(tuple(cells) for cells in rows)) for name, rows in data["sheets"]]
    about = row.data
    done = figures.import_figures(
        unit, viewer, about["series"], about["period"], sheets, row.name, about["digest"], now
    )
    return row, done


def _kept(unit: Unit, viewer: Viewer, intake_id: int, purpose: str) -> tuple[AnyRow, dict[str, Any]]:
    row = intakes.get(unit, intake_id)
    if row is None or row.person_id != viewer.person_id or row.purpose != purpose:
        raise NotFound("tệp này")
    content = unit.shelf.take(row.data["kept"], _MOST_KEPT) if row.state == intakes.READ else None
    if content is None or not intakes.taken(unit, row.id):
        raise Stale
    data: dict[str, Any] = json.loads(content)
    return row, data
