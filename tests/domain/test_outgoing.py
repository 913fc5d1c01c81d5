"""The neutral message: numbered where there are no buttons, cut without losing anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outgoing import KEY_BYTES, Capabilities, Choice, Message, numbered, parts, split

PLAIN = Capabilities(text_limit=2000, buttons=False, files_in=False)
BUTTONS = Capabilities(text_limit=4096, buttons=True, files_in=True, utf16=True)

ASKED = Message("Xác nhận báo xong NV-0001", (Choice("Gửi báo cáo", "yes"), Choice("Huỷ", "cancel")))


def test_choices_are_numbered_where_there_are_no_buttons() -> None:
    assert numbered(ASKED) == "Xác nhận báo xong NV-0001\n\n1 Gửi báo cáo\n2 Huỷ"
    assert parts(ASKED, PLAIN) == [Message(numbered(ASKED))]


def test_a_notice_numbers_nothing() -> None:
    """A digit answers the last reply; a notice that came in between must not take it."""
    notice = Message("NV-0001 hạn hôm nay", (Choice("Mở NV-0001", "open:1"),), numbered=False)
    assert numbered(notice) == "NV-0001 hạn hôm nay"
    assert parts(notice, PLAIN)[0].choices == ()
    assert parts(notice, BUTTONS) == [notice]


def test_buttons_stay_with_the_last_part_and_the_heading_with_the_first() -> None:
    long = Message(
        "Việc quá hạn\n\n" + "\n\n".join(f"NV-{at:04d} " + "nội dung " * 20 for at in range(60)), ASKED.choices
    )
    made = parts(long, BUTTONS)
    assert len(made) > 2
    assert [bool(one.choices) for one in made] == [False] * (len(made) - 1) + [True]
    assert [one.heading for one in made] == [True] + [False] * (len(made) - 1)


def test_a_part_ends_where_a_paragraph_ends() -> None:
    paragraphs = [f"Việc {at}: " + "x" * 30 for at in range(10)]
    cut = split("\n\n".join(paragraphs), 100, PLAIN)
    assert "\n\n".join(cut).split("\n\n") == paragraphs
    assert all(len(one) <= 100 for one in cut)


def test_one_endless_word_is_cut_all_the_same() -> None:
    assert split("x" * 25, 10, PLAIN) == ["x" * 10, "x" * 10, "x" * 5]


def test_the_limit_counts_as_the_channel_counts() -> None:
    """Telegram counts UTF-16 units: a letter beyond the basic plane counts twice."""
    assert BUTTONS.length("📌a") == 3
    assert PLAIN.length("📌a") == 2
    assert split("📌" * 6, 4, BUTTONS) == ["📌📌"] * 3


def test_nothing_to_say_is_nothing_to_send() -> None:
    assert split(" \n ", 10, PLAIN) == []


TEXTS = st.lists(
    st.sampled_from(["việc", "quá hạn", "\n\n", "\n", " ", "📌", "NV-0001", "đồng chí", "x" * 45]), max_size=80
).map(" ".join)


@given(text=TEXTS, limit=st.integers(8, 120), utf16=st.booleans())
def test_cutting_loses_no_letter_and_every_part_fits(text: str, limit: int, utf16: bool) -> None:
    can = Capabilities(text_limit=limit, buttons=True, files_in=True, utf16=utf16)
    cut = split(text, limit, can)
    assert all(0 < can.length(one) <= limit for one in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert all(one == one.strip() for one in cut)


@given(text=TEXTS.filter(str.strip), limit=st.integers(40, 200), buttons=st.booleans())
def test_parts_hold_the_whole_message(text: str, limit: int, buttons: bool) -> None:
    can = Capabilities(text_limit=limit, buttons=buttons, files_in=True)
    made = parts(Message(text, ASKED.choices), can)
    assert all(can.length(one.text) <= limit for one in made)
    said = "".join("".join(one.text for one in made).split())
    assert said == "".join((text if buttons else numbered(Message(text, ASKED.choices))).split())


@given(
    text=st.text(max_size=40),
    labels=st.lists(st.text(min_size=1, max_size=20), max_size=5),
    heading=st.booleans(),
    is_numbered=st.booleans(),
)
def test_a_message_is_read_back_as_it_was_kept(text: str, labels: list[str], heading: bool, is_numbered: bool) -> None:
    message = Message(text, tuple(Choice(label, f"open:{at}") for at, label in enumerate(labels)), heading, is_numbered)
    assert Message.from_json(message.to_json()) == message


def test_a_key_too_long_for_a_button_is_refused() -> None:
    assert Choice("x", "k" * KEY_BYTES).key
    with pytest.raises(ValueError, match="64 bytes"):
        Choice("x", "ố" * 30)
