"""What the sender of a case may do now: from its state, its question, its answer and the days gone by."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.cases.decisions import Rating
from domain.cases.lifecycle import Act, State, may
from domain.words import fold


class Turn(StrEnum):
    """One thing a sender can do, as it is chosen in the chat and on the page."""

    SUPPLEMENT = "supplement"
    ANSWER = "answer"
    RATE = "rate"
    AGAIN = "again"
    APPEAL = "appeal"
    ADD = "add"
    WITHDRAW = "withdraw"

    @property
    def label(self) -> str:
        """The choice in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Turn.SUPPLEMENT: "Bổ sung thông tin",
    Turn.ANSWER: "Trả lời câu hỏi",
    Turn.RATE: "Đánh giá câu trả lời",
    Turn.AGAIN: "Phản ánh lại",
    Turn.APPEAL: "Đề nghị xem xét lại",
    Turn.ADD: "Gửi thêm, hỏi thêm",
    Turn.WITHDRAW: "Rút phản ánh",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides: the state, whether a question waits, whether it stopped for want of an answer, what was answered.

    `reopen_days` is the province's own number of days for reporting again.
    """

    state: State
    asked: bool = False
    timed_out: bool = False
    appeals: int = 0
    rated: bool = False
    answered_on: date | None = None
    reopen_days: int = 15


def turns(standing: Standing, today: date) -> tuple[Turn, ...]:
    """Return what a sender may do, the most wanted first."""
    state = standing.state
    found = []
    if state is State.SUPPLEMENT_ASKED or (state is State.REFUSED and standing.timed_out):
        found.append(Turn.SUPPLEMENT)
    if state is State.CLARIFYING and standing.asked:
        found.append(Turn.ANSWER)
    if state in {State.ANSWERED, State.PUBLISHED}:
        if not standing.rated:
            found.append(Turn.RATE)
        last = until_again(standing)
        if last is not None and today <= last:
            found.append(Turn.AGAIN)
    if state is State.MERGED and standing.answered_on is not None and not standing.rated:
        found.append(Turn.RATE)
    if state is State.REFUSED and not standing.timed_out and not standing.appeals:
        found.append(Turn.APPEAL)
    if state.is_open and not found:
        found.append(Turn.ADD)
    if may(state, Act.WITHDRAW):
        found.append(Turn.WITHDRAW)
    return tuple(found)


def until_again(standing: Standing) -> date | None:
    """Return the last day on which the sender may report again, None before an answer."""
    return None if standing.answered_on is None else standing.answered_on + timedelta(days=standing.reopen_days)


_GOOD = frozenset({"hai long", "rat hai long", "toi hai long", "tot", "rat tot", "hai long a", "da hai long"})
_FAIR = frozenset({"binh thuong", "tam duoc", "cung duoc", "tam on"})
_BAD = frozenset(
    {"khong hai long", "chua hai long", "toi khong hai long", "toi chua hai long", "rat khong hai long", "khong dong y"}
)


def rating_in(text: str) -> Rating | None:
    """Return the rating that a short typed answer means, None for words that mean none for certain."""
    said = fold(text).strip(" .,!")
    for words, rating in ((_GOOD, Rating.GOOD), (_FAIR, Rating.FAIR), (_BAD, Rating.BAD)):
        if said in words:
            return rating
    return None
