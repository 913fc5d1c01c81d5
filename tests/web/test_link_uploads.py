"""What may be sent in through a link, and what is refused with a sentence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.run import web_parts
from domain.errors import ActRefused
from storage.views import Unit
from tests.office import Office
from tests.web.link_office import (
    PDF,
    addressed,
    answer_link,
    book,
    browser,
    facts,
    hidden,
    justice,
    post,
    upload_link,
)
from web import forms
from web.link_guard import LinkGuard

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with addressed(tmp_path) as opened:
        yield opened


REFUSED = {
    "empty": ("rong.pdf", b"", "rỗng"),
    "bomb": ("bom.docx", book(content=b"0" * 30_000_000), "nén bất thường"),
    "macros": ("macro.docx", book("word/vbaProject.bin"), "macro"),
    "macros in a table": ("macro.xlsx", book("xl/vbaProject.bin", ending="xl/workbook.xml"), "macro"),
    "a program": ("bao-cao.pdf", b"MZ\x90\x00" * 50, "không thuộc loại được nhận"),
    "a page": ("bao-cao.pdf", b"<html><script>alert(1)</script></html>", "không thuộc loại được nhận"),
    "a picture that can hold a script": ("anh.png", b"<svg onload='alert(1)'/>", "không thuộc loại được nhận"),
    "an archive": ("tep.zip", book(ending="a.exe"), "không thuộc loại được nhận"),
    "a damaged archive": ("hong.docx", b"PK\x03\x04" + b"\x00" * 40, "bị hỏng"),
    "old Word": ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "định dạng cũ"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_must_not_come_in_is_refused_with_a_sentence(office: Office, tmp_path: Path, case: str) -> None:
    name, content, said = REFUSED[case]
    chat = await justice(office)
    path, answer = await upload_link(office, chat), await answer_link(office, chat, 1)
    async with browser(office) as client:
        refused = await post(client, path, {**hidden(await client.get(path)), "text": "giữ lại"}, (name, content))
        assert refused.status_code == 422
        assert said in refused.text
        assert "giữ lại" in refused.text
        fields = hidden(await client.get(answer))
        done = await post(client, f"{answer}/NV-0001/xong", {**fields, "none": "1"}, (name, content))
        assert (done.status_code, said in done.text) == (422, True)
        assert (await client.get(path)).status_code == 200, "the link is not used up"
    assert await facts(office, "select * from inbox where update_key like 'link:%'") == []
    assert [one for one in (tmp_path / "files").rglob("*") if one.is_file()] == []


async def test_a_too_large_file_is_refused_before_it_is_read(office: Office, tmp_path: Path) -> None:
    chat = await justice(office)
    path = await upload_link(office, chat)
    async with browser(office) as client:
        fields = hidden(await client.get(path))
        refused = await post(client, path, fields, ("to.pdf", PDF + b"0" * (21 * 1024 * 1024)))
        assert refused.status_code == 413
        assert "tối đa 20 MB" in refused.text
    assert not (tmp_path / "files").exists()


async def test_names_lose_folders_and_signs_that_cannot_be_seen(office: Office) -> None:
    chat = await justice(office)
    await chat.say("NV-0001")
    await chat.press("Báo xong")
    path = await upload_link(office, chat)
    async with browser(office) as client:
        fields = hidden(await client.get(path))
        sent = await post(client, path, fields, ("..\\..\\C/ba\u202eo <b>cao.pdf", PDF))
        assert "bao &lt;b&gt;cao.pdf" in sent.text


async def test_a_kept_file_is_called_by_what_it_is(office: Office) -> None:
    chat = await justice(office)
    path, answer = await upload_link(office, chat), await answer_link(office, chat, 1)
    async with browser(office) as client:
        sent = await post(client, path, hidden(await client.get(path)), ("bao-cao.exe", PDF))
        assert "bao-cao.pdf" in sent.text
        await post(client, f"{answer}/NV-0001/xong", hidden(await client.get(answer)), ("ket-qua.scr", PDF))
    assert await facts(office, "select name from files") == [("ket-qua.pdf",)]


class Body:
    """The body of a request that counts how often it is asked for, and then says nothing more."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = list(chunks)
        self.asked = 0

    async def __call__(self) -> dict[str, Any]:
        self.asked += 1
        if not self._chunks:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": self._chunks.pop(0), "more_body": True}


def request(body: Body, token: str = "x", client: str = "10.0.0.1") -> Request:
    headers = [(b"content-type", b"multipart/form-data; boundary=b"), (b"content-length", b"5000")]
    scope = {
        "type": "http",
        "method": "POST",
        "headers": headers,
        "path_params": {"token": token},
        "client": (client, 1),
    }
    return Request(scope, body)


async def test_a_body_that_stalls_is_given_up() -> None:
    body = Body(b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-')
    with pytest.raises(HTTPException) as refused:
        await forms.read(request(body), seconds=0)
    assert (refused.value.status_code, refused.value.detail) == (408, forms.TOO_SLOW)
    assert body.asked > 0


async def test_of_a_post_to_no_link_nothing_is_read(office: Office) -> None:
    guard, body = LinkGuard(web_parts(office.inner, None)), Body()

    def opens(_unit: Unit) -> None:
        raise ActRefused("không mở")

    with pytest.raises(ActRefused):
        async with guard.posted(request(body), opens):
            raise AssertionError("nothing was posted")
    assert body.asked == 0


@pytest.mark.parametrize("end", ["", "/NV-0001/xong", "/chung/1"])
async def test_a_post_to_no_link_is_refused_as_its_page_is(office: Office, end: str) -> None:
    async with browser(office) as client:
        asked, posted = await client.get("/l/khong-co"), await post(client, f"/l/khong-co{end}", {}, ("a.pdf", PDF))
    assert (posted.status_code, posted.text) == (404, asked.text)


async def test_few_forms_of_one_address_are_open_at_a_time(office: Office) -> None:
    guard = LinkGuard(web_parts(office.inner, None))
    token = guard.form_token("x").encode()
    form = b'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n' + token + b"\r\n--b--\r\n"

    def whole(client: str = "10.0.0.1") -> Request:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": form, "more_body": False}

        return Request(request(Body(), client=client).scope, receive)

    async with AsyncExitStack() as held:
        for _ in range(4):
            await held.enter_async_context(guard.posted(whole(), lambda _: None))
        with pytest.raises(HTTPException) as refused:
            await held.enter_async_context(guard.posted(whole(), lambda _: None))
        assert refused.value.status_code == 503
        await held.enter_async_context(guard.posted(whole("10.0.0.2"), lambda _: None))
    async with guard.posted(whole(), lambda _: None) as again:
        assert again.text("token") == token.decode()


@pytest.mark.parametrize(
    "fields", [{"seen": "cũ"}, {"document": "45/KH-STP ngày 31/12/2026"}], ids=["an old page", "a day to come"]
)
async def test_a_refused_answer_leaves_no_file(office: Office, tmp_path: Path, fields: dict[str, str]) -> None:
    answer = await answer_link(office, await justice(office), 1)
    async with browser(office) as client:
        asked = {**hidden(await client.get(answer)), **fields}
        refused = await post(client, f"{answer}/NV-0001/xong", asked, ("ket-qua.pdf", PDF))
    assert refused.status_code == 422
    assert [one for one in (tmp_path / "files").rglob("*") if one.is_file()] == []
