"""The watcher at work: alarms by another path, once, until taken; the heartbeat; a disk that is really full."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Never

import httpx
import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions import alarms, outbox, people
from app.run import Server, web_parts
from app.watching import PROBE, Gauges, health, probe, watcher
from channels.sirens import Cry, MailSiren, UrlSiren
from domain.delivery import Reason, Refused
from domain.outgoing import Message
from domain.people import Role
from domain.watch import Machine
from scheduler.watch import BLINDNESS, Watcher
from storage.database import Database, Unit, Work
from storage.schema import alarms as alarm_table
from storage.schema import outbox as outbox_table
from tests.emulators.mailbox import Mailbox
from tests.office import Office, make_office
from web.app import create_app

pytestmark = pytest.mark.anyio

CRY = Cry("held", "Đang giữ tin của 412 người.", "2026-01-12T08:00:00+07:00", "Văn phòng UBND tỉnh")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = make_office(tmp_path)
    yield made
    await made.close()


@dataclass
class Desk:
    """An address that takes alarms and heartbeats, and refuses the next ones when told to."""

    url: str = ""
    refusing: int = 0
    posted: list[dict[str, Any]] = field(default_factory=list)
    beats: int = 0

    async def post(self, request: Request) -> Response:
        if self.refusing:
            self.refusing -= 1
            return Response(status_code=503)
        self.posted.append(await request.json())
        return Response(status_code=204)

    async def beat(self, _request: Request) -> Response:
        self.beats += 1
        return Response()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    routes = [Route("/alarm", made.post, methods=["POST"]), Route("/beat", made.beat)]
    server = Server(uvicorn.Config(Starlette(routes=routes), "127.0.0.1", 0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    made.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield made
    server.should_exit = True
    await serving


def watching(office: Office, desk: Desk, machine: Machine = Machine(), db: Database | None = None) -> Watcher:
    async def beat() -> None:
        async with httpx.AsyncClient() as client:
            await client.get(f"{desk.url}/beat")

    sirens = [UrlSiren(f"{desk.url}/alarm")]
    return Watcher(db or office.inner.db, office.clock, office.timer, lambda: machine, sirens, beat)


async def _wait_in_vain(office: Office, count: int = 2, minutes: int = 6) -> None:
    """Leave answers in the outbox for so long."""

    def queue(unit: Unit) -> None:
        now = office.clock()
        for n in range(count):
            row = people.endpoint(unit, office.web.name, f"silent-{n}", now)
            outbox.reply(unit, f"late:{n}", row.id, None, [Message("Kính chào")], office.web.can, now)

    await office.run(queue)
    office.clock.tick(60 * minutes)


async def _minute(office: Office, eye: Watcher, minutes: int = 1) -> None:
    for _ in range(minutes):
        office.clock.tick(60)
        office.timer.advance(60)
        await eye.step()


async def test_while_all_is_well_only_the_heart_beats(office: Office, desk: Desk) -> None:
    eye = watching(office, desk)
    assert await eye.step() == []
    assert (desk.beats, desk.posted) == (1, [])


async def test_an_alarm_is_told_until_it_is_taken_and_then_once_a_day(office: Office, desk: Desk) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await coordinator.heard()
    await _wait_in_vain(office)
    eye = watching(office, desk)
    desk.refusing = 2
    await eye.step()
    await _minute(office, eye)
    assert desk.posted == []
    await _minute(office, eye, 5)
    (told,) = desk.posted
    assert (told["program"], told["name"], told["office"]) == ("nhacviec", "replies", "Văn phòng UBND tỉnh")
    assert told["said"].startswith("2 tin trả lời chờ gửi quá 5 phút")
    assert desk.beats == 0
    office.clock.tick(86_400)
    await _minute(office, eye)
    assert len([one for one in desk.posted if one["name"] == "replies"]) == 2
    rows = await office.read(lambda unit: unit.conn.execute(select(alarm_table.c.name)).scalars().all())
    assert rows.count("replies") == 1, "one open row a name"
    await office.inner.deliverer.drain()
    await eye.step()
    await office.settle()
    said = "\n".join(one.text for one in await coordinator.heard())
    assert "sự cố của hệ thống nhắc việc" not in said, "sent meanwhile: it is well again when they could read of it"


async def test_what_is_well_again_is_cleared_and_what_comes_back_soon_is_the_same_alarm(
    office: Office, desk: Desk
) -> None:
    await _wait_in_vain(office)
    eye = watching(office, desk)
    await eye.step()
    await office.inner.deliverer.drain()
    assert await eye.step() == []
    assert desk.beats == 1
    cleared = select(alarm_table.c.cleared_at)
    assert await office.read(lambda unit: unit.conn.execute(cleared).scalar_one()) == office.clock()
    await office.run(lambda unit: unit.conn.execute(update(outbox_table).values(state="waiting")))
    await _minute(office, eye)
    assert len(desk.posted) == 1, "told a minute ago"
    await office.run(lambda unit: unit.conn.execute(update(outbox_table).values(state="sent")))
    await _minute(office, eye)
    await office.run(lambda unit: unit.conn.execute(update(outbox_table).values(state="waiting")))
    office.clock.tick(7200)
    await _minute(office, eye)
    assert len(desk.posted) == 2, "two hours later it is another one"


class Blind:
    """A database that reads and does not write, or does neither."""

    def __init__(self, inner: Database, *, reads: bool) -> None:
        self.url, self._inner, self._reads = inner.url, inner, reads

    async def run(self, work: Work[Any]) -> Never:
        raise OperationalError("INSERT", {}, Exception("disk I/O error"))

    async def read(self, work: Work[Any]) -> Any:
        if not self._reads:
            raise OperationalError("SELECT", {}, Exception("gone"))
        return await self._inner.read(work)

    def run_now(self, work: Work[Any]) -> Never:
        raise AssertionError

    def close(self) -> None:
        raise AssertionError


async def test_an_alarm_that_the_database_cannot_keep_is_told_all_the_same_once(office: Office, desk: Desk) -> None:
    eye = watching(office, desk, Machine(write_error="ENOSPC"), Blind(office.inner.db, reads=True))
    desk.refusing = 1
    await _minute(office, eye, 4)
    assert [one["name"] for one in desk.posted] == ["disk"]
    office.clock.tick(86_400)
    await _minute(office, eye)
    assert len(desk.posted) == 2


async def test_a_database_that_is_away_is_an_alarm_only_after_a_while(office: Office, desk: Desk) -> None:
    eye = watching(office, desk, db=Blind(office.inner.db, reads=False))
    await eye.step()
    assert (desk.posted, desk.beats) == ([], 0)
    office.timer.advance(BLINDNESS)
    await eye.step()
    assert [one["name"] for one in desk.posted] == ["database"]
    await _minute(office, eye, 3)
    assert len(desk.posted) == 1


async def test_a_lost_lock_is_an_alarm(office: Office, desk: Desk) -> None:
    await watching(office, desk, Machine(holds_lock=False)).step()
    assert [one["name"] for one in desk.posted] == ["lock"]


async def test_what_happened_is_told_to_the_coordinators_although_it_is_over(office: Office, desk: Desk) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await coordinator.heard()
    await _wait_in_vain(office, count=1, minutes=0)
    row = await office.read(lambda unit: unit.conn.execute(select(outbox_table.c.id)).scalars().all()[-1])
    for _ in range(2):
        await office.run(partial(_refuse, office, row))
    eye = watching(office, desk)
    await eye.step()
    assert [one["name"] for one in desk.posted] == ["refused"]
    await office.settle()
    said = "\n".join(one.text for one in await coordinator.heard())
    assert "không gửi được vì nội dung bị từ chối" in said
    found = {one.name: one for one in (await health(eye)).checks}
    assert found["refused"].good, "an event makes nothing unready"
    assert found["refused"].said


def _refuse(office: Office, row: int, unit: Unit) -> None:
    chat = unit.conn.execute(select(outbox_table.c.endpoint_id)).first()
    assert chat is not None
    outbox.claim(unit, {row: "silent-0"}, "me", office.web.can, office.clock())
    outbox.record(unit, {row: Refused(Reason.BROKEN, "bad")}, office.clock())


async def test_ready_sees_a_disk_on_which_nothing_can_be_written(office: Office) -> None:
    folder = office.inner.settings.data_dir
    eye = watcher(office.inner)
    app = create_app(web_parts(office.inner, None, eye))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        assert (await client.get("/readyz")).status_code == 200
        (folder / PROBE).symlink_to("/dev/full")  # the kernel itself says that the disk is full
        assert (await client.get("/readyz")).status_code == 200, "asked again at once, the last look serves"
        office.timer.advance(10)
        full = await client.get("/readyz")
        assert full.status_code == 503
        wrong = [one for one in full.json()["checks"] if not one["good"]]
        assert [one["name"] for one in wrong] == ["disk"]
        assert "ổ đĩa có thể đã đầy" in wrong[0]["said"]
        office.timer.advance(10)
        assert (await client.get("/readyz")).status_code == 200, "the probe takes away what it could not write"


def test_the_probe_leaves_nothing_behind(tmp_path: Path) -> None:
    assert probe(tmp_path).write_error == ""
    assert 0 < probe(tmp_path).free <= probe(tmp_path).size
    assert list(tmp_path.iterdir()) == []
    assert probe(tmp_path / "gone").write_error == "ENOENT"


async def test_the_counts_are_shown(office: Office) -> None:
    parts = web_parts(office.inner, None)
    gauges = Gauges(parts.metrics)
    await _wait_in_vain(office)
    eye = watcher(office.inner)
    await eye.step()
    await office.read(gauges.show)
    app = create_app(parts)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        text = (await client.get("/metrics")).text
    assert 'nhacviec_outbox{state="waiting"} 2.0' in text
    assert 'nhacviec_alarm{name="replies"} 1.0' in text
    assert "nhacviec_last_sweep_timestamp_seconds 0.0" in text


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a mail server shows, and what its client trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(path)
    return shown, ssl.create_default_context(cafile=str(path))


async def test_a_mail_arrives_and_says_what_is_wrong() -> None:
    async with Mailbox() as server:
        siren = MailSiren(f"smtp://127.0.0.1:{server.port}", "truc@example.gov.vn")
        server.refusing = 1
        assert await siren.sound(CRY) != ""
        assert await siren.sound(CRY) == ""
        (mail,) = server.mails
        assert mail["To"] == "truc@example.gov.vn"
        assert mail["Subject"] == "[nhacviec] Sự cố: held"
        assert "Đang giữ tin của 412 người." in mail.get_content()
    assert await siren.sound(CRY) != "", "nobody listens any more"


@pytest.mark.parametrize("wrapped", [True, False], ids=["smtps", "starttls"])
async def test_a_password_leaves_under_tls_only(
    certificates: tuple[ssl.SSLContext, ssl.SSLContext], wrapped: bool
) -> None:
    shown, trusted = certificates
    scheme = "smtps" if wrapped else "smtp"
    async with Mailbox(shown, wrapped=wrapped, password="mật khẩu") as server:
        address = f"{scheme}://bot%40example.gov.vn:a%40b@127.0.0.1:{server.port}"
        assert await MailSiren(address, "truc@example.gov.vn", trusted).sound(CRY) == ""
        assert server.under_tls == [True]
        assert server.mails[0]["From"] == "bot@example.gov.vn"
        strangers = MailSiren(address, "truc@example.gov.vn")
        assert await strangers.sound(CRY) == "SSLCertVerificationError"
    async with Mailbox(password="mật khẩu") as plain:
        bare = MailSiren(f"smtp://bot:abc@127.0.0.1:{plain.port}", "truc@example.gov.vn")
        assert await bare.sound(CRY) == "SMTPNotSupportedError"
        assert plain.mails == []


async def test_an_address_that_cannot_be_reached_or_refuses(desk: Desk) -> None:
    desk.refusing = 1
    assert await UrlSiren(f"{desk.url}/alarm").sound(CRY) == "HTTP 503"
    assert await UrlSiren("http://127.0.0.1:1/alarm").sound(CRY) == "ConnectError"
    assert await UrlSiren(f"{desk.url}/alarm").sound(CRY) == ""
    assert alarms.said("digest", {}).startswith("Đã quá 09:00")
