"""Where an answer is shown on Telegram: lists are turned in place, acts and notices stay, answers stand in threads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions import outbox, people
from domain.outgoing import Choice, Message
from storage.database import Unit
from storage.views import threads
from tests.flows.telegram_side import Person, Telegram, telegram_office
from tests.office import Row

pytestmark = pytest.mark.anyio

MANY = tuple(Row(f"Việc số {at}", "Sở Tư pháp", "Trước ngày 20/03/2026") for at in range(1, 9))


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        await opened.office.issue(MANY)
        yield opened


@pytest.fixture
async def officer(side: Telegram) -> Person:
    person = await side.officer(1, "STP", name="Trần Mẫu Bình")
    side.office.clock.tick(3600)
    await side.office.settle()
    return person


def standing(side: Telegram, person: Person) -> list[str]:
    """The first lines of what the person sees, the newest first."""
    return [one.text.split("\n")[0] for one in side.api.world.shown() if one.chat == person.number]


async def test_turning_pages_and_opening_a_task_stay_in_one_message(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    before = len(standing(side, officer))
    assert "Trang 2/2" in await officer.presses("Trang sau")
    assert "Trang 1/2" in await officer.presses("Trang trước")
    assert "Việc số 1" in await officer.presses("NV-0001")
    assert "Vì sao hạn này?" in officer.labels()
    await officer.presses("Danh sách việc")
    assert len(standing(side, officer)) == before
    assert len({one.message_id for one in officer.messages[-4:]}) == 1
    assert await side.facts("select distinct state from outbox where kind = 'reply'") == [("sent",)]


async def test_what_changes_something_is_answered_below(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    await officer.presses("NV-0001")
    before = len(standing(side, officer))
    await officer.presses("Đã nhận việc")
    assert len(standing(side, officer)) == before + 1
    await officer.presses("Báo xong")
    assert len(standing(side, officer)) == before + 2


async def test_an_answer_in_several_messages_is_left_as_it_was(side: Telegram, officer: Person) -> None:
    """The rest of it would stand alone above what took its end's place."""
    long = Message("Danh sách " + "ạ" * 5000, (Choice("Xem việc", "list:open:0"),))

    def tell(unit: Unit) -> None:
        now = side.office.clock()
        chat = people.endpoint(unit, "telegram", "1", now)
        outbox.reply(unit, "long", chat.id, None, [long], side.office.inner.worker.can["telegram"], now)

    await side.office.run(tell)
    await side.office.inner.deliverer.drain()
    before = len(standing(side, officer))
    await officer.presses("Xem việc")
    assert len(standing(side, officer)) == before + 1


async def test_an_older_list_is_left_as_it_was(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    older = officer.messages[-1]
    await officer.says("/trogiup")
    before = len(standing(side, officer))
    side.api.world.presses(officer.number, "Trang sau")
    await side.take_in()
    assert len(standing(side, officer)) == before + 1
    assert side.api.world.standing(officer.number, older.message_id) == older


async def test_a_notice_is_never_written_over(side: Telegram, officer: Person) -> None:
    await officer.says("/trogiup")
    await side.office.issue((Row("Việc giao thêm", "Sở Tư pháp", "Trước ngày 15/01/2026"),), number="16/KH-UBND")
    side.office.clock.tick(24 * 3600)
    await side.office.settle()
    notices = await side.facts("select provider_id, text_sent from outbox where kind = 'bundle'")
    assert notices
    for label in officer.labels():
        side.api.world.presses(officer.number, label)
        await side.take_in()
    for provider_id, text in notices:
        shown = side.api.world.standing(officer.number, int(str(provider_id)))
        assert shown is not None
        assert (shown.text, shown.edit) == (text, False)


async def test_an_answer_that_told_notices_is_proof_and_stays(side: Telegram) -> None:
    """Joining tells what is open: that message is the proof of it."""
    person = await side.officer(2, "STP", name="Lê Mẫu Dung")
    told = person.messages[-1]
    assert await side.facts("select count(*) from notices where state = 'merged'") == [(8,)]
    await person.presses("Xem việc")
    assert side.api.world.standing(2, told.message_id) == told


async def test_pressing_twice_does_no_harm(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    before = len(standing(side, officer))
    for _ in range(2):
        side.api.world.presses(officer.number, "Trang sau")
    await side.take_in()
    assert len(standing(side, officer)) == before
    assert "Trang 2/2" in officer.messages[-1].text


async def test_where_the_list_was_deleted_it_comes_anew(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    gone = officer.messages[-1].message_id
    side.api.world.presses(officer.number, "Trang sau")
    side.api.world.deletes(officer.number, gone)
    await side.take_in()
    assert "Trang 2/2" in officer.messages[-1].text
    assert officer.messages[-1].message_id != gone


async def test_a_refusal_does_not_take_the_lists_place(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    shown = officer.messages[-1]
    side.api.world.arrive(
        "callback_query",
        {
            "id": "cbX",
            "chat_instance": "1",
            "data": "open:99",
            "from": {"id": 1, "is_bot": False, "first_name": "X"},
            "message": {"message_id": shown.message_id, "date": 1, "chat": {"id": 1, "type": "private"}},
        },
    )
    await side.take_in()
    assert "Không tìm thấy" in officer.messages[-1].text
    assert side.api.world.standing(1, shown.message_id) == shown


async def test_a_change_whose_answer_was_lost_is_made_once_more_without_a_mark(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    before = len(standing(side, officer))
    side.api.fail("reset_after", method="editMessageText")
    await officer.presses("Trang sau")
    side.office.clock.tick(5)
    await side.office.settle()
    assert len(standing(side, officer)) == before
    assert officer.messages[-1].text.startswith("Việc của Sở Tư pháp")


async def test_who_answers_a_message_is_answered_in_its_thread(side: Telegram, officer: Person) -> None:
    await officer.says("/viec")
    listed = officer.messages[-1].message_id
    assert "reply_parameters" not in officer.messages[-1].parameters
    await officer.replies("/viec NV-0002", to=listed)
    asked = max(number for chat, number in side.api.world.written if chat == officer.number)
    assert f'"message_id": {asked}' in officer.messages[-1].parameters["reply_parameters"]


async def test_a_message_tells_which_tasks_it_was_about(side: Telegram, officer: Person) -> None:
    await officer.says("/viec NV-0002")
    ((endpoint, message),) = await side.facts("select endpoint_id, provider_id from outbox order by id desc limit 1")

    async def told(chat: object, name: object) -> tuple[str, ...]:
        return await side.office.read(lambda unit: threads.told_in_message(unit, int(str(chat)), str(name)))

    assert await told(endpoint, message) == ("NV-0002",)
    await officer.presses("Danh sách việc")
    assert len(await told(endpoint, message)) == 6, "as it stands now"
    assert await told(endpoint, "99999") == ()
    assert await told(int(str(endpoint)) + 1, message) == ()
    assert await told(endpoint, "") == ()
