"""Who may open the office's lists: coordinators, and leaders for what is only looked at."""

from bot.desk import Desk
from domain.errors import NotFound
from domain.people import Viewer


def viewer_of(desk: Desk) -> Viewer:
    """Return who asks. Raises NotFound for one who neither coordinates nor leads."""
    if desk.viewer is None or not (desk.viewer.coordinates or desk.viewer.leads):
        raise NotFound("mục này")
    return desk.viewer


def coordinator(desk: Desk) -> Viewer:
    """Return the coordinator who asks. Raises NotFound for everybody else."""
    viewer = viewer_of(desk)
    if not viewer.coordinates:
        raise NotFound("mục này")
    return viewer
