"""A coordinator at a draft plan: doubts answered, answers taken back, edits in place."""

from contextlib import suppress
from datetime import datetime

from actions import answers, issue, settling
from actions.answers import Answer, agencies_in, day_of, deadline_in, is_word
from actions.plans import ADD, BODY, JOINT, KEEP, by, resolve_names
from domain.errors import ActRefused, NotFound
from domain.people import Viewer
from domain.words import fold
from storage import agencies, audit, drafts
from storage import plans as plan_rows
from storage.database import Unit
from storage.types import AnyRow

EDITED = "edit"
"""The field under which an edit in place is kept among the settled doubts, with who made it."""


def understand(unit: Unit, plan_id: int, doubt_id: int, text: str) -> Answer:
    """Return what a typed answer to a doubt means. Raises ActRefused where it cannot be used."""
    plan, version_id = _draft(unit, plan_id)
    return answers.understand(unit, plan, _doubt(unit, version_id, doubt_id), text)


def answer(unit: Unit, viewer: Viewer, plan_id: int, doubt_id: int, text: str, now: datetime) -> Answer:
    """Settle a doubt with a typed or chosen answer; an earlier answer is taken back first."""
    by(viewer)
    plan, version_id = _draft(unit, plan_id)
    doubt = _doubt(unit, version_id, doubt_id)
    if doubt.settled_at is not None:
        _take_back(unit, plan, version_id, doubt)
    found = answers.understand(unit, plan, doubt, text)
    settling.settle(unit, plan_id, doubt_id, found.value, now, viewer)
    return found


def take_back(unit: Unit, viewer: Viewer, plan_id: int, doubt_id: int, now: datetime) -> None:
    """Take back the answer to a doubt, with what it changed; one that is open stays open."""
    who = by(viewer)
    plan, version_id = _draft(unit, plan_id)
    doubt = _doubt(unit, version_id, doubt_id)
    if doubt.settled_at is not None:
        _take_back(unit, plan, version_id, doubt)
        audit.record(unit, "open_doubt", "plan", plan_id, now, doubt=doubt_id, **who)


def keep_rest(unit: Unit, viewer: Viewer, plan_id: int, now: datetime) -> int:
    """Leave every open doubt of a draft as it was read; return how many there were."""
    who = by(viewer)
    _, version_id = _draft(unit, plan_id)
    left = [one.id for one in plan_rows.doubts_of(unit, version_id, open_only=True)]
    plan_rows.settle(unit, left, KEEP, now, viewer.person_id)
    audit.record(unit, "keep_doubts", "plan", plan_id, now, doubts=len(left), **who)
    return len(left)


def set_lead(unit: Unit, viewer: Viewer, plan_id: int, task_id: int, text: str, now: datetime) -> Answer:
    """Let the typed agencies, and no others, lead a task; its open questions about agencies are settled by it."""
    plan, version_id, task = _editable(unit, viewer, plan_id, task_id)
    found, wanted = agencies_in(unit, plan, text)
    before = drafts.leads(unit, task_id)
    drafts.drop_leads(unit, task_id, [one for one in before if one not in wanted])
    drafts.add_leads(unit, task_id, wanted)
    asked = ("agency", "group", "joint") if len(wanted) == 1 else ("agency", "group")
    plan_rows.settle(unit, drafts.open_doubts(unit, version_id, task_id, asked), found.value, now, viewer.person_id)
    _note_edit(unit, viewer, version_id, task, "Cơ quan chủ trì", "; ".join(task.lead), found, now)
    return found


def set_deadline(unit: Unit, viewer: Viewer, plan_id: int, task_id: int, text: str, now: datetime) -> Answer:
    """Give a task the typed deadline; its open questions about the deadline are settled by it."""
    plan, version_id, task = _editable(unit, viewer, plan_id, task_id)
    found, deadline = deadline_in(plan, text)
    plan_rows.set_deadline(unit, version_id, task_id, found.value, deadline)
    asked = drafts.open_doubts(unit, version_id, task_id, ("deadline", "due", "day"))
    plan_rows.settle(unit, asked, found.value, now, viewer.person_id)
    _note_edit(unit, viewer, version_id, task, "Thời hạn", task.deadline_raw, found, now)
    return found


def ask_near_dates(unit: Unit, plan_id: int, now: datetime) -> None:
    """Ask about deadlines that are past or near now, where the plan could be issued but for its doubts."""
    with suppress(ActRefused):
        issue.keep_near_dates(unit, plan_id, now, now)


def _draft(unit: Unit, plan_id: int) -> tuple[AnyRow, int]:
    row = plan_rows.get(unit, plan_id)
    version_id = plan_rows.latest_version(unit, plan_id)
    if row is None or version_id is None:
        raise NotFound("kế hoạch này")
    if row.state != plan_rows.DRAFT:
        raise ActRefused("Kế hoạch này đã ban hành, không sửa bản nháp được nữa.")
    return row, version_id


def _doubt(unit: Unit, version_id: int, doubt_id: int) -> AnyRow:
    found = plan_rows.doubt(unit, version_id, doubt_id)
    if found is None or found.field == EDITED:
        raise NotFound("điểm cần hỏi này")
    return found


