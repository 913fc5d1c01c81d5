"""The head of an official letter, in the shapes in which text comes out of files, and the task that it answers."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.replies.letter import Letter, read_letter
from domain.replies.likeness import OpenTask, Verdict, likeliest

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
DAY = date(2026, 1, 18)

SAMPLES: dict[str, tuple[str, Letter]] = {
    "two columns on one line": (
        """UBND TỈNH SƠN LA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TÀI CHÍNH Độc lập - Tự do - Hạnh phúc
Số: 45/STC-QLNS Sơn La, ngày 18 tháng 01 năm 2026
V/v báo cáo kết quả rà soát
thủ tục hành chính quý I
Kính gửi: Ủy ban nhân dân tỉnh
Thực hiện Công văn số 12/UBND-KSTT ngày 05 tháng 01 năm 2026""",
        Letter("45/STC-QLNS", DAY, "SỞ TÀI CHÍNH", "Công văn", "báo cáo kết quả rà soát thủ tục hành chính quý I"),
    ),
    "columns kept apart by spaces": (
        """
        UBND TỈNH SƠN LA                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
          SỞ TÀI CHÍNH                            Độc lập - Tự do - Hạnh phúc
        ________________                       ______________________________
        Số: 45/KH-STC                          Sơn La, ngày 18 tháng 01 năm 2026

                                     KẾ HOẠCH
             Kiểm soát thủ tục hành chính năm 2026 của Sở Tài chính
                                  ___________
        Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010""",
        Letter("45/KH-STC", DAY, "SỞ TÀI CHÍNH", "Kế hoạch", "Kiểm soát thủ tục hành chính năm 2026 của Sở Tài chính"),
    ),
    "one column after the other": (
        """UBND TỈNH SƠN LA
SỞ NỘI VỤ
Số: 7/BC-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Sơn La, ngày 18 tháng 01 năm 2026
BÁO CÁO
Kết quả thực hiện cải cách hành chính
năm 2025
Kính gửi: Ủy ban nhân dân tỉnh""",
        Letter("7/BC-SNV", DAY, "SỞ NỘI VỤ", "Báo cáo", "Kết quả thực hiện cải cách hành chính năm 2025"),
    ),
    "the right column first": (
        """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn La, ngày 18 tháng 01 năm 2026
UBND TỈNH SƠN LA
SỞ Y TẾ
Số: 90/SYT-NVY
V/v cung cấp số liệu dịch vụ công
Kính gửi: Văn phòng UBND tỉnh""",
        Letter("90/SYT-NVY", DAY, "SỞ Y TẾ", "Công văn", "cung cấp số liệu dịch vụ công"),
    ),
    "an agency's name over two lines": (
        """UBND TỈNH SƠN LA
SỞ NÔNG NGHIỆP VÀ
MÔI TRƯỜNG
Số: 12/TTr-SNNMT
Sơn La, ngày 18 tháng 1 năm 2026
TỜ TRÌNH
Về việc ban hành Quy chế phối hợp
Kính gửi: Ủy ban nhân dân tỉnh""",
        Letter("12/TTr-SNNMT", DAY, "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Tờ trình", "ban hành Quy chế phối hợp"),
    ),
    "the committee itself": (
        """ỦY BAN NHÂN DÂN
TỈNH SƠN LA
Số: 24/KH-UBND
Sơn La, ngày 18 tháng 01 năm 2026
KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2026""",
        Letter("24/KH-UBND", DAY, "ỦY BAN NHÂN DÂN TỈNH SƠN LA", "Kế hoạch", "Kiểm soát thủ tục hành chính năm 2026"),
    ),
    "blanks left for number and day": (
        """UBND TỈNH SƠN LA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TƯ PHÁP Độc lập - Tự do - Hạnh phúc
Số:       /KH-STP Sơn La, ngày      tháng 01 năm 2026
KẾ HOẠCH
Kiểm tra văn bản năm 2026
Căn cứ Luật Ban hành văn bản ngày 19 tháng 02 năm 2025""",
        Letter(None, None, "SỞ TƯ PHÁP", "Kế hoạch", "Kiểm tra văn bản năm 2026"),
    ),
    "dots for the day": (
        """UBND TỈNH SƠN LA
SỞ TƯ PHÁP
Số: ...../STP-KTVB
Sơn La, ngày ... tháng ... năm 2026
V/v góp ý dự thảo
Kính gửi: Sở Tài chính""",
        Letter(None, None, "SỞ TƯ PHÁP", "Công văn", "góp ý dự thảo"),
    ),
    "a decision with its authority": (
        """UBND TỈNH SƠN LA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TÀI CHÍNH Độc lập - Tự do - Hạnh phúc
