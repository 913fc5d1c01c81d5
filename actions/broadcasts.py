"""One text from the coordinating office to many: confirmed, waiting a while, taken back or gone."""

from datetime import datetime
from typing import Any

from domain.broadcasts import Audience, check_text, leaves_at
from domain.errors import ActRefused, NotFound
from domain.local import local, today
from domain.notices import Kind
from domain.people import Viewer
from storage import audiences, audit, broadcasts, notices, office_settings, sent_files
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office as office_views

SUBJECT = "broadcast"


def unready(unit: Unit, viewer: Viewer, file_id: int) -> str:
    """Return why a file that was sent cannot go out with a broadcast yet, or at all; "" where it can."""
    state = broadcasts.file_state(unit, file_id, viewer.person_id)
    if state == sent_files.WAITING:
        return "Tệp đang được tải về và kiểm tra nên chưa gửi gì. Xin chọn Gửi thông báo lại sau ít giây."
    if state is None or state == sent_files.REFUSED:
        return "Tệp này không dùng được nên chưa gửi gì. Xin gửi tệp khác, hoặc chọn Bỏ tệp."
    return ""


def send(
    unit: Unit, viewer: Viewer, audience: Audience, text: str, now: datetime, file_id: int | None = None
) -> AnyRow:
    """Keep a broadcast that leaves after the office's minutes, in office hours, with its file; return its row.

    Raises NotFound for others than coordinators, ActRefused for a text that may not go to many, or to nobody, and
    for a file that is not there (yet).
    """
    _coordinator(viewer)
    check_text(text)
    if not audience.agencies:
        raise ActRefused("Chưa có cơ quan nào nhận thông báo này. Xin chọn lại nơi nhận.")
    if file_id is not None and (why := unready(unit, viewer, file_id)):
        raise ActRefused(why)
    leaves = leaves_at(now, office_settings.number(unit, "broadcast_minutes"), office_views.etiquette(unit))
    broadcast_id = broadcasts.add(unit, viewer.person_id, text, audience.to_json(), now, leaves, file_id)
    fields: dict[str, Any] = {"to": audience.to.value, "agencies": len(audience.agencies)}
    fields |= {"file": file_id} if file_id is not None else {}
    audit.record(unit, "broadcast", SUBJECT, broadcast_id, now, person_id=viewer.person_id, **fields)
    return _row(unit, broadcast_id)


def undo(unit: Unit, viewer: Viewer, broadcast_id: int, now: datetime) -> AnyRow:
    """Take a broadcast back while nothing of it has left; return its row.

    Raises ActRefused with the moment at which it left, or was taken back, where that happened before.
    """
    _coordinator(viewer)
    before = _row(unit, broadcast_id)
    if not broadcasts.undo(unit, broadcast_id, now):
        if before.left_at is not None:
            said = f"{local(before.left_at):%H:%M ngày %d/%m/%Y}"
            raise ActRefused(
                f"Thông báo này đã gửi đi lúc {said}, không thu hồi được nữa. Có thể gửi thông báo đính chính."
            )
        raise ActRefused("Thông báo này đã được thu hồi trước đó, không có gì được gửi.")
    audit.record(unit, "undo", SUBJECT, broadcast_id, now, person_id=viewer.person_id)
    return _row(unit, broadcast_id)


def leave(unit: Unit, now: datetime) -> int:
    """Write the notices of broadcasts whose time has come; return how many are new."""
    return sum(_leave(unit, row, now) for row in broadcasts.due(unit, now) if broadcasts.leave(unit, row.id, now))


def _leave(unit: Unit, row: AnyRow, now: datetime) -> int:
    audience = Audience.from_json(row.audience)
    role = audience.to.role
    return sum(
        notices.add(
            unit,
            person_id,
            f"broadcast:{row.id}",
            Kind.BROADCAST,
            now,
            role=role,
            agency_id=place.id,
            data={"broadcast": row.id},
        )
        for place in audiences.of_agencies(unit, audience.agencies, [role], today(now))
        for person_id in place.people
    )


def _coordinator(viewer: Viewer) -> None:
    if not viewer.coordinates:
        raise NotFound("mục này")


def _row(unit: Unit, broadcast_id: int) -> AnyRow:
    row = broadcasts.get(unit, broadcast_id)
    if row is None:
        raise NotFound("thông báo này")
    return row
