"""nhacviec backup and restore, nhacviec outbox: what the operator types, and what is answered."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.timing import system_clock
from storage import sweeps
from storage.database import Unit, open_database
from storage.locks import FileLock
from storage.schema import endpoints, outbox
from storage.sweeps import Progress
from storage.vault import Vault
from tests.cli.conftest import Cli


@pytest.fixture
def working(cli: Cli, offices: Path) -> Cli:
    """An office with a directory."""
    assert cli("agency", "import", offices).code == 0
    return cli


def elsewhere(cli: Cli, tmp_path: Path) -> Cli:
    """Return the command line on another, empty data folder."""
    return Cli(tmp_path / "another", cli.monkeypatch, cli.capture)


def test_a_backup_with_its_key_comes_back_whole(working: Cli, tmp_path: Path) -> None:
    made = working("backup", tmp_path / "a.zip", "--with-key")
    assert made.code == 0
    assert "có kèm khoá mã hoá" in made.out
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0, "only its owner may read it"
    other = elsewhere(working, tmp_path)
    restored = other("restore", tmp_path / "a.zip")
    assert restored.code == 0, restored.err
    assert "Coi như đã gửi và không gửi lại: 0 tin trong hộp gửi" in restored.out
    assert other("agency", "list", "--json").json == working("agency", "list", "--json").json
    assert (other.folder / "secret.key").read_bytes() == (working.folder / "secret.key").read_bytes()


def test_a_backup_without_its_key_asks_for_the_key(working: Cli, tmp_path: Path) -> None:
    made = working("backup", tmp_path / "a.zip")
    assert "KHÔNG kèm khoá" in made.out
    assert str(working.folder.absolute() / "secret.key") in made.out
    other = elsewhere(working, tmp_path)
    assert "không kèm khoá mã hoá. Chép tệp khoá cũ" in other("restore", tmp_path / "a.zip").refusal
    key = (working.folder / "secret.key").read_text(encoding="utf-8")
    assert other("restore", tmp_path / "a.zip", environment={"NHACVIEC_SECRET_KEY": key}).code == 0


def test_a_wrong_key_restores_nothing(working: Cli, tmp_path: Path) -> None:
    assert working("backup", tmp_path / "a.zip").code == 0
    other = elsewhere(working, tmp_path)
    wrong = {"NHACVIEC_SECRET_KEY": Vault.new_key().decode()}
    assert "không khớp" in other("restore", tmp_path / "a.zip", environment=wrong).refusal
    assert other("agency", "list", "--json", environment=wrong).json == []


def test_a_backup_is_never_written_over_another(working: Cli, tmp_path: Path) -> None:
    assert working("backup", tmp_path / "a.zip").code == 0
    before = (tmp_path / "a.zip").read_bytes()
    assert "đã có" in working("backup", tmp_path / "a.zip").refusal
    assert (tmp_path / "a.zip").read_bytes() == before
    assert [one.name for one in tmp_path.glob(".a.zip*")] == []


def test_where_nothing_is_there_is_nothing_to_back_up(cli: Cli, tmp_path: Path) -> None:
    assert "chưa có tệp cơ sở dữ liệu" in cli("backup", tmp_path / "a.zip").refusal
    assert not (tmp_path / "a.zip").exists()


def test_a_restore_over_work_or_beside_a_running_program_is_refused(working: Cli, tmp_path: Path) -> None:
    assert working("backup", tmp_path / "a.zip", "--with-key").code == 0
    assert "đã có dữ liệu" in working("restore", tmp_path / "a.zip").refusal
    other = elsewhere(working, tmp_path)
    other.folder.mkdir()
    running = FileLock(other.folder / "sender.lock")
    assert running.acquire()
    assert "đang chạy" in other("restore", tmp_path / "a.zip").refusal
    running.release()
    assert not (other.folder / "secret.key").exists(), "a key that came with a refused restore does not stay"
    assert other("restore", tmp_path / "a.zip").code == 0


def test_a_file_that_is_no_backup(working: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("không phải", encoding="utf-8")
    assert "không dùng được" in working("restore", tmp_path / "a.zip").refusal
    assert "Không có tệp" in working("restore", tmp_path / "b.zip").refusal


def _write(cli: Cli, work: object) -> None:
    vault = Vault([(cli.folder / "secret.key").read_bytes().strip()])
    database = open_database(f"sqlite:///{cli.folder / 'nhacviec.db'}", vault)
    database.run_now(work)  # type: ignore[arg-type]
    database.close()


def _fill(unit: Unit) -> None:
    now = system_clock()
    unit.conn.execute(endpoints.insert().values(id=1, channel="telegram", chat="1", state="open", created_at=now))
    for number, (state, error) in enumerate(
        [("sent", None), ("failed", "broken: can't parse entities"), ("cancelled", "said in a later message")], 1
    ):
        row = {"key": f"k{number}", "kind": "bundle", "lane": 1, "endpoint_id": 1, "state": state, "error": error}
        unit.conn.execute(outbox.insert().values(**row, not_before=now, created_at=now))


def test_the_outbox_is_listed_with_reasons(working: Cli) -> None:
    _write(working, _fill)
    rows = working("outbox", "list", "--json").json
    assert [row["state"] for row in rows] == ["cancelled", "failed", "sent"]
    (failed,) = working("outbox", "list", "--failed", "--json").json
    assert failed["reason"] == "broken: can't parse entities"
    assert set(failed) == {"id", "state", "kind", "channel", "created", "sent", "attempts", "reason"}
    assert [row["id"] for row in working("outbox", "list", "--state", "sent", "--json").json] == [1]
    assert "Không gửi được" in working("outbox", "list", "--failed").out
    assert "Không có trạng thái" in working("outbox", "list", "--state", "gone").refusal
    assert "không ở trạng thái không gửi được" in working("outbox", "retry", 1).refusal


def test_what_is_held_is_told_released_and_discarded(working: Cli) -> None:
    assert "Không có tin nào đang bị giữ" in working("outbox", "release").refusal
    assert "Không có tin nào đang bị giữ" in working("outbox", "discard", "--reason", "cũ").refusal
    assert "--reason" in working("outbox", "discard").err
    now = system_clock()
    held = Progress(at=now, held_since=now)
    _write(working, lambda unit: sweeps.save(unit, held, now))
    assert "Cần ghi lý do" in working("outbox", "discard", "--reason", " ").refusal
    assert "Đã bỏ 0 lượt nhắc" in working("outbox", "discard", "--reason", "đã gọi điện").out
    _write(working, lambda unit: sweeps.save(unit, held, now))
    assert "Tin của 0 người" in working("outbox", "release").out


def test_doctor_looks_by_the_rules_of_the_watcher(working: Cli) -> None:
    working.environment["NHACVIEC_PORT"] = "1"
    old = system_clock() - timedelta(hours=2)
    _write(working, lambda unit: sweeps.save(unit, Progress(at=old), old))
    sick = working("doctor")
    assert sick.code == 1
    assert "[cần xử lý] Quét lịch và gửi tin: Lịch nhắc không được quét từ" in sick.out
    ahead = system_clock() + timedelta(hours=2)
    _write(working, lambda unit: sweeps.save(unit, Progress(at=ahead), old))
    assert "Đồng hồ máy chủ đã bị lùi" in working("doctor").out
    assert "Tin của 0 người" in working("outbox", "release").out
    assert working("doctor").code == 0
    paths = {"NHACVIEC_ALARM_URL": "https://x.example", "NHACVIEC_ALARM_MAIL": "a@b.vn", "SMTP_URL": "smtp://b.vn"}
    assert "Đường báo sự cố: địa chỉ web và thư" in working("doctor", environment=paths).out
