"""Keys of choices: packed and read back, and nothing unknown ever breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.buttons import Button, Verb, choice
from domain.outgoing import KEY_BYTES

ARGS = st.lists(st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True), max_size=3).map(tuple)


@given(verb=st.sampled_from(Verb), args=ARGS)
def test_what_is_packed_is_read_back(verb: Verb, args: tuple[str, ...]) -> None:
    button = Button(verb, args)
    assert Button.unpack(button.pack()) == button
    assert len(button.pack().encode()) <= KEY_BYTES


@given(st.text(max_size=64))
def test_whatever_comes_in_is_a_button_or_nothing(key: str) -> None:
    found = Button.unpack(key)
    assert found is None or found.pack() == key
    if found is not None:
        assert found.number() >= 0


@pytest.mark.parametrize(
    ("key", "number"),
    [("open:12", 12), ("open", 0), ("open:", 0), ("open:-1", 0), ("open:x", 0), ("open:٣", 0), ("open:" + "9" * 20, 0)],
)
def test_an_argument_as_a_number(key: str, number: int) -> None:
    button = Button.unpack(key)
    assert button is not None
    assert button.number() == number


def test_arguments_by_place() -> None:
    button = Button.unpack("seat:5:yes")
    assert button == Button(Verb.SEAT, ("5", "yes"))
    assert button is not None
    assert (button.number(), button.word(1), button.word(2), button.number(7)) == (5, "yes", "", 0)


def test_a_verb_of_an_older_program_is_nothing() -> None:
    assert Button.unpack("khongco:1") is None
    assert Button.unpack("") is None


def test_a_choice_carries_its_key() -> None:
    made = choice("Trang sau", Verb.OFFICE, "late", 2)
    assert (made.label, made.key) == ("Trang sau", "office:late:2")


def test_words_of_verbs_do_not_collide() -> None:
    assert len({verb.value for verb in Verb}) == len(Verb)
    assert not [verb for verb in Verb if ":" in verb]
