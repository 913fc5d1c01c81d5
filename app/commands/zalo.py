"""nhacviec zalo: what only a person can do for the Official Account."""

import sys

import typer

from actions import tokens
from app.commands import console
from channels.zalo_oa_updates import NAME
from domain.errors import ActRefused

app = typer.Typer(help="Zalo Official Account: nhập mã làm mới khi phải cấp quyền lại.", no_args_is_help=False)

PROMPT = "Mã làm mới (refresh token)"


@app.callback()
def zalo() -> None:
    """Work on the Official Account."""


@app.command("token", help="Nhập mã làm mới (refresh token) vừa được cấp; đọc từ bàn phím hoặc đầu vào chuẩn.")
def token() -> None:
    """Take a refresh token in, from the keyboard unseen or from standard input; never from the command line."""
    if not console.settings().zalo_oa_app_id:
        raise ActRefused("Chưa khai ZALO_OA_APP_ID; khai cấu hình của Zalo OA trước, xem docs/zalo.md.")
    given = typer.prompt(PROMPT, hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    refresh = str(given).strip()
    if not refresh:
        raise ActRefused("Chưa có mã nào được nhập. Gõ mã, hoặc đưa qua đầu vào chuẩn: nhacviec zalo token < TỆP.")
    console.run(lambda unit: tokens.replace(unit, NAME, refresh, console.now()))
    console.say("Đã nhập mã làm mới. Chương trình đang chạy dùng mã này từ lần gửi tới, không cần khởi động lại.")
