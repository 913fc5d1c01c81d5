"""The command line. Exit 0 only on success; a refusal is one Vietnamese sentence on standard error."""

import errno
import io
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError
from typer.exceptions import TyperException

from app import usage
from app.commands import (
    agencies,
    backup,
    calendar,
    cases,
    closing,
    collect,
    console,
    explain,
    figures,
    incidents,
    indicators,
    keys,
    ladder,
    leaders,
    officials,
    outbox,
    people,
    phrases,
    plans,
    proof,
    rehearse,
    report,
    server,
    settings,
    work,
    zalo,
)
from domain.errors import NhacviecError, StorageUnavailable
from storage.database import cause

app = typer.Typer(
    name="nhacviec",
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Nhắc việc: đọc kế hoạch, giao việc, nhắc hạn, tiếp nhận phản ánh cho cơ quan nhà nước cấp tỉnh.",
)
plans.app.command("close", help="Kết thúc năm của một kế hoạch: xem việc chưa xong, chuyển tiếp hoặc kết thúc.")(
    closing.close
)
app.add_typer(plans.app, name="plan")
app.add_typer(agencies.app, name="agency")
app.add_typer(indicators.app, name="indicator")
people.app.command(
    "rank", help="Đặt cấp của một người trong Văn phòng: chuyên viên, lãnh đạo phòng, lãnh đạo Văn phòng."
)(officials.rank)
people.app.command("follow", help="Ai theo dõi cơ quan, cấp hay phần kế hoạch nào: xem, thêm, thôi.")(officials.follow)
people.app.command("portfolio", help="Lãnh đạo UBND: ai phụ trách phần nào, ai cùng xem bản tin.")(leaders.portfolio)
people.app.command("reader", help="Cử một người cùng xem bản tin của một đồng chí lãnh đạo, hoặc thôi.")(leaders.reader)
app.add_typer(people.app, name="people")
work.tasks.command("proof", help="Ai đã được thông báo gì về một việc, lúc nào, qua kênh nào.")(proof.command)
app.add_typer(work.tasks, name="task")
app.add_typer(cases.app, name="case")
app.add_typer(calendar.app, name="calendar")
app.add_typer(ladder.app, name="ladder")
app.command("deadline", help="Cho biết một thời hạn được hiểu thế nào.")(phrases.deadline)
app.add_typer(phrases.reply_app, name="reply")
app.command("invite", help="Tạo một mã tham gia cho một cơ quan.")(people.invite)
app.command("report", help="Báo cáo tiến độ thực hiện kế hoạch của một kỳ.")(report.command)
app.command("explain", help="Vì sao một việc, một phản ánh có hạn như vậy.")(explain.explain)
app.add_typer(collect.app, name="collect")
app.command("periodic", help="Báo cáo kiểm soát thủ tục hành chính định kỳ: tổng hợp, chốt số liệu, ghi tệp.")(
    collect.periodic
)
app.add_typer(figures.app, name="figures")
app.add_typer(outbox.app, name="outbox")
app.add_typer(zalo.app, name="zalo")
app.add_typer(keys.app, name="key")
app.add_typer(incidents.app, name="incident")
app.command("settings", help="Xem hoặc đổi các cài đặt của Văn phòng (giờ bản tin, người ký, ai quyết định gia hạn…).")(
    settings.settings
)
app.command("rehearse", help="Diễn tập một kế hoạch trên lịch ảo, không gửi tin nào.")(rehearse.command)
app.command("run", help="Chạy chương trình: chat, nhắc việc, trang web.")(server.run)
app.command("demo", help="Chạy bản trình diễn trên máy này, không cần mạng.")(server.demo)
app.command("migrate", help="Tạo hoặc nâng cấp cơ sở dữ liệu.")(server.migrate_store)
app.command("backup", help="Sao lưu toàn bộ dữ liệu vào một tệp, kể cả khi chương trình đang chạy.")(backup.backup)
app.command("restore", help="Khôi phục một bản sao lưu vào nơi còn trống; không gửi lại tin đã gửi.")(backup.restore)
app.command("doctor", help="Kiểm tra cấu hình và dữ liệu.")(server.doctor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command, that of the process unless `arguments` are given, and leave with its exit code."""
    _speak_utf8()
    try:
        code = app(args=arguments, prog_name="nhacviec", standalone_mode=False)
    except NhacviecError as refused:
        _refuse(refused.sentence, 1)
    except SQLAlchemyError as error:
        _refuse(StorageUnavailable(cause(error)).sentence, 1)
    except UnicodeEncodeError:  # bytes of the command line that are no text
        _refuse("Lệnh có ký tự không phải UTF-8. Gõ lại bằng bàn phím tiếng Việt Unicode rồi chạy lại.", 2)
    except OSError as error:
        _refuse(f"Máy không đọc hoặc ghi được ({_TROUBLES.get(error.errno or 0, error.strerror)}). {_CHECK}", 1)
    except typer.Abort:
        _refuse("Đã dừng theo yêu cầu.", 130)
    except TyperException as wrong:
        _refuse(usage.sentence(wrong), 2)
    sys.exit(code if isinstance(code, int) else 0)


_TROUBLES = {
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EPIPE: "nơi nhận kết quả đã đóng",
    errno.EACCES: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOENT: "không có thư mục tạm dùng được",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
}
_CHECK = "Kiểm tra dung lượng ổ đĩa và quyền ghi rồi chạy lại."


def _refuse(sentence: str, code: int) -> NoReturn:
    """Say one sentence on one line of standard error and leave."""
    console.err.print(" ".join(sentence.split()), markup=False)
    sys.exit(code)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the machine's locale says; what no text can hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
