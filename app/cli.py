"""The command line. Exit 0 only on success; a refusal is one Vietnamese sentence on standard error."""

import sys

import typer
from typer.exceptions import TyperException

from app.commands import agencies, console, people, phrases, plans, server, work
from domain.errors import NhacviecError

app = typer.Typer(
    name="nhacviec",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Nhắc việc: đọc kế hoạch, giao việc, nhắc hạn, tiếp nhận phản ánh cho cơ quan nhà nước cấp tỉnh.",
)
app.add_typer(plans.app, name="plan")
app.add_typer(agencies.app, name="agency")
app.add_typer(people.app, name="people")
app.add_typer(work.tasks, name="task")
app.add_typer(work.case_app, name="case")
app.command("deadline", help="Cho biết một thời hạn được hiểu thế nào.")(phrases.deadline)
app.command("invite", help="Tạo một mã tham gia cho một cơ quan.")(people.invite)
app.command("outbox", help="Số tin theo trạng thái gửi.")(work.outbox)
app.command("run", help="Chạy chương trình: chat, nhắc việc, trang web.")(server.run)
app.command("demo", help="Chạy bản trình diễn trên máy này, không cần mạng.")(server.demo)
app.command("migrate", help="Tạo hoặc nâng cấp cơ sở dữ liệu.")(server.migrate_store)
app.command("doctor", help="Kiểm tra cấu hình và dữ liệu.")(server.doctor)


def _problem(wrong: TyperException) -> str:
    """Return the library's own words for a wrong call."""
    return str(getattr(wrong, "message", wrong))


def main() -> None:
    """Run one command and leave with its exit code."""
    try:
        code = app(standalone_mode=False)
    except NhacviecError as refused:
        console.err.print(refused.sentence, markup=False)
        sys.exit(1)
    except typer.Abort:
        console.err.print("Đã dừng theo yêu cầu.")
        sys.exit(130)
    except TyperException as wrong:
        console.err.print(f"Lệnh chưa đúng: {_problem(wrong)} Xem: nhacviec --help.", markup=False)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
