"""What may be sent in through a link, and what is refused with a sentence."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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
