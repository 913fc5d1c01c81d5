"""Mail as a channel, against a server on loopback: what arrives, and what each way of failing is called."""

import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from channels.base import ChannelError
from channels.email import CAN, EmailChannel
from channels.smtp import MailServer
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.local import VIETNAM
from domain.outgoing import Attachment, Link, Message, parts
from tests.emulators.mailbox import Mailbox

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)
FILE = Attachment("a" * 64, "Thông báo.docx", "application/vnd.openxmlformats-officedocument", 5)
DATES = Attachment("b" * 64, "lich.ics", "text/calendar", 15)
KEPT = {FILE.digest: b"\x00abc.", DATES.digest: b"BEGIN:VCALENDAR"}
HELLO = Message("Văn phòng: 1 việc đến hạn\n\nNV-0123 <b>hạn</b> & hết\n.một dòng chấm", mark="bundle:7:2026-01-12:1")
TO = "head@stp.example.vn"


def content(digest: str) -> bytes:
    if digest not in KEPT:
        raise ChannelError(Refused(Reason.BROKEN, "no such file"))
    return KEPT[digest]


def channel(url: str, trust: ssl.SSLContext | None = None) -> EmailChannel:
    async def office() -> str:
        return "Văn phòng UBND tỉnh Sông Lam"

    return EmailChannel(MailServer(url, 2.0, trust), "nhacviec@songlam.example.vn", office, content, lambda: NOW)


@asynccontextmanager
async def mailbox() -> AsyncIterator[tuple[Mailbox, EmailChannel]]:
    async with Mailbox() as box:
        yield box, channel(f"smtp://127.0.0.1:{box.port}")


async def sent(by: EmailChannel, message: Message = HELLO, to: str = TO) -> Outcome:
    (only,) = parts(message, by.can)
    return await by.send(to, replace(only, mark=message.mark))


async def test_a_mail_is_text_the_same_as_html_and_its_files() -> None:
    links = (Link("Trả lời", "https://songlam.example/l/x"),)
    message = Message(HELLO.text, files=(FILE, DATES), links=links, mark="m")
    async with mailbox() as (box, by):
        assert isinstance(await sent(by, message), Delivered)
    (mail,) = box.mails
    plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n").strip() == HELLO.text + "\n\nTrả lời: https://songlam.example/l/x"
    assert "NV-0123 &lt;b&gt;hạn&lt;/b&gt; &amp; hết<br>" in html.get_content()
    assert '<a href="https://songlam.example/l/x">Trả lời</a>' in html.get_content()
    word, dates = mail.iter_attachments()
    assert (word.get_filename(), word.get_content()) == ("Thông báo.docx", b"\x00abc.")
    assert (dates.get_filename(), dates.get_content_type()) == ("lich.ics", "text/calendar")
    assert dates["content-type"].params["method"] == "PUBLISH"


async def test_the_heads_of_a_mail() -> None:
    async with mailbox() as (box, by):
        await sent(by)
    (mail,) = box.mails
    assert mail["subject"] == "Văn phòng: 1 việc đến hạn"
    assert mail["from"].addresses[0].display_name == "Văn phòng UBND tỉnh Sông Lam"
    assert mail["from"].addresses[0].addr_spec == "nhacviec@songlam.example.vn"
    assert mail["to"] == TO
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["date"].datetime == NOW
    assert mail["references"] == "<nv-0123@songlam.example.vn>"
    assert box.recipients == [TO]


@pytest.mark.parametrize("tail", range(0, 40, 3))
async def test_a_long_subject_keeps_every_blank(tail: int) -> None:
    first = "Văn phòng UBND tỉnh: NV-0001 đã quá hạn 1 ngày (hạn thứ Năm 19/03/2026) " + "và " * tail + "hết"
    async with mailbox() as (box, by):
        await sent(by, Message(f"{first}\n\nXem"))
    assert box.mails[0]["subject"] == (first if len(first) <= 150 else first[:149].rsplit(" ", 1)[0] + "…")
    raw = box.raw[0].partition(b"\r\n\r\n")[0]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


async def test_a_repeat_bears_the_same_name_and_another_message_another() -> None:
    async with mailbox() as (box, by):
        first, again = await sent(by), await sent(by, Message("(nhắc lại) " + HELLO.text, mark=HELLO.mark))
        other = await sent(by, Message(HELLO.text, mark="bundle:8:2026-01-12:1"))
    names = [mail["message-id"] for mail in box.mails]
    assert names[0] == names[1] != names[2]
    assert first == again != other


async def test_a_mail_of_several_tasks_belongs_to_no_thread() -> None:
    async with mailbox() as (box, by):
        await sent(by, Message("Hai việc\nNV-0001, NV-0002"))
    assert box.mails[0]["references"] is None


