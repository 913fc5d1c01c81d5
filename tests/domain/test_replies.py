"""Loose sentences of officers: a table of what they mean, and what must hold for any sentence."""

import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.replies import Intent, Reading, read
from domain.replies.vocabulary import PHRASES as PHRASES_BY_KIND
from domain.replies.vocabulary import TEEN

TODAY = date(2026, 1, 20)  # a Tuesday
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """A line of a table: what was typed, and every reading of it that is right."""

    text: str
    intents: tuple[str, ...]
    told: dict[str, str]

    @property
    def today(self) -> date:
        return date.fromisoformat(self.told.get("today", TODAY.isoformat()))

    @property
    def expected(self) -> dict[str, object]:
        """What is read beside the intent."""
        codes = [f"NV-{int(one):04d}" for one in self.told.get("tasks", self.told.get("task", "")).split(",") if one]
        task = self.told.get("task")
        return {
            "task": f"NV-{int(task):04d}" if task else None,
            "tasks": tuple(codes),
            **{name: self.told.get(name) for name in ("number", "on", "until", "percent", "days", "reason")},
            "working": "working" in self.told,
        }


def rows(name: str) -> list[Row]:
    """Read a table; a reason is the last field and may hold spaces."""
    found = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, intents, fields, *_ = [*line.split("\t"), ""]
            short, _, reason = fields.partition("reason=")
            told = dict(field.partition("=")[::2] for field in short.split())
            found.append(Row(text, tuple(intents.split(",")), told | ({"reason": reason} if reason else {})))
    return found


def shown(reading: Reading) -> dict[str, object]:
    paper = reading.document
    return {
        "task": reading.task,
        "tasks": reading.tasks,
        "number": paper.number if paper else None,
        "on": paper.on.isoformat() if paper and paper.on else None,
        "until": reading.until.isoformat() if reading.until else None,
        "percent": None if reading.percent is None else str(reading.percent),
        "days": None if reading.days is None else str(reading.days),
        "reason": reading.reason,
        "working": reading.working,
    }


PHRASES = rows("reply_phrases.tsv")
HELD_OUT = rows("reply_phrases_held_out.tsv")
ALL = PHRASES + HELD_OUT
PLAIN = [row for row in ALL if "marked" not in row.told]


def test_the_tables_are_wide_enough() -> None:
    assert len(PHRASES) >= 400
    assert len(HELD_OUT) >= 150
    assert len({row.text for row in ALL}) == len(ALL)
    assert {intent for row in ALL for intent in row.intents} == set(Intent)
    assert sum("done" not in row.intents and "xong" in row.text.lower() for row in ALL) >= 80
    assert sum("until" in row.told or "days" in row.told for row in ALL) >= 60
    assert sum("number" in row.told for row in ALL) >= 40


@pytest.mark.parametrize("table", [PHRASES, HELD_OUT], ids=["phrases", "held out"])
def test_the_share_read_right(table: list[Row]) -> None:
    wrong = []
    for row in table:
        reading = read(row.text, row.today)
        if reading.intent not in row.intents or shown(reading) != row.expected:
            wrong.append((row.text, reading))
    share = 1 - len(wrong) / len(table)
    assert share >= 0.98, wrong


def test_nothing_is_taken_for_done_that_is_not() -> None:
    taken = [row.text for row in ALL if "done" not in row.intents and read(row.text, row.today).intent is Intent.DONE]
    assert taken == []


# one meaning however it is typed


def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in decomposed if not unicodedata.combining(one))


WAYS: dict[str, Callable[[str], str]] = {
    "without marks": bare,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "in capitals": str.upper,
    "greeted": lambda text: f"Dạ em chào anh, {text}",
    "with a smile": lambda text: f"🙏 {text} 😊",
    "spaced out": lambda text: f"  {text.replace(' ', '   ')}\u200b ",
}


@pytest.mark.parametrize("way", WAYS)
def test_one_meaning_however_it_is_typed(way: str) -> None:
    changed = []
    for row in PLAIN:
        told, again = read(row.text, row.today), read(WAYS[way](row.text), row.today)
        if (told.intent, told.until, told.tasks) != (again.intent, again.until, again.tasks):
            changed.append((row.text, told.intent, told.until, again.intent, again.until))
    assert changed == []


