"""The life of a case in the register, as one table (Nghị định 20/2008/NĐ-CP, Điều 7, 9, 14, 15, 17).

Late and due soon are never states: they are derived from the date and the day. What two people must agree on
(refusing, collecting) moves the state only once the second one has agreed.
"""

from enum import StrEnum

from domain.errors import ActRefused


class State(StrEnum):
    """Where a case stands."""

    WAITING_RECEPTION = "waiting_reception"  # chờ tiếp nhận: in the register, with a code
    SUPPLEMENT_ASKED = "supplement_asked"  # yêu cầu bổ sung, làm rõ (Điều 7)
    REFUSED = "refused"  # không tiếp nhận, with its ground
    GUIDED = "guided"  # hướng dẫn sang luồng khác
    CLASSIFYING = "classifying"  # đã tiếp nhận, đang đánh giá, phân loại
    FORWARDED = "forwarded"  # đã chuyển cơ quan xử lý trong tỉnh
    FORWARDED_OUTSIDE = "forwarded_outside"  # đã chuyển cơ quan ngoài tỉnh, bộ
    RETURN_ASKED = "return_asked"  # cơ quan đề nghị chuyển lại
    IN_PROGRESS = "in_progress"  # đang xử lý
    CLARIFYING = "clarifying"  # đang làm việc với người phản ánh (Điều 14 khoản 2 điểm a)
    COLLECTED = "collected"  # chưa đủ cơ sở, tiếp tục tập hợp (Điều 14 khoản 2 điểm b)
    AWAITING_APPROVAL = "awaiting_approval"  # dự thảo trả lời chờ duyệt
    ANSWERED = "answered"  # đã trả lời
    PUBLISHED = "published"  # đã công khai kết quả
    REOPENED = "reopened"  # người gửi phản ánh lại
    MERGED = "merged"  # trùng, gộp vào mã khác
    WITHDRAWN = "withdrawn"  # người gửi rút
    ARCHIVED = "archived"  # đóng, lưu trữ

    @property
    def label(self) -> str:
        """The state as officials read it."""
        return _LABELS[self]

    @property
    def told(self) -> str:
        """The state as the citizen reads it: without what goes on inside."""
        return _TOLD.get(self, _LABELS[self])

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes the citizen a step."""
        return self not in _CLOSED

    @property
    def is_with_office(self) -> bool:
        """Whether the next step is the coordinating office's."""
        return self in {
            State.WAITING_RECEPTION,
            State.SUPPLEMENT_ASKED,
            State.CLASSIFYING,
            State.RETURN_ASKED,
            State.REOPENED,
        }

    @property
    def is_with_agency(self) -> bool:
        """Whether an agency of the province works on it."""
        return self in {State.FORWARDED, State.IN_PROGRESS, State.CLARIFYING, State.AWAITING_APPROVAL}

    @property
    def suspends_climbing(self) -> bool:
        """Rungs above the officer rest: the office owes the agency a word, or nothing is due now."""
        return not self.is_open or self in {State.RETURN_ASKED, State.COLLECTED}


_CLOSED = frozenset(
    {
        State.REFUSED,
        State.GUIDED,
        State.FORWARDED_OUTSIDE,
        State.ANSWERED,
        State.PUBLISHED,
        State.MERGED,
        State.WITHDRAWN,
        State.ARCHIVED,
    }
)

OPEN = tuple(state for state in State if state.is_open)
"""The states in which a case is open, in the order of its life."""

_LABELS = {
    State.WAITING_RECEPTION: "chờ tiếp nhận",
    State.SUPPLEMENT_ASKED: "đã yêu cầu bổ sung, làm rõ",
    State.REFUSED: "không tiếp nhận",
    State.GUIDED: "đã hướng dẫn sang nơi tiếp nhận khác",
    State.CLASSIFYING: "đã tiếp nhận, đang phân loại",
    State.FORWARDED: "đã chuyển cơ quan xử lý",
    State.FORWARDED_OUTSIDE: "đã chuyển cơ quan ngoài tỉnh",
    State.RETURN_ASKED: "cơ quan đề nghị chuyển lại",
    State.IN_PROGRESS: "đang xử lý",
    State.CLARIFYING: "đang hỏi thêm người gửi",
    State.COLLECTED: "đang tập hợp, nghiên cứu thêm",
    State.AWAITING_APPROVAL: "dự thảo trả lời chờ duyệt",
    State.ANSWERED: "đã trả lời",
    State.PUBLISHED: "đã công khai kết quả",
    State.REOPENED: "người gửi phản ánh lại, chờ quyết định",
    State.MERGED: "trùng, đã gộp",
    State.WITHDRAWN: "người gửi đã rút",
    State.ARCHIVED: "đã đóng, lưu trữ",
}

