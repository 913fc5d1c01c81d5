"""The contract for what nobody would think of: any message of ours, any answer of the provider, any update at all."""

import copy
import json
import logging
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.base import ChannelError, Provider
from domain.delivery import Delivered, Reason, Refused, Unknown
from domain.incoming import Incoming
from domain.outgoing import Choice, Link, Message, parts
from tests.channels.odd_server import OddServer
from tests.channels.rig import Far, Rig, Seen
from tests.channels.rigs import RIGS
from tests.channels.test_contract import ADDRESS, HELLO, NOTICE

pytestmark = pytest.mark.anyio

SHARED = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
ODD = settings(max_examples=60, deadline=None, suppress_health_check=SHARED)


@pytest.fixture(params=sorted(RIGS))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with RIGS[request.param]() as built:
        yield built


def far_of(rig: Rig) -> Far:
    """Return the provider's end; a channel without one has nothing to show here."""
    if rig.far is None:
        pytest.skip("no provider stands between us and the person")
    return rig.far


# What we say

SIGNS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵAĂÂĐÊÔƠƯ0123456789"
WORDS = st.text(alphabet=SIGNS + "<>&*_`[](){}%\\/.,:;-…“”😀🇻🇳👍🏽𝒳", min_size=1, max_size=12)
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", ", "])
LINES = st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=40).map(lambda told: "".join(a + b for a, b in told))
TEXTS = st.tuples(LINES, st.sampled_from([1, 1, 1, 7, 60])).map(lambda told: (told[0] * told[1])[:9000])
LABELS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
CHOICES = st.lists(LABELS, max_size=12).map(
    lambda labels: tuple(Choice(label, f"open:{number}") for number, label in enumerate(labels))
)
LINKS = st.lists(LABELS, max_size=2).map(
    lambda labels: tuple(Link(label, f"{ADDRESS}{number}") for number, label in enumerate(labels))
)
MESSAGES = st.builds(
    lambda text, choices, links, heading, numbered: Message(text, choices, heading, numbered, links=links),
    TEXTS.filter(str.strip),
    CHOICES,
    LINKS,
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=SHARED)
@given(MESSAGES)
async def test_every_message_of_ours_arrives_whole(rig: Rig, message: Message) -> None:
    can, before = rig.channel.can, len(await rig.seen())
    for part in parts(message, can):
        outcome = await rig.channel.send(rig.chat, part)
        assert isinstance(outcome, Delivered), (outcome, part)
    seen = (await rig.seen())[before:]
    assert _squeezed(message.text) in _all_said(seen)
    if can.buttons or message.numbered:
        offered = message.choices if message.numbered else message.choices[: can.most_buttons]
        missing = [one for number, one in enumerate(offered, 1) if not _offered(seen, one.label, number)]
        assert missing == []
    for link in message.links:
        assert any(link.url in one.addresses for one in seen) or _squeezed(link.url) in _all_said(seen)


def _squeezed(text: str) -> str:
    """Return a text without its white space: where it is cut, only that is lost."""
    return "".join(text.split())


def _all_said(seen: list[Seen]) -> str:
    return _squeezed("".join(one.text for one in seen))


def _offered(seen: list[Seen], label: str, number: int) -> bool:
    """Whether a choice can be made: by a button, on which a long label may be cut, or by its number."""
    shown = [one for message in seen for one in message.labels]
    cut = [one[:-1] for one in shown if one.endswith("…") and len(one) > 15]
    if label in shown or any(label.startswith(one) for one in cut):
        return True
    return not shown and _squeezed(f"{number} {label}") in _all_said(seen)


# What the provider says

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["ok", "error", "error_code", "description", "message", "result", "parameters", "retry_after", "data", "message_id",
     "date", "chat", "id", "migrate_to_chat_id", "expires_in", "access_token", "refresh_token", "quota"]
)  # fmt: skip
ANSWERS = st.recursive(
    JSON | st.sampled_from([True, False, 0, 1, -1, 200, 400, 401, 403, 404, 408, 429, 500, -216, "Forbidden", "1e999"]),
    lambda inner: st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=12,
)
BODIES = st.one_of(
    ANSWERS.map(lambda told: json.dumps(told).encode()),
    st.binary(max_size=60),
    st.sampled_from([b"", b"<html>502</html>", b"null", b"[" * 3000, b'{"ok": true}', b'{"error": 0}', b"1" * 5000]),
)
STATUSES = st.sampled_from([200, 200, 200, 201, 204, 301, 302, 400, 401, 403, 404, 408, 409, 413, 418, 429, 500, 502])
HEADERS = st.sampled_from(
    [{}, {"Retry-After": "3"}, {"Retry-After": "-1"}, {"Retry-After": "nan"}, {"Retry-After": "Wed, 21 Oct 2026"},
     {"Content-Encoding": "gzip"}, {"Location": "http://127.0.0.1:9/"}, {"Content-Type": "text/html; charset=x"}]
)  # fmt: skip
NO_HTTP = st.sampled_from(
    [b"", b"\0\xff" * 20, b"HTTP/1.1 999999 X\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"]
)


