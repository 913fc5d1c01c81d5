"""The public chat through its front door: whose it is, what it takes, what it refuses."""

import hashlib
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.run import web_parts
from domain.incoming import Sent
from domain.people import Role
from tests.office import make_office
from tests.web.conftest import browser_at
from tests.web.fakes import TASK, Office
from web.app import create_app
from web.sessions import COOKIE

pytestmark = pytest.mark.anyio


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(create_app(office.parts())) as client:
        await client.get("/chat")
        yield client


async def say(browser: httpx.AsyncClient, text: str, key: str = "") -> httpx.Response:
    say.count = getattr(say, "count", 0) + 1  # type: ignore[attr-defined]
    return await browser.post("/chat/send", json={"id": key or f"key-{say.count:06d}", "text": text})  # type: ignore[attr-defined]


async def lines(browser: httpx.AsyncClient, **query: str) -> list[dict[str, Any]]:
    answer = await browser.get("/chat/history", params=query)
    assert answer.status_code == 200
    return list(answer.json()["lines"])


async def test_the_page_gives_a_chat_in_a_guarded_cookie(office: Office) -> None:
    async with browser_at(create_app(office.parts())) as client:
        page = await client.get("/chat")
        assert "Văn phòng UBND tỉnh Sông Lam" in page.text
        cookie = page.headers["set-cookie"].lower()
        assert cookie.startswith(COOKIE)
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "secure" not in cookie
        chat = client.cookies[COOKIE]
        await client.get("/chat")
        assert client.cookies[COOKIE] == chat


async def test_under_https_the_cookie_is_secure(office: Office) -> None:
    app = create_app(office.parts(public_url="https://nhacviec.songlam.example"))
    async with browser_at(app) as client:
        page = await client.get("/chat")
        assert "secure" in page.headers["set-cookie"].lower()
        assert "max-age" in page.headers["strict-transport-security"]


async def test_what_is_typed_is_saved_handled_and_answered_in_order(office: Office, browser: httpx.AsyncClient) -> None:
    told = await say(browser, unicodedata.normalize("NFD", "  việc của tôi \n"))
    assert told.status_code == 202
    assert told.json()["line"]["text"] == "việc của tôi"
    await office.worker.settle()
    await say(browser, "/viec")
    await office.worker.settle()
    shown = await lines(browser)  # the clock stands still: the order cannot come from it
    assert [(line["mine"], line["text"].split("\n")[0]) for line in shown] == [
        (True, "việc của tôi"),
        (False, "Đã nghe: việc của tôi"),
        (True, "/viec"),
        (False, TASK.text.split("\n")[0]),
    ]
    assert shown[-1]["choices"][0] == {"label": "Đã xong", "key": "t:7:done"}
    assert (shown[0]["day"], shown[0]["time"]) == ("thứ Hai 12/01/2026", "08:00")
    (heard, _) = office.worker.heard
    assert (heard.channel, heard.sent, heard.text) == ("web", Sent.TEXT, "việc của tôi")


async def test_a_choice_carries_its_key_and_shows_its_label(office: Office, browser: httpx.AsyncClient) -> None:
    body = {"id": "key-button", "button": "t:7:done", "label": "Đã xong"}
    assert (await browser.post("/chat/send", json=body)).status_code == 202
    await office.worker.settle()
    (heard,) = office.worker.heard
    assert (heard.sent, heard.button) == (Sent.BUTTON, "t:7:done")
    assert (await lines(browser))[0]["text"] == "Đã xong"


async def test_the_same_sending_twice_is_taken_once(office: Office, browser: httpx.AsyncClient) -> None:
    await say(browser, "xong", "same-key-1")
    again = await say(browser, "xong", "same-key-1")
    assert (again.status_code, again.json()) == (202, {"line": None})
    await office.worker.settle()
    assert len(office.worker.heard) == 1


async def test_two_sessions_share_nothing_not_even_keys(office: Office) -> None:
    app = create_app(office.parts())
    async with browser_at(app) as one, browser_at(app) as other:
        await one.get("/chat")
        await other.get("/chat")
        await say(one, "bí mật của tôi", "same-key-2")
        await say(other, "chuyện khác", "same-key-2")
        await office.worker.settle()
        assert [line["text"] for line in await lines(one)] == ["bí mật của tôi", "Đã nghe: bí mật của tôi"]
        assert [line["text"] for line in await lines(other)] == ["chuyện khác", "Đã nghe: chuyện khác"]


