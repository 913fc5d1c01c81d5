"""A ladder that an office writes: its file (TOML), read, checked and written back.

Every refusal is one Vietnamese sentence that names the rung and what is wrong with it.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time
from itertools import pairwise
from typing import Any, TypeVar

from domain.errors import ActRefused
from domain.ladder import WEEKLY_AT_MOST, From, Kind, Ladder, Rung
from domain.people import Role
from domain.words import nfc, squeeze, visible
from domain.workdays import OfficeHours

_T = TypeVar("_T", From, Role, Kind)

LONGEST_NAME = 40
LONGEST_DAYS = 365
MOST_RUNGS = 40
MOST_INTERNAL_DAYS = 60

_WEEKS_FROM, _WEEK = 10, 5
"""What is said later than so many working days after T is weekly: so many working days apart at least."""

_ABOVE = (Role.HEAD, Role.COORDINATOR, Role.LEADER)

_RUNG_NAME = re.compile(r"[\w-]{1,30}")
_AT = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_KEYS = ("name", "base", "days", "role", "at", "kind")
_DEFAULTS: Mapping[str, Any] = {"days": 0, "at": "08:00"}


def from_toml(text: str, hours: OfficeHours) -> Ladder:
    """Return the ladder that a file holds, fit for offices that work these hours.

    Raises ActRefused for what is no TOML and for every rule that it breaks.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" ở dòng {line[1]}" if line else ""
        raise ActRefused(f"Tệp lịch nhắc không đúng cú pháp TOML{where}. Mẫu: nhacviec ladder show --toml.") from None
    _refuse_unknown(data, ("name", "internal_days", "rung"), "Tệp lịch nhắc")
    rows = data.get("rung")
    if not isinstance(rows, list) or not rows or len(rows) > MOST_RUNGS:
        raise ActRefused(f"Tệp lịch nhắc cần từ 1 đến {MOST_RUNGS} bậc, mỗi bậc một mục [[rung]].")
    ladder = Ladder(_ladder_name(data), tuple(_rung(row, at) for at, row in enumerate(rows, 1)), _internal_days(data))
    check(ladder, hours)
    return ladder


def to_toml(ladder: Ladder) -> str:
    """Return the file of a ladder; `from_toml` reads it back as the same."""
    head = [f"name = {_quoted(ladder.name)}"]
    if ladder.internal_days is not None:
        head.append(f"internal_days = {ladder.internal_days}")
    rungs = [
        "\n".join(["[[rung]]", *(f"{key} = {_quoted(value)}" for key, value in row.items())])
        for row in ladder.to_json()
    ]
    return "\n\n".join(["\n".join(head), *rungs]) + "\n"


def _quoted(value: str | int) -> str:
    return str(value) if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False)


def _refuse_unknown(data: Mapping[str, Any], known: Sequence[str], what: str) -> None:
    unknown = [key for key in data if key not in known]
    if unknown:
        raise ActRefused(f"{what} có mục lạ “{unknown[0]}”; chỉ dùng: {', '.join(known)}.")


def _ladder_name(data: Mapping[str, Any]) -> str:
    name = data.get("name")
    kept = squeeze(visible(name)) if isinstance(name, str) else ""
    if not 0 < len(kept) <= LONGEST_NAME:
        raise ActRefused(f"Tệp lịch nhắc cần mục name, từ 1 đến {LONGEST_NAME} ký tự.")
    return kept


