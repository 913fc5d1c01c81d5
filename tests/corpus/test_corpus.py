"""Plans of provinces that do not exist, each in a shape of its own, read and compared with what they say."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from documents.read import read
from domain import plans
from tests.corpus import pdf_files, sheet_files, word_files

HERE = Path(__file__).parent
MAKERS: dict[str, Callable[[Path], None]] = {
    "dong-hai-2026.docx": word_files.dong_hai,
    "nam-chau-2025.docx": word_files.nam_chau,
    "vinh-thuan-2026.docx": word_files.vinh_thuan,
    "trung-lam-2026.xlsx": sheet_files.trung_lam,
    "phu-son-2025.xlsx": sheet_files.phu_son,
    "ha-chau-2026.pdf": pdf_files.ha_chau,
    "binh-lam-2026.pdf": pdf_files.binh_lam,
}
NAMES = (*MAKERS, *(path.name for path in sorted((HERE / "files").iterdir())))
FACTS = ("kind", "number", "date", "issuer", "place", "year", "coordinating_office")
FIELDS = (
    "appendix", "section", "number", "content", "lead", "coordinating", "following", "deadline_raw", "deadline",
    "product", "also",
)  # fmt: skip
LISTS = ("following", "also")


def make(name: str, folder: Path) -> Path:
    """Write a document of the corpus into a folder."""
    path = folder / name
    if name in MAKERS:
        MAKERS[name](path)
    else:
        shutil.copy(HERE / "files" / name, path)
    return path


def truth_of(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / "truth" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    return loaded


def as_read(name: str, folder: Path) -> dict[str, Any]:
    return plans.to_json(plans.draft(read(make(name, folder)), file_name=name))


def wrong_fields(got: dict[str, Any], want: dict[str, Any]) -> list[str]:
    return [
        f"    {field}: read {got.get(field)!r}, expected {want.get(field)!r}"
        for field in FIELDS
        if got.get(field, []) != want.get(field, [])
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_row(name: str, tmp_path: Path) -> None:
    got, want = as_read(name, tmp_path), truth_of(name)
    report = [
        f"  {row['number']} {row['content'][:60]}\n" + "\n".join(wrong)
        for mine, row in zip(got["tasks"], want["tasks"], strict=False)
        if (wrong := wrong_fields(mine, row))
    ]
    rows = len(want["tasks"])
    share = f"{name}: {rows - len(report)}/{rows} rows right in every field"
    assert not report, "\n".join([share, *report])
    assert [task["content"] for task in got["tasks"]] == [task["content"] for task in want["tasks"]]


@pytest.mark.parametrize("name", NAMES)
def test_facts_and_indicators(name: str, tmp_path: Path) -> None:
    got, want = as_read(name, tmp_path), truth_of(name)
    assert {key: got["document"][key] for key in FACTS} == {key: want["document"][key] for key in FACTS}
    assert [{**one, "scope": one.get("scope", {})} for one in got["indicators"]] == want["indicators"]
