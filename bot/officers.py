"""Officers and heads of agencies: their lists, one task, taking it on, how far it is."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from actions import assignments
from actions.compose.parts import grouped
from bot import cards
from bot.desk import Desk, Reply, say, sentence
from domain.assignments import MOVES, Act, State
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.evidence import percent_in
from domain.lateness import counted
from domain.outgoing import Choice
from domain.people import Viewer
from domain.words import squeeze
from storage.views import coordination, standing, work
from storage.views.work import Work

_T = TypeVar("_T")

PAGE = 6

PROGRESS = "progress"


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
    """Show one page of a list: the viewer's own tasks, those they contribute to, what they are asked for."""
    return _LISTS.get(button.word(), _open)(desk, button.number(1))


def _open(desk: Desk, at: int) -> Reply:
    """Show the viewer's own open tasks: overdue first, then by date, then without date."""
    viewer = viewer_of(desk)
    works = work.of_agencies(desk.unit, viewer.own_agencies, desk.day)
    shown, at = _cut(works, at)
    stands = standing.of(desk.unit, works, desk.day)
    choices = [choice(f"{one.code} · {cards.when(one, stands[one.id])}", Verb.OPEN, one.id) for one in shown]
    unaccepted = sum(one.state is State.ASSIGNED for one in works)
    if unaccepted:
        choices.append(choice(f"Đã nhận tất cả ({unaccepted} việc)", Verb.ACCEPT_ALL, 0))
    return say(
        "work/list",
        agencies=_agencies(viewer),
        works=shown,
        first=at * PAGE,
        total=len(works),
        stands=stands,
        apart=counted(stands.values()),
        originals=standing.original_dates(desk.unit, shown),
        page=at + 1,
        pages=_pages(len(works)),
        day=desk.day,
        many=len(viewer.own_agencies) > 1,
        standing_in=viewer.standing_in,
        choices=[*choices, *_turns("open", at, len(works)), *_beside(desk, viewer)],
    )


def _agencies(viewer: Viewer) -> list[str]:
    return list(dict.fromkeys(seat.agency for seat in viewer.seats if seat.agency_id in viewer.own_agencies))


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _cut(rows: Sequence[_T], at: int) -> tuple[Sequence[_T], int]:
    """Return the rows of a page and its number, the last one where there are not so many."""
    at = min(at, _pages(len(rows)) - 1)
    return rows[at * PAGE : (at + 1) * PAGE], at


def _turns(name: str, at: int, total: int) -> list[Choice]:
    later = [choice("Trang sau", Verb.LIST, name, at + 1)] if at + 1 < _pages(total) else []
    return [*later, choice("Trang trước", Verb.LIST, name, at - 1)] if at else later


def _beside(desk: Desk, viewer: Viewer) -> list[Choice]:
    """Return the ways to the other lists, where there is something on them."""
    tasks = len({one.task_id for one in work.coordinated(desk.unit, viewer.own_agencies, desk.day)})
    asked = len(coordination.open_to(desk.unit, viewer.own_agencies, desk.day))
    ways = [choice(f"Đề nghị cung cấp ({asked})", Verb.LIST, "asked", 0)] if asked else []
    return [*ways, choice(f"Việc phối hợp ({tasks})", Verb.LIST, "with", 0)] if tasks else ways


_OWN = choice("Danh sách việc", Verb.LIST, "open", 0)


def _with(desk: Desk, at: int) -> Reply:
    """Show the tasks that others lead and the viewer's agencies contribute to, one line a task."""
    viewer = viewer_of(desk)
    groups = grouped(work.coordinated(desk.unit, viewer.own_agencies, desk.day))
    shown, at = _cut(groups, at)
    firsts = [group.works[0] for group in shown]
    choices = [choice(f"{one.code} · {cards.when(one)}", Verb.OPEN, one.id) for one in firsts]
    return say(
        "work/coordinated",
        agencies=_agencies(viewer),
        groups=shown,
        first=at * PAGE,
        total=len({group.works[0].task_id for group in groups}),
        page=at + 1,
        pages=_pages(len(groups)),
        day=desk.day,
        choices=[*choices, *_turns("with", at, len(groups)), _OWN],
    )


