"""The Official Account against the emulated one: what leaves, the window, the files, and how every failure is told."""

import json
import logging
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from channels.base import ChannelError, FileTooLargeError
from channels.zalo_oa import SHUT
from channels.zalo_oa_errors import _MEANINGS, _OF_TEMPLATES
from channels.zalo_oa_templates import Template, dialled
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.outgoing import Attachment, Choice, Gist, Link, Message, parts
from domain.windows import Standing, Window
from tests.emulators.zalo_oa_account import PHONE, USER, Account, zalo_oa_account
from tests.emulators.zalo_oa_world import APP_SECRET, FIRST_REFRESH, OA_SECRET

pytestmark = pytest.mark.anyio

HELLO = Message("Nhắc việc\nNV-0123 đến hạn thứ Năm 15/01/2026")
NOTICE = Message("Nhắc việc", gist=Gist(3, "NV-0123", date(2026, 1, 15), "https://a.vn/l/x"))
TEMPLATE = Template("7711", {"count": "so_viec", "code": "ma_viec", "date": "han", "link": "duong_dan"}, "https://a.vn")
PDF, DOCX, PNG = b"%PDF-1.7 ", b"PK\x03\x04 ", b"\x89PNG "


@pytest.fixture
async def account(tmp_path: Path) -> AsyncIterator[Account]:
    async with zalo_oa_account(tmp_path) as opened:
        yield opened


def file(account: Account, name: str, content: bytes, media_type: str = "application/pdf") -> Attachment:
    kept = account.folder.keep_made(content)
    return Attachment(kept.digest, name, media_type, kept.size)


async def test_plain_words_leave_as_they_are(account: Account) -> None:
    outcome = await account.channel.send(USER, HELLO)
    (sent,) = account.api.world.sent
    assert outcome == Delivered(sent.message_id)
    assert sent.message == {"text": HELLO.text}
    assert account.memory.uses == [(USER, "free")]


async def test_choices_are_hidden_queries_that_come_back_as_their_keys(account: Account) -> None:
    choices = tuple(Choice(f"Nhãn {number}", f"open:{number}") for number in range(1, 5))
    message = Message("Chọn", choices, links=(Link("Xem trên trang", "https://a.vn/x"),))
    assert isinstance(await account.channel.send(USER, message), Delivered)
    buttons = account.api.world.sent[0].buttons
    assert [one["title"] for one in buttons] == ["Nhãn 1", "Nhãn 2", "Nhãn 3", "Nhãn 4", "Xem trên trang"]
    assert [one["type"] for one in buttons] == ["oa.query.hide"] * 4 + ["oa.open.url"]
    assert buttons[0]["payload"] == "#open:1"
    assert buttons[4]["payload"] == {"url": "https://a.vn/x"}
    pressed = account.channel.parse(account.api.world.presses(USER, "Nhãn 3"))
    assert pressed is not None
    assert (pressed.sent, pressed.button, pressed.text) == ("button", "open:3", "")


async def test_links_without_room_are_lines_and_more_choices_are_numbers(account: Account) -> None:
    links = (Link("Một", "https://a.vn/1"), Link("Hai", "https://a.vn/2"))
    five = Message("Chọn", tuple(Choice(f"N{number}", f"open:{number}") for number in range(5)), links=links)
    (only,) = parts(five, account.channel.can)
    assert isinstance(await account.channel.send(USER, only), Delivered)
    assert account.api.world.sent[0].text == "Chọn\n\nMột: https://a.vn/1\nHai: https://a.vn/2"
    six = Message("Chọn", tuple(Choice(f"N{number}", f"open:{number}") for number in range(6)))
    (only,) = parts(six, account.channel.can)
    assert isinstance(await account.channel.send(USER, only), Delivered)
    assert account.api.world.sent[1].text.endswith("\n6 N5")
    assert not account.api.world.sent[1].buttons


async def test_a_label_longer_than_a_title_is_cut(account: Account) -> None:
    assert isinstance(await account.channel.send(USER, Message("x", (Choice("ạ" * 150, "open:1"),))), Delivered)
    assert account.api.world.sent[0].buttons[0]["title"] == "ạ" * 99 + "…"


