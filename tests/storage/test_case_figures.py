"""Figures that the database counts are those that the rules count, whatever stands in the register."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import insert

from domain.case_figures import (
    Ending,
    Handling,
    Judged,
    Line,
    Nature,
    Share,
    Window,
    carried_over,
    counts_of,
    first_break,
    judge,
    total,
)
from domain.case_figures.load import AgencyLoad
from domain.cases.decisions import Rating, Source
from domain.digests import Since
from domain.periods import Period
from domain.workdays import WorkCalendar
from storage.database import Database, Unit
from storage.schema import agencies, case_handlings, case_questions, cases, citizens, matters
from storage.views.cases import figures, load, open_alike

NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
NAMES = ("Sở Tư pháp", "UBND phường Mẫu")
FIELDS = ("", "Hộ tịch", "Đất đai")
TODAY = date(2026, 9, 30)
DAYS = 300


def maybe(random: Random, begun: date, most: int) -> date | None:
    return begun + timedelta(random.randrange(most)) if random.random() < 0.8 else None


def of_case(random: Random, number: int) -> list[Handling]:
    """Return a case's handlings: any days, any endings, opened again up to twice."""
    begun = TODAY - timedelta(random.randrange(DAYS))
    alike: dict[str, Any] = {
        "nature": random.choice((Nature.CONDUCT, Nature.REGULATION, Nature.BOTH, Nature.OTHER)),
        "source": random.choice((Source.CHAT, Source.PHONE)).value,
        "agency": random.choice(("", *NAMES)),
        "field": random.choice(FIELDS),
    }
    found: list[Handling] = []
    late = disputed = False
    for at in range(1, random.randrange(1, 4) + 1):
        ended = maybe(random, begun, 60)
        ending = None if ended is None else random.choice([*Ending, *[Ending.ANSWERED] * 6])
        is_spam = ending is Ending.SPAM
        one = Handling(
            f"PAKN-SL-2026-{number:06}",
            begun,
            number=at,
            due_on=maybe(random, begun, 40),
            ending=ending,
            ended_on=begun if is_spam else ended,
            done_on=maybe(random, begun, 60) if ending is Ending.ANSWERED else None,
            late_before=late,
            disputed=disputed,
            rating=random.choice((None, *Rating)) if ending is Ending.ANSWERED else None,
            rated_on=ended,
            published_on=ended if ending is Ending.ANSWERED and random.random() < 0.3 else None,
            **alike,
        )
        found.append(one)
        if ended is None or is_spam or random.random() < 0.6:
            break
        late, disputed = late or one.ended_late, disputed or random.random() < 0.5
        begun = ended + timedelta(random.randrange(9))
        found[-1] = Handling(**{name: getattr(one, name) for name in Handling.__slots__} | {"again_on": begun})
    return found


def write(unit: Unit, found: list[list[Handling]]) -> None:
    place = {"level": "other", "relation": "subordinate", "coordinating": False, "created_at": NOW}
    ids = {name: at for at, name in enumerate(NAMES, 1)}
    unit.conn.execute(
        insert(agencies),
        [{"id": at, "code": name, "name": name, "name_folded": name, **place} for name, at in ids.items()],
    )
    unit.conn.execute(insert(citizens).values(id=1, created_at=NOW))
    for at, handlings in enumerate(found, 1):
        one = handlings[-1]
        due = one.due_on if one.ended_on is None else None
        unit.conn.execute(insert(matters).values(id=at, kind="case", due_on=due, opened_at=NOW))
        unit.conn.execute(
            insert(cases).values(
                id=at,
                code=one.code,
                secret_hash="",
                kind="field" if one.nature is Nature.OTHER else "conduct",
                legal_class=None if one.nature is Nature.OTHER else one.nature.value,
                state="answered",
                citizen_id=1,
                channel="telegram",
                source=one.source,
                content="",
                about="",
                field=one.field,
                agency_id=ids.get(one.agency),
                received_at=NOW,
                received_on=handlings[0].begun_on,
                passed_on=handlings[0].begun_on + timedelta(3) if one.agency else None,
                bounces=at % 3,
                law_pack="",
            )
        )
        kept = ("number", "begun_on", "due_on", "ended_on", "done_on", "again_on", "late_before", "disputed",
                "rated_on", "published_on")  # fmt: skip
        for each in handlings:
            values = {name: getattr(each, name) for name in kept}
            values |= {"agency_id": ids.get(one.agency), "field": one.field, "source": one.source}
            values |= {"nature": one.nature, "received_on": handlings[0].begun_on}
            values |= {"due_on": each.due_on if each.ended_on else None, "ending": each.ending, "rating": each.rating}
            unit.conn.execute(insert(case_handlings).values(case_id=at, **values))


