"""What a sender without a chat is told, and says, by phone or letter: written down by the office."""

from actions.cases import by_hand, hearing_out
from actions.cases.hearing_out import Saying
from messages.render import upper_first
from storage.views.cases import register
from web.cases.deed import Deed, Scene, Typed, as_shown
from web.cases.forms import Field, Form, Shape


def _told(scene: Scene) -> Form:
    hint = "ví dụ: gọi điện lúc 9 giờ, gửi thư số 12"
    fields = (Field("how", "Đã báo bằng cách nào, khi nào", Shape.TEXT, limit=300, hint=hint),)
    texts = "\n\n".join(by_hand.texts(scene.unit, scene.row.id))
    says = f"Cần báo người gửi bằng điện thoại hoặc thư:\n\n{texts}"
    return Form("told", "Báo người gửi bằng điện thoại, thư", "Đã báo người gửi", fields, says=says)


def _waits(scene: Scene) -> bool:
    return scene.is_office and bool(register.untold(scene.unit, scene.row.id))


def _do_told(scene: Scene, typed: Typed) -> str:
    as_shown(scene, typed)
    ids = [one.id for one in register.untold(scene.unit, scene.row.id)]
    by_hand.told(scene.unit, scene.viewer, scene.row.id, ids, typed["how"], scene.now)
    return ""


def _heard(scene: Scene) -> Form:
    options = [(one.value, upper_first(one.label)) for one in hearing_out.sayings(scene.state)]
    fields = (
        Field("saying", "Người gửi muốn", Shape.CHOICE, options=options),
        Field("text", "Ghi đúng lời người gửi", Shape.TEXT, limit=4000),
    )
    says = "Như người gửi tự nhắn: ai đang giữ phản ánh được báo. Hỏi mã và mã tra cứu để chắc là người gửi."
    return Form("heard", "Ghi lời người gửi qua điện thoại, trực tiếp", "Ghi lời người gửi", fields, says=says)


def _may_be_heard(scene: Scene) -> bool:
    return scene.is_office and bool(hearing_out.sayings(scene.state))


def _do_heard(scene: Scene, typed: Typed) -> str:
    said = (scene.unit, scene.viewer, scene.row.id, Saying(typed["saying"]), typed["text"], scene.now)
    hearing_out.write_down(*said, shown=typed.shown)
    return ""


DEEDS = {
    "heard": Deed(_heard, _may_be_heard, _do_heard, done="Đã ghi lời người gửi."),
    "told": Deed(_told, _waits, _do_told, lambda _scene: True, "Đã ghi: người gửi được báo."),
}