async def test_files_are_uploaded_once_and_sent_alone(account: Account) -> None:
    letter, chart = file(account, "a.pdf", PDF), file(account, "b.png", PNG, "image/png")
    sent = parts(Message("Tài liệu", (Choice("Xem", "open:1"),), files=(letter, chart)), account.channel.can)
    assert [bool(one.files) for one in sent] == [False, True, True]
    for one in (*sent, sent[1]):
        assert isinstance(await account.channel.send(USER, one), Delivered)
    messages = [one.message for one in account.api.world.sent]
    assert messages[1]["attachment"]["type"] == "file"
    assert account.api.world.contents[messages[1]["attachment"]["payload"]["token"]] == PDF
    assert messages[2]["attachment"]["payload"]["elements"][0]["media_type"] == "image"
    assert account.api.calls("file") == 1
    assert account.api.calls("image") == 1


async def test_an_upload_that_has_died_is_made_anew(account: Account) -> None:
    message = Message("", files=(file(account, "a.docx", DOCX),))
    assert isinstance(await account.channel.send(USER, message), Delivered)
    account.api.fail(-100)
    assert isinstance(await account.channel.send(USER, message), Delivered)
    assert account.api.calls("file") == 2
    assert len(account.api.world.sent) == 2


@pytest.mark.parametrize("fault", ["silence_after", "reset_after", "gateway", "empty_after"])
async def test_a_lost_upload_costs_nothing(account: Account, fault: str) -> None:
    message = Message("", files=(file(account, "a.pdf", PDF),))
    account.api.fail(fault, place="file")
    outcome = await account.channel.send(USER, message)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.UNREACHED
    assert not account.api.world.sent
    assert isinstance(await account.channel.send(USER, message), Delivered)


@pytest.mark.parametrize(
    ("name", "media_type", "size"),
    [
        ("a.xlsx", "application/vnd.ms-excel", 10),
        ("a.pdf", "application/pdf", (5 << 20) + 1),
        ("a.png", "image/png", (1 << 20) + 1),
    ],
)
async def test_a_file_that_the_account_does_not_take_is_refused_here(
    account: Account, name: str, media_type: str, size: int
) -> None:
    message = Message("", files=(Attachment("0" * 64, name, media_type, size),))
    outcome = await account.channel.send(USER, message)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.BROKEN
    assert account.api.calls("file") + account.api.calls("image") == 0


async def test_the_window_free_then_paid_then_shut(account: Account) -> None:
    begin = account.clock()
    for _ in range(9):
        assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert [kind for _, kind in account.memory.uses] == ["free"] * 8 + ["package"]
    assert [one.paid for one in account.api.world.sent] == [False] * 8 + [True]
    account.hears()
    account.now[0] = begin + timedelta(hours=49)
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)
    assert account.api.world.sent[-1].paid
    account.now[0] = begin + timedelta(days=7, minutes=1)
    calls = account.api.calls("cs")
    assert await account.channel.send(USER, HELLO) == Refused(Reason.BLOCKED, SHUT)
    assert account.api.calls("cs") == calls, "a call that must be refused is not made"
    account.hears()
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)


async def test_an_office_that_does_not_pay_has_the_free_window_only(account: Account) -> None:
    account.api.world.package = False
    channel = account.opened(window=Window(package=False))
    for _ in range(8):
        assert isinstance(await channel.send(USER, HELLO), Delivered)
    assert await channel.send(USER, HELLO) == Refused(Reason.BLOCKED, SHUT)
    assert account.api.calls("cs") == 8


@pytest.mark.parametrize("believed", [True, False])
async def test_outside_the_window_an_official_gets_a_template(account: Account, believed: bool) -> None:
    """Also where our ledger thinks the window open and Zalo says that it is shut."""
    account.api.world.user("9").phone = "84900000123"
    account.api.world.templates["7711"] = frozenset({"so_viec", "ma_viec", "han", "duong_dan"})
    channel = account.opened(TEMPLATE)
    account.hears(phone=PHONE)
    if believed:
        account.api.fail(-230)
    else:
        account.now[0] += timedelta(days=8)
    outcome = await channel.send(USER, NOTICE)
    (notified,) = account.api.world.notifications
    told = {"so_viec": "3", "ma_viec": "NV-0123", "han": "15/01/2026", "duong_dan": "https://a.vn/l/x"}
    assert notified.data == told
    assert notified.phone == "84900000123"
    assert isinstance(outcome, Delivered)
    assert outcome.provider_id == notified.message_id
    assert outcome.said == "Tin theo mẫu ZNS 7711\n" + "\n".join(f"{name}: {value}" for name, value in told.items())
    assert account.memory.uses == [(USER, "template")]
    receipt = channel.parse(account.api.world.received(notified.message_id))
    assert receipt is not None
    assert (receipt.chat, receipt.about, receipt.sender) == (USER, (notified.message_id,), "")
    assert "84900000123" not in repr(receipt)


