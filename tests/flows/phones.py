"""A person at one account of any channel, moved alike: they type, choose, send a file, and read what comes.

A side is an office with one channel's far end; `SIDES` names how each is opened.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import httpx

from actions import offices
from app.run import web_parts
from domain.words import fold
from tests.flows.telegram_side import Person, telegram_office
from tests.flows.zalo_bot_side import Person as BotPerson
from tests.flows.zalo_bot_side import zalo_bot_office
from tests.flows.zalo_oa_side import Person as OaPerson
from tests.flows.zalo_oa_side import zalo_oa_office
from tests.office import Chat, Heard, Office, make_office
from web.app import create_app


class Account(Protocol):
    """What a channel's own side offers for one person; every act returns the texts that came back, the oldest first."""

    async def types(self, text: str) -> list[str]:
        """Type a line."""
        ...

    def buttons(self) -> list[str]:
        """Return the labels of the buttons under the newest message that has any."""
        ...

    async def presses(self, label: str) -> list[str]:
        """Press the button of that label."""
        ...

    async def hands_over(self, name: str, content: bytes, caption: str) -> list[str]:
        """Send a file the way this channel allows it."""
        ...

    async def news(self) -> list[str]:
        """Return what came unasked since last looked."""
        ...


@dataclass(slots=True)
class Phone:
    """One person's phone; `log` is what they typed and read, as a transcript."""

    name: str
    account: Account
    log: list[str] = field(default_factory=list)
    last: str = ""

    async def types(self, text: str, shown: str = "") -> str:
        """Type a line and return the whole answer."""
        return self._read(shown or text, await self.account.types(text))

    async def picks(self, label: str) -> str:
        """Choose by the start of a choice's words: its button where there is one, else the number before it."""
        wanted = fold(label)
        button = next((one for one in self.account.buttons() if fold(one).startswith(wanted)), None)
        if button is not None:
            return self._read(f"[{button}]", await self.account.presses(button))
        number = next((n for n, words in _NUMBERED.findall(self.last) if fold(words).startswith(wanted)), None)
        assert number is not None, f"{label!r} is offered neither as a button nor as a number:\n{self.last}"
        return await self.types(number)

    async def hands_over(self, name: str, content: bytes, caption: str = "") -> str:
        """Send a file."""
        return self._read(f"(tệp {name}) {caption}".strip(), await self.account.hands_over(name, content, caption))

    async def hears(self) -> str:
        """Return what came unasked."""
        return self._read("", await self.account.news())

    def _read(self, did: str, texts: list[str]) -> str:
        if did:
            self.log.append(f"{self.name}: {did}")
        self.log += [f"→ {self.name}\n" + "\n".join(f"    {line}" for line in text.split("\n")) for text in texts]
        if texts:
            self.last = texts[-1]
        return "\n".join(texts)


