"""Who in the office hears first, and who next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.following import About, Follow, Official, above, first, marks, step, within
from domain.people import HEAD_OF_OFFICE, HEAD_OF_ROOM, STAFF, rank_named, rank_of

STP = About(7, "province_department", 3, ("II. KIỂM SOÁT THỦ TỤC", "1. Rà soát"))


def official(person: int, rank: int = STAFF, hears: int | None = None, *, reachable: bool = True) -> Official:
    return Official(person, rank, hears or person, reachable)


LAN, AN, BINH = official(1), official(2), official(3)


@pytest.mark.parametrize(
    ("follow", "covers"),
    [
        (Follow(1), False),
        (Follow(1, agency_id=7), True),
        (Follow(1, agency_id=8), False),
        (Follow(1, level="province_department"), True),
        (Follow(1, level="commune_committee"), False),
        (Follow(1, plan_id=3), True),
        (Follow(1, plan_id=4), False),
        (Follow(1, plan_id=3, section="II"), True),
        (Follow(1, plan_id=3, section="ii.1"), True),
        (Follow(1, plan_id=3, section="II.1.2"), False),
        (Follow(1, plan_id=3, section="I"), False),
        (Follow(1, agency_id=7, plan_id=4), False),
    ],
)
def test_what_is_followed_covers_its_own_alone(follow: Follow, covers: bool) -> None:
    assert follow.covers(STP) is covers


@pytest.mark.parametrize(
    ("section", "place"),
    [
        (("II. KIỂM SOÁT", "1. Rà soát"), "II.1"),
        (("I. NHIỆM VỤ",), "I"),
        (("I. A", "1. B", "1.2. C"), "I.1.1.2"),
        (("3. A", "3.1. B"), "3.1"),
        ((), ""),
        (("Các nhiệm vụ khác",), ""),
    ],
)
def test_the_place_among_the_headings(section: tuple[str, ...], place: str) -> None:
    assert marks(section) == place


def test_section_one_is_not_section_ten() -> None:
    assert not within("1", ("10. Khác",))
    assert within("II", ("II. Một",))
    assert not within("I", ("II. Một",))


@pytest.mark.parametrize(
    ("follows", "officials", "told"),
    [
        ([], [LAN, AN], [1, 2]),
        ([Follow(2, agency_id=7)], [LAN, AN], [2]),
        ([Follow(2, agency_id=7)], [LAN, official(2, reachable=False)], [1, 2]),
        ([Follow(2, agency_id=7)], [LAN, official(2, hears=3), BINH], [3]),
        ([Follow(2, agency_id=9)], [LAN, AN], [1, 2]),
        ([Follow(9, agency_id=7)], [LAN, AN], [1, 2]),
        ([Follow(1, agency_id=7), Follow(2, plan_id=3)], [LAN, AN, BINH], [1, 2]),
    ],
)
def test_followers_first_else_everybody(follows: list[Follow], officials: list[Official], told: list[int]) -> None:
    assert first(STP, follows, officials) == told


ROOM, CHIEF = official(4, HEAD_OF_ROOM), official(5, HEAD_OF_OFFICE)


@pytest.mark.parametrize(
    ("at", "officials", "told"),
    [
        (0, [LAN, ROOM, CHIEF], []),
        (1, [LAN, ROOM, CHIEF], [4]),
        (2, [LAN, ROOM, CHIEF], [5]),
        (1, [LAN, CHIEF], [5]),
        (1, [official(4, HEAD_OF_ROOM, reachable=False), CHIEF], [5]),
        (1, [LAN], []),
        (2, [LAN, ROOM], []),
    ],
)
def test_the_next_above(at: int, officials: list[Official], told: list[int]) -> None:
    assert above(at, officials) == told


@given(st.integers(0, 400), st.integers(1, 30))
def test_a_step_is_reached_once_and_never_left(waited: int, every: int) -> None:
    assert step(waited, every) <= step(waited + 1, every) <= 2
    assert (step(waited, every) >= 1) is (waited >= every)
    assert (step(waited, every) == 2) is (waited >= 2 * every)


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("Chánh Văn phòng", HEAD_OF_OFFICE),
        ("Phó Chánh Văn phòng UBND tỉnh", HEAD_OF_OFFICE),
        ("Trưởng phòng Kiểm soát TTHC", HEAD_OF_ROOM),
        ("phó trưởng phòng", HEAD_OF_ROOM),
        ("Chuyên viên", STAFF),
        ("", STAFF),
    ],
)
def test_the_rank_that_a_title_gives(title: str, rank: int) -> None:
    assert rank_of(title) == rank


def test_the_rank_that_a_word_means() -> None:
    assert (rank_named("1"), rank_named("Phó Chánh Văn phòng"), rank_named("3")) == (HEAD_OF_ROOM, HEAD_OF_OFFICE, None)
