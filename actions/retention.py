"""Personal data that has done its work goes by itself, each kind after the office's months; the cases stay."""

from datetime import datetime

from actions import erasing
from domain.retention import months_before
from storage import audit, erasures, office_settings, retention
from storage.cases import attachments
from storage.database import Unit

MOST = 200
"""People, or cases, of one pass; the rest goes the next time."""

_OF_SENDER = (attachments.OF_CITIZEN, attachments.OF_SUPPLEMENT)


def forget(unit: Unit, now: datetime, most: int = MOST) -> int:
    """Erase who sent cases that ended long ago, their files, and old lines of the access log; return how many rows."""
    known = retention.people_of_ended(unit, _before(unit, "keep_identity_months", now), most)
    if known:
        erasing.erase(unit, known, now, by=None, why="retention")
    held = retention.cases_with_files(unit, _before(unit, "keep_files_months", now), _OF_SENDER, most)
    files = erasures.detach_files(unit, held, _OF_SENDER) if held else 0
    for case_id in held:
        audit.record(unit, "forget_files", "case", case_id, now, actor=audit.SYSTEM)
    return len(known) + files + retention.forget_reads(unit, _before(unit, "keep_reads_months", now), most)


def _before(unit: Unit, setting: str, now: datetime) -> datetime:
    return months_before(now, office_settings.number(unit, setting))
