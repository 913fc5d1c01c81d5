"""Telegram: pictures, documents, links, threads, and messages that take the place of others."""

import hashlib
import struct
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from channels.base import ChannelError
from channels.telegram import CAN, EVERYONE, GROUPS, TelegramChannel
from channels.telegram_sending import CAPTION_LIMIT
from channels.telegram_transport import AiohttpTransport
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.outgoing import Attachment, Choice, Link, Message, parts, plain
from tests.emulators.telegram import TelegramEmulator

pytestmark = pytest.mark.anyio

OFFICER = 1001
CHAT = str(OFFICER)
LIST = Message("Việc của Sở Tư pháp\nTrang 1", (Choice("Trang sau", "list:open:1"),))


@dataclass(slots=True)
class Shelf:
    """The files that go out; `read` counts how often one was asked for."""

    kept: dict[str, bytes] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)

    def keep(self, name: str, content: bytes, media_type: str = "image/png") -> Attachment:
        digest = hashlib.sha256(content).hexdigest()
        self.kept[digest] = content
        return Attachment(digest, name, media_type, len(content))

    def __call__(self, digest: str) -> bytes:
        self.read.append(digest)
        if digest not in self.kept:
            raise ChannelError(Refused(Reason.BROKEN, "no such file"))
        return self.kept[digest]


