"""What goes to heads and leaders: shown to the coordinators first, held, let go or dropped by one of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, time

from actions import approving
from domain.errors import ActRefused
from domain.local import local, today
from domain.notices import Etiquette, Kind
from domain.people import HEAD_OF_OFFICE, Role, Viewer
from domain.previews import LEAD, Preview
from storage import audit, follows, notices, offices, people, planned
from storage.database import Unit
from storage.types import AnyRow
from storage.views import previews as views

SETTING = "preview"
"""The office's setting: one of `domain.previews.Preview`."""


def mode(unit: Unit) -> Preview:
    """Return how the office wants it."""
    return Preview(offices.setting(unit, SETTING) or Preview.DELAY)


def shown_by(unit: Unit, now: datetime) -> datetime | None:
    """Return the moment by which a word to heads and leaders must have been shown to leave now; None for no rule."""
    return None if mode(unit) is Preview.OFF else now - LEAD


def show(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    """Show the coordinators what goes above the officers today, in one notice a day; return how many are new.

    From the hour of the day's message on, in office hours. What comes up after it is shown the next morning. Where
    no coordinator can be reached, what leaves by itself is taken as shown and the rest waits for one.
    """
    how = mode(unit)
    if how is Preview.OFF or not (etiquette.open_now(now) and etiquette.says_all(now)):
        return 0
    day = today(now)
    ids = planned.unshown(unit, datetime.combine(day, time.max, local(now).tzinfo))
    if not ids:
        return 0
    occasion = f"preview:{day.isoformat()}"
    to = people.holders(unit, Role.COORDINATOR)
    if notices.without(unit, occasion, to) != to or (how is Preview.HOLD and not to):
        return 0
    planned.show(unit, ids, now, hold=how is Preview.HOLD)
    data = {"planned": list(ids)}
    return sum(notices.add(unit, one, occasion, Kind.PREVIEW, now, role=Role.COORDINATOR, data=data) for one in to)


def hold(unit: Unit, viewer: Viewer, agency_id: int, now: datetime) -> int:
    """Hold what is about to leave, of one agency or (0) of all; return of how many tasks."""
    return _decide(unit, viewer, agency_id, views.pending(unit, now), planned.HELD, "held by a coordinator", now)


def let_go(unit: Unit, viewer: Viewer, agency_id: int, now: datetime) -> int:
    """Let leave at its hour what was shown or is held, of one agency or (0) of all; return of how many tasks."""
    rows = [*views.pending(unit, now), *views.held(unit)]
    return _decide(unit, viewer, agency_id, rows, planned.WAITING, planned.LET_GO, now)


def propose_hold(unit: Unit, viewer: Viewer, agency_id: int, now: datetime) -> int:
    """Propose to the heads of the office to hold what is about to leave; return of how many tasks.

    For who works there and does not decide; each proposes once a day for an agency or (0) all. Raises ActRefused
    for others, and where nothing is left to hold.
    """
    if not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới đề nghị giữ tin tới lãnh đạo.")
    chosen = [row for row in views.pending(unit, now) if agency_id in {0, row.agency_id}]
    if not chosen:
        raise ActRefused("Không còn tin nào như vậy: tin đã gửi, đã được quyết định, hoặc việc đã có trả lời.")
    day = today(now)
    for one in follows.officials(unit, day):
        if one.rank >= HEAD_OF_OFFICE:
            notices.add(
                unit,
                one.hears,
                f"preview:{day.isoformat()}:{agency_id}:{viewer.person_id}",
                Kind.PREVIEW,
                now,
                role=Role.COORDINATOR,
                data={"planned": [row.id for row in chosen], "proposed_by": viewer.name},
            )
    audit.record(unit, "propose_hold", "agency", agency_id, now, person_id=viewer.person_id)
    return len({row.matter_id for row in chosen})


def drop(unit: Unit, viewer: Viewer, agency_id: int, reason: str, now: datetime) -> int:
    """Drop for good what is held, of one agency or (0) of all, and keep why; return of how many tasks."""
    return _decide(unit, viewer, agency_id, views.held(unit), planned.CANCELLED, reason, now)


_ACTS = {planned.HELD: "hold_above", planned.WAITING: "let_go_above", planned.CANCELLED: "drop_above"}


def _decide(
    unit: Unit, viewer: Viewer, agency_id: int, rows: Sequence[AnyRow], state: str, reason: str, now: datetime
) -> int:
    """Raises ActRefused for who does not decide about what goes up, and where nothing is left to decide."""
    approving.check(unit, viewer)
    chosen = [row for row in rows if agency_id in {0, row.agency_id}]
    if not chosen:
        raise ActRefused("Không còn tin nào như vậy: tin đã gửi, đã được quyết định, hoặc việc đã có trả lời.")
    planned.decide(unit, [row.id for row in chosen], state, reason)
    for row in chosen:
        audit.record(
            unit,
            _ACTS[state],
            "assignment",
            row.matter_id,
            now,
            person_id=viewer.person_id,
            rung=row.rung,
            role=row.role,
        )
    return len({row.matter_id for row in chosen})


DECISIONS: dict[str, Callable[[Unit, Viewer, int, datetime], int]] = {
    "hold": hold,
    "go": let_go,
    "propose": propose_hold,
}
"""What a coordinator can decide without a word of explanation."""
