"""Coming back after a stop, or under a clock that jumped: one message a person, and no burst that nobody wanted.

What piled up while nobody swept is merged anew. Where that would reach more people at once than the office allows,
nothing unsolicited leaves until an operator lets it go or discards what is stale; answers go on meanwhile.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from actions import detours, notices
from domain.errors import ActRefused
from domain.local import today
from domain.notices import Etiquette, Kind
from domain.watch import missed, set_back
from storage import audit, offices, outbox, sweeps
from storage import detours as detour_rows
from storage import notices as notice_rows
from storage.database import Unit
from storage.sweeps import Progress

BURST_CAP = "burst_cap"
"""The setting: so many people may be spoken to at once after a gap; 0: any number."""

PUT_OFF = timedelta(hours=1)
"""No attempt is put off for longer by itself: a row that is was put off under a clock set wrong."""


def resume(unit: Unit, etiquette: Etiquette, now: datetime) -> None:
    """Take in how long nobody swept: to be done before the first message of a fresh process may leave."""
    _look(unit, etiquette, now)


def attended(unit: Unit, now: datetime) -> None:
    """Note that sweeps went on until now: where time is simulated, those between two planned moments are left out."""
    sweeps.save(unit, replace(sweeps.load(unit), at=now), now)


def assemble(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    """Do as `notices.assemble`, unless the clock stands before what was said, or a burst is held."""
    progress = _look(unit, etiquette, now)
    if progress.held_since is not None or _before_the_last(progress, now):
        return 0
    detours.pass_over_silent_channels(unit, etiquette, now)
    if not etiquette.open_now(now):
        return 0
    if progress.gap_from is None:
        detours.take_back(unit, today(now))
    elif _too_many(unit, etiquette, now):
        sweeps.save(unit, replace(progress, held_since=now), now)
        return 0
    elif etiquette.says_all(now):
        sweeps.save(unit, replace(progress, gap_from=None), now)
    return notices.assemble(unit, now, etiquette)


def _look(unit: Unit, etiquette: Etiquette, now: datetime) -> Progress:
    """Note this sweep, and with the first one after a gap take back what waits from before it."""
    progress = sweeps.load(unit)
    if _before_the_last(progress, now):
        detour_rows.hasten(unit, [outbox.REPLY], now + PUT_OFF, now)
        return progress
    if progress.at is not None and missed(etiquette, progress.at, now):
        progress = replace(progress, gap_from=progress.gap_from or progress.at)
        detours.take_back(unit, None)
    if progress.at != now:
        progress = replace(progress, at=now)
        sweeps.save(unit, progress, now)
    return progress


def _before_the_last(progress: Progress, now: datetime) -> bool:
    return progress.at is not None and set_back(progress.at, now)


def _too_many(unit: Unit, etiquette: Etiquette, now: datetime) -> bool:
    cap = offices.setting(unit, BURST_CAP)
    rows = notice_rows.waiting(unit, today(now), urgent_only=not etiquette.says_all(now)) if cap else ()
    return len({row.person_id for row in rows}) > (cap or 0)


NOTHING_HELD = "Không có tin nào đang bị giữ. Xem tình trạng gửi bằng lệnh: nhacviec outbox."


def release(unit: Unit, now: datetime) -> int:
    """Let go what is held, and take the machine's clock as right; return to how many people something waits.

    Raises ActRefused where nothing is held and the clock was not set back.
    """
    progress = sweeps.load(unit)
    back = _before_the_last(progress, now)
    if progress.held_since is None and not back:
        raise ActRefused(NOTHING_HELD)
    waiting = sweeps.people_waiting(unit)
    if back:
        detour_rows.hasten(unit, [outbox.REPLY, outbox.NOTICE], now + PUT_OFF, now)
    sweeps.save(unit, Progress(at=now), now)
    audit.record(unit, "release", "outbox", 0, now, actor=audit.OPERATOR, people=waiting)
    return waiting


REPEATED = (
    Kind.REMINDER,
    Kind.OVERDUE,
    Kind.ESCALATION,
    Kind.DIGEST,
    Kind.DIGEST_CHECK,
    Kind.MORNING,
    Kind.CHECK_IN,
    Kind.ASK_DATE,
)
"""What is said again by a later rung, the next day's list or the next period's question."""


def discard(unit: Unit, reason: str, now: datetime) -> tuple[int, int]:
    """Drop what is stale of what is held; return how many notices were dropped and how many still go out.

    Stale is what will be said again in a newer form; what is said once only stays. Raises ActRefused where nothing
    is held.
    """
    progress = sweeps.load(unit)
    if progress.held_since is None:
        raise ActRefused(NOTHING_HELD)
    dropped = sweeps.drop(unit, f"discarded by the operator: {reason}", REPEATED)
    sweeps.save(unit, Progress(at=progress.at), now)
    audit.record(unit, "discard", "outbox", 0, now, actor=audit.OPERATOR, dropped=dropped, reason=reason)
    return dropped, sweeps.notices_waiting(unit)