_NUMBERED = re.compile(r"^(\d{1,2})\.? (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Side:
    """An office, and how somebody gets a phone there."""

    office: Office
    phone: Callable[[str], Phone]
    settle: Callable[[], Awaitable[None]]
    """Do what is due now: take in, handle, sweep, deliver."""
    left: Callable[[], Awaitable[list[str]]]
    """Return the texts that really left, as the far end received them."""
    limit: int
    """Characters of one message, in units of UTF-16."""


@dataclass(slots=True)
class _WebAccount:
    chat: Chat
    _labels: list[str] = field(default_factory=list)

    async def types(self, text: str) -> list[str]:
        return self._heard(await self.chat.say(text))

    def buttons(self) -> list[str]:
        return self._labels

    async def presses(self, label: str) -> list[str]:
        return self._heard(await self.chat.press(label))

    async def hands_over(self, name: str, content: bytes, caption: str) -> list[str]:
        return self._heard(await self.chat.send_file(name, caption, content=content))

    async def news(self) -> list[str]:
        return self._heard(await self.chat.heard())

    def _heard(self, found: Sequence[Heard]) -> list[str]:
        offered = [[one.label for one in each.choices] for each in found if each.choices]
        if offered:
            self._labels = offered[-1]
        return [each.text for each in found]


@asynccontextmanager
async def web(folder: Path) -> AsyncIterator[Side]:
    """Open an office whose people sit at the web chat."""
    office = make_office(folder)

    async def left() -> list[str]:
        sent = "select text_sent from outbox where state = 'sent' order by id"
        return [str(one) for one in await office.read(lambda unit: unit.conn.exec_driver_sql(sent).scalars().all())]

    yield Side(office, lambda name: Phone(name, _WebAccount(office.stranger(name))), office.settle, left, 4000)
    await office.close()


class _Told(Protocol):
    """A message as an emulator received it."""

    @property
    def text(self) -> str: ...


class _Emulated(Protocol):
    """Somebody at an emulated provider."""

    @property
    def messages(self) -> Sequence[_Told]: ...

    async def says(self, text: str) -> object: ...


_P = TypeVar("_P", bound=_Emulated)


@dataclass(slots=True)
class _Provided(Generic[_P]):
    """An account at an emulated provider: what arrives is read from there, each message once."""

    person: _P
    _read: int = 0

    async def types(self, text: str) -> list[str]:
        await self.person.says(text)
        return self._fresh()

    async def news(self) -> list[str]:
        return self._fresh()

    def _fresh(self) -> list[str]:
        found = self.person.messages[self._read :]
        self._read += len(found)
        return [sent.text for sent in found]


class _TelegramAccount(_Provided[Person]):
    def buttons(self) -> list[str]:
        return self.person.labels()

    async def presses(self, label: str) -> list[str]:
        await self.person.presses(label)
        return self._fresh()

    async def hands_over(self, name: str, content: bytes, caption: str) -> list[str]:
        side = self.person.side
        side.api.world.sends_file(self.person.number, name, content, caption, "application/pdf")
        await side.take_in()
        return self._fresh()


@asynccontextmanager
async def telegram(folder: Path) -> AsyncIterator[Side]:
    """Open an office whose people are on Telegram."""
    async with telegram_office(folder) as side:
        numbers = count(1)

        async def settle() -> None:
            await side.take_in()
            await side.office.settle()

        async def left() -> list[str]:
            return [sent.text for sent in side.api.world.sent]

        def phone(name: str) -> Phone:
            return Phone(name, _TelegramAccount(side.person(next(numbers))))

        yield Side(side.office, phone, settle, left, 4096)


class _ZaloOaAccount(_Provided[OaPerson]):
    def buttons(self) -> list[str]:
        return self.person.labels()

    async def presses(self, label: str) -> list[str]:
        await self.person.presses(label)
        return self._fresh()

    async def hands_over(self, name: str, content: bytes, caption: str) -> list[str]:
        await self.person.sends_file(name, content)  # this provider takes no words beside a file
        return [*self._fresh(), *(await self.types(caption))]


@asynccontextmanager
async def zalo_oa(folder: Path) -> AsyncIterator[Side]:
    """Open an office whose people follow the Official Account."""
    async with zalo_oa_office(folder) as side:
        numbers = count(1)

        def phone(name: str) -> Phone:
            person = side.person(str(next(numbers)))
            side.api.world.follows(person.number)
            return Phone(name, _ZaloOaAccount(person))

        async def settle() -> None:
            await side.take_in()
            await side.settle()

        async def left() -> list[str]:
            return [sent.text for sent in side.api.world.sent]

        yield Side(side.office, phone, settle, left, 2000)


class _ZaloBotAccount(_Provided[BotPerson]):
    """Somebody without buttons, whose files go by a link."""

    def __init__(self, person: BotPerson, browser: httpx.AsyncClient) -> None:
        super().__init__(person)
        self.browser = browser

    def buttons(self) -> list[str]:
        return []

    async def presses(self, label: str) -> list[str]:
        raise AssertionError(f"nothing can be pressed here: {label}")

    async def hands_over(self, name: str, content: bytes, caption: str) -> list[str]:
        (address,) = _LINK.findall(self.person.messages[-1].text)
        form = _TOKEN.search((await self.browser.get(address)).text)
        assert form is not None
        given = {"token": form[1], "text": caption}
        answer = await self.browser.post(address, data=given, files={"file": (name, content, "application/pdf")})
        assert answer.status_code == 200, answer.text
        await self.person.side.handle()
        return self._fresh()


_LINK = re.compile(r"http://\S+/l/[\w-]+")
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@asynccontextmanager
async def zalo_bot(folder: Path) -> AsyncIterator[Side]:
    """Open an office whose people write to the Zalo bot."""
    async with zalo_bot_office(folder) as side:
        inner, numbers = side.office.inner, count(1)
        app = create_app(web_parts(inner, None))
        await side.office.run(lambda unit: offices.remember_address(unit, HERE, inner.clock()))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as browser:

            def phone(name: str) -> Phone:
                return Phone(name, _ZaloBotAccount(side.person(f"chat{next(numbers)}"), browser))

            async def settle() -> None:
                await side.take_in()
                await side.office.settle()

            async def left() -> list[str]:
                return [sent.text for sent in side.api.world.sent]

            yield Side(side.office, phone, settle, left, 2000)


HERE = "http://nhacviec.example"

SIDES: dict[str, Callable[[Path], AbstractAsyncContextManager[Side]]] = {
    "web": web,
    "telegram": telegram,
    "zalo_oa": zalo_oa,
    "zalo_bot": zalo_bot,
}
