"""Agency cells as plans write them: names, collectives, exceptions, roles, and the directory behind them."""

from collections.abc import Sequence
from datetime import date

import pytest

from domain.agencies import (
    Agency,
    AgencyPhrase,
    Directory,
    Group,
    Resolution,
    Roles,
    Unknown,
    listed,
    resolve,
    roles,
    split,
)

PLAN_DAY = date(2024, 1, 29)
PROVINCE, DISTRICTS, COMMUNES = "province_departments", "district_committees", "commune_committees"
CENTRAL, PRESS, MASS, OTHER = "central_agencies", "press", "mass_organisations", "other"

WHOLE_NAMES = (
    "Sở Nội vụ",
    "sở xây dựng",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Lao động, Thương binh và Xã hội",
    "Sở Nông nghiệp và Môi trường",
    "Sở Dân tộc và Tôn giáo",
    "Văn phòng UBND tỉnh",
    "Văn phòng HĐND và UBND huyện",
    "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
    "Văn phòng UBND tỉnh (Trung tâm Phục vụ Hành chính công tỉnh)",
    "Phòng Tài chính - Kế hoạch",
    "Phòng VH&TT",
    "Phòng Văn hóa và Thông tin",
    "Chi cục Thuế khu vực Đức Phổ - Ba Tơ",
    "Kho bạc Nhà nước huyện Ba Tơ",
    "Báo và Phát thanh, Truyền hình Bắc Ninh",
    "Đài Phát thanh và Truyền hình tỉnh",
    "Cục Kiểm soát TTHC, Văn phòng Chính phủ",
    "Ban Quản lý các khu công nghiệp",
    "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh",
    "Trung tâm Truyền thông – Văn hóa – Thể thao huyện",
    "Liên đoàn Lao động tỉnh",
    "Ủy ban MTTQ Việt Nam tỉnh",
    "UBND tỉnh",
    "UBND thành phố Bắc Giang",
    "UBND xã Ba Vì",
    "Công an tỉnh",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "Trường Đại học Quy Nhơn",
    "BHXH tỉnh",
)