@pytest.mark.parametrize(
    ("message", "phone", "template"),
    [
        (HELLO, PHONE, TEMPLATE),
        (NOTICE, "", TEMPLATE),
        (NOTICE, "12", TEMPLATE),
        (NOTICE, PHONE, None),
    ],
)
async def test_no_template_without_task_phone_or_approval(
    account: Account, message: Message, phone: str, template: Template | None
) -> None:
    channel = account.opened(template)
    account.memory.people[USER] = Standing(None, 0, phone)
    assert await channel.send(USER, message) == Refused(Reason.BLOCKED, SHUT)
    assert account.api.calls("zns") + account.api.calls("cs") == 0


@pytest.mark.parametrize("code", [code for code in _OF_TEMPLATES if code != -124])
async def test_a_template_that_cannot_go_leaves_the_message_to_another_chat(account: Account, code: int) -> None:
    channel = account.opened(TEMPLATE)
    account.memory.people[USER] = Standing(None, 0, PHONE)
    account.api.fail(code, place="zns")
    outcome = await channel.send(USER, NOTICE)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.BLOCKED
    assert str(code) in outcome.detail
    assert account.memory.uses == [(USER, "template_refused")]


def test_a_template_s_blanks_are_never_empty() -> None:
    filled = TEMPLATE.filled(Gist(1, "NV-0001", None))
    assert filled == {"so_viec": "1", "ma_viec": "NV-0001", "han": "chưa có hạn", "duong_dan": "https://a.vn"}
    two = Template("8", {"count": "n", "code": "ma"})
    assert two.filled(Gist(1, "NV-0001", None)) == {"n": "1", "ma": "NV-0001"}


@pytest.mark.parametrize(
    ("phone", "dial"),
    [("0900 000 123", "84900000123"), ("+84 900-000-123", "84900000123"), ("84900000123", "84900000123")]
    + [(wrong, "") for wrong in ("", "12", "không có", "0900 000 123 / 0900 000 124", "+1 555 0100")],
)
def test_phones(phone: str, dial: str) -> None:
    assert dialled(phone) == dial


TOKEN_CODES = {-216, -220, 401}
WINDOW_CODES = {-230, -232}


@pytest.mark.parametrize("code", sorted(set(_MEANINGS) - TOKEN_CODES))
async def test_every_code_of_the_table(account: Account, code: int) -> None:
    reason, said = _MEANINGS[code]
    account.api.fail(code)
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    assert outcome.detail == (SHUT if code in WINDOW_CODES else f"{code}: {said}")
    assert (outcome.retry_after is not None) == (reason is Reason.FLOOD)
    assert not account.api.world.sent
    assert isinstance(await account.channel.send(USER, HELLO), Delivered)


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        ("gateway", 0),
        ("portal", 0),
        ("redirect", 0),
        ("empty", 0),
        ("empty_after", 1),
        ("error_after", 1),
        ("reset", 0),
        ("reset_after", 1),
        ("silence", 0),
        ("silence_after", 1),
        (-9999, 0),
    ],
)
async def test_what_nobody_can_know_is_unknown_and_not_repeated(
    account: Account, fault: str | int, arrived: int
) -> None:
    account.api.fail(fault)
    assert isinstance(await account.channel.send(USER, HELLO), Unknown)
    assert len(account.api.world.sent) == arrived
    assert account.api.calls("cs") == 1
    assert account.memory.uses == [(USER, "free")], "what may have arrived counts"


