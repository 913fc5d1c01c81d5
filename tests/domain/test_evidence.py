"""Evidence as officers type it, with and without marks, in a hurry and in full."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evidence import code_in, document_in, link_in, number_in, percent_in, proper_number

TODAY = date(2026, 11, 20)  # a Friday

D = date

DOCUMENTS: list[tuple[str, str | None, date | None]] = [
    ("45/KH-STP ngày 20/11/2026", "45/KH-STP", D(2026, 11, 20)),
    ("45/KH-STP ngay 20/11/2026", "45/KH-STP", D(2026, 11, 20)),
    ("Số 45/KH-STP ngày 20 tháng 11 năm 2026", "45/KH-STP", D(2026, 11, 20)),
    ("so 45/KH-STP ngay 20 thang 11 nam 2026", "45/KH-STP", D(2026, 11, 20)),
    ("kế hoạch số 45/KH-STP, ngày 5/11", "45/KH-STP", D(2026, 11, 5)),
    ("45/KH-STP 5/12", "45/KH-STP", D(2025, 12, 5)),
    ("45/KH-STP ngày 05.11.2026", "45/KH-STP", D(2026, 11, 5)),
    ("45/KH-STP ngày 05-11-2026", "45/KH-STP", D(2026, 11, 5)),
    ("45/KH-STP ngày 5/11/26", "45/KH-STP", D(2026, 11, 5)),
    ("45/KH-STP", "45/KH-STP", None),
    ("45 / KH-STP ngày 20/11/2026", "45/KH-STP", D(2026, 11, 20)),
    ("45/ KH - STP ngày 20/11/2026", "45/KH-STP", D(2026, 11, 20)),
    ("45/KH-STP - đã gửi", "45/KH-STP", None),
    ("45/kh-stp - da gui", "45/KH-STP", None),
    ("12/2026/qd-ubnd ngay 10/1", "12/2026/QĐ-UBND", D(2026, 1, 10)),
    ("1234/QD-UBND", "1234/QĐ-UBND", None),
    ("88/ttr-snv", "88/TTr-SNV", None),
    ("5/nq-hdnd", "5/NQ-HĐND", None),
    ("45/KH-SNN&MT", "45/KH-SNN&MT", None),
    ("ngày 20/11/2026", None, D(2026, 11, 20)),
    ("20/11/2026", None, D(2026, 11, 20)),
    ("20/11", None, D(2026, 11, 20)),
    ("21/11", None, D(2025, 11, 21)),
    ("123/BC-UBND ngày 01/3/2026", "123/BC-UBND", D(2026, 3, 1)),
    ("QĐ 1234/QĐ-UBND ngày 15/01/2026", "1234/QĐ-UBND", D(2026, 1, 15)),
    ("qd 1234/qd-ubnd ngay 15/01/2026", "1234/QĐ-UBND", D(2026, 1, 15)),
    ("Tờ trình 88/TTr-SNV ngày 12/02/2026", "88/TTr-SNV", D(2026, 2, 12)),
    ("Công văn 456/SNV-CCHC ngày 3/2", "456/SNV-CCHC", D(2026, 2, 3)),
    ("công văn số 456/UBND-VP1 ngày 3/2/2026", "456/UBND-VP1", D(2026, 2, 3)),
    ("789/STC-QLNS&TH ngày 3/2/2026", "789/STC-QLNS&TH", D(2026, 2, 3)),
    ("12/2026/QĐ-UBND ngày 10/01/2026", "12/2026/QĐ-UBND", D(2026, 1, 10)),
    ("Nghị quyết 05/2026/NQ-HĐND ngày 10/7/2026", "05/2026/NQ-HĐND", D(2026, 7, 10)),
    ("báo cáo 77/BC-SNN.MT ngày 1/6/2026", "77/BC-SNN.MT", D(2026, 6, 1)),
    ("thông báo số 9/TB-VP ký ngày 02/11/2026 đã gửi", "9/TB-VP", D(2026, 11, 2)),
    ("đã gửi 31/BC-STP ngày 30/10/2026 qua trục liên thông", "31/BC-STP", D(2026, 10, 30)),
    ("Da xong, so 31/BC-STP ngay 30 thang 10", "31/BC-STP", D(2026, 10, 30)),
    ("kh so 09/KH-UBND ngay 9/1", "09/KH-UBND", D(2026, 1, 9)),
    ("45/KH–STP ngày 20/11/2026", "45/KH–STP", D(2026, 11, 20)),
    ("  45/KH-STP   ngày   20/11/2026  ", "45/KH-STP", D(2026, 11, 20)),
    ("ngày 20/11/2026 số 45/KH-STP", "45/KH-STP", D(2026, 11, 20)),
    ("kế hoạch 45/KH-STP ngày 31/02/2026", "45/KH-STP", None),
    ("ngày 32/01", None, None),
    ("ngày 15/13/2026", None, None),
    ("29/02", None, None),  # 2026 is no leap year
    ("đã xong", None, None),
    ("đã làm xong rồi nhé, cảm ơn", None, None),
    ("60%", None, None),
    ("đạt 95% kế hoạch", None, None),
    ("gọi 0912 345 678", None, None),
    ("xong 3 việc", None, None),
    ("", None, None),
]

CODES: list[tuple[str, str | None]] = [
    ("NV-0012", "NV-0012"),
    ("nv-0012", "NV-0012"),
    ("nv 12", "NV-0012"),
    ("nv12", "NV-0012"),
    ("xong NV-0012", "NV-0012"),
    ("NV–0012 đã xong", "NV-0012"),
    ("đã xong nv 3", "NV-0003"),
    ("NV-12345", "NV-12345"),
    ("việc NV-0007 vướng", "NV-0007"),
    ("NV-0001, NV-0002", "NV-0001"),
    ("SNV-12", None),
    ("45/SNV-VP", None),
    ("nhiệm vụ 12", None),
    ("nv", None),
    ("", None),
]

PERCENTS: list[tuple[str, int | None]] = [
    ("60%", 60),
    ("được 60 %", 60),
    ("khoảng 60 phần trăm", 60),
    ("đã dự thảo xong, đang xin ý kiến, khoảng 60%", 60),
    ("khoang 60 phan tram", 60),
    ("97,5%", 97),
    ("đạt 0.5 %", 0),
    ("100%", 100),
    ("0%", 0),
    ("150%", None),
    ("6000%", None),
    ("sáu mươi phần trăm", None),
    ("xong 3 việc", None),
]

LINKS: list[tuple[str, str | None]] = [
    ("https://stp.songlam.gov.vn/ke-hoach-45", "https://stp.songlam.gov.vn/ke-hoach-45"),
    ("đã đăng tại https://stp.songlam.gov.vn/kh45.", "https://stp.songlam.gov.vn/kh45"),
    ("(xem http://a.vn/b?c=1&d=2)", "http://a.vn/b?c=1&d=2"),
    ("https://a.vn/1, https://a.vn/2", "https://a.vn/1"),
    ("stp.songlam.gov.vn", None),
    ("ftp://a.vn/b", None),
]


def test_there_are_enough_lines() -> None:
    assert len(DOCUMENTS) + len(CODES) + len(PERCENTS) + len(LINKS) > 60


@pytest.mark.parametrize(("text", "number", "on"), DOCUMENTS)
def test_documents(text: str, number: str | None, on: date | None) -> None:
    found = document_in(text, TODAY)
    assert (found.number, found.on) == (number, on)


@pytest.mark.parametrize(("text", "code"), CODES)
def test_codes(text: str, code: str | None) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(("text", "percent"), PERCENTS)
def test_percents(text: str, percent: int | None) -> None:
    assert percent_in(text) == percent


@pytest.mark.parametrize(("text", "link"), LINKS)
def test_links(text: str, link: str | None) -> None:
    assert link_in(text) == link


def test_words_typed_apart_are_read_the_same() -> None:
    """A decomposed letter (from some phones) is the same letter."""
    import_form = "45/KH-STP nga\u0300y 20 tha\u0301ng 11 na\u0306m 2026"
    assert document_in(import_form, TODAY) == document_in("45/KH-STP ngày 20 tháng 11 năm 2026", TODAY)
    assert percent_in("60 pha\u0302\u0300n tra\u0306m") == 60


@given(st.dates(date(2000, 1, 1), date(2026, 11, 20)))
def test_a_day_without_a_year_is_never_in_the_future(day: date) -> None:
    found = document_in(f"1/KH-STP ngày {day.day}/{day.month}", TODAY).on
    assert found is None or (found <= TODAY and (found.day, found.month) == (day.day, day.month))
    assert found is not None or (day.month, day.day) == (2, 29)


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    document_in(text, TODAY)
    link_in(text)
    percent_in(text)
    code_in(text)


@pytest.mark.parametrize("piece", ["1/a-", "-x", "12/ab-cd ", "45/KH-STC "])
def test_a_very_long_text_is_read_quickly(piece: str) -> None:
    text = ("1/ab" + piece * 100_000)[:100_000]
    began = process_time()
    assert proper_number(text)
    number_in(text)
    assert process_time() - began < 0.5
