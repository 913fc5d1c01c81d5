"""The time cells of plans as offices write them, and what each means."""

import csv
import json
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.deadlines import (
    AnyOf,
    ByDate,
    Continuous,
    Occurrences,
    OnEvent,
    Period,
    Recurring,
    Unspecified,
    from_json,
    last_day,
    read,
    say,
    to_json,
)

TABLE = Path(__file__).with_name("deadline_phrases.tsv")
SIGNED = date(2024, 1, 29)


def table() -> list[tuple[str, str, int]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(phrase.replace("\\n", "\n"), deadline, int(warnings)) for phrase, deadline, warnings in rows]


ROWS = table()


@pytest.mark.parametrize(("phrase", "deadline", "warnings"), ROWS, ids=[row[0] for row in ROWS])
def test_a_phrase_means(phrase: str, deadline: str, warnings: int) -> None:
    reading = read(phrase, year=2024, signed=SIGNED)
    assert to_json(reading.deadline) == json.loads(deadline)
    assert len(reading.warnings) == warnings


@pytest.mark.parametrize("deadline", sorted({row[1] for row in ROWS}))
def test_what_is_said_of_it_is_read_back(deadline: str) -> None:
    value = from_json(json.loads(deadline))
    assert read(say(value), year=None).deadline == value


@pytest.mark.parametrize("phrase", [row[0] for row in ROWS[::7]])
def test_decomposed_letters_read_alike(phrase: str) -> None:
    decomposed = unicodedata.normalize("NFD", phrase)
    assert read(decomposed, year=2024, signed=SIGNED) == read(phrase, year=2024, signed=SIGNED)


@pytest.mark.parametrize(
    "phrase",
    ["Thường xuyên", "Trước ngày 20/01/2024", "Quý IV", "Hằng tháng", "Đột xuất", "Định kỳ 06 tháng và cuối năm"],
)
def test_capitals_bullets_and_stops_do_not_matter(phrase: str) -> None:
    plain = read(phrase, year=2024)
    for written in (phrase.upper(), phrase.lower(), f"- {phrase}.", f"• {phrase};", f"  {phrase}  "):
        assert read(written, year=2024) == plain


@pytest.mark.parametrize("phrase", ["", " ", "-", "–", "—", "--", "\n", "_"])
def test_an_empty_cell_has_no_deadline_and_no_warning(phrase: str) -> None:
    assert read(phrase, year=2024).deadline == Unspecified()
    assert read(phrase, year=2024).warnings == ()


@pytest.mark.parametrize("phrase", ["30/02/2024", "Quý V", "ngày …/…/2024", "Tuần lễ áo dài", "Khoảng 12 hôm nữa"])
def test_a_warning_quotes_what_was_not_understood(phrase: str) -> None:
    reading = read(phrase, year=2024)
    assert reading.deadline == Unspecified()
    assert len(reading.warnings) == 1
    assert phrase.lower() in reading.warnings[0].lower()


@pytest.mark.parametrize("phrase", ["Tháng 7", "Trước 15/6", "Quý IV", "Trong năm", "Cuối năm", "6 tháng đầu năm"])
def test_without_a_year_a_dated_phrase_asks(phrase: str) -> None:
    reading = read(phrase, year=None)
    assert reading.deadline == Unspecified()
    assert "không ghi năm" in reading.warnings[0]


def test_without_a_year_a_full_date_and_an_undated_phrase_are_certain() -> None:
    assert read("Trước 15/6/2024", year=None).warnings == ()
    assert read("Hằng quý", year=None).deadline == Recurring(("quarter",))


def test_counting_from_the_signing_needs_the_day_of_signing() -> None:
    reading = read("Trong 10 ngày kể từ ngày ký", year=2024)
    assert reading.deadline == Unspecified()
    assert "ngày ký" in reading.warnings[0]


def test_working_days_follow_the_calendar_that_is_handed_in() -> None:
    def skipping_tet(day: date, count: int) -> date:
        return day + timedelta(days=count + 9)

    reading = read("Trong 05 ngày làm việc kể từ ngày ký", year=2024, signed=SIGNED, add_working_days=skipping_tet)
    assert reading.deadline == ByDate(date(2024, 2, 12))
    assert reading.warnings == ()


