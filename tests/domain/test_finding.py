"""Words against texts: abbreviations both ways, numbers of documents, the order of what is found."""

import pytest

from domain.finding import initials, ranked, words_of

TEXTS = {
    1: (
        "Rà soát thủ tục hành chính nội bộ",
        "Quyết định của Chủ tịch UBND tỉnh",
        "24/KH-UBND 145/QĐ-STP",
        "",
        "Sở Tư pháp",
    ),
    2: ("Tự kiểm tra văn bản quy phạm pháp luật", "Báo cáo", "24/KH-UBND 45/BC-STP", "", "Sở Tư pháp · STP"),
    3: ("Bố trí nhân sự tại TTPVHCC", "Quyết định", "24/KH-UBND", "", "Văn phòng UBND tỉnh · VPUBND"),
    4: ("Triển khai Nghị định 61/2018/NĐ-CP tại Bộ phận Một cửa", "", "24/KH-UBND", "", "Sở Giao thông vận tải"),
    5: ("Xử lý PAKN của người dân về DVC trực tuyến", "", "24/KH-UBND", "", "Sở Giao thông vận tải"),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("TTPVHCC", [3]),
        ("trung tâm phục vụ hành chính công", [3]),
        ("VBQPPL", [2]),
        ("van ban quy pham", [2]),
        ("phản ánh kiến nghị", [5]),
        ("pakn", [5]),
        ("dịch vụ công", [5]),
        ("uy ban nhan dan tinh", [1, 3]),
        ("vp ubnd", [3]),
        ("SGTVT", [4, 5]),
        ("gtvt một cửa", [4]),
        ("45/BC-STP", [2]),
        ("45/BC", [2]),
        ("5/BC-STP", []),
        ("45/BC-STC", []),
        ("145", [1]),
        ("NĐ 61", [4]),
        ("nghị định 61/2018/NĐ-CP", [4]),
        ("STP", [1, 2]),
        ("cong ty xyz", []),
    ],
)
def test_what_is_typed_finds(typed: str, found: list[int]) -> None:
    assert ranked(typed, TEXTS) == found


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("KSTT", "kiểm soát thủ tục"),
        ("KSTTHC", "kiểm soát thủ tục hành chính"),
        ("TTHC", "thủ tục hành chính"),
        ("PAKN", "phản ánh, kiến nghị"),
        ("UBND", "Ủy ban nhân dân"),
        ("TTPVHCC", "Trung tâm Phục vụ hành chính công"),
        ("CCHC", "cải cách hành chính"),
        ("NĐ", "nghị định"),
        ("QĐ", "quyết định"),
        ("VBQPPL", "văn bản quy phạm pháp luật"),
        ("DVC", "dịch vụ công"),
    ],
)
def test_an_abbreviation_and_its_words_are_one(short: str, long: str) -> None:
    assert words_of(short) == words_of(long)
    assert ranked(short, {1: (f"Việc về {long} năm nay",), 2: ("Việc khác",)}) == [1]
    assert ranked(long, {1: (f"Việc về {short} năm nay",), 2: ("Việc khác",)}) == [1]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Sở Kế hoạch và Đầu tư", ("skhdt", "khdt")),
        ("Sở Thông tin và Truyền thông", ("stttt", "tttt")),
        ("UBND xã Lam Sơn", ("ubndxls", "xls")),
        ("Ban Dân tộc", ("bdt",)),
    ],
)
def test_the_initials_of_an_agency(name: str, short: tuple[str, ...]) -> None:
    assert initials(name) == short


def test_a_word_that_stands_somewhere_is_not_taken_for_initials_elsewhere() -> None:
    texts = {1: ("Thực hiện thanh tra, tuyên truyền",), 2: ("Việc khác", "Sở · tttt")}
    assert ranked("tttt", texts) == [2]
    assert ranked("tttt", {1: texts[1]}) == [1]
    assert ranked("khdt", {1: ("Kế hoạch và đầu tư",)}) == [1]
