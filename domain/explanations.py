"""Why a due date is what it is, in plain Vietnamese: written when the date is decided, done again when asked.

The grounds of a date (the words of the deadline, how they are read, how the day is reckoned, the article of law)
are kept with it; the sum is spelled out against a calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.deadlines import ByDate, Period, Recurring, say
from domain.duties import Duty
from domain.ladder import last_working_day
from domain.local import long_day
from domain.reckoning import After, Held, LastWorking, Named, Reckoning, due, from_json, to_json
from domain.workdays import Skipped, WorkCalendar, days_said

REASONS = {
    "issued": "giao việc",
    "received": "tiếp nhận phản ánh, kiến nghị",
    "amended": "kế hoạch được sửa đổi",
    "dated": "Văn phòng đặt hạn",
    "carried": "chuyển sang năm sau",
    "returned": "báo cáo bị trả lại, trả đủ những ngày Văn phòng giữ",
    "extended": "gia hạn",
    "held": "trả đủ những ngày Văn phòng chưa trả lời",
    "requested": "đề nghị cung cấp",
    "data_request": "yêu cầu về dữ liệu cá nhân",
    "calendar": "lịch làm việc thay đổi",
    "classified": "phân loại lại phản ánh",
    "forwarded": "chuyển cơ quan xử lý",
    "collected": "tập hợp, nghiên cứu thêm",
    "reviewed": "xem xét lại việc đã tập hợp",
    "reopened": "người gửi phản ánh lại",
    "appealed": "người gửi đề nghị xem xét lại",
    "split": "tách khỏi mã đã gộp",
    "waited": "trả đủ những ngày chờ người gửi trả lời (Quy chế của tỉnh)",
    "not_spam": "không phải tin rác",
}
"""Why a date was decided, by the word kept with it."""

SAYINGS = {
    "assigned": "giao việc",
    "reminder": "nhắc hạn",
    "internal": "nhắc hạn nội bộ",
    "overdue": "báo quá hạn",
    "escalation": "báo lên cấp trên",
    "requested": "nhắc đề nghị cung cấp",
    "case_unacknowledged": "hỏi việc chưa nhận xử lý",
    "case_reminder": "nhắc hạn phản ánh",
    "case_overdue": "báo phản ánh quá hạn",
    "case_escalation": "báo phản ánh quá hạn lên cấp trên",
}
"""What a planned moment says, by the kind of its rung."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a date rests on, whatever the calendar: `reckoning` is None where there is no date.

    `words` are the deadline's own, `reading` is how they are understood, `article` the law; "" where there is none.
    """

    words: str
    reading: str
    reckoning: Reckoning | None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """A date explained under one calendar: the sentences, T, the days counted and the days passed over."""

    sentences: tuple[str, ...]
    target: date | None
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def said(self) -> str:
        """All of it in one paragraph."""
        return " ".join(self.sentences)


def of_duty(words: str, duty: Duty) -> Grounds:
    """Return the grounds of a date (or of none) that a plan's own words give."""
    return Grounds(words, _reading(duty), reckoning_of(duty))


def of_decision(words: str, decision: str, on: date) -> Grounds:
    """Return the grounds of a date that a person decided; `decision` is a sentence naming document and day."""
    return Grounds(words, decision, Named(on))


def given_back(before: Grounds, since: date, until: date, *, waited: bool = False) -> Grounds:
    """Return the grounds of a date moved by the working days after `since` up to `until`.

    `waited`: it was the sender of a case who was waited for, not the office that held something.
    """
    of = before.reckoning
    held = None if of is None else Held(of, since, until, waited=waited)
    return Grounds(before.words, before.reading, held, before.article)


def of_receipt(received_on: date, working_days: int, article: str) -> Grounds:
    """Return the grounds of a limit counted in working days from a day that is not counted itself."""
    return Grounds("", "", After(received_on, working_days), article)


def reckoning_of(duty: Duty) -> Reckoning | None:
    """Return how a duty's day is reckoned: a recurring one without a day of its own derives from the calendar."""
    if duty.due_on is None:
        return None
    return Named(duty.due_on) if duty.ends_on is None else LastWorking(duty.ends_on)


