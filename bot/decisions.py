"""What waits for the coordinating office's word: reports, obstacles, objections, missing dates."""

from typing import Any

from actions import assignments, dates, objections
from bot import cards
from bot.desk import Desk, Reply, say, sentence
from bot.office import coordinator, viewer_of
from domain.assignments import MOVES, Act, State
from domain.buttons import Button, Verb, choice
from domain.duties import KINDS_WITHOUT_DATE
from domain.errors import NotFound
from domain.outgoing import Choice
from domain.urging import why_not
from domain.words import squeeze
from storage.views import details, extensions, standing, work, worklists
from storage.views.work import Work

RETURN = "return"
DATE = "date"
ANSWER = "answer"
KEEP = "keep"

_OVERVIEW = choice("Tổng hợp", Verb.DIGEST)

_OFFERED: tuple[tuple[Act, str, Verb], ...] = (
    (Act.CONFIRM, "Xác nhận hoàn thành", Verb.CONFIRM),
    (Act.RETURN, "Trả lại báo cáo", Verb.RETURN),
    (Act.ANSWER, "Trả lời vướng mắc", Verb.ANSWER),
    (Act.KEEP, "Giữ nguyên cơ quan", Verb.KEEP),
    (Act.REASSIGN, "Giao cơ quan khác", Verb.REASSIGN),
)


def card(desk: Desk, assignment_id: int) -> Reply:
    """Open any assignment, for the office and for leaders; what waits for a word can be decided."""
    viewer = viewer_of(desk)
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is None:
        raise NotFound()
    return cards.show(desk, found, [*(_acts(desk, found) if viewer.coordinates else ()), _OVERVIEW])


def _acts(desk: Desk, one: Work) -> list[Choice]:
    found = [choice(label, verb, one.id) for act, label, verb in _OFFERED if (one.state, act) in MOVES]
    asked = extensions.pending_of(desk.unit, one.id) if one.state is State.EXTENSION_REQUESTED else None
    if asked is not None:
        found.append(choice("Trả lời đề nghị gia hạn", Verb.EXTENSION, asked.id))
    found += _presses(desk, one)
    if one.deadline["kind"] in KINDS_WITHOUT_DATE:
        label, verb = ("Đặt hạn", Verb.DATE) if one.due_on is None else ("Mở thêm một đợt", Verb.ROUND)
        found.append(choice(label, verb, one.id))
    if not one.state.is_final:
        found += [choice("Thêm cơ quan", Verb.ADD_AGENCY, one.id), choice("Huỷ việc này", Verb.CALL_OFF, one.id)]
    return found


def _presses(desk: Desk, one: Work) -> list[Choice]:
    """Return how the office may press for a task, pass its obstacle on, and look at all agencies that have it."""
    found = []
    how = standing.of(desk.unit, [one], desk.day)[one.id]
    if one.is_late and why_not(one, how, desk.day) is None:
        found.append(choice("Đôn đốc", Verb.URGE, "one", one.id))
    if one.state is State.OBSTACLE:
        found.append(choice("Chuyển nơi khác xử lý", Verb.FORWARD, one.id))
    *_, total = details.group_progress(desk.unit, one)
    if total > 1 and one.state is not State.CANCELLED:
        found.append(choice(f"Cả nhiệm vụ ({total} đơn vị)", Verb.OFFICE, "task", 0, one.id))
    return found


def waiting(desk: Desk, assignment_id: int) -> Work:
    """Return any assignment for a coordinator. Raises NotFound for others."""
    coordinator(desk)
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is None:
        raise NotFound()
    return found


def confirm(desk: Desk, button: Button) -> Reply:
    """Accept a report."""
    one = waiting(desk, button.number())
    assignments.confirm(desk.unit, coordinator(desk), one.id, desk.now)
    return say("office/confirmed", work=one, choices=_next_report(desk))


def _next_report(desk: Desk) -> list[Choice]:
    left = len(worklists.in_state(desk.unit, [State.REPORTED], desk.day))
    more = [choice(f"Báo cáo chờ xác nhận ({left})", Verb.OFFICE, "reports", 0)] if left else []
    return [*more, _OVERVIEW]


