"""The coordinating office and leaders in chat: the overview and its lists; deciding has a module of its own."""

from collections.abc import Callable

from actions import compose, people
from bot import confirming, previews
from bot.desk import Desk, Reply, say
from domain.assignments import State
from domain.buttons import Button, Verb, choice
from domain.conversation import Conversation
from domain.duties import KINDS_WITHOUT_DATE
from domain.errors import NotFound
from domain.lateness import Lateness, counted
from domain.outgoing import Choice, Message
from domain.people import Role, Viewer
from storage.views import cases, coordination, details, extensions, office, standing, worklists
from storage.views.work import Work

PAGE = 8


def viewer_of(desk: Desk) -> Viewer:
    """Return who asks. Raises NotFound for one who neither coordinates nor leads."""
    if desk.viewer is None or not (desk.viewer.coordinates or desk.viewer.leads):
        raise NotFound("mục này")
    return desk.viewer


def coordinator(desk: Desk) -> Viewer:
    """Return the coordinator who asks. Raises NotFound for everybody else."""
    viewer = viewer_of(desk)
    if not viewer.coordinates:
        raise NotFound("mục này")
    return viewer


def summary(desk: Desk, text: str = "") -> Reply:
    """Answer /tonghop: the office's overview, or a leader's digest."""
    viewer = viewer_of(desk)
    if not viewer.coordinates:
        text, offered = compose.digest_text(desk.unit, desk.day)
        message = Message(text, offered)
        return Reply((message,), Conversation(choices=tuple((one.label, one.key) for one in offered)))
    apart = _apart(desk)
    counts = {
        "late": sum(count for _, count in apart),
        "extensions": len(extensions.pending(desk.unit)),
        "not_ours": len(worklists.in_state(desk.unit, [State.NOT_OURS], desk.day)),
        "requests": len(coordination.open_anywhere(desk.unit, desk.day)),
        "reports": len(worklists.in_state(desk.unit, [State.REPORTED], desk.day)),
        "obstacles": len(worklists.in_state(desk.unit, [State.OBSTACLE], desk.day)),
        "cases": len(cases.listed(desk.unit, open_only=True)),
        "seats": len(office.pending(desk.unit)),
        "unreached": len(office.unreached(desk.unit)),
        "undated": len({one.task_id for one in worklists.undated(desk.unit, KINDS_WITHOUT_DATE, desk.day)}),
        **previews.counts(desk),
    }
    late = dict(apart).get(Lateness.LATE, 0)
    labels = dict(_LABELS) if counts["late"] == late else {**dict(_LABELS), "late": "Đã qua hạn"}
    choices = [choice(f"{label} ({counts[key]})", Verb.OFFICE, key, 0) for key, label in labels.items() if counts[key]]
    choices.append(choice("Người tham gia", Verb.PEOPLE, 0, 0))
    return say("office/overview", counts=counts, labels=labels, apart=apart, late=late, day=desk.day, choices=choices)


def _apart(desk: Desk) -> tuple[tuple[Lateness, int], ...]:
    """Return how many are past their date, each reason apart."""
    return counted(standing.of(desk.unit, worklists.late(desk.unit, desk.day), desk.day).values())


def digest(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Show the overview or the digest, by a choice."""
    return summary(desk)


_LABELS = (
    ("above", "Sắp gửi lãnh đạo"),
    ("held", "Đang giữ lại"),
    ("late", "Quá hạn"),
    ("reports", "Báo cáo chờ xác nhận"),
    ("extensions", "Xin gia hạn"),
    ("obstacles", "Vướng mắc"),
    ("not_ours", "Báo không thuộc đơn vị"),
    ("requests", "Đề nghị cung cấp đang chờ"),
    ("cases", "Phản ánh, kiến nghị"),
    ("seats", "Người xin tham gia"),
    ("unreached", "Nơi chưa liên lạc được"),
    ("undated", "Nhiệm vụ chưa có hạn"),
)


def listed(desk: Desk, button: Button) -> Reply:
    """Show one page of one of the office's lists. A leader sees what is late, by agency."""
    viewer = viewer_of(desk)
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
        day=desk.day,
        reasons=_reasons(desk, shown, _SAID_AS[name]) if name in _SAID_AS else {},
        proofs={one.id: details.evidence_of(desk.unit, one.id) for one in shown} if name == "reports" else {},
        choices=[*choices, *_paged(name, at, len(works))],
    )


_SAID_AS = {"obstacles": "obstacle", "not_ours": "not_ours"}
"""As what the agency's own words are kept, by the list that shows them."""


