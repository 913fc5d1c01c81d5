"""Word documents of provinces that do not exist, in shapes that offices use."""

from pathlib import Path

import docx
from docx.document import Document as Word

from tests.corpus.layout import Rows, cells


def _letterhead(book: Word, office: str, number: str, place: str) -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    _table(book, ((f"{office}\n{number}", f"{motto}\n{place}"),), style="Normal Table")


def _table(book: Word, rows: Rows, style: str = "Table Grid") -> None:
    table = book.add_table(len(rows), max(map(len, rows)))
    table.style = style
    for cell in cells(rows):
        at = table.cell(cell.top, cell.left)
        if (cell.bottom, cell.right) != (cell.top, cell.left):
            at = at.merge(table.cell(cell.bottom, cell.right))
        at.text = cell.text


def _paragraphs(book: Word, text: str) -> None:
    for line in text.strip().splitlines():
        book.add_paragraph(line.strip())


def dong_hai(path: Path) -> None:
    """Two heading rows over both roles and both ends of the time; marks of repetition; a sum; signatures."""
    book = docx.Document()
    _letterhead(book, "ỦY BAN NHÂN DÂN\nTỈNH ĐÔNG HẢI", "Số: 87/KH-UBND", "Đông Hải, ngày 14 tháng 01 năm 2026")
    _paragraphs(
        book,
        """
        KẾ HOẠCH
        Chuyển đổi số và cải cách thủ tục hành chính năm 2026
        Thực hiện Quyết định số 12/QĐ-TTg ngày 02/01/2026 của Thủ tướng Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:
        I. MỤC ĐÍCH
        1. Nâng cao chất lượng phục vụ người dân, doanh nghiệp.
        II. TỔ CHỨC THỰC HIỆN
        1. Các sở, ban, ngành, UBND các xã, phường ban hành kế hoạch của cơ quan mình trước ngày 10/02/2026.
        2. Sở Tài chính tham mưu bố trí kinh phí thực hiện Kế hoạch.
        3. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện Kế hoạch này.
        PHỤ LỤC
        DANH MỤC NHIỆM VỤ NĂM 2026
        (Kèm theo Kế hoạch số 87/KH-UBND ngày 14/01/2026 của UBND tỉnh Đông Hải)
        """,
    )
    _table(
        book,
        (
            ("TT", "Nhiệm vụ", "Cơ quan thực hiện", "<", "Thời gian", "<", "Sản phẩm"),
            ("^", "^", "Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành", "^"),
            ("I", "Hạ tầng số", "<", "<", "<", "<", "<"),
            ("1", "Nâng cấp mạng truyền số liệu chuyên dùng", "Sở Khoa học và Công nghệ", "UBND các xã, phường",
             "Tháng 2/2026", "Tháng 6/2026", "Biên bản nghiệm thu"),
            ("2", "Rà soát an toàn thông tin các hệ thống", "-nt-", "Công an tỉnh",
             "Tháng 3/2026", "-nt-", "Báo cáo rà soát"),
            ("3", "Vận hành trung tâm dữ liệu", "Sở Khoa học và Công nghệ", "",
             "Thường xuyên", "<", "Báo cáo vận hành"),
            ("II", "Dữ liệu số", "<", "<", "<", "<", "<"),
            ("1", "Số hóa hồ sơ hộ tịch", "Sở Tư pháp", "UBND các xã, phường", "Quý I", "Quý III",
             "Cơ sở dữ liệu hộ tịch"),
            ("2", "Làm sạch dữ liệu hộ tịch đã số hóa", "^", "Công an tỉnh", "Quý II", "Quý IV", "Báo cáo kết quả"),
            ("Tổng cộng: 05 nhiệm vụ", "<", "<", "<", "<", "<", "<"),
        ),
    )  # fmt: skip
    _paragraphs(book, "Ghi chú: thời hạn tính theo ngày ban hành sản phẩm cuối cùng.")
    _table(
        book,
        (("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),),
        style="Normal Table",
    )
    book.save(str(path))


def nam_chau(path: Path) -> None:
    """A decision with two appendices: tasks in an odd order of columns without numbers, then figures."""
    book = docx.Document()
    _letterhead(book, "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ NAM CHÂU", "Số: 1205/QĐ-UBND", "Nam Châu, ngày 25 tháng 3 năm 2025")
    _paragraphs(
        book,
        """
        QUYẾT ĐỊNH
        Giao nhiệm vụ và chỉ tiêu cải cách hành chính năm 2025
        ỦY BAN NHÂN DÂN THÀNH PHỐ
        Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/02/2025;
        QUYẾT ĐỊNH:
        Điều 1. Giao các cơ quan thực hiện nhiệm vụ tại Phụ lục I và chỉ tiêu tại Phụ lục II kèm theo Quyết định này.
        Điều 2. Sở Nội vụ theo dõi, đôn đốc và báo cáo kết quả trước ngày 15/12/2025.
        Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
        TM. ỦY BAN NHÂN DÂN
        CHỦ TỊCH
        PHỤ LỤC I
        NHIỆM VỤ CỤ THỂ
        (Kèm theo Quyết định số 1205/QĐ-UBND ngày 25/3/2025 của UBND thành phố Nam Châu)
        """,
    )
    _table(
        book,
        (
            ("Thời hạn hoàn thành", "Sản phẩm đầu ra", "Nhiệm vụ được giao", "Đơn vị phối hợp", "Đơn vị đầu mối"),
            ("A. CẢI CÁCH THỂ CHẾ", "<", "<", "<", "<"),
            ("30/6/2025", "Nghị quyết của HĐND thành phố", "Trình ban hành chính sách hỗ trợ số hóa",
             "Sở Tài chính; Sở Tư pháp", "Sở Khoa học và Công nghệ"),
            ("Hằng quý", "Báo cáo", "Báo cáo tình hình thi hành pháp luật", "Các quận, huyện", "Sở Tư pháp"),
            ("B. CẢI CÁCH TỔ CHỨC BỘ MÁY", "<", "<", "<", "<"),
            ("Quý II, Quý IV năm 2025", "Quyết định; báo cáo", "Sắp xếp các đơn vị sự nghiệp công lập",
             "Sở Y tế; Sở Giáo dục và Đào tạo", "Sở Nội vụ"),
            ("Theo Kế hoạch của Ban Chỉ đạo", "Đề án", "Tinh gọn đầu mối bên trong các sở", "", "Sở Nội vụ"),
        ),
    )  # fmt: skip
    _paragraphs(
        book,
        """
        PHỤ LỤC II
        CHỈ TIÊU CẢI CÁCH HÀNH CHÍNH NĂM 2025
        (Kèm theo Quyết định số 1205/QĐ-UBND ngày 25/3/2025 của UBND thành phố Nam Châu)
        """,
    )
    _table(
        book,
        (
            ("STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2025", "Cơ quan theo dõi"),
            ("1", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%", "≥ 98", "Văn phòng UBND thành phố"),
            ("2", "Mức độ hài lòng của người dân", "%", "Tối thiểu 92", "Sở Nội vụ"),
            ("2.1", "Trong đó: lĩnh vực đất đai", "%", "Trên 85,5", "Sở Nông nghiệp và Môi trường"),
            ("3", "Số thủ tục cắt giảm", "Thủ tục", "1.200", "Sở Tư pháp"),
        ),
    )
    book.save(str(path))


def vinh_thuan(path: Path) -> None:
    """A notice of conclusions: what was concluded, who carries it out, by when; points a) and b); repetitions."""
    book = docx.Document()
    _letterhead(book, "ỦY BAN NHÂN DÂN\nTỈNH VĨNH THUẬN", "Số: 112/TB-UBND", "Vĩnh Thuận, ngày 28 tháng 4 năm 2026")
    _paragraphs(
        book,
        """
        THÔNG BÁO
        Kết luận của Chủ tịch UBND tỉnh tại phiên họp thường kỳ tháng 4 năm 2026
        Ngày 24/4/2026, Chủ tịch UBND tỉnh chủ trì phiên họp thường kỳ. Chủ tịch UBND tỉnh kết luận:
        Thống nhất đánh giá kết quả 4 tháng đầu năm. Nhiệm vụ cụ thể như sau:
        """,
    )
    _table(
        book,
        (
            ("STT", "Nội dung kết luận, chỉ đạo", "Đơn vị thực hiện", "Đơn vị phối hợp", "Thời hạn", "Ghi chú"),
            ("1", "Về giải ngân vốn đầu tư công", "", "", "", ""),
            ("a)", "Rà soát, điều chuyển vốn các dự án chậm", "Sở Tài chính", "Các chủ đầu tư", "Trước ngày 15/5/2026",
             ""),
            ("b)", "Báo cáo tiến độ giải ngân từng dự án", "Như trên", "Như trên", "Trước ngày 25 hằng tháng", ""),
            ("2", "Về thủ tục hành chính", "", "", "", ""),
            ("a)", "Kiểm tra đột xuất Bộ phận Một cửa cấp xã", "Văn phòng UBND tỉnh", "Sở Nội vụ, Thanh tra tỉnh",
             "Trong tháng 5 và tháng 6/2026", ""),
            ("b)", "Công khai danh sách đơn vị để chậm hồ sơ", "Văn phòng UBND tỉnh", "",
             "Ngay sau khi có kết quả kiểm tra", ""),
            ("3", "Chuẩn bị nội dung kỳ họp giữa năm của HĐND tỉnh", "Các sở, ban, ngành", "Văn phòng UBND tỉnh",
             "Chậm nhất ngày 05/6/2026", ""),
        ),
    )  # fmt: skip
    _paragraphs(
        book,
        """
        Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.
        Nơi nhận:
        - Các sở, ban, ngành;
        - Lưu: VT.
        TL. CHỦ TỊCH
        CHÁNH VĂN PHÒNG
        """,
    )
    book.save(str(path))
