"""Plans before issue: a draft from a reading, with its doubts.

Nothing is guessed in silence: what the reader was not sure of, what the directory does not know and what has
no fixed members becomes a doubt with the words of the source.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.agencies import AgencyPhrase, Directory, Resolution, resolve, split
from domain.deadlines import Deadline, Recurring, to_json
from domain.duties import lacks_day
from domain.errors import ActRefused
from domain.people import Viewer
from domain.plans import Draft, DraftTask
from domain.words import fold, squeeze
from storage import agencies, audit, matters, plans
from storage.database import Unit

Nearest = Callable[[str, Sequence[str]], str | None] | None
"""Offers the most alike of several names, None where none is alike."""

PARTS = ("lead", "coordinating", "following")

SKIP = "bỏ qua"
KEEP = "giữ nguyên"
DONE = "đã xong"
EACH = "mỗi nơi một"
JOINT = "chung"
ADD = "thêm"
LAST_DAY = "ngày làm việc cuối kỳ"

BODY = "Thân văn bản"
"""The section under which tasks from the running text stand."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The draft that was made, or found: the same file is one plan however often it is imported."""

    plan_id: int
    tasks: int
    again: bool


@dataclass(slots=True)
class _Doubts:
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, task_id: int | None, field_name: str, said: str, question: str, suggestion: Any = None) -> None:
        self.rows.append(
            {"task_id": task_id, "field": field_name, "said": said, "question": question, "suggestion": suggestion}
        )


def by(viewer: Viewer | None) -> dict[str, Any]:
    """Return whom an audit line names: the coordinator, or, without a viewer, the operator at the machine.

    Raises ActRefused for everybody else.
    """
    if viewer is None:
        return {"actor": audit.OPERATOR}
    if not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới nhập, sửa hay ban hành được kế hoạch.")
    return {"person_id": viewer.person_id}


def import_draft(
    unit: Unit,
    draft: Draft,
    as_read: dict[str, Any],
    digest: str,
    nearest: Nearest,
    now: datetime,
    viewer: Viewer | None = None,
) -> Imported:
    """Keep a reading as a draft plan with its doubts. `as_read` is the draft in the plan format, `digest` the file's.

    Raises ActRefused for a file without tasks and for one whose plan was issued already.
    """
    who = by(viewer)
    if not draft.tasks:
        raise ActRefused("Tệp này không có nhiệm vụ nào để nhập. Kiểm tra lại bảng phụ lục rồi nhập lại.")
    known = plans.by_digest(unit, digest)
    if known is not None and known.state != plans.DRAFT:
        raise ActRefused(f"Tệp này đã được nhập và ban hành ở kế hoạch {known.id}; không nhập lần hai.")
    if known is not None:
        return _read_again(unit, draft, as_read, digest, known.id, nearest, now)
    facts = draft.document
    plan_id = plans.add(
        unit,
        {
            "kind": facts.kind,
            "number": facts.number,
            "date": facts.date,
            "issuer": facts.issuer,
            "place": facts.place,
            "year": facts.year,
            "title": facts.title,
            "signer": facts.signer,
            "coordinating_office": facts.coordinating_office,
        },
        now,
    )
    version_id = plans.add_version(unit, plan_id, 1, facts.file, digest, as_read, now)
    _write_tasks(unit, draft, plan_id, version_id, nearest, now)
    audit.record(unit, "import_plan", "plan", plan_id, now, tasks=len(draft.tasks), **who)
    return Imported(plan_id, len(draft.tasks), again=False)


def _read_again(
    unit: Unit, draft: Draft, as_read: dict[str, Any], digest: str, plan_id: int, nearest: Nearest, now: datetime
) -> Imported:
    """Take the same file once more, against the directory of today, unless a person has begun to settle it."""
    if plans.forget_reading(unit, plan_id):
        version_id = plans.add_version(unit, plan_id, 1, draft.document.file, digest, as_read, now)
        _write_tasks(unit, draft, plan_id, version_id, nearest, now)
    return Imported(plan_id, len(draft.tasks), again=True)


def _write_tasks(unit: Unit, draft: Draft, plan_id: int, version_id: int, nearest: Nearest, now: datetime) -> None:
    task_ids = write_amended(unit, draft, [None] * len(draft.tasks), {}, plan_id, version_id, nearest, now)
    doubts = _Doubts()
    for task, task_id in zip(draft.tasks, task_ids, strict=True):
        if lacks_day(task.deadline):
            doubts.add(task_id, "day", task.deadline_raw, _which_day(task.deadline), LAST_DAY)
    plans.add_doubts(unit, [{"plan_version_id": version_id, **row} for row in doubts.rows])


