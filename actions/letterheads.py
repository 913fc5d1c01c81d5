"""What stands at the head and the foot of the office's own papers, by its settings."""

from typing import Literal

from messages.official import Letterhead, Signatory
from storage import office_settings
from storage.database import Unit
from storage.views import office


def letterhead(unit: Unit, code: Literal["report_code", "document_code"] = "report_code") -> Letterhead:
    """Return the head of a paper whose sign is kept under `code`: of reports, or of letters."""
    return Letterhead(
        superior=office_settings.text(unit, "superior"),
        issuer=office.name(unit),
        code=office_settings.text(unit, code),
        place=office_settings.text(unit, "place"),
    )


def signatory(unit: Unit) -> Signatory:
    """Return who signs: capacity, position, name; each empty where the office has not set it."""
    return Signatory(
        office_settings.text(unit, "signatory_capacity"),
        office_settings.text(unit, "signatory_position"),
        office_settings.text(unit, "signatory_name"),
    )
