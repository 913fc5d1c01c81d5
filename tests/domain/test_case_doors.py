"""What citizens' words sound like: a table of phrases, and what must hold for any text."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.doors import Sound, is_foreign, listen
from domain.cases.strangers import numbers_in
from domain.words import fold

_TABLE = Path(__file__).parent / "door_phrases.tsv"


def _rows() -> list[tuple[str, str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            text, expected = line.split("\t")
            found.append((text, expected))
    return found


def _heard(text: str) -> str:
    return ",".join(one.sound for one in listen(text)) or "-"


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_what_a_text_sounds_like(text: str, expected: str) -> None:
    assert _heard(text) == expected
    assert _heard(unicodedata.normalize("NFD", text)) == expected, "decomposed letters are the same words"


def test_the_grounds_are_words_of_the_text() -> None:
    for text, _ in _rows():
        for one in listen(text):
            if one.sound in {Sound.EMERGENCY, Sound.CRIME, Sound.COMPLAINT}:
                assert fold(one.words) in fold(text)


def test_every_sound_stands_in_the_table() -> None:
    named = {sound for _, expected in _rows() for sound in expected.split(",")}
    assert named == {*Sound, "-"}


def test_numbers_are_named_and_never_repeated() -> None:
    text = "CCCD 001099012345, stk 19031234567890, gọi 0912 345 678"
    assert numbers_in(text) == ("số căn cước", "số tài khoản", "số điện thoại")
    (heard,) = listen(f"Cán bộ thu lệ phí chứng thực không biên lai, {text}")
    assert not any(one.isdigit() for one in heard.words)


def test_past_in_one_sentence_does_not_silence_the_next() -> None:
    assert _heard("Hôm qua tôi nộp hồ sơ ở xã. Đang cháy nhà ở đầu ngõ") == "emergency"


def test_a_denied_complaint_does_not_silence_a_made_one() -> None:
    assert _heard("Không phải khiếu nại về đất. Tôi tố cáo ông trưởng thôn") == "complaint"


@given(st.text(max_size=300))
def test_any_text_is_heard_without_failing(text: str) -> None:
    sounds = [one.sound for one in listen(text)]
    assert sounds == sorted(set(sounds), key=list(Sound).index)


_PLAIN = "cán bộ một cửa trả hồ sơ chậm nộp giấy khai sinh đường thôn lầy lội"


@given(st.lists(st.sampled_from(_PLAIN.split(" ")), min_size=4))
def test_vietnamese_words_are_vietnamese(words: list[str]) -> None:
    assert not is_foreign(" ".join(words))
    assert not is_foreign(fold(" ".join(words)))
