"""A list of another register sent in chat: noted, read outside any unit, shown, taken over once it is confirmed.

What was read stands sealed on the shelf in between: it names citizens. Once it is taken over, and after some days in
any case, neither it nor the file that was sent lies in the folder.
"""

from collections.abc import Sequence
from datetime import datetime

from actions import erasing, tables_sent
from actions.cases import column_maps, foreseeing, importing
from actions.cases.foreseeing import Foreseen
from actions.coordinating import by
from domain.cases.decisions import Source
from domain.collections import Sheet
from domain.errors import ActRefused, NotFound, Stale
from domain.incoming import IncomingFile
from domain.local import today
from domain.neutral import digest_of
from domain.people import Viewer
from domain.register_files import ReadList, read_list
from storage import erasures, intakes
from storage.database import Unit
from storage.types import AnyRow

PURPOSE = "cases"
SOURCES = (Source.NATIONAL, Source.PROVINCE_PORTAL, Source.DOCUMENT)
"""Where a list sent in chat may come from."""
MOST = 500
"""Cases taken over by one message; longer lists are taken over at the machine, a part at a time."""
TOO_OLD = "Danh sách “{name}” đã đọc quá lâu, chương trình không giữ nữa. Xin gửi lại tệp."
_MOST_KEPT = 50 * 1024 * 1024


def begin(
    unit: Unit, viewer: Viewer, endpoint_id: int, channel: str, file: IncomingFile, source: Source, now: datetime
) -> int:
    """Note a list to be read and return its id. Raises ActRefused for others and for a file that is too large."""
    about = {"source": source.value}
    erasing.came_in(unit, [file], now)
    return tables_sent.begin(unit, viewer, endpoint_id, channel, file, PURPOSE, about, now)


def read(
    unit: Unit, viewer: Viewer, row: AnyRow, sheets: Sequence[Sheet], digest: str, now: datetime
) -> Foreseen | None:
    """Return what taking a list over would come to, and keep it; None where it was answered before.

    Raises ActRefused where it is no list, where no line of it can be taken, and where it is too long for a chat.
    """
    source = Source(row.data["source"])
    listed = _listed(unit, source, sheets, now)
    found = foreseeing.foresee(unit, viewer, source, listed, digest, now)
    if not intakes.finish(unit, row.id, intakes.READ, now):
        return None
    plain = [[one.name, one.rows, one.down] for one in sheets]
    kept = unit.shelf.put(unit.vault.seal_json(plain).encode(), f"{row.name}.niem-phong", "application/octet-stream")
    erasures.pass_by(unit, kept.digest, "", kept.media_type, now)
    intakes.keep_data(unit, row.id, {**row.data, "kept": kept.digest, "digest": digest})
    return found


def _listed(unit: Unit, source: Source, sheets: Sequence[Sheet], now: datetime) -> ReadList:
    listed = read_list(sheets, column_maps.of(unit, source), today(now))
    if listed.refused and not listed.rows:
        raise ActRefused(f"Không dòng nào dùng được. {listed.refused[0].sentence}")
    if len(listed.rows) > MOST:
        raise ActRefused(
            f"Danh sách có {len(listed.rows)} phản ánh; qua khung chat nhận tối đa {MOST}. "
            "Xin chia nhỏ, hoặc nhập trên máy chủ bằng lệnh: nhacviec case import TỆP."
        )
    return listed


def take(unit: Unit, viewer: Viewer, intake_id: int, now: datetime) -> tuple[AnyRow, Foreseen]:
    """Take over a list that was read and shown. Raises NotFound for another's, Stale where it was done before."""
    by(viewer)
    row = intakes.get(unit, intake_id)
    if row is None or row.person_id != viewer.person_id or row.purpose != PURPOSE:
        raise NotFound("tệp này")
    content = unit.shelf.take(row.data["kept"], _MOST_KEPT) if row.state == intakes.READ else None
    if row.state == intakes.READ and content is None:
        raise ActRefused(TOO_OLD.format(name=row.name))
    if content is None or not intakes.taken(unit, row.id):
        raise Stale
    erasures.let_go(unit, {row.data["kept"], digest_of(row.reference)})
    source, digest = Source(row.data["source"]), row.data["digest"]
    sheets = [
        Sheet(name, tuple(tuple(cells) for cells in rows), tuple((at, first, last) for at, first, last in down))
        for name, rows, down in unit.vault.unseal_json(content.decode())
    ]
    found = importing.take(unit, viewer, source, _listed(unit, source, sheets, now), digest, now)
    importing.note(unit, viewer, source, found, row.name, digest, now)
    return row, found
