"""The chart of a digest: a small picture, the same for the same figures; and the week's paper with it."""

import io
import struct
from dataclasses import replace
from datetime import date

from docx import Document

from domain.digests import Since
from messages.charts import MOST_BARS, worst
from messages.official import Letterhead, Signatory
from messages.weekly import LISTED, LateTask, weekly_paper
from tests.digest_values import BEFORE, CALM, RED

MOST_BYTES = 60_000


def test_a_picture_for_a_phone() -> None:
    picture = worst(RED)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height <= 600) == (486, True)
    assert len(picture) < MOST_BYTES
    assert worst(RED) == picture, "the same figures are the same bytes"
    assert worst(replace(RED, agencies=RED.agencies[1:])) != picture
    most = replace(RED, agencies=RED.agencies[:MOST_BARS])
    assert worst(most) == picture, "only the worst are drawn"


def test_the_weeks_paper() -> None:
    late = [LateTask("Sở Mẫu 9", f"NV-{at:04}", "Báo cáo", date(2026, 3, 10), at) for at in range(1, LISTED + 4)]
    head, signatory = Letterhead("", "Văn phòng UBND tỉnh", "BC-VP", "Sông Lam"), Signatory("", "", "")
    made = weekly_paper(RED, BEFORE, late, head, signatory, leader="Lê Mẫu Quang, Chủ tịch")
    assert made == weekly_paper(RED, BEFORE, late, head, signatory, leader="Lê Mẫu Quang, Chủ tịch")
    paper = Document(io.BytesIO(made))
    texts = [one.text for one in paper.paragraphs]
    assert (
        "Tuần từ ngày 09/03/2026 đến ngày 15/03/2026; số liệu tính đến sáng thứ Ba 17/03/2026."
        " So với bản tin thứ Hai 16/03/2026."
    ) in texts
    assert "Và 3 việc quá hạn khác, xem danh sách trong hệ thống." in texts
    assert "- Đề nghị gia hạn chờ quyết định: 2." in texts
    cells = [tuple(cell.text for cell in row.cells) for table in paper.tables for row in table.rows]
    assert ("Đã xác nhận hoàn thành", "900", "+2") in cells
    assert ("Quá hạn", "7", "không đổi") in cells
    assert len(paper.inline_shapes) == 1
    calm = Document(io.BytesIO(weekly_paper(CALM, Since(), [], head, signatory, leader="Lê Mẫu Quang")))
    assert "Không có cơ quan nào quá hạn." in [one.text for one in calm.paragraphs]
    assert not calm.inline_shapes