def _which_day(deadline: Deadline) -> str:
    """Ask on which day of every period what comes back is due."""
    yearly = isinstance(deadline, Recurring) and deadline.every == ("year",) and deadline.month is None
    example = "ngày và tháng (ví dụ: 20/11)" if yearly else "ngày của tháng cuối kỳ (ví dụ: ngày 25)"
    return f"Hạn định kỳ không ghi ngày. Trả lời {example}, hoặc “{LAST_DAY}”."


def write_amended(
    unit: Unit,
    draft: Draft,
    kept: Sequence[int | None],
    touched: Mapping[int, frozenset[str]],
    plan_id: int,
    version_id: int,
    nearest: Nearest,
    now: datetime,
) -> list[int]:
    """Write a reading's rows, agencies and doubts; return the ids of its tasks in order.

    `kept` gives for each row the task it goes on with, or None; `touched` the fields of kept tasks that changed:
    what a person settled of the others stays settled.
    """
    fresh = iter(matters.add(unit, [{"kind": "task", "opened_at": now} for one in kept if one is None]))
    task_ids = [next(fresh) if one is None else one for one in kept]
    first = plans.last_position(unit, plan_id) + 1
    new_ids = [task_id for task_id, one in zip(task_ids, kept, strict=True) if one is None]
    rows = [{"id": one, "plan_id": plan_id, "position": at} for at, one in enumerate(new_ids, first)]
    versions = [worded(task, task_id, version_id) for task, task_id in zip(draft.tasks, task_ids, strict=True)]
    plans.add_tasks(unit, rows, versions)
    known = {one for one in kept if one is not None}
    anew = {one for one in task_ids if one not in known or _AGENCY_FIELDS & touched.get(one, frozenset())}
    plans.forget_agencies(unit, anew & known)
    dated = {one for one in task_ids if one not in known or "deadline" in touched.get(one, frozenset())}
    doubts = _resolve_all(unit, draft, task_ids, anew, dated, nearest, now)
    plans.add_doubts(unit, [{"plan_version_id": version_id, **row} for row in doubts.rows])
    return task_ids


_AGENCY_FIELDS = frozenset({"lead", "coordinating"})


def _resolve_all(
    unit: Unit,
    draft: Draft,
    task_ids: Sequence[int],
    anew: Collection[int],
    dated: Collection[int],
    nearest: Nearest,
    now: datetime,
) -> _Doubts:
    """Write which agencies the directory finds behind the rows in `anew`, and return what it could not.

    Warnings of the reader become doubts for the rows in `dated`.
    """
    directory = agencies.directory(unit)
    ids = agencies.ids(unit)
    on = draft.document.date or date(draft.document.year or now.year, 1, 1)
    doubts = _Doubts()
    rows: list[dict[str, Any]] = []
    for warning in draft.warnings:
        doubts.add(None, "document", "", warning)
    for one in draft.suggestions:
        question = f"Thân văn bản giao việc này, phụ lục không ghi. Trả lời “{ADD}” để đưa vào kế hoạch, hoặc “{SKIP}”."
        doubts.add(None, "suggestion", one.content, question, SKIP)
    for task, task_id in zip(draft.tasks, task_ids, strict=True):
        for warning in task.warnings if task_id in dated else ():
            doubts.add(task_id, "deadline", task.deadline_raw or task.content, warning)
        if task_id not in anew:
            continue
        found = _resolve_task(task, task_id, directory, on, nearest, doubts)
        rows += [{"task_id": task_id, "agency_id": ids[code], "part": part} for part, code in found]
    plans.add_task_agencies(unit, rows)
    return doubts


def worded(task: DraftTask, task_id: int, version_id: int) -> dict[str, Any]:
    """Return the row that keeps a task's wording in a reading of its plan."""
    return {
        "task_id": task_id,
        "plan_version_id": version_id,
        "appendix": task.appendix,
        "section": list(task.section),
        "number": task.number,
        "content": task.content,
        "content_folded": fold(task.content),
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "following": list(task.following),
        "deadline_raw": task.deadline_raw,
        "deadline": to_json(task.deadline),
        "product": task.product,
        "also": [
            {"deadline_raw": one.raw, "deadline": to_json(one.deadline), "product": one.product} for one in task.also
        ],
        "source": {"page": task.source.page, "line": task.source.line},
    }


