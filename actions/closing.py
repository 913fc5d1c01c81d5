"""Closing a plan at the end of its year: what is unfinished is carried on or ended, then nothing more is laid out.

A carried assignment stays open, with its code, its history and, unless another date is given, its own date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions import explaining, moves, requests
from actions.layout import Terms, plan_steps, terms
from domain.assignments import Act
from domain.closing import CARRIED, ENDED, Decisions, Group
from domain.deadlines import from_json
from domain.duties import Duty
from domain.errors import ActRefused, Stale
from domain.local import long_day, short_day, today
from domain.notices import Kind
from domain.people import Role
from storage import assignments, audit, matters, notices, people, planned, plans
from storage.database import Unit
from storage.types import AnyRow
from storage.views import closing as views
from storage.views.closing import Unfinished

HOW = "Chuyển sang năm sau"
WITH_THE_YEAR = "kết thúc cùng năm kế hoạch"
"""Why work of the whole year ends where nobody carries it on."""

NAMED = 5


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of what was unfinished."""

    carried: int
    ended: int


def closable(unit: Unit, plan_id: int) -> AnyRow:
    """Return an issued plan. Raises ActRefused for an unknown one, a draft, and one that was closed before."""
    plan = plans.get(unit, plan_id)
    if plan is None:
        raise ActRefused(f"Không có kế hoạch số {plan_id}. Xem danh sách bằng lệnh: nhacviec plan list.")
    if plan.state == plans.DRAFT:
        raise ActRefused(f"Kế hoạch {plan_id} chưa ban hành nên không có gì để kết thúc.")
    if plan.state == plans.CLOSED:
        raise ActRefused(f"Kế hoạch {plan_id} đã kết thúc từ {short_day(today(plan.closed_at))}.")
    return plan


def close(unit: Unit, plan_id: int, decided: Decisions, now: datetime) -> Closed:
    """Close an issued plan, by the operator, once each unfinished assignment is decided about.

    Work of the whole year ends with it unless it is carried. Raises ActRefused, and changes nothing, where something
    is left undecided, a code is none of the plan's unfinished ones or was decided twice, or a date does not fit.
    """
    plan = closable(unit, plan_id)
    found = views.unfinished(unit, plan_id, today(now))
    _check(found, decided, today(now))
    carried, ended, left = _fates(found, decided)
    if left:
        more = f" và {len(left) - NAMED} việc khác" if len(left) > NAMED else ""
        raise ActRefused(
            f"Còn {len(left)} việc chưa quyết định: {', '.join(left[:NAMED])}{more}. Chọn cho từng việc bằng --carry "
            "hoặc --end, hay cho tất cả bằng --carry-all hoặc --end-all; chưa có gì thay đổi."
        )
    under = terms(unit, None, now, now, plan_id=plan_id)
    for assignment_id, until in carried.items():
        _carry(unit, assignment_id, until, under)
    for assignment_id, reason in ended.items():
        _end(unit, assignment_id, reason, now)
    if not plans.change(unit, plan_id, plan.version, state=plans.CLOSED, closed_at=now):
        raise Stale()
    audit.record(unit, "close", "plan", plan_id, now, actor=audit.OPERATOR, carried=len(carried), ended=len(ended))
    _tell(unit, plan_id, found, carried, now)
    return Closed(len(carried), len(ended))


def by_itself(unit: Unit, now: datetime) -> int:
    """Close plans of one task that was given directly, once all of it is confirmed or called off; return how many.

    What comes back every month or quarter stays open.
    """
    closed = 0
    for plan in plans.done_by_mouth(unit):
        latest = plans.latest_version(unit, plan.id) or 0
        if plans.wording(unit, latest, mentioning='"recurring"'):
            continue
        if plans.change(unit, plan.id, plan.version, state=plans.CLOSED, closed_at=now):
            audit.record(unit, "close", "plan", plan.id, now, actor=audit.SYSTEM, carried=0, ended=0)
            closed += 1
    return closed