async def test_no_line_of_a_text_becomes_a_header() -> None:
    async with mailbox() as (box, by):
        await sent(by, Message("Việc\rBcc: ai@do.example\nX", mark="x"))
    assert box.mails[0]["bcc"] is None
    assert box.recipients == [TO]


ENDINGS = {
    "blocked": Refused(Reason.BLOCKED, "550 5.1.1"),
    "greylisted": Refused(Reason.FLOOD, "450 4.2.0", 60.0),
    "no relay": Refused(Reason.ACCOUNT, "554 5.7.1"),
    "flood": Refused(Reason.FLOOD, "451 4.3.2", 60.0),
    "content": Refused(Reason.BROKEN, "554 5.6.0"),
    "account": Refused(Reason.ACCOUNT, "530 5.7.0"),
    "hang up before": Refused(Reason.UNREACHED, "SMTPServerDisconnected"),
    "hang up after": Unknown("SMTPServerDisconnected"),
}


@pytest.mark.parametrize("fault", ENDINGS)
async def test_each_way_of_failing_has_its_name_and_arrives_or_does_not(fault: str) -> None:
    async with mailbox() as (box, by):
        box.faults.append(fault)
        assert await sent(by) == ENDINGS[fault]
        assert len(box.mails) == isinstance(ENDINGS[fault], Unknown)
        assert isinstance(await sent(by), Delivered)


async def test_a_too_large_mail_is_broken() -> None:
    async with mailbox() as (box, by):
        box.largest = 500
        assert await sent(by) == Refused(Reason.BROKEN, "552 5.3.4")
        assert box.mails == []


async def test_a_server_that_is_away_was_not_reached() -> None:
    async with mailbox() as (box, by):
        await box.stop()
        outcome = await sent(by)
        assert isinstance(outcome, Refused)
        assert outcome.reason is Reason.UNREACHED
        assert not await by.answers()
        with pytest.raises(ChannelError):
            await by.me()


async def test_it_answers_and_closes() -> None:
    async with mailbox() as (box, by):
        assert await by.answers()
        assert await by.me() == "nhacviec@songlam.example.vn"
        assert box.mails == []
        await by.close()
        await by.close()
        assert await sent(by) == Refused(Reason.UNREACHED, "closed")


@pytest.mark.parametrize("address", ["", "không phải", "a@b@c", "x\r\nBcc: y@z.vn"])
async def test_what_is_no_address_is_a_dead_one(address: str) -> None:
    async with mailbox() as (box, by):
        assert await sent(by, to=address) == Refused(Reason.BLOCKED, "no address")
        assert box.sessions == 0


async def test_a_file_that_is_gone_breaks_the_mail() -> None:
    lost = Attachment("c" * 64, "x.docx", "application/x", 1)
    async with mailbox() as (box, by):
        assert await sent(by, Message("Việc", files=(lost,))) == Refused(Reason.BROKEN, "no such file")
        assert box.sessions == 0


async def test_files_and_links_stay_with_the_text() -> None:
    message = Message("Việc", files=(FILE, DATES), links=(Link("Trả lời", "https://songlam.example/l/x"),))
    assert parts(message, CAN) == [message]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that this machine's name bears, with its key in the same file."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    told = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(file), "-out", "-", *told]
    made = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    file.write_text(file.read_text() + made)
    return file


def contexts(certificate: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    return server, ssl.create_default_context(cafile=str(certificate))


@pytest.mark.parametrize("wrapped", [False, True])
async def test_a_password_leaves_under_tls_only(certificate: Path, *, wrapped: bool) -> None:
    server, trust = contexts(certificate)
    scheme = "smtps" if wrapped else "smtp"
    async with Mailbox(server, wrapped=wrapped, password="p") as box:
        by = channel(f"{scheme}://u:p@localhost:{box.port}", trust)
        assert isinstance(await sent(by), Delivered)
        assert box.under_tls == [True]
        box.faults.append("login")
        assert await sent(by) == Refused(Reason.ACCOUNT, "535 5.7.8")
        box.faults.append("login")
        with pytest.raises(ChannelError) as refused:
            await by.me()
        assert refused.value.outcome == Refused(Reason.ACCOUNT, "535 5.7.8")
    async with Mailbox(password="p") as bare:
        outcome = await sent(channel(f"smtp://u:p@localhost:{bare.port}", trust))
        assert outcome == Refused(Reason.ACCOUNT, "SMTPNotSupportedError")
        assert bare.mails == []


async def test_a_server_that_is_another_one_gets_nothing(certificate: Path) -> None:
    server, _ = contexts(certificate)
    async with Mailbox(server, wrapped=True) as box:
        outcome = await sent(channel(f"smtps://localhost:{box.port}"))
        assert outcome == Refused(Reason.ACCOUNT, "SSLCertVerificationError")
        assert box.mails == []
