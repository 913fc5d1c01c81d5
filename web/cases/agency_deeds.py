"""What the agency does that works on a case (Nghị định 20/2008/NĐ-CP, Điều 14), its officers and its head."""

from actions.cases import answering, handling
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused
from domain.local import today
from domain.people import Role
from storage.views import people
from web.cases.deed import (
    Deed,
    Scene,
    Typed,
    agency_field,
    agency_may,
    agency_named,
    as_shown,
    head_may,
    proposal_shown,
)
from web.cases.forms import Field, Form, Shape
from web.cases.later_deeds import answer, answer_fields


def _acknowledge(_scene: Scene) -> Form:
    return Form("acknowledge", "Nhận xử lý", "Nhận xử lý", says="Xác nhận cơ quan đã nhận phản ánh này.")


def _do_acknowledge(scene: Scene, typed: Typed) -> str:
    handling.acknowledge(scene.unit, scene.viewer, scene.row.id, scene.now, shown=typed.shown)
    return ""


def _progress(_scene: Scene) -> Form:
    fields = (
        Field("text", "Đã làm gì, còn gì", Shape.TEXT, limit=2000),
        Field("tell", "Báo cho người gửi biết", Shape.CHECK, required=False),
    )
    return Form("progress", "Báo tiến độ", "Ghi tiến độ", fields)


def _do_progress(scene: Scene, typed: Typed) -> str:
    as_shown(scene, typed)
    handling.progress(scene.unit, scene.viewer, scene.row.id, typed["text"], scene.now, tell=bool(typed["tell"]))
    return ""


def _ask(_scene: Scene) -> Form:
    fields = (Field("question", "Câu hỏi; người gửi sẽ đọc nguyên văn", Shape.TEXT, limit=2000),)
    says = "Mỗi lần một câu hỏi. Thời gian chờ người gửi được ghi riêng."
    return Form("ask", "Hỏi thêm người gửi", "Gửi câu hỏi", fields, says=says)


def _do_ask(scene: Scene, typed: Typed) -> str:
    handling.ask(scene.unit, scene.viewer, scene.row.id, typed["question"], scene.now, shown=typed.shown)
    return ""


def _resume(_scene: Scene) -> Form:
    return Form("resume", "Tiếp tục xử lý, không chờ trả lời", "Tiếp tục xử lý")


def _do_resume(scene: Scene, typed: Typed) -> str:
    handling.resume(scene.unit, scene.viewer, scene.row.id, scene.now, shown=typed.shown)
    return ""


def _send_back(_scene: Scene) -> Form:
    fields = (
        Field("reason", "Vì sao không thuộc thẩm quyền", Shape.TEXT, limit=2000),
        agency_field("agency", "Cơ quan nào xử lý mới đúng", required=False),
    )
    says = "Văn phòng quyết định; người gửi vẫn thấy “đang xử lý”."
    return Form("ask_return", "Đề nghị Văn phòng chuyển lại", "Đề nghị chuyển lại", fields, says=says, grave=True)


def _do_send_back(scene: Scene, typed: Typed) -> str:
    proposed = agency_named(scene, typed["agency"]) if typed["agency"] else None
    said = (scene.unit, scene.viewer, scene.row.id, typed["reason"], proposed, scene.now)
    handling.ask_return(*said, shown=typed.shown)
    return ""


def _collect(scene: Scene) -> Form:
    fields = (
        Field("reason", "Vì sao chưa đủ cơ sở trả lời; người gửi sẽ đọc", Shape.TEXT, limit=2000),
        Field("review_on", "Ngày xem xét lại", Shape.DAY),
    )
    says = "Điều 14 khoản 2 điểm b. " + ("" if scene.approves else "Lãnh đạo cơ quan quyết định.")
    return Form("collect", "Tiếp tục tập hợp, nghiên cứu", "Đề nghị tập hợp thêm", fields, says=says.strip())


def _do_collect(scene: Scene, typed: Typed) -> str:
    review_on = typed.day("review_on")
    if review_on is None:
        raise ActRefused("Xin chọn ngày xem xét lại.")
    said = (scene.unit, scene.viewer, scene.row.id, typed["reason"], review_on, scene.now)
    handling.propose_collecting(*said, shown=typed.shown)
    return ""


def _collecting(scene: Scene) -> str:
    data = scene.waiting.data if scene.waiting is not None else {}
    return f"Lý do: {data.get('reason')}. Xem xét lại ngày {data.get('review_on')}."


def _agree(scene: Scene) -> Form:
    title = "Đề nghị tập hợp thêm chờ đồng chí quyết định"
    return Form("collect_agree", title, "Đồng ý tập hợp thêm", says=_collecting(scene))


def _decline(_scene: Scene) -> Form:
    fields = (Field("note", "Lý do không đồng ý", Shape.TEXT, limit=1000),)
    return Form("collect_decline", "Không đồng ý tập hợp thêm", "Không đồng ý", fields)


