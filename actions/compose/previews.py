"""What is about to go to heads and leaders, for the coordinators who may hold it."""

from actions import approving
from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.notices import Kind
from domain.outgoing import Choice
from domain.previews import leaves_at
from messages.render import render
from storage import notices, people, planned
from storage.types import AnyRow
from storage.views import office as office_views
from storage.views import previews as views

SHOWN = 12
"""So many agencies are told one by one, and so many tasks of each."""
HELD_SINGLY = 4
"""So many agencies have a button of their own."""


def preview(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose what is still to leave of what the notices showed."""
    ids = {one for row in rows for one in row.data["planned"]}
    left = views.among(context.unit, ids)
    groups = views.grouped(context.unit, left, context.day)
    if not groups:
        notices.drop(context.unit, [row.id for row in rows], "everything was answered or decided before")
        return None
    etiquette = office_views.etiquette(context.unit)
    values = {
        "groups": groups[:SHOWN],
        "more": len(groups[SHOWN:]),
        "count": sum(group.count for group in groups),
        "total": len(groups),
        "leaves_at": min(leaves_at(group.at, group.shown_at, etiquette) for group in groups),
        "asks": any(row.reason == planned.ASKED_FOR for row in left),
        "day": context.day,
        "shown": SHOWN,
        "decides": _decides(context),
        "proposed_by": sorted({row.data["proposed_by"] for row in rows if "proposed_by" in row.data}),
    }
    return Part(render(f"headlines/{kind}", **values), render(f"notices/{kind}", **values), _choices(context, groups))


def _decides(context: Context) -> bool:
    """Whether the one who reads it decides about it."""
    return approving.may_approve(context.unit, people.viewer(context.unit, context.person_id, context.day))


def _choices(context: Context, groups: list[views.Above]) -> tuple[Choice, ...]:
    day = f"{context.day:%Y%m%d}"
    if not _decides(context):
        return (
            choice("Đề nghị giữ tất cả", Verb.PREVIEW, "propose", 0, day),
            choice("Xem danh sách", Verb.OFFICE, "above", 0),
        )
    single = groups[:HELD_SINGLY] if len(groups) > 1 else []
    return (
        choice("Giữ tất cả", Verb.PREVIEW, "hold", 0, day),
        *(choice(f"Giữ {group.agency}", Verb.PREVIEW, "hold", group.agency_id, day) for group in single),
        choice("Cho gửi tất cả", Verb.PREVIEW, "go", 0, day),
        choice("Xem danh sách", Verb.OFFICE, "above", 0),
    )
