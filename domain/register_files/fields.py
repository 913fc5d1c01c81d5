"""The columns that a list of citizens' cases from another register may have, and the headings they are known by.

Such a list comes from the national feedback system (Cổng Dịch vụ công quốc gia), from a ministry or from the province's
older portal. No form is prescribed: every system names its columns as it likes, so an office may add its own names
(`ColumnMap`), and what nobody named is told, never guessed.
"""

from collections.abc import Mapping
from enum import StrEnum

from domain.collections.cells import barely_named, named


class Field(StrEnum):
    """What a column holds; the value is the name that commands take (`--map "Cột=code"`)."""

    CODE = "code"
    """The code in the other system: a list is known again by it."""
    OWN_CODE = "own_code"
    TITLE = "title"
    CONTENT = "content"
    KIND = "kind"
    SUBJECT = "field"
    """Lĩnh vực."""
    ABOUT = "about"
    """Which agency the words are about."""
    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    MAIL = "mail"
    SENT_ON = "sent_on"
    RECEIVED_ON = "received_on"
    INCOMING_NUMBER = "incoming_number"
    INCOMING_ON = "incoming_on"
    AGENCY = "agency"
    FORWARDED_ON = "forwarded_on"
    FORWARD_NUMBER = "forward_number"
    DUE_ON = "due_on"
    STATE = "state"
    ANSWER = "answer"
    ANSWERED_ON = "answered_on"
    ANSWER_NUMBER = "answer_number"
    POSTED_ON = "posted_on"
    LINK = "link"

    @property
    def label(self) -> str:
        """The column's heading in lists that we write."""
        return _NAMES[self][0]

    @property
    def is_personal(self) -> bool:
        """Whether it tells who reports: sealed when kept, never shown in lists and previews."""
        return self in {Field.NAME, Field.ADDRESS, Field.PHONE, Field.MAIL}