def png(width: int = 640, height: int = 360) -> bytes:
    """A picture of one colour."""
    rows = (b"\0" + b"\x33" * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
async def sender(api: TelegramEmulator, shelf: Shelf) -> AsyncIterator[TelegramChannel]:
    api.world.person(OFFICER)
    opened = TelegramChannel(api.token, api.url, transport=AiohttpTransport(api.token, read=0.2), content=shelf)
    yield opened
    await opened.close()


async def sent(sender: TelegramChannel, message: Message) -> list[Outcome]:
    return [await sender.send(CHAT, part) for part in parts(message, sender.can)]


def delivered(outcome: Outcome) -> str:
    assert isinstance(outcome, Delivered), outcome
    return outcome.provider_id


async def test_a_chart_leaves_as_a_picture_with_its_words_and_buttons(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf
) -> None:
    chart = shelf.keep("bieu-do.png", png())
    message = Message("Tổng hợp ngày 12/01\nQuá hạn: 3", (Choice("Xem quá hạn", "office:late:0"),), files=(chart,))
    assert len(await sent(sender, message)) == 1
    (arrived,) = api.world.sent
    assert (arrived.text, arrived.file["kind"], arrived.file["name"]) == (message.text, "photo", "bieu-do.png")
    assert arrived.entities == [{"type": "bold", "offset": 0, "length": 19}]
    assert api.world.buttons(OFFICER) == ["Xem quá hạn"]
    assert api.world.files[arrived.file["file_id"]][1] == png()


async def test_words_too_long_for_a_picture_go_before_it(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf
) -> None:
    chart = shelf.keep("bieu-do.png", png())
    message = Message("ạ" * (CAPTION_LIMIT + 1), (Choice("Xem", "office:late:0"),), files=(chart,))
    assert len(await sent(sender, message)) == 2
    words, picture = api.world.sent
    assert (words.text, words.file, bool(words.buttons)) == (message.text, {}, True)
    assert (picture.text, picture.file["kind"], picture.buttons) == ("", "photo", [])
    api.world.sent.clear()
    assert len(await sent(sender, replace(message, text="ạ" * CAPTION_LIMIT))) == 1


async def test_documents_follow_the_words_one_by_one_under_their_own_names(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf
) -> None:
    files = tuple(
        shelf.keep(name, name.encode(), "application/pdf") for name in ("Báo cáo quý I.pdf", 'phụ "lục"\r\nX: y.docx')
    )
    assert len(await sent(sender, Message("Gửi kèm", files=files))) == 3
    assert [one.file.get("name") for one in api.world.sent] == [None, "Báo cáo quý I.pdf", "phụ _lục___X: y.docx"]
    assert [one.file.get("kind") for one in api.world.sent] == [None, "document", "document"]
    assert all(isinstance(one, Delivered) for one in await sent(sender, Message("", files=files[:1])))


async def test_what_was_handed_over_once_is_not_uploaded_again(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf
) -> None:
    for file in (shelf.keep("a.png", png()), shelf.keep("a.pdf", b"%PDF", "application/pdf")):
        first, second = [(await sent(sender, Message("", files=(file,))))[0] for _ in range(2)]
        assert delivered(first) != delivered(second)
    assert len(shelf.read) == 2
    assert len({one.file["file_id"] for one in api.world.sent}) == 2


async def test_a_file_the_server_has_forgotten_is_uploaded_anew(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf
) -> None:
    file = shelf.keep("a.pdf", b"%PDF", "application/pdf")
    await sent(sender, Message("", files=(file,)))
    api.world.files.clear()
    delivered((await sent(sender, Message("", files=(file,))))[0])
    assert len(shelf.read) == 2
    assert len(api.world.sent) == 2


@pytest.mark.parametrize(("width", "height"), [(9000, 1001), (4200, 200)])
async def test_a_picture_of_a_shape_the_server_refuses_goes_as_a_document(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf, width: int, height: int
) -> None:
    await sent(sender, Message("Sơ đồ", files=(shelf.keep("so-do.png", png(width, height)),)))
    (arrived,) = api.world.sent
    assert (arrived.file["kind"], arrived.text) == ("document", "Sơ đồ")


async def test_what_is_no_picture_inside_goes_as_a_document(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf
) -> None:
    await sent(sender, Message("", files=(shelf.keep("hong.png", b"no picture"),)))
    assert api.world.sent[0].file["kind"] == "document"


async def test_large_pictures_are_documents_and_larger_files_are_not_taken(shelf: Shelf) -> None:
    picture = Attachment("0" * 64, "a.png", "image/png", 10_000_001)
    assert CAN.takes(picture)
    assert parts(Message("Ảnh", files=(picture,)), CAN)[0].files == ()
    assert not CAN.takes(Attachment("0" * 64, "a.zip", "application/zip", 50_000_001))


async def test_a_file_too_large_for_the_channel_stays_behind_its_words(
    api: TelegramEmulator, sender: TelegramChannel
) -> None:
    film = Attachment("0" * 64, "phim.mp4", "video/mp4", 50_000_001)
    (outcome,) = await sent(sender, Message("Bản ghi cuộc họp", files=(film,)))
    delivered(outcome)
    assert [(one.text, one.file) for one in api.world.sent] == [("Bản ghi cuộc họp", {})]


async def test_a_large_document_arrives_whole(api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf) -> None:
    content = b"x" * 9_000_000
    (outcome,) = await sent(sender, Message("", files=(shelf.keep("lon.zip", content, "application/zip"),)))
    delivered(outcome)
    assert api.world.files[api.world.sent[0].file["file_id"]][1] == content


async def test_a_file_that_is_not_kept_any_more_is_refused_and_named_in_words(
    api: TelegramEmulator, sender: TelegramChannel
) -> None:
    lost = Message("", files=(Attachment("0" * 64, "mat.pdf", "application/pdf", 9),))
    assert await sender.send(CHAT, lost) == Refused(Reason.BROKEN, "no such file")
    assert plain(lost).text == "Tệp không gửi được qua kênh này: mat.pdf"
    assert not api.world.sent


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("blocked", Reason.BLOCKED), ("flood", Reason.FLOOD), ("large", Reason.BROKEN), ("reset", None), ("error", None)],
)
async def test_files_fail_in_the_same_words_as_texts(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf, fault: str, outcome: Reason | None
) -> None:
    api.fail(fault, method="sendDocument")
    (ended,) = await sent(sender, Message("", files=(shelf.keep("a.pdf", b"%PDF", "application/pdf"),)))
    assert isinstance(ended, Unknown) if outcome is None else isinstance(ended, Refused) and ended.reason is outcome
    assert not api.world.sent


async def test_links_are_buttons_below_the_choices(api: TelegramEmulator, sender: TelegramChannel) -> None:
    link = Link("Mở trang", "https://nhacviec.example/p/1")
    await sent(sender, replace(LIST, links=(link,)))
    assert api.world.sent[0].buttons == [
        [{"text": "Trang sau", "callback_data": "list:open:1"}],
        [{"text": "Mở trang", "url": link.url}],
    ]
    assert "nhacviec.example" not in api.world.sent[0].text


