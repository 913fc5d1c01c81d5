"""Reading in a child process: the same blocks, the same refusals, and limits that hold."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from documents import codec, guard, sniff
from documents.guard import read_guarded
from documents.read import read
from domain.errors import DocumentRefused
from domain.sources import Document, Paragraph, Row, Table

TABLE = "Kế hoạch\n\nTT\tViệc\tHạn\n1\tSoạn\tQuý I\n"
PLENTY = 2_000


def test_json_and_back() -> None:
    row = Row(("a", "b"), page=2, line=7, across=frozenset({1}), down=frozenset({0}))
    document = Document("đ.docx", (Paragraph("Chữ", page=1, line=3), Table((row,))))
    assert codec.loads(codec.dumps(document)) == document


def test_the_child_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.txt"
    path.write_text(TABLE, encoding="utf-8")
    assert read_guarded(path, seconds=60, memory_mb=PLENTY) == read(path)


def test_the_child_refuses_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    with pytest.raises(DocumentRefused) as refusal:
        read_guarded(path, seconds=60, memory_mb=PLENTY)
    assert refusal.value.sentence == sniff.EMPTY.format(name="a.txt")


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(DocumentRefused) as refusal:
        read_guarded(path, seconds=0.01, memory_mb=PLENTY)
    assert refusal.value.sentence == guard.TOO_SLOW.format(name="a.txt", seconds=0.01)


def test_a_child_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TABLE * 100_000, encoding="utf-8")
    with pytest.raises(DocumentRefused) as refusal:
        read_guarded(path, seconds=60, memory_mb=1)
    assert refusal.value.sentence == guard.TOO_MUCH.format(name="a.txt")


def test_how_far_a_long_reading_is(tmp_path: Path) -> None:
    book = Workbook()
    for row in range(1_200):
        book.active.append([row, "việc"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    heard: list[tuple[str, int, int]] = []
    read_guarded(path, seconds=60, memory_mb=PLENTY, told=lambda *said: heard.append(said))
    assert heard == [("dòng", 0, 1_200), ("dòng", 500, 1_200), ("dòng", 1_000, 1_200)]
