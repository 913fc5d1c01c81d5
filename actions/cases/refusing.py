"""Not taking a case up: one proposes on a ground of the closed list, a second person of the office decides."""

from datetime import datetime

from actions.cases import merging, moving, telling
from actions.cases.wording import said
from domain.cases.decisions import GROUNDS, Ground
from domain.cases.lifecycle import Act, State, move
from domain.errors import ActRefused, NotFound
from domain.people import HEAD_OF_ROOM, Role, Viewer
from storage import office_settings, people, ranks
from storage.cases import proposals, rows
from storage.database import Unit


def grounds(unit: Unit) -> tuple[Ground, ...]:
    """Return the grounds on which this office may refuse: the closed list, less those its own rules do not give."""
    return tuple(one for one in GROUNDS.values() if not one.setting or office_settings.on(unit, one.setting))


def propose_refusal(
    unit: Unit, viewer: Viewer, case_id: int, ground: str, reason: str, now: datetime, *, shown: int | None = None
) -> int:
    """Propose not to take a case up, on one of the grounds; another person of the office decides. Returns the id.

    The case stays where it is until then, and so does its clock. Raises ActRefused for any other ground.
    """
    row = moving.of_office(unit, viewer, case_id, shown)
    move(State(row.state), Act.REFUSE)
    if ground not in {one.code for one in grounds(unit)}:
        raise ActRefused("Chỉ được từ chối theo các căn cứ trong danh sách. Việc không thuộc thẩm quyền phải chuyển.")
    data = {"ground": ground, "reason": said(reason, "lý do từ chối")}
    if not rows.change(unit, row.id, row.version):
        raise moving.overtaken(unit, row)
    proposal_id = proposals.add(unit, row.id, Act.REFUSE.value, data, viewer.person_id, now)
    event_id = moving.note(unit, row, "propose_refusal", now, viewer=viewer, text=data["reason"], data=data)
    moving.tell_office(unit, row, event_id, "refusal_proposed", now, but=viewer.person_id)
    return proposal_id


def decide_refusal(unit: Unit, viewer: Viewer, proposal_id: int, *, agreed: bool, note: str, now: datetime) -> None:
    """Agree to a refusal, or not, as a second person of the office; with heads in it, one of them."""
    waiting = proposals.get(unit, proposal_id)
    if waiting is None or waiting.act != Act.REFUSE or not viewer.coordinates:
        raise NotFound("đề nghị này")
    row = moving.of_office(unit, viewer, waiting.case_id)
    second_person(unit, viewer, waiting.proposed_by)
    state = proposals.AGREED if agreed else proposals.DISAGREED
    if not proposals.decide(unit, proposal_id, state, viewer.person_id, note, now):
        raise moving.overtaken(unit, row)
    if not agreed:
        event_id = moving.note(unit, row, "refusal_declined", now, viewer=viewer, text=note)
        moving.tell_office(unit, row, event_id, "refusal_declined", now, but=viewer.person_id)
        return
    ground = GROUNDS[waiting.data["ground"]]
    merging.let_go(unit, row, now)
    moved = moving.apply(
        unit, row, Act.REFUSE, now, viewer=viewer, text=waiting.data["reason"], data={"ground": ground.code}
    )
    tell_refused(unit, moved, ground, waiting.data["reason"], now)


APPEALS_AT_MOST = 1


def tell_refused(unit: Unit, moved: moving.Moved, ground: Ground, reason: str, now: datetime) -> None:
    """Tell the sender why a case is not taken up and what can be done."""
    telling.tell(
        unit,
        moved.row,
        "refused",
        moved.event_id,
        now,
        ground=ground.label,
        reason=reason,
        way_out=ground.way_out,
        may_appeal=moved.row.appeals < APPEALS_AT_MOST,
    )


def second_person(unit: Unit, viewer: Viewer, first: int) -> None:
    """Raise ActRefused where this person may not give the second person's word.

    Somebody with a rank in the office, where anybody else but the first person has one and can be reached.
    """
    if viewer.person_id == first:
        raise ActRefused("Người đề nghị không tự đồng ý được. Xin để một người khác của Văn phòng quyết định.")
    reachable = set(people.holders(unit, Role.COORDINATOR)) - {first}
    ranked = any(rank >= HEAD_OF_ROOM for one, rank in ranks.by_person(unit).items() if one in reachable)
    if ranked and viewer.rank < HEAD_OF_ROOM:
        raise ActRefused("Việc này do lãnh đạo phòng hoặc lãnh đạo Văn phòng quyết định. Xin trình lãnh đạo.")
