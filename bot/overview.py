"""The coordinating office's overview: what waits for it, how the whole work stands, and the ways to each list."""

from bot import previews
from bot.desk import Desk, Reply, say
from bot.office_lists import PAGE, paged
from domain.awaiting import Item, Kind, counts
from domain.buttons import Verb, choice
from domain.cases.lifecycle import OPEN
from domain.lateness import Lateness
from domain.outgoing import Choice
from domain.overview import Tally
from storage.views import awaiting, coordination, data_rights, indicators, overview
from storage.views.cases import lists

_MORE = choice("Việc khác của Văn phòng", Verb.OFFICE, "more", 0)


def show(desk: Desk) -> Reply:
    """Show a coordinator the overview."""
    items = awaiting.of_office(desk.unit, desk.day)
    tally = overview.total(desk.unit, desk.day)
    waits, beside = counts(items), _beside(desk)
    lists = [(kind.value, kind.label, count) for kind, count in waits.items()]
    lists += [(name, label, count) for name, label, count in beside if count]
    choices = [choice(f"{label} ({count})", Verb.OFFICE, name, 0, listed=True) for name, label, count in lists]
    return say(
        "office/overview",
        tally=tally,
        waiting=sum(waits.values()),
        since=items[0].days(desk.day) if items else 0,
        lists=[(label, count) for _, label, count in lists],
        day=desk.day,
        choices=[*choices, *_ways(len(items), tally), *_goals(desk), _MORE],
    )


def _beside(desk: Desk) -> list[tuple[str, str, int]]:
    """Return the lists beside what waits for the office, with how many stand on each."""
    return [
        ("above", "Sắp gửi lãnh đạo", previews.counts(desk)["above"]),
        ("requests", "Đề nghị cung cấp đang chờ", len(coordination.open_anywhere(desk.unit, desk.day))),
        ("cases", "Phản ánh, kiến nghị", lists.counted(desk.unit, desk.viewer, lists.Wanted(states=OPEN))),
        ("data", "Yêu cầu về dữ liệu cá nhân", len(data_rights.waiting(desk.unit, desk.now))),
    ]


def _ways(waiting: int, tally: Tally) -> list[Choice]:
    ways = [choice("Tất cả việc đang chờ Văn phòng", Verb.OFFICE, "inbox", 0)] if waiting else []
    word = "Quá hạn" if [one for one, _ in tally.apart] == [Lateness.LATE] else "Đã qua hạn"
    ways += [choice(f"{word} ({tally.past})", Verb.OFFICE, "late", 0)] if tally.past else []
    if tally.total:
        ways += [
            choice("Theo cơ quan", Verb.OFFICE, "agencies", 0),
            choice("Theo nhiệm vụ", Verb.OFFICE, "tasks", 0),
            choice("Theo thời hạn", Verb.OFFICE, "days", 0),
        ]
    return [*ways, choice("Giao việc mới", Verb.GIVE, "new")]


def more(desk: Desk, _name: str, _at: int) -> Reply:
    """Show the office's other work, which nobody opens every day."""
    return say(
        "office/more",
        choices=[
            choice("Thông báo chung", Verb.BROADCAST, "new"),
            choice("Báo cáo tiến độ", Verb.REPORT, "menu"),
            choice("Sổ phản ánh, kiến nghị", Verb.OFFICE, "cases", 0),
            choice("Phản ánh giống nhau", Verb.BRIEFING, "alike", 0, 0),
            choice("Yêu cầu về dữ liệu", Verb.DATA, "list"),
            choice("Thu thập, báo cáo định kỳ", Verb.COLLECTION, "list"),
            choice("Danh sách công khai", Verb.PUBLICATION, "list"),
            choice("Chỉ tiêu", Verb.INDICATOR, "list", desk.day.year, 0),
            choice("Kế hoạch", Verb.PLANS, 0),
            choice("Người tham gia", Verb.PEOPLE, 0, 0),
            choice("Lịch làm việc", Verb.CALENDAR, "show"),
            choice("Mở trang", Verb.PAGE, "home"),
            choice("Tổng hợp", Verb.DIGEST),
        ],
    )


def _goals(desk: Desk) -> list[Choice]:
    """Return the way to done tasks whose figure misses its target, where there are any."""
    short = len(indicators.missed(desk.unit)) if indicators.years(desk.unit) else 0
    return [choice(f"Hoàn thành, chưa đạt chỉ tiêu ({short})", Verb.INDICATOR, "missed", 0)] if short else []


def inbox(desk: Desk, name: str, at: int) -> Reply:
    """Show one page of all that waits for the office, the longest wait first."""
    items = awaiting.of_office(desk.unit, desk.day)
    shown = items[at * PAGE : (at + 1) * PAGE]
    return say(
        "office/inbox",
        items=[(one, one.days(desk.day)) for one in shown],
        total=sum(one.count for one in items),
        day=desk.day,
        choices=[*map(_opening, shown), *paged(name, at, len(items))],
    )


def _opening(one: Item) -> Choice:
    """Return the choice that opens what waits where it can be decided."""
    label = " · ".join(filter(None, (one.code or one.kind.label, one.agency)))
    if one.kind is Kind.EXTENSION:
        return choice(label, Verb.EXTENSION, one.subject_id, listed=True)
    if one.kind in _CARDS:
        return choice(label, Verb.OPEN, one.subject_id, listed=True)
    return choice(label, Verb.OFFICE, one.kind.value, 0, listed=True)


_CARDS = {Kind.REPORT, Kind.OBSTACLE, Kind.NOT_OURS}
