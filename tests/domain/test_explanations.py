"""Why a date is what it is, in words that a clerk can check."""

from datetime import date

import pytest

from domain.deadlines import read
from domain.duties import duties
from domain.explanations import (
    SAYINGS,
    Grounds,
    given_back,
    grounds_in,
    kept,
    of_decision,
    of_duty,
    of_receipt,
    why,
)
from domain.ladder import Kind
from domain.reckoning import After, Named
from domain.statutes import FORWARDING
from tests.domain.calendars import TET

ON = date(2026, 1, 12)


def grounds(words: str) -> tuple[Grounds, date | None]:
    found = read(words, year=2026, signed=date(2026, 1, 9)).deadline
    duty = duties(found, on=ON, strictly_before="rước" in words, calendar=TET)[0]
    return of_duty(words, duty), duty.due_on


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Trước ngày 20/01/2026",
            "Thời hạn ghi: “Trước ngày 20/01/2026”. “Trước ngày” không tính chính thứ Ba 20/01/2026, ngày cuối là "
            "hôm trước. Ngày cuối còn đúng hạn: thứ Hai 19/01/2026.",
        ),
        (
            "Chậm nhất ngày 15/02/2026",
            "Thời hạn ghi: “Chậm nhất ngày 15/02/2026”. Tính cả Chủ nhật 15/02/2026. Ngày cuối còn đúng hạn: Chủ nhật "
            "15/02/2026. Ngày làm việc cuối cùng còn đúng hạn (ngày T): thứ Sáu 13/02/2026; ngày nghỉ: 14/02/2026 "
            "(thứ Bảy); 15/02/2026 (Chủ nhật).",
        ),
        (
            "Quý I",
            "Thời hạn ghi: “Quý I”. Hiểu là trong quý I/2026, ngày cuối thứ Ba 31/03/2026, tính cả ngày cuối kỳ. "
            "Ngày cuối còn đúng hạn: thứ Ba 31/03/2026.",
        ),
        (
            "Hằng tháng",
            "Thời hạn ghi: “Hằng tháng”. Hiểu là hằng tháng, kỳ 2026-01; không ghi ngày nên lấy ngày làm việc cuối "
            "cùng của kỳ. Kỳ kết thúc thứ Bảy 31/01/2026; ngày nghỉ: 31/01/2026 (thứ Bảy). Ngày cuối còn đúng hạn: "
            "thứ Sáu 30/01/2026.",
        ),
        (
            "Trước ngày 25 hằng tháng",
            "Thời hạn ghi: “Trước ngày 25 hằng tháng”. Hiểu là ngày 25 hằng tháng, kỳ 2026-01; “trước” nên không tính "
            "chính ngày ấy. Ngày cuối còn đúng hạn: thứ Bảy 24/01/2026. Ngày làm việc cuối cùng còn đúng hạn (ngày "
            "T): thứ Sáu 23/01/2026; ngày nghỉ: 24/01/2026 (thứ Bảy).",
        ),
        (
            "Thường xuyên",
            "Thời hạn ghi: “Thường xuyên”. Hiểu là thường xuyên. Chưa có ngày cụ thể nên chưa có lịch nhắc.",
        ),
    ],
)
def test_a_plans_own_words(words: str, said: str) -> None:
    found, due_on = grounds(words)
    assert why(found, due_on, TET).said == said


def test_a_limit_by_law_counts_its_days() -> None:
    found = of_receipt(date(2025, 12, 30), FORWARDING.working_days, FORWARDING.said)
    told = why(found, date(2026, 1, 8), TET)
    assert told.sentences[0] == (
        "Chuyển phản ánh, kiến nghị đến cơ quan có thẩm quyền trong 05 ngày làm việc (Nghị định 20/2008/NĐ-CP, Điều 9 "
        "khoản 1 điểm d); ngày bắt đầu không tính (Bộ luật Dân sự 2015, Điều 147 khoản 2)."
    )
    assert [f"{day:%d/%m}" for day in told.counted] == ["31/12", "05/01", "06/01", "07/01", "08/01"]
    assert [f"{one.day:%d/%m}" for one in told.skipped] == ["01/01", "02/01", "03/01", "04/01"]
    assert "02/01/2026 (nghỉ hoán đổi)" in told.said


def test_days_given_back_are_counted_from_the_date_before() -> None:
    monthly, _ = grounds("Hằng tháng")
    found = given_back(monthly, date(2026, 1, 29), date(2026, 1, 30))
    told = why(found, date(2026, 2, 2), TET)
    assert "Văn phòng giữ từ thứ Năm 29/01/2026 đến thứ Sáu 30/01/2026, trả lại 1 ngày làm việc:" in told.said
    assert told.counted == (date(2026, 2, 2),)


def test_a_date_that_the_calendar_would_take_back_is_said_to_stay() -> None:
    told = why(Grounds("", "", After(date(2026, 1, 12), 1)), date(2026, 1, 16), TET)
    assert "Giữ thứ Sáu 16/01/2026" in told.said


def test_what_is_kept_holds_the_grounds() -> None:
    for words in ("Trước ngày 20/01/2026", "Hằng quý", "Khi có phát sinh"):
        found, due_on = grounds(words)
        written = kept(found, due_on, TET, before="2026-01-01")
        assert grounds_in(written) == found
        assert written["before"] == "2026-01-01"
    decided = of_decision("Quý I", "Văn phòng đặt hạn: thứ Ba 30/06/2026 (12/KH-UBND).", date(2026, 6, 30))
    assert decided.reckoning == Named(date(2026, 6, 30))
    assert grounds_in({"said": "by an older program"}) is None


def test_every_kind_of_rung_has_its_word() -> None:
    assert set(SAYINGS) == {kind.value for kind in Kind}
