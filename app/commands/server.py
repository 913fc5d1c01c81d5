"""nhacviec run, demo, migrate, doctor: the program itself."""

import asyncio
from collections.abc import Callable
from typing import Annotated

import httpx
import typer

from app import demo as demo_office
from app import logs
from app.commands import console
from app.run import serve
from app.settings import Settings, secret
from app.wiring import build, open_store, prepare_folder, vault
from channels.base import ChannelError
from domain.errors import NhacviecError, OperatorError
from domain.workdays import WorkCalendar
from storage.upgrade import migrate, revision_of
from storage.views import office

Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Cổng web; mặc định theo NHACVIEC_PORT.")]


class PortTaken(OperatorError):
    """The web entrance cannot listen where it was told to."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Không mở được cổng {host}:{port} (đang có chương trình khác dùng?). "
            "Đổi NHACVIEC_HOST, NHACVIEC_PORT, hoặc thêm --port 8090, rồi chạy lại."
        )


def _listening(settings: Settings, host: str) -> Callable[[int], None]:
    def ready(port: int) -> None:
        address = settings.public_url or f"http://{host}:{port}"
        console.say(f"nhacviec đang chạy: {address}")
        if not settings.telegram_token:
            console.say("Chưa có TELEGRAM_TOKEN: chỉ mở kênh chat trên trang web.")

    return ready


def run(port: Port = None) -> None:
    """Run the office."""
    settings = console.settings()
    logs.set_up(settings.log_format)
    wanted = settings.port if port is None else port

    async def main() -> None:
        database = await asyncio.to_thread(open_store, settings)
        await serve(build(settings, database), settings.host, wanted, _listening(settings, settings.host))

    try:
        asyncio.run(main())
    except OSError:
        raise PortTaken(settings.host, wanted) from None


def demo(
    port: Port = None,
    check: Annotated[bool, typer.Option("--check", help="Chạy thử một vòng rồi thoát.")] = False,
) -> None:
    """Run the demo on loopback in a temporary folder."""
    logs.set_up("text")
    wanted = 8080 if port is None else port
    try:
        demo_office.main(wanted, console.say, check=check)
    except OSError:
        raise PortTaken(demo_office.HOST, wanted) from None


def migrate_store() -> None:
    """Create or upgrade the database."""
    settings = console.settings()
    prepare_folder(settings)
    console.say(f"Cơ sở dữ liệu đã ở phiên bản {migrate(settings.url)}.")


def doctor() -> None:
    """Check that the office can work; exit 1 where something must be mended."""
    settings = console.settings()
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Thư mục dữ liệu", lambda: str(prepare_folder(settings).absolute())),
        ("Khoá mã hoá", lambda: "đọc được" if vault(settings) else ""),
        ("Cơ sở dữ liệu", lambda: _database(settings)),
        ("Lịch làm việc", _calendar),
        ("Danh mục cơ quan", _directory),
        ("Telegram", lambda: _telegram(settings)),
        ("Máy chủ đang chạy", lambda: _server(settings)),
    ]
    bad = 0
    for name, look in checks:
        try:
            console.say(f"[tốt] {name}: {look()}")
        except NhacviecError as error:
            bad += 1
            console.say(f"[cần xử lý] {name}: {error.sentence}")
    if bad:
        raise typer.Exit(1)


def _database(settings: Settings) -> str:
    open_store(settings).close()
    current, head = revision_of(settings.url)
    return f"phiên bản {current} (chương trình cần {head})"


def _calendar() -> str:
    calendar: WorkCalendar = console.run(office.calendar)
    year = console.now().year
    wanted = (year, year + 1) if console.now().month >= 11 else (year,)
    forecast = sorted({one.day.year for one in calendar.days if "dự kiến" in one.source and one.day.year in wanted})
    missing = [one for one in wanted if one not in calendar.years]
    if missing:
        raise OperatorError(f"chưa có lịch nghỉ năm {', '.join(map(str, missing))}.")
    if forecast:
        years = ", ".join(map(str, forecast))
        return (
            f"có lịch năm {', '.join(map(str, wanted))}; năm {years} mới là dự kiến, cần đối chiếu thông báo chính thức"
        )
    return f"có lịch đến năm {wanted[-1]}"


def _directory() -> str:
    rows = console.run(office.agency_list)
    if not any(row["coordinating"] for row in rows):
        raise OperatorError("chưa có cơ quan điều phối; nhập bằng: nhacviec agency import TỆP.")
    return f"{len(rows)} cơ quan"


def _telegram(settings: Settings) -> str:
    if not secret(settings.telegram_token):
        return "tắt (chưa có TELEGRAM_TOKEN)"

    async def ask() -> str:
        database = await asyncio.to_thread(open_store, settings)
        made = build(settings, database)
        try:
            return await made.telegram.me() if made.telegram else ""
        finally:
            await made.close()

    try:
        return f"@{asyncio.run(ask())}"
    except ChannelError:
        raise OperatorError("không gọi được Telegram; kiểm tra TELEGRAM_TOKEN, mạng và TELEGRAM_PROXY.") from None


def _server(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host
    try:
        answer = httpx.get(f"http://{host}:{settings.port}/readyz", timeout=3, trust_env=False)
    except httpx.HTTPError:
        return "không chạy ở máy này"
    if answer.status_code != httpx.codes.OK:
        raise OperatorError("đang chạy nhưng chưa sẵn sàng; xem nhật ký của chương trình.")
    return "đang chạy, sẵn sàng"
