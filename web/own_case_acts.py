"""What the forms of an own case do: the same acts as in the chat, refused and answered in the same words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from actions.cases import files as case_files
from actions.cases import sender
from channels.webchat import NAME as HOUSE
from domain.cases.decisions import Rating
from domain.cases.lifecycle import State
from domain.cases.senders import Turn, turns
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.local import today
from storage.views import AnyRow, Unit
from storage.views.cases import senders
from web.forms import Posted


@dataclass(frozen=True, slots=True)
class Opened:
    """A form of an opened case: which one, what was posted, the file that came with it, the moment."""

    unit: Unit
    row: AnyRow
    form: Posted
    file: IncomingFile | None
    now: datetime


ADDS = (Turn.SUPPLEMENT, Turn.ANSWER, Turn.APPEAL, Turn.ADD)
"""What one form asks for, in the order in which it is offered."""


def _written(opened: Opened) -> tuple[int, ...]:
    if opened.file is None:
        return ()
    looked = case_files.look(opened.unit, [opened.file], 0)
    if looked.refused:
        raise ActRefused(looked.refused[0])
    return case_files.write(opened.unit, HOUSE, looked.taken, opened.now)


def _allowed(opened: Opened, wanted: tuple[Turn, ...]) -> None:
    offered = turns(senders.followed(opened.unit, opened.row).standing, today(opened.now))
    if not set(wanted) & set(offered):
        raise ActRefused(f"{opened.row.code} {State(opened.row.state).told}, việc này không còn làm được.")


def _add(opened: Opened) -> str:
    _allowed(opened, ADDS)
    sender.add(opened.unit, opened.row, opened.form.text("text"), _written(opened), opened.now)
    return "Đã nhận nội dung ông/bà gửi; người đang xem xét phản ánh được báo ngay."


def _again(opened: Opened) -> str:
    _allowed(opened, (Turn.AGAIN,))
    sender.report_again(opened.unit, opened.row, opened.form.text("text"), _written(opened), opened.now)
    return "Đã nhận phản ánh lại; mã và ngày nhận giữ nguyên."


def _rate(opened: Opened) -> str:
    known = {one.value: one for one in Rating}
    rating = known.get(opened.form.text("rating"))
    if rating is None:
        raise ActRefused("Xin chọn một mức đánh giá.")
    sender.rate(opened.unit, opened.row, rating, opened.form.text("reason"), opened.now)
    return f"Đã ghi đánh giá: {rating.label}. Cảm ơn ông/bà."


def _withdraw(opened: Opened) -> str:
    if not opened.form.text("sure"):
        raise ActRefused("Xin đánh dấu vào ô xác nhận trước khi rút phản ánh.")
    sender.withdraw(opened.unit, opened.row, opened.now)
    return "Đã rút phản ánh theo yêu cầu của ông/bà."


ACTS: dict[str, Callable[[Opened], str]] = {
    "gui": _add,
    "lai": _again,
    "danh-gia": _rate,
    "rut": _withdraw,
}
"""By what stands in the address."""
