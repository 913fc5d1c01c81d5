"""The head of an agency in chat: how the own agency stands, and reports to confirm before the office is asked."""

from actions import heads
from bot.desk import Desk, Reply, say
from domain.assignments import State
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.lateness import counted
from domain.outgoing import Choice
from domain.people import Role, Viewer
from domain.words import squeeze
from storage.views import directions, people, standing, work
from storage.views.cases import caseload
from storage.views.work import Work

REASON = "head_reason"

SHOWN = 5
"""So many of the tasks that are late or due soon are told one by one."""
SOON = 7
"""Days ahead that count as due soon."""

_WAITS = (State.REPORTED, State.EXTENSION_REQUESTED, State.OBSTACLE, State.NOT_OURS)


def heads_of(viewer: Viewer | None) -> bool:
    """Whether this person heads an agency, oneself or for somebody who is away."""
    return viewer is not None and bool(viewer.agencies_as(Role.HEAD))


def overview(desk: Desk) -> Reply:
    """Answer /tonghop for a head: late, due, waiting, and the agency's people."""
    viewer = desk.viewer
    if viewer is None or not heads_of(viewer):
        raise NotFound("mục này")
    agencies = {seat.agency_id: seat.agency for seat in viewer.seats if seat.role is Role.HEAD}
    works = work.of_agencies(desk.unit, agencies.keys(), desk.day)
    stands = standing.of(desk.unit, works, desk.day)
    late = [one for one in works if one.is_late]
    soon = [one for one in works if one.standing.days_left is not None and one.standing.days_left <= SOON]
    mine = [one for one in works if one.waits_for_head]
    words = directions.waiting_for(desk.unit, agencies.keys())
    members = [one for each in agencies for one in people.listed(desk.unit, desk.day, each) if not one.waits]
    held, held_late = caseload.counted(desk.unit, viewer, desk.day)
    return say(
        "work/head_overview",
        held=held,
        held_late=held_late,
        held_mine=caseload.for_approval(desk.unit, viewer),
        agencies=list(agencies.values()),
        total=len(works),
        late=late[:SHOWN],
        late_count=len(late),
        apart=counted(stands.values()),
        stands=stands,
        soon=soon[:SHOWN],
        soon_count=len(soon),
        waiting=sum(one.state in _WAITS and not one.waits_for_head for one in works),
        mine=mine[:SHOWN],
        words=words,
        officers=[one for one in members if one.role is Role.OFFICER],
        day=desk.day,
        choices=[
            *(choice(f"Xem báo cáo {one.code}", Verb.OPEN, one.id) for one in mine[:SHOWN]),
            *(choice(f"Trả lời lãnh đạo: {one.about}", Verb.DIRECTION, one.id) for one in words[:3]),
            *([choice(f"Việc quá hạn ({len(late)})", Verb.LIST, "find", 0, "qua han")] if late else []),
            choice("Danh sách việc", Verb.LIST, "open", 0),
            *([choice(f"Phản ánh, kiến nghị ({held})", Verb.CASELOAD, "list", 0)] if held else []),
            *(choice(f"Người của {name}", Verb.PEOPLE, one, 0) for one, name in agencies.items()),
        ],
    )


def offered(desk: Desk, one: Work) -> list[Choice]:
    """Return what the agency's head may do with a report that waits for the head."""
    if desk.viewer is None or not one.waits_for_head or one.agency_id not in desk.viewer.agencies_as(Role.HEAD):
        return []
    return [
        choice("Xác nhận, gửi Văn phòng", Verb.HEAD_CONFIRM, one.id),
        choice("Trả lại cán bộ đầu mối", Verb.HEAD_RETURN, one.id),
    ]


def _own(desk: Desk, assignment_id: int) -> tuple[Viewer, Work]:
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if desk.viewer is None or found is None or found.agency_id not in desk.viewer.agencies_as(Role.HEAD):
        raise NotFound()
    return desk.viewer, found


def confirm(desk: Desk, button: Button) -> Reply:
    """Agree to a report; the office is asked."""
    viewer, one = _own(desk, button.number())
    heads.confirm(desk.unit, viewer, one.id, desk.now)
    return say("work/head_confirmed", work=one, choices=_after(one))


def ask_return(desk: Desk, button: Button) -> Reply:
    """Ask why a report is returned."""
    _, one = _own(desk, button.number())
    if not one.waits_for_head:
        raise ActRefused(f"{one.code} không chờ lãnh đạo cơ quan xác nhận. Gõ {one.code} để xem.")
    choices = [choice(f"Quay lại {one.code}", Verb.OPEN, one.id), choice("Huỷ", Verb.CANCEL)]
    return say("work/ask_head_return", work=one, step=REASON, data={"id": one.id}, choices=choices)


def give_back(desk: Desk) -> Reply:
    """Return a report with the typed reason."""
    viewer, one = _own(desk, desk.data["id"])
    reason = squeeze(desk.incoming.text)
    if len(reason) < 5:
        raise ActRefused("Xin ghi lý do trả lại (từ 5 ký tự) để cán bộ đầu mối biết cần bổ sung gì.")
    heads.give_back(desk.unit, viewer, one.id, reason[:1000], desk.now)
    return say("work/head_returned", work=one, reason=reason, choices=_after(one))


def _after(one: Work) -> list[Choice]:
    return [choice(f"Mở {one.code}", Verb.OPEN, one.id), choice("Tổng hợp", Verb.DIGEST)]
