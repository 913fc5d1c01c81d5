"""Acts of the coordinating office: whom an audit line names, and who is refused."""

from typing import Any

from domain.errors import ActRefused
from domain.people import Viewer
from storage import audit


def by(viewer: Viewer | None) -> dict[str, Any]:
    """Return whom an audit line names: the coordinator, or, without a viewer, the operator at the machine.

    Raises ActRefused for everybody else.
    """
    if viewer is None:
        return {"actor": audit.OPERATOR}
    if not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới làm được việc này.")
    return {"person_id": viewer.person_id}
