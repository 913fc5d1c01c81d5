"""All evidence of a task as one .zip, with a list of who sent what: for coordinators, kept on the house's shelf."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.bundling import entry_name, unique
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.outgoing import Attachment
from domain.people import Viewer
from messages.workbook import Field, Value, Workbook
from storage import audit
from storage.database import Unit
from storage.types import AnyRow
from storage.views import evidence, overview
from storage.views.work import Work

MEDIA_TYPE = "application/zip"

MOST = 45_000_000
"""Bytes of all files together: what messengers still take, and a phone still opens."""

_LIST = "00-danh-sach.xlsx"
_ALWAYS = (1980, 1, 1, 0, 0, 0)

_FIELDS = (
    Field("TT", 6),
    Field("Mã việc", 11),
    Field("Cơ quan", 34),
    Field("Tình trạng", 22),
    Field("Số văn bản", 18),
    Field("Ngày", 12),
    Field("Tệp trong gói, đường dẫn", 48),
    Field("Ghi chú", 30),
)


@dataclass(frozen=True, slots=True)
class Bundled:
    """The file, how many evidence files are in it, and how many could not be put in."""

    file: Attachment
    files: int
    missing: int


def bundle(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime) -> Bundled:
    """Put the evidence of every agency that has the same task in the same period into one file.

    Raises NotFound for whoever does not coordinate, ActRefused where there is no file, or too much of it.
    """
    row = overview.task_of(unit, assignment_id, today(now)) if viewer.coordinates else None
    if row is None:
        raise NotFound("nhiệm vụ này")
    works = {one.id: one for one in row.works}
    order = {one: at for at, one in enumerate(works)}
    found = sorted(evidence.of_assignments(unit, works), key=lambda piece: order[piece.assignment_id])
    held = [piece for piece in found if piece.file_id is not None and piece.digest]
    if not held:
        raise ActRefused("Nhiệm vụ này chưa có tệp minh chứng nào tải về được. Số, ngày văn bản xem ở từng việc.")
    size = sum({piece.digest: piece.size or 0 for piece in held}.values())
    if size > MOST:
        raise ActRefused(
            f"Minh chứng của nhiệm vụ này nặng {size / 1e6:.0f} MB, quá {MOST / 1e6:.0f} MB. Xin mở từng việc để tải."
        )
    names = dict(zip(map(_key, held), unique(_named(works[piece.assignment_id], piece) for piece in held), strict=True))
    content, put = _zip(unit, works, found, names)
    audit.record(unit, "bundle_evidence", "task", row.first.task_id, now, person_id=viewer.person_id, files=put)
    first = row.first
    file = unit.shelf.put(content, f"minh-chung-{first.code}-{today(now):%Y-%m-%d}.zip", MEDIA_TYPE)
    return Bundled(file, put, sum(piece.file_id is not None for piece in found) - put)


def _key(piece: AnyRow) -> tuple[int, int]:
    return piece.assignment_id, piece.file_id


def _named(one: Work, piece: AnyRow) -> str:
    return entry_name(one.agency_code, one.code, piece.number or "", piece.name or "tep")


def _zip(
    unit: Unit, works: dict[int, Work], found: Sequence[AnyRow], names: dict[tuple[int, int], str]
) -> tuple[bytes, int]:
    """Return the file, and how many evidence files stand in it; one that left the shelf is only listed."""
    written, put = io.BytesIO(), set[tuple[int, int]]()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for piece in found:
            if _key(piece) not in names or _key(piece) in put:
                continue
            content = unit.shelf.take(piece.digest, MOST)
            if content is not None:
                _add(target, names[_key(piece)], content)
                put.add(_key(piece))
        _add(target, _LIST, _listed(works, found, names, put))
    return written.getvalue(), len(put)


def _add(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    target.writestr(entry, content)


def _listed(
    works: dict[int, Work],
    found: Sequence[AnyRow],
    names: dict[tuple[int, int], str],
    put: set[tuple[int, int]],
) -> bytes:
    """Return the list of all agencies with what each sent, those that sent nothing included."""
    by_work: dict[int, list[AnyRow]] = {}
    for piece in found:
        by_work.setdefault(piece.assignment_id, []).append(piece)
    rows: list[list[Value]] = []
    for one in works.values():
        sent: Sequence[AnyRow | None] = by_work.get(one.id) or [None]
        for each in sent:
            rows.append([len(rows) + 1, one.code, one.agency, one.state.label, *_told(each, names, put)])
    book = Workbook()
    first = next(iter(works.values()))
    book.sheet("Minh chứng", _FIELDS, rows, title=[f"Minh chứng: {first.content[:200]}"])
    return book.saved()


def _told(piece: AnyRow | None, names: dict[tuple[int, int], str], put: set[tuple[int, int]]) -> list[Value]:
    if piece is None:
        return ["", None, "", "chưa gửi minh chứng"]
    if piece.file_id is None:
        return [piece.number or "", piece.date, piece.text if piece.kind == "link" else "", "không kèm tệp"]
    inside = _key(piece) in put
    return [
        piece.number or "",
        piece.date,
        names[_key(piece)] if inside else piece.name or piece.text,
        "" if inside else "tệp chưa tải về được",
    ]
