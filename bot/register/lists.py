"""The register's lists by what waits, and looking for a case by words."""

from collections.abc import Sequence

from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.register import rows
from domain.awaiting import Kind
from domain.buttons import Verb, choice
from domain.outgoing import Choice
from storage.views import AnyRow, office
from storage.views.cases import register
from storage.views.cases.register import Shelf

LOOKING = "register"
"""Stands with a conversation in which “tìm …” looks for a case rather than a task; no question is open in it."""

PAGE = 5

MOST = 30
"""So many cases are shown of what was looked for."""

FIRST = 3
"""So many of the most pressing cases stand under the lists."""

LABELS = {
    **{one: Kind(one.value).label for one in register.WAITING},
    Shelf.LATE: "Phản ánh quá hạn",
    Shelf.PUBLISH: "Đã trả lời, chờ công khai",
    Shelf.SUPPLEMENT: "Chờ người gửi bổ sung",
    Shelf.AGENCIES: "Các cơ quan đang xử lý",
    Shelf.BY_LETTER: "Gửi bằng công văn, chờ kết quả",
    Shelf.OUTSIDE: "Đã chuyển ngoài tỉnh",
    Shelf.SPAM: "Tin rác",
}

_MENU = choice("Sổ phản ánh, kiến nghị", Verb.OFFICE, "cases", 0)


def menu(desk: Desk, _name: str = "", _at: int = 0) -> Reply:
    """Show every list on which something stands, and the cases whose clock runs out first."""
    coordinator(desk)
    counts = {shelf: count for shelf, count in register.counts(desk.unit, desk.day).items() if count}
    calendar = office.calendar(desk.unit)
    urgent = register.urgent(desk.unit, FIRST)
    return say(
        "register/menu",
        waiting=sum(counts.get(shelf, 0) for shelf in register.WAITING),
        total=register.open_cases(desk.unit),
        lists=[(LABELS[shelf], count) for shelf, count in counts.items()],
        urgent=[rows.line(desk, one, calendar) for one in urgent],
        day=desk.day,
        data={LOOKING: True},
        choices=[
            *(
                choice(f"{LABELS[one]} ({count})", Verb.OFFICE, one.value, 0, listed=True)
                for one, count in counts.items()
            ),
            *_openings(urgent),
            choice("Xuất danh sách (.xlsx)", Verb.CASE_LIST, "export"),
            choice("Tổng hợp", Verb.DIGEST),
        ],
    )


def _openings(cases: Sequence[AnyRow]) -> list[Choice]:
    return [choice(one.code, Verb.REGISTER, "open", one.id, listed=True) for one in cases]


def listed(desk: Desk, name: str, at: int) -> Reply:
    """Show one page of a list, what is due first on top."""
    coordinator(desk)
    shelf, total = Shelf(name), register.count(desk.unit, Shelf(name), desk.day)
    pages = max(1, -(-total // PAGE))
    at = min(at, pages - 1)
    shown = register.listed(desk.unit, shelf, desk.day, PAGE, at * PAGE)
    later = [choice("Trang sau", Verb.OFFICE, name, at + 1)] if at + 1 < pages else []
    before = [choice("Trang trước", Verb.OFFICE, name, at - 1)] if at else []
    return _page(desk, LABELS[shelf], shown, total, (at + 1, pages), [*later, *before, _MENU])


def search(desk: Desk, words: str) -> Reply:
    """Show the cases that hold every one of the words, marks or none."""
    coordinator(desk)
    shown = register.found(desk.unit, words, MOST)
    return _page(desk, f"Tìm “{words[:60]}”", shown[:PAGE], len(shown), (1, 1), [_MENU])


def _page(
    desk: Desk, label: str, shown: Sequence[AnyRow], total: int, page: tuple[int, int], ways: Sequence[Choice]
) -> Reply:
    calendar = office.calendar(desk.unit)
    return say(
        "register/list",
        label=label,
        total=total,
        page=page[0],
        pages=page[1],
        lines=[rows.line(desk, one, calendar) for one in shown],
        more=max(total - len(shown), 0) if page[1] == 1 else 0,
        private=desk.can.private,
        data={LOOKING: True},
        choices=[*_openings(shown), *ways],
    )


LISTS = dict.fromkeys((one.value for one in Shelf), listed)
"""Each list by its name, shown to coordinators from its choice `office:<name>:<page>`."""