Số: 67/QĐ-STC Sơn La, ngày 18 tháng 01 năm 2026
QUYẾT ĐỊNH
Về việc công bố quy trình nội bộ
GIÁM ĐỐC SỞ TÀI CHÍNH
Căn cứ Quyết định số 01/2025/QĐ-UBND ngày 02 tháng 01 năm 2025""",
        Letter("67/QĐ-STC", DAY, "SỞ TÀI CHÍNH", "Quyết định", "công bố quy trình nội bộ"),
    ),
    "a year within the number": (
        """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SƠN LA Độc lập - Tự do - Hạnh phúc
Số: 12/2026/QĐ-UBND Sơn La, ngày 18 tháng 01 năm 2026
QUYẾT ĐỊNH
Ban hành Quy định về tiếp công dân""",
        Letter(
            "12/2026/QĐ-UBND",
            DAY,
            "ỦY BAN NHÂN DÂN TỈNH SƠN LA",
            "Quyết định",
            "Ban hành Quy định về tiếp công dân",
        ),
    ),
    "marks lost": (
        """UBND TINH SON LA CONG HOA XA HOI CHU NGHIA VIET NAM
SO TAI CHINH Doc lap - Tu do - Hanh phuc
So: 45/QD-STC Son La, ngay 18 thang 01 nam 2026
QUYET DINH
Ve viec giao du toan
Can cu Luat Ngan sach nha nuoc""",
        Letter("45/QĐ-STC", DAY, "SO TAI CHINH", "Quyết định", "giao du toan"),
    ),
    "the subject beside the date": (
        """UBND XÃ MƯỜNG BÚ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 31/UBND-VP Độc lập - Tự do - Hạnh phúc
V/v đăng ký nhu cầu đào tạo Mường Bú, ngày 18 tháng 01 năm 2026
Kính gửi: Sở Nội vụ""",
        Letter("31/UBND-VP", DAY, "UBND XÃ MƯỜNG BÚ", "Công văn", "đăng ký nhu cầu đào tạo"),
    ),
    "a letter without a subject": (
        """UBND TỈNH SƠN LA
VĂN PHÒNG
Số: 9/TB-VP
Sơn La, ngày 18 tháng 01 năm 2026
Kính gửi: Các sở, ban, ngành""",
        Letter("9/TB-VP", DAY, "VĂN PHÒNG", "Thông báo", None),
    ),
    "a signature over the head": (
        """Người ký: Sở Tài chính
Email: stc@example.gov.vn
Thời gian ký: 18.01.2026 10:00:00
UBND TỈNH SƠN LA
SỞ TÀI CHÍNH
Số: 46/STC-VP
V/v cử đầu mối theo dõi
Sơn La, ngày 18 tháng 01 năm 2026
Kính gửi: Văn phòng UBND tỉnh""",
        Letter("46/STC-VP", DAY, "SỞ TÀI CHÍNH", "Công văn", "cử đầu mối theo dõi"),
    ),
    "spaces within the number": (
        """UBND TỈNH SƠN LA
SỞ TÀI CHÍNH
Số: 45 / BC - STC
Sơn La, ngày 18/01/2026
BÁO CÁO TÓM TẮT
Kết quả 03 năm thực hiện Đề án""",
        Letter("45/BC-STC", DAY, "SỞ TÀI CHÍNH", "Báo cáo", "Kết quả 03 năm thực hiện Đề án"),
    ),
    "type and subject on one line": (
        """CÔNG AN TỈNH SƠN LA
Số: 5/KH-CAT
Sơn La, ngày 18 tháng 01 năm 2026
KẾ HOẠCH BẢO ĐẢM AN NINH TRẬT TỰ DỊP TẾT
I. MỤC ĐÍCH""",
        Letter("5/KH-CAT", DAY, "CÔNG AN TỈNH SƠN LA", "Kế hoạch", "BẢO ĐẢM AN NINH TRẬT TỰ DỊP TẾT"),
    ),
    "an impossible day": (
        """SỞ TÀI CHÍNH
