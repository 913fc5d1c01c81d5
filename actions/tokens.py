"""Chains of single-use tokens: begun by the operator, kept before they are used, known to be broken when they are."""

from collections.abc import Callable
from datetime import datetime

from domain import tokens as rules
from domain.errors import ActRefused
from domain.tokens import Chain, Pair, Sought
from storage import audit, tokens
from storage.database import Unit


def begin(unit: Unit, channel: str, refresh: str, now: datetime) -> bool:
    """Begin a chain with a refresh token that the operator gives; False where it was given before.

    Whoever sends uses it without a restart, once the access token they hold is refused or about to end.
    """
    chain = tokens.hold(unit, channel)
    fresh = rules.begun(chain, unit.vault.digest(refresh), refresh)
    if fresh is chain:
        return False
    tokens.keep(unit, channel, fresh)
    audit.record(unit, "tokens_begun", "channel", 0, now, actor=audit.OPERATOR, channel=channel)
    return True


def replace(unit: Unit, channel: str, refresh: str, now: datetime) -> None:
    """Do as `begin` for a person who waits for an answer. Raises ActRefused for a token that was given before."""
    if not begin(unit, channel, refresh, now):
        raise ActRefused("Mã làm mới này đã được nhập trước đây; mỗi mã chỉ dùng một lần, xin lấy mã mới.")


def seek(unit: Unit, channel: str, given: str, stale: str, now: datetime) -> Sought:
    """Say what to do for an access token other than `stale`; see `domain.tokens.seek`.

    `given` is the refresh token in the settings, "" for none: one that was never seen begins a chain.
    """
    if given:
        begin(unit, channel, given, now)
    chain = tokens.hold(unit, channel)
    after, finding = rules.seek(chain, stale, now)
    if after is not chain:
        tokens.keep(unit, channel, after)
    return rules.sought(after, finding)


def renewed(unit: Unit, channel: str, spent: str, pair: Pair, now: datetime) -> None:
    """Keep the pair that a refresh token gave."""
    _change(unit, channel, lambda chain: rules.renewed(chain, spent, pair), "tokens_renewed", now)


def refused(unit: Unit, channel: str, spent: str, now: datetime) -> None:
    """Note that the provider does not take the refresh token: the watcher tells people."""
    _change(unit, channel, lambda chain: rules.refused(chain, spent), "tokens_refused", now)


def lost(unit: Unit, channel: str, spent: str, now: datetime) -> None:
    """Note that the answer was lost, and with it perhaps the chain: the watcher tells people."""
    _change(unit, channel, lambda chain: rules.lost(chain, spent), "tokens_lost", now)


def unspent(unit: Unit, channel: str, spent: str) -> None:
    """Note that the refresh token was not used."""
    chain = tokens.hold(unit, channel)
    tokens.keep(unit, channel, rules.unspent(chain, spent))


def forsake(unit: Unit, now: datetime) -> None:
    """Give every chain up after a restore: the office from which the backup comes may go on with it."""
    for channel in tokens.every(unit):
        _change(unit, channel, rules.forsaken, "tokens_forsaken", now)


def _change(unit: Unit, channel: str, change: Callable[[Chain], Chain], act: str, now: datetime) -> None:
    chain = tokens.hold(unit, channel)
    after = change(chain)
    if after != chain:
        tokens.keep(unit, channel, after)
        audit.record(unit, act, "channel", 0, now, channel=channel)
