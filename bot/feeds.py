"""Due dates in a calendar program: a secret link is given, shown once, and taken back."""

from actions import feeds
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.outgoing import Choice
from domain.people import Viewer
from storage.views import feeds as views
from storage.views import office

_BACK = choice("Cài đặt nhận tin", Verb.PREFER, "menu")


def listing(desk: Desk, _text: str = "") -> Reply:
    """Answer /lichhan: the links there are, and making one."""
    return press(desk, Button(Verb.FEED, ("list",)))


def press(desk: Desk, button: Button) -> Reply:
    """Show the links there are, make one more, or take one back."""
    if desk.viewer is None:
        raise ActRefused("Lịch hạn việc dành cho cán bộ đã tham gia. Xin gõ mã tham gia do Văn phòng cấp.")
    match button.word():
        case "make":
            return _made(desk, desk.viewer, button.number(1) or None)
        case "drop":
            feeds.revoke(desk.unit, desk.viewer, button.number(1), desk.now)
            return _listed(desk, desk.viewer, "Đã thu hồi liên kết lịch; lịch ấy không đọc được nữa.")
        case _:
            return _listed(desk, desk.viewer, "")


def _listed(desk: Desk, viewer: Viewer, done: str) -> Reply:
    found = views.of_person(desk.unit, viewer.person_id)
    drops = [choice(f"Thu hồi lịch {at}", Verb.FEED, "drop", one.id) for at, one in enumerate(found, 1)]
    return say("feeds/listed", done=done, feeds=found, most=feeds.MOST, choices=[*_offers(viewer), *drops, _BACK])


def _offers(viewer: Viewer) -> list[Choice]:
    own = {seat.agency_id: seat.agency for seat in viewer.seats if seat.agency_id in viewer.own_agencies}
    if not own:
        return [choice("Tạo lịch chung của tỉnh", Verb.FEED, "make", 0)]
    each = [choice(f"Tạo lịch của {name}", Verb.FEED, "make", one) for one, name in own.items()]
    return each if len(own) == 1 else [choice("Tạo lịch các đơn vị của tôi", Verb.FEED, "make", 0), *each]


def _made(desk: Desk, viewer: Viewer, agency_id: int | None) -> Reply:
    address = str(office.setting(desk.unit, "address") or "").rstrip("/")
    if not address:
        raise ActRefused(
            "Chưa tạo được liên kết vì máy chủ chưa có địa chỉ công khai. Xin báo cán bộ phụ trách máy chủ."
        )
    token = feeds.make(desk.unit, viewer, agency_id, desk.now)
    return say(
        "feeds/made", url=f"{address}/lich/{token}.ics", choices=[choice("Các lịch đã tạo", Verb.FEED, "list"), _BACK]
    )
