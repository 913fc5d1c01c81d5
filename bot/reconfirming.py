"""An agency says in chat who its focal officers are; the office sees who has answered."""

from actions import reconfirming
from bot.desk import Desk, Reply, say, sentence
from bot.officers import viewer_of
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.people import Role
from domain.reconfirming import SAME
from domain.words import squeeze
from storage.views import AnyRow, people, reconfirmations

CHANGE = "reconfirm_change"
CONFIRM = "reconfirm_confirm"

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def begin(desk: Desk, _text: str = "") -> Reply:
    """Answer "daumoi": the question that waits for the viewer's agency; for the office how the round stands."""
    if desk.viewer is not None and desk.viewer.coordinates:
        return _status(desk)
    waiting = reconfirmations.open_of(desk.unit, list(viewer_of(desk).own_agencies))
    if not waiting:
        return sentence("Không có câu hỏi nào về cán bộ đầu mối đang chờ cơ quan của đồng chí trả lời.")
    return _question(desk, waiting[0])


def _question(desk: Desk, row: AnyRow) -> Reply:
    return say(
        "people/reconfirm",
        asked=row,
        officers=people.officers_of(desk.unit, row.agency_id, desk.day),
        choices=[
            choice("Vẫn đúng", Verb.RECONFIRM, "same", row.id),
            choice("Có thay đổi", Verb.RECONFIRM, "change", row.id),
        ],
    )


def press(desk: Desk, button: Button) -> Reply:
    """Take an answer, or show the office how the round stands."""
    if button.word() == "status":
        return _status(desk) if desk.viewer is not None and desk.viewer.coordinates else begin(desk)
    viewer = viewer_of(desk)
    if button.word() == "same":
        return say(
            "people/reconfirmed", asked=reconfirming.same(desk.unit, viewer, button.number(1), desk.now), same=True
        )
    return _ask_change(desk, reconfirming.asked(desk.unit, viewer, button.number(1)))


def _ask_change(desk: Desk, row: AnyRow) -> Reply:
    ways = [
        choice("Cấp mã cho người mới", Verb.NEWCOMER, row.agency_id),
        choice("Kết thúc vai trò của người cũ", Verb.PEOPLE, row.agency_id, 0),
    ]
    head = row.agency_id in viewer_of(desk).agencies_as(Role.HEAD)
    return say(
        "people/reconfirm_change",
        asked=row,
        officers=people.officers_of(desk.unit, row.agency_id, desk.day),
        step=CHANGE,
        data={"id": row.id},
        choices=[*(ways if head else ()), _LEAVE],
    )


def typed(desk: Desk) -> Reply:
    """Take what has changed, and show it once before it goes to the office."""
    row, text = _asked(desk), squeeze(desk.incoming.text)
    if len(text) < 10:
        raise ActRefused("Xin ghi rõ ai thôi, ai thay (từ 10 ký tự).")
    return say(
        "people/reconfirm_confirm",
        asked=row,
        text=text,
        step=CONFIRM,
        data={"id": row.id, "text": text[:500]},
        choices=[choice("Gửi Văn phòng", Verb.YES, CONFIRM, row.id), _BACK, _LEAVE],
    )


def _asked(desk: Desk) -> AnyRow:
    return reconfirming.asked(desk.unit, viewer_of(desk), desk.data["id"])


def back(desk: Desk, _button: Button) -> Reply:
    """Ask again what has changed."""
    return _ask_change(desk, _asked(desk))


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Send it to the office."""
    row = reconfirming.changed(desk.unit, viewer_of(desk), desk.data["id"], desk.data["text"], desk.now)
    return say("people/reconfirmed", asked=row, same=False)


def _status(desk: Desk) -> Reply:
    name = reconfirmations.last_round(desk.unit) or ""
    asked = reconfirmations.of_round(desk.unit, name)
    return say(
        "people/reconfirm_status",
        round=name,
        asked=asked,
        answered=[one for one in asked if one.answered_at],
        changed=[one for one in asked if one.answered_at and one.answer != SAME],
        silent=[one for one in asked if not one.answered_at],
        choices=[choice("Người tham gia", Verb.PEOPLE, 0, 0), choice("Tổng hợp", Verb.DIGEST)],
    )
