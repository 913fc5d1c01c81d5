"""What the office says to many, as one person hears it."""

from actions.compose.parts import Context, Part
from domain.notices import Kind
from messages.render import render
from storage import broadcasts, notices
from storage.types import AnyRow


def broadcast(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose broadcasts; what was taken back, or may not leave yet, is not said."""
    found = {row.id: broadcasts.get(context.unit, row.data["broadcast"]) for row in rows}
    gone = [one for one, said in found.items() if said is None or said.undone_at or said.leaves_at > context.now]
    notices.drop(context.unit, gone, "the office took the broadcast back")
    told = [said for one, said in found.items() if said is not None and one not in gone]
    if not told:
        return None
    values = {"told": told, "count": len(told)}
    files = tuple(file for said in told if (file := broadcasts.enclosure(said)) is not None)
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), files=files)