def test_working_days_without_a_calendar_skip_weekends_and_say_so() -> None:
    reading = read("Trong 05 ngày làm việc kể từ ngày ký", year=2024, signed=date(2024, 3, 1))
    assert reading.deadline == ByDate(date(2024, 3, 8))
    assert "ngày nghỉ lễ" in reading.warnings[0]


def test_what_a_rule_understands_or_refuses_is_never_guessed() -> None:
    asked: list[str] = []

    def guess(text: str) -> date | None:
        asked.append(text)
        return date(2024, 5, 20)

    for phrase in ("Trước 15/6", "Thường xuyên", "30/02/2024", "ngày …/…/2024", "Chưa xác định", "Tháng 13"):
        read(phrase, year=2024, guess=guess)
    assert asked == []


def test_a_guess_is_used_where_no_rule_fits() -> None:
    reading = read("hôm 20-tháng-năm-24", year=2024, guess=lambda _: date(2024, 5, 20))
    assert reading.deadline == ByDate(date(2024, 5, 20))
    assert "được đoán" in reading.warnings[0]


def test_a_guess_that_finds_nothing_leaves_the_doubt() -> None:
    reading = read("hôm 20-tháng-năm-24", year=2024, guess=lambda _: None)
    assert reading.deadline == Unspecified()
    assert len(reading.warnings) == 1


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (ByDate(date(2024, 1, 20), inclusive=False), "trước thứ Bảy 20/01/2024, ngày cuối an toàn thứ Sáu 19/01"),
        (
            ByDate(date(2025, 1, 1), inclusive=False),
            "trước thứ Tư 01/01/2025, ngày cuối an toàn thứ Ba 31/12/2024",
        ),
        (ByDate(date(2024, 6, 30)), "chậm nhất Chủ nhật 30/06/2024"),
        (Period(date(2024, 7, 1), date(2024, 7, 31)), "trong tháng 7/2024, ngày cuối thứ Tư 31/07/2024"),
        (
            Period(date(2024, 3, 1), date(2024, 7, 31)),
            "từ thứ Sáu 01/03/2024 đến hết thứ Tư 31/07/2024",
        ),
        (
            Occurrences((Period(date(2024, 3, 1), date(2024, 3, 31)), Period(date(2024, 9, 1), date(2024, 9, 30)))),
            "tháng 3/2024; tháng 9/2024",
        ),
        (Recurring(("month",), 25), "ngày 25 hằng tháng"),
        (Recurring(("quarter",), on_demand=True), "hằng quý và đột xuất khi có yêu cầu"),
        (Continuous(2022), "thường xuyên trong năm 2022"),
        (OnEvent(), "khi có phát sinh"),
        (AnyOf((Continuous(), OnEvent())), "thường xuyên hoặc khi có phát sinh"),
        (Unspecified(), "chưa có thời hạn"),
    ],
)
def test_a_deadline_is_said_plainly(deadline: object, said: str) -> None:
    assert say(deadline) == said  # type: ignore[arg-type]


def test_the_last_day_on_time() -> None:
    assert last_day(ByDate(date(2024, 1, 20), inclusive=False)) == date(2024, 1, 19)
    assert last_day(Period(date(2024, 1, 1), date(2024, 3, 31))) == date(2024, 3, 31)
    assert last_day(Continuous(2024)) is None


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "someday"},
        {"kind": "period", "start": "2024-02-01", "end": "2024-01-01"},
        {"kind": "recurring", "every": "fortnight"},
        {"kind": "recurring", "every": "month", "day": 32},
        {"kind": "recurring", "every": "month", "month": 3},
        {"kind": "recurring", "every": "year", "day": 31, "month": 4},
        {"kind": "any_of", "of": [{"kind": "continuous"}]},
        {"kind": "any_of", "of": [{"kind": "continuous"}, {"kind": "any_of", "of": []}]},
        {"kind": "occurrences", "periods": []},
    ],
)
def test_json_that_means_nothing_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(data)


def test_a_paragraph_in_the_column_is_quoted_in_part() -> None:
    reading = read("Thường xuyên, " * 200, year=2024)
    assert reading.deadline == Unspecified()
    assert len(reading.warnings[0]) < 200


def test_every_is_always_written_for_recurring_deadlines() -> None:
    assert to_json(Recurring()) == {"kind": "recurring", "every": None}
    assert to_json(Recurring(("half_year", "year"))) == {"kind": "recurring", "every": ["half_year", "year"]}
