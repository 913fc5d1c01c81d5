"""The week's paper for leaders: figures, chart, what is late by agency, what comes due, what waits for a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.digests import LONG_DAYS, Digest, Since
from domain.local import short_day
from messages import pictures
from messages.official import MEDIA_TYPE, Column, Letterhead, OfficialPaper, Signatory
from messages.render import day as long_day
from messages.render import number, shorten
from messages.word import CENTER, RIGHT

__all__ = ["MEDIA_TYPE", "LateTask", "weekly_paper"]

LISTED = 8
"""So many late tasks are listed one by one, and so many agencies: the paper stays within two pages."""
COMING = 5


@dataclass(frozen=True, slots=True)
class LateTask:
    """One task that is past its date, as the paper lists it."""

    agency: str
    code: str
    content: str
    due_on: date
    days: int


def weekly_paper(
    digest: Digest,
    since: Since,
    late: Sequence[LateTask],
    head: Letterhead,
    signatory: Signatory,
    *,
    leader: str,
) -> bytes:
    """Return the paper (.docx) of the week before a digest's day; `since` is what was said a week ago."""
    monday = digest.day - timedelta(days=digest.day.weekday() + 7)
    week = f"Tuần từ ngày {short_day(monday)} đến ngày {short_day(monday + timedelta(days=6))}"
    paper = OfficialPaper(head, kind="BÁO CÁO TUẦN", subject="Tình hình thực hiện nhiệm vụ được giao")
    paper.addressed([f"Đồng chí {leader}"])
    against = f" So với bản tin {long_day(since.day)}." if since.day else ""
    paper.paragraph(f"{week}; số liệu tính đến sáng {long_day(digest.day)}.{against}")
    paper.heading("I. SỐ LIỆU CHUNG")
    _figures(paper, digest, since)
    paper.heading("II. VIỆC QUÁ HẠN THEO CƠ QUAN")
    _agencies(paper, digest)
    if late:
        paper.heading("III. DANH SÁCH VIỆC QUÁ HẠN")
        _late(paper, late)
    _coming(paper, digest, "IV" if late else "III")
    _awaited(paper, digest, "V" if late else "IV")
    paper.signed([f"Đồng chí {leader}"], signatory)
    return paper.saved()


def _figures(paper: OfficialPaper, digest: Digest, since: Since) -> None:
    rows = [
        ("Tổng số việc được giao", "total", digest.total),
        ("Đã xác nhận hoàn thành", "confirmed", digest.confirmed),
        ("Đã báo cáo, chờ xác nhận", "reported", digest.reported),
        ("Quá hạn", "late", digest.late),
        ("Vướng mắc chưa được trả lời", "obstacles", digest.obstacles),
    ]
    columns = [Column("Nội dung", 8.5), Column("Số việc", 3, RIGHT), Column("Tăng, giảm", 3.5, CENTER)]
    paper.table(columns, [(label, number(count), since.change(name, count) or "–") for label, name, count in rows])
    others = [f"{reason.label}: {number(count)}" for reason, count in digest.apart if reason.value != "late"]
    if others:
        paper.paragraph(f"Ngoài ra, đã qua hạn nhưng tính riêng: {'; '.join(others)}.")


def _agencies(paper: OfficialPaper, digest: Digest) -> None:
    if not digest.agencies:
        paper.paragraph("Không có cơ quan nào quá hạn.")
        return
    if len(digest.agencies) > 1:
        paper.picture(pictures.worst(digest), 8.5)
    columns = [
        Column("STT", 1.2, CENTER),
        Column("Cơ quan", 7.3),
        Column("Quá hạn", 2.3, RIGHT),
        Column(f"Trên {LONG_DAYS} ngày", 2.5, RIGHT),
        Column("Lâu nhất (ngày)", 2.5, RIGHT),
    ]
    rows = [
        (f"{at}", one.agency, number(one.late), number(one.long), number(one.longest_days))
        for at, one in enumerate(digest.agencies[:LISTED], 1)
    ]
    paper.table(columns, rows)
    if len(digest.agencies) > LISTED:
        paper.paragraph(f"Và {len(digest.agencies) - LISTED} cơ quan khác.")


def _late(paper: OfficialPaper, late: Sequence[LateTask]) -> None:
    columns = [
        Column("Cơ quan", 3.2),
        Column("Mã", 2),
        Column("Nội dung", 6.9),
        Column("Hạn", 2.4, CENTER),
        Column("Quá (ngày)", 1.5, RIGHT),
    ]
    shown = late[:LISTED]
    paper.table(
        columns,
        [(one.agency, one.code, shorten(one.content, 72), short_day(one.due_on), number(one.days)) for one in shown],
    )
    if len(late) > len(shown):
        paper.paragraph(f"Và {len(late) - len(shown)} việc quá hạn khác, xem danh sách trong hệ thống.")


def _coming(paper: OfficialPaper, digest: Digest, mark: str) -> None:
    paper.heading(f"{mark}. ĐẾN HẠN TRONG TUẦN NÀY")
    columns = [Column("Hạn", 4.2), Column("Nội dung", 9.3), Column("Số cơ quan", 2.5, RIGHT)]
    coming = digest.due_this_week[:COMING]
    if coming:
        paper.table(columns, [(long_day(due), shorten(content, 80), number(count)) for due, content, count in coming])
    left = len(digest.due_this_week) - COMING
    if left > 0:
        paper.paragraph(f"- Và {left} việc khác.")
    if not digest.due_this_week:
        paper.paragraph("Không có việc đến hạn.")


def _awaited(paper: OfficialPaper, digest: Digest, mark: str) -> None:
    if digest.awaited:
        paper.heading(f"{mark}. PHẦN CỦA ĐỒNG CHÍ LÃNH ĐẠO")
        for one in digest.awaited:
            paper.paragraph(f"- {one.label}: {number(one.count)}.")
