"""Figures that add up whatever stands in them, what waits longest first, and names of files that clash nowhere."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import Standing, State, standing
from domain.awaiting import Item, Kind, counts, ordered
from domain.bundling import entry_name, unique
from domain.lateness import Lateness
from domain.overview import Column, Tally, column, tally

TODAY = date(2026, 3, 16)


@dataclass(frozen=True, slots=True)
class One:
    """An assignment as far as it is counted."""

    id: int
    state: State
    due_on: date | None

    @property
    def standing(self) -> Standing:
        """How it stands to its date."""
        return standing(self.due_on, self.state, TODAY)


@pytest.mark.parametrize(
    ("state", "days", "wanted"),
    [
        (State.ACCEPTED, -1, Column.PAST),
        (State.EXTENSION_REQUESTED, -1, Column.PAST),
        (State.ACCEPTED, 0, Column.SOON),
        (State.ACCEPTED, 7, Column.SOON),
        (State.ACCEPTED, 8, Column.ON_TRACK),
        (State.RETURNED, None, Column.UNDATED),
        (State.REPORTED, -30, Column.REPORTED),
        (State.CONFIRMED, -30, Column.CONFIRMED),
        (State.CANCELLED, -30, None),
    ],
)
def test_each_assignment_stands_in_one_column(state: State, days: int | None, wanted: Column | None) -> None:
    due_on = None if days is None else TODAY + timedelta(days=days)
    assert column(One(1, state, due_on)) is wanted


WORK = st.tuples(st.sampled_from(State), st.none() | st.integers(-60, 60), st.sampled_from(list(Lateness)[1:]))


def _counted(made: list[tuple[State, int | None, Lateness]]) -> tuple[list[One], dict[int, Lateness | None]]:
    works = [
        One(at, state, None if days is None else TODAY + timedelta(days=days))
        for at, (state, days, _) in enumerate(made)
    ]
    return works, {at: how for at, (_, _, how) in enumerate(made)}


@given(st.lists(WORK), st.integers(1, 4))
def test_the_columns_add_up_and_so_do_the_agencies(made: list[tuple[State, int | None, Lateness]], of: int) -> None:
    works, stands = _counted(made)
    whole = tally(works, stands)
    groups = [tally(works[at::of], stands) for at in range(of)]
    assert whole.total == sum(whole.counts.values()) == sum(count for _, count in whole.parts)
    assert whole.confirmed + whole.reported + whole.unsent == whole.total
    assert sum(count for _, count in whole.apart) == whole.past
    for one in Column:
        assert sum(group.counts[one] for group in groups) == whole.counts[one]
    assert whole.longest_days == max(group.longest_days for group in groups)
    assert (whole.light is Column.PAST) == (whole.past > 0) == any(group.light is Column.PAST for group in groups)


def test_what_waits_longest_stands_first_and_everything_is_counted() -> None:
    at = datetime(2026, 3, 12, 2, tzinfo=UTC)
    items = [
        Item(Kind.REPORT, at, 1, 7),
        Item(Kind.UNREACHED, at + timedelta(days=1), 12),
        Item(Kind.OBSTACLE, at - timedelta(days=3), 1, 5),
        Item(Kind.REPORT, at, 1, 3),
    ]
    assert [(one.kind, one.subject_id) for one in ordered(items)] == [
        (Kind.OBSTACLE, 5), (Kind.REPORT, 3), (Kind.REPORT, 7), (Kind.UNREACHED, 0),
    ]  # fmt: skip
    assert counts(items) == {Kind.REPORT: 2, Kind.OBSTACLE: 1, Kind.UNREACHED: 12}
    assert [one.days(TODAY) for one in ordered(items)] == [7, 4, 4, 3]


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        (("STP", "NV-0012", "45/KH-STP", "Kết quả.PDF"), "STP-NV-0012_45-KH-STP_Ket-qua.pdf"),
        (("XA01", "NV-1", "", "../../etc/passwd"), "XA01-NV-1_etc-passwd"),
        (("STP", "NV-1", "", "=cmd|'/c calc'!A0.xlsx"), "STP-NV-1_cmd-c-calc-A0.xlsx"),
        (("STP", "NV-1", "", ".htaccess"), "STP-NV-1_tep.htaccess"),
        (("STP", "NV-1", "", "con.txt"), "STP-NV-1_tep-con.txt"),
    ],
)
def test_a_file_in_a_bundle_says_whose_it_is_and_is_safe_anywhere(given_: tuple[str, ...], wanted: str) -> None:
    agency, code, number, name = given_
    assert entry_name(agency, code, number, name) == wanted


@given(st.lists(st.tuples(st.sampled_from(["STP", "Sở A"]), st.text(max_size=60), st.text(max_size=200)), max_size=12))
def test_no_two_files_of_a_bundle_have_one_name(files: list[tuple[str, str, str]]) -> None:
    names = list(unique(entry_name(agency, "NV-1", number, name) for agency, number, name in files))
    assert len({name.lower() for name in names}) == len(files)
    assert all(name.isascii() and not set(name) & set('/\\:*?"<>|\n ') and len(name) < 110 for name in names)


def test_a_tally_of_nothing_is_calm() -> None:
    nothing: Tally = tally([], {})
    assert (nothing.total, nothing.past, nothing.parts, nothing.light) == (0, 0, (), Column.CONFIRMED)
