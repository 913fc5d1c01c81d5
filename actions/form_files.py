"""Forms as files: the workbook that a unit fills in, and the one that holds what all have sent."""

from datetime import date

from domain.collections import from_json
from domain.errors import NotFound
from messages import forms
from storage import agencies, collections
from storage.database import Unit
from storage.views.collections import progress


def blank(unit: Unit, collection_id: int, agency_id: int) -> bytes:
    """Return the workbook of a form for one unit, with what it sent before. Raises NotFound."""
    row, agency = collections.get(unit, collection_id), agencies.get(unit, agency_id)
    if row is None or agency is None:
        raise NotFound("biểu mẫu này")
    given = collections.given(unit, collection_id, agency_id)
    texts = {one.section: one.text for one in given if one.text}
    rows = {one.section: one.rows for one in given if one.rows}
    return forms.blank(from_json(row.outline), str(agency.name), row.due_on, texts, rows)


def merged(unit: Unit, collection_id: int, day: date) -> bytes:
    """Return the workbook of what all units sent, and who sent. Raises NotFound."""
    row = collections.get(unit, collection_id)
    if row is None:
        raise NotFound("đợt thu thập này")
    given = collections.given(unit, collection_id)
    texts = [(one.agency, one.section, one.text) for one in given if one.text]
    rows = [(one.agency, one.section, values) for one in given for values in one.rows]
    return forms.merged(from_json(row.outline), texts, rows, progress(unit, collection_id), day)
