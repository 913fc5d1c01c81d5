"""One person, several accounts: joining by a code, forged and used codes, races, taking an account away.

To accept a change of wording: NHACVIEC_REWRITE_GOLDEN=1 pytest tests/flows/test_linking.py, then read the diff.
"""

import asyncio
import os
import re
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions import accounts
from actions.people import SAME_ANSWER
from channels.webchat import NAME as WEB
from domain.accounts import CODE_LIFE, CODES, TRUSTED_AFTER
from domain.errors import ActRefused
from domain.people import JOIN_TRIES, Role
from storage.database import Unit
from storage.schema import account_codes, audit, cases, endpoints, notices
from tests.flows.test_lookup import _report
from tests.flows.transcript import transcript
from tests.office import HOTLINE, START, Chat, Office, Row, make_office

GOLDEN = Path(__file__).parent / "golden" / "linking.txt"
PLAN = (
    Row("Rà soát thủ tục hành chính của ngành", "Sở Tư pháp", "Trước ngày 20/02/2026", "Báo cáo rà soát"),
    Row("Niêm yết công khai thủ tục", "Sở Tư pháp", "Trước ngày 27/02/2026", "Thông báo"),
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


async def code_for(chat: Chat) -> str:
    (answer,) = await chat.say("lienket")
    found = re.search(r"Mã nối tài khoản: ([A-Z0-9]{10}) ", answer.text)
    assert found is not None, answer.text
    return found.group(1)


async def linked(office: Office, chat: Chat) -> Chat:
    """Return another account of the same person."""
    other = office.stranger(chat.name)
    await other.say(await code_for(chat))
    await other.press("Đúng, nối tài khoản")
    await chat.heard()
    return other


async def owner(office: Office, chat: Chat) -> int | None:
    query = select(endpoints.c.person_id).where(endpoints.c.channel == WEB, endpoints.c.chat == chat.chat)
    return await office.read(lambda unit: unit.conn.execute(query).scalar())


async def test_a_code_typed_alone_joins_the_account_after_one_confirmation(office: Office) -> None:
    first = await office.officer("STP", name="Nguyễn Mẫu An")
    await office.issue(PLAN)
    second = office.stranger("Nguyễn Mẫu An")
    (asked,) = await second.say((await code_for(first)).lower())
    assert asked.first_line == "Nối tài khoản này vào: Nguyễn Mẫu An"
    assert "Cán bộ đầu mối, Sở Tư pháp" in asked.text
    assert await owner(office, second) is None
    (joined,) = await second.press("Đúng, nối tài khoản")
    assert joined.first_line == "Đã nối tài khoản này vào: Nguyễn Mẫu An"
    assert await owner(office, second) == await owner(office, first)
    (told,) = await first.heard()
    assert "Đã nối thêm tài khoản trang chat" in told.text
    assert "gõ lienket huỷ" in told.text
    (listed,) = await second.say("viec")
    assert "2 việc" in listed.first_line


@pytest.mark.parametrize("form", ["lienket {}", "start {}", "/start {}", "/lienket {}"])
async def test_every_way_to_type_the_code_works(office: Office, form: str) -> None:
    first = await office.officer("STP")
    second = office.stranger()
    (asked,) = await second.say(form.format(await code_for(first)))
    assert asked.first_line.startswith("Nối tài khoản này vào:")


async def test_bad_codes_get_word_for_word_the_answer_of_a_bad_invite(office: Office) -> None:
    first = await office.officer("STP")
    used = await code_for(first)
    second = office.stranger()
    await second.say(used)
    await second.press("Đúng, nối tài khoản")
    revoked = await code_for(first)
    expired = await code_for(first)
    stranger, late = office.stranger(), office.stranger()
    answers = [(await stranger.say(one))[0].text for one in ("ABCDEFGHJK", used, revoked)]
    await office.advance(START + CODE_LIFE + timedelta(minutes=1))
    answers.append((await late.say(expired))[0].text)
    assert set(answers) == {SAME_ANSWER}


async def test_wrong_codes_of_both_kinds_count_against_one_limit(office: Office) -> None:
    first = await office.officer("STP")
    code = await code_for(first)
    stranger = office.stranger()
    for at in range(JOIN_TRIES):
        await stranger.say(f"WRONGCODE{at}")
    assert [one.text for one in await stranger.say(code)] == [SAME_ANSWER]
    assert [one.text for one in await stranger.say(await office.invite("SNV", Role.OFFICER))] == [SAME_ANSWER]
    other = office.stranger()
    (asked,) = await other.say(code)
    assert asked.choices


async def test_two_chats_with_one_code_at_once_and_one_of_them_wins(office: Office) -> None:
    first = await office.officer("STP")
    code = await code_for(first)
    rivals = [office.stranger("một"), office.stranger("hai")]
    for rival in rivals:
        await rival.say(code)
    query = select(endpoints.c.id).where(endpoints.c.chat.in_([one.chat for one in rivals]))
    chats = await office.read(lambda unit: unit.conn.execute(query.order_by(endpoints.c.id)).scalars().all())
    now = office.clock()
    tries = [office.run(partial(accounts.join, endpoint_id=chat, code=code, now=now)) for chat in chats]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    (lost,) = [one for one in answers if isinstance(one, BaseException)]
    assert isinstance(lost, ActRefused)
    assert lost.sentence == SAME_ANSWER
    assert sorted([await owner(office, one) is None for one in rivals]) == [False, True]
    (late,) = [one for one in rivals if await owner(office, one) is None]
    assert [one.text for one in await late.press("Đúng, nối tài khoản")] == [SAME_ANSWER]


async def test_a_new_code_ends_the_one_before_and_few_are_given_in_an_hour(office: Office) -> None:
    first = await office.officer("STP")
    old = await code_for(first)
    second = office.stranger()
    for _ in range(CODES - 1):
        newest = await code_for(first)
    (refused,) = await first.say("lienket")
    assert "quá nhiều mã" in refused.text
    assert "nhận tin theo thứ tự" in refused.text
    assert "các mã trước đã bị huỷ" in refused.text
    for code in (old, newest):
        assert [one.text for one in await second.say(code)] == [SAME_ANSWER]


async def test_the_code_itself_is_kept_nowhere_in_its_tables(office: Office) -> None:
    first = await office.officer("STP")
    code = await code_for(first)

    def kept(unit: Unit) -> str:
        rows = [*unit.conn.execute(select(account_codes)), *unit.conn.execute(select(audit))]
        return repr(rows)

    assert code not in await office.read(kept)


async def test_a_chat_of_somebody_else_is_refused_and_keeps_its_person(office: Office) -> None:
    first, other = await office.officer("STP", name="An"), await office.officer("SNV", name="Bình")
    before = await owner(office, other)
    (refused,) = await other.say(await code_for(first))
    assert "đang thuộc về một người khác" in refused.text
    (again,) = await first.say(await code_for(first))
    assert "đã là của đồng chí" in again.text
    assert await owner(office, other) == before


async def test_a_code_shown_before_the_chat_got_an_owner_binds_nothing(office: Office) -> None:
    first = await office.officer("STP")
    second = office.stranger()
    await second.say(await code_for(first))
    other = await office.officer("SNV")
    theirs = await owner(office, other)
    at = (endpoints.c.channel == WEB, endpoints.c.chat == second.chat)
    await office.run(lambda unit: unit.conn.execute(update(endpoints).where(*at).values(person_id=theirs)))
    (refused,) = await second.press("Đúng, nối tài khoản")
    assert "đang thuộc về một người khác" in refused.text
    assert await owner(office, second) == theirs


async def test_a_citizens_chat_keeps_its_cases(office: Office) -> None:
    officer, citizen = await office.officer("STP"), office.stranger()
    code, _ = await _report(citizen)
    await citizen.say(await code_for(officer))
    await citizen.press("Đúng, nối tài khoản")
    (status,) = await citizen.say(f"tracuu {code}")
    assert status.first_line.startswith(code)
    query = select(endpoints.c.chat).join(cases, cases.c.endpoint_id == endpoints.c.id)
    assert await office.read(lambda unit: unit.conn.execute(query).scalar()) == citizen.chat


async def test_a_stranger_is_told_where_the_code_comes_from(office: Office) -> None:
    (answer,) = await office.stranger().say("lienket")
    assert "lấy mã" in answer.text


async def test_the_other_account_undoes_what_it_did_not_do(office: Office) -> None:
    first = await office.officer("STP")
    second = await linked(office, first)
    stale = await code_for(first)
    (asked,) = await first.say("lienket huỷ")
    assert asked.first_line.startswith("Gỡ trang chat")
    (gone,) = await first.press("Đồng ý gỡ")
    assert gone.first_line == "Đã gỡ tài khoản trang chat."
    assert await owner(office, second) is None
    assert "Đã gỡ tài khoản" in (await second.heard())[0].text
    assert "dành cho cán bộ đã tham gia" in (await second.say("viec"))[0].text
    assert [one.text for one in await office.stranger().say(stale)] == [SAME_ANSWER]
    assert "Không có tài khoản nào khác" in (await first.say("lienket huy"))[0].text


async def test_an_account_joined_lately_takes_away_none_but_itself(office: Office) -> None:
    first = await office.officer("STP")
    second = await linked(office, first)
    mine = await owner(office, first)
    await second.say("lienket")
    (refused,) = await second.press("Gỡ trang chat 1")
    assert "từ 08:00 13/01/2026 mới gỡ được tài khoản khác" in refused.text
    assert HOTLINE in refused.text
    assert "\n" not in refused.text
    assert await owner(office, first) == mine
    await second.say("lienket")
    await second.press("Gỡ tài khoản này")
    (gone,) = await second.press("Đồng ý gỡ")
    assert gone.first_line.startswith("Đã gỡ tài khoản")
    assert (await owner(office, first), await owner(office, second)) == (mine, None)


async def test_after_a_day_a_joined_account_may_take_away_the_older_one(office: Office) -> None:
    first = await office.officer("STP")
    second = await linked(office, first)
    joined = office.clock()
    await office.advance(joined + TRUSTED_AFTER - timedelta(minutes=1))
    await second.say("lienket")
    assert "mới gỡ được tài khoản khác" in (await second.press("Gỡ trang chat 1"))[0].text
    await office.advance(joined + TRUSTED_AFTER)
    await second.say("lienket")
    await second.press("Gỡ trang chat 1")
    await second.press("Đồng ý gỡ")
    assert await owner(office, first) is None


async def test_doubting_from_an_account_joined_lately_ends_codes_and_no_more(office: Office) -> None:
    first = await office.officer("STP")
    second, third = await linked(office, first), await linked(office, first)
    waiting = await code_for(first)
    (refused,) = await third.say("lienket huỷ")
    assert "mới gỡ được tài khoản khác" in refused.text
    assert not refused.choices
    assert [one.text for one in await office.stranger().say(waiting)] == [SAME_ANSWER]
    assert await owner(office, second) is not None


async def test_a_code_made_before_a_removal_does_not_bring_the_account_back(office: Office) -> None:
    first = await office.officer("STP")
    second = await linked(office, first)
    await first.say("lienket huỷ")
    kept = await code_for(second)
    (gone,) = await first.press("Đồng ý gỡ")
    assert gone.first_line.startswith("Đã gỡ tài khoản")
    assert await owner(office, second) is None
    assert [one.text for one in await second.say(kept)] == [SAME_ANSWER]


async def test_the_last_account_goes_only_after_it_was_said_what_that_means(office: Office) -> None:
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    first = await office.officer("STP", name="An")
    await first.say("lienket")
    (asked,) = await first.press("Gỡ tài khoản này")
    assert "KHÔNG TIN NHẮC NÀO tới được đồng chí" in asked.text
    await first.press("Quay lại")
    await first.press("Gỡ tài khoản này")
    await first.press("Đồng ý gỡ")
    assert await owner(office, first) is None
    kinds = select(notices.c.kind)
    assert "unreachable" in set(await office.read(lambda unit: unit.conn.execute(kinds).scalars().all()))
    await office.settle()
    assert any("An" in one.text for one in await coordinator.heard())


async def test_what_waits_for_an_account_that_goes_takes_the_next_one(office: Office) -> None:
    first = await office.officer("STP")
    second = await linked(office, first)
    await office.issue(PLAN)
    await first.say("lienket")
    await first.press("Gỡ tài khoản này")
    await first.press("Đồng ý gỡ")
    await office.settle()
    assert not [one for one in await first.heard() if one.kind == "bundle"]
    (told,) = [one for one in await second.heard() if one.kind == "bundle"]
    assert "NV-0001" in told.text


async def test_no_account_of_another_person_can_be_taken_away(office: Office) -> None:
    first, other = await office.officer("STP"), await office.officer("SNV")
    await first.say("lienket")
    at = select(endpoints.c.id).where(endpoints.c.chat == other.chat)
    number = await office.read(lambda unit: unit.conn.execute(at).scalar())
    (answer,) = await first._send({"button": f"account:leave:{number}", "label": "x"}, "x")
    assert "Không tìm thấy" in answer.text
    assert await owner(office, other) is not None


async def test_the_diary_of_linking_reads_as_it_was_approved(office: Office) -> None:
    first = await office.officer("STP", name="Nguyễn Mẫu An")
    await office.issue(PLAN)
    await office.settle()
    second = await linked(office, first)
    await second.say("caidat")
    await second.press("Đổi kênh nhận trước")
    await second.press("Nhận trước ở")
    await second.say("caidat giờ 8h-16h30")
    await second.say("caidat rút gọn")
    await second.say("lienket")
    await second.press("Gỡ trang chat 1")
    await first.say("lienket huỷ")
    await first.press("Đồng ý gỡ")
    text = re.sub(r"\b[A-HJKMNP-Z2-9]{10}\b", "MA-NOI-TAI", await transcript(office))
    if os.environ.get("NHACVIEC_REWRITE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