def ask_return(desk: Desk, button: Button) -> Reply:
    """Ask why a report is returned."""
    return _ask(desk, button, Act.RETURN, "office/ask_return", RETURN)


def ask_answer(desk: Desk, button: Button) -> Reply:
    """Ask how an obstacle is to be overcome."""
    return _ask(desk, button, Act.ANSWER, "office/ask_answer", ANSWER)


def ask_keep(desk: Desk, button: Button) -> Reply:
    """Ask why a task stays with its agency."""
    return _ask(desk, button, Act.KEEP, "office/ask_keep", KEEP)


def _ask(desk: Desk, button: Button, act: Act, template: str, step: str) -> Reply:
    """Ask for the words of an act; where it is not open any more, show how the task stands."""
    one = waiting(desk, button.number())
    if (one.state, act) not in MOVES:
        return card(desk, one.id)
    said = [each.text for each in details.history(desk.unit, one.id) if each.kind in {"obstacle", "not_ours"}]
    data: dict[str, Any] = {"id": one.id, "version": one.version}
    choices = [choice(f"Quay lại {one.code}", Verb.OPEN, one.id), choice("Huỷ", Verb.CANCEL)]
    return say(template, work=one, reason=said[-1] if said else "", step=step, data=data, choices=choices)


def give_back(desk: Desk) -> Reply:
    """Return a report with the typed reason."""
    reason = squeeze(desk.incoming.text)
    one = waiting(desk, desk.data["id"])
    if len(reason) < 5:
        return sentence("Xin ghi lý do trả lại (từ 5 ký tự) để đơn vị biết cần bổ sung gì.", desk.conversation)
    assignments.give_back(desk.unit, coordinator(desk), one.id, reason[:1000], desk.now, shown=desk.data["version"])
    return say("office/returned", work=one, reason=reason, choices=_next_report(desk))


def answer(desk: Desk) -> Reply:
    """Answer an obstacle with the typed words."""
    text = squeeze(desk.incoming.text)
    one = waiting(desk, desk.data["id"])
    if len(text) < 5:
        return sentence("Xin ghi nội dung trả lời (từ 5 ký tự) để đơn vị làm tiếp.", desk.conversation)
    objections.answer(desk.unit, coordinator(desk), one.id, text[:1000], desk.now)
    choices = [choice("Vướng mắc", Verb.OFFICE, "obstacles", 0), _OVERVIEW]
    return say("office/answered", work=one, text=text, choices=choices)


def keep(desk: Desk) -> Reply:
    """Leave a task with its agency, for the typed reason."""
    reason = squeeze(desk.incoming.text)
    one = waiting(desk, desk.data["id"])
    if len(reason) < 5:
        return sentence("Xin ghi lý do giữ nguyên (từ 5 ký tự) để đơn vị biết.", desk.conversation)
    objections.keep(desk.unit, coordinator(desk), one.id, reason[:1000], desk.now)
    choices = [choice("Báo không thuộc đơn vị", Verb.OFFICE, "not_ours", 0), _OVERVIEW]
    return say("office/kept", work=one, reason=reason, choices=choices)


def ask_date(desk: Desk, button: Button) -> Reply:
    """Ask for the date of a task that waits for one, or of its next round."""
    one = waiting(desk, button.number())
    data = {"id": one.id, "round": button.verb is Verb.ROUND}
    choices = [choice(f"Quay lại {one.code}", Verb.OPEN, one.id), choice("Huỷ", Verb.CANCEL)]
    return say("office/ask_date", work=one, step=DATE, data=data, choices=choices)


def set_date(desk: Desk) -> Reply:
    """Take date and document as typed: "trước ngày 30/6 theo 12/KH-UBND ngày 01/3/2026"."""
    text = squeeze(desk.incoming.text)
    when, _, basis = text.partition(" theo ")
    one = waiting(desk, desk.data["id"])
    due = dates.read_due(when, desk.now)
    act = dates.open_round if desk.data["round"] else dates.set_due
    done = act(desk.unit, coordinator(desk), one.id, due, basis[:300], desk.now)
    choices = [choice("Việc chưa có hạn", Verb.OFFICE, "undated", 0), _OVERVIEW]
    return say("office/dated", work=one, done=done, basis=basis, choices=choices)
