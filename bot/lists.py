"""Lists of tasks: an agency's own, narrowed by filters and words, those it contributes to, what it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from actions.compose.parts import grouped
from bot import cards, scopes
from bot.caseload import beginning as caseload
from bot.desk import Desk, Reply, say, sentence
from bot.officers import OWN_LIST, joined, viewer_of
from bot.scopes import Scope
from domain import filters
from domain.assignments import State
from domain.buttons import Button, Verb, choice
from domain.filters import Filter, Search
from domain.finding import ranked
from domain.lateness import Lateness, counted
from domain.outgoing import Choice
from domain.people import Viewer
from storage.views import coordination, finding, portfolios, standing, work, worklists
from storage.views.work import Work

_T = TypeVar("_T")

PAGE = 6

OFFERED = (Filter.LATE, Filter.WEEK, Filter.SOON, Filter.REPORTED, Filter.UNDATED)
"""The filters that a list of more than one page offers, where they narrow it."""


def listing(desk: Desk, text: str = "") -> Reply:
    """Answer /viec: the first page, or what the words after it look for."""
    joined(desk)
    search, viewer = filters.read(text, desk.day), desk.viewer
    if search != Search():
        return _found(desk, 0, search)
    if viewer is not None and viewer.oversees and not viewer.own_agencies:
        return sentence("Gõ tonghop để xem tổng hợp; gõ viec kèm chữ để tìm việc, ví dụ: viec quá hạn, viec thủ tục.")
    return page(desk, Button(Verb.LIST, ("open", "0")))


def page(desk: Desk, button: Button) -> Reply:
    """Show one page of a list: the viewer's own tasks, what was looked for, what others lead, what is asked for."""
    if button.word() == "find":
        return _found(desk, button.number(1), filters.read(button.word(2), desk.day))
    return _LISTS.get(button.word(), _open)(desk, button.number(1))


def _open(desk: Desk, at: int) -> Reply:
    """Show the viewer's own open tasks, by agency: overdue first, then by date, then without date."""
    viewer = viewer_of(desk)
    works = _by_agency(viewer, work.of_agencies(desk.unit, viewer.own_agencies, desk.day))
    shown, at = _cut(works, at)
    unaccepted = sum(one.state is State.ASSIGNED for one in works)
    accept = [choice(f"Đã nhận tất cả ({unaccepted} việc)", Verb.ACCEPT_ALL, 0)] if unaccepted else []
    stands = standing.of(desk.unit, works, desk.day)
    held, held_late = caseload.mentioned(desk, viewer)
    return say(
        "work/list",
        held=held,
        held_late=held_late,
        agencies=_agencies(viewer),
        works=shown,
        total=len(works),
        stands=stands,
        apart=counted(stands.values()),
        originals=standing.original_dates(desk.unit, shown),
        page=at + 1,
        pages=_pages(len(works)),
        day=desk.day,
        many=len(viewer.own_agencies) > 1,
        standing_in=viewer.standing_in,
        choices=[
            *_openings(shown, stands),
            *accept,
            *_turns(["open"], at, len(works)),
            *_narrowed(desk, works),
            *caseload.offered(held),
            *_beside(desk, viewer),
        ],
    )


def _openings(works: Sequence[Work], stands: Mapping[int, Lateness | None]) -> list[Choice]:
    return [choice(f"{one.code} · {cards.when(one, stands[one.id])}", Verb.OPEN, one.id, listed=True) for one in works]


def _narrowed(desk: Desk, works: Sequence[Work]) -> list[Choice]:
    """Return the filters that leave some tasks out and some in, with how many, for a list of several pages."""
    if len(works) <= PAGE:
        return []
    wanted = [filters.of_kind(kind, desk.day) for kind in OFFERED]
    sizes = [(one, sum(one.takes(each.due_on, each.state, each.standing) for each in works)) for one in wanted]
    return [
        choice(f"{one.label} ({count})", Verb.LIST, "find", 0, one.words)
        for one, count in sizes
        if 0 < count < len(works)
    ]


def _found(desk: Desk, at: int, search: Search) -> Reply:
    """Show what was looked for: among the own agencies' tasks, for the office and leaders among all."""
    viewer = desk.viewer if desk.viewer is not None and desk.viewer.oversees else viewer_of(desk)
    everything = _searched(desk, viewer, search)
    passing = [one for one in everything if search.takes(one.due_on, one.state, one.standing)]
    works = _by_words(desk, passing, search) if search.words else _by_agency(viewer, passing)
    if not works:
        return sentence(
            f"Không thấy việc nào khớp với {search.label}. Có thể gõ: viec quá hạn, viec tuần này, viec tháng 3, "
            "viec không hạn, viec kèm vài chữ trong tên việc hoặc số văn bản, viec NV-0012."
        )
    shown, at = _cut(works, at)
    stands = standing.of(desk.unit, shown, desk.day)
    lists = [OWN_LIST] if viewer.own_agencies else [choice("Xem tổng hợp", Verb.DIGEST)]
    return say(
        "work/found",
        label=search.label,
        works=shown,
        total=len(works),
        apart=_apart(desk, works) if any(one.kind is Filter.LATE for one in search.filters) else (),
        stands=stands,
        originals=standing.original_dates(desk.unit, shown),
        page=at + 1,
        pages=_pages(len(works)),
        day=desk.day,
        many=len({one.agency_id for one in everything}) > 1,
        choices=[
            *_openings(shown, stands),
            *_pressing(desk, search, len(works)),
            *_turns(["find", search.key], at, len(works)),
            *lists,
        ],
    )


