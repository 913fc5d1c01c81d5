"""Markup in what people write and in the names of files is shown as text, in a real browser."""

from pathlib import Path

import pytest

from tests.web.chromium import new_page
from tests.web.fakes import Office, serving
from web.app import create_app

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

MARKUP = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script><b>đậm</b>"
SHOWN = ".conversation:not([hidden])"


async def test_markup_is_shown_and_never_run(web_office: Office, tmp_path: Path) -> None:
    app = create_app(web_office.parts())
    async with serving(app, web_office.worker.webchat) as url, new_page(tmp_path / "profile") as page:
        await page.open(f"{url}/chat")
        title = await page.evaluate("document.title")
        await page.click(f"{SHOWN} textarea")
        await page.type(MARKUP)
        await page.press("Enter", 13, "\r")
        await page.until(
            f"[...document.querySelectorAll('{SHOWN} .line')].some(one => one.textContent.includes('<b>'))"
        )
        found = f"document.querySelectorAll('{SHOWN} .line :is(img, script, b)').length"
        assert await page.evaluate(found) == 0
        assert await page.evaluate("document.title") == title
