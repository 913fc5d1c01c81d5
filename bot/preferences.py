"""/caidat: by which account a person hears first, in which hours, and where in short."""

import re
from collections.abc import Callable

from actions import digests, preferences
from bot import briefing
from bot.desk import Desk, Reply, say, sentence
from domain.accounts import Account, channels_called, named
from domain.buttons import Button, Verb, choice
from domain.digests import Wanted
from domain.errors import ActRefused
from domain.hearing import Hearing, minutes, read_hours
from domain.outgoing import Choice
from domain.people import Viewer
from domain.words import fold, squeeze
from storage.views import accounts as account_views
from storage.views import office
from storage.views.accounts import Preferences

HOURS = "hearing_hours"

_MENU = choice("Quay lại", Verb.PREFER, "menu")
_LEAVE = choice("Huỷ", Verb.CANCEL)


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /caidat: the menu, or at once what the words behind it choose."""
    _viewer(desk)
    said = fold(text)
    if _HOURS.search(said):
        return _hours_typed(desk, text)
    if _BRIEF.search(said):
        return _set_brief(desk, desk.endpoint_id, brief=not _OFF.search(said))
    channels = channels_called(text)
    if channels:
        return _first_called(desk, channels)
    return menu(desk)


_HOURS = re.compile(r"\bgio\b|\bsang\b|\bchieu\b|\d\s*(?:h|g|:)")
_BRIEF = re.compile(r"\brut gon\b|\bngan\b")
_OFF = re.compile(r"\b(?:tat|bo|khong|thoi|dung|day du)\b")


def _viewer(desk: Desk) -> Viewer:
    """Return who asks. Raises ActRefused for a stranger."""
    if desk.viewer is None:
        raise ActRefused("Cài đặt nhận tin dành cho cán bộ đã tham gia. Xin gõ mã tham gia do Văn phòng cấp.")
    return desk.viewer


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice asks; one that is unknown shows the menu."""
    _viewer(desk)
    return _ASKED.get(button.word(), _show)(desk, button)


def menu(desk: Desk) -> Reply:
    """Show how the person hears now, and what can be changed."""
    return _shown(desk, "")


def _show(desk: Desk, _button: Button) -> Reply:
    return menu(desk)


def _shown(desk: Desk, done: str) -> Reply:
    """Show the settings; `done` is the sentence about what was just changed."""
    viewer = _viewer(desk)
    found = account_views.of_person(desk.unit, viewer.person_id)
    names = named(found.accounts)
    forced = office.setting(desk.unit, preferences.BRIEF_CHANNELS) or []
    hours = office.hours(desk.unit)
    return say(
        "accounts/settings",
        done=done,
        name=viewer.name,
        order=[names[one.id] for one in found.accounts if one.is_open],
        hearing=found.hearing,
        office_hours=f"{hours.morning.said}, {hours.afternoon.said}",
        brief=[names[one.id] for one in found.accounts if one.brief or one.channel in forced],
        digest=account_views.digest_wanted(desk.unit, viewer.person_id).label if briefing.reads(desk) else "",
        choices=_choices(desk, viewer, found, forced),
    )


def _choices(desk: Desk, viewer: Viewer, found: Preferences, forced: list[str]) -> list[Choice]:
    here = next((one for one in found.accounts if one.id == desk.endpoint_id), None)
    several = sum(one.is_open for one in found.accounts) > 1
    order = [choice("Đổi kênh nhận trước", Verb.PREFER, "order")] if several else []
    brief = [_brief(here)] if here is not None and here.channel not in forced else []
    groups = [choice("Nhóm trò chuyện của đơn vị", Verb.GROUP, "list")] if viewer.own_agencies else []
    hours = choice("Đổi giờ nhận tin", Verb.PREFER, "hours")
    accounts = [choice("Tài khoản đã nối", Verb.ACCOUNT, "list"), choice("Lịch hạn việc", Verb.FEED, "list")]
    bulletin = [choice("Bản tin lãnh đạo", Verb.PREFER, "digest")] if briefing.reads(desk) else []
    return [*order, hours, *brief, *bulletin, *accounts, *groups, _LEAVE]


def _brief(here: Account) -> Choice:
    if here.brief:
        return choice("Tắt tin rút gọn ở tài khoản này", Verb.PREFER, "brief", here.id, "off")
    return choice("Bật tin rút gọn ở tài khoản này", Verb.PREFER, "brief", here.id, "on")


def _ask_order(desk: Desk, _button: Button) -> Reply:
    found = account_views.of_person(desk.unit, _viewer(desk).person_id)
    names = named(found.accounts)
    reached = [one for one in found.accounts if one.is_open]
    firsts = [choice(f"Nhận trước ở {names[one.id]}", Verb.PREFER, "first", one.id) for one in reached[1:]]
    return say("accounts/ask_order", order=[names[one.id] for one in reached], choices=[*firsts, _MENU, _LEAVE])


