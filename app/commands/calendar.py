"""nhacviec calendar: the work calendar, shown and changed. What a change does is shown before it is written."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Annotated, Any

import typer

from actions import calendar as calendar_actions
from actions.calendar import Changed, Propose
from app.commands import console
from app.commands.console import Json
from domain.errors import ActRefused
from domain.workdays import DayKind, OfficeHours, Span, kind_named
from messages.render import render
from storage.database import Unit
from storage.views import calendar as calendar_views
from storage.views.calendar import CalendarYear

app = typer.Typer(help="Lịch làm việc: ngày nghỉ, ngày làm bù, giờ hành chính.")

Source = Annotated[str, typer.Option(help="Căn cứ: số, ký hiệu văn bản.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Chỉ cho xem ảnh hưởng, không ghi.")]
Yes = Annotated[bool, typer.Option("--yes", help="Ghi ngay, không hỏi lại.")]
Day = Annotated[str, typer.Argument(help="Ngày, ví dụ 2026-01-02 hoặc 02/01/2026.", metavar="NGÀY")]


@app.command("show", help="Các ngày khác thường của một năm, giờ hành chính, căn cứ.")
def show(year: Annotated[int | None, typer.Option(help="Năm; mặc định năm nay.")] = None, json: Json = False) -> None:
    """Show one year of the calendar in force."""
    wanted = console.now().year if year is None else year
    found: CalendarYear = console.run(lambda unit: calendar_views.of_year(unit, _year(wanted)))
    if json:
        console.show_json(_as_json(found))
    else:
        console.say(render("calendar/year", found=found))


def _as_json(found: CalendarYear) -> dict[str, Any]:
    return {
        "version": found.calendar.version,
        "source": found.source,
        "year": found.year,
        "confirmed": found.confirmed,
        "days": [{"day": one.day.isoformat(), "kind": one.kind.value, "source": one.source} for one in found.days],
        "hours": _hours_json(found.hours, found.hours_source),
    }


def _hours_json(hours: OfficeHours, source: str) -> dict[str, Any]:
    spans = {"morning": hours.morning, "afternoon": hours.afternoon}
    told = {name: [f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for name, span in spans.items()}
    return {**told, "source": source or None}


@app.command("add", help="Ghi một ngày nghỉ, ngày làm bù; hoán đổi ghi cả hai ngày một lần.")
def add(
    day: Day,
    kind: Annotated[str, typer.Option(help="nghỉ lễ, nghỉ bù, nghỉ hoán đổi, làm bù (hoặc holiday, bridge_off…).")],
    source: Source,
    swap_with: Annotated[str | None, typer.Option(help="Ngày đi cặp của hoán đổi.")] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Enter an exception, a swap as one act."""
    on, other, now = console.day(day, "NGÀY"), console.day(swap_with, "--swap-with"), console.now()
    if on is None:
        raise ActRefused("Chưa ghi ngày nào. Ghi như 2026-01-15 hoặc 15/01/2026.")
    _change(calendar_actions.adding(on, _kind(kind), source, now, other), now, dry_run=dry_run, yes=yes, json=json)


def _kind(words: str) -> DayKind:
    found = kind_named(words)
    if found is None:
        raise ActRefused(f"Loại ngày “{words}” không có. Chọn một trong: nghỉ lễ, nghỉ bù, nghỉ hoán đổi, làm bù.")
    return found


@app.command("remove", help="Gỡ một ngày khỏi lịch; của hoán đổi thì gỡ cả hai ngày.")
def remove(day: Day, source: Source, dry_run: DryRun = False, yes: Yes = False, json: Json = False) -> None:
    """Take an exception out."""
    on, now = console.day(day, "NGÀY"), console.now()
    if on is None:
        raise ActRefused("Chưa ghi ngày nào. Ghi như 2026-01-15 hoặc 15/01/2026.")
    _change(calendar_actions.removing(on, source), now, dry_run=dry_run, yes=yes, json=json)


@app.command("confirm", help="Xác nhận lịch nghỉ của một năm theo thông báo chính thức.")
def confirm(
    year: Annotated[int, typer.Argument(help="Năm.", metavar="NĂM")],
    source: Source,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Confirm a year."""
    now = console.now()
    _change(calendar_actions.confirming(_year(year), source), now, dry_run=dry_run, yes=yes, json=json)


def _year(year: int) -> int:
    if year not in console.YEARS:
        raise ActRefused(f"Năm {year} không hợp lệ. Ghi như 2027.")
    return year


def _change(propose: Propose, now: datetime, *, dry_run: bool, yes: bool, json: bool) -> None:
    """Show what a change would do, ask on a terminal, write it."""
    with console.store() as database:

        def preview(unit: Unit) -> Changed:
            return calendar_actions.preview(unit, propose, now, None)

        def write(shown: int | None) -> Callable[[Unit], Changed]:
            return lambda unit: calendar_actions.change(unit, propose, now, None, shown=shown)

        if dry_run:
            return _tell(database.run_now(preview), done=False, json=json)
        shown = None
        if not (yes or json) and console.asks():
            found = database.run_now(preview)
            _tell(found, done=False, json=False)
            if not console.agrees("Ghi vào lịch làm việc?"):
                raise ActRefused("Chưa ghi gì vào lịch làm việc.")
            shown = found.version
        return _tell(database.run_now(write(shown)), done=True, json=json)


def _tell(found: Changed, *, done: bool, json: bool) -> None:
    if json:
        console.show_json({**found.to_json(), "dry_run": not done})
    else:
        console.say(calendar_actions.said(found, done=done))


@app.command("hours", help="Giờ hành chính; thêm hai khoảng giờ và --source để đặt.")
def hours(
    morning: Annotated[str | None, typer.Argument(help="Buổi sáng, ví dụ 07:30-11:30.", metavar="SÁNG")] = None,
    afternoon: Annotated[str | None, typer.Argument(help="Buổi chiều, ví dụ 13:30-17:00.", metavar="CHIỀU")] = None,
    source: Annotated[str, typer.Option(help="Căn cứ: số, ký hiệu văn bản.")] = "",
    json: Json = False,
) -> None:
    """Show the office hours, or set them."""
    if morning is not None or afternoon is not None:
        wanted = _hours(morning, afternoon)
        console.run(lambda unit: calendar_actions.set_hours(unit, wanted, source, console.now(), None))
    found: CalendarYear = console.run(lambda unit: calendar_views.of_year(unit, console.now().year))
    if json:
        console.show_json(_hours_json(found.hours, found.hours_source))
        return
    console.say(f"Giờ hành chính: {found.hours.morning.said}, {found.hours.afternoon.said}")
    console.say(f"Căn cứ: {found.hours_source or 'mặc định của chương trình'}")


_HOURS_WRONG = "Giờ hành chính chưa đúng. Ghi hai khoảng giờ không chồng nhau, ví dụ: 07:30-11:30 13:30-17:00."


def _hours(morning: str | None, afternoon: str | None) -> OfficeHours:
    try:
        return OfficeHours(*(_span(text or "") for text in (morning, afternoon)))
    except ValueError:
        raise ActRefused(_HOURS_WRONG) from None


def _span(text: str) -> Span:
    opens, closes = (time.fromisoformat(one.strip()) for one in text.replace("–", "-").split("-"))
    return Span(opens, closes)
