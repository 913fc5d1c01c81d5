"""What can be answered to a doubt about a plan, and what typed words mean: agencies, a deadline, leaving it."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.plans import ADD, DONE, EACH, JOINT, KEEP, LAST_DAY, SKIP, resolve_names
from domain.agencies import Agency, Directory
from domain.deadlines import Recurring, from_json, say, to_json
from domain.deadlines import read as read_deadline
from domain.errors import ActRefused
from domain.words import fold, squeeze
from storage import agencies, drafts
from storage.database import Unit
from storage.types import AnyRow

_NAMED = 6
"""So many agencies are named when an answer is read back; the rest is counted."""
_LIKELY = 3
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """A typed answer as it was understood: `value` is what settles the doubt, `said` reads it back."""

    value: str
    said: str


_OFFERED: dict[str, tuple[tuple[str, str], ...]] = {
    "agency": (("Bỏ qua", SKIP),),
    "group": (("Bỏ qua", SKIP),),
    "joint": (("Mỗi nơi một sản phẩm", EACH), ("Chung một sản phẩm", JOINT)),
    "suggestion": (("Bỏ qua", SKIP), ("Thêm vào kế hoạch", ADD)),
    "due": (("Giữ nguyên", KEEP), ("Đã xong", DONE), ("Bỏ qua", SKIP)),
    "day": (("Ngày làm việc cuối kỳ", LAST_DAY),),
}
_USUAL = (("Giữ nguyên", KEEP), ("Bỏ qua", SKIP))

_SAID: dict[tuple[str, str], str] = {
    ("agency", SKIP): "bỏ qua, không giao cho nơi nào",
    ("agency", KEEP): "giữ nguyên, không giao cho nơi nào",
    ("group", SKIP): "bỏ qua, không giao cho nơi nào",
    ("group", KEEP): "giữ nguyên, không giao cho nơi nào",
    ("joint", EACH): "mỗi nơi một sản phẩm",
    ("joint", JOINT): "chung một sản phẩm, nơi đứng đầu gửi",
    ("deadline", KEEP): "giữ nguyên như đã đọc",
    ("deadline", SKIP): "bỏ qua, để như đã đọc",
    ("day", KEEP): LAST_DAY,
    ("day", SKIP): LAST_DAY,
    ("document", KEEP): "giữ nguyên như đã đọc",
    ("document", SKIP): "bỏ qua, để như đã đọc",
    ("suggestion", SKIP): "bỏ qua, không đưa vào kế hoạch",
    ("suggestion", ADD): "thêm vào kế hoạch",
    ("due", SKIP): "bỏ qua, không giao việc này",
    ("due", DONE): "ghi là đã xong",
    ("due", KEEP): "giữ nguyên hạn như văn bản",
}


def offered(doubt: AnyRow) -> list[tuple[str, str]]:
    """Return what can be chosen for a doubt as (label, answer), the reader's own suggestion first."""
    usual = list(_OFFERED.get(doubt.field, _USUAL))
    wanted = str(doubt.suggestion or "")
    first = [one for one in usual if fold(one[1]) == fold(wanted)]
    if wanted and not first:
        first = [(wanted, wanted)]
    return [*first, *(one for one in usual if one not in first)]


def said(doubt: AnyRow) -> str:
    """Return how a settled doubt was answered, in words."""
    value = str(doubt.value or "")
    return _SAID.get((doubt.field, value), value)


def is_word(text: str) -> bool:
    """Whether an answer is one of the words that mean the same for every plan, not codes or a deadline."""
    return fold(text) in {fold(one) for one in (SKIP, KEEP, DONE, EACH, JOINT, ADD, LAST_DAY)}


def understand(unit: Unit, plan: AnyRow, doubt: AnyRow, text: str) -> Answer:
    """Return what a typed answer to a doubt means. Raises ActRefused where it cannot be used."""
    words = squeeze(text)[:_LONGEST]
    for label, value in (*offered(doubt), *_USUAL):
        if fold(words) in {fold(label), fold(value)} and is_word(value):
            return Answer(value, _SAID.get((doubt.field, value), value))
    if doubt.field in {"agency", "group"}:
        return agencies_in(unit, plan, words)[0]
    if doubt.field in {"deadline", "due"}:
        return deadline_in(plan, words)[0]
    if doubt.field == "day":
        return day_in(drafts.task(unit, doubt.plan_version_id, doubt.task_id), words)[0]
    if doubt.field == "joint":
        raise ActRefused(f"Xin trả lời “{EACH}” hoặc “{JOINT}”.")
    if doubt.field == "suggestion":
        raise ActRefused(f"Xin trả lời “{ADD}” hoặc “{SKIP}”.")
    if not words:
        raise ActRefused("Câu trả lời còn trống. Xin chọn một mục, hoặc gõ ghi chú.")
    return Answer(words, words)


