"""The coordinating office and leaders in chat: the overview, its lists, confirming and returning reports."""

from collections.abc import Callable

from actions import assignments, compose, dates, people
from bot import cards
from bot.desk import Desk, Reply, say, sentence
from domain.assignments import MOVES, Act, State
from domain.buttons import Button, Verb, choice
from domain.conversation import Conversation
from domain.duties import KINDS_WITHOUT_DATE
from domain.errors import NotFound
from domain.outgoing import Choice, Message
from domain.people import Role, Viewer
from domain.words import squeeze
from storage.views import cases, office, work
from storage.views.work import Work

PAGE = 8

RETURN = "return"
DATE = "date"


def _viewer(desk: Desk) -> Viewer:
    """Return who asks. Raises NotFound for one who neither coordinates nor leads."""
    if desk.viewer is None or not (desk.viewer.coordinates or desk.viewer.leads):
        raise NotFound("mục này")
    return desk.viewer


def _coordinator(desk: Desk) -> Viewer:
    viewer = _viewer(desk)
    if not viewer.coordinates:
        raise NotFound("mục này")
    return viewer


def summary(desk: Desk, text: str = "") -> Reply:
    """Answer /tonghop: the office's overview, or a leader's digest."""
    viewer = _viewer(desk)
    if not viewer.coordinates:
        text, offered = compose.digest_text(desk.unit, desk.day)
        message = Message(text, offered)
        return Reply((message,), Conversation(choices=tuple((one.label, one.key) for one in offered)))
    late = work.late(desk.unit, desk.day)
    counts = {
        "late": len(late),
        "reports": len(work.in_state(desk.unit, [State.REPORTED], desk.day)),
        "obstacles": len(work.in_state(desk.unit, [State.OBSTACLE], desk.day)),
        "cases": len(cases.listed(desk.unit, open_only=True)),
        "seats": len(office.pending(desk.unit)),
        "unreached": len(office.unreached(desk.unit)),
        "undated": len({one.task_id for one in work.undated(desk.unit, KINDS_WITHOUT_DATE, desk.day)}),
    }
    choices = [choice(f"{label} ({counts[key]})", Verb.OFFICE, key, 0) for key, label in _LABELS if counts[key]]
    return say("office/overview", counts=counts, labels=dict(_LABELS), day=desk.day, choices=choices)


