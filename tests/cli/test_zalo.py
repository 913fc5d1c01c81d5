"""nhacviec zalo: a refresh token comes in unseen, once, and is told to nobody."""

import io

import pytest

from tests.cli.conftest import Cli

ACCOUNT = {"ZALO_OA_APP_ID": "4242", "ZALO_OA_APP_SECRET": "app", "ZALO_OA_SECRET": "oa"}
TOKEN = "mot-ma-lam-moi-khong-cua-ai"


def test_a_refresh_token_is_taken_in_once(cli: Cli) -> None:
    cli.environment |= ACCOUNT
    cli.monkeypatch.setattr("sys.stdin", io.StringIO(f"  {TOKEN}\n"))
    done = cli("zalo", "token")
    assert done.code == 0, done.err
    assert "không cần khởi động lại" in done.out
    assert TOKEN not in done.out + done.err
    cli.monkeypatch.setattr("sys.stdin", io.StringIO(TOKEN))
    again = cli("zalo", "token").refusal
    assert again.startswith("Mã làm mới này đã được nhập trước đây")
    assert TOKEN.encode() not in (cli.folder / "nhacviec.db").read_bytes()


@pytest.mark.parametrize("typed", ["", "\n", "   \n"])
def test_nothing_is_no_token(cli: Cli, typed: str) -> None:
    cli.environment |= ACCOUNT
    cli.monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert cli("zalo", "token").refusal.startswith("Chưa có mã nào được nhập")


def test_without_an_account_there_is_nothing_to_authorise(cli: Cli) -> None:
    assert cli("zalo", "token").refusal.startswith("Chưa khai ZALO_OA_APP_ID")