def _asked(desk: Desk, at: int) -> Reply:
    """Show what other agencies ask of the viewer's and still wait for."""
    viewer = viewer_of(desk)
    rows = coordination.open_to(desk.unit, viewer.own_agencies, desk.day)
    shown, at = _cut(rows, at)
    choices = [choice(f"{one.lead} · hạn {one.due_on:%d/%m}", Verb.REQUEST, one.id) for one in shown]
    return say(
        "work/asked",
        agencies=_agencies(viewer),
        asked=shown,
        first=at * PAGE,
        total=len(rows),
        day=desk.day,
        choices=[*choices, *_turns("asked", at, len(rows)), _OWN],
    )


_LISTS: dict[str, Callable[[Desk, int], Reply]] = {"open": _open, "with": _with, "asked": _asked}


def card(desk: Desk, assignment_id: int) -> Reply:
    """Open one of the viewer's own tasks, or one to which the viewer's agency contributes; opening changes nothing."""
    viewer = viewer_of(desk)
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is not None and found.agency_id not in viewer.own_agencies:
        if found.id not in {one.id for one in work.coordinated(desk.unit, viewer.own_agencies, desk.day)}:
            raise NotFound()
        return cards.show(desk, found, [choice("Việc phối hợp", Verb.LIST, "with", 0), _OWN])
    one = own(desk, assignment_id)
    return cards.show(desk, one, acts(desk, one))


_OFFERED: Sequence[tuple[Act, str, Verb]] = (
    (Act.REPORT, "Báo xong", Verb.DONE),
    (Act.ACCEPT, "Đã nhận việc", Verb.ACCEPT),
    (Act.PROGRESS, "Báo tiến độ", Verb.PROGRESS),
    (Act.OBSTRUCT, "Báo vướng mắc", Verb.OBSTACLE),
    (Act.ASK_EXTENSION, "Xin gia hạn", Verb.EXTEND),
    (Act.DISOWN, "Không thuộc đơn vị", Verb.NOT_OURS),
    (Act.WITHDRAW, "Rút đề nghị", Verb.WITHDRAW),
)


def acts(desk: Desk, one: Work) -> list[Choice]:
    """Return what an officer may do with a task of the agency's own."""
    allowed = [
        choice(label, verb, one.id)
        for act, label, verb in _OFFERED
        if (one.state, act) in MOVES and (act is not Act.ASK_EXTENSION or one.due_on is not None)
    ]
    if not one.state.is_done_by_agency and coordination.partners(desk.unit, one.task_id, one.agency_id):
        allowed.append(choice("Đề nghị cơ quan phối hợp", Verb.ASK, one.id))
    asked = [
        choice(f"Đề nghị gửi {each.agency}", Verb.REQUEST, each.id)
        for each in coordination.of_assignment(desk.unit, one.id, desk.day)
        if each.is_open
    ]
    return [*allowed, *asked[:3], _OWN]


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
    return acts(desk, work.by_ids(desk.unit, [one.id], desk.day)[one.id])


def ask_progress(desk: Desk, button: Button) -> Reply:
    """Ask how far the work is."""
    one = own(desk, button.number())
    data: dict[str, Any] = {"id": one.id}
    choices = [choice(f"Quay lại {one.code}", Verb.OPEN, one.id), choice("Huỷ", Verb.CANCEL)]
    return say("work/ask_progress", work=one, step=PROGRESS, data=data, choices=choices)


def progress(desk: Desk) -> Reply:
    """Take the officer's words on how far the work is."""
    text = squeeze(desk.incoming.text)
    one = own(desk, desk.data["id"])
    if not text:
        return sentence("Xin gõ một câu về tiến độ, có thể kèm phần trăm.", desk.conversation)
    percent = percent_in(text)
    assignments.progress(desk.unit, viewer_of(desk), one.id, text[:2000], percent, desk.now)
    return say("work/progress_kept", work=one, percent=percent, text=text, choices=_after(desk, one))