def _resolve_task(
    task: DraftTask, task_id: int, directory: Directory, on: date, nearest: Nearest, doubts: _Doubts
) -> list[tuple[str, str]]:
    """Return (part, agency code) of everything that the directory knows; the rest becomes doubts."""
    found: list[tuple[str, str]] = []
    for part, names in zip(PARTS, (task.lead, task.coordinating, task.following), strict=True):
        resolution = resolve_names(names, directory, on, nearest)
        codes = [one.code for one in resolution.agencies]
        codes += [one.code for _, members in resolution.groups for one in members]
        found += [(part, code) for code in codes]
        if part == "lead":
            _doubt_lead(task, task_id, resolution, codes, doubts)
            _doubt_joint(task_id, resolution, doubts)
    return found


def resolve_names(names: Iterable[str], directory: Directory, on: date, nearest: Nearest) -> Resolution:
    """Return what the directory makes of a cell's names on a day."""
    phrases = [split(name, on) for name in names]
    whole = AgencyPhrase(
        names=tuple(name for one in phrases for name in one.names),
        groups=tuple(group for one in phrases for group in one.groups),
        excluded=tuple(name for one in phrases for name in one.excluded),
        warnings=tuple(warning for one in phrases for warning in one.warnings),
    )
    return resolve(whole, directory, on, nearest)


def _doubt_lead(task: DraftTask, task_id: int, resolution: Resolution, codes: Sequence[str], doubts: _Doubts) -> None:
    for unknown in resolution.unknown:
        near = f" Có phải {unknown.nearest}?" if unknown.nearest else ""
        question = f"Danh mục chưa có “{unknown.name}”.{near} Trả lời bằng mã cơ quan, hoặc “{SKIP}”."
        doubts.add(task_id, "agency", unknown.name, question, unknown.nearest)
    for group, members in resolution.groups:
        if not members:
            question = (
                f"“{group.raw}” không có danh sách cố định tại ngày ban hành. "
                f"Trả lời bằng các mã cơ quan cách nhau dấu phẩy, hoặc “{SKIP}”."
            )
            doubts.add(task_id, "group", group.raw, question)
    if not task.lead:
        question = f"Việc này không ghi cơ quan chủ trì. Trả lời bằng mã cơ quan, hoặc “{SKIP}”."
        doubts.add(task_id, "agency", task.content, question)
    elif not codes and not resolution.unknown and not resolution.groups:
        question = f"Chưa xác định được cơ quan chủ trì. Trả lời bằng mã cơ quan, hoặc “{SKIP}”."
        doubts.add(task_id, "agency", "; ".join(task.lead), question)


def _doubt_joint(task_id: int, resolution: Resolution, doubts: _Doubts) -> None:
    """Ask, where several named agencies lead, whether each owes the product or all together owe one."""
    named = [one.name for one in resolution.agencies]
    if len(named) > 1 and not resolution.groups:
        question = (
            f"{len(named)} cơ quan cùng chủ trì: mỗi nơi một sản phẩm, hay chung một sản phẩm do {named[0]} gửi? "
            f"Trả lời “{EACH}” hoặc “{JOINT}”."
        )
        doubts.add(task_id, "joint", "; ".join(named), question, EACH)


def open_draft(unit: Unit, plan_id: int) -> Any:
    """Return a plan that is still a draft. Raises ActRefused for an unknown or issued one."""
    row = plans.get(unit, plan_id)
    if row is None:
        raise ActRefused(f"Không có kế hoạch số {plan_id}. Xem danh sách bằng lệnh: nhacviec plan list.")
    if row.state != plans.DRAFT:
        raise ActRefused(f"Kế hoạch {plan_id} đã ban hành, không sửa bản nháp được nữa.")
    return row


def set_facts(
    unit: Unit, plan_id: int, number: str | None, on: date | None, now: datetime, viewer: Viewer | None = None
) -> None:
    """Write a plan's number and date where the document leaves them out. Raises ActRefused after issue."""
    who = by(viewer)
    row = open_draft(unit, plan_id)
    values: dict[str, Any] = {}
    if number and squeeze(number):
        values["number"] = _number(number)
    if on:
        values["date"] = on
    if not values:
        raise ActRefused("Chưa có gì để ghi: thêm --number hoặc --date.")
    plans.change(unit, plan_id, row.version, **values)
    audit.record(unit, "set_plan", "plan", plan_id, now, fields=sorted(values), **who)


_LONGEST_NUMBER = 80
"""Characters of a document's number; "15/KH-UBND" has ten."""


def _number(text: str) -> str:
    """Return a document's number. Raises ActRefused for one that is too long to be one."""
    number = squeeze(text)
    if len(number) > _LONGEST_NUMBER:
        raise ActRefused(f"Số, ký hiệu dài quá {_LONGEST_NUMBER} ký tự. Ghi như 15/KH-UBND.")
    return number