@pytest.mark.parametrize(
    "forge",
    [
        lambda _mine, _other: "",
        lambda mine, _other: mine.partition(".")[0],
        lambda mine, _other: mine.partition(".")[0] + ".",
        lambda mine, _other: "x" + mine,
        lambda mine, other: other.partition(".")[0] + "." + mine.partition(".")[2],
        lambda mine, _other: mine[:-1] + ("A" if mine[-1] != "A" else "B"),
        lambda _mine, _other: ".",
    ],
)
async def test_a_forged_cookie_opens_nothing(office: Office, forge: Any) -> None:
    app = create_app(office.parts())
    async with browser_at(app) as one, browser_at(app) as other:
        await one.get("/chat")
        await other.get("/chat")
        await say(other, "bí mật")
        value = forge(one.cookies[COOKIE], other.cookies[COOKIE])
    async with browser_at(app) as thief:
        headers = {"Cookie": f"{COOKIE}={value}"}
        for path in ("/chat/history", "/chat/events"):
            assert (await thief.get(path, headers=headers)).status_code == 403
        body = {"id": "key-thief", "text": "tôi đây"}
        assert (await thief.post("/chat/send", json=body, headers=headers)).status_code == 403
        upload = await thief.post("/chat/file?id=key-thief", content=b"x", headers=headers | {"X-File-Name": "a"})
        assert upload.status_code == 403
        assert COOKIE in (await thief.get("/chat", headers=headers)).headers["set-cookie"]


async def test_a_cookie_signed_with_another_key_opens_nothing(office: Office) -> None:
    async with browser_at(create_app(office.parts(secret=b"t" * 32))) as elsewhere:
        await elsewhere.get("/chat")
        cookie = elsewhere.cookies[COOKIE]
    async with browser_at(create_app(office.parts())) as client:
        answer = await client.get("/chat/history", headers={"Cookie": f"{COOKIE}={cookie}"})
        assert answer.status_code == 403
        assert "tải lại trang" in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"id": "key-000", "text": "\\ud800"}', 400),
        (b'{"text": "thieu ma"}', 422),
        (b'{"id": "ng\xe1\xba\xafn", "text": "x"}', 422),
        (b'{"id": "key-00001", "text": "   "}', 422),
        (b'{"id": "key-00001", "text": 7}', 422),
        (b'{"id": "key-00001", "button": ["x"]}', 422),
        (b'{"id": "key-00001", "text": "' + b"a" * 4001 + b'"}', 422),
        (b'{"id": "key-00001", "button": "' + b"a" * 65 + b'"}', 422),
        (b'{"id": "key-00001", "text": "' + b"a" * 70_000 + b'"}', 413),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_a_sentence(
    office: Office, browser: httpx.AsyncClient, body: bytes, status: int
) -> None:
    answer = await browser.post("/chat/send", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert await lines(browser) == []


async def test_a_nul_never_reaches_the_database(office: Office, browser: httpx.AsyncClient) -> None:
    assert (await say(browser, "a\0b")).json()["line"]["text"] == "ab"
    assert (await say(browser, "\0")).status_code == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}, 202),
    ],
)
async def test_another_sites_page_cannot_speak_for_the_person(
    browser: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    content = b'{"id": "key-00001", "text": "xong"}'
    every = {"Content-Type": "application/json"} | headers
    assert (await browser.post("/chat/send", content=content, headers=every)).status_code == status


async def test_behind_a_proxy_the_public_address_is_ours(office: Office) -> None:
    app = create_app(office.parts(public_url="https://nhacviec.songlam.example"))
    async with browser_at(app, base_url="https://127.0.0.1:8080") as client:
        await client.get("/chat")
        body = {"id": "key-00001", "text": "xong"}
        origin = {"Origin": "https://nhacviec.songlam.example"}
        assert (await client.post("/chat/send", json=body, headers=origin)).status_code == 202


async def test_one_session_may_not_flood(office: Office, browser: httpx.AsyncClient) -> None:
    statuses = [(await say(browser, f"tin {number}")).status_code for number in range(13)]
    assert statuses == [202] * 12 + [429]
    refused = await say(browser, "nữa")
    assert refused.headers["retry-after"] == "3"
    office.seconds[0] += 2
    assert [(await say(browser, "lại")).status_code for _ in range(2)] == [202, 429]


async def test_one_address_may_not_flood_with_new_sessions(office: Office) -> None:
    app = create_app(office.parts())
    async with browser_at(app, "203.0.113.9") as crowd:
        statuses = [(await say(crowd, "ai đó")).status_code for _ in range(121)]
        assert statuses == [403] * 120 + [429]
    async with browser_at(app, "203.0.113.10") as neighbour:
        await neighbour.get("/chat")
        assert (await say(neighbour, "xin chào")).status_code == 202


async def test_a_file_is_kept_by_its_digest_and_referred_to(office: Office, browser: httpx.AsyncClient) -> None:
    content = b"%PDF-1.7 bao cao"
    headers = {"X-File-Name": "..%2Fb%C3%A1o%20c%C3%A1o.pdf", "Content-Type": "application/pdf; x=y"}
    answer = await browser.post("/chat/file?id=key-file-1", content=content, headers=headers)
    assert answer.status_code == 202
    assert answer.json()["line"]["file"] == "báo cáo.pdf"
    await office.worker.settle()
    (heard,) = office.worker.heard
    (file,) = heard.files
    digest = hashlib.sha256(content).hexdigest()
    assert (heard.sent, file.reference, file.size) == (Sent.FILE, digest, len(content))
    assert (file.name, file.media_type) == ("báo cáo.pdf", "application/pdf")
    assert await office.worker.webchat.fetch(file.reference, 1000) == content
    assert [one.name for one in office.files.rglob("*") if one.is_file()] == [digest]


@pytest.mark.parametrize(
    ("query", "name", "content", "status"),
    [
        ("?id=key-file-1", "a.pdf", b"", 422),
        ("?id=key-file-1", "", b"x", 422),
        ("?id=key-file-1", "%00%0a", b"x", 422),
        ("", "a.pdf", b"x", 422),
    ],
)
async def test_a_file_without_name_key_or_content_is_refused(
    browser: httpx.AsyncClient, query: str, name: str, content: bytes, status: int
) -> None:
    answer = await browser.post(f"/chat/file{query}", content=content, headers={"X-File-Name": name})
    assert answer.status_code == status
    assert await lines(browser) == []


@pytest.mark.parametrize("told", [True, False])
async def test_a_file_over_20_mb_is_refused_and_leaves_nothing(
    office: Office, browser: httpx.AsyncClient, told: bool
) -> None:
    size = 20 * 1024 * 1024 + 1

    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, size, 1024 * 1024):
            yield b"x" * min(1024 * 1024, size - start)

    headers = {"X-File-Name": "a.bin"} | ({"Content-Length": str(size)} if told else {})
    answer = await browser.post("/chat/file?id=key-file-1", content=stream(), headers=headers)
    assert answer.status_code == 413
    assert not [one for one in office.files.rglob("*") if one.is_file()]
    assert await lines(browser) == []


