"""What a provider sends, made fit to be kept and shown."""

from hypothesis import given
from hypothesis import strategies as st

from domain.incoming import LONGEST_CHAT, Incoming, IncomingFile, Sent, cleaned, storable

RAW = st.text(st.characters(codec=None))


@given(RAW)
def test_whatever_is_kept_can_be_written(text: str) -> None:
    storable(text).encode()
    assert "\0" not in storable(text)


@given(RAW, RAW, RAW)
def test_names_are_one_line_that_shows_what_it_is(name: str, title: str, media_type: str) -> None:
    file = IncomingFile("ref", name, media_type)
    found = cleaned(Incoming("telegram", "1", "2", Sent.FILE, files=(file,), title=title, text=name))
    assert found is not None
    for shown in (found.files[0].name, found.title):
        assert len(shown.splitlines()) <= 1
        assert not {"\u202e", "\u200f", "\u2066"} & set(shown)
    assert len(found.files[0].media_type) <= 120


def test_what_cannot_be_named_is_no_update() -> None:
    assert cleaned(Incoming("telegram", "9" * (LONGEST_CHAT + 1), "2", Sent.TEXT, text="a")) is None
