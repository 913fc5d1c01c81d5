"""Small counts kept out of what the public sees, also where a total would give them away.

A count under the least (5 unless the office sets another) is left out. Where parts and their total are shown and only
one part is left out, the difference would tell it: then the next smallest part is left out as well. Both are shown
alike, so that nobody can tell which of them is the small one.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, TypeVar

K = TypeVar("K", bound=Hashable)

LEAST: Final = 5
"""The default least count that is shown (Luật 91/2025/QH15: nobody may be recognised in figures)."""


def shown(parts: Mapping[K, int], least: int = LEAST) -> dict[K, int | None]:
    """Return the parts of a total that is shown itself, None for those that are left out."""
    hidden = hidden_in(parts, least)
    return {key: None if key in hidden else count for key, count in parts.items()}


def hidden_in(parts: Mapping[K, int], least: int = LEAST) -> frozenset[K]:
    """Return the parts of a total that are left out: small ones, and one more where a single one could be reckoned.

    A total under the least is left out with all its parts; parts that are all 0 tell of nobody.
    """
    hidden = {key for key, count in parts.items() if count < least}
    if len(hidden) == 1 and any(parts[key] for key in hidden):
        rest = sorted((count, place) for place, (key, count) in enumerate(parts.items()) if key not in hidden)
        if rest:
            hidden.add(list(parts)[rest[0][1]])
    return frozenset(hidden)


def alone(count: int, least: int = LEAST) -> int | None:
    """Return a count that no shown total contains, None where it is small."""
    return count if count >= least else None


def table(
    rows: Mapping[K, Mapping[str, int]], keys: Sequence[str], least: int = LEAST
) -> tuple[dict[K, dict[str, int | None]], int]:
    """Return the rows of which anything can be shown, and how many rows there are beside them.

    Each key is a line of its own, whose total is shown: no row's counts may add up to another shown figure.
    """
    columns = {key: shown({row: counts.get(key, 0) for row, counts in rows.items()}, least) for key in keys}
    made = {row: {key: columns[key][row] for key in keys} for row in rows}
    told = {row: counts for row, counts in made.items() if any(count is not None for count in counts.values())}
    return told, len(rows) - len(told)