def agencies_in(unit: Unit, plan: AnyRow, text: str) -> tuple[Answer, list[int]]:
    """Return the agencies that codes, names or a collective mean on the plan's day."""
    directory = agencies.directory(unit)
    pieces = [piece for piece in text.split(";") if piece.strip()] or [text]
    named = [_by_code(directory, piece) or _by_name(directory, day_of(plan), piece.strip()) for piece in pieces]
    found = list({one.code: one for each in named for one in each}.values())
    ids = agencies.ids(unit)
    return Answer(", ".join(one.code for one in found), _named(found)), [ids[one.code] for one in found]


def _by_code(directory: Directory, text: str) -> list[Agency] | None:
    by_code = {fold(one.code): one for one in directory}
    wanted = [fold(one) for one in text.split(",") if one.strip()]
    known = [by_code[one] for one in dict.fromkeys(wanted) if one in by_code]
    return known if known and len(known) == len(set(wanted)) else None


def _by_name(directory: Directory, on: date, text: str) -> list[Agency]:
    resolution = resolve_names([text], directory, on, None)
    groups = [one for _, members in resolution.groups for one in members]
    found = list({one.code: one for one in (*resolution.agencies, *groups)}.values())
    if found and not resolution.unknown:
        return found
    unknown = resolution.unknown[0].name if resolution.unknown else text
    likely = [one for one in directory if fold(unknown) and fold(unknown) in fold(one.name) and one.stands_on(on)]
    near = f" Có phải: {_listed(likely[:_LIKELY])}?" if likely else ""
    raise ActRefused(f"Danh mục chưa có “{unknown}”.{near} Xin gõ mã hoặc tên cơ quan trong danh mục, hoặc “{SKIP}”.")


def day_of(plan: AnyRow) -> date:
    """Return the day on which a plan's agencies are looked up: that of its signing, else its year's first."""
    return plan.date or date(plan.year or plan.created_at.year, 1, 1)


def _named(found: Sequence[Agency]) -> str:
    more = f" và {len(found) - _NAMED} nơi nữa" if len(found) > _NAMED else ""
    return _listed(found[:_NAMED]) + more


def _listed(found: Iterable[Agency]) -> str:
    return ", ".join(f"{one.name} ({one.code})" for one in found)


def deadline_in(plan: AnyRow, text: str) -> tuple[Answer, dict[str, Any]]:
    """Return the deadline that typed words mean, and its JSON. Raises ActRefused for what is not understood."""
    words = squeeze(text)[:_LONGEST]
    reading = read_deadline(words, year=plan.year, signed=plan.date)
    if reading.warnings or not words:
        raise ActRefused(
            f"Chưa hiểu thời hạn “{words}”. Ví dụ: trước ngày 20/01/2026, Quý II, hằng tháng, thường xuyên."
        )
    return Answer(words, say(reading.deadline)), to_json(reading.deadline)


_DAY = re.compile(r"(?:ngay )?(\d{1,2})(?:\s*(?:/|thang )\s*(\d{1,2}))?")


def day_in(task: AnyRow | None, text: str) -> tuple[Answer, dict[str, Any]]:
    """Return the deadline, in JSON too, of a task that comes back on the typed day: "25", "20/11".

    Raises ActRefused for what is no such day.
    """
    deadline = from_json(task.deadline) if task is not None else None
    found = _DAY.fullmatch(fold(text))
    if found and isinstance(deadline, Recurring):
        month = int(found[2]) if found[2] else deadline.month
        with suppress(ValueError):  # a day that its month does not have
            dated = replace(deadline, day=int(found[1]), month=month)
            return Answer(squeeze(text), say(dated)), to_json(dated)
    raise ActRefused(
        f"Chưa rõ “{text}” là ngày nào của kỳ. Xin gõ như ngày 25, hằng năm thì như 20/11, hoặc “{LAST_DAY}”."
    )
