"""nhacviec explain: why an assignment or a case has the date it has."""

from typing import Annotated, Any

import typer

from app.commands import console
from app.commands.console import Json
from domain.errors import ActRefused
from domain.explanations import SAYINGS
from domain.local import local
from messages.render import render
from storage.database import Unit
from storage.views import dates
from storage.views.dates import Explained


def explain(
    code: Annotated[str, typer.Argument(help="Mã việc (NV-0012) hoặc mã phản ánh (PAKN-…).", metavar="MÃ")],
    json: Json = False,
) -> None:
    """Explain one date."""

    def ask(unit: Unit) -> Explained:
        found = dates.by_code(unit, code.strip().upper())
        if found is None:
            raise ActRefused(f"Không có việc hay phản ánh, kiến nghị nào mang mã {code}.")
        return found

    found: Explained = console.run(ask)
    if json:
        console.show_json(_as_json(found))
    else:
        console.say(render("calendar/why", explained=found, kinds=SAYINGS, shown=len(found.ahead)))


def _as_json(found: Explained) -> dict[str, Any]:
    return {
        "code": found.code,
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "target": found.why.target.isoformat() if found.why.target else None,
        "words": found.words,
        "article": found.article or None,
        "sentences": list(found.why.sentences),
        "counted": [day.isoformat() for day in found.why.counted],
        "skipped": [{"day": one.day.isoformat(), "reason": one.reason} for one in found.why.skipped],
        "calendar": {
            "version": found.calendar_version,
            "source": found.calendar_source,
            "since": local(found.calendar_since).isoformat() if found.calendar_since else None,
        },
        "dates": [
            {
                "at": local(one.at).isoformat(),
                "old": one.old.isoformat() if one.old else None,
                "new": one.new.isoformat() if one.new else None,
                "reason": one.reason,
                "document": one.document or None,
                "said": one.said,
            }
            for one in found.decisions
        ],
        "reminders": [
            {
                "at": local(one.at).isoformat(),
                "kind": one.kind,
                "rung": one.rung,
                "role": one.role.value,
                "agency": one.agency,
                "held": one.held,
            }
            for one in found.ahead
        ],
    }
