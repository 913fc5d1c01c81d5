"""A real browser for tests: Chromium without a window, driven by its DevTools protocol over a web socket."""

import asyncio
import base64
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

PATIENCE = 20.0
"""Seconds a page may take to become what a test waits for."""

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)


class Page:
    """One tab. `complaints` gathers what its scripts and the content policy complained about."""

    def __init__(self, browser: "_Wire", session: str) -> None:
        self._wire = browser
        self._session = session
        self.complaints: list[str] = []
        browser.listeners[session] = self._heard

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol in this tab."""
        return await self._wire.call(method, parameters, self._session)

    async def look(self, width: int, height: int, *, dark: bool = False, phone: bool = False) -> None:
        """Set the size of the window, in CSS pixels, and the colour scheme."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call("Emulation.setEmulatedMedia", features=[scheme])

    async def open(self, url: str) -> None:
        """Go to an address."""
        await self.call("Page.navigate", url=url)
        await self.until(f"location.href.startsWith({json.dumps(url)}) && document.readyState === 'complete'")

    async def evaluate(self, expression: str) -> Any:
        """Return what an expression of JavaScript gives; promises are waited for."""
        answer = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def until(self, condition: str) -> None:
        """Wait until a condition holds in the page."""
        script = (
            "new Promise((resolve) => { const look = () => "
            f"({condition}) ? resolve() : setTimeout(look, 15); look(); }})"
        )
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self._asked(script):
                    pass
        except TimeoutError:
            seen = await self.evaluate("document.body.innerText")
            raise AssertionError(f"never came true: {condition}\n{self.complaints}\n{seen}") from None

    async def _asked(self, script: str) -> bool:
        """Run a waiting script; False where a navigation took its page away, so that it must be asked anew."""
        try:
            await self.evaluate(script)
        except RuntimeError as error:
            if "navigated" not in str(error) and "context" not in str(error):
                raise
            return False
        return True

    async def click(self, selector: str) -> None:
        """Press the mouse on the middle of the first element that the selector finds."""
        found = json.dumps(selector)
        await self.until(f"document.querySelector({found})")
        x, y = await self.evaluate(
            f"(() => {{ const one = document.querySelector({found}); one.scrollIntoView({{block: 'nearest'}});"
            " const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        await self.call("Input.insertText", text=text)

    async def press(self, key: str, code: int, text: str = "") -> None:
        """Press and release one key."""
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=text
            )

    async def picture(self, path: Path) -> None:
        """Write what is seen as a PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def _heard(self, method: str, told: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.complaints.append(str(told["exceptionDetails"]))
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.complaints.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")


class _Wire:
    """The protocol's one web socket: calls by number, events by session."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.listeners: dict[str, Callable[[str, dict[str, Any]], None]] = {}

    async def call(self, method: str, parameters: dict[str, Any], session: str | None = None) -> dict[str, Any]:
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        call = {"id": number, "method": method, "params": parameters}
        await self._socket.send_json(call | ({"sessionId": session} if session else {}))
        return await answer

    async def read(self) -> None:
        async for frame in self._socket:
            told = json.loads(frame.data)
            if "id" not in told:
                listener = self.listeners.get(told.get("sessionId", ""))
                if listener is not None:
                    listener(told["method"], told["params"])
                continue
            waiting = self._waiting.pop(told["id"])
            if waiting.cancelled():
                continue
            if "error" in told:
                waiting.set_exception(RuntimeError(told["error"]["message"]))
            else:
                waiting.set_result(told["result"])


def find_chromium() -> str:
    """Return the browser's path; without one the test is skipped, or fails where CI is true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is not None:
        return path
    reason = "Chromium is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def new_page(profile: Path) -> AsyncIterator[Page]:
    """Start a browser with a profile of its own and give one tab."""
    command = (find_chromium(), *_FLAGS, f"--user-data-dir={profile}", "about:blank")
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    tasks: list[asyncio.Task[Any]] = []
    try:
        async with asyncio.timeout(PATIENCE * 2):
            address = await _address(process.stderr)
        tasks.append(asyncio.create_task(_drain(process.stderr)))
        async with aiohttp.ClientSession() as http, http.ws_connect(address, max_msg_size=0) as socket:
            wire = _Wire(socket)
            tasks.append(asyncio.create_task(wire.read()))
            target = await wire.call("Target.createTarget", {"url": "about:blank"})
            attached = await wire.call("Target.attachToTarget", {"targetId": target["targetId"], "flatten": True})
            page = Page(wire, attached["sessionId"])
            for domain in ("Page", "Runtime", "Log"):
                await page.call(f"{domain}.enable")
            yield page
            with suppress(TimeoutError):
                async with asyncio.timeout(5):
                    await wire.call("Browser.close", {})
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()
        await process.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _address(stderr: asyncio.StreamReader) -> str:
    while line := await stderr.readline():
        _, found, address = line.decode(errors="replace").partition("DevTools listening on ")
        if found:
            return address.strip()
    raise RuntimeError("the browser ended before it could be reached")


async def _drain(stderr: asyncio.StreamReader) -> None:
    while await stderr.read(65536):
        pass
