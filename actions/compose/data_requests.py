"""What coordinators hear of requests about personal data: what is asked, until when; never who asks."""

from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.data_rights import State
from domain.notices import Kind
from messages.render import render
from storage import notices
from storage.types import AnyRow
from storage.views import data_rights


def data_request(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose which requests wait; one that is settled is not spoken of any more."""
    found = {row.matter_id: data_rights.get(context.unit, row.matter_id, context.now) for row in rows}
    waiting = [one for one in found.values() if one is not None and one.state_now is State.OPEN]
    settled = [row.id for row in rows if row.matter_id not in {one.id for one in waiting}]
    notices.drop(context.unit, settled, "the request is settled")
    if not waiting:
        return None
    values = {"requests": waiting}
    return Part(
        render(f"headlines/{kind}", **values),
        render(f"notices/{kind}", **values),
        (choice("Yêu cầu về dữ liệu", Verb.DATA, "list"),),
    )
