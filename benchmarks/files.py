"""The files that reading is measured on, made anew for each run: one plan in Word, PDF and Excel."""

from pathlib import Path

import docx
import openpyxl

from tests.documents.tiny_pdf import Page, save

HEADER = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")
TIMES = ("Trước ngày 20/01/2026", "Quý II/2026", "Thường xuyên", "Tháng 3, 6, 9, 12/2026", "Theo Kế hoạch riêng",
         "Trước ngày 25 hằng tháng", "Tháng 7/2026", "Khi có phát sinh")  # fmt: skip
LEADS = ("Văn phòng UBND tỉnh", "Các sở, ban, ngành; UBND các xã, phường", "Sở Nội vụ", "Sở Khoa học và Công nghệ")
TASK = "Rà soát, cập nhật, công khai thủ tục hành chính thuộc phạm vi quản lý của cơ quan, đơn vị, lần thứ {number}"


def rows(count: int) -> list[tuple[str, ...]]:
    """Return the body rows of a plan with so many tasks, a section row before every fifteen."""
    made: list[tuple[str, ...]] = []
    for number in range(1, count + 1):
        if number % 15 == 1:
            made.append(("I" * (number // 15 % 3 + 1), f"NHÓM NHIỆM VỤ {number // 15 + 1}", "", "", "", ""))
        task = TASK.format(number=number)
        lead, due = LEADS[number % len(LEADS)], TIMES[number % len(TIMES)]
        made.append((str(number), task, lead, "Sở Tư pháp; Công an tỉnh", due, "Báo cáo kết quả"))
    return made


def word(path: Path, tasks: int = 45) -> Path:
    """Write a Word document with one table."""
    book = docx.Document()
    book.add_paragraph("KẾ HOẠCH")
    book.add_paragraph("Kiểm soát thủ tục hành chính năm 2026")
    lines = [HEADER, *rows(tasks)]
    table = book.add_table(len(lines), len(HEADER))
    for at, line in enumerate(lines):
        for cell, text in zip(table.rows[at].cells, line, strict=True):
            cell.text = text
    book.save(str(path))
    return path


def sheet(path: Path, tasks: int = 5_000) -> Path:
    """Write a workbook with one sheet: a title, the headings, the rows."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Phụ lục")
    page.append(["KẾ HOẠCH NĂM 2026"])
    page.append(HEADER)
    for line in rows(tasks):
        page.append(line)
    book.save(path)
    return path


def pdf(path: Path, pages: int = 18) -> Path:
    """Write a PDF whose table runs over so many pages, its headings on the first alone."""
    edges = (10, 40, 240, 350, 440, 530, 595)
    made: list[Page] = []
    lines = iter(rows(pages * 5))
    for number in range(pages):
        page, top = Page(), 20.0
        if number == 0:
            page.write(200, 4, "KẾ HOẠCH NĂM 2026")
            page.row(edges, top, top + 32, *(_wrapped(text, 18) for text in HEADER))
            top += 32
        for _ in range(4):
            line = next(lines)
            page.row(edges, top, top + 68, *(_wrapped(text, 36 if at == 1 else 16) for at, text in enumerate(line)))
            top += 68
        made.append(page)
    return save(path, made)


def _wrapped(text: str, letters: int) -> str:
    lines = [""]
    for word_ in text.split():
        if len(lines[-1]) + len(word_) + 1 > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word_}".strip()
    return "\n".join(lines)
