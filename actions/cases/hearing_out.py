"""What a sender without a chat says later by phone or in person: an official writes it down, and it counts as said.

As with the feedback itself it is written faithfully (Nghị định 20/2008/NĐ-CP, Điều 7 khoản 2 điểm đ); who wrote it
down stands in the history and in the audit.
"""

from datetime import datetime
from enum import StrEnum

from actions.cases import moving, sender
from domain.cases.lifecycle import Act, State, may
from domain.errors import ActRefused
from domain.people import Viewer
from storage.database import Unit


class Saying(StrEnum):
    """What the sender wants."""

    MORE = "more"
    AGAIN = "again"
    WITHDRAW = "withdraw"

    @property
    def label(self) -> str:
        """It in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Saying.MORE: "nói thêm, trả lời câu hỏi, đề nghị xem xét lại",
    Saying.AGAIN: "không hài lòng, phản ánh lại",
    Saying.WITHDRAW: "rút phản ánh",
}


def sayings(state: State) -> list[Saying]:
    """Return what a sender can still say of a case that stands so."""
    if may(state, Act.REPORT_AGAIN):
        return [Saying.AGAIN]
    if state is State.REFUSED:
        return [Saying.MORE]
    return [Saying.MORE, Saying.WITHDRAW] if state.is_open and state is not State.REOPENED else []


def write_down(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    saying: Saying,
    text: str,
    now: datetime,
    *,
    shown: int | None = None,
) -> None:
    """Do what a sender has asked for by phone or in person, as if it had come by chat. For the coordinating office."""
    row = moving.of_office(unit, viewer, case_id, shown)
    if saying not in sayings(State(row.state)):
        raise ActRefused(f"{row.code} {State(row.state).label}, không ghi thêm lời người gửi như vậy được.")
    moving.note(unit, row, "heard", now, viewer=viewer, text=_LABELS[saying])
    if saying is Saying.MORE:
        sender.add(unit, row, text, (), now)
    elif saying is Saying.AGAIN:
        sender.report_again(unit, row, text, (), now)
    else:
        sender.withdraw(unit, row, now)
