"""What the coordinating office hears of the system's own faults."""

from actions.alarms import said
from actions.compose.parts import Context, Part
from domain.notices import Kind
from domain.watch import Alarm
from messages.render import render
from storage import alarms, notices
from storage.types import AnyRow


def alarm(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what is wrong with the system; what is well again by now is not told any more."""
    noticed = {row.data["alarm"]: row.id for row in rows}
    found = alarms.by_ids(context.unit, noticed)
    over = [one for one in found if one.cleared_at is not None and not Alarm(one.name.partition(":")[0]).passing]
    notices.drop(context.unit, [noticed[one.id] for one in over], "it is well again")
    standing = [(said(one.name, one.data), one.raised_at) for one in found if one not in over]
    if not standing:
        return None
    values = {"alarms": standing, "count": len(standing)}
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values))
