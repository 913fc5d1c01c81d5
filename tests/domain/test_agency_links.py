"""A directory's rows point to agencies that are there, and in no ring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agencies import Agency, first_fault


def of(code: str, parent: str | None = None, successor: str | None = None) -> Agency:
    return Agency(code, f"Cơ quan {code}", parent=parent, successor=successor)


@pytest.mark.parametrize(
    ("rows", "known", "fault"),
    [
        ([of("A")], [], None),
        ([of("A", parent="B")], [of("B")], None),
        ([of("A", parent="B"), of("B")], [], None),
        ([of("A", parent="B")], [], ("A", "parent")),
        ([of("A", successor="B")], [], ("A", "successor")),
        ([of("A", parent="A")], [], ("A", "parent")),
        ([of("A", parent="B")], [of("B", parent="A")], ("A", "parent")),
        ([of("A", parent="B")], [of("B", parent="C"), of("C", parent="B")], None),  # an old ring that is not this row's
        ([of("A", parent="B"), of("B", successor="A")], [], None),
        ([of("A")], [of("A", parent="B"), of("B", parent="A")], None),
    ],
)
def test_the_first_fault(rows: list[Agency], known: list[Agency], fault: tuple[str, str] | None) -> None:
    found = first_fault(rows, known)
    assert (None if found is None else (found.code, found.column)) == fault


CODES = st.sampled_from("ABCDE")


@given(st.dictionaries(CODES, st.none() | CODES))
def test_without_a_fault_every_line_ends(points: dict[str, str | None]) -> None:
    rows = [of(code, parent=to) for code, to in points.items()]
    if first_fault(rows, []) is not None:
        return
    for start in points:
        passed: list[str] = []
        at: str | None = start
        while at is not None:
            assert at not in passed
            passed.append(at)
            at = points[at]
