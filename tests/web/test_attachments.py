"""Files, pictures and links that come with the office's messages: seen by whose chat it is, and by nobody else."""

import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.outgoing import Attachment, Link, Message
from tests.web.chromium import new_page
from tests.web.conftest import browser_at
from tests.web.fakes import Office, serving
from web.app import create_app

pytestmark = pytest.mark.anyio


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x0e\x5a\x5e" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def kept(office: Office, name: str, media_type: str, content: bytes) -> Attachment:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    file = await office.worker.webchat.files.keep(chunks(), len(content))
    return Attachment(file.digest, name, media_type, file.size)


async def weekly(office: Office) -> Message:
    return Message(
        "Tổng hợp tuần 03/2026\nCòn 4 việc quá hạn.",
        files=(
            await kept(office, "biểu đồ.png", "image/png", png(300, 120)),
            await kept(office, "Báo cáo tuần.docx", "application/octet-stream", b"PK not really"),
        ),
        links=(Link("Xem trên trang", "https://songlam.example/tuan"),),
    )


async def test_a_file_is_handed_to_the_chat_that_it_was_sent_to_alone(office: Office) -> None:
    app = create_app(office.parts())
    async with browser_at(app) as mine, browser_at(app) as other:
        for one in (mine, other):
            await one.get("/chat")
        await mine.post("/chat/send", json={"id": "key-000001", "text": "chào"})
        await office.worker.settle()
        (heard,) = office.worker.heard
        await office.worker.tell(heard.chat, await weekly(office))
        line = (await mine.get("/chat/history")).json()["lines"][-1]
        assert line["files"] == [
            {"name": "biểu đồ.png", "picture": True},
            {"name": "Báo cáo tuần.docx", "picture": False},
        ]
        assert line["links"] == [{"label": "Xem trên trang", "url": "https://songlam.example/tuan"}]
        picture = await mine.get(f"/chat/kept/{line['id']}/0")
        assert picture.content == png(300, 120)
        assert picture.headers["content-disposition"].startswith("inline")
        letter = await mine.get(f"/chat/kept/{line['id']}/1")
        assert letter.content == b"PK not really"
        assert letter.headers["content-disposition"].startswith("attachment")
        assert letter.headers["x-content-type-options"] == "nosniff"
        for path in (f"/chat/kept/{line['id']}/2", "/chat/kept/0/0", f"/chat/kept/{line['id']}/-1"):
            assert (await mine.get(path)).status_code == 404
        assert (await other.get(f"/chat/kept/{line['id']}/0")).status_code == 404


async def test_a_file_that_is_gone_is_said_to_be_gone(office: Office) -> None:
    async with browser_at(create_app(office.parts())) as mine:
        await mine.get("/chat")
        await mine.post("/chat/send", json={"id": "key-000001", "text": "chào"})
        await office.worker.settle()
        gone = Attachment("0" * 64, "mất.pdf", "application/pdf", 3)
        await office.worker.tell(office.worker.heard[0].chat, Message("Tệp", files=(gone,)))
        line = (await mine.get("/chat/history")).json()["lines"][-1]
        answer = await mine.get(f"/chat/kept/{line['id']}/0")
        assert answer.status_code == 404
        assert answer.json()["error"].startswith("Không còn tệp này")


@pytest.mark.browser
async def test_a_phone_shows_the_picture_and_offers_the_file(office: Office, tmp_path: Path) -> None:
    app = create_app(office.parts(demo=office.demo))
    async with serving(app, office.worker.webchat) as url, new_page(tmp_path / "profile") as page:
        await page.look(360, 740, phone=True)
        await office.worker.tell("demo-leader", await weekly(office))
        await page.open(f"{url}/#lanh-dao")
        await page.until("document.querySelector('.conversation:not([hidden]) .picture img')?.naturalWidth === 300")
        assert await page.evaluate("document.querySelector('.kept').textContent") == "Báo cáo tuần.docx"
        assert await page.evaluate("document.querySelector('.links a').href") == "https://songlam.example/tuan"
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.complaints == []


def test_only_a_web_address_is_a_link() -> None:
    with pytest.raises(ValueError, match="no web address"):
        Link("Bấm vào đây", "javascript:alert(1)")
