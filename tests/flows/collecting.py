"""People and files of the stories about forms: who is asked, workbooks filled in, what the shelf holds."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from docx import Document
from sqlalchemy import select

from domain.people import Role
from messages.workbook import Field, Workbook
from storage.schema import endpoints, outbox
from tests.office import Chat, Heard, Office

DOSSIERS = ("Hộ tịch", 120, 60, 50, 10, 100, 70, 25, 5, 20, 18, 2)
"""A row of II.06a that adds up."""


async def pick(chat: Chat, *labels: str) -> Heard:
    """Press one choice after the other and return the last answer in words; files follow it."""
    answers: list[Heard] = []
    for label in labels:
        answers = await chat.press(label)
    return [one for one in answers if one.text][-1]


async def read(chat: Chat) -> Heard:
    """Let the house read what was sent, and return what it says of it."""
    assert await chat.office.inner.intake.step()
    await chat.office.inner.deliverer.drain()
    return (await chat.heard())[-1]


async def files_of(chat: Chat) -> dict[str, bytes]:
    """Return the files that the chat was handed, by name, the newest of each."""
    query = (
        select(outbox.c.message)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(endpoints.c.chat == chat.chat)
        .order_by(outbox.c.id)
    )
    messages = await chat.office.read(lambda unit: list(unit.conn.execute(query).scalars()))
    found = {name: digest for one in filter(None, messages) for digest, name, *_ in one.get("files", ())}
    return {name: chat.office.web.files.read(digest, 1 << 22) for name, digest in found.items()}


def filled(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a workbook after somebody has typed into it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def sheet_of(book: Any, start: str) -> Any:
    """Return the sheet whose name begins so."""
    return next(one for one in book.worksheets if one.title.startswith(start))


def put_row(sheet: Any, values: Sequence[Any]) -> None:
    """Type a row under the heading of a sheet."""
    head = next(at for at in range(1, 10) if sheet.cell(at, 2).value)
    for across, value in enumerate(values, 1):
        sheet.cell(head + 1, across).value = value


def rows_of(content: bytes, start: str) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet."""
    return list(sheet_of(openpyxl.load_workbook(io.BytesIO(content)), start).values)


def words_of(content: bytes) -> str:
    """Return every word of a Word file, tables included, white space collapsed."""
    paper = Document(io.BytesIO(content))
    texts = [one.text for one in paper.paragraphs]
    texts += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s+", " ", " ".join(texts))


def late_list(rows: Sequence[Sequence[Any]], *, header: Sequence[str] = ()) -> bytes:
    """Return a list of late dossiers as a portal gives it out, with the names of those who sent them in."""
    titles = header or ("Mã hồ sơ", "Đơn vị", "Họ và tên người nộp", "Tên thủ tục", "Ngày hẹn trả", "Số ngày trễ")
    book = Workbook()
    book.sheet("Sheet1", [Field(one) for one in titles], rows)
    return book.saved()


LATE = (
    ("H01.21-260105-0007", "Sở Tư pháp", "Nguyễn Mẫu An", "Cấp phiếu lý lịch tư pháp", "12/01/2026", 2),
    ("H01.30-260102-0001", "UBND xã Lam Sơn", "Trần Mẫu Bình", "Đăng ký khai sinh", "09/01/2026", 4),
)


class Cast:
    """The people of the story."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.clerk: Chat
        self.chief: Chat
        self.justice: Chat
        self.home: Chat
        self.finance: Chat

    async def begin(self) -> None:
        """Let everybody join."""
        officer = self.office.officer
        self.clerk = await officer("VPUBND", Role.COORDINATOR, "Lê Mẫu Chi", "Chuyên viên")
        self.chief = await officer("VPUBND", Role.COORDINATOR, "Phạm Mẫu Dũng", "Phó Chánh Văn phòng")
        self.justice, self.home, self.finance = [await officer(code) for code in ("STP", "SNV", "STC")]
