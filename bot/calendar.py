"""The work calendar in the coordinator's chat: what is to come, a day added or taken out, a year confirmed.

One question a message; before anything is written its effect is shown.
"""

from datetime import date
from typing import Any

from actions import calendar as calendar_actions
from actions import pages
from actions.calendar import Changed, Propose
from bot import plans
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.calendar_changes import check_day, checked, kinds_for, known, read_day, read_source
from domain.errors import ActRefused, Stale
from domain.outgoing import Choice
from domain.words import squeeze
from domain.workdays import DayKind
from storage.views import calendar as calendar_views
from storage.views import office

DAY = "calendar_day"
KIND = "calendar_kind"
PAIR = "calendar_pair"
SOURCE = "calendar_source"
CONFIRM = "calendar_confirm"

SHOWN = 8

ADD, REMOVE, YEAR = "add", "remove", "confirm"

_BACK = choice("Quay lại", Verb.BACK)
_LEAVE = choice("Huỷ", Verb.CANCEL)
_LABELS = {
    DayKind.HOLIDAY: "Nghỉ lễ, tết",
    DayKind.BRIDGE_OFF: "Nghỉ bù cho ngày lễ trùng cuối tuần",
    DayKind.SWAPPED_OFF: "Nghỉ hoán đổi, có ngày làm bù",
    DayKind.MAKEUP_WORK: "Làm bù",
}
_SWAPS = frozenset({DayKind.SWAPPED_OFF, DayKind.MAKEUP_WORK})


def listing(desk: Desk, _text: str = "") -> Reply:
    """Answer /lich."""
    return _show(desk)


def _show(desk: Desk, note: str = "") -> Reply:
    plans.coordinator(desk)
    found = calendar_views.of_year(desk.unit, desk.day.year)
    coming = calendar_views.coming(found.calendar, desk.day)
    years = [(year, calendar_views.is_confirmed(desk.unit, year)) for year in (desk.day.year, desk.day.year + 1)]
    choices = [
        choice("Thêm ngày", Verb.CALENDAR, ADD),
        *([choice("Gỡ ngày", Verb.CALENDAR, REMOVE)] if coming else []),
        *(choice(f"Xác nhận năm {year}", Verb.CALENDAR, YEAR, year) for year, confirmed in years if not confirmed),
        choice("Mở trên trang web", Verb.CALENDAR, "page"),
    ]
    return say(
        "calendar/overview", found=found, coming=coming[:SHOWN], more=coming[SHOWN:], years=years, note=note,
        choices=choices,
    )  # fmt: skip


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice of the calendar asks."""
    plans.coordinator(desk)
    match button.word():
        case "add":
            return _ask_day(desk, ADD)
        case "remove" if button.word(1):
            return _day_given(desk, {"act": REMOVE}, _iso(button.word(1)))
        case "remove":
            return _ask_day(desk, REMOVE)
        case "kind" if desk.conversation.step == KIND:
            return _kind_given(desk, button.word(1))
        case "confirm":
            return _ask_source({"act": YEAR, "year": button.number(1)})
        case "page":
            return _link(desk)
        case _:
            return _show(desk)


def _ask_day(desk: Desk, act: str) -> Reply:
    calendar = office.calendar(desk.unit)
    coming = calendar_views.coming(calendar, desk.day)[:SHOWN] if act == REMOVE else []
    offered = [
        choice(f"{one.day:%d/%m/%Y} {one.kind.label}", Verb.CALENDAR, REMOVE, one.day.isoformat()) for one in coming
    ]
    return say(
        "calendar/ask_day", removing=act == REMOVE, step=DAY, data={"act": act}, choices=[*offered, _BACK, _LEAVE]
    )


def day(desk: Desk) -> Reply:
    """Take the typed day."""
    plans.coordinator(desk)
    return _day_given(desk, desk.data, read_day(squeeze(desk.incoming.text), desk.day))


def _day_given(desk: Desk, data: dict[str, Any], on: date) -> Reply:
    calendar = office.calendar(desk.unit)
    data = {**data, "day": on.isoformat()}
    if data["act"] == REMOVE:
        known(calendar, on)
        return _ask_source(data)
    check_day(calendar, on, desk.day)
    return _ask_kind(data)


def _ask_kind(data: dict[str, Any]) -> Reply:
    on = date.fromisoformat(data["day"])
    offered = [choice(_LABELS[kind], Verb.CALENDAR, "kind", kind.value) for kind in kinds_for(on)]
    return say("calendar/ask_kind", on=on, step=KIND, data=data, choices=[*offered, _BACK, _LEAVE])


def kind(desk: Desk) -> Reply:
    """Ask again where the kind was typed in words that are none of the choices."""
    plans.coordinator(desk)
    return sentence("Xin chọn một trong các loại ngày ở trên.", desk.conversation)


def _kind_given(desk: Desk, word: str) -> Reply:
    if word not in {one.value for one in kinds_for(date.fromisoformat(desk.data["day"]))}:
        return kind(desk)
    data = {**desk.data, "kind": word, "pair": None}
    return _ask_pair(data) if DayKind(word) in _SWAPS else _ask_source(data)


def _ask_pair(data: dict[str, Any]) -> Reply:
    made_up = data["kind"] == DayKind.MAKEUP_WORK
    skip = [choice("Bỏ qua, chỉ ghi ngày làm bù", Verb.SKIP)] if made_up else []
    on = date.fromisoformat(data["day"])
    return say("calendar/ask_pair", on=on, made_up=made_up, step=PAIR, data=data, choices=[*skip, _BACK, _LEAVE])


def pair(desk: Desk) -> Reply:
    """Take the other day of a swap."""
    plans.coordinator(desk)
    other = read_day(squeeze(desk.incoming.text), desk.day)
    on = date.fromisoformat(desk.data["day"])
    checked(office.calendar(desk.unit), on, DayKind(desk.data["kind"]), desk.day, other)
    return _ask_source({**desk.data, "pair": other.isoformat()})


def skip_pair(desk: Desk, _button: Button) -> Reply:
    """Enter a day of make-up work alone."""
    return _ask_source(desk.data)


def _ask_source(data: dict[str, Any]) -> Reply:
    on = date.fromisoformat(data["day"]) if "day" in data else None
    values = {"on": on, "act": data["act"], "year": data.get("year", 0)}
    return say("calendar/ask_source", **values, step=SOURCE, data=data, choices=[_BACK, _LEAVE])


def source(desk: Desk) -> Reply:
    """Take the document, and show what would happen."""
    plans.coordinator(desk)
    return _preview(desk, {**desk.data, "source": read_source(desk.incoming.text)})


def _preview(desk: Desk, data: dict[str, Any], note: str = "") -> Reply:
    viewer = plans.coordinator(desk)
    found = calendar_actions.preview(desk.unit, _propose(desk, data), desk.now, viewer)
    data = {**data, "version": found.version}
    agree = choice(_AGREE[data["act"]], Verb.YES, CONFIRM)
    return _effect(found, note=note, step=CONFIRM, data=data, choices=[agree, _BACK, _LEAVE])


_AGREE = {ADD: "Ghi vào lịch", REMOVE: "Gỡ khỏi lịch", YEAR: "Xác nhận năm này"}


def _effect(found: Changed, *, note: str, step: str, data: dict[str, Any], choices: list[Choice]) -> Reply:
    values = calendar_actions.values_of(found)
    return say("calendar/effect", **values, done=not step, note=note, step=step, data=data, choices=choices)


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Write what was shown; where the calendar has changed meanwhile, show it anew."""
    viewer = plans.coordinator(desk)
    propose = _propose(desk, desk.data)
    try:
        done = calendar_actions.change(desk.unit, propose, desk.now, viewer, shown=desk.data["version"])
    except Stale:
        return _preview(desk, desk.data, "Lịch vừa được người khác sửa; đây là ảnh hưởng tính lại.")
    return _effect(done, note="", step="", data={}, choices=[choice("Lịch làm việc", Verb.CALENDAR, "show")])