def by_rule(found: list[Handling], window: Window) -> list[Line]:
    where = sorted({(one.agency, one.field) for one in found})
    made = [
        Line(*key, total(counts_of(one, window) for one in found if (one.agency, one.field) == key)) for key in where
    ]
    return [one for one in made if one.counts]


def counted(database: Database, window: Window) -> list[Line]:
    return database.run_now(partial(figures.lines, window=window))


def test_the_database_counts_as_the_rules_do(database: Database) -> None:
    random = Random(20)
    cases_ = [of_case(random, at) for at in range(240)]
    found = [one for case in cases_ for one in case]
    database.run_now(lambda unit: write(unit, cases_))
    for code in ("2026-Q2", "2026-05", "2026-09", "2026", "2025-12"):
        window = Window.of(Period.read(code), TODAY)
        told = counted(database, window)
        assert told == by_rule(found, window), code
        assert first_break(told) is None
        wanted: dict[str, Judged] = {}
        for one in found:
            wanted[one.agency] = wanted.get(one.agency, Judged()) + judge(one, window)
        judged = database.run_now(partial(figures.judged, window=window))
        assert judged == {name: one for name, one in wanted.items() if one != Judged()}, code
    assert sum(one.counts["done"] for one in told) == 0
    months = [counted(database, Window.of(Period.read(code), TODAY)) for code in ("2026-04", "2026-05")]
    assert carried_over(months[1], months[0]) is None


def test_how_fast_cases_move_is_counted_by_days(database: Database) -> None:
    window = Window.of(Period.read("2026-05"), TODAY)
    day = date(2026, 5, 4)
    found = [
        Handling("A", day, agency=NAMES[0], ending=Ending.ANSWERED, ended_on=day + timedelta(10)),
        Handling("B", day, agency=NAMES[0]),
        Handling("C", day, ending=Ending.GUIDED, ended_on=day),
    ]

    def work(unit: Unit) -> None:
        write(unit, [[one] for one in found])
        asked = datetime(2026, 5, 5, 18, 30, tzinfo=UTC)  # the 6th in Viet Nam
        answered = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
        base = {"kind": "clarify", "text": "?", "asked_at": asked}
        unit.conn.execute(insert(case_questions).values(case_id=1, answered_at=answered, **base))
        unit.conn.execute(insert(case_questions).values(case_id=2, **base))

    database.run_now(work)
    pace = database.run_now(lambda unit: figures.pace(unit, window, WorkCalendar((), 1)))
    assert pace.forwarding == {3: 2}
    assert pace.bounced == Share(2, 2)
    assert pace.ages == {10: 2}, "answered ten days after, and open for ten days on the window's last day"
    assert pace.waiting_days == 2 + (window.closes - date(2026, 5, 6)).days


def test_how_the_register_stands_this_morning(database: Database) -> None:
    day, calendar = date(2026, 6, 16), WorkCalendar((), 1)
    late, very_late = date(2026, 6, 12), date(2026, 6, 2)  # a Tuesday; ten working days before it
    found = [
        Handling("A", late, Nature.OTHER, agency=NAMES[0], due_on=late),
        Handling("B", late, Nature.OTHER, agency=NAMES[0], due_on=very_late),
        Handling("C", late, Nature.OTHER, agency=NAMES[1], due_on=day),
        Handling("D", date(2026, 6, 15), Nature.OTHER, due_on=late),
        Handling("E", late, Nature.CONDUCT, agency=NAMES[1], due_on=late),
        Handling("F", late, Nature.OTHER, ending=Ending.GUIDED, ended_on=late, due_on=late),
        Handling("G", late, Nature.OTHER, agency=NAMES[1]),
    ]
    database.run_now(lambda unit: write(unit, [[one] for one in found]))
    stands = database.run_now(lambda unit: load.load(unit, day, calendar, "Văn phòng"))
    assert (stands.new, stands.open, stands.late, stands.conduct, stands.conduct_late) == (1, 6, 4, 1, 1)
    assert stands.agencies == (AgencyLoad(NAMES[0], 2, 2, 1, 14), AgencyLoad("Văn phòng", 1, 1, 0, 4))
    assert (stands.long, stands.worst) == (stands.agencies[:1], stands.agencies[1:])
    line = database.run_now(lambda unit: load.waiting(unit, day))
    assert line.said(Since()) == ["4 phản ánh quá hạn"]
    assert database.run_now(lambda unit: open_alike.recent(unit, day)) == [], "all of them were answered"
