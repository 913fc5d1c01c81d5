"""What a province sets itself about citizens' feedback: limits that the decree leaves open, doors, publication, data.

The limit for the answer has no default (Nghị định 20/2008/NĐ-CP, Điều 14 lists steps only): until it is set the
citizen is told only until when the case is passed on.
"""

from domain.cases.clocks import AnswerLimit
from domain.setting_kinds import OfficeSetting, count, text_of, yes
from domain.words import fold

_HANDLING, _DOORS = "Phản ánh, kiến nghị: thời hạn", "Phản ánh, kiến nghị: nơi tiếp nhận khác"
_RULES, _PUBLIC = "Phản ánh, kiến nghị: quy chế", "Phản ánh, kiến nghị: công khai"
_DATA = "Dữ liệu cá nhân của người dân"

_LIMIT = "số ngày hoặc giờ làm việc, ví dụ 15 ngày, 4 giờ; bỏ trống là chưa đặt"


def _limit(text: str) -> str:
    found = AnswerLimit.read(text)
    return found.text if found else ""


def _days_or_none(text: str) -> str:
    if not fold(text):
        return ""
    return str(count(1, 365)(text))


def _limits(name: str, label: str) -> OfficeSetting:
    return OfficeSetting(name, _HANDLING, label, _LIMIT, "", _limit)


CASES = (
    _limits("case_answer_normal", "Thời hạn xử lý, trả lời phản ánh thường"),
    _limits("case_answer_urgent", "Thời hạn xử lý, trả lời phản ánh khẩn"),
    _limits("case_answer_complex", "Thời hạn xử lý, trả lời phản ánh phức tạp"),
    _limits("case_answer_conduct", "Thời hạn xử lý, trả lời phản ánh hành vi (bỏ trống: như phản ánh thường)"),
    OfficeSetting(
        "case_conduct_days",
        _HANDLING,
        "Chuyển phản ánh hành vi trong mấy ngày làm việc",
        "từ 1 đến 5",
        3,
        count(1, 5),
    ),
    OfficeSetting(
        "case_acknowledge_days",
        _HANDLING,
        "Cơ quan chưa nhận xử lý sau mấy ngày làm việc thì nhắc (thêm 1 ngày thì báo Văn phòng)",
        "từ 1 đến 10",
        1,
        count(1, 10),
    ),
    OfficeSetting(
        "case_return_days",
        _HANDLING,
        "Cơ quan được đề nghị chuyển lại trong mấy ngày làm việc",
        "từ 1 đến 10",
        2,
        count(1, 10),
    ),
    OfficeSetting(
        "case_supplement_days",
        _HANDLING,
        "Chờ người gửi bổ sung mấy ngày làm việc",
        "từ 3 đến 60",
        10,
        count(3, 60),
    ),
    OfficeSetting(
        "case_review_days",
        _HANDLING,
        "Việc tập hợp, nghiên cứu thêm phải xem xét lại chậm nhất sau mấy ngày",
        "từ 1 đến 365",
        90,
        count(1, 365),
    ),
    OfficeSetting(
        "case_reopen_days",
        _HANDLING,
        "Người gửi được phản ánh lại trong mấy ngày sau khi có trả lời",
        "từ 1 đến 90",
        15,
        count(1, 90),
    ),
    OfficeSetting(
        "case_publish_days",
        _HANDLING,
        "Công khai trong mấy ngày làm việc sau khi trả lời",
        "từ 1 đến 365; bỏ trống là chưa đặt",
        "",
        _days_or_none,
    ),
    OfficeSetting(
        "case_archive_days",
        _HANDLING,
        "Đóng, lưu trữ sau mấy ngày kể từ khi kết thúc",
        "từ 1 đến 3650",
        30,
        count(1, 3650),
    ),
    OfficeSetting(
        "case_pause",
        _HANDLING,
        "Tạm dừng thời hạn trả lời khi chờ người gửi (chỉ khi Quy chế của tỉnh cho phép)",
        "có hoặc không",
        False,
        yes,
    ),
    OfficeSetting(
        "case_ground_abuse",
        _RULES,
        "Quy chế cho từ chối nội dung quấy rối, xúc phạm (R7)",
        "có hoặc không",
        False,
        yes,
    ),
    OfficeSetting(
        "case_ground_repeated",
        _RULES,
        "Quy chế cho từ chối việc đã trả lời, không có tình tiết mới (R8)",
        "có hoặc không",
        False,
        yes,
    ),
    OfficeSetting(
        "case_daily_limit",
        _RULES,
        "Một người gửi nhiều nhất mấy phản ánh một ngày",
        "từ 1 đến 100",
        5,
        count(1, 100),
    ),
    OfficeSetting(
        "case_hourly_limit",
        _RULES,
        "Tất cả các kênh nhận nhiều nhất mấy phản ánh một giờ",
        "từ 10 đến 10000",
        300,
        count(10, 10_000),
    ),
    OfficeSetting(
        "case_file_mb",
        _RULES,
        "Một tệp người dân gửi nặng nhất mấy MB",
        "từ 1 đến 20",
        20,
        count(1, 20),
    ),
    OfficeSetting("door_complaint", _DOORS, "Nơi nhận khiếu nại, tố cáo", "tên, địa chỉ, điện thoại", "", text_of(400)),
    OfficeSetting("door_field", _DOORS, "Kênh phản ánh hiện trường", "tên, địa chỉ, điện thoại", "", text_of(400)),
    OfficeSetting("door_emergency", _DOORS, "Việc khẩn cấp (thêm vào 113, 114, 115)", "tên, số", "", text_of(400)),
    OfficeSetting(
        "door_procedure_question", _DOORS, "Nơi hỏi thủ tục, tra hồ sơ", "tên, địa chỉ, điện thoại", "", text_of(400)
    ),
    OfficeSetting("case_publication", _PUBLIC, "Mở trang công khai kết quả", "có hoặc không", False, yes),
    OfficeSetting(
        "case_public_index",
        _PUBLIC,
        "Cho công cụ tìm kiếm thấy trang công khai",
        "có hoặc không",
        False,
        yes,
    ),
    OfficeSetting(
        "case_small_cells",
        _PUBLIC,
        "Số liệu công khai nhỏ hơn mấy thì che",
        "từ 1 đến 50",
        5,
        count(1, 50),
    ),
    OfficeSetting(
        "keep_identity_months",
        _DATA,
        "Giữ họ tên, địa chỉ, liên hệ của người gửi mấy tháng sau khi lưu trữ",
        "từ 1 đến 240",
        24,
        count(1, 240),
    ),
    OfficeSetting(
        "keep_files_months",
        _DATA,
        "Giữ tệp người gửi đính kèm mấy tháng sau khi lưu trữ",
        "từ 1 đến 240",
        60,
        count(1, 240),
    ),
    OfficeSetting(
        "keep_reads_months",
        _DATA,
        "Giữ nhật ký xem thông tin người gửi mấy tháng",
        "từ 12 đến 240",
        60,
        count(12, 240),
    ),
)
"""Every setting of the register, in the order in which they are shown."""

DOORS = {
    "door_complaint": "Ban Tiếp công dân (khiếu nại, tố cáo)",
    "crime": "Cơ quan Công an (tin báo, tố giác về tội phạm)",
    "door_emergency": "Số khẩn cấp 113, 114, 115",
    "door_field": "Kênh phản ánh hiện trường",
    "door_procedure_question": "Nơi hướng dẫn thủ tục, tra cứu hồ sơ",
}
"""The right doors for what is no feedback; the keys are the office's settings that say where they are."""
