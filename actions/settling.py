"""Settling doubts about a draft plan: agencies, deadlines, joint leads, duties of the running text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from actions.answers import day_in
from actions.plans import ADD, BODY, DONE, EACH, JOINT, KEEP, LAST_DAY, SKIP, by, open_draft, write_amended
from domain.deadlines import read as read_deadline
from domain.deadlines import to_json
from domain.errors import ActRefused
from domain.people import Viewer
from domain.plans import DraftTask, from_json
from domain.plans import to_json as to_plan_json
from domain.words import fold
from storage import agencies, audit, drafts, plans
from storage.database import Unit


def settle(unit: Unit, plan_id: int, doubt_id: int, value: str, now: datetime, viewer: Viewer | None = None) -> None:
    """Settle one doubt: agency codes, a deadline in words, or "bỏ qua" / "giữ nguyên".

    A chosen agency's unknown name becomes its alias. Raises ActRefused for an answer that cannot be used.
    """
    who = by(viewer)
    row = open_draft(unit, plan_id)
    version_id = plans.latest_version(unit, plan_id)
    doubt = plans.doubt(unit, version_id or 0, doubt_id)
    if doubt is None:
        raise ActRefused(f"Kế hoạch {plan_id} không có điểm cần hỏi số {doubt_id}.")
    answer = value.strip()
    if fold(answer) not in {fold(SKIP), fold(KEEP), fold(DONE), fold(EACH)}:
        _SETTLERS.get(doubt.field, _settle_note)(unit, row, version_id or 0, doubt, answer)
    plans.settle(unit, [doubt_id], answer, now, who.get("person_id"))
    audit.record(unit, "settle_doubt", "plan", plan_id, now, doubt=doubt_id, **who)


def _settle_agency(unit: Unit, _plan: Any, version_id: int, doubt: Any, answer: str) -> None:
    task = drafts.task(unit, version_id, doubt.task_id)
    ids = agencies.ids(unit)
    codes = [code.strip() for code in answer.split(",") if code.strip()]
    if not codes:
        raise ActRefused(f"Câu trả lời còn trống. Trả lời bằng mã cơ quan, hoặc “{SKIP}”.")
    for code in codes:
        if code not in ids:
            raise ActRefused(f"Không có cơ quan nào mang mã {code}. Trả lời bằng mã cơ quan, hoặc “{SKIP}”.")
    drafts.add_leads(unit, doubt.task_id, [ids[code] for code in codes])
    if doubt.field == "agency" and len(codes) == 1 and len(doubt.said) <= 120 and task is not None and task.lead:
        agencies.add_alias(unit, ids[codes[0]], doubt.said)


def _settle_deadline(unit: Unit, plan: Any, version_id: int, doubt: Any, answer: str) -> None:
    reading = read_deadline(answer, year=plan.year, signed=plan.date)
    if reading.warnings:
        raise ActRefused(f"Chưa hiểu thời hạn “{answer}”. Ví dụ: trước ngày 20/01/2026, Quý II, hằng tháng.")
    plans.set_deadline(unit, version_id, doubt.task_id, answer, to_json(reading.deadline))


def _settle_day(unit: Unit, _plan: Any, version_id: int, doubt: Any, answer: str) -> None:
    if fold(answer) != fold(LAST_DAY):
        dated = day_in(drafts.task(unit, version_id, doubt.task_id), answer)[1]
        plans.set_deadline(unit, version_id, doubt.task_id, doubt.said, dated)


def _settle_joint(unit: Unit, _plan: Any, _version_id: int, doubt: Any, answer: str) -> None:
    if fold(answer) != fold(JOINT):
        raise ActRefused(f"Xin trả lời “{EACH}” hoặc “{JOINT}”.")
    plans.keep_first_lead(unit, doubt.task_id)


def _settle_suggestion(unit: Unit, plan: Any, version_id: int, doubt: Any, answer: str) -> None:
    """Make a duty of the running text a task of the plan, as a person says."""
    if fold(answer) != fold(ADD):
        raise ActRefused(f"Xin trả lời “{ADD}” để đưa vào kế hoạch, hoặc “{SKIP}”.")
    kept = plans.draft_of(unit, plan.id)
    draft = from_json(kept)
    chosen = next(one for one in draft.suggestions if one.content == doubt.said)
    task = DraftTask(
        appendix=None,
        section=(BODY,),
        number=None,
        content=chosen.content,
        lead=chosen.agencies,
        coordinating=(),
        following=(),
        deadline_raw=chosen.deadline_raw,
        deadline=chosen.deadline,
        product="",
        also=(),
        warnings=(),
        source=chosen.source,
    )
    alone = replace(draft, tasks=(task,), warnings=(), suggestions=())
    write_amended(unit, alone, [None], {}, plan.id, version_id, None, plan.created_at)
    plans.keep_draft(unit, version_id, {**kept, "tasks": [*kept["tasks"], *to_plan_json(alone)["tasks"]]})


def _settle_note(_unit: Unit, _plan: Any, _version_id: int, _doubt: Any, _answer: str) -> None:
    return None


_SETTLERS: dict[str, Callable[[Unit, Any, int, Any, str], None]] = {
    "agency": _settle_agency,
    "group": _settle_agency,
    "joint": _settle_joint,
    "suggestion": _settle_suggestion,
    "deadline": _settle_deadline,
    "due": _settle_deadline,
    "day": _settle_day,
}
