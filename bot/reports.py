"""The progress report in chat: choose a period, read its figures, take its files, freeze it at the cut-off."""

from dataclasses import replace
from datetime import date

from actions import progress_reports
from actions.progress_reports import Made, kind
from bot import case_reports
from bot.authority import coordinator, viewer_of
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.outgoing import Choice
from domain.periods import Period, usual
from domain.periods_said import period_said
from messages.numerals import count
from messages.progress_summary import summary
from messages.render import upper_first
from storage.views import office, progress, snapshots

PERIOD = "report_period"
CASES = "report_cases"
FREEZE = "report_freeze"
PLANS = 8
"""So many plans are offered one by one."""

_OTHER = choice("Kỳ khác", Verb.REPORT, "menu")
_OVERVIEW = choice("Tổng hợp", Verb.DIGEST)


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer baocaoky: the report of the period typed behind it, or the question for one."""
    viewer_of(desk)
    return _anew(desk, period_said(text, desk.day)) if text.strip() else _ask(desk)


def _ask(desk: Desk) -> Reply:
    choices = [choice(label, Verb.REPORT, "make", one.code) for label, one in offered(desk.day)]
    more = [choice("Báo cáo phản ánh, kiến nghị", Verb.REPORT, "cases_menu"), choice("Huỷ", Verb.CANCEL)]
    return say("reports/ask_period", cases=False, step=PERIOD, choices=[*choices, *more])


def _ask_cases(desk: Desk) -> Reply:
    choices = [choice(label, Verb.REPORT, "cases", one.code) for label, one in offered(desk.day)]
    return say("reports/ask_period", cases=True, step=CASES, choices=[*choices, choice("Huỷ", Verb.CANCEL)])


def typed_cases(desk: Desk) -> Reply:
    """Take the period that was typed for the report on citizens' feedback."""
    viewer_of(desk)
    return case_reports.shown(desk, period_said(desk.incoming.text, desk.day))


def offered(day: date) -> list[tuple[str, Period]]:
    """Return the periods that are offered on a day, with their labels; one that is two of them stands once."""
    return [(upper_first(one.label), one) for one in usual(day)]


def typed(desk: Desk) -> Reply:
    """Take the period that was typed."""
    viewer_of(desk)
    return _anew(desk, period_said(desk.incoming.text, desk.day))


def press(desk: Desk, button: Button) -> Reply:
    """Ask for the period or the plan, make the report, make it of what was frozen, or ask whether to freeze it."""
    viewer_of(desk)
    act, plan_id = button.word(), button.number(2) or None
    if act == "menu":
        return _ask(desk)
    if act == "cases_menu":
        return _ask_cases(desk)
    period = Period.read(button.word(1))
    if act == "cases":
        return case_reports.shown(desk, period)
    if act == "make":
        return _anew(desk, period, plan_id)
    if act == "plans":
        return _ask_plan(desk, period)
    if act == "frozen":
        return _show(desk, progress_reports.frozen(desk.unit, period, plan_id=plan_id), plan_id)
    if act == "freeze":
        return _ask_freeze(desk, period, plan_id)
    raise NotFound("lựa chọn này")


def _anew(desk: Desk, period: Period, plan_id: int | None = None) -> Reply:
    return _show(desk, progress_reports.anew(desk.unit, period, desk.now, plan_id=plan_id), plan_id)


def _ask_plan(desk: Desk, period: Period) -> Reply:
    rows = [row for row in reversed(office.plan_list(desk.unit)) if row.state != "draft" and row.number]
    choices = [choice(progress.cited(row), Verb.REPORT, "make", period.code, row.id) for row in rows[:PLANS]]
    back = choice("Quay lại", Verb.REPORT, "make", period.code)
    return say(
        "reports/which_plan",
        period=period.label,
        shown=min(PLANS, len(rows)),
        total=len(rows),
        choices=[*choices, back],
    )


def _ask_freeze(desk: Desk, period: Period, plan_id: int | None) -> Reply:
    coordinator(desk)
    report = progress_reports.anew(desk.unit, period, desk.now, plan_id=plan_id).report
    now = report.totals()
    return say(
        "reports/confirm_freeze",
        label=period.label,
        plan=report.plan,
        day=desk.day,
        end=period.end,
        ended=desk.day >= period.end,
        total=count(now.total),
        on_time=count(now.on_time),
        late=count(now.late),
        open_in_time=count(now.open_in_time),
        open_overdue=count(now.open_overdue),
        before=snapshots.newest(desk.unit, kind(plan_id), period.code),
        step=FREEZE,
        data={"period": period.code, "plan": plan_id},
        choices=[
            choice("Chốt số liệu", Verb.YES, FREEZE),
            choice("Quay lại", Verb.BACK),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Freeze the figures and hand over the report made of them."""
    period, plan_id = Period.read(desk.data["period"]), desk.data["plan"]
    made = progress_reports.freeze(desk.unit, coordinator(desk), period, desk.now, plan_id=plan_id)
    return _show(desk, made, plan_id)


def back(desk: Desk, _button: Button) -> Reply:
    """Show the report again instead of freezing it."""
    viewer_of(desk)
    return _anew(desk, Period.read(desk.data["period"]), desk.data["plan"])


def _show(desk: Desk, made: Made, plan_id: int | None) -> Reply:
    """Answer with the figures in a few lines and both files."""
    reply = say(
        "reports/made",
        summary=summary(made.report, made.frozen_at),
        frozen=made.snapshot,
        choices=_next(desk, made, plan_id),
    )
    (message,) = reply.messages
    return Reply((replace(message, files=progress_reports.files(desk.unit, made)),), reply.conversation)


def _next(desk: Desk, made: Made, plan_id: int | None) -> list[Choice]:
    about = (made.report.period, *([plan_id] if plan_id else []))
    if made.snapshot is not None:
        return [choice("Lập từ số liệu hiện tại", Verb.REPORT, "make", *about), _OTHER, _OVERVIEW]
    kept = snapshots.newest(desk.unit, kind(plan_id), made.report.period)
    choices = [choice(f"Lập từ bản chốt số {kept.number}", Verb.REPORT, "frozen", *about)] if kept else []
    if desk.viewer is not None and desk.viewer.coordinates:
        choices.append(choice("Chốt số liệu kỳ này", Verb.REPORT, "freeze", *about))
    if len(made.report.plans) > 1 or plan_id:
        choices.append(choice("Chọn một kế hoạch", Verb.REPORT, "plans", made.report.period))
    choices.append(choice("Phản ánh, kiến nghị kỳ này", Verb.REPORT, "cases", made.report.period))
    return [*choices, _OTHER, _OVERVIEW]
