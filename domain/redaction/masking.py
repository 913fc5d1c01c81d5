"""Finding all there is, and writing a text without it."""

from collections.abc import Callable, Collection, Iterable, Iterator

from domain.redaction import addresses, births, contacts, names, numbers
from domain.redaction.findings import Certainty, Finding, Kind
from domain.redaction.reading import Reading, proper

_FINDERS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    contacts.found_in,
    numbers.found_in,
    births.found_in,
    addresses.found_in,
    names.found_in,
)
_ROUNDS = 50


def find(text: str, *, keep: Collection[Kind] = (), named: Collection[str] = ()) -> list[Finding]:
    """Return what of persons stands in a text, in order, without overlaps; spans count in `proper(text)`.

    `keep` names kinds that are not looked for (codes of dossiers, say), `named` people known to have to do with the
    text, whose names are found in any writing. The search is repeated on what is left until
    nothing new is found, so a masked text, searched again, holds nothing.
    """
    shown = proper(text)
    found: list[Finding] = []
    for _ in range(_ROUNDS):
        new = _once(shown, found, keep, named)
        if not new:
            break
        found.extend(new)
    return sorted(found)


def _once(shown: str, found: list[Finding], keep: Collection[Kind], known: Collection[str]) -> list[Finding]:
    new: list[Finding] = []
    for finder in _FINDERS:
        _take(new, finder(Reading(shown, (*found, *new))), keep)
    named = {shown[one.start : one.end] for one in (*found, *new) if one.kind is Kind.PERSON} | {*map(proper, known)}
    if named:
        _take(new, names.again_in(Reading(shown, (*found, *new)), frozenset(named)), keep)
    return new


def _take(into: list[Finding], found: Iterable[Finding], keep: Collection[Kind]) -> None:
    for one in found:
        if one.kind not in keep and one.end > one.start and not any(one.overlaps(other) for other in into):
            into.append(one)


def masked(text: str, findings: Iterable[Finding]) -> str:
    """Return the proper text with each finding's words replaced by its mask, and nothing else changed.

    Raises ValueError where findings overlap or lie outside the text.
    """
    shown = proper(text)
    pieces, at = [], 0
    for one in sorted(findings):
        if not at <= one.start < one.end <= len(shown):
            raise ValueError(f"no such characters, or masked twice: {one}")
        pieces += [shown[at : one.start], one.kind.mask]
        at = one.end
    return "".join((*pieces, shown[at:]))


def pieces(text: str, findings: Iterable[Finding]) -> list[tuple[str, Finding | None]]:
    """Return the proper text in pieces, each with the finding that it is."""
    shown, found, at = proper(text), list[tuple[str, Finding | None]](), 0
    for one in sorted(findings):
        found += [(shown[at : one.start], None), (shown[one.start : one.end], one)]
        at = one.end
    return [one for one in (*found, (shown[at:], None)) if one[0]]


def cleaned(text: str, *, keep: Collection[Kind] = (), named: Collection[str] = ()) -> str:
    """Return the text with everything masked that is found."""
    return masked(text, find(text, keep=keep, named=named))


def dropped(findings: Iterable[Finding], index: int) -> list[Finding]:
    """Return findings without the one at a place, counted from 0: a person said that it is nobody's."""
    return [one for at, one in enumerate(sorted(findings)) if at != index]


def added(text: str, findings: Iterable[Finding], words: str, kind: Kind = Kind.OTHER) -> list[Finding]:
    """Return findings with every place where `words` stand; what they swallow goes.

    Raises ValueError where the words do not stand in the text.
    """
    shown, wanted = proper(text), proper(words).strip()
    starts = _starts(shown, wanted)
    if not starts:
        raise ValueError(f"not in the text: {wanted}")
    new = [Finding(start, start + len(wanted), kind, Certainty.BY_HAND) for start in starts]
    kept = [one for one in findings if not any(one.overlaps(other) for other in new)]
    for one in findings:
        for at, other in enumerate(new):
            if one.overlaps(other):
                new[at] = Finding(min(one.start, other.start), max(one.end, other.end), kind, Certainty.BY_HAND)
    return sorted({*kept, *new})


def _starts(text: str, words: str) -> list[int]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + len(words))
    return found
