"""Acting on the tasks of a mail by the forms of its link."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.office import Office
from tests.web.link_office import (
    addressed,
    answer_link,
    book,
    browser,
    facts,
    hidden,
    justice,
    post,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with addressed(tmp_path) as opened:
        yield opened


ACTS = {
    "nhan": ({}, "accepted", "Đã ghi nhận: đơn vị đã nhận NV-0001"),
    "tien-do": ({"text": "Đã lấy ý kiến, được 60%"}, "in_progress", "Đã ghi tiến độ NV-0001: 60%"),
    "vuong-mac": ({"text": "Chưa có số liệu của Sở Tài chính"}, "obstacle", "Đã báo vướng mắc NV-0001"),
    "gia-han": (
        {"until": "30/04/2026", "reason": "Chờ số liệu", "document": "45/STP-VP ngày 10/01/2026"},
        "extension_requested",
        "Đã gửi đề nghị gia hạn NV-0001 đến thứ Năm 30/04/2026",
    ),
    "xong": ({"document": "45/KH-STP ngày 10/01/2026"}, "reported", "Đã báo cáo hoàn thành NV-0001"),
}


@pytest.mark.parametrize("act", ACTS)
async def test_each_act_does_what_it_does_in_the_chat_and_once(office: Office, act: str) -> None:
    given, state, said = ACTS[act]
    chat = await justice(office)
    path = await answer_link(office, chat, 1, 3)
    async with browser(office) as client:
        assert "2 việc trong thư" in (await client.get(path)).text
        page = await client.get(f"{path}/NV-0001")
        fields = {**hidden(page), **given}
        done = await post(client, f"{path}/NV-0001/{act}", fields)
        assert done.status_code == 200, done.text
        assert said in done.text
        twice = await post(client, f"{path}/NV-0001/{act}", fields)
        assert twice.status_code == 422
        assert "vừa có thay đổi" in twice.text
        assert (await client.get(f"{path}/NV-0001")).status_code == 200, "the link goes on for its tasks"
    assert await facts(office, "select code, state from assignments order by id") == [
        ("NV-0001", state),
        ("NV-0002", "assigned"),
        ("NV-0003", "assigned"),
    ]


WRONG = {
    "xong": ({"document": "xong rồi"}, "Chưa thấy số, ngày văn bản hay đường dẫn"),
    "xong with a day to come": ({"document": "45/KH-STP ngày 31/12/2026"}, "còn ở tương lai"),
    "tien-do": ({"text": "  "}, "Xin gõ một câu về tiến độ"),
    "vuong-mac": ({"text": "ừ"}, "từ 5 ký tự"),
    "gia-han": ({"until": "hôm nào đó", "reason": "Chờ số liệu"}, "Chưa rõ hạn là ngày nào"),
    "gia-han to an earlier day": ({"until": "01/03/2026", "reason": "Chờ số liệu"}, "Hạn mới phải sau"),
    "gia-han without a reason": ({"until": "30/04/2026", "reason": ""}, "lý do xin gia hạn"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_what_the_rules_refuse_is_said_at_its_form_and_kept_there(office: Office, case: str) -> None:
    given, said = WRONG[case]
    act = case.split()[0]
    chat = await justice(office)
    path = await answer_link(office, chat, 1)
    async with browser(office) as client:
        fields = {**hidden(await client.get(path)), **given}
        refused = await post(client, f"{path}/NV-0001/{act}", fields)
        assert refused.status_code == 422
        assert said in refused.text
        assert 'class="card act" open' in refused.text
    assert await facts(office, "select state from assignments where code = 'NV-0001'") == [("assigned",)]


async def test_a_file_can_be_the_evidence_of_an_answer(office: Office) -> None:
    sent = book()
    chat = await justice(office)
    path = await answer_link(office, chat, 1)
    async with browser(office) as client:
        fields = {**hidden(await client.get(path)), "document": "45/KH-STP ngày 10/01/2026"}
        done = await post(client, f"{path}/NV-0001/xong", fields, ("Kế hoạch.docx", sent))
        assert done.status_code == 200
    assert await facts(office, "select kind, number, date from evidence") == [("file", "45/KH-STP", "2026-01-10")]
    ((reference,),) = await facts(office, "select reference from files")
    assert await office.inner.intake.fetchers["web"](reference, 10_000) == sent