@pytest.mark.parametrize("name", WHOLE_NAMES)
def test_a_name_stays_whole(name: str) -> None:
    assert split(name, PLAN_DAY) == AgencyPhrase(names=(name,))
    assert listed(f"- {name}.") == (name,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các Sở: Nội vụ, Tư pháp, Tài chính", ("Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính")),
        ("Các Sở: Nội vụ; Tư pháp; Tài chính", ("Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính")),
        ("Các Sở Nội vụ, Văn hóa, Thể thao và Du lịch", ("Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch")),
        ("Sở: Nội vụ, Thông tin và Truyền thông và Y tế",
         ("Sở Nội vụ", "Sở Thông tin và Truyền thông", "Sở Y tế")),
        ("Sở Nội vụ, Tư pháp", ("Sở Nội vụ", "Sở Tư pháp")),
        ("Các phòng: Nội vụ, Văn hóa và Thông tin", ("Phòng Nội vụ", "Phòng Văn hóa và Thông tin")),
        ("UBND các huyện: Ba Tơ, Minh Long và Sơn Hà",
         ("UBND huyện Ba Tơ", "UBND huyện Minh Long", "UBND huyện Sơn Hà")),
        ("UBND các huyện Ba Tơ, Minh Long", ("UBND huyện Ba Tơ", "UBND huyện Minh Long")),
        ("UBND xã Ba Vì, phường Kinh Bắc", ("UBND xã Ba Vì", "UBND phường Kinh Bắc")),
        ("- Sở Nội vụ - Văn phòng UBND tỉnh", ("Sở Nội vụ", "Văn phòng UBND tỉnh")),
        ("Sở TT&TT, Sở KH&CN", ("Sở TT&TT", "Sở KH&CN")),
        ("Sở Xây dựng / Sở Giao thông vận tải", ("Sở Xây dựng", "Sở Giao thông vận tải")),
        ("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh và Thanh tra tỉnh",
         ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Thanh tra tỉnh")),
        ("Báo Bắc Giang, Đài PT&TH tỉnh", ("Báo Bắc Giang", "Đài PT&TH tỉnh")),
        ("Viettel, VNPT Bắc Ninh, Bưu điện tỉnh", ("Viettel", "VNPT Bắc Ninh", "Bưu điện tỉnh")),
        ("Hội Nông dân, Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn",
         ("Hội Nông dân", "Hội Liên hiệp Phụ nữ tỉnh", "Tỉnh đoàn")),
        ("Sở Nội vụ; Sở Nội vụ; SỞ NỘI VỤ", ("Sở Nội vụ",)),
        ("Sở Tư pháp tham mưu", ("Sở Tư pháp",)),
        ("Giao Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ", ("Sở Tư pháp", "Sở Nội vụ")),
        ("Chủ trì: Sở Tư pháp; Phối hợp: Sở Nội vụ", ("Sở Tư pháp", "Sở Nội vụ")),
        ("Sở Tài chính (chủ trì), Sở Nội vụ (phối hợp)", ("Sở Tài chính", "Sở Nội vụ")),
        ("Văn phòng\nUBND tỉnh", ("Văn phòng UBND tỉnh",)),
        ("Văn phòng HĐND và\nUBND huyện", ("Văn phòng HĐND và UBND huyện",)),
        ("1. Sở Nội vụ\n2. Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("+ Sở Nội vụ;\n+ Sở Tài chính.", ("Sở Nội vụ", "Sở Tài chính")),
        ("", ()),
        ("-", ()),
    ],
)  # fmt: skip
def test_names_are_taken_apart(text: str, names: tuple[str, ...]) -> None:
    assert split(text, PLAN_DAY) == AgencyPhrase(names=names)


@pytest.mark.parametrize(
    ("raw", "levels"),
    [
        ("Các sở, ban, ngành", (PROVINCE,)),
        ("Sở, ban, ngành thuộc UBND tỉnh", (PROVINCE,)),
        ("Các sở, ngành", (PROVINCE,)),
        ("các sở, ban ngành", (PROVINCE,)),
        ("Sở, ban, ngành có TTHC", (PROVINCE,)),
        ("Các sở, ngành liên quan", (PROVINCE,)),
        ("Các cơ quan chuyên môn thuộc UBND tỉnh", (PROVINCE,)),
        ("Thủ trưởng các sở, ban, ngành", (PROVINCE,)),
        ("Các sở, ban, ngành, đoàn thể", (PROVINCE, MASS)),
        ("Các sở, ban, ngành và địa phương", (PROVINCE, DISTRICTS)),
        ("UBND cấp huyện", (DISTRICTS,)),
        ("UBND huyện, TP", (DISTRICTS,)),
        ("UBND huyện, thành phố (TP)", (DISTRICTS,)),
        ("UBND các huyện, thị xã, thành phố", (DISTRICTS,)),
        ("Chủ tịch UBND các huyện, thành phố", (DISTRICTS,)),
        ("Công an các huyện, thành phố", (DISTRICTS,)),
        ("UBND cấp huyện, cấp xã", (DISTRICTS, COMMUNES)),
        ("UBND các cấp", (DISTRICTS, COMMUNES)),
        ("UBND cấp xã", (COMMUNES,)),
        ("UBND xã, phường, thị trấn", (COMMUNES,)),
        ("UBND các xã, phường, đặc khu", (COMMUNES,)),
        ("Trung tâm Phục vụ hành chính công cấp xã", (COMMUNES,)),
        ("Bộ phận chuyên môn thuộc UBND cấp xã", (COMMUNES,)),
        ("Các cơ quan theo ngành dọc đóng tại địa phương", (CENTRAL,)),
        ("các cơ quan TW đóng trên địa bàn tỉnh", (CENTRAL,)),
        ("Cơ quan Trung ương đóng trên địa bàn", (CENTRAL,)),
        ("Các Bộ, ngành Trung ương", (CENTRAL,)),
        ("Các cơ quan báo, đài", (PRESS,)),
        ("Các cơ quan báo chí đóng trên địa bàn tỉnh", (PRESS,)),
        ("Các tổ chức chính trị - xã hội tỉnh", (MASS,)),
        ("Các cơ quan, đơn vị có liên quan", (OTHER,)),
        ("Cơ quan rà soát", (OTHER,)),
        ("Các đơn vị, địa phương", (OTHER,)),
        ("Các trường học, cơ sở y tế", (OTHER,)),
        ("Tổ công tác của Chủ tịch UBND tỉnh", (OTHER,)),
        ("Cơ quan chủ trì soạn thảo văn bản QPPL", (OTHER,)),
    ],
)
def test_a_collective_has_a_level_and_is_no_name(raw: str, levels: tuple[str, ...]) -> None:
    found = split(raw, PLAN_DAY)
    assert [(group.raw, group.level) for group in found.groups] == [(raw, level) for level in levels]
    assert (found.names, found.warnings) == ((), ())


def test_localities_are_districts_until_the_two_tier_reform_and_communes_after() -> None:
    assert split("Các địa phương", date(2025, 6, 30)).groups[0].level == DISTRICTS
    assert split("Các địa phương", date(2025, 7, 1)).groups[0].level == COMMUNES
    assert split("Các địa phương").groups[0].level == OTHER


@pytest.mark.parametrize(
    "text",
    ["Các sở, ban, ngành (trừ Sở Ngoại vụ, Ban Dân tộc)", "Các sở, ban, ngành, ngoại trừ: Sở Ngoại vụ, Ban Dân tộc"],
)
def test_exceptions_are_kept_apart(text: str) -> None:
    found = split(f"{text}; UBND cấp huyện", PLAN_DAY)
    assert [group.raw for group in found.groups] == ["Các sở, ban, ngành", "UBND cấp huyện"]
    assert found.excluded == ("Sở Ngoại vụ", "Ban Dân tộc")


def test_words_that_name_no_agency_are_shown_to_a_person() -> None:
    found = split("Chương trình mục tiêu quốc gia", PLAN_DAY)
    assert found.warnings == ("Chưa nhận ra cơ quan trong “Chương trình mục tiêu quốc gia”.",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Nội vụ", Roles(("Sở Nội vụ",))),
        ("- Các cơ quan, đơn vị.\n- UBND các xã, thị trấn", Roles(("Các cơ quan, đơn vị", "UBND các xã, thị trấn"))),
        (
            "- Văn phòng HĐND và UBND huyện chủ trì. - Các cơ quan, đơn vị liên quan; UBND các xã, thị trấn phối hợp.",
            Roles(("Văn phòng HĐND và UBND huyện",), ("Các cơ quan, đơn vị liên quan", "UBND các xã, thị trấn")),
        ),
        (
            "Các sở, ban, ngành cấp tỉnh chủ trì, phối hợp UBND cấp huyện",
            Roles(("Các sở, ban, ngành cấp tỉnh",), ("UBND cấp huyện",)),
        ),
        (
            "- Phòng VH&TT phối hợp với Văn phòng HĐND và UBND huyện chủ trì.\n- Các đơn vị phối hợp.",
            Roles(("Phòng VH&TT",), ("Văn phòng HĐND và UBND huyện", "Các đơn vị")),
        ),
        (
            "- Các cơ quan, đơn vị được giao chủ trì (theo kế hoạch).\n"
            "- Văn phòng HĐND và UBND huyện theo dõi, hướng dẫn, phối hợp và tham mưu, trình Chủ tịch UBND huyện.",
            Roles(("Các cơ quan, đơn vị được giao chủ trì",), (), ("Văn phòng HĐND và UBND huyện",)),
        ),
        (
            "- Phòng Tư pháp, UBND các xã, thị trấn triển khai chủ trì thực hiện\n- Văn phòng UBND huyện theo dõi.",
            Roles(("Phòng Tư pháp", "UBND các xã, thị trấn"), (), ("Văn phòng UBND huyện",)),
        ),
        (
            "- Văn phòng UBND huyện chủ trì. Các cơ quan, đơn vị; UBND các xã thực hiện.",
            Roles(("Văn phòng UBND huyện",), ("Các cơ quan, đơn vị", "UBND các xã")),
        ),
        (
            "Sở Nội vụ chủ trì; Sở Tài chính, Sở Tư pháp phối hợp; Thanh tra tỉnh theo dõi",
            Roles(("Sở Nội vụ",), ("Sở Tài chính", "Sở Tư pháp"), ("Thanh tra tỉnh",)),
        ),
        ("Cơ quan chủ trì: Sở Y tế\nCơ quan phối hợp: Sở Nội vụ", Roles(("Sở Y tế",), ("Sở Nội vụ",))),
        (
            "Văn phòng UBND tỉnh (chủ trì); các sở, ban, ngành; UBND cấp huyện",
            Roles(("Văn phòng UBND tỉnh",), ("các sở, ban, ngành", "UBND cấp huyện")),
        ),
        ("Cơ quan chủ trì soạn thảo văn bản QPPL", Roles(("Cơ quan chủ trì soạn thảo văn bản QPPL",))),
    ],
)
def test_roles_inside_a_cell(text: str, expected: Roles) -> None:
    assert roles(text) == expected


