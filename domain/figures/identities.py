"""Whether the figures of II.06a/VPCP/KSTT add up: 3 = 4+5+6, 7 = 8+9+10, 11 = 12+13, 3 = 7+11; period to period.

Together these hold every figure of a row: no single one can be changed without breaking one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

IDENTITIES: tuple[tuple[int, tuple[int, ...]], ...] = ((3, (4, 5, 6)), (7, (8, 9, 10)), (11, (12, 13)), (3, (7, 11)))
"""A column, and the columns that make it up."""

CARRIED_OVER, IN_PROGRESS = "c6", "c11"

COLUMNS: Mapping[int, str] = {
    3: "tổng số tiếp nhận",
    4: "tiếp nhận trực tuyến",
    5: "tiếp nhận trực tiếp, BCCI",
    6: "từ kỳ trước",
    7: "tổng số đã giải quyết",
    8: "trước hạn",
    9: "đúng hạn",
    10: "quá hạn",
    11: "đang giải quyết",
    12: "trong hạn",
    13: "đang quá hạn",
}


@dataclass(frozen=True, slots=True)
class Break:
    """One identity that does not hold: whose row, what is written, what it should make."""

    unit: str
    row: str
    what: str
    """"cột (3) tổng số tiếp nhận"."""
    written: int
    against: str
    """"(4) + (5) + (6)"."""
    made: int

    @property
    def sentence(self) -> str:
        """The one sentence that names the unit, the row and the two numbers."""
        row = f", dòng “{self.row}”" if self.row and self.row != self.unit else ""
        return (
            f"{self.unit}{row}: {self.what} ghi {shown(self.written)}, trong khi {self.against} là {shown(self.made)}."
        )


def shown(number: int) -> str:
    """Return a count as Vietnamese offices write it: 178.842."""
    return f"{number:,}".replace(",", ".")


def breaks(unit: str, row: str, values: Mapping[str, Any]) -> list[Break]:
    """Return which identities a row breaks; an empty cell counts as 0. `values` has the keys "c3" to "c13"."""
    found = []
    for total, parts in IDENTITIES:
        written = int(values.get(f"c{total}") or 0)
        made = sum(int(values.get(f"c{part}") or 0) for part in parts)
        if written != made:
            against = " + ".join(f"({part})" for part in parts)
            found.append(Break(unit, row, f"cột ({total}) {COLUMNS[total]}", written, against, made))
    return found


def first_break(rows: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Break | None:
    """Return the first identity broken in rows (unit, row, values)."""
    return next((one for unit, row, values in rows for one in breaks(unit, row, values)), None)


def carried_over(
    now: Sequence[tuple[str, Mapping[str, Any]]], before: Sequence[tuple[str, Mapping[str, Any]]]
) -> Break | None:
    """Return the first unit whose column (6) is not what it had in column (11) of the period before.

    Both are (unit, values), several rows of a unit are added up. A unit without figures before is not compared.
    """
    had, has = _added(before, IN_PROGRESS), _added(now, CARRIED_OVER)
    for unit, written in has.items():
        if unit in had and written != had[unit]:
            against = "đang giải quyết (11) của kỳ trước"
            return Break(unit, "", "cột (6) từ kỳ trước", written, against, had[unit])
    return None


def _added(rows: Iterable[tuple[str, Mapping[str, Any]]], key: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit, values in rows:
        found[unit] = found.get(unit, 0) + int(values.get(key) or 0)
    return found
