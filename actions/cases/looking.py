"""Whose case it is: the chat's that sent it, or who has the secret part of its code."""

from datetime import datetime, timedelta

from domain.errors import ActRefused
from storage import invites
from storage.cases import rows
from storage.database import Unit
from storage.types import AnyRow
from storage.views.cases import cards

TRIES, WINDOW = 5, timedelta(hours=1)
"""So many wrong secret parts from one chat within so long; then every one is wrong."""

SAME_ANSWER = (
    "Không xem được phản ánh này từ đây. Xin kiểm tra lại mã, hoặc gõ tracuu kèm mã và mã bí mật đã nhận khi gửi, "
    "ví dụ: tracuu PAKN-VN-2026-012345 a1b2c3d4."
)
"""Word for word the same whether the code is wrong, the secret part is, or there were too many tries."""


def look(unit: Unit, endpoint_id: int, code: str, secret: str, now: datetime) -> AnyRow | None:
    """Return a case for the chat that sent it, or with the secret part; None for everything else, and it is counted."""
    own = rows.by_code(unit, code)
    if own is not None and own.endpoint_id == endpoint_id:
        return own
    if not secret or invites.attempts_since(unit, endpoint_id, now - WINDOW) >= TRIES:
        return None
    found = cards.seen_by(unit, code, None, secret)
    if found is None:
        invites.note_attempt(unit, endpoint_id, now)
    return found


def theirs(unit: Unit, endpoint_id: int, case_id: int, opened: object = None) -> AnyRow:
    """Return a case for the chat that sent it, or that has just `opened` it with the secret part. Raises ActRefused."""
    row = rows.get(unit, case_id)
    if row is None or not (row.endpoint_id == endpoint_id or opened == row.id):
        raise ActRefused(SAME_ANSWER)
    return row
