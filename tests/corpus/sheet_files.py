"""Excel workbooks of provinces that do not exist, in shapes that offices use."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.layout import Rows, cells

Real = date | float


def _fill(sheet: Worksheet, rows: Rows, values: Mapping[str, tuple[Real, str]], first_row: int = 1) -> None:
    """Write rows; a text that stands in `values` becomes that value with its number format."""
    for cell in cells(rows):
        at = sheet.cell(first_row + cell.top, 1 + cell.left)
        if cell.text in values:
            at.value, at.number_format = values[cell.text]
        elif cell.text:
            at.value = cell.text
        if (cell.bottom, cell.right) != (cell.top, cell.left):
            sheet.merge_cells(
                start_row=first_row + cell.top,
                start_column=1 + cell.left,
                end_row=first_row + cell.bottom,
                end_column=1 + cell.right,
            )


def trung_lam(path: Path) -> None:
    """A sheet of guidance before the tasks, title rows, dates and numbers as Excel keeps them, a hidden column."""
    book = openpyxl.Workbook()
    guidance = book.worksheets[0]
    guidance.title = "Hướng dẫn"
    guidance.append(["Các cơ quan không thay đổi cấu trúc bảng khi báo cáo."])
    sheet = book.create_sheet("Nhiệm vụ")
    rows = (
        ("UBND TỈNH TRUNG LÂM", "", "", "", "", "", ""),
        ("PHỤ LỤC: NHIỆM VỤ TRỌNG TÂM NĂM 2026", "<", "<", "<", "<", "<", "<"),
        ("(Kèm theo Kế hoạch số 33/KH-UBND ngày 20/01/2026 của UBND tỉnh Trung Lâm)", "<", "<", "<", "<", "<", "<"),
        ("", "", "", "", "", "", ""),
        ("Mã số", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Người nhập", "Hạn hoàn thành", "Kết quả, sản phẩm"),
        ("1", "THỂ CHẾ", "", "", "", "", ""),
        ("1.1", "Ban hành quy chế phối hợp", "Sở Nội vụ", "Sở Tư pháp", "x", "@1", "Quyết định"),
        ("1.9", "Sửa đổi quy định phân cấp", "Sở Tư pháp", "Các sở, ban, ngành", "x", "@2", "Quyết định"),
        ("@10", "Rà soát văn bản hết hiệu lực", "Sở Tư pháp", "", "x", "Quý III/2026", "Danh mục văn bản"),
        ("2", "TUYÊN TRUYỀN", "", "", "", "", ""),
        ("2.1", "Mở chuyên mục về thủ tục hành chính", "Báo và Phát thanh, truyền hình Trung Lâm",
         "Sở Văn hóa, Thể thao và Du lịch", "x", "@3", "Chuyên mục"),
        ("2.2", "Tập huấn công chức cấp xã", "Sở Nội vụ", "UBND các xã, phường, đặc khu", "x", "Tháng 5, 9/2026",
         "Hội nghị"),
        ("", "Tổng số: 5 nhiệm vụ", "", "", "", "", ""),
        ("", "", "", "", "", "", ""),
        ("Ghi chú: Hạn hoàn thành là ngày ban hành sản phẩm.", "", "", "", "", "", ""),
    )  # fmt: skip
    values: dict[str, tuple[Real, str]] = {
        "@1": (date(2026, 3, 31), "dd/mm/yyyy"),
        "@2": (date(2026, 6, 15), "d/m/yyyy"),
        "@3": (date(2026, 2, 28), "d-mmm-yy"),
        "@10": (1.1, "0.00"),
    }
    _fill(sheet, rows, values)
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[4].hidden = True
    book.save(path)


def phu_son(path: Path) -> None:
    """Group rows that give the agency for their tasks; months ticked in columns; figures on a sheet of their own."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Phụ lục 1"
    tasks = (
        ("ỦY BAN NHÂN DÂN TỈNH PHÚ SƠN", "<", "<", "<", "<", "<", "<", "<"),
        ("KẾ HOẠCH KIỂM TRA CẢI CÁCH HÀNH CHÍNH NĂM 2025", "<", "<", "<", "<", "<", "<", "<"),
        ("(Ban hành kèm theo Kế hoạch số 09/KH-UBND ngày 08/01/2025 của UBND tỉnh Phú Sơn)", "<", "<", "<", "<", "<",
         "<", "<"),
        ("TT", "Hoạt động", "Đơn vị chủ trì", "Thời gian thực hiện", "<", "<", "<", "Kết quả"),
        ("^", "^", "^", "Quý I", "Quý II", "Quý III", "Quý IV", "^"),
        ("I", "Kiểm tra theo kế hoạch", "Sở Nội vụ", "", "", "", "", ""),
        ("1", "Kiểm tra các sở, ban, ngành", "", "", "x", "", "", "Thông báo kết quả"),
        ("2", "Kiểm tra UBND cấp huyện", "", "", "", "x", "", "Thông báo kết quả"),
        ("II", "Kiểm tra chuyên đề", "<", "<", "<", "<", "<", "<"),
        ("1", "Kiểm tra kỷ luật, kỷ cương hành chính", "Thanh tra tỉnh", "x", "", "x", "", "Báo cáo"),
        ("2", "Kiểm tra số hóa hồ sơ", "Văn phòng UBND tỉnh", "", "", "", "x", "Báo cáo"),
    )  # fmt: skip
    _fill(sheet, tasks, {})
    figures = book.create_sheet("Phụ lục 2")
    _fill(
        figures,
        (
            ("CHỈ TIÊU NĂM 2025", "<", "<", "<", "<"),
            ("TT", "Tên chỉ tiêu", "ĐVT", "Mục tiêu năm 2025", "Cơ quan chủ trì"),
            ("1", "Hồ sơ tiếp nhận trực tuyến", "%", "@a", "Văn phòng UBND tỉnh"),
            ("2", "Hồ sơ trễ hạn", "%", "Dưới 1", "Các sở, ban, ngành"),
        ),
        {"@a": (80.0, "0")},
    )
    book.save(path)
