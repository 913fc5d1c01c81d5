"""The end of giving a task by chat: the whole shown once, and given out on one confirmation."""

from datetime import date
from typing import Any

from actions import adhoc
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.deadlines import from_json, last_day
from domain.deadlines import say as say_deadline
from domain.people import Role
from domain.rows import given_by_mouth
from storage.views import audiences, office, work

CONFIRM = "give_confirm"

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def _order(data: dict[str, Any]) -> adhoc.Order:
    basis = data["basis"]
    return adhoc.Order(
        content=data["content"],
        lead=tuple(dict.fromkeys(one for _, ids in data["lead"] for one in ids)),
        coordinating=tuple(data["with"]),
        said=tuple(said for said, _ in data["lead"]),
        deadline_raw=data["raw"],
        deadline=data["deadline"],
        kind=basis["kind"],
        number=basis["number"],
        on=date.fromisoformat(basis["on"]) if basis["on"] else None,
        by=basis["by"] or "",
    )


def preview(desk: Desk, data: dict[str, Any]) -> Reply:
    """Show once what would be given: what, to whom, by when, on what it rests, who is told."""
    order = _order(data)
    deadline = from_json(order.deadline)
    due_on, days = last_day(deadline), office.calendar(desk.unit)
    places = audiences.of_agencies(desk.unit, order.lead, [Role.OFFICER], desk.day)
    helping = audiences.of_agencies(desk.unit, order.coordinating, [Role.OFFICER], desk.day)
    mouth = given_by_mouth(desk.day, adhoc.giver(desk.unit, coordinator(desk), order))
    basis = f"{order.kind or 'Văn bản'} số {order.number} ngày {order.on:%d/%m/%Y}" if order.number else mouth
    return say(
        "office/give_confirm",
        content=order.content,
        said=order.said,
        places=places,
        helping=[one.name for one in helping],
        raw=order.deadline_raw,
        due_on=due_on,
        target=days.on_or_before(due_on) if due_on else None,
        understood=say_deadline(deadline),
        basis=basis,
        people=len({one for place in places for one in place.reached}),
        silent=[one.name for one in places if not one.reached],
        day=desk.day,
        step=CONFIRM,
        data=data,
        choices=[
            choice("Giao việc này", Verb.YES, CONFIRM),
            choice("Sửa cơ quan", Verb.GIVE, "who"),
            choice("Sửa nội dung", Verb.GIVE, "what"),
            choice("Sửa hạn", Verb.GIVE, "when"),
            choice("Sửa văn bản" if order.number else "Ghi văn bản làm căn cứ", Verb.GIVE, "basis"),
            _BACK,
            _LEAVE,
        ],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Give the task out, and say under which codes."""
    given = adhoc.give(desk.unit, coordinator(desk), _order(dict(desk.data)), desk.now)
    works = work.by_ids(desk.unit, given.assignments, desk.day)
    made = [works[one] for one in given.assignments]
    return say(
        "office/given",
        works=made,
        day=desk.day,
        choices=[
            *(choice(f"Mở {one.code}", Verb.OPEN, one.id) for one in made[:3]),
            choice("Giao việc mới", Verb.GIVE, "new"),
            choice("Tổng hợp", Verb.DIGEST),
        ],
    )
