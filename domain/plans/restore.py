"""A draft back from the plan format, for what was kept as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.deadlines import from_json as deadline_from_json
from domain.plans.model import Draft, DraftTask, Due, Facts, Indicator, Source, Suggestion, Target


def from_json(data: Mapping[str, Any]) -> Draft:
    """Return the draft that a plan-format object describes; where its rows stood in the file is not known."""
    return Draft(
        document=_facts(data["document"]),
        tasks=tuple(_task(task) for task in data["tasks"]),
        indicators=tuple(_indicator(one) for one in data.get("indicators", ())),
        warnings=tuple(data.get("warnings", ())),
        suggestions=tuple(_suggestion(one) for one in data["document"].get("suggestions", ())),
        targets=tuple(Target(**one) for one in data.get("targets", ())),
    )


def _suggestion(data: Mapping[str, Any]) -> Suggestion:
    return Suggestion(
        content=data["content"],
        agencies=tuple(data["agencies"]),
        deadline_raw=data["deadline_raw"],
        deadline=deadline_from_json(data["deadline"]),
        source=Source(data["source"]["page"], data["source"]["line"]),
    )


def _facts(data: Mapping[str, Any]) -> Facts:
    on = data["date"]
    return Facts(
        file=data["file"],
        kind=data["kind"],
        number=data["number"],
        date=date.fromisoformat(on) if on else None,
        issuer=data["issuer"],
        place=data["place"],
        year=data["year"],
        coordinating_office=data["coordinating_office"],
        title=data.get("title", ""),
        signer=data.get("signer"),
    )


def _task(data: Mapping[str, Any]) -> DraftTask:
    return DraftTask(
        appendix=data["appendix"],
        section=tuple(data["section"]),
        number=data["number"],
        content=data["content"],
        lead=tuple(data["lead"]),
        coordinating=tuple(data["coordinating"]),
        following=tuple(data.get("following", ())),
        deadline_raw=data["deadline_raw"],
        deadline=deadline_from_json(data["deadline"]),
        product=data["product"],
        also=tuple(
            Due(one["deadline_raw"], deadline_from_json(one["deadline"]), one["product"])
            for one in data.get("also", ())
        ),
        warnings=tuple(data.get("warnings", ())),
        source=Source(None, None),
    )


def _due(data: Mapping[str, Any]) -> Due:
    return Due(data["deadline_raw"], deadline_from_json(data["deadline"]), data["product"])


def _indicator(data: Mapping[str, Any]) -> Indicator:
    return Indicator(
        number=data["number"],
        parent=data["parent"],
        content=data["content"],
        unit=data["unit"],
        operator=data["operator"],
        target=data["target"],
        scope=data.get("scope", {}),
        agencies=tuple(data["agencies"]),
    )
