"""Short links: who they open for, that opening changes nothing, and how they end."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions import links, offices
from domain.outgoing import Attachment
from storage.views import office as office_views
from tests.office import Office, make_office
from tests.web.link_office import (
    PDF,
    addressed,
    answer_link,
    assignment,
    browser,
    endpoint,
    everything,
    facts,
    hidden,
    justice,
    path_of,
    post,
    upload_link,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with addressed(tmp_path) as opened:
        yield opened


async def test_a_file_sent_by_the_page_goes_on_in_the_chat(office: Office) -> None:
    chat = await justice(office)
    await chat.say("NV-0001")
    await chat.press("Báo xong")
    path = await upload_link(office, chat)
    async with browser(office) as client:
        page = await client.get(path)
        assert page.status_code == 200
        sent = await post(client, path, {**hidden(page), "text": "45/KH-STP ngày 10/01/2026"}, ("Kế hoạch.pdf", PDF))
        assert sent.status_code == 200
        assert "Đã nhận tệp" in sent.text
    await office.settle()
    heard = await chat.heard()
    assert heard[0].first_line == "Xác nhận báo xong NV-0001"
    assert "45/KH-STP" in heard[0].text
    await chat.press("Gửi báo cáo")
    assert (await facts(office, "select state from assignments where code = 'NV-0001'")) == [("reported",)]
    ((channel, reference, name, kind),) = await facts(office, "select channel, reference, name, media_type from files")
    assert (channel, name, kind) == ("web", "Kế hoạch.pdf", "application/pdf")
    fetch = office.inner.intake.fetchers["web"]
    assert await fetch(reference, 1000) == PDF


async def test_it_works_once_and_the_other_time_says_what_every_bad_link_says(office: Office) -> None:
    chat = await justice(office)
    path = await upload_link(office, chat)
    async with browser(office) as client:
        fields = hidden(await client.get(path))
        assert (await post(client, path, fields, ("a.pdf", PDF))).status_code == 200
        again = await post(client, path, fields, ("a.pdf", PDF))
        assert again.status_code == 404
        assert links.SAME_ANSWER in again.text
    assert len(await facts(office, "select * from inbox where update_key like 'link:%'")) == 1


async def test_a_newer_upload_link_ends_the_one_before(office: Office) -> None:
    chat = await justice(office)
    old, new = await upload_link(office, chat), await upload_link(office, chat)
    async with browser(office) as client:
        assert (await client.get(old)).status_code == 404
        assert (await client.get(new)).status_code == 200


async def test_every_link_that_does_not_open_gives_the_same_page(office: Office) -> None:
    chat = await justice(office)
    good = await answer_link(office, chat, 1)
    upload = await upload_link(office, chat)
    async with browser(office) as client:
        answers = [
            await client.get(one) for one in ("/l/x", f"{good}x", good[:-1], f"{good}/NV-0002", f"{upload}/NV-0001")
        ]
        answers.append(await client.get(f"{upload}/tep"))
        office.clock.tick(timedelta(days=8).total_seconds())
        answers += [await client.get(good), await client.get(upload)]
        assert {one.status_code for one in answers} == {404}
        assert len({one.text for one in answers}) == 1
        assert links.SAME_ANSWER in answers[0].text


async def test_upload_links_live_a_day_and_others_a_week(office: Office) -> None:
    chat = await justice(office)
    upload, answer = await upload_link(office, chat), await answer_link(office, chat, 1)
    async with browser(office) as client:
        office.clock.tick(timedelta(hours=23).total_seconds())
        assert [(await client.get(one)).status_code for one in (upload, answer)] == [200, 200]
        office.clock.tick(timedelta(hours=2).total_seconds())
        assert [(await client.get(one)).status_code for one in (upload, answer)] == [404, 200]
        office.clock.tick(timedelta(days=5, hours=22).total_seconds())
        assert (await client.get(answer)).status_code == 200
        office.clock.tick(timedelta(hours=2).total_seconds())
        assert (await client.get(answer)).status_code == 404


@pytest.mark.parametrize(
    "revoke",
    [
        "update memberships set state = 'ended'",
        "update endpoints set state = 'dead'",
        "update endpoints set person_id = null",
        "update endpoints set person_id = 1 where person_id = 2",
    ],
)
async def test_it_dies_with_the_seat_and_with_the_chat(office: Office, revoke: str) -> None:
    chat = await justice(office)
    paths = [await answer_link(office, chat, 1), await upload_link(office, chat)]
    async with browser(office) as client:
        pages = [await client.get(one) for one in paths]
        assert [one.status_code for one in pages] == [200, 200]
        await office.run(lambda unit: unit.conn.exec_driver_sql(revoke))
        assert [(await client.get(one)).status_code for one in paths] == [404, 404]
        acted = await post(client, f"{paths[0]}/NV-0001/nhan", hidden(pages[0]))
        sent = await post(client, paths[1], hidden(pages[1]), ("a.pdf", PDF))
        assert (acted.status_code, sent.status_code) == (404, 404)
    assert await facts(office, "select distinct state from assignments") == [("assigned",)]
    assert await facts(office, "select * from inbox where update_key like 'link:%'") == []


async def test_a_link_made_for_a_task_of_others_shows_nothing(office: Office) -> None:
    chat = await justice(office)
    path = await answer_link(office, chat, 2)
    async with browser(office) as client:
        assert (await client.get(path)).status_code == 404
        assert (await client.get(f"{path}/NV-0002")).status_code == 404


async def test_opening_changes_nothing(office: Office) -> None:
    chat = await justice(office)
    at = await endpoint(office, chat)
    kept = office.web.files.keep_made(b"x" * 10)
    told = Attachment(kept.digest, "Báo cáo.docx", "application/x", 10)
    task = await assignment(office, 1)
    file = path_of(await office.run(lambda unit: links.file(unit, at, told, office.clock())))
    detail = path_of(await office.run(lambda unit: links.detail(unit, at, task, office.clock())))
    answer, upload = await answer_link(office, chat, 1, 3), await upload_link(office, chat)
    before = await everything(office)
    async with browser(office) as client:
        for path in (file, f"{file}/tep", detail, answer, f"{answer}/NV-0001", f"{answer}/NV-0003", upload):
            for _ in range(2):
                assert (await client.get(path)).status_code == 200, path
            assert (await client.head(path)).status_code in {200, 405}
        assert (await client.get(f"{answer}/NV-0001/nhan")).status_code == 405
    assert await everything(office) == before


async def test_pages_are_kept_from_search_engines_referrers_caches_and_scripts(office: Office) -> None:
    chat = await justice(office)
    async with browser(office) as client:
        for path in (await answer_link(office, chat, 1), await upload_link(office, chat), "/l/wrong"):
            page = await client.get(path)
            assert page.headers["referrer-policy"] == "no-referrer"
            assert "noindex" in page.headers["x-robots-tag"]
            assert page.headers["cache-control"] == "no-store"
            assert "script-src 'none'" in page.headers["content-security-policy"]
            assert "<script" not in page.text
            assert not re.findall(r'(?:src|href)="(?!/)', page.text)


async def test_a_form_needs_its_page_and_its_site(office: Office) -> None:
    chat = await justice(office)
    path = await answer_link(office, chat, 1)
    other = await upload_link(office, chat)
    async with browser(office) as client:
        fields, foreign = hidden(await client.get(path)), hidden(await client.get(other))
        act = f"{path}/NV-0001/nhan"
        assert (await post(client, act, {**fields, "token": ""})).status_code == 403
        assert (await post(client, act, {**fields, "token": foreign["token"]})).status_code == 403
        assert (await post(client, act, fields, headers={"origin": "https://other.example"})).status_code == 403
        assert (await post(client, act, fields, headers={"sec-fetch-site": "cross-site"})).status_code == 403
        assert (await client.post(act, data=fields)).status_code == 400
        assert await facts(office, "select state from assignments where code = 'NV-0001'") == [("assigned",)]
        taken = await post(client, act, fields, headers={"origin": "null", "sec-fetch-site": "same-origin"})
        assert taken.status_code == 200
    assert await facts(office, "select state from assignments where code = 'NV-0001'") == [("accepted",)]


async def test_only_a_digest_of_the_key_is_kept(office: Office) -> None:
    chat = await justice(office)
    token = (await answer_link(office, chat, 1)).removeprefix("/l/")
    assert len(token) >= 22  # 128 bits and more
    for table in ("chat_links", "audit", "outbox", "inbox"):
        assert token not in str(await facts(office, f"select * from {table}"))


async def test_guessing_is_slowed_down(office: Office) -> None:
    async with browser(office) as client:
        codes = [(await client.get(f"/l/{number}")).status_code for number in range(70)]
    assert codes[0] == 404
    assert codes[-1] == 429


async def test_what_was_uploaded_outlives_a_kill(office: Office, tmp_path: Path) -> None:
    """The page has answered; the process ends before anybody handled the file."""
    chat = await justice(office)
    await chat.say("NV-0001")
    await chat.press("Báo xong")
    path = await upload_link(office, chat)
    async with browser(office) as client:
        await post(client, path, hidden(await client.get(path)), ("a.pdf", PDF))
    await office.inner.close()
    again = make_office(tmp_path, directory=())
    try:
        assert await again.inner.worker.step()
        await again.inner.deliverer.drain()
        answered = await facts(again, "select text_sent from outbox order by id desc limit 1")
        assert answered[0][0].startswith("Xác nhận báo xong NV-0001")
        assert await facts(again, "select state from inbox where update_key like 'link:%'") == [("done",)]
        ((reference,),) = await facts(again, "select reference from files")
        assert await again.inner.intake.fetchers["web"](reference, 1000) == PDF
    finally:
        await again.inner.close()


async def test_a_task_can_be_read_and_not_acted_upon(office: Office) -> None:
    chat = await justice(office)
    at, task = await endpoint(office, chat), await assignment(office, 1)
    path = path_of(await office.run(lambda unit: links.detail(unit, at, task, office.clock())))
    async with browser(office) as client:
        page = await client.get(path)
        assert "Ban hành kế hoạch kiểm soát thủ tục" in page.text
        assert "<form" not in page.text
        fields = hidden(await client.get(await answer_link(office, chat, 1)))
        assert (await post(client, f"{path}/NV-0001/nhan", fields)).status_code == 404


async def test_a_file_is_handed_out_under_its_name(office: Office) -> None:
    chat = await justice(office)
    at = await endpoint(office, chat)
    kept = office.web.files.keep_made(b"noi dung")
    told = Attachment(kept.digest, "Báo cáo quý I.docx", "application/octet-stream", kept.size)
    path = path_of(await office.run(lambda unit: links.file(unit, at, told, office.clock())))
    async with browser(office) as client:
        assert "Báo cáo quý I.docx" in (await client.get(path)).text
        got = await client.get(f"{path}/tep")
        assert got.content == b"noi dung"
        assert got.headers["content-disposition"].startswith("attachment")
        assert "B%C3%A1o%20c%C3%A1o" in got.headers["content-disposition"]
        assert got.headers["x-content-type-options"] == "nosniff"


async def test_a_citizen_sends_a_file_by_a_link_of_the_chat(office: Office) -> None:
    chat = office.stranger()
    await chat.say("/trogiup")
    path = await upload_link(office, chat)
    async with browser(office) as client:
        shown = await client.get(path)
        assert "ghi âm hoặc video" in shown.text
        sent = await post(client, path, hidden(shown), ("ghi-am.exe", b"OggS\0\x02" + b"0" * 20))
        assert sent.status_code == 200
    await office.settle()
    (heard,) = await chat.heard()
    assert "Đã nhận ghi-am.ogg" in heard.text, "what phones record is taken, under the name of what it is"


async def test_without_an_address_there_is_no_link(office: Office) -> None:
    chat = await justice(office)
    at = await endpoint(office, chat)
    await office.run(lambda unit: offices.remember_address(unit, "", office.clock()))
    assert await office.run(lambda unit: links.upload(unit, at, office.clock())) is None
    assert await office.run(lambda unit: office_views.setting(unit, offices.ADDRESS)) == ""
