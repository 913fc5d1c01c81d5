"""Signed documents as officers send them: small real files, and the way they reach the office and are read."""

import io
import zipfile
from pathlib import Path

import docx

from tests.documents.tiny_pdf import Page, save
from tests.flows.plan_files import put_in
from tests.office import Chat, Heard

HEAD = ("ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\nSỞ TƯ PHÁP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(number: str, day: str, subject: str) -> bytes:
    """Return a letter as Word keeps it: number and subject in the left cell of its head, place and day in the right."""
    book = docx.Document()
    cells = book.add_table(1, 2).rows[0].cells
    cells[0].text = f"{HEAD[0]}\nSố: {number}\nV/v {subject}"
    cells[1].text = f"{HEAD[1]}\nSông Lam, ngày {day}"
    book.add_paragraph("Kính gửi: Văn phòng Ủy ban nhân dân tỉnh")
    book.add_paragraph("Sở Tư pháp báo cáo kết quả thực hiện nhiệm vụ được giao như sau.")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def pdf_file(folder: Path, number: str, day: str, subject: str) -> bytes:
    """Return a letter as a PDF with text, its head in two columns."""
    page = Page()
    page.write(40, 20, *HEAD[0].split("\n"), f"Số: {number}", f"V/v {subject}")
    page.write(330, 20, *HEAD[1].split("\n"))
    page.write(330, 20 + 3 * 12, f"Sông Lam, ngày {day}")
    page.write(40, 140, "Kính gửi: Văn phòng Ủy ban nhân dân tỉnh")
    return save(folder / "van-ban.pdf", [page]).read_bytes()


def scan(folder: Path) -> bytes:
    """Return a PDF without any text."""
    return save(folder / "ban-chup.pdf", [Page()]).read_bytes()


def with_macros() -> bytes:
    """Return a Word file that carries a program."""
    kept = io.BytesIO(word_file("9/BC-STP", "10 tháng 01 năm 2026", "rà soát"))
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return kept.getvalue()


async def send(chat: Chat, name: str, content: bytes, caption: str = "") -> list[Heard]:
    """Send a file with its bytes and return what was answered at once."""
    reference = await put_in(chat.office, content)
    media_type = "image/jpeg" if name.endswith(".jpg") else WORD
    file = {"reference": reference, "name": name, "media_type": media_type, "size": len(content)}
    return await chat._send({"file": file, "text": caption}, f"(tệp {name}) {caption}".strip())


async def read(chat: Chat) -> list[Heard]:
    """Let everything that waits be read and spoken of, and return what the chat hears."""
    while await chat.office.inner.evidence.step():
        pass
    await chat.office.inner.deliverer.drain()
    return await chat.heard()
