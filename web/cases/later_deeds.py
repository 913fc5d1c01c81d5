"""What the office does with a case that somebody has, or had: dates, numbers, another agency, the end."""

from collections.abc import Callable
from datetime import date

from actions.cases import answering, handling, rerouting, triage
from actions.cases.answering import Answer
from actions.cases.forwarding import Transfer
from actions.cases.rerouting import BOUNCES
from domain.cases.decisions import Outcome, Urgency
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused
from messages.render import upper_first
from web.cases.deed import (
    Deed,
    Scene,
    Typed,
    agency_field,
    agency_named,
    as_shown,
    kept_file,
    letter_fields,
    office_may,
)
from web.cases.forms import Field, Form, Shape
from web.cases.office_deeds import handed

_ALL = "Cơ quan và người gửi được báo."


def _is_state(*states: State) -> Callable[[Scene], bool]:
    return lambda scene: scene.state in states


def _reroute(scene: Scene) -> Form:
    bounced = f" Đã bị trả lại {scene.row.bounces} lần." if scene.row.bounces else ""
    who = " Lãnh đạo Văn phòng quyết định." if scene.row.bounces >= BOUNCES else ""
    fields = (
        agency_field("agency", "Cơ quan xử lý mới"),
        Field("reason", "Lý do", Shape.TEXT, limit=2000),
        *letter_fields("văn bản chuyển"),
    )
    says = f"{_ALL} Thời hạn trả lời tính lại; tổng thời gian không tính lại.{bounced}{who}"
    return Form("reroute", "Chuyển cơ quan khác", "Chuyển cơ quan khác", fields, says=says)


def _do_reroute(scene: Scene, typed: Typed) -> str:
    agency_id, letter = agency_named(scene, typed["agency"]), Transfer(typed["number"], typed.day("on"))
    said = (scene.unit, scene.viewer, scene.row.id, agency_id, typed["reason"], scene.now)
    return handed(rerouting.reroute(*said, letter=letter, shown=typed.shown))


def _uphold(_scene: Scene) -> Form:
    fields = (Field("reason", "Lý do giữ nguyên", Shape.TEXT, limit=2000),)
    says = "Cơ quan được báo; thời hạn vẫn chạy."
    return Form("uphold", "Giữ nguyên cơ quan xử lý", "Giữ nguyên", fields, says=says)


def _do_uphold(scene: Scene, typed: Typed) -> str:
    rerouting.uphold(scene.unit, scene.viewer, scene.row.id, typed["reason"], scene.now, shown=typed.shown)
    return ""


def _again(_scene: Scene) -> Form:
    fields = (
        agency_field("agency", "Cơ quan xử lý lại"),
        Field("reason", "Yêu cầu xử lý lại", Shape.TEXT, limit=2000),
    )
    return Form("work_again", "Giao xử lý lại", "Giao xử lý lại", fields, says=f"{_ALL} Mã phản ánh giữ nguyên.")


def _do_again(scene: Scene, typed: Typed) -> str:
    agency_id = agency_named(scene, typed["agency"])
    said = (scene.unit, scene.viewer, scene.row.id, agency_id, typed["reason"], scene.now)
    return handed(rerouting.work_again(*said, shown=typed.shown))


def _close(_scene: Scene) -> Form:
    fields = (Field("reason", "Lý do đóng; người gửi sẽ đọc", Shape.TEXT, limit=2000),)
    title = "Đóng: không có tình tiết mới"
    return Form("close", title, "Đóng phản ánh", fields, says="Người gửi được báo.", grave=True)


def _do_close(scene: Scene, typed: Typed) -> str:
    rerouting.close(scene.unit, scene.viewer, scene.row.id, typed["reason"], scene.now, shown=typed.shown)
    return ""


def _extend(_scene: Scene) -> Form:
    fields = (
        Field("until", "Hạn mới", Shape.DAY),
        Field("reason", "Lý do; người gửi sẽ đọc", Shape.TEXT, limit=2000),
        Field("agreed", "Ai đã đồng ý (họ tên, chức vụ)", limit=120),
    )
    return Form("extend", "Gia hạn trả lời", "Gia hạn", fields, says=f"{_ALL} Hạn cũ vẫn lưu.")


def _do_extend(scene: Scene, typed: Typed) -> str:
    until = typed.day("until")
    if until is None:
        raise ActRefused("Xin chọn hạn mới.")
    said = (scene.unit, scene.viewer, scene.row.id, until, typed["reason"], typed["agreed"], scene.now)
    rerouting.extend(*said, shown=typed.shown)
    return ""


def _urge(_scene: Scene) -> Form:
    fields = (Field("text", "Lời đôn đốc", Shape.TEXT, required=False, limit=500),)
    return Form("urge", "Đôn đốc cơ quan", "Đôn đốc", fields, says="Mỗi ngày một lần.")


def _do_urge(scene: Scene, typed: Typed) -> str:
    as_shown(scene, typed)
    hear = rerouting.urge(scene.unit, scene.viewer, scene.row.id, typed["text"], scene.now)
    return "" if hear else "Cơ quan chưa có ai nghe được ở đây: xin gọi điện hoặc gửi công văn."


def _urgency(scene: Scene) -> Form:
    options = [(one.value, upper_first(one.label)) for one in Urgency]
    fields = (Field("urgency", "Mức độ", Shape.CHOICE, options=options, value=scene.row.urgency),)
    return Form(
        "urgency", "Đổi mức độ", "Ghi mức độ", fields, says="Thời hạn trả lời tính theo mức mới từ ngày chuyển."
    )


