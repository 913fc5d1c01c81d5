"""The sweep: what has come due is turned into notices, and each person's notices into one message.

Harmless to repeat: every notice is unique by occasion, so a second sweep, or a second process, says nothing
twice.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from actions import (
    broadcasts,
    calendar,
    catchup,
    checkins,
    closing,
    collections,
    confirming,
    data_decisions,
    digests,
    directions,
    erasing,
    extensions,
    following,
    forgetting,
    groups,
    heads,
    incidents,
    layout,
    mornings,
    notices,
    previews,
    reconfirming,
    retention,
)
from actions.cases import drafts, timers
from domain.groups import next_summary
from domain.local import local
from domain.notices import MORNING_AT, Etiquette
from domain.previews import LEAD
from storage.views import Unit, accounts, office
from storage.views import broadcasts as broadcast_views
from storage.views import groups as group_views
from storage.views import previews as preview_views


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did, and when the next one has something to do at the latest."""

    noticed: int
    messages: int
    next_at: datetime


def sweep(unit: Unit, now: datetime) -> Swept:
    """Do everything that is due by `now`."""
    etiquette = office.etiquette(unit)
    noticed = previews.show(unit, now, etiquette)
    noticed += notices.promote(unit, now)
    noticed += digests.announce(unit, now, etiquette)
    noticed += digests.show_check(unit, now, etiquette)
    noticed += broadcasts.leave(unit, now)
    noticed += incidents.remind(unit, now)
    noticed += _daily(unit, now, etiquette)
    groups.summarise(unit, now, etiquette)
    drafts.forget_old(unit, now)
    messages = catchup.assemble(unit, now, etiquette)
    return Swept(noticed, messages, next_moment(unit, now, etiquette))


def _daily(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    moment = local(now)
    if not etiquette.calendar.is_working(moment.date()) or moment.time() < MORNING_AT:
        return 0
    noticed = mornings.announce(unit, now, etiquette.calendar)
    confirming.by_itself(unit, now, etiquette.calendar)
    noticed += notices.announce_unconfirmed(unit, now, etiquette.calendar)
    heads.go_on(unit, now, etiquette.calendar)
    noticed += directions.remind(unit, now, etiquette.calendar)
    noticed += following.climb(unit, now, etiquette.calendar)
    noticed += extensions.announce_forgotten(unit, now, etiquette.calendar)
    noticed += notices.announce_undated(unit, now, etiquette.calendar)
    noticed += collections.announce(unit, now, etiquette.calendar)
    noticed += calendar.announce_unconfirmed(unit, now)
    noticed += reconfirming.announce(unit, now, etiquette.calendar)
    timers.step(unit, now, etiquette.calendar)
    noticed += data_decisions.remind(unit, now)
    return noticed + checkins.announce(unit, now, etiquette.calendar)


def next_moment(unit: Unit, now: datetime, etiquette: Etiquette) -> datetime:
    """Return the next moment at which something may have to be said: a planned one, or the next turn of the day."""
    turn = etiquette.next_turn(now, waiting=office.something_waits(unit))
    planned = office.next_planned(unit, now)
    leaving = preview_views.next_leaving(unit, now, LEAD)
    opening = _next_opening(unit, now)
    told = [next_summary(now, etiquette)] if group_views.wants_summary(unit) else []
    told += digests.moments(unit, now, etiquette)
    said = broadcast_views.next_leaving(unit)
    ways = (planned, leaving, opening, said)
    return min([turn, *told, *(etiquette.next_open(one) for one in ways if one is not None)])


def _next_opening(unit: Unit, now: datetime) -> datetime | None:
    """Return the next moment at which somebody for whom something waits begins to hear, by the hours they chose."""
    moment = local(now)
    midnight = datetime.combine(moment.date(), time(0), moment.tzinfo)
    today = [midnight + timedelta(minutes=one) for one in accounts.openings(unit)]
    return min((one if one > moment else one + timedelta(days=1) for one in today), default=None)


def upkeep(unit: Unit, now: datetime) -> int:
    """Forget what has had its time, close single tasks that are done, lay out coming periods of recurring ones.

    Returns how many assignments are new.
    """
    forgetting.forget(unit, now)
    retention.forget(unit, now)
    erasing.clear_files(unit, now)
    closing.by_itself(unit, now)
    return layout.renew(unit, now)