async def test_older_lines_are_read_page_by_page(office: Office, browser: httpx.AsyncClient) -> None:
    await say(browser, "đầu tiên")
    chat = browser.cookies[COOKIE].partition(".")[0]
    await office.worker.settle()
    for _ in range(60):
        await office.worker.tell(chat, TASK)
    newest = (await browser.get("/chat/history")).json()
    assert (len(newest["lines"]), newest["more"]) == (50, True)
    older = (await browser.get("/chat/history", params={"before": newest["lines"][0]["id"]})).json()
    assert (len(older["lines"]), older["more"]) == (12, False)
    assert older["lines"][0]["text"] == "đầu tiên"
    stamps = [line["id"] for line in older["lines"] + newest["lines"]]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("agency", "role", "wanted"), [("STP", Role.OFFICER, "viec"), ("VPUBND", Role.COORDINATOR, "tonghop")]
)
async def test_the_page_suggests_what_its_person_can_do(tmp_path: Path, agency: str, role: Role, wanted: str) -> None:
    office = make_office(tmp_path)
    async with browser_at(create_app(web_parts(office.inner, None))) as client:
        assert 'data-says="phananh"' in (await client.get("/chat")).text
        chat = client.cookies[COOKIE].strip('"').partition(".")[0]
        for typed in (await office.invite(agency, role), "1"):
            await office.take_in(chat, {"text": typed, "stamp": office.web.stamp()})
        shown = (await client.get("/chat")).text
    assert f'data-says="{wanted}"' in shown
    assert 'data-says="phananh"' not in shown
    await office.close()
