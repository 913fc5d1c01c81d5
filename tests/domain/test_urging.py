"""What may be urged, what is left out and why, the order of agencies, and the text for a group chat."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import State
from domain.lateness import Lateness
from domain.pasting import parts
from domain.urging import Skip, Urged, preview, rank, why_not

TODAY = date(2026, 3, 16)
LATE, NEAR, FAR = date(2026, 3, 2), date(2026, 3, 23), date(2026, 3, 24)


@dataclass(frozen=True, slots=True)
class Owed:
    """An assignment as far as urging looks at it."""

    id: int = 1
    agency_id: int = 1
    agency: str = "Sở Mẫu 1"
    relation: str = "subordinate"
    state: State = State.ACCEPTED
    due_on: date | None = LATE


@pytest.mark.parametrize(
    ("one", "how", "wanted"),
    [
        (Owed(), Lateness.LATE, None),
        (Owed(), Lateness.ASSIGNED_LATE, None),
        (Owed(state=State.RETURNED), Lateness.LATE, None),
        (Owed(due_on=NEAR), Lateness.ON_TIME, None),
        (Owed(due_on=FAR), Lateness.ON_TIME, Skip.NOT_DUE),
        (Owed(due_on=None), Lateness.ON_TIME, Skip.NOT_DUE),
        (Owed(), Lateness.WAITING_FOR_OTHER, Skip.WAITS_FOR_OTHER),
        (Owed(state=State.OBSTACLE), Lateness.LATE, Skip.WAITS_FOR_OFFICE),
        (Owed(state=State.NOT_OURS), Lateness.LATE, Skip.WAITS_FOR_OFFICE),
        (Owed(state=State.EXTENSION_REQUESTED), Lateness.EXTENSION_PENDING, Skip.WAITS_FOR_OFFICE),
        (Owed(state=State.REPORTED), None, Skip.DONE),
        (Owed(state=State.CONFIRMED), None, Skip.DONE),
        (Owed(state=State.CANCELLED), None, Skip.DONE),
    ],
)
def test_the_office_presses_for_nothing_that_waits_for_itself_or_for_others(
    one: Owed, how: Lateness | None, wanted: Skip | None
) -> None:
    assert why_not(one, how, TODAY) is wanted


def test_a_preview_tells_who_hears_and_what_is_left_out() -> None:
    works = [
        Owed(1, 1, "Sở Mẫu 1"),
        Owed(2, 1, "Sở Mẫu 1", due_on=NEAR),
        Owed(3, 2, "Thuế tỉnh Mẫu", "central", due_on=date(2026, 3, 13)),
        Owed(4, 3, "UBND xã Mẫu"),
        Owed(5, 1, "Sở Mẫu 1", state=State.OBSTACLE),
        Owed(6, 2, "Thuế tỉnh Mẫu", "central"),
        Owed(7, 2, "Thuế tỉnh Mẫu", "central"),
        Owed(8, 4, "Văn phòng"),
    ]
    early, later = Urged("An", datetime(2026, 3, 16, 1, tzinfo=UTC)), Urged("Lan", datetime(2026, 3, 16, 2, tzinfo=UTC))
    stands: dict[int, Lateness | None] = {one.id: Lateness.LATE for one in works}
    found = preview(works, stands, {6: later, 7: early}, {1: 2, 2: 1, 3: 0, 4: 1}, TODAY, own=[4])
    assert found.ids == (1, 2, 3)
    assert [(one.agency, one.count, one.longest_days, one.people, one.cooperates) for one in found.lines] == [
        ("Sở Mẫu 1", 2, 14, 2, False),
        ("Thuế tỉnh Mẫu", 1, 3, 1, True),
    ]
    assert found.people == 3
    assert found.left_out == {Skip.WAITS_FOR_OFFICE: 1, Skip.URGED: 2, Skip.UNREACHED: 1, Skip.OWN: 1}
    assert found.urged == later
    assert all(skip.label for skip in Skip)


def test_agencies_stand_by_level_and_then_by_name() -> None:
    named = [
        ("press", "Báo Mẫu"), ("commune_committee", "UBND xã Đông"), ("commune_committee", "UBND xã Ba"),
        ("province_department", "Sở Y tế"), ("central_agency", "Thuế tỉnh"), ("", "Ban Quản lý"),
        ("mass_organisation", "Hội Nông dân"), ("province_department", "Sở Nội vụ"),
    ]  # fmt: skip
    assert [name for _, name in sorted(named, key=lambda one: rank(*one))] == [
        "Sở Nội vụ", "Sở Y tế", "UBND xã Ba", "UBND xã Đông", "Thuế tỉnh", "Hội Nông dân", "Báo Mẫu", "Ban Quản lý",
    ]  # fmt: skip


LINE = st.text("abcđê ", min_size=1, max_size=90).map(str.strip).filter(bool)
BLOCKS = st.lists(st.lists(LINE, min_size=1, max_size=6), min_size=1, max_size=8)


@given(BLOCKS, st.integers(200, 600))
def test_no_line_of_a_pasted_text_is_lost_and_every_part_fits(blocks: list[list[str]], limit: int) -> None:
    told = [
        [f"Cơ quan {at}: {head}"[:80], *(f"- {at}.{row} {line}" for row, line in enumerate(lines))]
        for at, (head, *lines) in enumerate(blocks)
    ]
    found = parts("VIỆC QUÁ HẠN", told, "Đề nghị báo kết quả.", limit)
    assert all(len(text) <= limit + len("\n(phần 10/10)") for text in found)
    lines = [line for text in found for line in text.split("\n")]
    assert [line for line in lines if line.startswith("- ")] == [line for _, *rest in told for line in rest]
    assert (lines[0], found[-1].split("\n")[-1 if len(found) == 1 else -2]) == ("VIỆC QUÁ HẠN", "Đề nghị báo kết quả.")
    for text in found[1:]:
        first = text.split("\n")[0]
        assert first.startswith(("Cơ quan", "Đề nghị")), "a part begins with whose the lines are"