@dataclass(frozen=True)
class Keyboard:
    """A way of typing marks as letters or digits, as it stands when the keyboard did not turn them into marks."""

    tones: dict[str, str]
    hat: Callable[[str], str]
    horn: str
    breve: str
    bar: str

    def type(self, text: str) -> str:
        return " ".join(self._word(word) for word in unicodedata.normalize("NFC", text).split(" "))

    def _word(self, word: str) -> str:
        typed, tone = "", ""
        for letter in word:
            base, *marks = list(
                unicodedata.normalize("NFD", letter.replace("đ", self.bar).replace("Đ", self.bar.upper()))
            )
            typed += base if letter not in "đĐ" else base + marks.pop(0)
            for mark in marks:
                tone = self.tones.get(mark, tone)
                typed += {"\u0302": self.hat(base), "\u031b": self.horn, "\u0306": self.breve}.get(mark, "")
        end = len(typed.rstrip(",.?!:;…"))
        return typed[:end] + tone + typed[end:]


_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
KEYBOARDS = {
    "Telex": Keyboard(dict(zip(_TONES, "fsrxj", strict=True)), lambda base: base, "w", "w", "dd"),
    "VNI": Keyboard(dict(zip(_TONES, "21345", strict=True)), lambda _: "6", "7", "8", "d9"),
}


@pytest.mark.parametrize("name", KEYBOARDS)
def test_what_a_keyboard_left_unset_is_read(name: str) -> None:
    typed = [(row, read(row.text, row.today), read(KEYBOARDS[name].type(row.text), row.today)) for row in PLAIN]
    assert [
        row.text for row, told, again in typed if again.intent is Intent.DONE and told.intent is not Intent.DONE
    ] == []
    changed = [row.text for row, told, again in typed if (told.intent, told.until) != (again.intent, again.until)]
    assert len(changed) <= 0.01 * len(PLAIN), changed


# what is denied, near, planned, supposed or asked is never done

DONE = st.sampled_from(["xong", "hoàn thành", "hoàn tất", "xog", "xg", "hoafn thafnh", "làm xong", "ban hành", "nộp"])
DENIED = st.sampled_from(
    ["chưa", "ch", "chx", "chuwa", "không", "ko", "k", "hok", "chẳng", "sắp", "gần", "sẽ", "nếu", "khi nào", "chưa hề"]
)
BETWEEN = st.lists(
    st.sampled_from(["em", "anh", "nv 12", "việc này", "thể", "được", "ạ", "làm", "báo cáo"]), max_size=3
)
AFTER = st.sampled_from(["", "rồi", "rồi ạ", "r", "nhé", "nv 12", "45/KH-STC ngày 18/1", "ạ", "anh ơi"])


@given(DENIED, BETWEEN, DONE, AFTER)
def test_what_is_denied_is_never_done(denied: str, between: list[str], done: str, after: str) -> None:
    assert read(" ".join([denied, *between, done, after]), TODAY).intent is not Intent.DONE


@given(st.sampled_from(["đã", "", "em đã", "nv 12"]), DONE, AFTER, st.sampled_from(["chưa?", "chưa", "chưa ạ", "?"]))
def test_what_is_asked_is_never_done(before: str, done: str, after: str, asked: str) -> None:
    assert read(" ".join([before, done, after, asked]), TODAY).intent is not Intent.DONE


@pytest.mark.parametrize("asked", [" chưa?", " chưa", " phải không ạ", "?"])
def test_no_reply_that_ends_in_a_question_is_done(asked: str) -> None:
    done = [row.text + asked for row in ALL if "done" in row.intents]
    assert [text for text in done if read(text, TODAY).intent is Intent.DONE] == []


@given(st.sampled_from(["chua", "khong"]), st.data())
def test_a_mistyped_negation_is_not_passed_over(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + "w" + word[at:],
    ]
    slip = data.draw(st.sampled_from(slips))
    if slip not in {"con", "cha", "chu"}:
        assert read(f"{slip} xong", TODAY).intent is not Intent.DONE


