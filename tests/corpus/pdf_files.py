"""PDF files of places that do not exist, in shapes that offices use."""

from collections.abc import Sequence
from pathlib import Path

from tests.corpus.layout import Rows, cells
from tests.documents.tiny_pdf import LETTER_WIDTH, LINE_HEIGHT, Page, save


def _wrapped(text: str, width: float) -> list[str]:
    """Break a text into lines that fit a width in points."""
    lines: list[str] = []
    for piece in text.split("\n"):
        line = ""
        for word in piece.split():
            longer = f"{line} {word}".strip()
            if line and len(longer) * LETTER_WIDTH > width - 8:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _draw(page: Page, top: float, edges: Sequence[float], rows: Rows) -> float:
    """Draw a ruled table and return where it ends."""
    laid = list(cells(rows))
    heights = [LINE_HEIGHT + 6.0] * len(rows)
    for cell in laid:
        if cell.top == cell.bottom:
            lines = _wrapped(cell.text, edges[cell.right + 1] - edges[cell.left])
            heights[cell.top] = max(heights[cell.top], len(lines) * LINE_HEIGHT + 6)
    tops = [top + sum(heights[:row]) for row in range(len(rows) + 1)]
    for cell in laid:
        left, right = edges[cell.left], edges[cell.right + 1]
        page.cell(left, tops[cell.top], right, tops[cell.bottom + 1], *_wrapped(cell.text, right - left))
    return tops[-1]


def ha_chau(path: Path) -> None:
    """A table over three pages whose heading stands once; rows and a merged agency are cut by the page."""
    edges = (20, 50, 230, 340, 440, 520, 590)
    first, second, third = Page(), Page(), Page()
    first.write(20, 10, "UBND TỈNH HẠ CHÂU")
    first.write(20, 24, "Số: 51/KH-UBND")
    first.write(300, 24, "Hạ Châu, ngày 05 tháng 02 năm 2026")
    first.write(220, 44, "KẾ HOẠCH")
    first.write(120, 58, "Truyền thông cải cách thủ tục hành chính năm 2026")
    first.write(20, 80, "Văn phòng UBND tỉnh theo dõi, đôn đốc, tổng hợp kết quả thực hiện.")
    _draw(
        first,
        100,
        edges,
        (
            ("Số TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"),
            ("I", "TRUYỀN THÔNG TRÊN BÁO CHÍ", "<", "<", "<", "<"),
            ("1", "Phát sóng phóng sự về dịch vụ công trực tuyến", "Báo và Đài Hạ Châu", "Sở Nội vụ", "Hằng tháng",
             "Phóng sự"),
            ("2", "Đăng tải tin, bài về gương người tốt, việc tốt trong giải quyết", "Sở Văn hóa, Thể thao và Du",
             "Các sở, ban,", "Thường", "Tin,"),
        ),
    )  # fmt: skip
    first.write(300, 385, "1")
    _draw(
        second,
        20,
        edges,
        (
            ("", "thủ tục hành chính cho người dân", "lịch", "ngành", "xuyên", "bài"),
            ("II", "TRUYỀN THÔNG TẠI CƠ SỞ", "<", "<", "<", "<"),
            ("3", "Tổ chức hội thi tìm hiểu thủ tục hành chính", "Tỉnh đoàn Hạ Châu", "UBND cấp xã", "Quý III/2026",
             "Hội thi"),
            ("4", "In tờ rơi hướng dẫn nộp hồ sơ trực tuyến", "Văn phòng UBND tỉnh", "UBND cấp xã", "Trước 30/4/2026",
             "Tờ rơi"),
            ("5", "Lắp bảng hướng dẫn tại điểm tiếp nhận", "^", "Sở Tài chính", "Trước 30/6/2026", "Bảng"),
        ),
    )  # fmt: skip
    second.write(300, 385, "2")
    _draw(
        third,
        20,
        edges,
        (
            ("6", "Khảo sát mức độ nhận biết của người dân", "", "Sở Nội vụ", "Tháng 11/2026", "Báo cáo khảo sát"),
            ("7", "Tổng kết, khen thưởng", "Sở Nội vụ", "Văn phòng UBND tỉnh", "Trước ngày 15/12/2026", "Hội nghị"),
        ),
    )
    third.write(20, 150, "Nơi nhận:")
    third.write(20, 164, "- Như kính gửi;")
    save(path, [first, second, third])


def binh_lam(path: Path) -> None:
    """A commune's plan of 2026: one column for both roles with officers' posts, the heading on every page."""
    edges = (20, 50, 240, 420, 510, 590)
    heading = ("TT", "Nội dung công việc", "Phân công thực hiện", "Thời gian", "Sản phẩm")
    first, second = Page(), Page()
    first.write(20, 10, "ỦY BAN NHÂN DÂN")
    first.write(20, 24, "XÃ BÌNH LÂM")
    first.write(20, 38, "Số: 07/KH-UBND")
    first.write(300, 38, "Bình Lâm, ngày 19 tháng 01 năm 2026")
    first.write(220, 58, "KẾ HOẠCH")
    first.write(120, 72, "Cải cách hành chính năm 2026 của xã Bình Lâm")
    _draw(
        first,
        95,
        edges,
        (
            heading,
            ("1", "Kiểm tra, cập nhật niêm yết thủ tục hành chính",
             "Trung tâm Phục vụ hành chính công xã chủ trì; Văn phòng HĐND và UBND xã phối hợp",
             "Trước ngày 31/01/2026", "Bảng niêm yết"),
            ("2", "Số hóa hồ sơ đất đai lưu tại xã",
             "- Chủ trì: Phòng Kinh tế\n- Phối hợp: Trung tâm Phục vụ hành chính công xã",
             "6 tháng đầu năm 2026", "Hồ sơ số"),
            ("3", "Tuyên truyền dịch vụ công trực tuyến tại các thôn", "Phòng Văn hóa - Xã hội", "Thường xuyên",
             "Tin phát thanh"),
        ),
    )  # fmt: skip
    _draw(
        second,
        20,
        edges,
        (
            heading,
            ("4", "Báo cáo kết quả cải cách hành chính", "Văn phòng HĐND và UBND xã",
             "Trước ngày 20 của tháng cuối quý",
             "Báo cáo"),
            ("5", "Kiểm tra việc chấp hành giờ làm việc", "Văn phòng HĐND và UBND xã chủ trì, phối hợp với Công an xã",
             "Đột xuất", "Biên bản"),
        ),
    )  # fmt: skip
    save(path, [first, second])