def _do_urgency(scene: Scene, typed: Typed) -> str:
    said = (scene.unit, scene.viewer, scene.row.id, Urgency(typed["urgency"]), scene.now)
    handling.set_urgency(*said, shown=typed.shown)
    return ""


def _numbers(scene: Scene) -> Form:
    row = scene.row
    fields = (
        Field("incoming_number", "Số đến", required=False, limit=80, value=row.incoming_number or ""),
        Field("incoming_on", "Ngày đến", Shape.DAY, required=False, value=_iso(row.incoming_on)),
        Field("forward_number", "Số văn bản chuyển", required=False, limit=80, value=row.forward_number or ""),
        Field("forward_on", "Ngày văn bản chuyển", Shape.DAY, required=False, value=_iso(row.forward_on)),
        Field("external_code", "Mã trên hệ thống khác", required=False, limit=80, value=row.external_code or ""),
        Field("posted_on", "Ngày đăng trên hệ thống quốc gia", Shape.DAY, required=False, value=_iso(row.posted_on)),
        Field(
            "posted_url",
            "Đường dẫn đã đăng",
            required=False,
            limit=500,
            hint="bắt đầu bằng https://",
            value=row.posted_url or "",
        ),
    )
    return Form("numbers", "Ghi số văn bản, đăng hệ thống quốc gia", "Ghi", fields)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _do_numbers(scene: Scene, typed: Typed) -> str:
    names = ("incoming_number", "forward_number", "external_code", "posted_url")
    values = {name: typed[name] or None for name in names}
    days = {name: typed.day(name) for name in ("incoming_on", "forward_on", "posted_on")}
    rerouting.record_numbers(scene.unit, scene.viewer, scene.row.id, scene.now, shown=typed.shown, **values, **days)
    return ""


def _spam(scene: Scene) -> Form:
    if scene.row.spam_at is not None:
        return Form("spam", "Đưa ra khỏi danh sách tin rác", "Không phải tin rác")
    says = "Không ai được báo; không mất gì, đưa lại được."
    return Form("spam", "Chuyển vào danh sách tin rác", "Chuyển vào tin rác", says=says, grave=True)


def _do_spam(scene: Scene, typed: Typed) -> str:
    spam = scene.row.spam_at is None
    triage.mark_spam(scene.unit, scene.viewer, scene.row.id, scene.now, spam=spam, shown=typed.shown)
    return ""


def _may_be_spam(scene: Scene) -> bool:
    untouched = scene.state.is_open and scene.row.agency_id is None
    return scene.is_office and (untouched or scene.row.spam_at is not None)


def answer_fields() -> tuple[Field, ...]:
    """Return the fields of an answer to the sender."""
    return (
        Field("outcome", "Kết quả", Shape.CHOICE, options=[(one.value, upper_first(one.label)) for one in Outcome]),
        Field("text", "Nội dung trả lời; người gửi sẽ đọc nguyên văn", Shape.TEXT, limit=6000),
        *letter_fields("công văn trả lời"),
        Field("signer", "Người ký", required=False, limit=120),
        Field("file", "Tệp công văn", Shape.FILE, required=False, hint="PDF, Word, Excel hoặc ảnh, tối đa 20 MB"),
    )


def answer(scene: Scene, typed: Typed) -> Answer:
    """Return the answer that a form holds; its file is written."""
    return Answer(
        Outcome(typed["outcome"]),
        typed["text"],
        typed["number"],
        typed.day("on"),
        typed["signer"],
        kept_file(scene, typed.file),
    )


def _record(_scene: Scene) -> Form:
    title = "Ghi kết quả mà cơ quan đã trả lời bằng công văn"
    return Form("record", title, "Ghi kết quả và báo người gửi", answer_fields(), says="Người gửi được báo ngay.")


def _do_record(scene: Scene, typed: Typed) -> str:
    said = (scene.unit, scene.viewer, scene.row.id, answer(scene, typed), scene.now)
    answering.record(*said, shown=typed.shown)
    return ""


def _records(scene: Scene) -> bool:
    return office_may(Act.RECORD_ANSWER)(scene) and not scene.handles


def _is_with_agency(scene: Scene) -> bool:
    return scene.is_office and scene.state.is_with_agency


DEEDS = {
    "reroute": Deed(
        _reroute, office_may(Act.REROUTE), _do_reroute, _is_state(State.RETURN_ASKED), "Đã chuyển cơ quan khác."
    ),
    "uphold": Deed(_uphold, office_may(Act.UPHOLD), _do_uphold, done="Giữ nguyên cơ quan xử lý."),
    "work_again": Deed(_again, office_may(Act.WORK_AGAIN), _do_again, _is_state(State.REOPENED), "Đã giao xử lý lại."),
    "close": Deed(_close, office_may(Act.CLOSE), _do_close, done="Đã đóng."),
    "extend": Deed(_extend, _is_with_agency, _do_extend, done="Đã gia hạn."),
    "urge": Deed(_urge, _is_with_agency, _do_urge, done="Đã đôn đốc."),
    "urgency": Deed(_urgency, office_may(Act.REROUTE), _do_urgency, done="Đã đổi mức độ."),
    "record": Deed(_record, _records, _do_record, done="Đã ghi kết quả, người gửi được báo."),
    "numbers": Deed(_numbers, lambda scene: scene.is_office, _do_numbers, done="Đã ghi số văn bản."),
    "spam": Deed(_spam, _may_be_spam, _do_spam),
}
