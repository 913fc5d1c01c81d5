"""nhacviec run, demo, migrate, doctor: the program itself."""

import asyncio
import gc
from collections.abc import Callable, Sequence
from typing import Annotated

import httpx
import typer
import uvloop

from actions import alarms
from actions.cases.unset import unset
from app import calendar_check, logs
from app import demo as demo_office
from app.calendar_check import CalendarCheck
from app.commands import console
from app.connections.base import Connection
from app.run import CannotListen, serve
from app.settings import Settings
from app.watching import probe
from app.wiring import Office, build, open_store, prepare_folder, vault
from channels.base import ChannelError
from domain.errors import NhacviecError, OperatorError
from domain.local import today
from domain.watch import Trouble, of_machine, of_office
from storage.upgrade import migrate, revision_of
from storage.views import Unit, office, uses, watch

Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Cổng web; mặc định theo NHACVIEC_PORT.")]


class PortTaken(OperatorError):
    """The web entrance cannot listen where it was told to."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Không mở được cổng {host}:{port} (đang có chương trình khác dùng?). "
            "Đổi NHACVIEC_HOST, NHACVIEC_PORT, hoặc thêm --port 8090, rồi chạy lại."
        )


def _listening(made: Office) -> Callable[[int], None]:
    def ready(port: int) -> None:
        address = made.settings.public_url or f"http://{made.settings.host}:{port}"
        console.say(f"nhacviec đang chạy: {address}")
        if not any(one.source for one in made.connections):
            console.say("Chưa có token của Telegram hay Zalo: chỉ mở kênh chat trên trang web.")

    return ready


def _standing_by() -> None:
    console.err.print(STANDING_BY, markup=False)


STANDING_BY = (
    "Một chương trình nhacviec khác đang chạy trên dữ liệu này và đang gửi tin. "
    "Chương trình này sẽ tiếp quản việc gửi khi chương trình kia dừng."
)


def run(port: Port = None) -> None:
    """Run the office."""
    settings = console.settings()
    logs.set_up(settings.log_format)
    wanted = settings.port if port is None else port

    async def main() -> None:
        database = await asyncio.to_thread(open_store, settings)
        made = build(settings, database)
        gc.freeze()  # what stands by now stands to the end: no collection need walk over it again
        await serve(made, settings.host, wanted, _listening(made), _standing_by)

    try:
        uvloop.run(main())
    except CannotListen:
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
    except CannotListen:
        raise PortTaken(demo_office.HOST, wanted) from None


def migrate_store() -> None:
    """Create or upgrade the database."""
    settings = console.settings()
    vault(settings)  # the key is made before what it will seal
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
        ("Phản ánh, kiến nghị", _feedback),
        ("Kênh nhắn tin", lambda: _channels(settings)),
        ("Hạn mức đã dùng", _used),
        ("Ổ đĩa", lambda: _disk(settings)),
        ("Quét lịch và gửi tin", _watched),
        ("Đường báo sự cố", lambda: _alarms(settings)),
        ("Máy chủ đang chạy", lambda: _server(settings)),
    ]
    bad = 0
    for name, look in checks:
        try:
            console.say(f"[tốt] {name}: {look()}")
        except WorthALook as error:
            console.say(f"[lưu ý] {name}: {error.sentence}")
        except NhacviecError as error:
            bad += 1
            console.say(f"[cần xử lý] {name}: {error.sentence}")
    if bad:
        raise typer.Exit(1)


def _database(settings: Settings) -> str:
    open_store(settings).close()
    current, head = revision_of(settings.url)
    return f"phiên bản {current} (chương trình cần {head})"


class WorthALook(OperatorError):
    """Something that somebody should see to, though the office works."""


def _calendar() -> str:
    found: CalendarCheck = console.run(lambda unit: calendar_check.check(unit, today(console.now())))
    if found.missing:
        raise OperatorError(f"chưa có lịch nghỉ năm {', '.join(map(str, found.missing))}.")
    if found.unconfirmed:
        raise WorthALook(found.said)
    return found.said


def _directory() -> str:
    rows = console.run(office.agency_list)
    if not any(row["coordinating"] for row in rows):
        raise OperatorError("chưa có cơ quan điều phối; nhập bằng: nhacviec agency import TỆP.")
    return f"{len(rows)} cơ quan"


def _feedback() -> str:
    missing: list[str] = console.run(unset)
    if missing:
        raise WorthALook(f"{len(missing)} điều chưa đặt:" + "".join(f"\n  - {one}" for one in missing))
    return "các thời hạn, nơi tiếp nhận và người ký đã đặt"


def _channels(settings: Settings) -> str:
    """Ask every provider for our name there."""

    async def ask() -> dict[str, str | None]:
        database = await asyncio.to_thread(open_store, settings)
        made = build(settings, database)
        try:
            return {one.channel.name: await _name_at(one) for one in made.connections}
        finally:
            await made.close()

    found = asyncio.run(ask())
    away = [name for name, told in found.items() if told is None]
    if away:
        raise OperatorError(f"không gọi được {', '.join(away)}; kiểm tra token, địa chỉ, mạng và proxy.")
    return ", ".join(f"{name} {told}".strip() for name, told in found.items()) or ONLY_WEB


ONLY_WEB = "chỉ có trò chuyện trên web (chưa có token của kênh nào)"


async def _name_at(connection: Connection) -> str | None:
    """Return our name at a provider, None where it cannot be asked."""
    try:
        return await connection.whoami() if connection.whoami is not None else ""
    except ChannelError:
        return None


def _used() -> str:
    figures = console.run(lambda unit: uses.figures(unit, console.now()))
    rows = [f"{one.channel} {USES[one.kind]} {one.today} hôm nay, {one.month} tháng này" for one in figures]
    return "; ".join(rows) or "chưa có kênh nào tính hạn mức"


USES = {
    "free": "tin miễn phí",
    "package": "tin trong gói",
    "template": "tin ZNS",
    "template_refused": "tin ZNS bị từ chối",
}
"""What is counted, for people."""


def _disk(settings: Settings) -> str:
    machine = probe(settings.data_dir)
    _refuse(of_machine(machine))
    return f"ghi được, còn trống {machine.free // 2**20} MB"


def _watched() -> str:
    """Look by the rules of the watcher of a running program."""
    now = console.now()

    def look(unit: Unit) -> list[Trouble]:
        etiquette = office.etiquette(unit)
        return of_office(watch.facts(unit, etiquette, now), etiquette, now)

    _refuse(console.run(look))
    return "không có gì chậm, không có gì đang giữ"


def _refuse(troubles: Sequence[Trouble]) -> None:
    if troubles:
        raise OperatorError(" ".join(alarms.said(one.name, one.data) for one in troubles))


def _alarms(settings: Settings) -> str:
    paths = [name for name, given in (("địa chỉ web", settings.alarm_url), ("thư", settings.alarm_mail)) if given]
    return " và ".join(paths) or "tắt (chưa có NHACVIEC_ALARM_URL, NHACVIEC_ALARM_MAIL)"


def _server(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host
    try:
        answer = httpx.get(f"http://{host}:{settings.port}/readyz", timeout=3, trust_env=False)
    except httpx.HTTPError:
        return "không chạy ở máy này"
    if answer.status_code != httpx.codes.OK:
        raise OperatorError("đang chạy nhưng chưa sẵn sàng; xem nhật ký của chương trình.")
    return "đang chạy, sẵn sàng"
