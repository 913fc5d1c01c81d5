"""A coordinator gives a task that no agency leads to one: which one, one confirmation."""

from typing import Any

from actions import leading
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.reassigning import SHOWN, alike, named_by_choice
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.words import squeeze
from storage.views import AnyRow, awaiting, work

TO = "lead_to"
CONFIRM = "lead_confirm"

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)
_LIST = choice("Nhiệm vụ chưa có cơ quan nhận", Verb.OFFICE, "unknown", 0)
_NOBODY = 0
"""No agency's number: whoever stands in the directory may get the task."""


def start(desk: Desk, task_id: int) -> Reply:
    """Ask which agency gets the task."""
    return _ask(desk, task_id)


def _task(desk: Desk, task_id: int) -> AnyRow:
    coordinator(desk)
    for row in awaiting.without_agency(desk.unit):
        if row.task_id == task_id:
            return row
    raise ActRefused("Nhiệm vụ này đã có cơ quan nhận. Gõ tonghop để xem danh sách hiện có.")


def _ask(desk: Desk, task_id: int, near: list[AnyRow] | None = None) -> Reply:
    return say(
        "office/ask_lead_to",
        task=_task(desk, task_id),
        due_on=leading.first_due(desk.unit, task_id, desk.now),
        day=desk.day,
        step=TO,
        data={"task": task_id},
        choices=[*(choice(each.name, Verb.AGENCY, each.id) for each in near or ()), _LIST, _LEAVE],
    )


def named(desk: Desk) -> Reply:
    """Take an agency's typed name or code; offer those that are like it where it is not one alone."""
    found = alike(desk, squeeze(desk.incoming.text), _NOBODY)
    return _review(desk, found[0]) if len(found) == 1 else _ask(desk, desk.data["task"], found[:SHOWN])


def picked(desk: Desk, button: Button) -> Reply:
    """Take the agency that was chosen."""
    return _review(desk, named_by_choice(desk, button))


def _review(desk: Desk, agency: AnyRow) -> Reply:
    data: dict[str, Any] = {**desk.data, "agency": agency.id}
    return say(
        "office/confirm_lead",
        task=_task(desk, data["task"]),
        name=agency.name,
        due_on=leading.first_due(desk.unit, data["task"], desk.now),
        day=desk.day,
        step=CONFIRM,
        data=data,
        choices=[choice("Giao cơ quan này", Verb.YES, CONFIRM, data["task"]), _BACK, _LEAVE],
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Ask for the agency again."""
    return _ask(desk, desk.data["task"])


def given(desk: Desk, _button: Button) -> Reply:
    """Give the task, and say under which codes."""
    task = _task(desk, desk.data["task"])
    made = leading.give_first(desk.unit, coordinator(desk), task.task_id, desk.data["agency"], desk.now)
    works = work.by_ids(desk.unit, made, desk.day)
    left = [_LIST] if awaiting.without_agency(desk.unit) else []
    return say(
        "office/lead_given",
        task=task,
        made=[works[each] for each in made],
        choices=[
            *(choice(f"Mở {works[each].code}", Verb.OPEN, each) for each in made[:3]),
            *left,
            choice("Tổng hợp", Verb.DIGEST),
        ],
    )