@settings(max_examples=30, deadline=None, suppress_health_check=SHARED)
@given(status=STATUSES, headers=HEADERS, body=BODIES)
async def test_whatever_the_provider_answers_nothing_is_raised(
    rig: Rig, caplog: pytest.LogCaptureFixture, status: int, headers: dict[str, str], body: bytes
) -> None:
    await _survives(far_of(rig), rig.chat, caplog, status, headers, body, None)


@settings(max_examples=8, deadline=None, suppress_health_check=SHARED)
@given(NO_HTTP)
async def test_what_is_no_answer_at_all_is_unknown(rig: Rig, caplog: pytest.LogCaptureFixture, raw: bytes) -> None:
    await _survives(far_of(rig), rig.chat, caplog, 200, {}, b"", raw)


async def _survives(
    far: Far,
    chat: str,
    caplog: pytest.LogCaptureFixture,
    status: int,
    headers: dict[str, str],
    body: bytes,
    raw: bytes | None,
) -> None:
    if far.elsewhere is None:
        pytest.skip("this channel speaks no HTTP")
    caplog.set_level(logging.DEBUG)
    async with OddServer() as server:
        server.status, server.headers, server.body, server.raw = status, headers, body, raw
        channel = far.elsewhere(server.url)
        for message in (HELLO, NOTICE):
            outcome = await channel.send(chat, message)
            assert isinstance(outcome, Delivered | Refused | Unknown)
            assert isinstance(outcome, Unknown) or raw is None
            assert not isinstance(outcome, Delivered) or outcome.provider_id
            if isinstance(outcome, Refused) and outcome.reason is Reason.FLOOD:
                assert outcome.retry_after is not None
                assert 0 < outcome.retry_after <= 86_400
                assert math.isfinite(outcome.retry_after)
        assert isinstance(await channel.answers(), bool)
        assert [secret for secret in far.secrets if secret in repr(outcome) or secret in caplog.text] == []
        await channel.close()
    caplog.clear()


# What comes in

UPDATES = st.recursive(
    JSON,
    lambda inner: st.dictionaries(
        st.sampled_from(["update_id", "message", "callback_query", "chat", "from", "id", "text", "event_name", "sender",
                         "result", "message_id", "chat_type", "attachments", "payload", "timestamp", "app_id", "date"]),
        inner,
        max_size=5,
    ),
    max_leaves=15,
)  # fmt: skip


@ODD
@given(st.dictionaries(st.text(max_size=8), JSON, max_size=3) | UPDATES.filter(lambda told: isinstance(told, dict)))
async def test_an_update_that_is_none_is_told_in_the_agreed_way(rig: Rig, update: dict[str, Any]) -> None:
    await _reads(far_of(rig).source, update)


REMOVED = object()
ODDITIES = JSON | st.sampled_from([REMOVED, REMOVED, 2**63, 10**400, -(2**70), "", "\0", [], {}])


@ODD
@given(st.integers(0, 99), ODDITIES)
async def test_a_genuine_update_with_something_odd_in_it_harms_nobody(rig: Rig, place: int, odd: Any) -> None:
    far = far_of(rig)
    if far.says is None:
        pytest.skip("nothing comes in by this channel")
    update = copy.deepcopy(far.says("Đã xong NV-0123"))
    places = _places(update)
    inside, at = places[place % len(places)]
    if odd is REMOVED:
        del inside[at]
    else:
        inside[at] = odd
    await _reads(far.source, update)


def _places(told: Any) -> list[tuple[Any, Any]]:
    """Return every place inside a JSON value, as what holds it and where."""
    keys = list(told) if isinstance(told, dict) else list(range(len(told))) if isinstance(told, list) else []
    return [(told, key) for key in keys] + [place for key in keys for place in _places(told[key])]


async def _reads(source: Provider | None, update: dict[str, Any]) -> None:
    if source is None:
        pytest.skip("nothing comes in by this channel")
    try:
        incoming = source.parse(update)
    except (KeyError, TypeError, ValueError, AttributeError):
        return
    finally:
        await source.acknowledge(update)
    if incoming is not None:
        _is_sound(incoming)


def _is_sound(incoming: Incoming) -> None:
    assert incoming.channel
    assert incoming.key
    for text in (
        incoming.key,
        incoming.chat,
        incoming.text,
        incoming.button,
        incoming.sender,
        incoming.message_id,
        incoming.quotes,
    ):
        assert isinstance(text, str)
    for file in incoming.files:
        assert isinstance(file.reference, str)
        assert isinstance(file.name, str)


@settings(max_examples=30, deadline=None, suppress_health_check=SHARED)
@given(st.text(max_size=40) | st.sampled_from(["https://", "http://127.0.0.1:9/a", "https://[", "\0", "a" * 5000]))
async def test_what_cannot_be_fetched_is_told_in_the_agreed_way(rig: Rig, reference: str) -> None:
    source = far_of(rig).source
    if source is None:
        pytest.skip("nothing comes in by this channel")
    with pytest.raises(ChannelError):
        await source.fetch(reference, 1000)
