"""Giving a value of an indicator: the period, the value, where it stands, then one look before it is kept."""

from collections.abc import Callable
from typing import Any

from actions import indicators as actions
from bot.desk import Desk, Reply, say
from bot.indicators import owed, viewer_of
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.indicators import Measured, judge, offered, read_period, read_value, said_value
from domain.periods import Period
from domain.words import squeeze
from storage.views import indicators as views
from storage.views.indicator_rows import Owed, Standing

PERIOD = "indicator_period"
VALUE = "indicator_value"
SOURCE = "indicator_source"
CONFIRM = "indicator_confirm"

QUESTIONS = (PERIOD, VALUE, SOURCE)

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def press(desk: Desk, button: Button) -> Reply:
    """Begin to give a value, or take the period that was chosen."""
    if button.word() == "at" and desk.conversation.step == PERIOD:
        return _ask(desk, VALUE, {**desk.data, "period": _period(desk, button.word(1)).code})
    one, each = _given_by(desk, button.number(1), button.number(2))
    return _ask(desk, PERIOD, {"id": one.id, "agency": each.agency_id or 0})


def _given_by(desk: Desk, indicator_id: int, agency_id: int) -> tuple[Standing, Owed]:
    """Return whose value may be given here by the viewer. Raises NotFound for any other."""
    viewer = viewer_of(desk)
    if agency_id not in viewer.own_agencies and not viewer.coordinates:
        raise NotFound("chỉ tiêu này")
    if agency_id == 0:
        one = views.one(desk.unit, indicator_id)
        if one is None:
            raise NotFound("chỉ tiêu này")
        return one, one.together
    return owed(desk, indicator_id, agency_id)


def _ask(desk: Desk, step: str, data: dict[str, Any]) -> Reply:
    one, each = _given_by(desk, data["id"], data["agency"])
    period = Period.read(data["period"]) if "period" in data else None
    return say(
        f"indicators/ask_{step.removeprefix('indicator_')}",
        one=one,
        owed=each,
        period=period,
        step=step,
        data=data,
        choices=[*_offers(desk, step, one, each), _LEAVE],
    )


def _offers(desk: Desk, step: str, one: Standing, each: Owed) -> list[Any]:
    if step == PERIOD:
        periods = [choice(period.label, Verb.VALUE, "at", period.code) for period in offered(one.year, desk.day)]
        return [*periods, choice(f"Quay lại {one.code}", Verb.INDICATOR, "of", one.id, each.agency_id or 0)]
    return [*([choice("Bỏ qua", Verb.SKIP)] if step == SOURCE else []), _BACK]


def answer(desk: Desk) -> Reply:
    """Take the answer to the question that waits, and ask the next or show what would be kept."""
    step = desk.conversation.step
    data = {**desk.data, **_READERS[step](desk, squeeze(desk.incoming.text))}
    return _review(desk, data) if step == SOURCE else _ask(desk, QUESTIONS[QUESTIONS.index(step) + 1], data)


def _period(desk: Desk, text: str) -> Period:
    """Return a period in which a value may be given. Raises ActRefused for another year and for one to come."""
    one, _ = _given_by(desk, desk.data["id"], desk.data["agency"])
    period = read_period(text, one.year)
    actions.check_period(one.year, period, desk.now)
    return period


def _said_period(desk: Desk, text: str) -> dict[str, Any]:
    return {"period": _period(desk, text).code}


def _said_value(desk: Desk, text: str) -> dict[str, Any]:
    one, _ = _given_by(desk, desk.data["id"], desk.data["agency"])
    read_value(text, one.goal)
    return {"value": text}


def _said_source(_desk: Desk, text: str) -> dict[str, Any]:
    return {"source": text[: actions.LONGEST_SOURCE]}


_READERS: dict[str, Callable[[Desk, str], dict[str, Any]]] = {
    PERIOD: _said_period,
    VALUE: _said_value,
    SOURCE: _said_source,
}


def skip(desk: Desk, _button: Button) -> Reply:
    """Leave out where the value stands."""
    return _review(desk, {**desk.data, "source": ""})


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    step = desk.conversation.step
    at = QUESTIONS.index(step) if step in QUESTIONS else len(QUESTIONS)
    return _ask(desk, QUESTIONS[max(at - 1, 0)], desk.data)


def _read(desk: Desk, data: dict[str, Any]) -> tuple[Standing, Owed, Period, Measured]:
    one, each = _given_by(desk, data["id"], data["agency"])
    return one, each, Period.read(data["period"]), read_value(data["value"], one.goal)


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    """Show what would be kept, what it says against the goal, and what it takes the place of."""
    one, each, period, measured = _read(desk, data)
    before = views.value_at(desk.unit, one.id, each.agency_id, period)
    return say(
        "indicators/confirm",
        one=one,
        owed=each,
        period=period,
        said=said_value(one.goal, measured),
        verdict=judge(one.goal, measured),
        before=said_value(one.goal, before) if before else "",
        source=data["source"],
        step=CONFIRM,
        data=data,
        choices=[choice("Ghi số liệu", Verb.YES, CONFIRM, one.id), _BACK, _LEAVE],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Keep the value."""
    one, each, period, measured = _read(desk, desk.data)
    viewer = viewer_of(desk)
    fresh = actions.record(desk.unit, viewer, one.id, each.agency_id, period, measured, desk.data["source"], desk.now)
    return say(
        "indicators/kept",
        one=one,
        owed=each,
        period=period,
        said=said_value(one.goal, measured),
        verdict=judge(one.goal, measured),
        fresh=fresh,
        choices=[
            choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", one.year, 0),
            choice(f"Mở {one.code}", Verb.INDICATOR, "of", one.id, each.agency_id or 0),
        ],
    )