def _first(desk: Desk, button: Button) -> Reply:
    return _put_first(desk, button.number(1))


def _first_called(desk: Desk, channels: tuple[str, ...]) -> Reply:
    """Put the first account on one of the channels before the others. Raises ActRefused where there is none."""
    for one in account_views.of_person(desk.unit, _viewer(desk).person_id).accounts:
        if one.channel in channels and one.is_open:
            return _put_first(desk, one.id)
    raise ActRefused("Đồng chí chưa nối tài khoản nào ở kênh này. Gõ lienket để nối thêm tài khoản.")


def _put_first(desk: Desk, endpoint_id: int) -> Reply:
    chosen = preferences.put_first(desk.unit, _viewer(desk), endpoint_id, desk.now)
    names = named(account_views.of_person(desk.unit, _viewer(desk).person_id).accounts)
    return _shown(desk, f"Từ nay tin nhắc gửi trước tới {names[chosen.id]}.")


def _ask_hours(desk: Desk, _button: Button) -> Reply:
    hours = office.hours(desk.unit)
    noon, later = minutes(hours.morning.closes), minutes(hours.afternoon.opens)
    return say(
        "accounts/ask_hours",
        hearing=account_views.of_person(desk.unit, _viewer(desk).person_id).hearing,
        office_hours=f"{hours.morning.said}, {hours.afternoon.said}",
        step=HOURS,
        choices=[
            choice("Cả giờ hành chính", Verb.PREFER, "within", "", ""),
            choice(f"Buổi sáng (đến {hours.morning.closes:%H:%M})", Verb.PREFER, "within", "", noon),
            choice(f"Buổi chiều (từ {hours.afternoon.opens:%H:%M})", Verb.PREFER, "within", later, ""),
            _MENU,
            _LEAVE,
        ],
    )


def hours(desk: Desk) -> Reply:
    """Take the hours as typed; the question stays open where they are not understood, or too narrow."""
    return _hours_typed(desk, squeeze(desk.incoming.text))


def _hours_typed(desk: Desk, text: str) -> Reply:
    wanted = read_hours(text, office.hours(desk.unit))
    if wanted is None:
        return sentence(
            "Chưa rõ giờ nhận tin. Xin gõ như: caidat giờ 8h-16h30, hoặc caidat giờ sau 9h.", desk.conversation
        )
    return _hear_within(desk, wanted)


def _within(desk: Desk, button: Button) -> Reply:
    opens = button.number(1) if button.word(1) else None
    closes = button.number(2) if button.word(2) else None
    return _hear_within(desk, Hearing(opens, closes))


def _hear_within(desk: Desk, wanted: Hearing) -> Reply:
    kept = preferences.hear_within(desk.unit, _viewer(desk), wanted, office.hours(desk.unit), desk.now)
    return _shown(desk, f"Từ nay nhận tin {kept.said}.")


def _brief_pressed(desk: Desk, button: Button) -> Reply:
    return _set_brief(desk, button.number(1), brief=button.word(2) == "on")


def _set_brief(desk: Desk, endpoint_id: int, *, brief: bool) -> Reply:
    preferences.in_brief(desk.unit, _viewer(desk), endpoint_id, brief=brief, now=desk.now)
    if brief:
        return _shown(desk, "Từ nay tin nhắc ở tài khoản này chỉ có mã, tên ngắn, hạn và đường dẫn.")
    return _shown(desk, "Từ nay tin nhắc ở tài khoản này đầy đủ trở lại.")


def _digest(desk: Desk, button: Button) -> Reply:
    """Ask how often the digest is wanted, or keep what was chosen."""
    viewer = _viewer(desk)
    if button.word(1) in set(Wanted):
        wanted = Wanted(button.word(1))
        digests.want(desk.unit, viewer, wanted, desk.now)
        return _shown(desk, f"Bản tin lãnh đạo: {wanted.label}.")
    now = account_views.digest_wanted(desk.unit, viewer.person_id)
    others = [choice(one.label.capitalize(), Verb.PREFER, "digest", one.value) for one in Wanted if one is not now]
    readers = [choice("Người cùng xem bản tin", Verb.READER, "list", viewer.person_id)] if viewer.leads else []
    return say("accounts/ask_digest", now=now.label, choices=[*others, *readers, _MENU, _LEAVE])


_ASKED: dict[str, Callable[[Desk, Button], Reply]] = {
    "menu": _show,
    "order": _ask_order,
    "first": _first,
    "hours": _ask_hours,
    "within": _within,
    "brief": _brief_pressed,
    "digest": _digest,
}
