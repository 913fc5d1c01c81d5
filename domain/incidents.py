"""A breach of personal data: what is to be done, in which order, and what is late.

The authority (Bộ Công an) is told within 72 hours of the discovery (Luật 91/2025/QH15, Điều 23). Hours run through
nights and days off. Each step is done, or left out with a reason; an incident closes when no step is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import ActRefused


class Step(StrEnum):
    """What an office does about an incident, in this order."""

    CONTAIN = "contain"
    RECORD = "record"
    AUTHORITY = "authority"
    PEOPLE = "people"
    REMEDY = "remedy"

    @property
    def label(self) -> str:
        """The step in Vietnamese."""
        return RULES[self].label


@dataclass(frozen=True, slots=True)
class Rule:
    """One step: its words, its limit from the discovery (None: none set), whether it may be left out, its source.

    `verified` is False where the article's own words should be checked by the office.
    """

    label: str
    limit: timedelta | None
    may_skip: bool
    article: str
    verified: bool = True


RULES: Mapping[Step, Rule] = {
    Step.CONTAIN: Rule("Ngăn chặn, khoá đường rò rỉ", None, False, "Luật 91/2025/QH15, Điều 23"),
    Step.RECORD: Rule("Lập biên bản xác nhận vi phạm", None, False, "Luật 91/2025/QH15, Điều 23", verified=False),
    Step.AUTHORITY: Rule(
        "Thông báo cơ quan chuyên trách (Bộ Công an)",
        timedelta(hours=72),
        False,
        "Luật 91/2025/QH15, Điều 23",
        verified=False,
    ),
    Step.PEOPLE: Rule("Thông báo người bị ảnh hưởng", None, True, "Luật 91/2025/QH15, Điều 23", verified=False),
    Step.REMEDY: Rule("Khắc phục, báo cáo kết quả", None, False, "Luật 91/2025/QH15, Điều 23", verified=False),
}
"""In the order in which they are done."""

NOTICE_PARTS = (
    "thời điểm, địa điểm, hành vi vi phạm",
    "loại dữ liệu và số người bị ảnh hưởng",
    "người liên hệ về bảo vệ dữ liệu",
    "hậu quả có thể xảy ra",
    "biện pháp đã và sẽ thực hiện",
)
"""What a notice to the authority tells."""

SOON = timedelta(hours=24)
"""What has less time left than this is pressing."""


class State(StrEnum):
    """How a step stands at a moment; derived, never stored."""

    DONE = "done"
    DONE_LATE = "done_late"
    SKIPPED = "skipped"
    OPEN = "open"
    PRESSING = "pressing"
    LATE = "late"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self in {State.OPEN, State.PRESSING, State.LATE}

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    State.DONE: "đã làm",
    State.DONE_LATE: "đã làm, quá giờ",
    State.SKIPPED: "không cần, có lý do",
    State.OPEN: "chưa làm",
    State.PRESSING: "chưa làm, sắp hết giờ",
    State.LATE: "chưa làm, đã quá giờ",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What was put down for a step: when, and the reason where it is left out ("" where it was done)."""

    at: datetime
    skipped_because: str = ""


def due_at(step: Step, discovered_at: datetime) -> datetime | None:
    """Return the last moment on time of a step, None where no limit is set."""
    limit = RULES[step].limit
    return None if limit is None else discovered_at + limit


def state_of(step: Step, discovered_at: datetime, mark: Mark | None, now: datetime) -> State:
    """Return how a step stands."""
    due = due_at(step, discovered_at)
    if mark is not None:
        if mark.skipped_because:
            return State.SKIPPED
        return State.DONE if due is None or mark.at <= due else State.DONE_LATE
    if due is None:
        return State.OPEN
    if now > due:
        return State.LATE
    return State.PRESSING if due - now <= SOON else State.OPEN


def marked(step: Step, marks: Mapping[Step, Mark], mark: Mark, discovered_at: datetime) -> dict[Step, Mark]:
    """Return the marks with one more. Raises ActRefused for what may not be left out, or lies before the discovery."""
    if mark.skipped_because and not RULES[step].may_skip:
        raise ActRefused(f"Bước “{RULES[step].label}” là bắt buộc, không bỏ qua được; xin ghi khi đã làm.")
    if mark.at < discovered_at:
        raise ActRefused("Thời điểm làm không thể trước thời điểm phát hiện; xin ghi lại giờ, ngày.")
    if step in marks:
        raise ActRefused(f"Bước “{RULES[step].label}” đã được ghi rồi.")
    return {**marks, step: mark}


def left(marks: Mapping[Step, Mark]) -> tuple[Step, ...]:
    """Return the steps that are left, in their order; an incident closes when there is none."""
    return tuple(step for step in RULES if step not in marks)


def countdown(discovered_at: datetime, now: datetime) -> timedelta:
    """Return the time left to tell the authority; negative once it is past."""
    due = due_at(Step.AUTHORITY, discovered_at)
    assert due is not None
    return due - now


def said(left_over: timedelta) -> str:
    """Return "còn 41 giờ 20 phút", "đã quá 3 giờ 05 phút"."""
    minutes = abs(int(left_over.total_seconds())) // 60
    head = "đã quá" if left_over < timedelta(0) else "còn"
    return f"{head} {minutes // 60} giờ {minutes % 60:02d} phút"
