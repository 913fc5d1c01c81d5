"""How the work stands by agency, by task and by date; a group task with the lists behind its figures."""

from collections.abc import Callable, Sequence

from bot import cards, scopes
from bot.desk import Desk, Reply, say
from bot.office_lists import PAGE, paged
from bot.scopes import Scope
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.local import short_day
from domain.outgoing import Choice
from domain.overview import Column, column
from storage.views import details, overview, standing
from storage.views.overview import Row
from storage.views.work import Work, order


def agencies(desk: Desk, name: str, at: int) -> Reply:
    """Show one page of the agencies, the worst first."""
    rows = overview.by_agency(overview.picture(desk.unit, desk.day))
    shown = rows[at * PAGE : (at + 1) * PAGE]
    choices = [choice(row.first.agency, Verb.OFFICE, "agency", 0, row.first.agency_id, listed=True) for row in shown]
    return say(
        "office/agencies",
        rows=shown,
        total=len(rows),
        past=sum(row.tally.past > 0 for row in rows),
        day=desk.day,
        choices=[*choices, *paged(name, at, len(rows))],
    )


def tasks(desk: Desk, name: str, at: int) -> Reply:
    """Show one page of the tasks, the worst first, with how many agencies have sent."""
    rows = overview.by_task(overview.picture(desk.unit, desk.day))
    shown = rows[at * PAGE : (at + 1) * PAGE]
    return say(
        "office/tasks",
        rows=shown,
        total=len(rows),
        day=desk.day,
        choices=[*(_open_task(row) for row in shown), *paged(name, at, len(rows))],
    )


def _open_task(row: Row) -> Choice:
    if row.tally.total == 1:
        return choice(f"{row.first.code} · {row.first.agency}", Verb.OPEN, row.first.id, listed=True)
    return choice(f"{row.first.code} · {row.tally.total} đơn vị", Verb.OFFICE, "task", 0, row.first.id, listed=True)


def days(desk: Desk, name: str, at: int) -> Reply:
    """Show one page of the dates on which something is still owed, the earliest first."""
    rows = overview.by_day(overview.picture(desk.unit, desk.day, owed=True))
    shown = rows[at * PAGE : (at + 1) * PAGE]
    choices = [choice(f"Hạn {short_day(due)}", Verb.OFFICE, "day", 0, f"{due:%Y%m%d}", listed=True) for due, _ in shown]
    return say(
        "office/days",
        rows=[(due, row, len({one.agency_id for one in row.works})) for due, row in shown],
        total=len(rows),
        day=desk.day,
        choices=[*choices, *paged(name, at, len(rows))],
    )


def agency(desk: Desk, button: Button) -> Reply:
    """Show one page of an agency's work: what it owes, the latest first."""
    seen = overview.picture(desk.unit, desk.day, agency_id=button.number(2))
    row = next(iter(overview.by_agency(seen)), None)
    if row is None:
        raise NotFound("cơ quan này")
    owed = sorted((one for one in row.works if not one.state.is_done_by_agency), key=order)
    scope = Scope("agency", row.first.agency_id)
    return _works(desk, button, "office/agency", owed, scope, row, late=row.tally.past)


def day(desk: Desk, button: Button) -> Reply:
    """Show one page of what is owed by one date, by agency."""
    due = scopes.day_of(button.number(2))
    scope = Scope("day", button.number(2))
    works = overview.ranked(desk.unit, scope.works(desk))
    late = len(works) if due < desk.day else 0
    return _works(desk, button, "office/day", works, scope, None, late=late)


def _works(
    desk: Desk, button: Button, template: str, works: Sequence[Work], scope: Scope, row: Row | None, *, late: int
) -> Reply:
    at = button.number(1)
    shown = works[at * PAGE : (at + 1) * PAGE]
    stands = standing.of(desk.unit, shown, desk.day)
    openings = [
        choice(f"{one.code} · {cards.when(one, stands[one.id])}", Verb.OPEN, one.id, listed=True) for one in shown
    ]
    back = (
        choice("Theo cơ quan", Verb.OFFICE, "agencies", 0) if row else choice("Theo thời hạn", Verb.OFFICE, "days", 0)
    )
    return say(
        template,
        row=row,
        due=scopes.day_of(scope.number) if row is None else None,
        works=shown,
        total=len(works),
        stands=stands,
        originals=standing.original_dates(desk.unit, shown),
        day=desk.day,
        choices=[*openings, *scopes.offers(scope, late), *_turns(button, len(works)), back],
    )


def _turns(button: Button, total: int) -> list[Choice]:
    """Return the choices that turn the pages of a list within a list."""
    name, at, *rest = button.word(), button.number(1), *button.args[2:]
    turns = [choice("Trang sau", Verb.OFFICE, name, at + 1, *rest)] if (at + 1) * PAGE < total else []
    return [*turns, choice("Trang trước", Verb.OFFICE, name, at - 1, *rest)] if at else turns


LABELS = {"unsent": "Chưa gửi", "waits": "Chờ xác nhận", "sent": "Đã gửi"}
"""The lists behind a group task's figures."""


def task(desk: Desk, button: Button) -> Reply:
    """Show a group task: how many have sent, and the ways to each list; or one page of such a list."""
    row = overview.task_of(desk.unit, button.number(2), desk.day)
    if row is None:
        raise NotFound("nhiệm vụ này")
    part = button.word(3)
    return _part(desk, button, row, part) if part in LABELS else _whole(desk, row, button.number(2))


def _whole(desk: Desk, row: Row, subject: int) -> Reply:
    sizes = {name: len(overview.in_column(row, name)) for name in LABELS}
    lists = [
        choice(f"{label} ({sizes[name]})", Verb.OFFICE, "task", 0, subject, name)
        for name, label in LABELS.items()
        if sizes[name]
    ]
    pressing = [one for one in row.works if column(one) in {Column.PAST, Column.SOON}]
    files = sum(bool(proof.file) for one in row.works for proof in details.evidence_of(desk.unit, one.id))
    bundle = [choice("Tải minh chứng (một tệp .zip)", Verb.EVIDENCE, subject)] if files else []
    return say(
        "office/task",
        work=row.first,
        tally=row.tally,
        files=files,
        day=desk.day,
        choices=[
            *lists,
            *scopes.offers(Scope("task", subject), len(pressing)),
            *bundle,
            choice("Theo nhiệm vụ", Verb.OFFICE, "tasks", 0),
        ],
    )


def _part(desk: Desk, button: Button, row: Row, part: str) -> Reply:
    works = overview.in_column(row, part)
    at = button.number(1)
    shown = works[at * PAGE : (at + 1) * PAGE]
    stands = standing.of(desk.unit, shown, desk.day)
    openings = [choice(f"{one.code} · {one.agency}", Verb.OPEN, one.id, listed=True) for one in shown]
    return say(
        "office/task_part",
        work=row.first,
        label=LABELS[part],
        works=shown,
        whens=[cards.when(one, stands[one.id]) for one in shown],
        total=len(works),
        of=row.tally.total,
        choices=[
            *openings,
            *_turns(button, len(works)),
            choice("Cả nhiệm vụ", Verb.OFFICE, "task", 0, button.number(2)),
        ],
    )


LISTS: dict[str, Callable[[Desk, str, int], Reply]] = {"agencies": agencies, "tasks": tasks, "days": days}
DRILLS: dict[str, Callable[[Desk, Button], Reply]] = {"agency": agency, "day": day, "task": task}
"""Lists about one agency, date or task, which stands behind the page in the key."""
