"""Which task a command is about: the one whose code was typed with it, or one of those that are offered."""

from collections.abc import Callable

from bot import cards
from bot.desk import Desk, Reply, say
from bot.officers import own, viewer_of
from domain.assignments import MOVES, Act
from domain.buttons import Button, Verb, choice
from domain.evidence import code_in
from storage.views import work
from storage.views.work import Work

SHOWN = 8
"""So many tasks are offered at once; every other is found by its code."""


def pick(
    desk: Desk,
    text: str,
    act: Act,
    start: tuple[Verb, Callable[[Desk, Button], Reply]],
    *,
    question: str,
    fits: Callable[[Work], bool] = lambda _one: True,
) -> Reply:
    """Go on with the task whose code the text names, else offer those for which the act is open and that fit."""
    verb, go_on = start
    code = code_in(text)
    if code is not None:
        found = work.by_code(desk.unit, code, desk.day)
        return go_on(desk, Button(verb, (str(own(desk, found.id if found else 0).id),)))
    open_ones = work.of_agencies(desk.unit, viewer_of(desk).own_agencies, desk.day)
    works = [one for one in open_ones if (one.state, act) in MOVES and fits(one)]
    return say(
        "work/pick",
        question=question,
        works=works[:SHOWN],
        more=len(works[SHOWN:]),
        day=desk.day,
        choices=[
            *(choice(f"{one.code} · {cards.when(one)}", verb, one.id, listed=True) for one in works[:SHOWN]),
            choice("Danh sách việc", Verb.LIST, "open", 0),
        ],
    )
