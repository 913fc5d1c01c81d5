"""Who in the coordinating office decides about what goes to heads, to leaders and to the public.

Somebody of the highest rank, where one can be reached; else every coordinator, so that nothing waits for nobody.
"""

from domain.errors import ActRefused
from domain.people import HEAD_OF_OFFICE, Viewer
from storage import ranks
from storage.database import Unit


def may_approve(unit: Unit, viewer: Viewer) -> bool:
    """Whether this person's word is enough to let something go up or out."""
    if not viewer.coordinates:
        return False
    return viewer.rank >= HEAD_OF_OFFICE or not ranks.head_reachable(unit)


def check(unit: Unit, viewer: Viewer) -> None:
    """Raise ActRefused with a sentence where this person's word is not enough."""
    if not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới quyết định được việc này.")
    if not may_approve(unit, viewer):
        raise ActRefused(
            "Việc này do lãnh đạo Văn phòng quyết định. Xin trình đồng chí Chánh hoặc Phó Chánh Văn phòng."
        )