Số: 5/STC-VP
Sơn La, ngày 31 tháng 02 năm 2026
V/v đính chính""",
        Letter("5/STC-VP", None, "SỞ TÀI CHÍNH", "Công văn", "đính chính"),
    ),
    "no letter": ("Danh sách cán bộ\n1. Nguyễn Văn A\n2. Trần Thị B\nSố lượng: 2", Letter()),
    "nothing": ("", Letter()),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_head_is_read(name: str) -> None:
    text, letter = SAMPLES[name]
    assert read_letter(text) == letter


@pytest.mark.parametrize("name", SAMPLES)
def test_decomposed_text_is_the_same_letter(name: str) -> None:
    text, letter = SAMPLES[name]
    assert read_letter(unicodedata.normalize("NFD", text)) == letter


@given(st.text(max_size=300) | st.lists(st.sampled_from(SAMPLES["marks lost"][0].split()), max_size=40).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    read_letter(text)


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real plans do not lie beside this checkout")
@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("ba-to-2024", "Quyết định", "Ban hành Kế hoạch hoạt động kiểm soát"),
        ("bac-giang-2024", "Kế hoạch", "Thực hiện kiểm soát thủ tục hành chính"),
        ("binh-dinh-report-2021", "Báo cáo", "Kết quả 03 năm triển khai thực hiện Nghị định số 61/2018/NĐ-CP"),
        ("ha-tinh-2022", "Quyết định", "BAN HÀNH KẾ HOẠCH KIỂM SOÁT THỦ TỤC"),
    ],
)
def test_real_heads(name: str, kind: str, begins: str) -> None:
    letter = read_letter((SEEDS / f"{name}.txt").read_text(encoding="utf-8"))
    assert letter.kind == kind
    assert letter.subject is not None
    assert letter.subject.startswith(begins)
    assert letter.number is None  # none of them bears one on its first lines
    assert letter.on is None


# the task that a letter answers

TASKS = [
    OpenTask(1, "Ban hành Kế hoạch kiểm soát thủ tục hành chính năm 2026", "Kế hoạch", date(2026, 1, 30)),
    OpenTask(2, "Rà soát, đánh giá thủ tục hành chính nội bộ", "Báo cáo kết quả rà soát", date(2026, 6, 30)),
    OpenTask(3, "Tổ chức tập huấn nghiệp vụ cho công chức một cửa", "Hội nghị, thông báo", date(2026, 5, 15)),
    OpenTask(4, "Số hóa hồ sơ, kết quả giải quyết tại bộ phận một cửa", "Báo cáo số liệu số hóa", date(2026, 3, 31)),
    OpenTask(5, "Báo cáo tình hình tiếp nhận phản ánh, kiến nghị quý I", "Báo cáo", date(2026, 3, 25)),
    OpenTask(6, "Báo cáo tình hình tiếp nhận phản ánh, kiến nghị quý II", "Báo cáo", date(2026, 6, 25)),
    OpenTask(7, "Công khai phí, lệ phí trên Cổng Dịch vụ công", "Danh mục được công khai", None),
]

SUBJECTS: list[tuple[str, Verdict, tuple[int, ...]]] = [
    ("Kiểm soát thủ tục hành chính năm 2026 của Sở Tài chính", Verdict.SURE, (1,)),
    ("kết quả rà soát, đánh giá thủ tục hành chính nội bộ", Verdict.SURE, (2,)),
    ("ket qua ra soat thu tuc hanh chinh noi bo", Verdict.SURE, (2,)),
    ("mở lớp tập huấn nghiệp vụ một cửa", Verdict.SURE, (3,)),
    ("tình hình số hóa hồ sơ tại bộ phận một cửa", Verdict.SURE, (4,)),
    ("tình hình tiếp nhận phản ánh, kiến nghị", Verdict.POSSIBLE, (5, 6)),
    ("công khai phí, lệ phí", Verdict.SURE, (7,)),
    ("nghỉ tết Nguyên đán", Verdict.NONE, ()),
    ("triển khai thực hiện kế hoạch", Verdict.NONE, ()),
    ("", Verdict.NONE, ()),
]


@pytest.mark.parametrize(("subject", "verdict", "ids"), SUBJECTS)
def test_the_likeliest_task(subject: str, verdict: Verdict, ids: tuple[int, ...]) -> None:
    ranking = likeliest(subject, TASKS)
    assert (ranking.verdict, tuple(task.id for task in ranking.possible)) == (verdict, ids)
    assert likeliest(Letter(subject=subject or None), TASKS) == ranking


def test_quarters_are_told_apart() -> None:
    ranking = likeliest("tình hình tiếp nhận phản ánh, kiến nghị quý II", TASKS)
    assert ranking.possible[0].id == 6


def test_the_type_of_document_speaks_for_the_product_it_names() -> None:
    tasks = [OpenTask(1, "Quy chế phối hợp", "Tờ trình"), OpenTask(2, "Quy chế phối hợp", "Quyết định")]
    letter = Letter(kind="Quyết định", subject="Quy chế phối hợp")
    assert likeliest(letter, tasks).matches[0].task.id == 2


def test_tasks_as_like_are_ordered_by_their_day() -> None:
    tasks = [
        OpenTask(1, "Tập huấn nghiệp vụ", due=None),
        OpenTask(2, "Tập huấn nghiệp vụ", due=date(2026, 6, 1)),
        OpenTask(3, "Tập huấn nghiệp vụ", due=date(2026, 3, 1)),
    ]
    ranking = likeliest("tập huấn nghiệp vụ", tasks)
    assert [task.id for task in ranking.possible] == [3, 2, 1]
    assert ranking.verdict is Verdict.POSSIBLE


def test_no_task_is_no_answer() -> None:
    assert likeliest("tập huấn", []).verdict is Verdict.NONE


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=5))
def test_likeness_lies_between_nothing_and_all(subject: str, contents: list[str]) -> None:
    ranking = likeliest(subject, [OpenTask(at, content) for at, content in enumerate(contents)])
    scores = [one.score for one in ranking.matches]
    assert all(0 < score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert (ranking.verdict is Verdict.NONE) == (not ranking.possible)