_TOLD = {
    State.WAITING_RECEPTION: "đã vào sổ, chờ tiếp nhận",
    State.SUPPLEMENT_ASKED: "chờ ông/bà bổ sung",
    State.CLASSIFYING: "đã tiếp nhận",
    State.RETURN_ASKED: "đang xử lý",
    State.CLARIFYING: "đang xử lý, chờ ông/bà trả lời câu hỏi",
    State.AWAITING_APPROVAL: "đang xử lý",
    State.REOPENED: "đã nhận phản ánh lại, đang xem xét",
    State.WITHDRAWN: "ông/bà đã rút",
}


class Act(StrEnum):
    """What can happen to a case."""

    # the coordinating office
    ACCEPT = "accept"
    ASK_SUPPLEMENT = "ask_supplement"
    REFUSE = "refuse"
    GUIDE = "guide"
    FORWARD = "forward"
    FORWARD_OUTSIDE = "forward_outside"
    KEEP = "keep"
    REROUTE = "reroute"
    UPHOLD = "uphold"
    MERGE = "merge"
    SPLIT = "split"
    RECORD_ANSWER = "record_answer"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    WORK_AGAIN = "work_again"
    CLOSE = "close"
    # the agency
    ACKNOWLEDGE = "acknowledge"
    ASK_RETURN = "ask_return"
    ASK = "ask"
    RESUME = "resume"
    COLLECT = "collect"
    DRAFT = "draft"
    RETURN_DRAFT = "return_draft"
    ANSWER = "answer"
    # the citizen
    SUPPLEMENT = "supplement"
    CLARIFY = "clarify"
    REPORT_AGAIN = "report_again"
    WITHDRAW = "withdraw"
    # time
    TIME_OUT = "time_out"
    REVIEW = "review"
    ARCHIVE = "archive"

    @property
    def label(self) -> str:
        """The act in Vietnamese."""
        return _ACTS[self]


_ACTS = {
    Act.ACCEPT: "tiếp nhận",
    Act.ASK_SUPPLEMENT: "yêu cầu bổ sung",
    Act.REFUSE: "từ chối tiếp nhận",
    Act.GUIDE: "hướng dẫn sang nơi khác",
    Act.FORWARD: "chuyển cơ quan xử lý",
    Act.FORWARD_OUTSIDE: "chuyển cơ quan ngoài tỉnh",
    Act.KEEP: "giữ lại xử lý",
    Act.REROUTE: "chuyển cơ quan khác",
    Act.UPHOLD: "giữ nguyên cơ quan xử lý",
    Act.MERGE: "gộp vào mã khác",
    Act.SPLIT: "tách ra",
    Act.RECORD_ANSWER: "ghi kết quả trả lời",
    Act.PUBLISH: "công khai",
    Act.UNPUBLISH: "gỡ công khai",
    Act.WORK_AGAIN: "giao xử lý lại",
    Act.CLOSE: "đóng",
    Act.ACKNOWLEDGE: "nhận xử lý",
    Act.ASK_RETURN: "đề nghị chuyển lại",
    Act.ASK: "hỏi thêm người gửi",
    Act.RESUME: "tiếp tục xử lý",
    Act.COLLECT: "tập hợp, nghiên cứu thêm",
    Act.DRAFT: "trình dự thảo trả lời",
    Act.RETURN_DRAFT: "trả lại dự thảo",
    Act.ANSWER: "trả lời",
    Act.SUPPLEMENT: "bổ sung",
    Act.CLARIFY: "trả lời câu hỏi",
    Act.REPORT_AGAIN: "phản ánh lại",
    Act.WITHDRAW: "rút phản ánh",
    Act.TIME_OUT: "dừng vì quá hạn bổ sung",
    Act.REVIEW: "xem xét lại việc đang tập hợp",
    Act.ARCHIVE: "lưu trữ",
}

