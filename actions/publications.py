"""Making a table public: a coordinator makes it, a named leader of the office approves, the posted link ends it."""

from datetime import date, datetime

from actions import approving, snapshots
from actions.coordinating import by
from domain.errors import ActRefused, NotFound, Stale
from domain.notices import Kind
from domain.people import HEAD_OF_OFFICE, Role, Viewer
from domain.periods import Period
from domain.publications import OPEN, PublicList, State, kind_named, public_list, read_link
from domain.reports.written import read, written
from storage import audit, figures, notices, publications, ranks
from storage import snapshots as frozen_rows
from storage.database import Unit
from storage.types import AnyRow


def listed_for(unit: Unit, kind: str, period: str) -> PublicList:
    """Return what would be made public. Raises ActRefused without a table, and where a person's data is in it."""
    series, span = kind_named(kind), Period.read(period)
    found = figures.in_force(unit, series.name, span.code)
    if found is None:
        raise ActRefused(f"Chưa nhập {series.label} của {span.label}. Xin nhập tệp số liệu trước.")
    rows = [(str(one.agency or one.label), dict(one.figures)) for one in figures.rows_of(unit, found.id)]
    return public_list(series, span.code, rows, found.file_name)


def propose(unit: Unit, viewer: Viewer, kind: str, period: str, now: datetime) -> int:
    """Freeze the table and submit it for approval; who may approve is told. Returns the publication's id.

    Raises ActRefused for others than coordinators, and while one of the same table waits.
    """
    who = by(viewer)
    made = listed_for(unit, kind, period)
    waiting = publications.open_like(unit, kind, made.period, [one.value for one in OPEN])
    if waiting is not None:
        raise ActRefused(f"Danh sách này của kỳ ấy đang ở bước “{State(waiting.state).label}”. Xin xử lý xong trước.")
    cut_off: date = Period.read(period).cut_off()[1]
    kept = snapshots.freeze(unit, viewer, f"public:{kind}", made.period, cut_off, written(made), now)
    one = publications.add(unit, kind, made.period, kept.id, State.DRAFT.value, viewer.person_id, now)
    audit.record(unit, "propose", "publication", one, now, kind=kind, period=made.period, **who)
    for person_id in _approvers(unit, viewer.person_id):
        _tell(unit, person_id, one, "proposed", now)
    return one


def _approvers(unit: Unit, maker: int) -> list[int]:
    """Return who is asked: those of the highest rank where one can be reached, else every other coordinator."""
    by_rank = ranks.by_person(unit)
    if ranks.head_reachable(unit):
        return [person for person, rank in by_rank.items() if rank >= HEAD_OF_OFFICE]
    return [person for person in by_rank if person != maker]


def _tell(unit: Unit, person_id: int, publication_id: int, what: str, now: datetime, reason: str = "") -> None:
    notices.add(
        unit,
        person_id,
        f"publication:{publication_id}:{what}",
        Kind.PUBLICATION,
        now,
        role=Role.COORDINATOR,
        data={"publication": publication_id, "what": what, "reason": reason},
    )


def may_approve(unit: Unit, viewer: Viewer, made_by: int) -> bool:
    """Whether this person's word lets it go out: the office's leader's, else that of another than its maker."""
    return approving.may_approve(unit, viewer) and (viewer.rank >= HEAD_OF_OFFICE or viewer.person_id != made_by)


def _check_approver(unit: Unit, viewer: Viewer, row: AnyRow) -> None:
    approving.check(unit, viewer)
    if not may_approve(unit, viewer, row.made_by):
        raise ActRefused("Người lập danh sách không tự duyệt được. Xin đề nghị một cán bộ Văn phòng khác duyệt.")


def _get(unit: Unit, publication_id: int, wanted: State) -> AnyRow:
    row = publications.get(unit, publication_id)
    if row is None:
        raise NotFound("danh sách công khai này")
    if row.state != wanted:
        raise ActRefused(f"Danh sách này đang ở bước “{State(row.state).label}” nên không làm được việc vừa chọn.")
    return row


def content(unit: Unit, publication_id: int) -> PublicList:
    """Return a publication's frozen list. Raises NotFound, and ActRefused where it is not what was frozen."""
    row = publications.get(unit, publication_id)
    kept = frozen_rows.by_id(unit, row.snapshot_id) if row is not None else None
    if kept is None:
        raise NotFound("danh sách công khai này")
    if not kept.intact:
        raise ActRefused("Bản chốt của danh sách này không còn nguyên vẹn. Xin khôi phục từ bản sao lưu hoặc lập lại.")
    return read(PublicList, kept.data)


def approve(unit: Unit, viewer: Viewer, publication_id: int, version: int, now: datetime) -> None:
    """Approve a list as it was shown. Raises ActRefused for who may not, Stale where somebody was faster."""
    row = _get(unit, publication_id, State.DRAFT)
    _check_approver(unit, viewer, row)
    content(unit, publication_id)
    values = {"approved_by": viewer.person_id, "approved_at": now}
    if not publications.move(unit, row.id, version, State.APPROVED, State.DRAFT, **values):
        raise Stale
    audit.record(unit, "approve", "publication", row.id, now, person_id=viewer.person_id)
    _tell(unit, row.made_by, row.id, "approved", now)


def give_back(unit: Unit, viewer: Viewer, publication_id: int, version: int, reason: str, now: datetime) -> None:
    """Give a list back to its maker with a reason. Raises as `approve`."""
    row = _get(unit, publication_id, State.DRAFT)
    _check_approver(unit, viewer, row)
    if len(reason.strip()) < 5:
        raise ActRefused("Xin ghi rõ cần sửa gì (từ 5 ký tự).")
    if not publications.move(unit, row.id, version, State.RETURNED, State.DRAFT):
        raise Stale
    audit.record(unit, "give_back", "publication", row.id, now, person_id=viewer.person_id)
    _tell(unit, row.made_by, row.id, "returned", now, reason.strip()[:500])


def post(unit: Unit, viewer: Viewer, publication_id: int, version: int, link: str, now: datetime) -> None:
    """Record where an approved list was posted: it is done. Raises ActRefused for others, Stale where it moved."""
    who = by(viewer)
    row = _get(unit, publication_id, State.APPROVED)
    values = {"link": read_link(link), "posted_by": viewer.person_id, "posted_at": now}
    if not publications.move(unit, row.id, version, State.POSTED, State.APPROVED, **values):
        raise Stale
    audit.record(unit, "post", "publication", row.id, now, **who)
