"""Roles by the words that offices use, and who may see what."""

import pytest

from domain.people import Role, Seat, Viewer, role_named


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("officer", Role.OFFICER),
        ("Cán bộ đầu mối", Role.OFFICER),
        ("can bo dau moi", Role.OFFICER),
        ("  ĐẦU MỐI ", Role.OFFICER),
        ("chuyên viên", Role.OFFICER),
        ("head", Role.HEAD),
        ("Lãnh đạo cơ quan", Role.HEAD),
        ("thủ trưởng", Role.HEAD),
        ("Lãnh đạo đơn vị", Role.HEAD),
        ("coordinator", Role.COORDINATOR),
        ("Cán bộ Văn phòng", Role.COORDINATOR),
        ("cán bộ văn phòng UBND tỉnh", Role.COORDINATOR),
        ("điều phối", Role.COORDINATOR),
        ("leader", Role.LEADER),
        ("Lãnh đạo UBND", Role.LEADER),
        ("lanh dao ubnd tinh", Role.LEADER),
        ("quản trị", Role.ADMIN),
        ("giám sát", None),
        ("", None),
    ],
)
def test_roles_by_name(words: str, role: Role | None) -> None:
    assert role_named(words) is role


def test_which_roles_a_coordinator_must_agree_to() -> None:
    assert {role for role in Role if role.needs_consent} == {Role.COORDINATOR, Role.LEADER, Role.ADMIN}


def test_one_person_may_hold_several_seats() -> None:
    viewer = Viewer(
        7,
        "Nguyễn Mẫu An",
        (Seat(1, "Sở Tư pháp", Role.OFFICER), Seat(2, "Sở Nội vụ", Role.HEAD), Seat(3, "Văn phòng", Role.COORDINATOR)),
    )
    assert viewer.own_agencies == {1, 2}
    assert viewer.coordinates
    assert not viewer.leads
    assert viewer.agencies_as(Role.HEAD) == {2}


def test_a_coordinator_has_no_tasks_of_the_office_by_that_alone() -> None:
    viewer = Viewer(7, "An", (Seat(3, "Văn phòng", Role.COORDINATOR), Seat(4, "UBND tỉnh", Role.LEADER)))
    assert viewer.own_agencies == frozenset()
    assert viewer.leads
