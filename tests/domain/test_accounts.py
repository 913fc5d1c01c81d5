"""The order in which a person hears, and what comes after a chat that fails."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import Account, channels_called, named, next_chat, rank

CHANNELS = st.sampled_from(["web", "telegram", "zalo_bot", "zalo_oa", "email"])
SINCE = datetime(2026, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Chat:
    id: int
    channel: str
    position: int


CHATS = st.lists(
    st.builds(Chat, st.integers(1, 99), CHANNELS, st.integers(-3, 3)), max_size=6, unique_by=lambda one: one.id
)


def ordered(chats: list[Chat]) -> list[Chat]:
    return sorted(chats, key=lambda one: rank(one.position, one.channel, one.id))


@given(CHATS)
def test_mail_comes_last_unless_its_person_put_it_first(chats: list[Chat]) -> None:
    order = ordered(chats)
    for before, after in pairwise(order):
        assert before.position <= after.position
        if before.position == after.position and before.channel == "email":
            assert after.channel == "email"


@given(CHATS, st.integers(1, 99), st.sets(CHANNELS))
def test_the_next_chat_is_another_one_on_no_silent_channel(chats: list[Chat], failed: int, silent: set[str]) -> None:
    order = ordered(chats)
    found = next_chat(order, failed, behind=False, but=silent)
    fit = [one.id for one in order if one.id != failed and one.channel not in silent]
    assert found == (fit[0] if fit else None)


@given(CHATS)
def test_a_message_that_everybody_refuses_comes_to_an_end_after_each_chat_once(chats: list[Chat]) -> None:
    order = ordered(chats)
    tried: list[int] = []
    at: int | None = order[0].id if order else None
    while at is not None:
        tried.append(at)
        at = next_chat(order, at, behind=True)
    assert tried == [one.id for one in order]


def test_several_accounts_of_a_channel_are_numbered_whatever_their_order() -> None:
    accounts = [
        Account(number, channel, True, False, SINCE, None)
        for number, channel in ((7, "web"), (2, "telegram"), (3, "web"))
    ]
    assert named(accounts) == {3: "trang chat 1", 7: "trang chat 2", 2: "Telegram"}


def test_channels_are_known_by_what_people_call_them() -> None:
    assert channels_called("nhận trước ở Zalo OA") == ("zalo_oa",)
    assert channels_called("zalo") == ("zalo_bot", "zalo_oa")
    assert channels_called("tele") == ("telegram",)
    assert channels_called("thư điện tử") == ("email",)
    assert channels_called("kênh nào cũng được") == ()
