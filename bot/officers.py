"""Officers and heads of agencies: their list, one task, what they say about it."""

from collections.abc import Sequence
from typing import Any

from actions import assignments
from bot import cards
from bot.desk import Desk, Reply, say, sentence
from domain.assignments import MOVES, Act, State
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.evidence import percent_in
from domain.outgoing import Choice
from domain.people import Viewer
from domain.words import squeeze
from storage.views import work
from storage.views.work import Work

PAGE = 6

PROGRESS = "progress"
OBSTACLE = "obstacle"


def viewer_of(desk: Desk) -> Viewer:
    """Return who asks. Raises NotFound for one without an agency's seat."""
    if desk.viewer is None or not desk.viewer.own_agencies:
        raise NotFound()
    return desk.viewer


def own(desk: Desk, assignment_id: int) -> Work:
    """Return one of the viewer's own assignments. Raises NotFound for any other."""
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is None or found.agency_id not in viewer_of(desk).own_agencies:
        raise NotFound()
    return found


def listing(desk: Desk) -> Reply:
    """Show the first page."""
    return page(desk, Button(Verb.LIST, ("open", "0")))


def page(desk: Desk, button: Button) -> Reply:
    """Show one page of the viewer's own open tasks: overdue first, then by date, then without date."""
    viewer = viewer_of(desk)
    works = work.of_agencies(desk.unit, viewer.own_agencies, desk.day)
    pages = max(1, -(-len(works) // PAGE))
    at = min(button.number(1), pages - 1)
    shown = works[at * PAGE : (at + 1) * PAGE]
    choices = [choice(f"{one.code} · {_when(one)}", Verb.OPEN, one.id) for one in shown]
    unaccepted = sum(one.state is State.ASSIGNED for one in works)
    if unaccepted:
        choices.append(choice(f"Đã nhận tất cả ({unaccepted} việc)", Verb.ACCEPT_ALL, 0))
    if at + 1 < pages:
        choices.append(choice("Trang sau", Verb.LIST, "open", at + 1))
    if at:
        choices.append(choice("Trang trước", Verb.LIST, "open", at - 1))
    return say(
        "work/list",
        agencies=list(dict.fromkeys(seat.agency for seat in viewer.seats if seat.agency_id in viewer.own_agencies)),
        works=shown,
        first=at * PAGE,
        total=len(works),
        late=sum(one.is_late for one in works),
        page=at + 1,
        pages=pages,
        day=desk.day,
        many=len(viewer.own_agencies) > 1,
        choices=choices,
    )


def _when(one: Work) -> str:
    if one.state.is_done_by_agency:
        return "đã báo cáo"
    if one.is_late:
        return f"quá hạn {one.standing.late_days} ngày"
    return f"hạn {one.due_on:%d/%m}" if one.due_on else "không có hạn"


def card(desk: Desk, assignment_id: int) -> Reply:
    """Open one of the viewer's own tasks; opening changes nothing."""
    return _card(desk, own(desk, assignment_id))


def _card(desk: Desk, one: Work) -> Reply:
    return cards.show(desk, one, _acts(one))


_OFFERED: Sequence[tuple[Act, str, Verb]] = (
    (Act.REPORT, "Báo xong", Verb.DONE),
    (Act.ACCEPT, "Đã nhận việc", Verb.ACCEPT),
    (Act.PROGRESS, "Báo tiến độ", Verb.PROGRESS),
    (Act.OBSTRUCT, "Báo vướng mắc", Verb.OBSTACLE),
)


def _acts(one: Work) -> list[Choice]:
    allowed = [choice(label, verb, one.id) for act, label, verb in _OFFERED if (one.state, act) in MOVES]
    return [*allowed, choice("Danh sách việc", Verb.LIST, "open", 0)]


def accept(desk: Desk, button: Button) -> Reply:
    """Take one task on."""
    one = own(desk, button.number())
    assignments.accept(desk.unit, viewer_of(desk), one.id, desk.now)
    return say("work/accepted", works=[one], choices=_after(desk, one))


def accept_all(desk: Desk, button: Button) -> Reply:
    """Take on the viewer's tasks that wait for it: those that one message told, or ("0") all of them."""
    viewer = viewer_of(desk)
    told = None if button.word() == "0" else work.told_in(desk.unit, button.number())
    waiting = [
        one
        for one in work.of_agencies(desk.unit, viewer.own_agencies, desk.day)
        if one.state is State.ASSIGNED and (told is None or one.id in told)
    ]
    assignments.accept_all(desk.unit, viewer, [one.id for one in waiting], desk.now)
    return say("work/accepted", works=waiting, choices=[choice("Danh sách việc", Verb.LIST, "open", 0)])


def _after(desk: Desk, one: Work) -> list[Choice]:
    now = work.by_ids(desk.unit, [one.id], desk.day)[one.id]
    return _acts(now)


def ask_progress(desk: Desk, button: Button) -> Reply:
    """Ask how far the work is."""
    return _ask(desk, button, "work/ask_progress", PROGRESS)


def ask_obstacle(desk: Desk, button: Button) -> Reply:
    """Ask what is in the way."""
    return _ask(desk, button, "work/ask_obstacle", OBSTACLE)


def _ask(desk: Desk, button: Button, template: str, step: str) -> Reply:
    one = own(desk, button.number())
    data: dict[str, Any] = {"id": one.id}
    return say(template, work=one, step=step, data=data, choices=[_back(one), choice("Huỷ", Verb.CANCEL)])


def _back(one: Work) -> Choice:
    return choice(f"Quay lại {one.code}", Verb.OPEN, one.id)


def progress(desk: Desk) -> Reply:
    """Take the officer's words on how far the work is."""
    text = squeeze(desk.incoming.text)
    one = own(desk, desk.data["id"])
    if not text:
        return sentence("Xin gõ một câu về tiến độ, có thể kèm phần trăm.", desk.conversation)
    percent = percent_in(text)
    assignments.progress(desk.unit, viewer_of(desk), one.id, text[:2000], percent, desk.now)
    return say("work/progress_kept", work=one, percent=percent, text=text, choices=_after(desk, one))


def obstacle(desk: Desk) -> Reply:
    """Take the officer's words on what is in the way."""
    text = squeeze(desk.incoming.text)
    one = own(desk, desk.data["id"])
    if len(text) < 5:
        return sentence("Xin ghi rõ vướng mắc (từ 5 ký tự) để Văn phòng nắm và trả lời.", desk.conversation)
    assignments.obstruct(desk.unit, viewer_of(desk), one.id, text[:2000], desk.now)
    return say("work/obstacle_kept", work=one, text=text, choices=_after(desk, one))
