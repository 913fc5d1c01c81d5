"""The periodic report in chat: choose a period, take its files, freeze it."""

from dataclasses import replace

from actions import periodic as actions
from actions import progress_reports
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.reports import offered
from domain.buttons import Button, Verb, choice
from domain.periodic import Periodic
from domain.periods import Period
from domain.periods_said import period_said
from domain.snapshots import Snapshot
from messages import periodic_paper, workbook
from messages.official import MEDIA_TYPE

PERIOD = "periodic_period"
FREEZE = "periodic_freeze"

_MENU = choice("Thu thập, báo cáo định kỳ", Verb.COLLECTION, "list")


def press(desk: Desk, button: Button) -> Reply:
    """Ask for a period, make the report of one, or ask whether to freeze it."""
    coordinator(desk)
    if button.word() == "make":
        return _made(desk, Period.read(button.word(1)))
    if button.word() == "freeze":
        return _ask_freeze(desk, Period.read(button.word(1)))
    if button.word() == "frozen":
        return _shown(desk, *actions.frozen(desk.unit, Period.read(button.word(1))))
    return _ask(desk)


def _ask(desk: Desk) -> Reply:
    choices = [
        choice(label[:1].upper() + label[1:], Verb.PERIODIC, "make", one.code) for label, one in offered(desk.day)
    ]
    return say("forms/ask_period", step=PERIOD, choices=[*choices, _MENU, choice("Huỷ", Verb.CANCEL)])


def typed(desk: Desk) -> Reply:
    """Take the period that was typed."""
    coordinator(desk)
    return _made(desk, period_said(desk.incoming.text, desk.day))


def _made(desk: Desk, period: Period) -> Reply:
    return _shown(desk, actions.gather(desk.unit, period, desk.now), None)


def _shown(desk: Desk, report: Periodic, kept: Snapshot | None) -> Reply:
    about = progress_reports.letterhead(desk.unit, kept.at if kept else None)
    name = f"bao-cao-kstt-{report.period}"
    files = (
        desk.unit.shelf.put(periodic_paper.paper(report, about), f"{name}.docx", MEDIA_TYPE),
        desk.unit.shelf.put(periodic_paper.book(report), f"{name}.xlsx", workbook.MEDIA_TYPE),
    )
    freeze = [] if kept else [choice("Chốt số liệu", Verb.PERIODIC, "freeze", report.period)]
    reply = say(
        "forms/periodic",
        report=report,
        label=report.span.label,
        kept=kept,
        choices=[*freeze, choice("Bản đã chốt", Verb.PERIODIC, "frozen", report.period), _MENU],
    )
    return replace(reply, messages=(replace(reply.messages[0], files=files),))


def _ask_freeze(desk: Desk, period: Period) -> Reply:
    report = actions.gather(desk.unit, period, desk.now)
    return say(
        "forms/confirm_freeze",
        report=report,
        label=period.label,
        early=desk.day <= report.cut_off,
        step=FREEZE,
        data={"period": period.code},
        choices=[
            choice("Chốt số liệu", Verb.YES, FREEZE, period.code),
            choice("Quay lại", Verb.PERIODIC, "make", period.code),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Freeze the report and hand its files over."""
    period = Period.read(desk.data["period"])
    kept = actions.freeze(desk.unit, coordinator(desk), period, desk.now)
    report, _ = actions.frozen(desk.unit, period)
    return _shown(desk, report, kept)