def why(grounds: Grounds, due_on: date | None, calendar: WorkCalendar) -> Why:
    """Explain a date under a calendar."""
    told = [f"Thời hạn ghi: “{grounds.words}”." if grounds.words else "", grounds.reading, grounds.article]
    if due_on is None or grounds.reckoning is None:
        return Why((*filter(None, told), "Chưa có ngày cụ thể nên chưa có lịch nhắc."), None)
    told += _sums(grounds.reckoning, calendar)
    if due(grounds.reckoning, calendar) != due_on:
        told.append(f"Giữ {long_day(due_on)}: lịch thay đổi không kéo hạn lùi về ngày đã qua.")
    told.append(f"Ngày cuối còn đúng hạn: {long_day(due_on)}.")
    target = last_working_day(due_on, calendar)
    off = calendar.off_between(target, due_on)
    if off:
        told.append(f"Ngày làm việc cuối cùng còn đúng hạn (ngày T): {long_day(target)}; ngày nghỉ: {days_said(off)}.")
    return Why(tuple(filter(None, told)), target, *_counted(grounds.reckoning, calendar, off))


def kept(grounds: Grounds, due_on: date | None, calendar: WorkCalendar, **more: Any) -> dict[str, Any]:
    """Return what is kept with a date: its explanation under the calendar of the day, and its grounds."""
    found = why(grounds, due_on, calendar)
    return {
        "said": found.said,
        "skipped": [[one.day.isoformat(), one.reason] for one in found.skipped],
        "words": grounds.words,
        "reading": grounds.reading,
        "article": grounds.article,
        "reckoning": None if grounds.reckoning is None else to_json(grounds.reckoning),
        **more,
    }


def grounds_in(explanation: Mapping[str, Any]) -> Grounds | None:
    """Return the grounds that `kept` wrote, None for an explanation that holds none."""
    if "reckoning" not in explanation:
        return None
    reckoning = explanation["reckoning"]
    return Grounds(
        explanation["words"],
        explanation["reading"],
        None if reckoning is None else from_json(reckoning),
        explanation["article"],
    )


def _reading(duty: Duty) -> str:
    said = say(duty.deadline)
    match duty.deadline:
        case ByDate(on, False):
            return f"“Trước ngày” không tính chính {long_day(on)}, ngày cuối là hôm trước."
        case ByDate(on, True):
            return f"Tính cả {long_day(on)}."
        case Period():
            return f"Hiểu là {said}, tính cả ngày cuối kỳ."
        case Recurring() if duty.ends_on is not None:
            return f"Hiểu là {said}, kỳ {duty.period}; không ghi ngày nên lấy ngày làm việc cuối cùng của kỳ."
        case Recurring(day=named) if duty.due_on is not None:
            before = (duty.due_on + timedelta(days=1)).day == named != duty.due_on.day
            return f"Hiểu là {said}, kỳ {duty.period}{'; “trước” nên không tính chính ngày ấy' if before else ''}."
        case _:
            return f"Hiểu là {said}."


def _sums(reckoning: Reckoning, calendar: WorkCalendar) -> list[str]:
    match reckoning:
        case Named():
            return []
        case LastWorking(of):
            off = calendar.off_between(due(reckoning, calendar), of)
            passed = f"; ngày nghỉ: {days_said(off)}" if off else ""
            return [f"Kỳ kết thúc {long_day(of)}{passed}."]
        case After(start, count):
            return [calendar.explain(start, count).said]
        case Held(of, since, until, waited):
            held = calendar.between(since, until)
            back = calendar.explain(due(of, calendar), held).said
            who = "Chờ người gửi trả lời" if waited else "Văn phòng giữ"
            days = f"{who} từ {long_day(since)} đến {long_day(until)}, trả lại {held} ngày làm việc:"
            return [*_sums(of, calendar), f"{days} {back}"]


def _counted(
    reckoning: Reckoning, calendar: WorkCalendar, off: tuple[Skipped, ...]
) -> tuple[tuple[date, ...], tuple[Skipped, ...]]:
    """Return the days counted and passed over; where nothing is counted, the days off between T and the date."""
    match reckoning:
        case After(start, count):
            explained = calendar.explain(start, count)
            return explained.counted, explained.skipped
        case Held(of, since, until):
            explained = calendar.explain(due(of, calendar), calendar.between(since, until))
            return explained.counted, explained.skipped
        case LastWorking(of):
            return (), calendar.off_between(due(reckoning, calendar), of)
        case _:
            return (), off
