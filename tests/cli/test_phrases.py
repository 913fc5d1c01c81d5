"""nhacviec deadline, agency split, agency match: one phrase, or a file with one JSON object a line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

BLANKS = {
    ("deadline",): {"deadline": {"kind": "unspecified"}, "said": ""},
    ("agency", "split"): {"names": [], "groups": [], "except": []},
    ("agency", "match"): {"agencies": [], "groups": [], "unknown": []},
}


def test_a_deadline_is_read_and_said_back(cli: Cli) -> None:
    found = cli("deadline", "Trước ngày 20/01", "--year", 2024, "--json").json
    assert found == {
        "deadline": {"kind": "by_date", "date": "2024-01-20", "inclusive": False},
        "said": found["said"],
        "warnings": [],
    }
    assert "20/01/2024" in found["said"]
    assert cli("deadline", "Trước ngày 20/01", "--year", 2024).out == found["said"] + "\n"
    assert not cli.folder.exists()


def test_the_year_follows_from_the_day_of_signing(cli: Cli) -> None:
    for day in ("2024-01-29", "29/01/2024"):
        assert cli("deadline", "Quý II", "--date", day, "--json").json["deadline"] == {
            "kind": "period",
            "start": "2024-04-01",
            "end": "2024-06-30",
        }


def test_what_is_not_understood_is_quoted_in_a_warning(cli: Cli) -> None:
    found = cli("deadline", "lúc trời đẹp", "--json").json
    assert found["deadline"] == {"kind": "unspecified"}
    assert "lúc trời đẹp" in found["warnings"][0]


def written(path: Path, lines: list[bytes], end: bytes = b"\n") -> Path:
    path.write_bytes(end.join(lines) + end)
    return path


UNREADABLE = [
    b"",
    b"   ",
    b"no JSON",
    b"[1]",
    b"7",
    b"null",
    b'"text"',
    b"{}",
    b'{"text": null}',
    b'{"text": 7}',
    b'{"text": "x", "year": "2024"}',
    b'{"text": "x", "year": true}',
    b'{"text": "x", "date": "29/01/2024"}',
    b'{"text": "x", "date": 7}',
    b'{"text": "\xff"}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("words", BLANKS)
def test_every_line_is_answered_in_its_place(cli: Cli, tmp_path: Path, words: tuple[str, ...]) -> None:
    good = json.dumps({"text": "Sở Nội vụ", "year": 2024, "date": "2024-01-29"}, ensure_ascii=False).encode()
    file = written(tmp_path / "a.jsonl", [part for bad in UNREADABLE for part in (bad, good)])
    found = cli(*words, "--lines", file, "--json").lines
    assert len(found) == 2 * len(UNREADABLE)
    for bad in found[::2]:
        (warning,) = bad.pop("warnings")
        assert warning.startswith("Dòng này không đọc được")
        assert bad == BLANKS[words]
    assert len({json.dumps(one) for one in found[1::2]}) == 1


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_of_other_machines(cli: Cli, tmp_path: Path, end: bytes) -> None:
    lines = [b'\xef\xbb\xbf{"text": "Qu\xc3\xbd II", "year": 2024}', b'{"text": "H\xe1\xba\xb1ng th\xc3\xa1ng"}']
    found = cli("deadline", "--lines", written(tmp_path / "a.jsonl", lines, end)).lines
    assert [one["deadline"]["kind"] for one in found] == ["period", "recurring"]


def test_marks_inside_a_text_end_no_line(cli: Cli, tmp_path: Path) -> None:
    texts = ["Sở A\u2028Sở B", "Sở A\x85Sở B", "Sở A\u2029Sở B"]
    lines = [json.dumps({"text": text}, ensure_ascii=False).encode() for text in texts]
    done = cli("agency", "split", "--lines", written(tmp_path / "a.jsonl", lines))
    assert len(done.lines) == len(done.out.splitlines()) == len(texts)


def test_half_a_character_is_answered_too(cli: Cli, tmp_path: Path) -> None:
    found = cli("deadline", "--lines", written(tmp_path / "a.jsonl", [rb'{"text": "khi \ud83d r\u1ea3nh"}'])).lines
    assert len(found) == 1


def test_options_stand_for_what_a_line_leaves_out(cli: Cli, tmp_path: Path) -> None:
    lines = [b'{"text": "Th\xc3\xa1ng 7"}', b'{"text": "Th\xc3\xa1ng 7", "year": 2022}']
    found = cli("deadline", "--year", 2024, "--lines", written(tmp_path / "a.jsonl", lines)).lines
    assert [one["deadline"]["start"] for one in found] == ["2024-07-01", "2022-07-01"]


def test_an_empty_file_has_no_lines(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"")
    assert cli("deadline", "--lines", tmp_path / "a.jsonl").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("deadline",), "Thiếu cụm từ cần đọc"),
        (("agency", "split"), "Thiếu cụm từ cần đọc"),
        (("deadline", "--lines", "khong-co.jsonl"), "Không đọc được tệp “khong-co.jsonl”"),
        (("agency", "split", "--lines", "."), "Không đọc được tệp “.”"),
        (("deadline", "Quý I", "--date", "hôm nay"), "Ngày “hôm nay” ở --date không hợp lệ"),
        (("deadline", "Quý I", "--date", "0001-01-01"), "Ngày “0001-01-01” ở --date không hợp lệ"),
        (("agency", "split", "Sở Y tế", "--date", "2026-02-30"), "Ngày “2026-02-30” ở --date không hợp lệ"),
    ],
)
def test_nothing_to_read(cli: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in cli(*words, "--json").refusal
