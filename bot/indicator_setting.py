"""What is to be reached, set by a coordinator in chat: an indicator of the office's own, figures found in tasks."""

import re
from typing import Any

from actions import indicators as actions
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.indicators import Goal, read_goal, year_in
from domain.words import squeeze
from storage.views import indicators as views
from storage.views.indicator_rows import Standing

GOAL = "indicator_goal"
AGENCIES = "indicator_agencies"
CONFIRM = "indicator_add"

PAGE = 5
_LONGEST = 600
_NAMED = 6
_CODE = re.compile(r"(?:nv|ct|pakn)\W*\d+", re.IGNORECASE)

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice asks. Raises NotFound for whoever does not coordinate."""
    coordinator(desk)
    if button.word() == "add":
        return _ask_goal(desk)
    if button.word() in {"take", "drop"}:
        return _decide(desk, button)
    return _look(desk, button) if button.word() == "look" else _list(desk, button)


def _ask_goal(desk: Desk) -> Reply:
    leave = choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", desk.day.year, 0)
    return say("indicators/ask_goal", year=desk.day.year, step=GOAL, data={}, choices=[leave, _LEAVE])


def goal(desk: Desk) -> Reply:
    """Take the goal in words and ask who owes values of it."""
    coordinator(desk)
    text = squeeze(desk.incoming.text)[:_LONGEST]
    if _CODE.fullmatch(text):
        raise ActRefused(
            f"{text.upper()} là một mã, chưa phải chỉ tiêu. Xin ghi nội dung với đúng một con số cần đạt, "
            "ví dụ: Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 50%."
        )
    found = read_goal(text)
    actions.content_of(found)
    data = {"goal": text, "year": year_in(text) or desk.day.year}
    return _ask_agencies(desk, found, data)


def _ask_agencies(_desk: Desk, found: Goal, data: dict[str, Any]) -> Reply:
    offered = [choice("Tính chung, không chia cơ quan", Verb.SKIP), _BACK, _LEAVE]
    return say("indicators/ask_agencies", goal=found, year=data["year"], step=AGENCIES, data=data, choices=offered)


def agencies(desk: Desk) -> Reply:
    """Take the agencies that were typed and show what would be set."""
    return _review(desk, actions.agencies_named(desk.unit, squeeze(desk.incoming.text), None, desk.now))


def together(desk: Desk, _button: Button) -> Reply:
    """Let the office alone keep the figure."""
    return _review(desk, [])


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    if desk.conversation.step == CONFIRM:
        return _ask_agencies(desk, read_goal(desk.data["goal"]), desk.data)
    return _ask_goal(desk)


def _review(desk: Desk, ids: list[int]) -> Reply:
    coordinator(desk)
    names = views.names(desk.unit, ids)
    return say(
        "indicators/confirm_add",
        goal=read_goal(desk.data["goal"]),
        year=desk.data["year"],
        names=names[:_NAMED],
        count=len(names),
        step=CONFIRM,
        data={**desk.data, "agencies": ids},
        choices=[choice("Thêm chỉ tiêu", Verb.YES, CONFIRM), _BACK, _LEAVE],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Set the indicator."""
    data, found = desk.data, read_goal(desk.data["goal"])
    made = actions.add(desk.unit, coordinator(desk), found, data["year"], data["agencies"], desk.now)
    choices = [
        choice(f"Mở CT-{made}", Verb.INDICATOR, "open", made, 0),
        choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", data["year"], 0),
    ]
    return say("indicators/added", code=f"CT-{made}", goal=found, year=data["year"], choices=choices)


def _list(desk: Desk, button: Button) -> Reply:
    """Show the figures that were found in tasks' words and wait for a decision."""
    found, at = views.suggested(desk.unit), button.number(1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    openings = [choice(f"{one.code} · {one.goal.said}", Verb.TARGET, "look", one.id, listed=True) for one in shown]
    turns = [choice("Trang sau", Verb.TARGET, "list", at + 1)] if (at + 1) * PAGE < len(found) else []
    leave = choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", desk.day.year, 0)
    return say("indicators/suggested", found=shown, total=len(found), choices=[*openings, *turns, leave])


def _suggested(desk: Desk, indicator_id: int) -> Standing:
    for one in views.suggested(desk.unit):
        if one.id == indicator_id:
            return one
    raise NotFound("đề xuất này")


def _look(desk: Desk, button: Button) -> Reply:
    one = _suggested(desk, button.number(1))
    return say(
        "indicators/suggestion",
        one=one,
        names=[each.agency for each in one.agencies][:_NAMED],
        choices=[
            choice(f"Nhận {one.goal.said} làm chỉ tiêu", Verb.TARGET, "take", one.id),
            choice("Bỏ, không theo dõi số này", Verb.TARGET, "drop", one.id),
            choice("Quay lại", Verb.TARGET, "list", 0),
        ],
    )


def _decide(desk: Desk, button: Button) -> Reply:
    taken = button.word() == "take"
    one = _suggested(desk, button.number(1))
    actions.decide(desk.unit, coordinator(desk), one.id, taken=taken, now=desk.now)
    left = len(views.suggested(desk.unit))
    more = [choice(f"Còn {left} số chờ quyết định", Verb.TARGET, "list", 0)] if left else []
    leave = choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", one.year, 0)
    return say("indicators/decided", one=one, taken=taken, choices=[*more, leave])