def _editable(unit: Unit, viewer: Viewer, plan_id: int, task_id: int) -> tuple[AnyRow, int, AnyRow]:
    by(viewer)
    plan, version_id = _draft(unit, plan_id)
    task = drafts.task(unit, version_id, task_id)
    if task is None:
        raise NotFound("việc này")
    return plan, version_id, task


def _note_edit(
    unit: Unit, viewer: Viewer, version_id: int, task: AnyRow, what: str, before: str, found: Answer, now: datetime
) -> None:
    """Keep the edit beside the answers to doubts: a file that is imported again does not undo a person's work."""
    row = {"task_id": task.task_id, "field": EDITED, "said": before, "question": what, "suggestion": None}
    settled = {"value": found.value, "settled_at": now, "settled_by": viewer.person_id}
    plan_rows.add_doubts(unit, [{"plan_version_id": version_id, **row, **settled}])
    audit.record(unit, "edit_task", "task", task.task_id, now, person_id=viewer.person_id, field=what)


def _take_back(unit: Unit, plan: AnyRow, version_id: int, doubt: AnyRow) -> None:
    value = str(doubt.value or "")
    drafts.open_again(unit, doubt.id)
    if doubt.field == "joint" and fold(value) == fold(JOINT):
        _lead_together(unit, plan, version_id, doubt.task_id)
    elif doubt.field == "suggestion" and fold(value) == fold(ADD):
        _drop_added(unit, plan, version_id, doubt)
    elif is_word(value):
        return
    elif doubt.field in {"agency", "group"}:
        _drop_chosen(unit, plan, version_id, doubt, value)
    elif doubt.field in {"deadline", "due", "day"}:
        _restore_deadline(unit, plan, version_id, doubt.task_id)


def _drop_added(unit: Unit, plan: AnyRow, version_id: int, doubt: AnyRow) -> None:
    """Take a duty of the running text out of the plan again."""
    plan_rows.forget_task(unit, version_id, plan_rows.task_in(unit, version_id, doubt.said))
    kept = plan_rows.draft_of(unit, plan.id)
    left = [one for one in kept["tasks"] if one["content"] != doubt.said or one["section"] != [BODY]]
    plan_rows.keep_draft(unit, version_id, {**kept, "tasks": left})


def _drop_chosen(unit: Unit, plan: AnyRow, version_id: int, doubt: AnyRow, value: str) -> None:
    """Let the agencies of an answer go that neither the source nor another answer names."""
    ids = agencies.ids(unit)
    chosen = {ids[code] for code in _codes(value) if code in ids}
    if doubt.field == "agency":
        drafts.drop_alias(unit, chosen, doubt.said)
    task = drafts.task(unit, version_id, doubt.task_id)
    lead, _ = _in_source(unit, plan, task)
    others = {
        ids[code]
        for one in plan_rows.doubts_of(unit, version_id)
        if one.task_id == doubt.task_id and one.field in {"agency", "group"} and one.settled_at is not None
        for code in _codes(str(one.value or ""))
        if code in ids
    }
    drafts.drop_leads(unit, doubt.task_id, chosen - set(lead) - others)


def _codes(value: str) -> list[str]:
    return [code.strip() for code in value.split(",") if code.strip()]


def _in_source(unit: Unit, plan: AnyRow, task: AnyRow | None) -> tuple[list[int], list[int]]:
    """Return the ids of the leading and of the coordinating agencies that the task's own words name."""
    directory, ids = agencies.directory(unit), agencies.ids(unit)
    found = []
    for names in (task.lead, task.coordinating) if task is not None else ((), ()):
        resolution = resolve_names(names, directory, day_of(plan), None)
        members = [one for _, group in resolution.groups for one in group]
        found.append([ids[one.code] for one in (*resolution.agencies, *members)])
    return found[0], found[1]


def _lead_together(unit: Unit, plan: AnyRow, version_id: int, task_id: int) -> None:
    lead, coordinating = _in_source(unit, plan, drafts.task(unit, version_id, task_id))
    drafts.add_leads(unit, task_id, lead)
    drafts.drop_part(unit, task_id, "coordinating", [one for one in lead if one not in coordinating])


def _restore_deadline(unit: Unit, plan: AnyRow, version_id: int, task_id: int) -> None:
    """Return to the latest deadline that another answer or edit gave, or to the source's own."""
    given = [
        str(one.value)
        for one in plan_rows.doubts_of(unit, version_id)
        if one.task_id == task_id
        and one.settled_at is not None
        and (one.field in {"deadline", "due"} or (one.field == EDITED and one.question == "Thời hạn"))
        and not is_word(str(one.value or ""))
    ]
    if given:
        plan_rows.set_deadline(unit, version_id, task_id, given[-1], deadline_in(plan, given[-1])[1])
        return
    read = drafts.as_read(unit, plan_rows.draft_of(unit, plan.id), version_id, task_id)
    plan_rows.set_deadline(unit, version_id, task_id, read["deadline_raw"], read["deadline"])
