"""A citizen asks how a case stands: from the chat that sent it, or with the secret part of its code."""

from pathlib import Path

import pytest

from tests.feedback import report
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def _report(citizen: Chat) -> tuple[str, str]:
    told = await report(citizen)
    return told.code, told.secret


async def test_the_sender_sees_the_case_and_a_stranger_does_not(office: Office) -> None:
    citizen, stranger = office.stranger(), office.stranger()
    code, secret = await _report(citizen)
    (own,) = await citizen.say(f"tracuu {code}")
    assert own.first_line.startswith(f"{code}: đã vào sổ, chờ tiếp nhận")
    (foreign,) = await stranger.say(f"tracuu {code}")
    assert foreign.text.startswith("Không xem được phản ánh này từ đây")
    (unknown,) = await stranger.say("tracuu PAKN-SL-2026-999999")
    assert unknown.text == foreign.text
    (told,) = await stranger.say(f"tracuu {code} {secret}")
    assert told.text == own.text


async def test_the_code_alone_is_no_wrong_invite(office: Office) -> None:
    citizen = office.stranger()
    code, _ = await _report(citizen)
    (own,) = await citizen.say(code.lower())
    assert own.first_line.startswith(code)
    (bare,) = await citizen.say("tracuu")
    assert code in bare.text
    (number,) = await citizen.say("0912345678")
    assert "Mã tham gia" not in number.text


async def test_xong_alone_means_the_open_task(office: Office) -> None:
    officer = await office.officer("STP")
    await office.issue([Row("Ban hành kế hoạch", "Sở Tư pháp", "Quý II")])
    await office.settle()
    await officer.say("NV-0001")
    (asked,) = await officer.say("xong")
    assert asked.first_line.startswith("Báo xong NV-0001")