def _pressing(desk: Desk, search: Search, count: int) -> list[Choice]:
    """Return how the office may press for everything late, where that is what it looks at."""
    everything_late = not search.words and [one.kind for one in search.filters] == [Filter.LATE]
    coordinates = desk.viewer is not None and desk.viewer.coordinates and not desk.viewer.own_agencies
    return scopes.offers(Scope("late", 0), count) if everything_late and coordinates else []


def _apart(desk: Desk, works: Sequence[Work]) -> tuple[tuple[Lateness, int], ...]:
    """Return how many are past their date, each reason apart."""
    return counted(standing.of(desk.unit, works, desk.day).values())


def _searched(desk: Desk, viewer: Viewer, search: Search) -> list[Work]:
    """Return the tasks among which is looked: with words also those that are finished."""
    if not viewer.own_agencies:
        within = None if viewer.coordinates else portfolios.within(desk.unit, viewer.person_id)
        every = [one for one in work.everything(desk.unit, desk.day) if within is None or one.id in within]
        return sorted((one for one in every if bool(search.words) or not one.state.is_final), key=work.order)
    return work.of_agencies(desk.unit, viewer.own_agencies, desk.day, finished=bool(search.words))


def _by_words(desk: Desk, works: Sequence[Work], search: Search) -> list[Work]:
    by_id = {one.id: one for one in works}
    return [by_id[one] for one in ranked(search.words, finding.texts(desk.unit, works))]


def _by_agency(viewer: Viewer, works: Sequence[Work]) -> list[Work]:
    """Return the tasks with those of one agency together, in the order of the viewer's seats."""
    seats = [seat.agency_id for seat in viewer.seats]
    return sorted(works, key=lambda one: seats.index(one.agency_id) if one.agency_id in seats else len(seats))


def _agencies(viewer: Viewer) -> list[str]:
    return list(dict.fromkeys(seat.agency for seat in viewer.seats if seat.agency_id in viewer.own_agencies))


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _cut(rows: Sequence[_T], at: int) -> tuple[Sequence[_T], int]:
    """Return the rows of a page and its number, the last one where there are not so many."""
    at = min(at, _pages(len(rows)) - 1)
    return rows[at * PAGE : (at + 1) * PAGE], at


def _turns(name: Sequence[str], at: int, total: int) -> list[Choice]:
    """Return the choices that turn the pages; `name` is the list and what was looked for in it."""
    kind, *rest = name
    later = [choice("Trang sau", Verb.LIST, kind, at + 1, *rest)] if at + 1 < _pages(total) else []
    return [*later, choice("Trang trước", Verb.LIST, kind, at - 1, *rest)] if at else later


def _beside(desk: Desk, viewer: Viewer) -> list[Choice]:
    """Return the ways to the other lists, where there is something on them."""
    tasks = len({one.task_id for one in worklists.coordinated(desk.unit, viewer.own_agencies, desk.day)})
    asked = len(coordination.open_to(desk.unit, viewer.own_agencies, desk.day))
    ways = [choice(f"Đề nghị cung cấp ({asked})", Verb.LIST, "asked", 0)] if asked else []
    return [*ways, choice(f"Việc phối hợp ({tasks})", Verb.LIST, "with", 0)] if tasks else ways


def _with(desk: Desk, at: int) -> Reply:
    """Show the tasks that others lead and the viewer's agencies contribute to, one line a task."""
    viewer = viewer_of(desk)
    groups = grouped(worklists.coordinated(desk.unit, viewer.own_agencies, desk.day))
    shown, at = _cut(groups, at)
    firsts = [group.works[0] for group in shown]
    choices = [choice(f"{one.code} · {cards.when(one)}", Verb.OPEN, one.id, listed=True) for one in firsts]
    return say(
        "work/coordinated",
        agencies=_agencies(viewer),
        groups=shown,
        total=len({group.works[0].task_id for group in groups}),
        page=at + 1,
        pages=_pages(len(groups)),
        day=desk.day,
        choices=[*choices, *_turns(["with"], at, len(groups)), OWN_LIST],
    )


def _asked(desk: Desk, at: int) -> Reply:
    """Show what other agencies ask of the viewer's and still wait for."""
    viewer = viewer_of(desk)
    rows = coordination.open_to(desk.unit, viewer.own_agencies, desk.day)
    shown, at = _cut(rows, at)
    choices = [choice(f"{one.lead} · hạn {one.due_on:%d/%m}", Verb.REQUEST, one.id, listed=True) for one in shown]
    return say(
        "work/asked",
        agencies=_agencies(viewer),
        asked=shown,
        total=len(rows),
        day=desk.day,
        choices=[*choices, *_turns(["asked"], at, len(rows)), OWN_LIST],
    )


_LISTS: dict[str, Callable[[Desk, int], Reply]] = {"open": _open, "with": _with, "asked": _asked}
