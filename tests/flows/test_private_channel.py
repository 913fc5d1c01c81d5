"""What citizens entrusted to the office never leaves by a channel that is not private (Telegram)."""

from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update

from actions import outbox as outbox_actions
from actions.cases.opening import Feedback, Opened, Origin
from actions.cases.opening import open_case as open_one
from bot.dispatch import handle
from channels.telegram import CAN as TELEGRAM
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind as CaseKind
from domain.incoming import Incoming, Sent
from domain.notices import Kind
from domain.outgoing import Capabilities
from domain.people import Role
from messages.render import render
from storage import notices as notice_rows
from storage import outbox as outbox_rows
from storage.database import Unit
from storage.outbox import opened
from storage.schema import endpoints, outbox
from tests.feedback import answers
from tests.office import START, Chat, Office, make_office
from tests.template_values import BARE, CASES, FULL, OF_TEMPLATE
from tests.test_texts import TEXTS, asked

pytestmark = pytest.mark.anyio

NAME, PHONE, ADDRESS = "Phan Văn Bí Mật", "0987 654 321", "xóm Kín Đáo"
CONTENT = "Hồ sơ đất của tôi ở xóm Kín Đáo nộp ba tháng chưa được trả kết quả"
ABOUT = "Ông Trần Riêng Tư, bộ phận Một cửa"
MARKS = ("Bí Mật", "0987", "654 321", "Kín Đáo", "Riêng Tư", "Hồ sơ đất")


def leaks(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


def marked() -> list[SimpleNamespace]:
    return [SimpleNamespace(**{**vars(one), "about": ABOUT, "content": CONTENT}) for one in CASES]


OF_CITIZENS = {
    "name": NAME,
    "phone": PHONE,
    "mail": "bi.mat@example.vn",
    "address": ADDRESS,
    "content": CONTENT,
    "about": ABOUT,
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_shows_what_a_citizen_wrote_where_the_channel_is_not_private(name: str) -> None:
    offered: dict[str, Any] = {**FULL, **BARE, **OF_TEMPLATE.get(name, {}), "private": False, "cases": marked()}
    if name.startswith("citizen/"):
        offered |= OF_CITIZENS
    if name == "notices/amended" or name == "headlines/amended":
        offered["cases"] = [(marked()[0], {"changes": [("deadline", "1", "2")], "calendar": "x", "cancelled": False})]
    assert leaks(render(name, **{one: offered[one] for one in asked(name)})) == []


def test_the_same_texts_do_show_it_where_it_may_be_seen() -> None:
    shown = render("notices/new_case", cases=marked(), day=START.date(), private=True)
    assert leaks(shown) == ["Kín Đáo", "Riêng Tư", "Hồ sơ đất"]


async def open_case(office: Office, endpoint_id: int) -> Opened:
    feedback = Feedback(CaseKind.REGULATION, CONTENT, ABOUT, Reporter(NAME, ADDRESS, PHONE, ""))
    origin = Origin("telegram", endpoint_id=endpoint_id)
    return await office.run(lambda unit: open_one(unit, feedback, origin, "thông báo", office.clock()))


async def moved_to_telegram(office: Office, chat: Chat) -> int:
    """Make a chat one on Telegram and return its row's id."""
    at = update(endpoints).where(endpoints.c.chat == chat.chat).values(channel="telegram").returning(endpoints.c.id)
    return int(await office.run(lambda unit: unit.conn.execute(at).scalar_one()))


async def claimed(office: Office, can: Capabilities) -> list[str]:
    """Return the texts of everything unasked that would leave now by Telegram, as it would leave."""

    def work(unit: Unit) -> list[str]:
        rows = outbox_rows.candidates(unit, "telegram", office.clock(), 1000, unsolicited=True)
        ready = outbox_actions.claim(unit, {row.id: row.chat for row in rows}, "test", can, office.clock())
        return ["\n".join([one.message.text, *(each.label for each in one.message.choices)]) for one in ready]

    return await office.run(work)


@pytest.mark.parametrize("brief", [False, True])
async def test_no_notice_about_a_case_carries_what_its_citizen_wrote(office: Office, brief: bool) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR, name="Nguyễn Mẫu An")
    chat = await moved_to_telegram(office, coordinator)
    opened = await open_case(office, chat)
    told = {"cancelled": False, "changes": [["deadline", "16/01/2026", "19/01/2026"]], "calendar": "15/TB-BNV"}

    def add(unit: Unit) -> None:
        unit.conn.execute(update(endpoints).values(brief=brief))
        person = unit.conn.execute(select(endpoints.c.person_id).where(endpoints.c.id == chat)).scalar_one()
        for kind in (Kind.AMENDED, Kind.DIGEST):
            notice_rows.add(
                unit,
                person,
                f"event:test:{kind}",
                kind,
                office.clock(),
                role=Role.COORDINATOR,
                matter_id=opened.case_id if kind is Kind.AMENDED else None,
                data=told,
            )

    await office.run(add)
    await office.settle()
    (text,) = await claimed(office, TELEGRAM)
    assert opened.code in text
    assert leaks(text) == []


async def test_no_reply_to_a_citizen_or_the_office_carries_it(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    keys = count(1)
    at_office = await moved_to_telegram(office, coordinator)

    async def say(chat: str, text: str = "", button: str = "") -> str:
        key = f"telegram:{next(keys)}"
        sent = Incoming("telegram", chat, key, Sent.BUTTON if button else Sent.TEXT, text, button)
        await office.run(lambda unit: handle(unit, sent, key, {"telegram": TELEGRAM}, office.clock()))
        rows = select(outbox.c.message).where(outbox.c.key.startswith(f"{key}:"))
        said = await office.read(lambda unit: [opened(unit, one) for one in unit.conn.execute(rows).scalars()])
        return "\n".join("\n".join([one.text, *(choice.label for choice in one.choices)]) for one in said)

    typed = ("phananh", "1", "1", *answers(CONTENT, ABOUT, (NAME, ADDRESS, PHONE)))
    said = [await say("77", one) for one in typed]
    assert "Xin kiểm tra lại" in said[-1]
    said.append(await say("77", "1"))
    code = said[-1].split("mã ")[1].split(":")[0]
    said.append(await say("77", f"tracuu {code}"))
    assert "chờ tiếp nhận" in said[-1].lower()
    said += [await say("77", one) for one in ("phananh", "Quay lại", "trogiup", "riengtu", "huy", "xin chào")]
    said += [await say(coordinator.chat, one) for one in ("tonghop", f"tracuu {code}", code, "viec")]
    said += [await say(coordinator.chat, button=one) for one in ("office:cases:0", "digest")]
    assert at_office
    assert code in said[-2]
    assert [leak for one in said for leak in leaks(one)] == []