@pytest.mark.parametrize("url", ["http://nhacviec:8080/p/1", "http://localhost/p", "http://["])
async def test_an_address_that_no_button_takes_is_written_out(
    api: TelegramEmulator, sender: TelegramChannel, url: str
) -> None:
    (outcome,) = await sent(sender, replace(LIST, links=(Link("Mở trang", url),)))
    delivered(outcome)
    assert api.world.sent[0].text == f"{LIST.text}\n\nMở trang: {url}"
    assert api.world.buttons(OFFICER) == ["Trang sau"]


async def test_an_answer_stands_under_its_question_even_where_that_was_deleted(
    api: TelegramEmulator, sender: TelegramChannel
) -> None:
    api.world.says(OFFICER, "/viec")
    for answers in ("1", "404"):
        delivered((await sent(sender, replace(LIST, answers=answers)))[0])
        told = api.world.sent[-1].parameters["reply_parameters"]
        assert f'"message_id": {answers}' in told


async def test_a_message_takes_the_place_of_another(api: TelegramEmulator, sender: TelegramChannel) -> None:
    first = delivered(await sender.send(CHAT, LIST))
    page = Message("Việc của Sở Tư pháp\nTrang 2", (Choice("Trang trước", "list:open:0"),), replaces=first)
    assert delivered(await sender.send(CHAT, page)) == first
    (shown,) = api.world.shown()
    assert (shown.text, shown.edit, api.world.buttons(OFFICER)) == (page.text, True, ["Trang trước"])
    assert delivered(await sender.send(CHAT, page)) == first, "not modified: it stands there already"
    assert len(list(api.world.shown())) == 1


@pytest.mark.parametrize("how", ["deleted", "picture", "person's", "unknown"])
async def test_where_nothing_can_be_replaced_it_comes_as_a_new_message(
    api: TelegramEmulator, sender: TelegramChannel, shelf: Shelf, how: str
) -> None:
    picture = Message("Biểu đồ", files=(shelf.keep("a.png", png()),))
    old = delivered(await sender.send(CHAT, picture if how == "picture" else LIST))
    if how == "deleted":
        api.world.deletes(OFFICER, int(old))
    if how == "person's":
        api.world.says(OFFICER, "/viec")
        old = str(max(number for _, number in api.world.written))
    page = Message("Trang 2", replaces="99999" if how == "unknown" else old)
    assert delivered(await sender.send(CHAT, page)) != old
    assert next(api.world.shown()).text == "Trang 2"


async def test_a_lost_answer_to_a_change_does_no_harm_when_repeated(
    api: TelegramEmulator, sender: TelegramChannel
) -> None:
    first = delivered(await sender.send(CHAT, LIST))
    page = Message("Trang 2", replaces=first)
    api.fail("reset_after", method="editMessageText")
    assert isinstance(await sender.send(CHAT, page), Unknown)
    assert delivered(await sender.send(CHAT, page)) == first
    assert [one.text for one in api.world.shown()] == ["Trang 2"]


async def test_other_refusals_of_a_change_are_told(api: TelegramEmulator, sender: TelegramChannel) -> None:
    first = delivered(await sender.send(CHAT, LIST))
    api.fail("blocked", method="editMessageText")
    outcome = await sender.send(CHAT, Message("Trang 2", replaces=first))
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.BLOCKED


async def test_menus_by_whose_they_are(api: TelegramEmulator, sender: TelegramChannel) -> None:
    await sender.set_commands([("phananh", "Gửi phản ánh")], EVERYONE)
    await sender.set_commands([("viec", "Việc của nhóm")], GROUPS)
    await sender.set_commands([("viec", "Việc của tôi")], CHAT)
    assert {whose: [one["command"] for one in menu] for whose, menu in api.world.menus.items()} == {
        "default": ["phananh"],
        "all_group_chats": ["viec"],
        f"chat {CHAT}": ["viec"],
    }
    await sender.set_commands([], CHAT)
    assert f"chat {CHAT}" not in api.world.menus
    with pytest.raises(ChannelError, match="not found"):
        await sender.set_commands([("viec", "Việc của tôi")], "404")