# any text

_MIXED = """
xong chưa không đã đang sẽ sắp nv 12 nv12 45/KH-STC ngày 18/1 30/2 đến thứ 6 tuần sau tháng quý I cuối hết năm
50% 3 ngày thêm vì do , . ? ! ( ) / - % 99999999999 0 ² ٣ mai mốt nửa 2026 00/00 xin lùi còn phần
"""
WORDS = st.lists(
    st.sampled_from(_MIXED.split()),
    max_size=25,
).map(" ".join)


@given(st.text(max_size=80) | WORDS, st.dates(date(1990, 1, 1), date(2900, 1, 1)))
def test_any_text_is_read(text: str, today: date) -> None:
    reading = read(text, today)
    assert reading.until is None or reading.until >= today
    assert reading.percent is None or 0 <= reading.percent <= 100
    assert reading.task in {None, *reading.tasks}
    assert reading.days is None or (reading.until is None and 0 < reading.days <= 3650)
    assert reading.sure is False or reading.intent is not Intent.NONE


@pytest.mark.parametrize("today", [date.min, date.max, date(2024, 2, 29)])
def test_the_ends_of_the_calendar(today: date) -> None:
    for row in ALL:
        read(row.text, today)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1/",
        "1/a",
        "1-",
        "xong chưa ",
        "nv 1,",
        "45/KH-STC ",
        "0/0 ",
        " ",
        ",",
        "é",
        "w" * 50,
        "so ",
        "1/KH - ",
        "ngày ",
    ],
)
def test_a_long_text_is_read_quickly(piece: str) -> None:
    began = time.process_time()
    read(piece * (10_000 // len(piece)), TODAY)
    assert time.process_time() - began < 2


# single days


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)))
def test_weekdays_lie_in_their_weeks(today: date) -> None:
    monday = today - timedelta(today.weekday())
    this = read("xin lùi đến thứ 6 này", today).until
    assert this == (monday + timedelta(4) if today.weekday() <= 4 else None)
    assert read("xin lùi đến thứ 6 tuần sau", today).until == monday + timedelta(11)
    assert read("xin lùi đến mai", today).until == today + timedelta(1)
    bare_friday = read("xin lùi đến thứ 6", today).until
    assert bare_friday is not None
    assert bare_friday.weekday() == 4
    assert timedelta() <= bare_friday - today <= timedelta(6)


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), st.dates(date(2000, 1, 1), date(2900, 1, 1)))
def test_a_day_without_a_year_is_the_next_one(today: date, day: date) -> None:
    until = read(f"xin lùi đến {day.day}/{day.month}", today).until
    assert until is None or (until >= today and (until.day, until.month) == (day.day, day.month))
    assert until is not None or (day.month, day.day) == (2, 29)


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), st.sampled_from(["{:%d/%m/%Y}", "{:%d-%m-%Y}", "{:%Y-%m-%d}"]))
def test_a_whole_date_is_itself(day: date, form: str) -> None:
    assert read(f"xin lùi đến {form.format(day)}", day - timedelta(3)).until == day


def test_what_is_uncertain_is_said_to_be() -> None:
    assert read("đã xong nv 12", TODAY).sure
    assert not read("đã xong nv 12, xin gia hạn nv 13", TODAY).sure
    assert not read("", TODAY).sure
    assert not read("mới xong nv 12", TODAY).sure


def test_a_phrase_does_one_thing() -> None:
    phrases = [" ".join(phrase.split()) for listed in PHRASES_BY_KIND.values() for phrase in listed.split(",")]
    assert all(phrases)
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []
    assert [spelling for spelling in TEEN if bare(spelling) == spelling and spelling in phrases] == []


@pytest.mark.parametrize("spelt", ["c h ư a xong", "chưa x o n g", "c h u a  x o n g"])
def test_a_word_spelt_out_letter_by_letter_is_still_denied(spelt: str) -> None:
    assert read(spelt, date(2026, 1, 20)).intent is not Intent.DONE
