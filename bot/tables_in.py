"""What is answered once a table that came in by chat was read: what it holds, to be taken or not."""

from collections.abc import Sequence
from datetime import datetime

from actions import intakes, tables_sent
from actions.cases import lists_sent
from bot import case_lists, figures, opening_forms, unit_forms
from bot.desk import Desk, Reply
from domain.collections import Sheet
from domain.errors import ActRefused
from domain.incoming import Incoming, Sent
from domain.local import today
from domain.outgoing import Capabilities
from storage.views import AnyRow, Unit, office, sent_files


def read(
    unit: Unit, row: AnyRow, sheets: Sequence[Sheet], content: bytes, can: Capabilities, now: datetime
) -> intakes.Taken | Reply | None:
    """Keep what a table holds and show it; None where it was answered before. A refusal closes the file."""
    desk = _desk(unit, row, can, now)
    try:
        with unit.conn.begin_nested():
            return _shown(desk, row, sheets, content, now)
    except ActRefused as refused:
        closed = intakes.refuse(unit, row, refused.sentence, now)
        if closed is not None and row.purpose == lists_sent.PURPOSE:
            return case_lists.refused(row, refused.sentence)
        return closed


def _shown(desk: Desk, row: AnyRow, sheets: Sequence[Sheet], content: bytes, now: datetime) -> Reply | None:
    viewer = desk.viewer
    if viewer is None:
        return None
    if row.purpose == tables_sent.FORM:
        filled = tables_sent.form_read(desk.unit, viewer, row, sheets, now)
        return unit_forms.shown(desk, row, filled) if filled is not None else None
    if row.purpose == tables_sent.COLUMNS:
        outline = tables_sent.columns_read(desk.unit, row, sheets, now)
        return opening_forms.columns_shown(row, outline) if outline is not None else None
    digest = tables_sent.digest_of(content)
    if row.purpose == lists_sent.PURPOSE:
        listed = lists_sent.read(desk.unit, viewer, row, sheets, digest, now)
        return case_lists.shown(row, listed, private=desk.can.private) if listed is not None else None
    tried = tables_sent.figures_read(desk.unit, viewer, row, sheets, digest, now)
    return figures.shown(row, tried) if tried is not None else None


def _desk(unit: Unit, row: AnyRow, can: Capabilities, now: datetime) -> Desk:
    """Return the sender's chat as it stands now; the seats are asked for again."""
    channel, chat = sent_files.address(unit, row.endpoint_id)
    viewer = office.viewer(unit, row.person_id, today(now))
    conversation = office.conversation(unit, row.endpoint_id, now)
    return Desk(unit, now, Incoming(channel, chat, "", Sent.OTHER), row.endpoint_id, can, viewer, conversation)
