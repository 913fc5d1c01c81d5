"""What the coordinating office does with a case before an agency has it (Nghị định 20/2008/NĐ-CP, Điều 7, Điều 9)."""

from collections.abc import Callable

from actions.cases import forwarding, laying, merging, triage
from actions.cases.forwarding import Handed, Transfer
from actions.cases.triage import Classification
from domain.case_settings import DOORS
from domain.cases.codes import case_code_in
from domain.cases.decisions import LegalClass, Urgency
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused
from domain.local import long_day
from messages.render import upper_first
from storage.views.cases import register
from web.cases.deed import (
    Deed,
    Scene,
    Typed,
    agency_field,
    agency_named,
    letter_fields,
    office_may,
)
from web.cases.forms import Field, Form, Shape

_TOLD = "Người gửi được báo ngay."


def handed(result: Handed) -> str:
    """Return what is to be known about a case that was handed over."""
    if result.by_document:
        return "Cơ quan chưa có tài khoản lãnh đạo: không ai được báo, xin gửi bằng công văn và ghi số, ngày."
    due = f"Hạn trả lời: {long_day(result.due_on)}. {result.said}" if result.due_on else laying.MISSING_LIMIT
    nobody = "" if result.hear else " Cơ quan chưa có ai tham gia ở đây: xin báo bằng công văn, điện thoại."
    return due + nobody


def _accept(_scene: Scene) -> Form:
    return Form("accept", "Tiếp nhận", "Tiếp nhận phản ánh", says=_TOLD)


def _do_accept(scene: Scene, typed: Typed) -> str:
    triage.accept(scene.unit, scene.viewer, scene.row.id, scene.now, shown=typed.shown)
    return ""


def _classify(scene: Scene) -> Form:
    row = scene.row
    return Form(
        "classify",
        "Phân loại",
        "Ghi phân loại",
        (
            Field(
                "class",
                "Phân loại theo Điều 9 khoản 1 điểm d Nghị định 20/2008/NĐ-CP",
                Shape.CHOICE,
                options=[(one.value, upper_first(one.label)) for one in LegalClass],
                value=row.legal_class or "",
            ),
            Field(
                "urgency",
                "Mức độ",
                Shape.CHOICE,
                options=[(one.value, upper_first(one.label)) for one in Urgency],
                value=row.urgency,
            ),
            Field("field", "Lĩnh vực", required=False, limit=80, known="fields", value=row.field),
            Field("sensitive", "Nhạy cảm", Shape.CHECK, required=False, value="1" if row.sensitive else ""),
            Field("crowded", "Đông người", Shape.CHECK, required=False, value="1" if row.crowded else ""),
            Field(
                "withheld",
                "Không công khai, vì",
                required=False,
                limit=300,
                hint="Bỏ trống nếu được công khai sau khi trả lời.",
                value=row.withheld or "",
            ),
        ),
    )


def _do_classify(scene: Scene, typed: Typed) -> str:
    what = Classification(
        LegalClass(typed["class"]),
        Urgency(typed["urgency"]),
        typed["field"],
        bool(typed["sensitive"]),
        bool(typed["crowded"]),
        typed["withheld"] or None,
    )
    triage.classify(scene.unit, scene.viewer, scene.row.id, what, scene.now, shown=typed.shown)
    return ""


def _forward(_scene: Scene) -> Form:
    return Form(
        "forward",
        "Chuyển cơ quan xử lý trong tỉnh",
        "Chuyển cơ quan xử lý",
        (
            agency_field("agency", "Cơ quan xử lý"),
            *letter_fields("văn bản chuyển"),
            Field("note", "Ghi chú cho cơ quan", Shape.TEXT, required=False, limit=1000),
        ),
        says=f"Cơ quan được báo; {_TOLD.lower()}",
    )


def _do_forward(scene: Scene, typed: Typed) -> str:
    agency_id = agency_named(scene, typed["agency"])
    letter = Transfer(typed["number"], typed.day("on"))
    said = (scene.unit, scene.viewer, scene.row.id, agency_id, letter, scene.now)
    return handed(forwarding.forward(*said, shown=typed.shown, note=typed["note"]))


def _outside(_scene: Scene) -> Form:
    fields = (Field("name", "Bộ, cơ quan, tỉnh nhận", limit=200), *letter_fields("văn bản chuyển"))
    return Form("forward_outside", "Chuyển cơ quan ngoài tỉnh", "Chuyển ngoài tỉnh", fields, says=_TOLD)


def _do_outside(scene: Scene, typed: Typed) -> str:
    letter = Transfer(typed["number"], typed.day("on"))
    said = (scene.unit, scene.viewer, scene.row.id, typed["name"], letter, scene.now)
    forwarding.forward_outside(*said, shown=typed.shown)
    return ""