def _internal_days(data: Mapping[str, Any]) -> int | None:
    days = data.get("internal_days")
    if days is not None and not (_is_number(days) and 1 <= days <= MOST_INTERNAL_DAYS):
        raise ActRefused(f"Mục internal_days là số ngày làm việc trước hạn, từ 1 đến {MOST_INTERNAL_DAYS}.")
    return days


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _rung(row: Any, at: int) -> Rung:
    """Return one rung. Raises ActRefused for a key or a value that it cannot have."""
    if not isinstance(row, dict):
        raise ActRefused(f"Bậc thứ {at} phải là một mục [[rung]] với {', '.join(_KEYS)}.")
    what = f"Bậc thứ {at}"
    _refuse_unknown(row, _KEYS, what)
    missing = [key for key in _KEYS if key not in row and key not in _DEFAULTS]
    if missing:
        raise ActRefused(f"{what} thiếu mục {missing[0]}; mỗi bậc cần: name, base, role, kind.")
    given = {**_DEFAULTS, **row}
    name = nfc(given["name"]) if isinstance(given["name"], str) else ""
    if not _RUNG_NAME.fullmatch(name):
        raise ActRefused(f"{what}: name là 1 đến 30 chữ, số, “-” hoặc “_”, không có dấu cách.")
    what = f"Bậc “{name}”"
    if not _is_number(given["days"]) or abs(given["days"]) > LONGEST_DAYS:
        raise ActRefused(f"{what}: days là một số nguyên từ -{LONGEST_DAYS} đến {LONGEST_DAYS}.")
    if not isinstance(given["at"], str) or not _AT.fullmatch(given["at"]):
        raise ActRefused(f"{what}: at là giờ và phút như 08:00.")
    return Rung(
        name,
        _one_of(From, _BASES, given["base"], what, "base"),
        given["days"],
        _one_of(Role, (Role.OFFICER, *_ABOVE), given["role"], what, "role"),
        given["at"],
        _one_of(Kind, tuple(SAYS), given["kind"], what, "kind"),
    )


_BASES = tuple(one for one in From if one is not From.AFTER)
"""From.AFTER counts from the hand-over of a citizen's case, whose ladders come with the program."""


def _one_of(kind: type[_T], known: Sequence[_T], value: Any, what: str, key: str) -> _T:
    if not isinstance(value, str) or value not in known:
        raise ActRefused(f"{what}: {key} chỉ nhận {', '.join(known)}.")
    return kind(value)


def check(ladder: Ladder, hours: OfficeHours) -> None:
    """Hold a ladder to the rules. Raises ActRefused with a sentence for the first one that it breaks."""
    for rung in ladder.rungs:
        for broken, sentence in _OF_A_RUNG:
            if broken(rung):
                raise ActRefused(f"Bậc “{rung.name}”: {sentence}.")
        if rung.base is not From.ISSUE and not _in_hours(rung.moment, hours):
            raise ActRefused(f"Bậc “{rung.name}”: giờ {rung.at} nằm ngoài giờ làm việc.")
    for fault in (_twice, _without_beginning, _without_internal_date, _out_of_order, _too_often):
        sentence = fault(ladder)
        if sentence:
            raise ActRefused(f"{sentence}.")


def _in_hours(moment: time, hours: OfficeHours) -> bool:
    return moment in hours.morning or moment in hours.afternoon


_OF_A_RUNG: Sequence[tuple[Callable[[Rung], bool], str]] = (
    (lambda one: (one.base is From.ISSUE) is not (one.kind is Kind.ASSIGNED), "base issue đi với kind assigned"),
    (lambda one: one.base in {From.ISSUE, From.START} and one.days != 0, "base issue và start chỉ nhận days = 0"),
    (lambda one: one.base is From.AGENDA and one.days >= 0, "base agenda cần days nhỏ hơn 0"),
    (lambda one: (one.base is From.INTERNAL) is not (one.kind is Kind.INTERNAL), "base internal đi với kind internal"),
    (lambda one: one.base in {From.START, From.AGENDA} and one.kind is not Kind.REMINDER,
     "base start và agenda chỉ dùng cho kind reminder"),
    (lambda one: one.kind is Kind.REMINDER and one.days > 0, "kind reminder chỉ đặt trước hoặc đúng hạn"),
    (lambda one: one.kind in {Kind.OVERDUE, Kind.ESCALATION} and one.days < 1,
     "kind overdue và escalation cần days từ 1"),
    (lambda one: one.kind is Kind.ESCALATION and one.role not in _ABOVE,
     "kind escalation chỉ gửi head, coordinator hoặc leader"),
    (lambda one: one.kind is Kind.INTERNAL and one.role not in {Role.OFFICER, Role.HEAD},
     "kind internal chỉ gửi officer hoặc head"),
    (lambda one: one.kind in {Kind.ASSIGNED, Kind.REMINDER, Kind.OVERDUE} and one.role is not Role.OFFICER,
     "kind assigned, reminder và overdue chỉ gửi officer"),
)  # fmt: skip
"""What no rung may be, and the words for it."""