def test_a_name_that_leads_does_not_coordinate_too() -> None:
    assert roles("Sở Nội vụ chủ trì. - Sở Nội vụ, Sở Y tế phối hợp") == Roles(("Sở Nội vụ",), ("Sở Y tế",))


def test_a_location_does_not_end_a_collective() -> None:
    text = (
        "- Sở, ban, ngành thuộc UBND tỉnh và các cơ quan có TTHC tiếp nhận tại Trung tâm Phục vụ HCC tỉnh và"
        " Bộ phận Một cửa của đơn vị."
    )
    assert listed(text) == (
        "Sở, ban, ngành thuộc UBND tỉnh",
        "các cơ quan có TTHC tiếp nhận tại Trung tâm Phục vụ HCC tỉnh và Bộ phận Một cửa của đơn vị",
    )


DIRECTORY = Directory(
    (
        Agency("VP", "Văn phòng UBND tỉnh", ("VPUBND tỉnh",), "province_department", coordinating=True),
        Agency("SNV", "Sở Nội vụ", (), "province_department"),
        Agency("SNgV", "Sở Ngoại vụ", (), "province_department"),
        Agency("STTTT", "Sở Thông tin và Truyền thông", (), "province_department", None, None, date(2025, 2, 28),
               "SKHCN"),
        Agency("SKHCN", "Sở Khoa học và Công nghệ", (), "province_department"),
        Agency("TTPVHCC", "Trung tâm Phục vụ hành chính công tỉnh", (), "other", "VP"),
        Agency("H1", "UBND huyện Ba Tơ", (), "district_committee", None, None, date(2025, 6, 30)),
        Agency("X1", "UBND xã Ba Tơ", (), "commune_committee", None, date(2025, 7, 1)),
        Agency("A", "Chi cục Thuế A", ("Thuế khu vực",), "central_agency"),
        Agency("B", "Chi cục Thuế B", ("Thuế khu vực",), "central_agency"),
        Agency("R1", "Ban Cũ", (), "other", None, None, date(2020, 1, 1), "R2"),
        Agency("R2", "Ban Mới", (), "other", None, None, date(2021, 1, 1), "R1"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Văn phòng UBND tỉnh", "VP"),
        ("VP UBND tỉnh", "VP"),
        ("VPUBND tỉnh", "VP"),
        ("văn phòng ủy ban nhân dân tỉnh Bắc Ninh", "VP"),
        ("Văn phòng UBND tỉnh (Trung tâm Phục vụ Hành chính công tỉnh)", "VP"),
        ("Sở TT&TT", "STTTT"),
        ("SỞ THÔNG TIN & TRUYỀN THÔNG", "STTTT"),
        ("Sở KH&CN tỉnh Hà Tĩnh", "SKHCN"),
        ("so khoa hoc va cong nghe", "SKHCN"),
        ("TTPVHCC", "TTPVHCC"),
        ("TTPVHCC tỉnh", "TTPVHCC"),
        ("Giám đốc Sở Nội vụ", "SNV"),
        ("Sở Nội vụ thành phố Đà Nẵng", "SNV"),
        ("UBND huyện Ba Tơ", "H1"),
        ("UBND huyện Sơn Hà", None),
        ("Sở Công Thương", None),
        ("Thuế khu vực", None),
        ("Ban Cũ", None),
    ],
)
def test_an_agency_is_found_by_any_of_its_names(name: str, code: str | None) -> None:
    found = DIRECTORY.find(name, PLAN_DAY)
    assert (found.code if found else None) == code


def test_an_agency_that_ended_gives_its_successor() -> None:
    later = date(2025, 3, 1)
    found = DIRECTORY.find("Sở TT&TT", later)
    assert found is not None
    assert found.code == "SKHCN"
    assert DIRECTORY.find("UBND huyện Ba Tơ", date(2025, 7, 1)) is None


def test_members_are_those_of_the_day() -> None:
    assert [each.code for each in DIRECTORY.members("province_department", date(2025, 3, 1))] == [
        "VP", "SNV", "SNgV", "SKHCN",
    ]  # fmt: skip
    assert DIRECTORY.members("district_committee", date(2025, 7, 1)) == ()
    assert [each.code for each in DIRECTORY.members("commune_committee", date(2025, 7, 1))] == ["X1"]


def codes(found: Resolution) -> list[str]:
    return [agency.code for agency in found.agencies]


def test_a_phrase_is_resolved_with_its_collectives_and_exceptions() -> None:
    phrase = split("Văn phòng UBND tỉnh; Các sở, ban, ngành (trừ Sở Ngoại vụ); UBND cấp huyện", PLAN_DAY)
    found = resolve(phrase, DIRECTORY, PLAN_DAY)
    assert codes(found) == ["VP"]
    assert [[agency.code for agency in members] for _, members in found.groups] == [
        ["VP", "SNV", "STTTT", "SKHCN"], ["H1"],
    ]  # fmt: skip
    assert found.unknown == ()


@pytest.mark.parametrize("text", ["Các cơ quan có liên quan", "Tổ công tác của tỉnh", "Các sở, ngành liên quan"])
def test_a_collective_without_fixed_members_stays_visible_and_expands_to_nobody(text: str) -> None:
    found = resolve(split(text, PLAN_DAY), DIRECTORY, PLAN_DAY)
    assert [(group.raw, members) for group, members in found.groups] == [(text, ())]


def test_an_unknown_name_comes_with_the_nearest_one() -> None:
    def nearest(name: str, names: Sequence[str]) -> str | None:
        assert "UBND xã Ba Tơ" not in names
        return next((each for each in names if each.split()[0] == name.split()[0]), None)

    found = resolve(split("Sở Nội vu; Viện Quy hoạch", PLAN_DAY), DIRECTORY, PLAN_DAY, nearest)
    assert codes(found) == ["SNV"]
    assert found.unknown == (Unknown("Viện Quy hoạch", None),)
    misspelt = resolve(split("Sở Nội vuj", PLAN_DAY), DIRECTORY, PLAN_DAY, nearest)
    assert misspelt.unknown == (Unknown("Sở Nội vuj", "Sở Nội vụ"),)


def test_an_exception_the_directory_does_not_hold_is_not_passed_over() -> None:
    phrase = AgencyPhrase(groups=(Group("Các sở", "province_departments"),), excluded=("Sở Thiên văn",))
    assert resolve(phrase, DIRECTORY, PLAN_DAY).unknown == (Unknown("Sở Thiên văn"),)