def _check(found: Sequence[Unfinished], decided: Decisions, day: date) -> None:
    """Raise ActRefused for decisions that contradict one another, or that are about nothing unfinished here."""
    by_code = {one.work.code: one for one in found}
    named = [*decided.carry, *decided.end]
    unknown = [code for code in named if code not in by_code]
    if unknown:
        raise ActRefused(
            f"{unknown[0]} không phải việc chưa xong của kế hoạch này. Xem danh sách: nhacviec plan close MÃ."
        )
    both = [code for code in decided.carry if code in decided.end]
    if both:
        raise ActRefused(f"{both[0]} vừa được chuyển tiếp vừa bị kết thúc. Chọn một trong hai rồi chạy lại.")
    if decided.carry_all and decided.end_all:
        raise ActRefused("Chỉ dùng một trong hai: --carry-all hoặc --end-all. Chọn một rồi chạy lại.")
    if any(not reason.strip() for reason in decided.end.values()):
        raise ActRefused('Kết thúc một việc phải kèm lý do, ví dụ: --end NV-0012="không còn phù hợp".')
    dates = {code: until for code, until in decided.carry.items() if until is not None}
    for until in (*dates.values(), *([decided.carry_all_until] if decided.carry_all_until else [])):
        if until < day:
            raise ActRefused(f"Hạn mới {short_day(until)} đã qua. Ghi một ngày từ hôm nay trở đi.")
    for code in dates:
        if by_code[code].group is Group.REPORTED:
            raise ActRefused(
                f"{code} đang chờ xác nhận nên không đặt hạn mới. Xác nhận, trả lại, hoặc chuyển tiếp không kèm ngày."
            )


def _fates(found: Sequence[Unfinished], decided: Decisions) -> tuple[dict[int, date | None], dict[int, str], list[str]]:
    """Return what is carried (by id, with the new date or None), what is ended (with the reason), what is left."""
    carried: dict[int, date | None] = {}
    ended: dict[int, str] = {}
    left: list[str] = []
    for one in found:
        work = one.work
        if work.code in decided.carry:
            carried[work.id] = decided.carry[work.code]
        elif work.code in decided.end:
            ended[work.id] = decided.end[work.code].strip()
        elif decided.carry_all:
            carried[work.id] = _later(one, decided.carry_all_until)
        elif decided.end_all:
            ended[work.id] = decided.end_all.strip()
        elif one.ends_with_the_year:
            ended[work.id] = WITH_THE_YEAR
        else:
            left.append(work.code)
    return carried, ended, left


def _later(one: Unfinished, until: date | None) -> date | None:
    """Return the common new date where it is later than the assignment's own; what has none, or waits, keeps none."""
    due_on = one.work.due_on
    if until is None or due_on is None or one.group is Group.REPORTED:
        return None
    return until if until > due_on else None


def _carry(unit: Unit, assignment_id: int, until: date | None, under: Terms) -> None:
    """Let an assignment go on after its plan's year, by another date where one is given; the old one stays visible."""
    row = assignments.get(unit, assignment_id)
    if row is None:
        raise Stale()
    said = "chuyển sang năm sau"
    if until is not None:
        was = f" (hạn cũ {long_day(row.due_on)})" if row.due_on else ""
        said = f"{said}, hạn mới {long_day(until)}{was}"
        told = explaining.decided(unit, row, until, HOW, "", under.calendar)
        version = matters.move_due(unit, row.id, until, CARRIED, under.calendar.version, under.now, explanation=told)
        duty = Duty(row.period, row.starts_on, until, from_json(row.deadline))
        planned.add(unit, plan_steps(unit, row, duty, version, under))
    assignments.comment(unit, row.id, CARRIED, said, None, under.now)
    audit.record(
        unit, "carry", "assignment", row.id, under.now, actor=audit.OPERATOR, until=until and until.isoformat()
    )


def _end(unit: Unit, assignment_id: int, reason: str, now: datetime) -> None:
    row = assignments.get(unit, assignment_id)
    if row is None:
        raise Stale()
    moves.apply(unit, row, Act.CANCEL, None, now)
    assignments.comment(unit, row.id, ENDED, reason, None, now)
    matters.close(unit, row.id, now)
    requests.withdraw_all(unit, None, row.id, now)


def _tell(
    unit: Unit, plan_id: int, found: Sequence[Unfinished], carried: Mapping[int, date | None], now: datetime
) -> None:
    """Tell the officers of each agency once what goes on and what has ended."""
    agencies: dict[int, dict[str, list[int]]] = {}
    for one in found:
        here = agencies.setdefault(one.work.agency_id, {"carried": [], "ended": []})
        here["carried" if one.work.id in carried else "ended"].append(one.work.id)
    for agency_id, data in agencies.items():
        for person_id in people.members(unit, agency_id, Role.OFFICER, today(now)):
            notices.add(
                unit,
                person_id,
                f"event:closed:{plan_id}:{agency_id}",
                Kind.PLAN_CLOSED,
                now,
                role=Role.OFFICER,
                agency_id=agency_id,
                data={"plan": plan_id, **data},
            )
