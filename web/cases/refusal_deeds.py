"""Not taking a case up: one of the office proposes on a ground of the closed list, a second one decides."""

from actions.cases import refusing
from domain.cases.decisions import GROUNDS
from domain.cases.lifecycle import Act
from web.cases.deed import Deed, Scene, Typed, office_may, proposal_shown
from web.cases.forms import Field, Form, Shape

_TOLD = "Người gửi được báo ngay."


def _refuse(scene: Scene) -> Form:
    grounds = [(one.code, f"{one.code}: {one.label}") for one in refusing.grounds(scene.unit)]
    hint = "“Không thuộc thẩm quyền” không phải căn cứ từ chối: phải chuyển cơ quan có thẩm quyền."
    fields = (
        Field("ground", "Căn cứ", Shape.CHOICE, options=grounds, hint=hint),
        Field("reason", "Lý do cụ thể; người gửi sẽ đọc khi được đồng ý", Shape.TEXT, limit=2000),
    )
    says = "Một người khác của Văn phòng quyết định; đến lúc đó người gửi chưa được báo."
    return Form("refuse", "Đề nghị không tiếp nhận", "Gửi đề nghị", fields, says=says, grave=True)


def _do_refuse(scene: Scene, typed: Typed) -> str:
    said = (scene.unit, scene.viewer, scene.row.id, typed["ground"], typed["reason"], scene.now)
    refusing.propose_refusal(*said, shown=typed.shown)
    return ""


def _proposed(scene: Scene) -> str:
    data = scene.waiting.data if scene.waiting is not None else {}
    ground = GROUNDS.get(str(data.get("ground")))
    cited = f"Căn cứ {ground.code}: {ground.label}. " if ground is not None else ""
    return f"{cited}Lý do: {data.get('reason', '')}"


def _agree(scene: Scene) -> Form:
    title = "Đề nghị không tiếp nhận chờ người thứ hai"
    return Form("agree", title, "Đồng ý không tiếp nhận", says=f"{_proposed(scene)}. {_TOLD}", grave=True)


def _decline(_scene: Scene) -> Form:
    fields = (Field("note", "Lý do không đồng ý", Shape.TEXT, limit=1000),)
    return Form("decline", "Không đồng ý từ chối", "Không đồng ý", fields, says="Người đề nghị được báo.")


def _decides(scene: Scene) -> bool:
    waits = scene.is_office and scene.proposed(Act.REFUSE)
    return waits and scene.waiting is not None and scene.waiting.proposed_by != scene.viewer.person_id


def _decide(scene: Scene, typed: Typed, *, agreed: bool) -> str:
    said = (scene.unit, scene.viewer, proposal_shown(scene, typed))
    refusing.decide_refusal(*said, agreed=agreed, note=typed["note"], now=scene.now)
    return ""


DEEDS = {
    "agree": Deed(_agree, _decides, lambda a, b: _decide(a, b, agreed=True), lambda _scene: True, "Đã đồng ý."),
    "decline": Deed(_decline, _decides, lambda a, b: _decide(a, b, agreed=False)),
    "refuse": Deed(
        _refuse,
        lambda scene: office_may(Act.REFUSE)(scene) and not scene.proposed(Act.REFUSE),
        _do_refuse,
        done="Đã gửi đề nghị, chờ người thứ hai của Văn phòng quyết định.",
    ),
}