_NAMES: Mapping[Field, tuple[str, ...]] = {
    Field.CODE: (
        "Mã phản ánh, kiến nghị",
        *("Mã PAKN", "Mã phản ánh kiến nghị", "Mã phản ánh", "Mã PA", "Mã số PAKN", "Mã số phản ánh", "Số PAKN"),
        *("Mã số", "Mã hồ sơ PAKN", "Mã trên hệ thống", "Mã"),
    ),
    Field.OWN_CODE: ("Mã trong sổ của tỉnh", "Mã tại tỉnh", "Mã của tỉnh"),
    Field.TITLE: ("Tiêu đề", "Tiêu đề phản ánh", "Tiêu đề PAKN", "Tên phản ánh", "Trích yếu", "Tóm tắt"),
    Field.CONTENT: (
        "Nội dung",
        *("Nội dung PAKN", "Nội dung phản ánh", "Nội dung phản ánh, kiến nghị", "Nội dung phản ánh kiến nghị"),
        *("Nội dung chi tiết", "Chi tiết phản ánh"),
    ),
    Field.KIND: ("Loại", "Loại phản ánh", "Loại PAKN", "Phân loại", "Nhóm", "Nhóm phản ánh", "Loại nội dung"),
    Field.SUBJECT: ("Lĩnh vực", "Lĩnh vực phản ánh", "Ngành, lĩnh vực", "Ngành/lĩnh vực", "Chuyên mục"),
    Field.ABOUT: ("Cơ quan bị phản ánh", "Đơn vị bị phản ánh", "Đối tượng bị phản ánh", "Phản ánh về cơ quan"),
    Field.NAME: (
        "Người gửi",
        *("Họ tên", "Họ và tên", "Họ tên người gửi", "Họ và tên người gửi", "Người phản ánh", "Tên người gửi"),
        *("Họ tên người phản ánh", "Họ và tên người phản ánh", "Cá nhân, tổ chức", "Tên cá nhân, tổ chức"),
        *("Công dân", "Người phản ánh, kiến nghị", "Cá nhân/tổ chức"),
    ),
    Field.ADDRESS: ("Địa chỉ", "Địa chỉ người gửi", "Địa chỉ liên hệ", "Nơi ở", "Địa chỉ người phản ánh"),
    Field.PHONE: (
        "Số điện thoại",
        *("Điện thoại", "SĐT", "Số ĐT", "Điện thoại liên hệ", "Số điện thoại người gửi", "Liên hệ", "ĐT"),
        *("Thông tin liên hệ", "Điện thoại/Email", "Số di động"),
    ),
    Field.MAIL: ("Email", "E-mail", "Thư điện tử", "Địa chỉ email", "Hộp thư", "Địa chỉ thư điện tử"),
    Field.SENT_ON: ("Ngày gửi", "Thời gian gửi", "Ngày phản ánh", "Thời gian phản ánh", "Ngày tạo", "Ngày gửi PAKN"),
    Field.RECEIVED_ON: (
        "Ngày tiếp nhận",
        *("Ngày nhận", "Thời gian tiếp nhận", "Thời điểm tiếp nhận", "Ngày tiếp nhận PAKN"),
    ),
    Field.INCOMING_NUMBER: ("Số đến", "Số công văn đến", "Số văn bản đến"),
    Field.INCOMING_ON: ("Ngày đến", "Ngày công văn đến", "Ngày văn bản đến"),
    Field.AGENCY: (
        "Cơ quan xử lý",
        *("Đơn vị xử lý", "Cơ quan giải quyết", "Đơn vị giải quyết", "Cơ quan được giao", "Đơn vị được giao"),
        *("Cơ quan, đơn vị xử lý", "Cơ quan chủ trì", "Đơn vị chủ trì", "Chuyển đến", "Nơi xử lý"),
        *("Cơ quan/đơn vị xử lý", "Cơ quan tiếp nhận xử lý", "Đơn vị tiếp nhận xử lý"),
    ),
    Field.FORWARDED_ON: ("Ngày chuyển", "Ngày chuyển xử lý", "Thời gian chuyển", "Ngày giao", "Ngày phân công"),
    Field.FORWARD_NUMBER: ("Số văn bản chuyển", "Số công văn chuyển", "Văn bản chuyển", "Số phiếu chuyển"),
    Field.DUE_ON: (
        "Hạn xử lý",
        *("Thời hạn xử lý", "Hạn trả lời", "Hạn giải quyết", "Thời hạn", "Ngày hết hạn", "Hạn", "Thời hạn trả lời"),
        *("Thời hạn giải quyết", "Ngày hẹn trả"),
    ),
    Field.STATE: (
        "Trạng thái",
        *("Tình trạng", "Tình trạng xử lý", "Trạng thái xử lý", "Trạng thái PAKN", "Tình trạng giải quyết"),
    ),
    Field.ANSWER: (
        "Nội dung trả lời",
        *("Kết quả trả lời", "Kết quả xử lý", "Nội dung xử lý", "Trả lời", "Kết quả", "Kết quả giải quyết"),
        *("Nội dung kết quả", "Ý kiến trả lời", "Kết quả/Nội dung trả lời", "Kết quả, nội dung trả lời"),
    ),
    Field.ANSWERED_ON: (
        "Ngày trả lời",
        *("Thời gian trả lời", "Ngày hoàn thành", "Ngày có kết quả", "Ngày xử lý xong", "Ngày xử lý", "Ngày kết thúc"),
    ),
    Field.ANSWER_NUMBER: (
        "Số văn bản trả lời",
        *("Số văn bản", "Số công văn trả lời", "Văn bản trả lời", "Số công văn", "Số, ký hiệu", "Số ký hiệu văn bản"),
        *("Số hiệu văn bản",),
    ),
    Field.POSTED_ON: ("Ngày đăng trên hệ thống", "Ngày công khai", "Ngày đăng tải", "Ngày đăng", "Ngày đăng công khai"),
    Field.LINK: ("Đường dẫn", "Link", "URL", "Liên kết", "Địa chỉ trang", "Đường dẫn công khai"),
}
"""By which headings each column is known, the best first; the first is the one that we write."""

COUNTING = {"tt", "stt", "so tt", "so thu tu", "#"}
"""Headings of columns that only number the lines."""


def names_of(field: Field) -> tuple[str, ...]:
    """Return the headings of a column in the form in which headings are compared, the best first, each once."""
    return tuple(dict.fromkeys(form for one in _NAMES[field] for form in (named(one), barely_named(one))))


BY_HEADING: Mapping[str, tuple[Field, int]] = {
    name: (field, rank) for field in Field for rank, name in enumerate(names_of(field))
}
"""By heading: which column, and how far down its own list the heading stands (the least is the best)."""


def field_named(text: str) -> Field | None:
    """Return the column that a person names: by the command's name, or by a heading it is known by."""
    said = named(text)
    found = BY_HEADING.get(said)
    return found[0] if found else next((one for one in Field if one.value == said.replace(" ", "_")), None)
