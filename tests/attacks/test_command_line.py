"""Odd words on the command line, a lost or changed key, a database that is no longer whole."""

import errno
import io
import os
import sqlite3
from pathlib import Path

import pytest

from storage.vault import Vault
from tests.cli.conftest import Cli, sample


@pytest.mark.parametrize(
    "words",
    [
        ("case", "show", "\udcff"),
        ("task", "list", "--agency", "S\udcffTP"),
        ("invite", "S\udcffTP", "--role", "officer"),
    ],
)
def test_bytes_that_are_no_text(cli: Cli, words: tuple[str, ...]) -> None:
    done = cli(*words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "không phải UTF-8" in done.err


def test_a_row_of_digits_too_long_for_a_number(cli: Cli, offices: Path) -> None:
    cli("agency", "import", offices)
    said = cli("rehearse", "1" * 5000, "--from", "2026-01-12", "--to", "2026-01-20").refusal
    assert said.startswith("Tệp “111")


def test_a_lost_key_is_not_replaced_by_another(cli: Cli, offices: Path) -> None:
    cli("agency", "import", offices)
    key = cli.folder / "secret.key"
    kept = key.read_bytes()
    key.unlink()
    assert "không còn khoá" in cli("task", "list").refusal
    assert not key.exists()
    key.write_bytes(kept)
    assert cli("task", "list", "--json").json == []


def test_another_key_is_refused_before_anything_is_sealed_under_it(cli: Cli, offices: Path) -> None:
    cli("agency", "import", offices)
    (cli.folder / "secret.key").write_bytes(Vault.new_key())
    assert "không khớp với cơ sở dữ liệu" in cli("invite", "STP", "--role", "officer").refusal


def test_a_key_in_front_of_the_old_one_is_taken(cli: Cli, offices: Path) -> None:
    cli("agency", "import", offices)
    both = f"{Vault.new_key().decode()},{(cli.folder / 'secret.key').read_text()}"
    assert cli("task", "list", "--json", environment={"NHACVIEC_SECRET_KEY": both}).json == []


def test_a_database_without_one_of_its_tables(cli: Cli, offices: Path) -> None:
    cli("agency", "import", offices)
    with sqlite3.connect(cli.folder / "nhacviec.db") as connection:
        connection.execute("DROP TABLE outbox")
    connection.close()
    said = cli("outbox", "--json").refusal
    assert "tệp thiếu bảng" in said
    assert "SELECT" not in said


class Full(io.StringIO):
    """A stream on a disk without room."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_standard_output_that_takes_no_more(cli: Cli, offices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("agency", "import", offices)
    with monkeypatch.context() as only_here:
        only_here.setattr("sys.stdout", Full())
        done = cli("agency", "list", "--json")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "ổ đĩa đã đầy" in done.err


def _table(folder: Path, text: str) -> Path:
    path = folder / "bang.csv"
    path.write_text(text, encoding="utf-8")
    return path


AGENCIES = "code,name,aliases,level,parent,valid_from,valid_to,coordinating\n"
PEOPLE = "agency,name,chức vụ,phone,role\n"


def test_a_name_that_no_message_could_carry(cli: Cli, tmp_path: Path) -> None:
    path = _table(tmp_path, f"{AGENCIES}A,{'x' * 100_000},,province_department,,,,1\n")
    assert "dài quá 300 ký tự" in cli("agency", "import", path).refusal


def test_characters_that_show_nothing_are_left_out_of_codes(cli: Cli, tmp_path: Path) -> None:
    path = _table(tmp_path, f"{AGENCIES}A\u200b,Sở \u202eA\0,,province_department,,,,1\n")
    cli("agency", "import", path)
    (row,) = cli("agency", "list", "--json").json
    assert (row["code"], row["name"]) == ("A", "Sở A")


def test_a_person_who_stands_twice_gets_no_dead_code(cli: Cli, offices: Path, tmp_path: Path) -> None:
    cli("agency", "import", offices)
    twice = "VPUBND,Nguyễn Mẫu An,,0900,officer\n" * 2
    said = cli("people", "import", _table(tmp_path, PEOPLE + twice)).refusal
    assert said.startswith("Dòng 3, cột name: “Nguyễn Mẫu An” đã có ở dòng 2")
    assert not (cli.folder / "invites.html").exists()


def test_a_number_too_long_to_be_one(cli: Cli, offices: Path, tmp_path: Path) -> None:
    cli("agency", "import", offices)
    plan = cli("plan", "import", sample("ke-hoach-2026.txt", tmp_path), "--json").json["plan"]
    assert "dài quá 80 ký tự" in cli("plan", "set", plan, "--number", "x" * 81).refusal


def test_a_moment_of_issue_far_ahead_asks_and_writes_nothing(cli: Cli, offices: Path, tmp_path: Path) -> None:
    cli("agency", "import", offices)
    plan = cli("plan", "import", sample("ke-hoach-2026.txt", tmp_path), "--json").json["plan"]
    before = cli("plan", "doubts", plan, "--json").json
    for more in ((), ("--accept-doubts",)):
        assert "năm 2199" in cli("plan", "issue", plan, "--at", "2199-06-01", *more).refusal
    assert cli("plan", "doubts", plan, "--json").json == before
