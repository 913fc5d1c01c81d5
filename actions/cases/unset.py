"""What a province still has to say about citizens' feedback, and what follows as long as it does not."""

from domain.people import Role
from storage import office_settings, offices, people
from storage.database import Unit

_MISSING = (
    (
        "case_answer_normal",
        "chưa đặt thời hạn xử lý, trả lời (case_answer_normal): người gửi chỉ được báo ngày chuyển, "
        "cơ quan xử lý không có hạn và không việc nào bị tính là quá hạn",
    ),
    ("case_publish_days", "chưa đặt thời hạn công khai (case_publish_days): việc công khai không có hạn"),
    ("door_complaint", "chưa đặt nơi nhận khiếu nại, tố cáo (door_complaint): chỉ hướng dẫn chung, không có địa chỉ"),
    ("door_field", "chưa đặt kênh phản ánh hiện trường (door_field): chỉ hướng dẫn chung, không có địa chỉ"),
)
_PAPERS = ("superior", "place", "signatory_position", "signatory_name")


def unset(unit: Unit) -> list[str]:
    """Return, as clauses for the operator, what is not set and what comes of it; none where all is."""
    found = [said for name, said in _MISSING if not office_settings.text(unit, name)]
    if offices.setting(unit, "province_code") in {None, "", "VN"}:
        found.append("chưa đặt mã tỉnh (NHACVIEC_PROVINCE_CODE): mã phản ánh mang chữ VN")
    if not offices.setting(unit, "hotline"):
        found.append("chưa đặt đầu mối, điện thoại (NHACVIEC_HOTLINE): người gửi không biết gọi ai")
    if len(set(people.active(unit, Role.COORDINATOR))) < 2:
        found.append("Văn phòng chưa có hai cán bộ tham gia: không ai đồng ý được việc từ chối tiếp nhận, công khai")
    if any(not office_settings.text(unit, one) for one in _PAPERS):
        found.append("chưa đặt đủ nơi ban hành, người ký: văn bản lập ra còn chỗ trống")
    return found
