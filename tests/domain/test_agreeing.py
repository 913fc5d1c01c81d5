"""What was typed about a document beside what the document says."""

from datetime import date

import pytest

from domain.agreeing import together
from domain.evidence import DocumentRef

TODAY = date(2026, 1, 20)
DAY, OTHER = date(2026, 1, 18), date(2026, 1, 17)
NOTHING = DocumentRef(None, None)
WHOLE = DocumentRef("45/KH-STC", DAY)


@pytest.mark.parametrize(
    ("typed", "read", "both"),
    [
        (NOTHING, WHOLE, WHOLE),
        (WHOLE, NOTHING, WHOLE),
        (WHOLE, WHOLE, WHOLE),
        (NOTHING, NOTHING, NOTHING),
        (DocumentRef("45/kh-stc", None), WHOLE, DocumentRef("45/kh-stc", DAY)),
        (DocumentRef("45/KH–STC", DAY), WHOLE, DocumentRef("45/KH–STC", DAY)),
        (DocumentRef("45", None), WHOLE, WHOLE),
        (DocumentRef("045", DAY), WHOLE, WHOLE),
        (DocumentRef(None, DAY), DocumentRef("45/KH-STC", None), WHOLE),
        (DocumentRef("45/KH-STC", None), DocumentRef("45/KH-STC", date(2026, 2, 1)), DocumentRef("45/KH-STC", None)),
        (DocumentRef("46/KH-STC", None), WHOLE, None),
        (DocumentRef("4", None), WHOLE, None),
        (DocumentRef("45/KH-STP", DAY), WHOLE, None),
        (DocumentRef(None, OTHER), WHOLE, None),
        (DocumentRef("45/KH-STC", OTHER), WHOLE, None),
    ],
)
def test_both_together_or_neither(typed: DocumentRef, read: DocumentRef, both: DocumentRef | None) -> None:
    assert together(typed, read, TODAY) == both