def digest(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Show the overview or the digest, by a choice."""
    return summary(desk)


_LABELS = (
    ("late", "Quá hạn"),
    ("reports", "Báo cáo chờ xác nhận"),
    ("obstacles", "Vướng mắc"),
    ("cases", "Phản ánh, kiến nghị"),
    ("seats", "Người xin tham gia"),
    ("unreached", "Nơi chưa liên lạc được"),
    ("undated", "Nhiệm vụ chưa có hạn"),
)


def listed(desk: Desk, button: Button) -> Reply:
    """Show one page of one of the office's lists. A leader sees what is late, by agency."""
    viewer = _viewer(desk)
    name = button.word()
    if name not in _LISTS or (name != "late" and not viewer.coordinates):
        raise NotFound("mục này")
    return _LISTS[name](desk, name, button.number(1))


def _paged(name: str, at: int, total: int) -> list[Choice]:
    choices = []
    if (at + 1) * PAGE < total:
        choices.append(choice("Trang sau", Verb.OFFICE, name, at + 1))
    if at:
        choices.append(choice("Trang trước", Verb.OFFICE, name, at - 1))
    return [*choices, choice("Tổng hợp", Verb.DIGEST)]


def _works(desk: Desk, name: str, at: int, works: list[Work], choices: list[Choice]) -> Reply:
    shown = works[at * PAGE : (at + 1) * PAGE]
    return say(
        f"office/{name}",
        works=shown,
        total=len(works),
        first=at * PAGE,
        day=desk.day,
        reasons=_reasons(desk, shown) if name == "obstacles" else {},
        proofs={one.id: work.evidence_of(desk.unit, one.id) for one in shown} if name == "reports" else {},
        choices=[*choices, *_paged(name, at, len(works))],
    )


def _reasons(desk: Desk, works: list[Work]) -> dict[int, str]:
    return {
        one.id: next((said.text for said in reversed(work.history(desk.unit, one.id)) if said.kind == "obstacle"), "")
        for one in works
    }


def _late(desk: Desk, name: str, at: int) -> Reply:
    return _works(desk, name, at, work.late(desk.unit, desk.day), [])


def _obstacles(desk: Desk, name: str, at: int) -> Reply:
    return _works(desk, name, at, work.in_state(desk.unit, [State.OBSTACLE], desk.day), [])


def _undated(desk: Desk, name: str, at: int) -> Reply:
    works = work.undated(desk.unit, KINDS_WITHOUT_DATE, desk.day)
    shown = list({one.task_id: one for one in reversed(works)}.values())[::-1]
    choices = [choice(f"Đặt hạn {one.code}", Verb.DATE, one.id) for one in shown[at * PAGE : (at + 1) * PAGE]]
    return _works(desk, name, at, shown, choices)


def _reports(desk: Desk, name: str, at: int) -> Reply:
    works = work.in_state(desk.unit, [State.REPORTED], desk.day)
    shown = works[at * PAGE : (at + 1) * PAGE]
    choices = [
        one
        for each in shown
        for one in (
            choice(f"Xác nhận {each.code}", Verb.CONFIRM, each.id),
            choice(f"Trả lại {each.code}", Verb.RETURN, each.id),
        )
    ]
    return _works(desk, name, at, works, choices)


def _cases(desk: Desk, name: str, at: int) -> Reply:
    rows = cases.listed(desk.unit, open_only=True)
    shown = rows[at * PAGE : (at + 1) * PAGE]
    choices = _paged(name, at, len(rows))
    private = desk.can.private
    return say(
        "office/cases", cases=shown, total=len(rows), first=at * PAGE, day=desk.day, private=private, choices=choices
    )


def _seats(desk: Desk, name: str, at: int) -> Reply:
    rows = office.pending(desk.unit)
    shown = [(row, Role(row.role).label) for row in rows[at * PAGE : (at + 1) * PAGE]]
    choices = [
        one
        for row, _ in shown
        for one in (
            choice(f"Đồng ý: {row.person}", Verb.SEAT, row.id, "yes"),
            choice(f"Từ chối: {row.person}", Verb.SEAT, row.id, "no"),
        )
    ]
    return say("office/seats", requests=shown, choices=[*choices, *_paged(name, at, len(rows))])


def _unreached(desk: Desk, name: str, at: int) -> Reply:
    rows = office.unreached(desk.unit)
    shown = [(row, Role(row.role).label) for row in rows[at * PAGE : (at + 1) * PAGE]]
    return say("office/unreached", places=shown, total=len(rows), choices=_paged(name, at, len(rows)))


_LISTS: dict[str, Callable[[Desk, str, int], Reply]] = {
    "late": _late,
    "reports": _reports,
    "obstacles": _obstacles,
    "cases": _cases,
    "seats": _seats,
    "unreached": _unreached,
    "undated": _undated,
}


def card(desk: Desk, assignment_id: int) -> Reply:
    """Open any assignment, for the office and for leaders; a report that waits can be confirmed or returned."""
    viewer = _viewer(desk)
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is None:
        raise NotFound()
    acts = []
    if viewer.coordinates and found.state is State.REPORTED:
        acts = [
            choice("Xác nhận hoàn thành", Verb.CONFIRM, found.id),
            choice("Trả lại báo cáo", Verb.RETURN, found.id),
        ]
    if viewer.coordinates and found.deadline["kind"] in KINDS_WITHOUT_DATE:
        label, verb = ("Đặt hạn", Verb.DATE) if found.due_on is None else ("Mở thêm một đợt", Verb.ROUND)
        acts.append(choice(label, verb, found.id))
    return cards.show(desk, found, [*acts, choice("Tổng hợp", Verb.DIGEST)])


def _one(desk: Desk, assignment_id: int) -> Work:
    _coordinator(desk)
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is None:
        raise NotFound()
    return found


def confirm(desk: Desk, button: Button) -> Reply:
    """Accept a report."""
    one = _one(desk, button.number())
    assignments.confirm(desk.unit, _coordinator(desk), one.id, desk.now)
    return say("office/confirmed", work=one, choices=_next_report(desk))


def _next_report(desk: Desk) -> list[Choice]:
    left = len(work.in_state(desk.unit, [State.REPORTED], desk.day))
    more = [choice(f"Báo cáo chờ xác nhận ({left})", Verb.OFFICE, "reports", 0)] if left else []
    return [*more, choice("Tổng hợp", Verb.DIGEST)]


def ask_return(desk: Desk, button: Button) -> Reply:
    """Ask why a report is returned."""
    one = _one(desk, button.number())
    if (one.state, Act.RETURN) not in MOVES:
        return card(desk, one.id)
    return say("office/ask_return", work=one, step=RETURN, data={"id": one.id}, choices=[choice("Huỷ", Verb.CANCEL)])


def give_back(desk: Desk) -> Reply:
    """Return a report with the typed reason."""
    reason = squeeze(desk.incoming.text)
    one = _one(desk, desk.data["id"])
    if len(reason) < 5:
        return sentence("Xin ghi lý do trả lại (từ 5 ký tự) để đơn vị biết cần bổ sung gì.", desk.conversation)
    assignments.give_back(desk.unit, _coordinator(desk), one.id, reason[:1000], desk.now)
    return say("office/returned", work=one, reason=reason, choices=_next_report(desk))


def ask_date(desk: Desk, button: Button) -> Reply:
    """Ask for the date of a task that waits for one, or of its next round."""
    one = _one(desk, button.number())
    data = {"id": one.id, "round": button.verb is Verb.ROUND}
    return say("office/ask_date", work=one, step=DATE, data=data, choices=[choice("Huỷ", Verb.CANCEL)])


def set_date(desk: Desk) -> Reply:
    """Take date and document as typed: "trước ngày 30/6 theo 12/KH-UBND ngày 01/3/2026"."""
    text = squeeze(desk.incoming.text)
    when, _, basis = text.partition(" theo ")
    one = _one(desk, desk.data["id"])
    due = dates.read_due(when, desk.now)
    act = dates.open_round if desk.data["round"] else dates.set_due
    done = act(desk.unit, _coordinator(desk), one.id, due, basis[:300], desk.now)
    choices = [choice("Việc chưa có hạn", Verb.OFFICE, "undated", 0), choice("Tổng hợp", Verb.DIGEST)]
    return say("office/dated", work=one, done=done, basis=basis, choices=choices)


def seat(desk: Desk, button: Button) -> Reply:
    """Agree to, or refuse, somebody's seat."""
    agreed = button.word(1) == "yes"
    joined = people.decide_seat(desk.unit, _coordinator(desk), button.number(), agreed=agreed, now=desk.now)
    name = office.viewer(desk.unit, joined.person_id).name
    return say(
        "office/seat_decided",
        name=name,
        agency=joined.agency,
        role=joined.role,
        agreed=agreed,
        choices=[choice("Tổng hợp", Verb.DIGEST)],
    )