def _decides(scene: Scene) -> bool:
    return scene.approves and scene.proposed(Act.COLLECT)


def _decide(scene: Scene, typed: Typed, *, agreed: bool) -> str:
    said = (scene.unit, scene.viewer, proposal_shown(scene, typed))
    handling.decide_collecting(*said, agreed=agreed, note=typed["note"], now=scene.now)
    return ""


def _draft(scene: Scene) -> Form:
    if scene.approves:
        says, button = "Đồng chí là người duyệt: người gửi được báo ngay.", "Trả lời người gửi"
    else:
        says, button = "Lãnh đạo cơ quan duyệt rồi người gửi mới được báo.", "Trình dự thảo trả lời"
    return Form("draft", "Trả lời phản ánh", button, answer_fields(), says=says)


def _do_draft(scene: Scene, typed: Typed) -> str:
    said = (scene.unit, scene.viewer, scene.row.id, answer(scene, typed), scene.now)
    answering.draft(*said, shown=typed.shown)
    return ""


def _approve(_scene: Scene) -> Form:
    return Form(
        "approve", "Duyệt dự thảo trả lời", "Duyệt và trả lời người gửi", says="Dự thảo ở mục “Dự thảo và trả lời”."
    )


def _do_approve(scene: Scene, typed: Typed) -> str:
    answering.approve(scene.unit, scene.viewer, scene.row.id, scene.now, shown=typed.shown)
    return ""


def _give_back(_scene: Scene) -> Form:
    fields = (Field("reason", "Lý do, cần sửa gì", Shape.TEXT, limit=2000),)
    return Form("return_draft", "Trả lại dự thảo", "Trả lại dự thảo", fields)


def _do_give_back(scene: Scene, typed: Typed) -> str:
    said = (scene.unit, scene.viewer, scene.row.id, typed["reason"], scene.now)
    answering.return_draft(*said, shown=typed.shown)
    return ""


def _handler(scene: Scene) -> Form:
    members = people.listed(scene.unit, today(scene.now), scene.row.agency_id)
    options = dict.fromkeys((str(one.person_id), one.name) for one in members if not one.waits)
    value = str(scene.row.handler_id or "")
    fields = (Field("person", "Người xử lý", Shape.CHOICE, options=list(options), value=value),)
    return Form("handler", "Phân công người xử lý", "Phân công", fields, says="Người được phân công được báo.")


def _do_handler(scene: Scene, typed: Typed) -> str:
    as_shown(scene, typed)
    handling.name_handler(scene.unit, scene.viewer, scene.row.id, int(typed["person"]), scene.now)
    return ""


def _assigns(scene: Scene) -> bool:
    return scene.row.agency_id in scene.viewer.agencies_as(Role.HEAD) and scene.state.is_with_agency


def _may_send_back(scene: Scene) -> bool:
    return agency_may(Act.ASK_RETURN)(scene) and scene.row.agency_id in scene.viewer.own_agencies


DEEDS = {
    "collect_agree": Deed(_agree, _decides, lambda a, b: _decide(a, b, agreed=True), lambda _scene: True),
    "collect_decline": Deed(_decline, _decides, lambda a, b: _decide(a, b, agreed=False)),
    "approve": Deed(_approve, head_may(Act.ANSWER), _do_approve, lambda _scene: True, "Đã duyệt, người gửi được báo."),
    "return_draft": Deed(_give_back, head_may(Act.RETURN_DRAFT), _do_give_back, done="Đã trả lại dự thảo."),
    "acknowledge": Deed(
        _acknowledge, agency_may(Act.ACKNOWLEDGE), _do_acknowledge, lambda _scene: True, "Đã nhận xử lý."
    ),
    "draft": Deed(
        _draft,
        agency_may(Act.DRAFT),
        _do_draft,
        lambda scene: scene.state in {State.IN_PROGRESS, State.COLLECTED} and scene.waiting is None,
        "Đã ghi dự thảo trả lời.",
    ),
    "progress": Deed(
        _progress,
        lambda scene: scene.handles and scene.state.is_with_agency,
        _do_progress,
        done="Đã ghi tiến độ.",
    ),
    "ask": Deed(_ask, agency_may(Act.ASK), _do_ask, done="Đã gửi câu hỏi."),
    "resume": Deed(_resume, agency_may(Act.RESUME), _do_resume, done="Tiếp tục xử lý."),
    "collect": Deed(_collect, agency_may(Act.COLLECT), _do_collect, done="Đã ghi đề nghị."),
    "handler": Deed(_handler, _assigns, _do_handler, done="Đã phân công."),
    "ask_return": Deed(_send_back, _may_send_back, _do_send_back, done="Đã gửi đề nghị, chờ Văn phòng."),
}
