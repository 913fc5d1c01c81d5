"""What else comes in by Telegram: a citizen, an edited message, a group, a webhook that repeats itself or lies."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.run import web_parts
from domain.people import Role
from tests.feedback import answers
from tests.flows.telegram_side import Person, Telegram, telegram_office
from tests.office import Row
from web.app import create_app

pytestmark = pytest.mark.anyio

SECRET = "mot-chuoi-bi-mat"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PLAN = (Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/03/2026"),)

STORY = "Bộ phận Một cửa trả kết quả chậm 10 ngày; tôi là Nguyễn Mẫu Văn An, điện thoại 0912 345 678."
NAME, ADDRESS, PHONE = "Nguyễn Mẫu Văn An", "Số 5, thôn Hạ, xã Lam Sơn", "0912 345 678"


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        yield opened


async def tell_it_all(citizen: Person) -> str:
    """Answer every question up to the review, and return the review."""
    await citizen.says("/phananh")
    assert "thông báo về dữ liệu cá nhân" in await citizen.presses("Phản ánh, kiến nghị về thủ tục")
    assert "Câu 1/8" in await citizen.presses("Đồng ý, tiếp tục")
    about, content, *rest = answers(STORY, "Bộ phận Một cửa xã Lam Sơn", (NAME, ADDRESS, PHONE))
    await citizen.says(about)
    assert "số điện thoại của một người" in await citizen.says(content)
    await citizen.presses("Giữ nguyên, tiếp tục")
    for typed in rest[:-1]:
        await citizen.says(typed)
    return await citizen.says(rest[-1])


async def test_a_citizen_gets_a_code_and_the_day_of_transfer(side: Telegram) -> None:
    citizen = side.person(5)
    assert "Xin kiểm tra lại" in await tell_it_all(citizen)
    assert await side.facts("select count(*) from cases") == [(0,)]
    opened = await citizen.presses("Gửi phản ánh")
    assert "PAKN-SL-2026-000001" in opened
    assert "chậm nhất 19/01/2026 sẽ chuyển" in opened
    assert await side.facts("select code, received_on from cases") == [("PAKN-SL-2026-000001", "2026-01-12")]


async def test_nothing_personal_leaves_by_telegram(side: Telegram) -> None:
    coordinator = await side.officer(9, "VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    citizen = side.person(5)
    await tell_it_all(citizen)
    await citizen.presses("Gửi phản ánh")
    await side.office.settle()
    assert "PAKN-SL-2026-000001" in "\n".join(sent.text for sent in coordinator.fresh())
    await coordinator.says("/tonghop")
    assert "PAKN-SL-2026-000001" in await coordinator.presses("Phản ánh, kiến nghị")
    whole = json.dumps([sent.parameters for sent in side.api.world.sent], ensure_ascii=False)
    said_to_others = json.dumps([sent.parameters for sent in coordinator.messages], ensure_ascii=False)
    for personal in (NAME, ADDRESS, PHONE, PHONE.replace(" ", "")):
        assert personal not in said_to_others
        assert personal not in whole.replace(STORY, ""), "at most the citizen's own words, to the citizen"


async def test_an_edited_message_says_nothing(side: Telegram) -> None:
    side.api.world.person(1)
    assert side.api.world.edits(1, "/viec") is not None
    await side.take_in()
    assert side.api.world.edits(1, "/viec") is None, "after the first poll the server is not even asked for it"
    assert side.api.world.sent == []
    assert await side.facts("select count(*) from inbox") == [(0,)]


async def test_an_update_nobody_can_read_does_not_stop_the_next(side: Telegram) -> None:
    side.api.world.arrive("message", {"message_id": 1})
    side.api.world.arrive("callback_query", {"id": "x"})
    person = side.person(1)
    assert "Kính chào" in await person.says("/start")


async def test_a_sticker_a_contact_and_a_voice_are_answered_politely(side: Telegram) -> None:
    person = side.person(1)
    side.api.world.sends_sticker(1)
    await side.take_in()
    side.api.world.shares_contact(1, "+84912345678")
    await side.take_in()
    assert [sent.text.split(".")[0] for sent in person.fresh()] == ["Chưa hiểu câu trả lời này"] * 2


async def test_a_group_that_nobody_bound_is_shown_no_task(side: Telegram) -> None:
    await side.officer(1, "STP", name="Trần Mẫu Bình")
    side.api.world.says(-100, "/viec", sender=1)
    await side.take_in()
    (answer,) = [sent for sent in side.api.world.sent if sent.chat == -100]
    assert "chưa gắn với cơ quan nào" in answer.text
    assert answer.buttons == []


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[Telegram]:
    """An office that is called by the provider."""
    more = {
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "NHACVIEC_PUBLIC_URL": "https://nhacviec.example.vn",
    }
    async with telegram_office(tmp_path, more) as opened:
        yield opened


@pytest.fixture
async def http(hooked: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(web_parts(hooked.office.inner, None))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://nhacviec.example.vn") as client:
        yield client


async def knock(http: httpx.AsyncClient, update: Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    return (await http.post("/telegram", json=update, headers=headers)).status_code


def said(number: int, text: str, chat: int = 1) -> dict[str, Any]:
    """Return an update as the provider posts it."""
    who = {"id": chat, "is_bot": False, "first_name": "X"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": {"id": chat, "type": "private"}, "from": who}
    return {"update_id": number, "message": message | {"text": text}}


async def handle(side: Telegram) -> None:
    while await side.office.inner.worker.step():
        pass
    await side.office.inner.deliverer.drain()


@pytest.mark.parametrize("secret", [None, "", "sai", SECRET.upper(), SECRET + "x"])
async def test_a_knock_without_the_secret_is_refused(
    hooked: Telegram, http: httpx.AsyncClient, secret: str | None
) -> None:
    assert await knock(http, said(1, "/start"), secret) == 403
    await handle(hooked)
    assert await hooked.facts("select count(*) from inbox") == [(0,)]


async def test_a_repeated_update_acts_once(hooked: Telegram, http: httpx.AsyncClient) -> None:
    person = hooked.person(1)
    hooked.api.world.person(1)
    code = await hooked.office.invite("STP", Role.OFFICER)
    await knock(http, said(1, f"/start {code}"))
    await handle(hooked)
    await knock(http, pressed(2, person.key("Đúng, tham gia")))
    await handle(hooked)
    await hooked.office.issue(PLAN)
    (assignment,) = (await hooked.facts("select id from assignments"))[0]
    person.fresh()
    for _ in range(3):
        assert await knock(http, pressed(3, f"accept:{assignment}")) == 200
        await handle(hooked)
    assert [sent.text for sent in person.fresh()] == ["Đã ghi nhận: đơn vị đã nhận NV-0001"]
    assert await hooked.facts("select count(*) from audit where act = 'accept'") == [(1,)]
    assert await hooked.facts("select count(*) from inbox") == [(3,)]


async def test_what_is_no_update_is_thanked_and_forgotten(hooked: Telegram, http: httpx.AsyncClient) -> None:
    for strange in ({}, {"update_id": 1}, {"message": 1}, {"update_id": 2, "message": {"text": "x"}}):
        assert await knock(http, strange) == 200
    assert await knock(http, [1]) == 400
    assert await hooked.facts("select count(*) from inbox") == [(0,)]


def pressed(number: int, key: str, chat: int = 1) -> dict[str, Any]:
    """Return a pressed button as the provider posts it."""
    who = {"id": chat, "is_bot": False, "first_name": "X"}
    shown = {"message_id": 1, "date": 1_790_000_000, "chat": {"id": chat, "type": "private"}, "text": "…"}
    query = {"id": f"cb{number}", "chat_instance": "1", "data": key, "from": who, "message": shown}
    return {"update_id": number, "callback_query": query}
