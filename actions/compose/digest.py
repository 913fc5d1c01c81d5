"""The leaders' digest."""

from datetime import date

from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.notices import Kind
from domain.outgoing import Choice
from messages.render import render
from storage.database import Unit
from storage.types import AnyRow
from storage.views import digest as digest_views
from storage.views import office as office_views
from storage.views import watch


def of_the_day(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:  # noqa: ARG001
    """Compose the leaders' digest of the day."""
    text, choices = digest_text(context.unit, context.day)
    return Part(render(f"headlines/{kind}"), text, choices, alone=True)


def _foot(unit: Unit, day: date) -> str:
    """Return in one line how the messages of the working day before left, "" where all left in time."""
    etiquette = office_views.etiquette(unit)
    return render("digest_foot", told=watch.delivered(unit, etiquette, etiquette.calendar.subtract(day, 1)))


def digest_text(unit: Unit, day: date) -> tuple[str, tuple[Choice, ...]]:
    """Return the leaders' digest of a day and its choices, also for who asks for it in between."""
    digest = digest_views.of_day(unit, day)
    text = "\n\n".join(filter(None, (render("notices/digest", digest=digest, shown=5), _foot(unit, day))))
    choices = (choice("Việc quá hạn theo cơ quan", Verb.OFFICE, "late", 0),) if digest.apart else ()
    return text, choices
