"""Officers and heads of agencies: their lists, one task, taking it on, how far it is."""

from collections.abc import Sequence
from typing import Any

from actions import assignments
from bot import cards
from bot.desk import Desk, Reply, say, sentence
from domain.assignments import MOVES, Act, State
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.evidence import percent_in
from domain.outgoing import Choice
from domain.people import Viewer
from domain.words import squeeze
from storage.views import coordination, details, work, worklists
from storage.views.work import Work

PROGRESS = "progress"


OWN_LIST = choice("Danh sách việc", Verb.LIST, "open", 0)


def joined(desk: Desk) -> None:
    """Raise ActRefused, with the way in, for a stranger who types a command of officers."""
    if desk.viewer is None:
        raise ActRefused(
            "Lệnh này dành cho cán bộ đã tham gia. "
            "Xin gõ mã tham gia do Văn phòng cấp, hoặc gõ trogiup để được hướng dẫn."
        )


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


def card(desk: Desk, assignment_id: int) -> Reply:
    """Open one of the viewer's own tasks, or one to which the viewer's agency contributes; opening changes nothing."""
    viewer = viewer_of(desk)
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is not None and found.agency_id not in viewer.own_agencies:
        if found.id not in {one.id for one in worklists.coordinated(desk.unit, viewer.own_agencies, desk.day)}:
            raise NotFound()
        return cards.show(desk, found, [choice("Việc phối hợp", Verb.LIST, "with", 0), OWN_LIST])
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
    return [*allowed, *asked[:3], OWN_LIST]


def accept(desk: Desk, button: Button) -> Reply:
    """Take one task on."""
    one = own(desk, button.number())
    assignments.accept(desk.unit, viewer_of(desk), one.id, desk.now)
    return say("work/accepted", works=[one], choices=_after(desk, one))


def accept_all(desk: Desk, button: Button) -> Reply:
    """Take on the viewer's tasks that wait for it: those that one message told, or ("0") all of them."""
    viewer = viewer_of(desk)
    told = None if button.word() == "0" else details.told_in(desk.unit, button.number())
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