PRIOR = None
"""Stands in the table for the state before the merge."""

_IN_TRIAGE = (State.WAITING_RECEPTION, State.CLASSIFYING)
_WORKED_ON = (State.FORWARDED, State.IN_PROGRESS)
_DECIDABLE = (*_IN_TRIAGE, State.SUPPLEMENT_ASKED)

MOVES: dict[tuple[State, Act], State | None] = {
    (State.WAITING_RECEPTION, Act.ACCEPT): State.CLASSIFYING,
    **{(state, Act.ASK_SUPPLEMENT): State.SUPPLEMENT_ASKED for state in _IN_TRIAGE},
    **{(state, Act.SUPPLEMENT): State.WAITING_RECEPTION for state in (State.SUPPLEMENT_ASKED, State.REFUSED)},
    (State.SUPPLEMENT_ASKED, Act.TIME_OUT): State.REFUSED,
    **{(state, Act.REFUSE): State.REFUSED for state in _DECIDABLE},
    **{(state, Act.GUIDE): State.GUIDED for state in _DECIDABLE},
    **{(state, Act.FORWARD): State.FORWARDED for state in _DECIDABLE},
    **{(state, Act.FORWARD_OUTSIDE): State.FORWARDED_OUTSIDE for state in (*_DECIDABLE, State.RETURN_ASKED)},
    **{(state, Act.KEEP): State.IN_PROGRESS for state in (*_DECIDABLE, State.RETURN_ASKED, State.REOPENED)},
    (State.FORWARDED, Act.ACKNOWLEDGE): State.IN_PROGRESS,
    **{(state, Act.ASK_RETURN): State.RETURN_ASKED for state in _WORKED_ON},
    **{(state, Act.REROUTE): State.FORWARDED for state in (State.RETURN_ASKED, *_WORKED_ON)},
    (State.RETURN_ASKED, Act.UPHOLD): State.IN_PROGRESS,
    **{(state, Act.ASK): State.CLARIFYING for state in _WORKED_ON},
    **{(State.CLARIFYING, act): State.IN_PROGRESS for act in (Act.CLARIFY, Act.RESUME)},
    **{(state, Act.COLLECT): State.COLLECTED for state in _WORKED_ON},
    (State.COLLECTED, Act.REVIEW): State.IN_PROGRESS,
    **{(state, Act.DRAFT): State.AWAITING_APPROVAL for state in (*_WORKED_ON, State.CLARIFYING, State.COLLECTED)},
    (State.AWAITING_APPROVAL, Act.RETURN_DRAFT): State.IN_PROGRESS,
    (State.AWAITING_APPROVAL, Act.ANSWER): State.ANSWERED,
    **{
        (state, Act.RECORD_ANSWER): State.ANSWERED
        for state in (*_WORKED_ON, State.CLARIFYING, State.COLLECTED, State.FORWARDED_OUTSIDE)
    },
    (State.ANSWERED, Act.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Act.UNPUBLISH): State.ANSWERED,
    **{(state, Act.REPORT_AGAIN): State.REOPENED for state in (State.ANSWERED, State.PUBLISHED)},
    (State.REOPENED, Act.WORK_AGAIN): State.FORWARDED,
    (State.REOPENED, Act.CLOSE): State.ARCHIVED,
    **{(state, Act.MERGE): State.MERGED for state in OPEN},
    (State.MERGED, Act.SPLIT): PRIOR,
    **{(state, Act.WITHDRAW): State.WITHDRAWN for state in OPEN},
    **{
        (state, Act.ARCHIVE): State.ARCHIVED
        for state in State
        if not state.is_open and state not in {State.ARCHIVED, State.PUBLISHED}
    },
}
"""Every move there is; a pair that is not here is refused."""


def may(state: State, act: Act) -> bool:
    """Whether the table has this move."""
    return (state, act) in MOVES


def move(state: State, act: Act, prior: State | None = None) -> State:
    """Return the state after the act; `prior` is the state before a merge.

    Raises ActRefused with a sentence where the table has no such move.
    """
    try:
        after = MOVES[state, act]
    except KeyError:
        raise ActRefused(f"Phản ánh này đang ở trạng thái “{state.label}” nên không thể {act.label}.") from None
    return after or prior or State.WAITING_RECEPTION
