"""Finding and masking what of persons stands in Vietnamese text, before it is made public; a person completes it."""

from domain.redaction.findings import Certainty, Finding, Kind, read, written
from domain.redaction.masking import added, cleaned, dropped, find, masked, pieces
from domain.redaction.reading import parts, proper

__all__ = [
    "Certainty",
    "Finding",
    "Kind",
    "added",
    "cleaned",
    "dropped",
    "find",
    "masked",
    "parts",
    "pieces",
    "proper",
    "read",
    "written",
]