def _propose(desk: Desk, data: dict[str, Any]) -> Propose:
    if data["act"] == YEAR:
        return calendar_actions.confirming(data["year"], data["source"])
    on = date.fromisoformat(data["day"])
    if data["act"] == REMOVE:
        return calendar_actions.removing(on, data["source"])
    other = date.fromisoformat(data["pair"]) if data["pair"] else None
    return calendar_actions.adding(on, DayKind(data["kind"]), data["source"], desk.now, other)


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    plans.coordinator(desk)
    data, step = desk.data, desk.conversation.step
    if step == CONFIRM:
        return _ask_source(data)
    if step == SOURCE and data["act"] == REMOVE:
        return _ask_day(desk, REMOVE)
    if step == SOURCE and data["act"] == ADD:
        return _ask_pair(data) if DayKind(data["kind"]) in _SWAPS else _ask_kind(data)
    if step == PAIR:
        return _ask_kind(data)
    return _ask_day(desk, ADD) if step == KIND else _show(desk)


def _link(desk: Desk) -> Reply:
    """Give a link to the calendar's web page: for this person, once, for a quarter of an hour."""
    address = plans.address(desk)
    if not address:
        return sentence(plans.NO_ADDRESS)
    token = pages.link(desk.unit, plans.coordinator(desk), None, desk.now)
    values: dict[str, Any] = {"url": f"{address}/office/enter/{token}", "here": plans.is_here(address)}
    return say("calendar/link", choices=[choice("Quay lại lịch", Verb.CALENDAR, "show")], **values)


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ActRefused("Ngày này không còn trong lịch. Gõ lich để xem lịch hiện tại.") from None
