"""Whom a directory's rows point to: parents and successors that are there, and no ring among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.agencies.directory import Agency

_COLUMNS = ("parent", "successor")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row: its code, the column, and the rest of a Vietnamese sentence."""

    code: str
    column: str
    problem: str


def first_fault(rows: Iterable[Agency], known: Iterable[Agency]) -> Fault | None:
    """Return the first of the new rows that points nowhere or in a ring, `known` being what stands already."""
    rows = list(rows)
    every = {one.code: one for one in (*known, *rows)}
    for column in _COLUMNS:
        points: dict[str, str] = {code: to for code, one in every.items() if (to := getattr(one, column))}
        for row in rows:
            fault = _fault(row.code, column, points, every)
            if fault is not None:
                return fault
    return None


def _fault(code: str, column: str, points: Mapping[str, str], every: Mapping[str, Agency]) -> Fault | None:
    to = points.get(code)
    if to is None:
        return None
    if to not in every:
        return Fault(code, column, f"không có cơ quan nào mang mã “{to}” trong tệp hay danh mục")
    passed = [code]
    while to is not None and to not in passed:
        passed.append(to)
        to = points.get(to)
    if to == code:
        return Fault(code, column, f"các mã chỉ vòng quanh ({' → '.join([*passed, code])})")
    return None
