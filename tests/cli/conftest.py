"""The command line in this process: a fresh data folder, an environment that is given in full."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import samples
from app import settings
from app.cli import main

COLUMNS = ("code", "name", "aliases", "level", "parent", "valid_from", "valid_to", "coordinating")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document of a success; anything else on standard output fails here."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON documents of a success, one a line."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def refusal(self) -> str:
        """The one sentence of a refusal."""
        assert self.code == 1, f"{self.code}: {self.err}"
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        assert self.err.endswith((".\n", ".”\n")), self.err
        return self.err.strip()


@dataclass
class Cli:
    """Runs commands as `nhacviec …` does."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: object, environment: Mapping[str, str] | None = None) -> Done:
        given = {"NHACVIEC_DATA_DIR": str(self.folder), **self.environment, **(environment or {})}
        for name in settings.names():
            for one in (name, name + settings.FILE_SUFFIX):
                self.monkeypatch.delenv(one, raising=False)
        for name, value in given.items():
            self.monkeypatch.setenv(name, value)
        self.capture.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        said = self.capture.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, said.out, said.err)


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path / "data", monkeypatch, capsys)


def directory(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> Path:
    """Write a directory file with these rows."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(columns), restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode())
    return path


OFFICES = (
    {"code": "VP", "name": "Văn phòng UBND tỉnh", "level": "province_department", "coordinating": "1"},
    {"code": "STP", "name": "Sở Tư pháp", "aliases": "STP", "level": "province_department"},
    {"code": "SNV", "name": "Sở Nội vụ", "level": "province_department"},
    {"code": "UBND", "name": "UBND tỉnh", "level": "other"},
)


@pytest.fixture
def offices(tmp_path: Path) -> Path:
    """A directory of four."""
    return directory(tmp_path / "danh-muc.csv", OFFICES)


PLAN_HEAD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SÔNG LAM\tĐộc lập - Tự do - Hạnh phúc

Số: {number}\tSông Lam, ngày {day} tháng 01 năm 2026

KẾ HOẠCH
Cải cách hành chính năm 2026

Phụ lục
NHIỆM VỤ THỰC HIỆN KẾ HOẠCH NĂM 2026

TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành\tSản phẩm
"""

TASKS = (
    ("1", "Ban hành kế hoạch", "Sở Tư pháp", "Sở Nội vụ", "Trước ngày 20/3/2026", "Kế hoạch"),
    ("2", "Tổng hợp báo cáo", "Sở Nội vụ", "", "Quý II năm 2026", "Báo cáo"),
    ("3", "Theo dõi, đôn đốc", "Văn phòng UBND tỉnh", "", "Thường xuyên", "Văn bản"),
)


def plan(path: Path, tasks: Iterable[tuple[str, ...]] = TASKS, *, number: str = "15/KH-UBND", day: str = "09") -> Path:
    """Write a plan as a text file; `number` and `day` may be left blank."""
    rows = "".join("\t".join(task) + "\n" for task in tasks)
    path.write_text(PLAN_HEAD.format(number=number, day=day) + rows, encoding="utf-8")
    return path


@pytest.fixture
def small_plan(tmp_path: Path) -> Path:
    """A plan of three tasks that leaves no doubt."""
    return plan(tmp_path / "ke-hoach.txt")


def sample(name: str, folder: Path) -> Path:
    """Copy a sample file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with samples.path(name) as found:
        copied = folder / name
        copied.write_bytes(found.read_bytes())
    return copied