def _reasons(desk: Desk, works: list[Work], kind: str) -> dict[int, str]:
    return {
        one.id: next((said.text for said in reversed(details.history(desk.unit, one.id)) if said.kind == kind), "")
        for one in works
    }


def _late(desk: Desk, name: str, at: int) -> Reply:
    """Show what is past its date: first what agencies are late with, then what is told apart from it."""
    works = worklists.late(desk.unit, desk.day)
    stands = standing.of(desk.unit, works, desk.day)
    works.sort(key=lambda one: stands[one.id] is not Lateness.LATE)
    shown = works[at * PAGE : (at + 1) * PAGE]
    openings = [choice(f"{one.code} · {one.agency}", Verb.OPEN, one.id, listed=True) for one in shown]
    return say(
        "office/late",
        works=shown,
        stands=stands,
        apart=counted(stands.values()),
        originals=standing.original_dates(desk.unit, shown),
        total=len(works),
        day=desk.day,
        choices=[*openings, *_paged(name, at, len(works))],
    )


def _obstacles(desk: Desk, name: str, at: int) -> Reply:
    return _objected(desk, name, at, State.OBSTACLE, "Trả lời", Verb.ANSWER)


def _not_ours(desk: Desk, name: str, at: int) -> Reply:
    return _objected(desk, name, at, State.NOT_OURS, "Xem", Verb.OPEN)


def _objected(desk: Desk, name: str, at: int, state: State, label: str, verb: Verb) -> Reply:
    works = worklists.in_state(desk.unit, [state], desk.day)
    choices = [choice(f"{label} {one.code}", verb, one.id) for one in works[at * PAGE : (at + 1) * PAGE]]
    return _works(desk, name, at, works, choices)


def _extensions(desk: Desk, name: str, at: int) -> Reply:
    rows = extensions.pending(desk.unit)
    shown = rows[at * PAGE : (at + 1) * PAGE]
    choices = [choice(f"Trả lời {one.code}", Verb.EXTENSION, one.id) for one in shown]
    return say(
        "office/extensions",
        asked=shown,
        total=len(rows),
        choices=[*choices, *_paged(name, at, len(rows))],
    )


def _requests(desk: Desk, name: str, at: int) -> Reply:
    rows = coordination.open_anywhere(desk.unit, desk.day)
    return say(
        "office/requests",
        asked=rows[at * PAGE : (at + 1) * PAGE],
        total=len(rows),
        day=desk.day,
        choices=_paged(name, at, len(rows)),
    )


def _undated(desk: Desk, name: str, at: int) -> Reply:
    works = worklists.undated(desk.unit, KINDS_WITHOUT_DATE, desk.day)
    shown = list({one.task_id: one for one in reversed(works)}.values())[::-1]
    choices = [choice(f"Đặt hạn {one.code}", Verb.DATE, one.id) for one in shown[at * PAGE : (at + 1) * PAGE]]
    return _works(desk, name, at, shown, choices)


def _reports(desk: Desk, name: str, at: int) -> Reply:
    works = worklists.in_state(desk.unit, [State.REPORTED], desk.day)
    shown = works[at * PAGE : (at + 1) * PAGE]
    choices = [
        one
        for each in shown
        for one in (
            choice(f"Xác nhận {each.code}", Verb.CONFIRM, each.id),
            choice(f"Trả lại {each.code}", Verb.RETURN, each.id),
        )
    ]
    return _works(desk, name, at, works, [*confirming.offer(desk), *choices])


def _cases(desk: Desk, name: str, at: int) -> Reply:
    rows = cases.listed(desk.unit, open_only=True)
    shown = rows[at * PAGE : (at + 1) * PAGE]
    choices = _paged(name, at, len(rows))
    private = desk.can.private
    return say("office/cases", cases=shown, total=len(rows), day=desk.day, private=private, choices=choices)


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
    "extensions": _extensions,
    "obstacles": _obstacles,
    "not_ours": _not_ours,
    "requests": _requests,
    "cases": _cases,
    "seats": _seats,
    "unreached": _unreached,
    "undated": _undated,
    "above": previews.above,
    "held": previews.held,
}


def seat(desk: Desk, button: Button) -> Reply:
    """Agree to, or refuse, somebody's seat."""
    agreed = button.word(1) == "yes"
    joined = people.decide_seat(desk.unit, coordinator(desk), button.number(), agreed=agreed, now=desk.now)
    name = office.viewer(desk.unit, joined.person_id, desk.day).name
    return say(
        "office/seat_decided",
        name=name,
        agency=joined.agency,
        role=joined.role,
        agreed=agreed,
        choices=[choice("Tổng hợp", Verb.DIGEST)],
    )