def _keep(_scene: Scene) -> Form:
    return Form("keep", "Văn phòng tự xử lý, trả lời", "Giữ lại xử lý", says=_TOLD)


def _do_keep(scene: Scene, typed: Typed) -> str:
    return handed(forwarding.keep(scene.unit, scene.viewer, scene.row.id, scene.now, shown=typed.shown))


def _supplement(_scene: Scene) -> Form:
    hint = "Ghi đủ trong một lần; không quá hai lần yêu cầu. Thời hạn chuyển không dừng lại."
    fields = (Field("text", "Những gì cần bổ sung", Shape.TEXT, limit=2000, hint=hint),)
    return Form("ask_supplement", "Yêu cầu người gửi bổ sung", "Gửi yêu cầu bổ sung", fields, says=_TOLD)


def _do_supplement(scene: Scene, typed: Typed) -> str:
    said = (scene.unit, scene.viewer, scene.row.id, typed["text"], scene.now)
    return f"Chờ bổ sung đến hết {long_day(triage.ask_supplement(*said, shown=typed.shown))}."


def _guide(_scene: Scene) -> Form:
    fields = (
        Field("door", "Nơi tiếp nhận đúng", Shape.CHOICE, options=list(DOORS.items())),
        Field(
            "where",
            "Ở đâu, gọi số nào",
            required=False,
            limit=400,
            hint="Bỏ trống thì ghi như đã đặt ở trang Cài đặt.",
        ),
    )
    title = "Hướng dẫn sang nơi khác (khiếu nại, tố cáo, khẩn cấp…)"
    return Form("guide", title, "Hướng dẫn và kết thúc ở đây", fields, says=_TOLD, grave=True)


def _do_guide(scene: Scene, typed: Typed) -> str:
    where = typed["where"] or register.door(scene.unit, typed["door"])
    said = (scene.unit, scene.viewer, scene.row.id, DOORS[typed["door"]], where, scene.now)
    triage.guide(*said, shown=typed.shown)
    return ""


def _merge(_scene: Scene) -> Form:
    fields = (
        Field("master", "Mã của phản ánh được giữ lại", limit=40, known="twins", hint="ví dụ PAKN-BN-2026-000123"),
    )
    return Form("merge", "Gộp vào phản ánh trùng", "Gộp", fields, says=f"{_TOLD} Có thể tách ra lại.")


def _do_merge(scene: Scene, typed: Typed) -> str:
    code = case_code_in(typed["master"])
    if code is None:
        raise ActRefused("Xin gõ mã của phản ánh được giữ lại, ví dụ PAKN-BN-2026-000123.")
    merging.merge(scene.unit, scene.viewer, scene.row.id, code, scene.now, shown=typed.shown)
    return ""


def _split(_scene: Scene) -> Form:
    return Form("split", "Tách ra khỏi phản ánh đã gộp", "Tách ra", says=_TOLD)


def _do_split(scene: Scene, typed: Typed) -> str:
    merging.split(scene.unit, scene.viewer, scene.row.id, scene.now, shown=typed.shown)
    return ""


_TRIAGED = {State.WAITING_RECEPTION, State.CLASSIFYING}


def _unclassified(scene: Scene) -> bool:
    return scene.state in _TRIAGED and scene.row.legal_class is None and scene.waiting is None


def _classified(*classes: LegalClass) -> Callable[[Scene], bool]:
    return lambda scene: scene.state in _TRIAGED and scene.row.legal_class in classes and scene.waiting is None


DEEDS = {
    "accept": Deed(_accept, office_may(Act.ACCEPT), _do_accept, done="Đã tiếp nhận."),
    "classify": Deed(_classify, office_may(Act.FORWARD), _do_classify, _unclassified, "Đã phân loại."),
    "forward": Deed(
        _forward,
        office_may(Act.FORWARD),
        _do_forward,
        _classified(LegalClass.CONDUCT, LegalClass.REGULATION, LegalClass.BOTH, LegalClass.ELSEWHERE),
        "Đã chuyển cơ quan xử lý.",
    ),
    "forward_outside": Deed(_outside, office_may(Act.FORWARD_OUTSIDE), _do_outside, done="Đã chuyển ngoài tỉnh."),
    "keep": Deed(_keep, office_may(Act.KEEP), _do_keep, done="Văn phòng giữ lại xử lý."),
    "ask_supplement": Deed(
        _supplement,
        office_may(Act.ASK_SUPPLEMENT),
        _do_supplement,
        _classified(LegalClass.INCOMPLETE),
        "Đã gửi yêu cầu bổ sung.",
    ),
    "guide": Deed(_guide, office_may(Act.GUIDE), _do_guide, done="Đã hướng dẫn người gửi."),
    "merge": Deed(_merge, office_may(Act.MERGE), _do_merge, done="Đã gộp."),
    "split": Deed(_split, office_may(Act.SPLIT), _do_split, done="Đã tách ra."),
}