async def test_a_gateway_that_is_busy_is_a_flood(account: Account) -> None:
    account.api.fail("busy")
    outcome = await account.channel.send(USER, HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.FLOOD
    assert outcome.retry_after


async def test_whoever_is_away_is_unreached_and_a_closed_channel_too(account: Account) -> None:
    await account.channel.send(USER, HELLO)
    await account.api.stop()
    assert not await account.channel.answers()
    for _ in range(2):
        outcome = await account.channel.send(USER, HELLO)
        assert isinstance(outcome, Refused)
        assert outcome.reason is Reason.UNREACHED
        await account.channel.close()


async def test_the_account_tells_its_name(account: Account) -> None:
    assert await account.channel.me() == "Văn phòng UBND tỉnh"
    assert await account.channel.answers()
    account.api.fail(-209, place="getoa")
    assert await account.channel.answers(), "it answers, whatever it says"
    account.api.fail("gateway", place="getoa")
    assert not await account.channel.answers()


async def test_files_of_people_are_fetched_at_once_and_outlive_their_address(account: Account) -> None:
    event = account.api.world.sends_file(USER, "45-KH.pdf", PDF)
    incoming = account.channel.parse(event)
    assert incoming is not None
    (sent,) = incoming.files
    assert (sent.name, sent.media_type, sent.size) == ("45-KH.pdf", "application/pdf", len(PDF))
    await account.channel.acknowledge(event)
    await account.channel.copied()
    account.api.world.hosted.clear()
    assert await account.channel.fetch(sent.reference, 100) == PDF
    with pytest.raises(FileTooLargeError):
        await account.channel.fetch(sent.reference, 3)


async def test_what_was_not_copied_in_time_is_fetched_from_its_address(account: Account) -> None:
    reference = account.api.world.host("a.pdf", PDF)
    assert await account.channel.fetch(reference, 100) == PDF
    account.api.world.hosted.clear()
    with pytest.raises(ChannelError):
        await account.channel.fetch(reference, 100)


@pytest.mark.parametrize(
    "reference",
    [
        "http://evil.example/a.pdf",
        "https://evil.example/a.pdf",
        "https://127.0.0.1.evil.example/a.pdf",
        "https://127.0.0.1@evil.example/a.pdf",
        "https://user@127.0.0.1/a.pdf",
        "ftp://127.0.0.1/a.pdf",
        "file:///etc/passwd",
        "https://[::1",
        "",
    ],
)
async def test_only_the_hosts_told_are_asked(account: Account, reference: str) -> None:
    with pytest.raises(ChannelError, match="broken"):
        await account.channel.fetch(reference, 100)


async def test_a_flood_of_files_waits_until_somebody_asks(account: Account) -> None:
    events = [account.api.world.sends_file(USER, f"{number}.pdf", PDF + bytes([number])) for number in range(20)]
    for event in events:
        await account.channel.acknowledge(event)
    await account.channel.copied()
    assert len(account.memory.copies) == 16
    last = events[-1]["message"]["attachments"][0]["payload"]["url"]
    assert await account.channel.fetch(last, 100) == PDF + bytes([19])


async def test_a_file_over_the_limit_is_not_kept(account: Account, caplog: pytest.LogCaptureFixture) -> None:
    event = account.api.world.sends_file(USER, "a.pdf", PDF + b"0" * 1000)
    await account.channel.acknowledge(event)
    await account.channel.copied()
    assert not account.memory.copies
    assert "not fetched" in caplog.text
    assert "hosted" not in caplog.text, "the address of a person's file is nobody's"


async def test_no_secret_reaches_logs_outcomes_or_errors(account: Account, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    channel = account.opened(TEMPLATE)
    outcomes: list[Outcome] = []
    for place, fault in (("token", "reset"), ("cs", -216), ("cs", "gateway"), ("cs", "silence"), ("cs", -201)):
        account.api.fail(fault, place=place)
        outcomes.append(await channel.send(USER, HELLO))
        account.now[0] += timedelta(minutes=2)
    account.memory.people[USER] = Standing(None, 0, PHONE)
    account.api.fail(-108, place="zns")
    outcomes.append(await channel.send(USER, NOTICE))
    account.api.fail(-216, 2, place="getoa")
    with pytest.raises(ChannelError) as error:
        await channel.me()
    told = json.dumps([repr(one) for one in outcomes]) + caplog.text + repr(error.value) + str(error.value)
    secrets = [FIRST_REFRESH, APP_SECRET, OA_SECRET, "unguessable", "900000123", "900 000 123"]
    assert [one for one in secrets if one in told] == []
    assert len(caplog.records) > 5, "the libraries spoke"
