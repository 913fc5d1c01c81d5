"""Which assignments a list's choice speaks of: all that is late, an agency's, a task's, a day's, or one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.desk import Desk
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.outgoing import Choice
from storage.views import overview, work, worklists
from storage.views.work import Work


@dataclass(frozen=True, slots=True)
class Scope:
    """A word and an id, as they stand in a choice's key behind the verb."""

    word: str
    number: int

    @property
    def args(self) -> tuple[str, int]:
        """What stands in a key."""
        return self.word, self.number

    def works(self, desk: Desk) -> list[Work]:
        """Return its assignments that agencies still owe. Raises NotFound for a word that means nothing."""
        if self.word not in _SCOPES:
            raise NotFound("danh sách này")
        return _SCOPES[self.word](desk, self.number)

    def back(self, label: str = "Quay lại") -> Choice:
        """Return the choice that leads back to where it was chosen."""
        if self.word == "one":
            return choice(label, Verb.OPEN, self.number)
        return choice(label, Verb.OFFICE, self.word, 0, *((self.number,) if self.number else ()))


def of(button: Button, at: int = 0) -> Scope:
    """Return the scope that stands in a choice's key from that argument on."""
    return Scope(button.word(at), button.number(at + 1))


def day_of(number: int) -> date:
    """Return the day that stands in a key as 20260316. Raises NotFound for what is no day."""
    try:
        return datetime.strptime(str(number), "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        raise NotFound("ngày này") from None


def offers(scope: Scope, count: int) -> list[Choice]:
    """Return what may be done about a list of so much late work, nothing where nothing is late."""
    if not count:
        return []
    return [
        choice(f"Đôn đốc ({count})", Verb.URGE, *scope.args),
        choice("Bản dán nhóm Zalo", Verb.PASTE, *scope.args),
        choice("Lập công văn đôn đốc", Verb.LETTER, *scope.args),
    ]


def _late(desk: Desk, _number: int) -> list[Work]:
    return worklists.late(desk.unit, desk.day)


def _agency(desk: Desk, number: int) -> list[Work]:
    return worklists.late(desk.unit, desk.day, agency_id=number)


def _task(desk: Desk, number: int) -> list[Work]:
    row = overview.task_of(desk.unit, number, desk.day)
    return overview.in_column(row, "unsent") if row is not None else []


def _day(desk: Desk, number: int) -> list[Work]:
    day = day_of(number)
    return [one for one in worklists.owed_by(desk.unit, day, desk.day) if one.due_on == day]


def _one(desk: Desk, number: int) -> list[Work]:
    return list(work.by_ids(desk.unit, [number], desk.day).values())


_SCOPES: dict[str, Callable[[Desk, int], list[Work]]] = {
    "late": _late,
    "agency": _agency,
    "task": _task,
    "day": _day,
    "one": _one,
}
