"""The history's question on both databases' dialects, and rows it must read that no page has written."""

import pytest
from sqlalchemy.dialects import postgresql

from channels.webchat import NAME
from domain.chatlines import stamp
from domain.delivery import State
from storage import outbox, people
from storage.database import Unit
from storage.schema import inbox
from storage.views.chat import history
from tests.web.fakes import START, Office


def sent(unit: Unit, key: str, chat: str, **values: object) -> None:
    endpoint = people.endpoint(unit, NAME, chat, START)
    row = outbox.add(unit, key, "notice", outbox.NOTICE, endpoint.id, START)
    outbox.change(unit, row, **values)


@pytest.mark.anyio
async def test_only_what_was_sent_is_shown_in_the_order_of_stamps(office: Office) -> None:
    def write(unit: Unit) -> None:
        done = {"state": State.SENT.value, "sent_at": START}
        sent(unit, "late", "a", provider_id=stamp(30), text_sent="Hai\ndòng", **done)
        sent(unit, "early", "a", provider_id=stamp(10), text_sent="một", **done)
        sent(unit, "waiting", "a", text_sent="chưa gửi")
        sent(unit, "failed", "a", state=State.FAILED.value, text_sent="không gửi được")
        sent(unit, "other", "b", provider_id=stamp(20), text_sent="của người khác", **done)

    await office.db.run(write)
    lines = await office.db.read(lambda unit: history(unit, NAME, "a"))
    assert [(line.stamp, line.text, line.choices) for line in lines] == [
        (stamp(10), "một", ()),
        (stamp(30), "Hai\ndòng", ()),
    ]
    assert await office.db.read(lambda unit: history(unit, NAME, "a", after=stamp(10))) == lines[1:]
    assert await office.db.read(lambda unit: history(unit, NAME, "a", before=stamp(30))) == lines[:1]
    assert await office.db.read(lambda unit: history(unit, NAME, "a", after=stamp(0), limit=1)) == lines[:1]
    assert await office.db.read(lambda unit: history(unit, NAME, "a", limit=1)) == lines[1:]
    assert await office.db.read(lambda unit: history(unit, "telegram", "a")) == []


def test_postgresql_reads_the_stamp_as_text() -> None:
    said = str(inbox.c.payload["stamp"].as_string().compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert "->>" in said
