"""Tables of other systems in a coordinator's chat: a workbook comes in, is read, shown, and put in force."""

from dataclasses import asdict

from actions import tables_sent
from actions.figures import Imported
from bot.authority import coordinator
from bot.desk import Desk, Reply, say, sentence
from bot.reports import offered
from domain.buttons import Button, Verb, choice
from domain.figures import SERIES
from domain.incoming import IncomingFile
from domain.periods import Period
from domain.periods_said import period_said
from storage.views import AnyRow, figures

SERIES_STEP = "figures_series"
PERIOD = "figures_period"

RECEIVED = "Đã nhận tệp “{name}”, đang đọc. Kết quả được gửi tại đây ngay sau đó."

_CANCEL = choice("Huỷ", Verb.CANCEL)


def is_table(file: IncomingFile) -> bool:
    """Whether a file is a workbook by its name."""
    return file.name.lower().endswith((".xlsx", ".xlsm"))


def ask_what(_desk: Desk, file: IncomingFile, *, evidence: bool, step: str) -> Reply:
    """Ask what a coordinator's workbook is."""
    more = [choice("Kết quả của một việc", Verb.INTAKE, "evidence")] if evidence else []
    return say(
        "forms/ask_table",
        name=file.name,
        step=step,
        data={"file": asdict(file)},
        choices=[
            choice("Kế hoạch cần nhập", Verb.INTAKE, "plan"),
            choice("Bảng số liệu", Verb.INTAKE, "figures"),
            choice("Danh sách phản ánh, kiến nghị", Verb.INTAKE, "cases"),
            choice("Biểu mẫu thu thập cho một nhiệm vụ", Verb.INTAKE, "columns"),
            *more,
            _CANCEL,
        ],
    )


def ask_series(desk: Desk, file: IncomingFile) -> Reply:
    """Ask which figures the workbook holds."""
    coordinator(desk)
    return say(
        "forms/ask_series",
        name=file.name,
        step=SERIES_STEP,
        data={"file": asdict(file)},
        choices=[
            *(
                choice(one.label[:1].upper() + one.label[1:], Verb.FIGURES, "series", name)
                for name, one in SERIES.items()
            ),
            _CANCEL,
        ],
    )


def press(desk: Desk, button: Button) -> Reply:
    """List the tables in force, take the answers about a file, or put one that was read in force."""
    coordinator(desk)
    word = button.word()
    if word == "take":
        return _take(desk, button.number(1))
    if word == "series" and desk.conversation.step == SERIES_STEP and button.word(1) in SERIES:
        return _ask_period(desk, button.word(1))
    if word == "period" and desk.conversation.step == PERIOD:
        return _begin(desk, Period.read(button.word(1)))
    return listing(desk)


def listing(desk: Desk) -> Reply:
    """Show the tables in force."""
    rows = figures.listed(desk.unit)
    return say(
        "forms/figures",
        rows=[(row, SERIES[row.series].label) for row in rows[:12]],
        more=len(rows[12:]),
        choices=[choice("Thu thập, báo cáo định kỳ", Verb.COLLECTION, "list")],
    )


def _ask_period(desk: Desk, series: str) -> Reply:
    choices = [
        choice(label[:1].upper() + label[1:], Verb.FIGURES, "period", one.code) for label, one in offered(desk.day)
    ]
    return say(
        "forms/ask_figures_period",
        label=SERIES[series].label,
        step=PERIOD,
        data={**desk.data, "series": series},
        choices=[*choices, _CANCEL],
    )


def typed(desk: Desk) -> Reply:
    """Take the period that was typed."""
    coordinator(desk)
    return _begin(desk, period_said(desk.incoming.text, desk.day))


def _begin(desk: Desk, period: Period) -> Reply:
    file = IncomingFile(**desk.data["file"])
    about = {"series": desk.data["series"], "period": period.code}
    tables_sent.begin(
        desk.unit,
        coordinator(desk),
        desk.endpoint_id,
        desk.incoming.channel,
        file,
        tables_sent.FIGURES,
        about,
        desk.now,
    )
    return sentence(RECEIVED.format(name=file.name))


def shown(intake: AnyRow, tried: Imported) -> Reply:
    """Show what a table holds, to be put in force or not."""
    yes = [] if tried.again else [choice("Nhập số liệu", Verb.FIGURES, "take", intake.id)]
    return say(
        "forms/figures_read",
        name=intake.name,
        label=SERIES[intake.data["series"]].label,
        period=Period.read(intake.data["period"]).label,
        tried=tried,
        choices=[*yes, _CANCEL],
    )


def _take(desk: Desk, intake_id: int) -> Reply:
    row, done = tables_sent.take_figures(desk.unit, coordinator(desk), intake_id, desk.now)
    return say(
        "forms/figures_taken",
        label=SERIES[row.data["series"]].label,
        period=Period.read(row.data["period"]).label,
        done=done,
        choices=[
            choice("Số liệu đã nhập", Verb.FIGURES, "list"),
            choice("Danh sách công khai", Verb.PUBLICATION, "list"),
        ],
    )
