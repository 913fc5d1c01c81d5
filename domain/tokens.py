"""A chain of single-use refresh tokens: each gives an access token and the next refresh token, then it is worthless.

The intention to use one is written down before it is used, the fresh pair before its access token is used. Where an
answer is lost nobody knows whether the token was spent: that is told at once, and asked about once more, for a token
that was spent is merely refused. Only the operator can begin a new chain.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

LEASE = timedelta(minutes=1)
"""How long whoever wrote down the intention is left alone; longer than any call of theirs."""

EARLY = timedelta(hours=1)
"""A new access token is asked for so long before the present one ends: a provider that is away stops nothing."""


class Finding(StrEnum):
    """What somebody who needs an access token is to do."""

    USE = "use"
    ASK = "ask"  # the intention is written down: ask for a pair with the refresh token
    WAIT = "wait"  # somebody else is asking
    BROKEN = "broken"  # the operator must authorise again


@dataclass(frozen=True, slots=True)
class Pair:
    """What the provider gives for a refresh token."""

    access: str
    refresh: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Sought:
    """What to do for an access token: with USE the access token and when it ends, with ASK the refresh token."""

    finding: Finding
    token: str = ""
    expires_at: datetime | None = None

    def lasts(self, now: datetime, stale: str) -> bool:
        """Whether this access token may be used on without asking anybody: not refused, and not about to end."""
        known = self.finding is Finding.USE and self.token != stale
        return known and self.expires_at is not None and self.expires_at - now > EARLY


@dataclass(frozen=True, slots=True)
class Chain:
    """What is kept of a chain. `given` are digests of all tokens the operator ever gave: none begins a chain twice."""

    given: tuple[str, ...] = ()
    refresh: str = ""
    access: str = ""
    expires_at: datetime | None = None
    asked_at: datetime | None = None
    """When somebody wrote down that they would use the refresh token, None once it is known how that ended."""
    lost: bool = False
    """Whether an answer was lost: the token may be spent."""
    refused: bool = False
    """Whether the provider said that the refresh token is worth nothing."""

    def usable(self, now: datetime, stale: str = "") -> bool:
        """Whether the access token is good, and another than the one that was just refused."""
        return bool(self.access) and self.access != stale and self.expires_at is not None and now < self.expires_at

    def needs_operator(self, now: datetime) -> bool:
        """Whether people must be told: the chain is broken, or may be."""
        overdue = self.asked_at is not None and abs(now - self.asked_at) >= LEASE
        return self.refused or self.lost or overdue

    def to_json(self) -> dict[str, Any]:
        """Return the form in which the chain is kept, to be sealed."""
        return {
            "given": list(self.given),
            "refresh": self.refresh,
            "access": self.access,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
            "asked_at": self.asked_at.isoformat() if self.asked_at else None,
            "lost": self.lost,
            "refused": self.refused,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Read a chain back."""
        moments = {name: datetime.fromisoformat(kept[name]) for name in ("expires_at", "asked_at") if kept[name]}
        return cls(
            tuple(kept["given"]), kept["refresh"], kept["access"], lost=kept["lost"], refused=kept["refused"], **moments
        )


def begun(chain: Chain, digest: str, refresh: str) -> Chain:
    """Begin anew with a token that the operator gives; one that was given before changes nothing."""
    return chain if digest in chain.given else Chain((*chain.given, digest), refresh)


def seek(chain: Chain, stale: str, now: datetime) -> tuple[Chain, Finding]:
    """Say what to do for an access token other than `stale`; with ASK the chain holds the intention."""
    usable = chain.usable(now, stale)
    fresh = usable and chain.expires_at is not None and chain.expires_at - now > EARLY
    if fresh or (usable and chain.refused):
        return chain, Finding.USE
    if chain.refused or not chain.refresh:
        return chain, Finding.BROKEN
    if chain.asked_at is not None and abs(now - chain.asked_at) < LEASE:
        return chain, Finding.USE if usable else Finding.WAIT
    return replace(chain, asked_at=now, lost=chain.lost or chain.asked_at is not None), Finding.ASK


def sought(chain: Chain, finding: Finding) -> Sought:
    """Return what is told of a chain, as it stands after `seek`, to whoever is to act on the finding."""
    match finding:
        case Finding.USE:
            return Sought(finding, chain.access, chain.expires_at)
        case Finding.ASK:
            return Sought(finding, chain.refresh)
        case _:
            return Sought(finding)


def renewed(chain: Chain, spent: str, pair: Pair) -> Chain:
    """Take in the pair that a refresh token gave; a chain that has gone on meanwhile stays."""
    if chain.refresh != spent:
        return chain
    return Chain(chain.given, pair.refresh, pair.access, pair.expires_at)


def refused(chain: Chain, spent: str) -> Chain:
    """Note that the provider does not take the refresh token."""
    return replace(chain, asked_at=None, refused=True) if chain.refresh == spent else chain


def lost(chain: Chain, spent: str) -> Chain:
    """Note that no answer came: the intention stays, so that nobody asks again at once."""
    return replace(chain, lost=True) if chain.refresh == spent else chain


def forsaken(chain: Chain) -> Chain:
    """Give a chain up: a copy of it lives on elsewhere, and either would spend the other's tokens."""
    return Chain(chain.given, refused=True) if chain.refresh else chain


def unspent(chain: Chain, spent: str) -> Chain:
    """Note that the refresh token certainly was not used."""
    return replace(chain, asked_at=None) if chain.refresh == spent else chain
