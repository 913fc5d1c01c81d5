"""What goes to heads and leaders is shown to the coordinators first: held, trimmed, let go, dropped."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from actions import previews
from domain.errors import ActRefused
from domain.local import VIETNAM
from domain.people import Role
from storage.schema import audit, planned
from storage.schema import outbox as outbox_rows
from storage.views import office as office_views
from tests.office import Chat, Office, Row, make_office

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của đơn vị", "Sở Tư pháp", "Trước ngày 20/02/2026"),
    Row("Báo cáo kết quả rà soát", "Sở Nội vụ", "Trước ngày 20/02/2026"),
)
"""T is Friday the 13th, Tết between: the heads' rung is Wednesday the 25th, 10:00."""

EARLY = datetime(2026, 2, 25, 7, 59, tzinfo=VIETNAM)
SHOWN = datetime(2026, 2, 25, 8, 30, tzinfo=VIETNAM)
LEFT = datetime(2026, 2, 25, 10, 30, tzinfo=VIETNAM)
LATER = datetime(2026, 2, 27, 16, 0, tzinfo=VIETNAM)


class Cast:
    """The people of the story."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.coordinator: Chat
        self.heads: dict[str, Chat] = {}

    async def begin(self, *, coordinator: bool = True) -> None:
        """Let everybody join and the plan be issued; nobody answers."""
        if coordinator:
            self.coordinator = await self.office.officer("VPUBND", Role.COORDINATOR)
        for code in ("STP", "SNV"):
            await self.office.officer(code)
            self.heads[code] = await self.office.officer(code, Role.HEAD)
        await self.office.issue(PLAN)

    async def to(self, moment: datetime) -> None:
        """Go on, and hear what came before as heard."""
        await self.office.advance(moment)

    async def told(self, code: str) -> list[str]:
        """Return when the head of an agency was told of something."""
        said = await self.heads[code].all_heard()
        return [f"{one.at:%d/%m %H:%M}" for one in said if one.kind == "bundle"]


async def begun(folder: Path, mode: str = "delay", *, coordinator: bool = True) -> Cast:
    cast = Cast(make_office(folder, environment={"NHACVIEC_PREVIEW": mode}))
    await cast.begin(coordinator=coordinator)
    return cast


async def shown(cast: Cast) -> str:
    await cast.to(EARLY)
    await cast.coordinator.heard()
    await cast.to(SHOWN)
    (notice,) = [one for one in await cast.coordinator.heard() if "lãnh đạo" in one.first_line]
    return notice.text


async def test_shown_at_eight_and_gone_at_ten(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    text = await shown(cast)
    assert "2 việc của 2 cơ quan sắp báo lên lãnh đạo, gửi lúc 10:00 25/02/2026 nếu không giữ lại" in text
    assert "Sở Tư pháp (lãnh đạo cơ quan)\n- NV-0001, quá hạn 6 ngày: Ban hành kế hoạch" in text
    assert "NV-0002" in text
    assert await cast.told("STP") == []
    await cast.to(LEFT)
    assert await cast.told("STP") == ["25/02 10:00"]
    assert await cast.told("SNV") == ["25/02 10:00"]


async def test_one_agency_is_held_and_let_go_later(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    await shown(cast)
    (answer,) = await cast.coordinator.press("Giữ Sở Tư pháp")
    assert answer.first_line == "Đã giữ lại 1 việc của Sở Tư pháp, chưa báo lãnh đạo"
    await cast.to(LATER)
    assert await cast.told("STP") == []
    assert await cast.told("SNV") == ["25/02 10:00"]
    (overview,) = await cast.coordinator.say("tonghop")
    assert "Đang giữ lại: 1" in overview.text
    (listed,) = await cast.coordinator.press("Đang giữ lại")
    assert "Sở Tư pháp" in listed.text
    await cast.coordinator.say("1")
    await cast.to(datetime(2026, 2, 27, 16, 30, tzinfo=VIETNAM))
    assert await cast.told("STP") == ["27/02 16:00"]


async def test_typed_numbers_hold_everything_where_there_are_no_buttons(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    await shown(cast)
    await cast.coordinator.say("tonghop")
    (listed,) = await cast.coordinator.press("Sắp gửi lãnh đạo")
    number = [one.label for one in listed.choices].index("Giữ tất cả") + 1
    (answer,) = await cast.coordinator.say(str(number))
    assert "Đã giữ lại 2 việc" in answer.text
    await cast.to(LATER)
    assert await cast.told("STP") == await cast.told("SNV") == []


async def test_dropped_for_good_with_a_reason(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    await shown(cast)
    await cast.coordinator.press("Giữ tất cả")
    await cast.coordinator.press("Đang giữ lại")
    await cast.coordinator.press("Bỏ hẳn Sở Nội vụ")
    (short,) = await cast.coordinator.say("ok")
    assert "từ 5 ký tự" in short.text
    (answer,) = await cast.coordinator.say("Đã trao đổi trực tiếp với lãnh đạo Sở")
    assert answer.first_line == "Đã bỏ 1 việc của Sở Nội vụ: lãnh đạo không được báo lần này"
    await cast.coordinator.press("Đang giữ lại")
    await cast.coordinator.press("Cho gửi Sở Tư pháp")
    await cast.to(LATER)
    assert await cast.told("SNV") == []
    assert await cast.told("STP") == ["25/02 10:00"]
    acts = select(audit.c.act, audit.c.person_id.is_not(None)).where(audit.c.act.endswith("_above"))
    done = await cast.office.read(lambda unit: [tuple(row) for row in unit.conn.execute(acts)])
    assert done == [("hold_above", 1), ("hold_above", 1), ("drop_above", 1), ("let_go_above", 1)]
    reason = select(planned.c.reason).where(planned.c.state == "cancelled", planned.c.role == "head")
    assert await cast.office.read(lambda unit: unit.conn.execute(reason).scalar()) == (
        "Đã trao đổi trực tiếp với lãnh đạo Sở"
    )


async def test_with_hold_nothing_leaves_until_it_is_let_go(tmp_path: Path) -> None:
    cast = await begun(tmp_path, "hold")
    text = await shown(cast)
    assert "chờ đồng chí cho gửi" in text
    assert "chỉ gửi khi đồng chí cho gửi" in text
    await cast.to(LATER)
    assert await cast.told("STP") == []
    await cast.coordinator.say("tonghop")
    await cast.coordinator.press("Đang giữ lại")
    await cast.coordinator.press("Cho gửi tất cả")
    await cast.to(datetime(2026, 2, 27, 16, 30, tzinfo=VIETNAM))
    assert await cast.told("STP") == await cast.told("SNV") == ["27/02 16:00"]


async def test_with_hold_and_a_word_at_once_it_leaves_at_its_hour(tmp_path: Path) -> None:
    cast = await begun(tmp_path, "hold")
    await shown(cast)
    (answer,) = await cast.coordinator.press("Cho gửi tất cả")
    assert "đi đúng giờ" in answer.text
    await cast.to(LEFT)
    assert await cast.told("STP") == ["25/02 10:00"]


async def test_off_shows_nothing(tmp_path: Path) -> None:
    cast = await begun(tmp_path, "off")
    await cast.to(LEFT)
    assert await cast.told("STP") == ["25/02 10:00"]
    assert not [one for one in await cast.coordinator.all_heard() if "sắp báo lên" in one.text]


async def test_after_an_outage_it_is_shown_first_too(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    await cast.to(EARLY)
    cast.office.clock.move_to(datetime(2026, 2, 26, 14, 0, tzinfo=VIETNAM))  # nothing ran for a day and a half
    await cast.office.settle()
    assert await cast.told("STP") == []
    told = [one for one in await cast.coordinator.all_heard() if "sắp báo lên lãnh đạo" in one.first_line]
    assert [f"{one.at:%d/%m %H:%M}" for one in told] == ["26/02 14:00"]
    await cast.to(datetime(2026, 2, 26, 15, 59, tzinfo=VIETNAM))
    assert await cast.told("STP") == []
    await cast.to(datetime(2026, 2, 26, 16, 30, tzinfo=VIETNAM))
    assert await cast.told("STP") == ["26/02 16:00"]


async def test_without_a_coordinator_it_leaves_by_itself_or_waits_for_one(tmp_path: Path) -> None:
    cast = await begun(tmp_path / "delay", coordinator=False)
    await cast.to(LEFT)
    assert await cast.told("STP") == ["25/02 10:00"]
    cast = await begun(tmp_path / "hold", "hold", coordinator=False)
    await cast.to(LATER)
    assert await cast.told("STP") == []
    coordinator = await cast.office.officer("VPUBND", Role.COORDINATOR)
    await cast.to(datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM))
    assert [one for one in await coordinator.all_heard() if "chờ đồng chí cho gửi" in one.text]


async def test_what_is_answered_meanwhile_is_neither_shown_nor_sent(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    justice = await office.officer("STP")
    head = await office.officer("STP", Role.HEAD)
    await office.issue(PLAN[:1])
    await office.advance(SHOWN)
    await justice.say("xong NV-0001")
    await justice.press("Bỏ qua")
    await justice.press("Gửi báo cáo")
    await office.advance(LATER)
    assert [one for one in await head.all_heard() if one.kind == "bundle"] == []
    (listed,) = await coordinator.say("tonghop")
    assert "lãnh đạo" not in listed.text


async def test_a_message_that_may_not_have_arrived_is_no_word_to_the_officer(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    await cast.to(EARLY)
    lost = update(outbox_rows).where(outbox_rows.c.kind == "bundle").values(state="unknown")
    await cast.office.run(lambda unit: unit.conn.execute(lost))
    await cast.to(LEFT)
    assert await cast.told("STP") == []
    skipped = select(func.count()).where(planned.c.role == "head", planned.c.state == "skipped")
    assert await cast.office.read(lambda unit: unit.conn.execute(skipped).scalar()) == 2


async def test_an_officer_who_answered_was_reached_whatever_the_provider_said(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    justice = await office.officer("STP")
    head = await office.officer("STP", Role.HEAD)
    await office.issue(PLAN[:1])
    await office.advance(EARLY)
    await office.run(lambda unit: unit.conn.execute(update(outbox_rows).values(state="unknown")))
    await justice.say("NV-0001")
    await justice.press("Đã nhận")
    await office.advance(LEFT)
    assert [one for one in await head.all_heard() if one.kind == "bundle"]


async def test_only_a_coordinator_decides(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    await shown(cast)
    head = cast.heads["STP"]
    press = {"button": "preview:hold:0:20260225", "label": "x", "stamp": cast.office.web.stamp()}
    await cast.office.take_in(head.chat, press)
    assert "Không tìm thấy" in (await head.heard())[-1].text

    def act(unit: object) -> None:
        officer = office_views.viewer(unit, 2, SHOWN.date())  # type: ignore[arg-type]
        previews.hold(unit, officer, 0, SHOWN)  # type: ignore[arg-type]

    with pytest.raises(ActRefused, match="Chỉ cán bộ Văn phòng"):
        await cast.office.run(act)


async def test_a_button_of_another_day_shows_the_list_of_today(tmp_path: Path) -> None:
    cast = await begun(tmp_path)
    await shown(cast)
    press = {"button": "preview:hold:0:20260224", "label": "x", "stamp": cast.office.web.stamp()}
    await cast.office.take_in(cast.coordinator.chat, press)
    assert "Sắp gửi lãnh đạo: 2 cơ quan" in (await cast.coordinator.heard())[-1].text
    assert (
        await cast.office.read(
            lambda unit: unit.conn.execute(select(audit.c.id).where(audit.c.act == "hold_above")).first()
        )
        is None
    )
