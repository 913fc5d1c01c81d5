"""A draft in the JSON form of `nhacviec plan read --json`."""

from typing import Any

from domain import deadlines
from domain.plans.model import Draft, DraftTask, Due, Facts, Indicator, Suggestion, Target


def to_json(draft: Draft) -> dict[str, Any]:
    """Return the draft as plain values; optional keys stand only where they hold something."""
    document = _document(draft.document)
    if draft.suggestions:
        document["suggestions"] = [_suggestion(one) for one in draft.suggestions]
    values: dict[str, Any] = {
        "document": document,
        "tasks": [_task(task) for task in draft.tasks],
        "indicators": [_indicator(indicator) for indicator in draft.indicators],
        "warnings": list(draft.warnings),
    }
    return values | ({"targets": [_target(one) for one in draft.targets]} if draft.targets else {})


def _document(facts: Facts) -> dict[str, Any]:
    return {
        "file": facts.file,
        "kind": facts.kind,
        "number": facts.number,
        "date": facts.date.isoformat() if facts.date else None,
        "issuer": facts.issuer,
        "place": facts.place,
        "year": facts.year,
        "coordinating_office": facts.coordinating_office,
    }


def _task(task: DraftTask) -> dict[str, Any]:
    optional: dict[str, Any] = {
        "following": list(task.following),
        "also": [_due(due) for due in task.also],
        "warnings": list(task.warnings),
    }
    return {
        "appendix": task.appendix,
        "section": list(task.section),
        "number": task.number,
        "content": task.content,
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "deadline_raw": task.deadline_raw,
        "deadline": deadlines.to_json(task.deadline),
        "product": task.product,
    } | {key: value for key, value in optional.items() if value}


def _due(due: Due) -> dict[str, Any]:
    return {
        "deadline_raw": due.raw,
        "deadline": deadlines.to_json(due.deadline),
        "product": due.product,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    values: dict[str, Any] = {
        "number": indicator.number,
        "parent": indicator.parent,
        "content": indicator.content,
        "unit": indicator.unit,
        "operator": indicator.operator,
        "target": indicator.target,
        "agencies": list(indicator.agencies),
    }
    return values | ({"scope": dict(indicator.scope)} if indicator.scope else {})


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "content": one.content,
        "agencies": list(one.agencies),
        "deadline_raw": one.deadline_raw,
        "deadline": deadlines.to_json(one.deadline),
        "source": {"page": one.source.page, "line": one.source.line},
    }


def _target(one: Target) -> dict[str, Any]:
    return {
        "task": one.task,
        "content": one.content,
        "unit": one.unit,
        "operator": one.operator,
        "target": one.target,
        "parent": one.parent,
        "scope": one.scope,
    }
