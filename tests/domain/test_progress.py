"""How assignments are counted in a progress report: tables of cases, and identities over any assignments."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import State
from domain.periods import Period
from domain.reports.counting import Ending, Entry, Fate, Figures, added, counted, fate, is_carried, one_of
from domain.reports.progress import Facts, Progress, made
from domain.reports.rows import About, AgencyAbout, Extension, TaskAbout
from domain.reports.written import read, written
from domain.workdays import WorkCalendar

Q1, Q2 = Period.read("2026-Q1"), Period.read("2026-Q2")
PLAN_DAY, DUE = date(2026, 1, 9), date(2026, 3, 20)
ANY = date(2026, 7, 1)


def entry(**given: object) -> Entry:
    """Return an open assignment due in the first quarter, other than given."""
    values = {"state": State.ASSIGNED, "begun_on": PLAN_DAY, "due_on": DUE, "original_on": DUE} | given
    return Entry("NV-0001", 1, 1, **values)  # type: ignore[arg-type] # each test gives what the field takes


@pytest.mark.parametrize(
    ("given", "day", "wanted"),
    [
        ({}, DUE, Fate.OPEN_IN_TIME),
        ({}, DUE + timedelta(1), Fate.OPEN_OVERDUE),
        ({"state": State.EXTENSION_REQUESTED}, ANY, Fate.OPEN_OVERDUE),
        ({"state": State.OBSTACLE}, ANY, Fate.OPEN_OVERDUE),
        ({"state": State.RETURNED}, ANY, Fate.OPEN_OVERDUE),
        ({"state": State.REPORTED, "finished_on": DUE, "reported_on": ANY}, ANY, Fate.ON_TIME),
        ({"state": State.CONFIRMED, "finished_on": DUE, "reported_on": ANY}, ANY, Fate.ON_TIME),
        ({"state": State.CONFIRMED, "finished_on": DUE + timedelta(1), "reported_on": ANY}, ANY, Fate.LATE),
        ({"state": State.CONFIRMED, "finished_on": ANY, "reported_on": ANY}, DUE, Fate.OPEN_IN_TIME),
        ({"state": State.CANCELLED, "ended_on": DUE, "ending": Ending.CANCELLED}, ANY, Fate.CANCELLED),
        ({"state": State.CANCELLED, "ended_on": ANY, "ending": Ending.CANCELLED}, DUE, Fate.OPEN_IN_TIME),
        ({"state": State.CANCELLED, "ended_on": DUE, "ending": Ending.MOVED}, ANY, None),
        ({"begun_on": ANY}, DUE, None),
        ({"due_on": date(2026, 4, 1)}, ANY, None),
    ],
)
def test_what_became_of_a_dated_assignment(given: dict[str, object], day: date, wanted: Fate | None) -> None:
    assert fate(entry(**given), Q1, day) is wanted


@pytest.mark.parametrize(
    ("given", "first", "second"),
    [
        ({}, Fate.OPEN_IN_TIME, Fate.OPEN_IN_TIME),
        ({"finished_on": date(2026, 5, 5), "reported_on": ANY}, Fate.OPEN_IN_TIME, Fate.ON_TIME),
        ({"finished_on": date(2026, 2, 5), "reported_on": ANY}, Fate.ON_TIME, None),
        ({"ended_on": date(2026, 5, 5), "ending": Ending.CANCELLED}, Fate.OPEN_IN_TIME, Fate.CANCELLED),
        ({"ended_on": date(2026, 5, 5), "ending": Ending.WITH_THE_YEAR}, Fate.OPEN_IN_TIME, Fate.OPEN_IN_TIME),
        ({"ended_on": date(2026, 5, 5), "ending": Ending.MOVED}, Fate.OPEN_IN_TIME, None),
        ({"begun_on": date(2026, 5, 5)}, None, Fate.OPEN_IN_TIME),
    ],
)
def test_what_has_no_date_counts_until_it_is_finished(
    given: dict[str, object], first: Fate | None, second: Fate | None
) -> None:
    undated = entry(due_on=None, original_on=None, **given)
    assert (fate(undated, Q1, ANY), fate(undated, Q2, ANY)) == (first, second)


def test_a_later_date_counts_elsewhere_and_the_plans_own_date_stays_in_sight() -> None:
    extended = entry(due_on=date(2026, 4, 20), extended=True, finished_on=date(2026, 4, 10), reported_on=ANY)
    assert fate(extended, Q1, ANY) is None
    assert fate(extended, Q1, ANY, by_original=True) is Fate.LATE
    assert fate(extended, Q2, ANY) is Fate.ON_TIME
    assert fate(extended, Q2, ANY, by_original=True) is None


DAYS = st.dates(date(2025, 10, 1), date(2026, 12, 31))
MAYBE = st.none() | DAYS


@st.composite
def entries(draw: st.DrawFn, number: int = 0) -> Entry:
    """Any assignment at all, also such as no office would have."""
    due_on = draw(MAYBE)
    state = draw(st.sampled_from(State))
    ended = state is State.CANCELLED
    return Entry(
        f"NV-{number:04}",
        draw(st.integers(1, 3)),
        draw(st.integers(1, 4)),
        state,
        draw(st.dates(date(2025, 10, 1), date(2026, 6, 30))),
        due_on,
        draw(st.sampled_from((due_on, due_on)) | MAYBE),
        draw(MAYBE) if state.is_done_by_agency else None,
        draw(MAYBE) if state.is_done_by_agency else None,
        draw(DAYS) if ended else None,
        draw(st.sampled_from(Ending)) if ended else None,
        draw(st.booleans()),
    )


AGENCIES = (
    AgencyAbout(1, "VP", "Văn phòng", "province_department", "subordinate"),
    AgencyAbout(2, "STP", "Sở Tư pháp", "province_department", ""),
    AgencyAbout(3, "XA", "UBND xã Lam Sơn", "commune_committee", "subordinate"),
    AgencyAbout(4, "CA", "Công an tỉnh", "other", "central"),
)
TASKS = tuple(TaskAbout(at, "Kế hoạch số 15/KH-UBND", ("I. NHIỆM VỤ",) * (at > 1), "Rà soát", ()) for at in (1, 2, 3))


def report(found: list[Entry], period: Period = Q1, day: date = ANY) -> Progress:
    """Return the report of these assignments."""
    about = {one.code: About("Báo cáo", extension=Extension(ANY, "chờ", "")) for one in found[:2]}
    return made(Facts(found, about, AGENCIES, TASKS), period, day, WorkCalendar((), 1))


@given(st.lists(entries(), max_size=12), DAYS, st.sampled_from(["2026-Q1", "2026-03", "2026-H1", "2026", "2026-9M"]))
def test_parts_make_totals_whatever_the_assignments(found: list[Entry], day: date, period: str) -> None:
    told = report(found, Period.read(period), day)
    whole = told.totals()
    assert whole.total == whole.on_time + whole.late + whole.open_in_time + whole.open_overdue
    assert whole.total == sum(row.fate not in {None, Fate.CANCELLED} for row in told.rows)
    assert added(figures for _, figures in told.by_agency()) == whole
    assert added(figures for _, _, figures in told.by_section()) == whole
    assert added(now for _, now, _ in told.by_level()) == whole
    assert added(then for _, _, then in told.by_level()) == told.totals_before()
    assert told.by_original().total == whole.total - told.moved_in() + told.moved_out()
    assert whole.waiting <= whole.finished
    assert whole.asking <= whole.open_overdue
    assert whole.undated <= whole.open_in_time
    assert (whole.due, whole.open) == (whole.total - whole.open_in_time, whole.total - whole.finished)


@given(st.lists(entries(), max_size=12), DAYS, st.sampled_from(["2026-Q2", "2026-03", "2026-H2", "2026", "2026-9M"]))
def test_whatever_is_overdue_is_the_periods_own_or_carried_over(found: list[Entry], day: date, period: str) -> None:
    span = Period.read(period)
    told = report(found, span, day)
    whole, left = told.totals(), told.carried_over()
    overdue = [
        one
        for one in found
        if one.due_on is not None and one.begun_on <= day and one.due_on < day and one.due_on <= span.end
        if not any(end is not None and end <= day for end in (one.finished_on, one.reported_on, one.ended_on))
    ]
    assert whole.open_overdue + whole.carried == whole.overdue == len(overdue)
    assert whole.carried == len(left) == sum(figures.carried for _, figures in told.by_agency())
    assert told.totals_before().overdue <= whole.overdue, "a new period is no progress"
    if span.months != 9:  # of nine months the one before is a year ago
        assert told.totals_before().overdue == whole.carried


@pytest.mark.parametrize(
    ("given", "day", "wanted"),
    [
        ({}, date(2026, 4, 14), True),
        ({}, DUE, False),
        ({"due_on": date(2026, 4, 1), "extended": True}, ANY, False),
        ({"due_on": None}, ANY, False),
        ({"state": State.RETURNED}, ANY, True),
        ({"state": State.REPORTED, "finished_on": ANY, "reported_on": ANY}, ANY, False),
        ({"state": State.REPORTED, "finished_on": ANY, "reported_on": ANY}, ANY - timedelta(1), True),
        ({"state": State.CANCELLED, "ended_on": DUE, "ending": Ending.MOVED}, ANY, False),
        ({"begun_on": ANY}, ANY - timedelta(1), False),
    ],
)
def test_what_is_carried_over_into_the_second_quarter(given: dict[str, object], day: date, wanted: bool) -> None:
    assert is_carried(entry(**given), Q2, day) is wanted
    assert report([entry(**given)], Q2, day).totals().carried == int(wanted)


@given(st.lists(entries(), max_size=10), st.randoms(use_true_random=False), DAYS)
def test_the_order_of_assignments_changes_no_figure(found: list[Entry], random: object, day: date) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a Random
    one, other = report(found, day=day), report(shuffled, day=day)
    assert one.totals() == other.totals()
    assert one.by_agency() == other.by_agency()
    assert one.by_level() == other.by_level()


@given(entries(), DAYS)
def test_the_quarters_share_out_whatever_has_a_date(one: Entry, day: date) -> None:
    quarters = [Period.read(f"2026-Q{at}") for at in (1, 2, 3, 4)]
    parts = [found for each in quarters if (found := fate(one, each, day)) is not None]
    if one.due_on is not None:
        year = fate(one, Period.read("2026"), day)
        assert parts == ([] if year is None else [year])


@given(st.lists(entries(), max_size=6), DAYS)
def test_what_is_frozen_is_read_again_as_it_was(found: list[Entry], day: date) -> None:
    told = report(found, day=day)
    kept = written(told)
    assert read(Progress, kept) == told
    del kept["carried"]  # as it was frozen before that was counted
    assert read(Progress, kept).carried is None


def test_later_days_are_counted_in_working_days() -> None:
    late = entry(state=State.CONFIRMED, finished_on=date(2026, 3, 24), reported_on=ANY)
    rows = report([late, entry()], day=date(2026, 3, 23)).rows
    assert [row.late_days for row in rows] == [1, 1]
    assert report([late], day=ANY).rows[0].late_days == 2


def test_figures_add_up_by_key() -> None:
    one = one_of(Fate.LATE, State.REPORTED, extended=True)
    assert one == Figures(late=1, waiting=1, extended=1)
    assert one + one == Figures(late=2, waiting=2, extended=2)
    assert counted([("b", one), ("a", one), ("b", one)]) == {"b": one + one, "a": one}
