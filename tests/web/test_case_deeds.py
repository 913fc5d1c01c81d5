"""Every act of the office and of agencies on a case's page: offered where the table allows it, looked at, then done."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest

from actions.cases import sender
from app.run import web_parts
from domain.cases.lifecycle import Act
from storage.cases import rows
from storage.database import Unit
from tests.web.case_office import CaseOffice, open_cases
from tests.web.case_office import field as hidden
from tests.web.conftest import browser_at
from tests.web.test_review import HERE
from web.app import create_app
from web.cases.pages import DEEDS
from web.frame import CASES

pytestmark = pytest.mark.anyio

TYPED = {
    "class": "regulation",
    "urgency": "complex",
    "agency": "Sở Nội vụ",
    "reason": "Một lý do đủ dài để ghi",
    "text": "Một nội dung trả lời đủ dài để người gửi đọc.",
    "note": "Chưa đủ căn cứ",
    "name": "Bộ Mẫu",
    "door": "door_field",
    "where": "Số 1 đường Mẫu",
    "ground": "R2",
    "saying": "more",
    "until": "2026-06-01",
    "agreed": "Ông Mẫu, Chánh Văn phòng",
    "outcome": "fixed",
    "question": "Ông/bà nộp hồ sơ ngày nào?",
    "review_on": "2026-04-01",
    "how": "Gọi điện lúc 9 giờ",
    "incoming_number": "12",
}
"""What every form is filled with."""

TRIAGE = "classify accept forward forward_outside keep ask_supplement guide merge numbers spam refuse heard"
WORKING = "draft progress ask collect ask_return"
APPROVING = "approve return_draft progress handler"
HELD = "merge reroute extend urge urgency record numbers heard"


@dataclass(slots=True)
class Walk:
    """Goes through the life of cases by their pages."""

    office: CaseOffice
    client: httpx.AsyncClient
    other: str = ""
    """A case that is the same matter as any."""
    looked: set[str] = field(default_factory=set)

    async def step(self, code: str, who: str, offered: str, act: str = "", **typed: str) -> None:
        """See what is offered, look at what was not looked at before, and do one of it."""
        self.office.office.timer.advance(60)
        await self.office.enter(self.client, who)
        page = f"{CASES}/{code}"
        shown = (await self.client.get(page)).text
        found = [one for one in re.findall(rf'action="{page}/(\w+)#', shown) if one not in {"identity", "told"}]
        assert sorted(found) == sorted(offered.split()), (who, act)
        form = {**TYPED, "token": hidden(shown, "token"), "version": hidden(shown, "version"), **typed}
        form["master"] = self.other
        form["person"] = (
            re.findall(r'name="person".*?<option value="(\d+)"', shown, re.S)[0] if "handler" in found else ""
        )
        for one in {*found} - self.looked:  # each once: what it shows does not hang on the state
            looked = await self.client.post(f"{page}/{one}", data=form, headers=HERE)
            assert (looked.status_code, 'class="look' in looked.text) == (200, True), (who, one)
            self.looked.add(one)
        if act:
            answer = await self.client.post(f"{page}/{act}", data={**form, "sure": "1"}, headers=HERE)
            assert answer.headers.get("location") == f"{page}?done={act}", (who, act)


@pytest.fixture
async def walk(tmp_path: Path) -> AsyncIterator[Walk]:
    office = await open_cases(tmp_path)
    parts = replace(web_parts(office.office.inner, None), timer=office.office.timer.monotonic)
    async with browser_at(create_app(parts)) as client:
        yield Walk(office, client)
    await office.office.close()


async def test_the_life_of_cases_by_their_pages(walk: Walk) -> None:
    walk.other = await walk.office.case("Một việc khác hẳn: lệ phí hộ tịch ở xã")
    await _triaged(walk)
    code = await _answered(walk)
    await _reported_again(walk, code)


async def _triaged(walk: Walk) -> None:
    code = await walk.office.case()
    await walk.step(code, "coordinator", TRIAGE, "accept")
    begun = TRIAGE.replace("accept ", "")
    await walk.step(code, "coordinator", begun, "ask_supplement")
    asked = begun.replace("ask_supplement ", "")
    await walk.step(code, "coordinator", asked, "heard")
    await walk.step(code, "coordinator", TRIAGE, "ask_supplement")
    await walk.step(code, "coordinator", asked, "merge")
    await walk.step(code, "coordinator", "split numbers", "split")
    await walk.step(code, "coordinator", asked, "spam")
    await walk.step(code, "coordinator", "spam", "spam")
    await walk.step(code, "coordinator", asked, "guide")
    await walk.step(code, "coordinator", "numbers")
    outside = await walk.office.case()
    await walk.step(outside, "coordinator", TRIAGE, "forward_outside")
    await walk.step(outside, "coordinator", "record numbers", "record")
    taken_back = await walk.office.case()
    await walk.step(taken_back, "coordinator", TRIAGE, "heard", saying="withdraw")
    await walk.step(taken_back, "coordinator", "numbers")
    own = await walk.office.case()
    await walk.step(own, "coordinator", TRIAGE, "keep")
    kept = "draft progress ask collect merge reroute extend urge urgency numbers heard"
    await walk.step(own, "coordinator", kept, "draft")
    await walk.step(own, "coordinator", "numbers heard", "heard", saying="again")
    await walk.step(own, "coordinator", "work_again keep close merge numbers", "close")


async def _answered(walk: Walk) -> str:
    code = await walk.office.case()
    await walk.step(code, "coordinator", TRIAGE, "forward", agency="Sở Tư pháp")
    await walk.step(code, "coordinator", HELD)
    await walk.step(code, "officer", f"acknowledge {WORKING}", "ask_return")
    returned = "reroute forward_outside keep merge uphold urgency numbers heard"
    await walk.step(code, "coordinator", returned, "uphold")
    await walk.step(code, "officer", WORKING, "collect")
    await walk.step(code, "head", f"collect_agree collect_decline handler {WORKING}", "collect_agree")
    await walk.step(code, "officer", "draft", "draft")
    await walk.step(code, "head", APPROVING, "return_draft")
    await walk.step(code, "officer", WORKING, "draft")
    await walk.step(code, "head", APPROVING, "approve")
    return code


async def _reported_again(walk: Walk, code: str) -> None:
    """The sender is not content, twice: the office lets an agency work again, then closes."""
    for act in ("work_again", "close"):
        await walk.office.office.run(lambda unit: _again(unit, walk.office, code))
        await walk.step(code, "coordinator", "work_again keep close merge numbers", act, agency="Sở Tài chính")
        if act == "work_again":
            await walk.step(code, "coordinator", HELD, "record")
    await walk.step(code, "coordinator", "numbers")


def _again(unit: Unit, office: CaseOffice, code: str) -> None:
    row = rows.by_code(unit, code)
    assert row is not None
    sender.report_again(unit, row, "Việc vẫn như cũ, chưa ai giải quyết", (), office.office.clock())


def test_every_move_of_the_office_and_of_agencies_has_a_form() -> None:
    elsewhere = {Act.PUBLISH, Act.UNPUBLISH, Act.SUPPLEMENT, Act.CLARIFY, Act.REPORT_AGAIN, Act.WITHDRAW}
    by_time = {Act.TIME_OUT, Act.REVIEW, Act.ARCHIVE}
    named = {"record_answer": "record", "answer": "approve"}
    for act in {*Act} - elsewhere - by_time:
        assert named.get(act.value, act.value) in DEEDS, act
