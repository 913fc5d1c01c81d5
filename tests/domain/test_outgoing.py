"""The neutral message: numbered where there are no buttons, cut without losing anything."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outgoing import (
    KEY_BYTES,
    Attachment,
    Capabilities,
    Choice,
    Gist,
    Link,
    Message,
    Pictures,
    numbered,
    parts,
    plain,
    split,
)

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


CHART = Attachment("a" * 64, "bieu-do.png", "image/png", 1000)
REPORT = Attachment("b" * 64, "bao-cao.pdf", "application/pdf", 1000)
VIDEO = Attachment("c" * 64, "phim.mp4", "video/mp4", 1000)
FILES = Capabilities(
    text_limit=200,
    buttons=True,
    files_in=True,
    files_out=(".pdf",),
    largest_out=5000,
    pictures=Pictures.BYTES,
    largest_picture=2000,
    caption_limit=40,
    edits=True,
    threads=True,
    links=True,
)
WITHOUT_CAPTION = replace(FILES, caption_limit=0)


def shapes(made: list[Message]) -> list[tuple[bool, list[str]]]:
    """Whether each message says something, and the files it bears."""
    return [(bool(one.text), [file.name for file in one.files]) for one in made]


def test_each_file_is_a_message_of_its_own_behind_the_text() -> None:
    message = replace(ASKED, files=(REPORT, CHART), answers="7")
    made = parts(message, FILES)
    assert shapes(made) == [(True, []), (False, ["bao-cao.pdf"]), (False, ["bieu-do.png"])]
    assert [bool(one.choices) for one in made] == [True, False, False]
    assert [one.answers for one in made] == ["7", "", ""]


def test_a_picture_bears_the_words_that_fit_under_it() -> None:
    message = replace(ASKED, files=(CHART, REPORT), replaces="5", answers="7")
    made = parts(message, FILES)
    assert shapes(made) == [(True, ["bieu-do.png"]), (False, ["bao-cao.pdf"])]
    assert (made[0].choices, made[0].answers, made[0].replaces) == (ASKED.choices, "7", "")
    for can, text in ((WITHOUT_CAPTION, "Xem"), (FILES, "x" * 41)):
        long = parts(replace(message, text=text), can)
        assert shapes(long) == [(True, []), (False, ["bieu-do.png"]), (False, ["bao-cao.pdf"])]
        assert long[0].replaces == "5"


def test_files_without_words_bear_the_choices() -> None:
    link = Link("Mở", "https://a.example")
    for files in ((CHART,), (REPORT,), (REPORT, CHART)):
        made = parts(Message("", ASKED.choices, files=files, links=(link,), answers="7"), FILES)
        assert [one.files for one in made] == [(file,) for file in files]
        assert (made[-1].choices, made[-1].links, made[0].answers) == (ASKED.choices, (link,), "7")


def test_what_the_channel_does_not_take_stays_with_the_text() -> None:
    made = parts(replace(ASKED, files=(VIDEO, REPORT)), FILES)
    assert shapes(made) == [(True, ["phim.mp4"]), (False, ["bao-cao.pdf"])]
    assert "\n\nTệp không gửi được qua kênh này: phim.mp4\n\n1 Gửi" in plain(made[0]).text


def test_a_picture_too_large_to_show_goes_as_a_file_where_such_files_go() -> None:
    huge = replace(CHART, size=3000)
    assert not FILES.takes(huge)
    assert replace(FILES, files_out=("",)).takes(huge)
    assert not replace(FILES, files_out=("",)).takes(replace(CHART, size=6000))


@given(
    text=TEXTS,
    files=st.lists(st.sampled_from([CHART, REPORT]), max_size=3),
    caption=st.integers(0, 60),
    linked=st.booleans(),
)
def test_parts_of_a_part_are_itself(text: str, files: list[Attachment], caption: int, linked: bool) -> None:
    """Whatever was cut once fits: a row is one call, however often it is looked at. No file and no choice is lost."""
    can = replace(FILES, caption_limit=caption)
    links = (Link("Mở", "https://a.example"),) if linked else ()
    message = Message(text, ASKED.choices, files=tuple(files), links=links, answers="7", replaces="5")
    made = parts(message, can)
    assert all(parts(one, can) == [one] for one in made)
    assert [file for one in made for file in one.files] == files
    assert [one.choices for one in made if one.choices] == ([ASKED.choices] if made else [])
    assert sum(bool(one.replaces) for one in made) <= 1


def test_a_gist_goes_with_the_first_part_and_is_kept() -> None:
    gist = Gist(3, "NV-0123", date(2026, 1, 15), "https://a.example/l/x")
    message = Message("Việc " * 1000, gist=gist)
    first, *rest = parts(message, FILES)
    assert first.gist == gist
    assert rest
    assert {one.gist for one in rest} == {None}
    assert plain(message).gist == gist
    for one in (gist, Gist(1, "NV-0001", None), None):
        kept = Message("x", gist=one)
        assert Message.from_json(kept.to_json()) == kept


def test_a_notice_keeps_its_weightiest_choices_where_buttons_are_few() -> None:
    few = replace(FILES, buttons=True, most_buttons=2)
    choices = tuple(Choice(f"N{number}", f"open:{number}") for number in range(3))
    (notice,) = parts(Message("Có việc mới", choices, numbered=False), few)
    assert (notice.choices, notice.text) == (choices[:2], "Có việc mới")
    (asked,) = parts(Message("Chọn", choices), few)
    assert (asked.choices, asked.text) == ((), "Chọn\n\n1 N0\n2 N1\n3 N2")
