"""Making the progress report: from things as they stand, from what was frozen, and freezing it."""

from dataclasses import dataclass
from datetime import date, datetime

from actions import letterheads, snapshots
from domain.errors import ActRefused, NotFound
from domain.local import short_day, today
from domain.outgoing import Attachment
from domain.people import Viewer
from domain.periods import Period
from domain.reports.progress import KIND, Progress
from domain.reports.written import read, written
from domain.snapshots import Snapshot, digest_of
from messages import official, workbook
from messages.progress_book import book
from messages.progress_report import Heading, paper
from storage import plans as plan_rows
from storage.database import Unit
from storage.views import progress as views

MOST_IN_CHAT = 5_000
"""So many assignments are listed one by one in a table that goes with an answer: it is written while others wait."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and the freezing it comes from where it comes from one."""

    report: Progress
    snapshot: Snapshot | None = None

    @property
    def frozen_at(self) -> datetime | None:
        """When the figures were frozen; None where they are those of the moment."""
        return self.snapshot.at if self.snapshot else None

    @property
    def name(self) -> str:
        """A name for its files, without an ending."""
        plan = self.snapshot.kind.partition(":")[2] if self.snapshot else ""
        return f"bao-cao-tien-do-{self.report.period}{f'-ke-hoach-{plan}' if plan else ''}"


def anew(unit: Unit, period: Period, now: datetime, *, day: date | None = None, plan_id: int | None = None) -> Made:
    """Count the report of a period as things stood on a day (today without one), of one plan where it is named.

    Raises ActRefused for a day that has not come and for an unknown plan, or one that was not issued.
    """
    if day is not None and day > today(now):
        raise ActRefused(f"Ngày {short_day(day)} chưa đến nên chưa có số liệu. Ghi một ngày đến hôm nay.")
    _check_plan(unit, plan_id)
    return Made(views.of_period(unit, period, day or today(now), plan_id=plan_id))


def freeze(
    unit: Unit,
    viewer: Viewer | None,
    period: Period,
    now: datetime,
    *,
    day: date | None = None,
    plan_id: int | None = None,
    shown: str | None = None,
) -> Made:
    """Count the report and freeze it; a coordinator, or (None) the operator, may.

    `shown` is the digest of the figures that were looked at (see `mark`). Raises ActRefused as `anew` does, for
    others, and where the figures are not those that were shown.
    """
    made = anew(unit, period, now, day=day, plan_id=plan_id)
    if shown is not None and shown != mark(made.report):
        raise ActRefused("Số liệu vừa thay đổi nên chưa chốt. Xin xem lại số liệu mới dưới đây rồi chốt.")
    data = written(made.report)
    kept = snapshots.freeze(unit, viewer, kind(plan_id), period.code, made.report.day, data, now)
    return Made(made.report, kept)


def mark(report: Progress) -> str:
    """Return by which figures are known again."""
    return digest_of(written(report))


def frozen(unit: Unit, period: Period, *, plan_id: int | None = None) -> Made:
    """Return the report as it was last frozen, whatever has been changed since. Raises ActRefused where it was not."""
    _check_plan(unit, plan_id)
    return _opened(snapshots.frozen(unit, kind(plan_id), period.code, period.label))


def opened(unit: Unit, snapshot_id: int) -> Made:
    """Return one freezing of this report. Raises NotFound for none, ActRefused for one that cannot be read."""
    kept = snapshots.one(unit, snapshot_id)
    if kept.kind.partition(":")[0] != KIND:
        raise NotFound("bản chốt này")
    return _opened(kept)


def _opened(kept: Snapshot) -> Made:
    try:
        return Made(read(Progress, kept.data), kept)
    except (KeyError, TypeError, ValueError):
        label = Period.read(kept.period).label
        raise ActRefused(
            f"Bản chốt số {kept.number} của {label} do phiên bản chương trình khác lập nên không đọc được. "
            "Lập báo cáo từ số liệu hiện tại, hoặc chốt lại."
        ) from None


def kind(plan_id: int | None) -> str:
    """Return the kind under which the report is frozen."""
    return KIND if plan_id is None else f"{KIND}:{plan_id}"


def heading(unit: Unit, made: Made) -> Heading:
    """Return what stands at the head and the foot of the paper, by the office's settings."""
    return letterhead(unit, made.frozen_at)


def letterhead(unit: Unit, frozen_at: datetime | None = None) -> Heading:
    """Return what stands at the head and the foot of any report of the office, by its settings."""
    return Heading(letterheads.letterhead(unit), letterheads.signatory(unit), frozen_at)


def files(unit: Unit, made: Made) -> tuple[Attachment, Attachment]:
    """Write the paper and the tables and keep them, to go with an answer; the same figures make the same files."""
    content, tables = paper(made.report, heading(unit, made)), book(made.report, made.frozen_at, most=MOST_IN_CHAT)
    return (
        unit.shelf.put(content, f"{made.name}.docx", official.MEDIA_TYPE),
        unit.shelf.put(tables, f"{made.name}.xlsx", workbook.MEDIA_TYPE),
    )


def _check_plan(unit: Unit, plan_id: int | None) -> None:
    if plan_id is None:
        return
    plan = plan_rows.get(unit, plan_id)
    if plan is None:
        raise ActRefused(f"Không có kế hoạch số {plan_id}. Xem danh sách bằng lệnh: nhacviec plan list.")
    if plan.state == plan_rows.DRAFT:
        raise ActRefused(f"Kế hoạch {plan_id} chưa ban hành nên chưa có gì để báo cáo.")
