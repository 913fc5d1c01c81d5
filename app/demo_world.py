"""The demo's office before the visitor comes: the sample province, a week of citizens' feedback, the plan issued."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import samples
from actions import agencies, issue, people, plans
from app import demo_cases
from app.guessing import nearest_name
from app.reading import Reading
from app.simulate import Simulation
from app.tables import read_directory, read_people
from app.timing import SetClock
from app.wiring import Office
from domain.local import VIETNAM, today
from domain.people import Role
from storage.database import Unit
from storage.views import office as office_views
from web.demo_controls import Suggestion

START = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)
"""The Monday on which the sample plan is issued."""

_CAST: Sequence[tuple[str, str, Role]] = (
    ("officer1", "STP", Role.OFFICER),
    ("officer2", "XA01", Role.OFFICER),
    ("head", "STP", Role.HEAD),
    ("coordinator", "VPUBND", Role.COORDINATOR),
    ("secretary", "VPUBND", Role.COORDINATOR),
    ("leader", "UBNDT", Role.LEADER),
)

HINTS: Mapping[str, tuple[str, tuple[Suggestion, ...]]] = {
    "officer1": (
        "Xem việc, báo xong, báo vướng mắc",
        (Suggestion("Việc của tôi", "/viec"), Suggestion("Phản ánh", "/pakn")),
    ),
    "officer2": (
        "Không trả lời, để xem việc leo thang",
        (Suggestion("Việc của tôi", "/viec"), Suggestion("Phản ánh", "/pakn")),
    ),
    "head": (
        "Duyệt một trả lời phản ánh, nhận tin khi đơn vị quá hạn",
        (Suggestion("Phản ánh", "/pakn"), Suggestion("Việc của đơn vị", "/viec")),
    ),
    "coordinator": (
        "Nhập kế hoạch bằng tệp, xác nhận, xem nơi chậm",
        (Suggestion("Tổng hợp", "/tonghop"), Suggestion("Kế hoạch", "/kehoach"), Suggestion("Phản ánh", "/pakn")),
    ),
    "secretary": (
        "Tiếp nhận, phân loại, chuyển phản ánh, đề nghị từ chối, soạn bản công khai",
        (Suggestion("Phản ánh", "/pakn"), Suggestion("Trang làm việc", "/trang")),
    ),
    "leader": ("Bản tin 07:30 khi số liệu thay đổi, và đầu tuần", (Suggestion("Tổng hợp hôm nay", "/tonghop"),)),
    "citizen": (
        "Gửi một phản ánh, đánh giá một trả lời",
        (Suggestion("Gửi phản ánh", "/phananh"), Suggestion("Phản ánh của tôi", "/tracuu")),
    ),
}


@dataclass(frozen=True, slots=True)
class Chat:
    """One of the cast with their chat; `person_id` is None for the citizen."""

    key: str
    chat: str
    name: str
    role: str
    agency: str
    person_id: int | None = None


def furnish(unit: Unit, channel: str, now: datetime) -> list[Chat]:
    """Fill an empty office: the sample directory, what the province decides, the cast with their chats."""
    with samples.path(samples.AGENCIES) as path:
        agencies.import_directory(unit, read_directory(path), now)
    demo_cases.decide(unit, now)
    with samples.path(samples.PEOPLE) as path:
        listed = [row for _, row in read_people(path)]
    cast = []
    for key, agency, role in _CAST:
        row = next(one for one in listed if one.agency_code == agency and one.role is role)
        listed.remove(row)
        invite = people.invite_person(unit, row, now)
        chat = secrets.token_urlsafe(24)
        endpoint = people.endpoint(unit, channel, chat, now)
        joined = people.join(unit, endpoint.id, None, invite.code, row.name, now)
        if joined.pending:
            _agree(unit, now)
        cast.append(Chat(key, chat, row.name, role.label, invite.agency, people.person_behind(unit, endpoint.id)))
    cast.append(Chat("citizen", secrets.token_urlsafe(24), "Người dân", "người phản ánh", ""))
    return cast


async def live_a_week(office: Office, clock: SetClock, cast: Sequence[Chat]) -> None:
    """Let the week before the plan pass, with the feedback that came in and what was done with it."""
    seats = {one.key: one.person_id for one in cast if one.person_id is not None}
    citizen = next(one.chat for one in cast if one.key == "citizen")
    week = Simulation(office, clock, office.deliverer.drain)
    for moment, act in demo_cases.Week(seats, office.webchat.name, citizen).steps():
        await week.advance(moment)
        await office.db.run(partial(_at_the_moment, act, clock))
    await week.advance(START - timedelta(minutes=1))
    clock.move_to(START)


def _at_the_moment(act: demo_cases.Act, clock: SetClock, unit: Unit) -> None:
    act(unit, clock())


def issue_plan(unit: Unit, reading: Reading, now: datetime) -> None:
    """Issue the sample plan."""
    imported = plans.import_draft(unit, reading.draft, reading.as_read, reading.digest, nearest_name, now)
    issue.issue(unit, imported.plan_id, accept_doubts=True, at=now, now=now)


def _agree(unit: Unit, now: datetime) -> None:
    """Let the demo's coordinator agree to everybody who waits."""
    coordinator = office_views.viewer(unit, office_views.coordinators_reachable(unit)[0], today(now))
    for row in office_views.pending(unit):
        people.decide_seat(unit, coordinator, row.id, agreed=True, now=now)