def _twice(ladder: Ladder) -> str:
    names = Counter(rung.name for rung in ladder.rungs)
    places = Counter((rung.base, rung.days, rung.role) for rung in ladder.rungs)
    for rung in ladder.rungs:
        if names[rung.name] > 1:
            return f"Tên bậc “{rung.name}” dùng hai lần"
        if places[rung.base, rung.days, rung.role] > 1:
            return f"Bậc “{rung.name}” trùng ngày và người nhận với một bậc khác"
    return ""


def _without_beginning(ladder: Ladder) -> str:
    if not any(rung.kind is Kind.ASSIGNED for rung in ladder.rungs):
        return "Lịch nhắc cần một bậc báo giao việc: base issue, kind assigned, role officer"
    if not any(rung.kind is Kind.REMINDER and rung.days < 0 for rung in ladder.rungs):
        return "Lịch nhắc cần ít nhất một bậc nhắc trước hạn: kind reminder với days nhỏ hơn 0"
    return ""


def _without_internal_date(ladder: Ladder) -> str:
    inner = [rung for rung in ladder.rungs if rung.base is From.INTERNAL]
    if inner and ladder.internal_days is None:
        return f"Bậc “{inner[0].name}” tính từ hạn nội bộ nhưng tệp chưa có mục internal_days"
    if ladder.internal_days is not None and not inner:
        return "Tệp có internal_days nhưng không bậc nào có base internal"
    late = [rung for rung in inner if ladder.internal_days is not None and rung.days >= ladder.internal_days]
    return f"Bậc “{late[0].name}” rơi vào hoặc sau hạn chính thức" if late else ""


def _out_of_order(ladder: Ladder) -> str:
    """Whether somebody above hears that work is overdue before whoever stands below."""
    first = {role: min(days, default=None) for role, days in _late_days(ladder).items()}
    heard = [(role, days) for role in (Role.OFFICER, *_ABOVE) if (days := first.get(role)) is not None]
    if heard and heard[0][0] is not Role.OFFICER:
        return "Trước khi báo lên trên cần một bậc overdue cho officer"
    for (below, days), (above, then) in pairwise(heard):
        if then <= days:
            return f"Bậc cho {above} phải sau bậc đầu tiên cho {below}"
    return ""


def _too_often(ladder: Ladder) -> str:
    for role, days in _late_days(ladder).items():
        weekly = sorted(one for one in days if one > _WEEKS_FROM)
        if len(weekly) > WEEKLY_AT_MOST:
            return f"Sau {_WEEKS_FROM} ngày làm việc quá hạn chỉ nhắc {role} nhiều nhất {WEEKLY_AT_MOST} lần"
        if any(then - before < _WEEK for before, then in pairwise(weekly)):
            return (
                f"Sau {_WEEKS_FROM} ngày làm việc quá hạn chỉ nhắc {role} mỗi tuần một lần, cách nhau từ {_WEEK} ngày"
            )
    return ""


def _late_days(ladder: Ladder) -> dict[Role, list[int]]:
    """Return the working days after T on which each role hears that work is overdue."""
    return {role: list(_days_of(ladder, role)) for role in (Role.OFFICER, *_ABOVE)}


def _days_of(ladder: Ladder, role: Role) -> Iterable[int]:
    return (rung.days for rung in ladder.rungs if rung.role is role and rung.kind in {Kind.OVERDUE, Kind.ESCALATION})


def when(rung: Rung) -> str:
    """Return in Vietnamese when a rung is said."""
    if rung.base is From.ISSUE:
        return "khi ban hành"
    if rung.base is From.START:
        return "đầu tuần bắt đầu kỳ"
    if rung.base is From.AGENDA:
        return f"đầu tuần của ngày trước hạn {-rung.days} ngày"
    date = "hạn nội bộ" if rung.base is From.INTERNAL else "hạn"
    if rung.days == 0:
        return f"đúng {date}"
    return f"{'sau' if rung.days > 0 else 'trước'} {date} {abs(rung.days)} ngày làm việc"


SAYS: Mapping[Kind, str] = {
    Kind.ASSIGNED: "báo giao việc",
    Kind.REMINDER: "nhắc sắp đến hạn",
    Kind.INTERNAL: "nhắc hạn nội bộ",
    Kind.OVERDUE: "nhắc quá hạn",
    Kind.ESCALATION: "báo lên trên",
}
"""What each kind of rung says, for a person who reads a ladder."""
