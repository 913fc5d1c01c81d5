"""A coordinator opens a form in chat: the period, the units, the last day; or a task's table by a heading."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from actions import collections as actions
from actions import dates, tables_sent
from actions.collections import PERIODIC, TASK, Form
from bot.authority import coordinator
from bot.desk import Desk, Reply, say, sentence
from bot.help_texts import stale
from bot.reports import offered
from domain.buttons import Button, Verb, choice
from domain.collections import Outline, from_json, to_json
from domain.conversation import Conversation
from domain.errors import ActRefused, NotFound
from domain.incoming import IncomingFile
from domain.local import long_day
from domain.periods import Period
from domain.periods_said import period_said
from domain.words import squeeze
from storage.views import AnyRow, collections, office, work

PERIOD = "collect_period"
UNITS = "collect_units"
DUE = "collect_due"
TASK_CODE = "collect_task"
CONFIRM = "collect_confirm"

QUESTIONS = (PERIOD, UNITS, DUE)
"""Asked in this order."""

_CANCEL = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)
_LIST = choice("Các đợt thu thập", Verb.COLLECTION, "list")

_GROUPS = ("Các sở, ban, ngành", "UBND cấp xã", "Các sở, ban, ngành; UBND cấp xã")


def begin(desk: Desk) -> Reply:
    """Ask for the period of the report that is collected."""
    coordinator(desk)
    return _ask(desk, PERIOD, {})


def _ask(desk: Desk, step: str, data: dict[str, Any]) -> Reply:
    """Ask one of the questions."""
    return say(
        "forms/ask_open",
        question=step.removeprefix("collect_"),
        outline=_outline(desk, data),
        label=_label(data),
        step=step,
        data=data,
        choices=[
            *(choice(label, Verb.COLLECTION, "say", word) for label, word in _offers(desk, step, data)),
            _LIST if step == _first(data) else _BACK,
            _CANCEL,
        ],
    )


def _outline(desk: Desk, data: dict[str, Any]) -> Outline:
    """Return the form that is being opened: a task's own, else the periodic report's."""
    return from_json(data["outline"]) if "outline" in data else actions.outline(desk.unit)


def _label(data: dict[str, Any]) -> str:
    if "outline" in data:
        return str(data["outline"]["title"])
    return Period.read(data["period"]).label if "period" in data else ""


def _first(data: dict[str, Any]) -> str:
    """Return the question that nothing stands before."""
    return DUE if "outline" in data else PERIOD


def _offers(desk: Desk, step: str, data: dict[str, Any]) -> list[tuple[str, str]]:
    if step == PERIOD:
        return [(label[:1].upper() + label[1:], one.code) for label, one in offered(desk.day)]
    if step == UNITS:
        return [(name, str(at)) for at, name in enumerate(_GROUPS)]
    calendar = office.calendar(desk.unit)
    cut_off = desk.day if "outline" in data else Period.read(data["period"]).cut_off()[1]
    days = dict.fromkeys((calendar.add(max(cut_off, desk.day), 2), calendar.add(desk.day, 5)))
    return [(f"Hạn {long_day(day)}", day.isoformat()) for day in days]


def said(desk: Desk, word: str) -> Reply:
    """Take an offered answer; that of another question is told to be over."""
    step = desk.conversation.step
    if step not in QUESTIONS:
        return stale(desk)
    at = int(word) if word.isdigit() and len(word) < 3 else -1
    return _taken(desk, _GROUPS[at] if step == UNITS and 0 <= at < len(_GROUPS) else word)


def answer(desk: Desk) -> Reply:
    """Take what was typed."""
    coordinator(desk)
    return _taken(desk, squeeze(desk.incoming.text))


def _taken(desk: Desk, text: str) -> Reply:
    step, data = desk.conversation.step, desk.data
    if step == PERIOD:
        return _ask(desk, UNITS, {**data, "period": period_said(text, desk.day).code})
    if step == UNITS:
        ids = actions.units_named(desk.unit, text, desk.day)
        if not ids:
            raise NotFound("đơn vị nào như vậy")
        return _ask(desk, DUE, {**data, "units": list(ids), "named": text})
    due = _day(text) or dates.read_due(text, desk.now)
    return _review(desk, {**data, "due": due.isoformat()})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    step = desk.conversation.step
    at = QUESTIONS.index(step) if step in QUESTIONS else len(QUESTIONS)
    return _ask(desk, QUESTIONS[max(at - 1, QUESTIONS.index(_first(desk.data)))], desk.data)


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    return say(
        "forms/confirm_open",
        outline=_outline(desk, data),
        label=_label(data),
        count=len(data["units"]),
        named=data["named"],
        due=date.fromisoformat(data["due"]),
        step=CONFIRM,
        data=data,
        choices=[
            choice("Mở đợt và báo các đơn vị", Verb.YES, CONFIRM, data["period"], data["due"], len(data["units"])),
            _BACK,
            _CANCEL,
        ],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Open the form that was shown."""
    data, outline = desk.data, _outline(desk, desk.data)
    period, task = Period.read(data["period"]), data.get("task")
    form = Form(
        TASK if task else PERIODIC,
        period.code,
        outline.title if task else f"{outline.title}, {period.label}",
        outline,
        tuple(data["units"]),
        date.fromisoformat(data["due"]),
        task,
    )
    made = actions.open_form(desk.unit, coordinator(desk), form, desk.now)
    return say(
        "forms/opened",
        form=collections.get(desk.unit, made.id),
        units=made.units,
        unreached=made.unreached,
        choices=[choice("Xem đợt này", Verb.COLLECTION, "show", made.id), _LIST],
    )


def ask_task(desk: Desk, file: IncomingFile) -> Reply:
    """Ask for which task the workbook's columns are collected."""
    coordinator(desk)
    return say("forms/ask_task", name=file.name, step=TASK_CODE, data={"file": asdict(file)}, choices=[_LIST, _CANCEL])


def task_named(desk: Desk) -> Reply:
    """Take the code of the task, and have the workbook's heading read."""
    viewer, code = coordinator(desk), squeeze(desk.incoming.text).upper()
    found = work.by_code(desk.unit, code, desk.day)
    if found is None:
        raise ActRefused(f"Không có việc nào mang mã {code[:20]}. Xin gõ mã một việc của nhiệm vụ, như NV-0012.")
    file = IncomingFile(**desk.data["file"])
    about = {"task": found.task_id, "title": f"Số liệu: {found.content}"[:250]}
    here = (desk.endpoint_id, desk.incoming.channel)
    tables_sent.begin(desk.unit, viewer, *here, file, tables_sent.COLUMNS, about, desk.now)
    return sentence(f"Đã nhận tệp “{file.name}”, đang đọc dòng tiêu đề. Kết quả được gửi tại đây ngay sau đó.")


def columns_shown(intake: AnyRow, outline: Outline) -> Reply:
    """Show which columns a workbook's heading makes."""
    choices = (choice("Chọn hạn gửi", Verb.COLLECTION, "take", intake.id), _CANCEL)
    reply = say("forms/columns", outline=outline, columns=outline.tables[0].columns, choices=choices)
    return replace(reply, conversation=Conversation(choices=tuple((one.label, one.key) for one in choices)))


def with_columns(desk: Desk, intake_id: int) -> Reply:
    """Go on with a task's form: its units are the agencies that lead the task."""
    row, outline = tables_sent.columns_kept(desk.unit, coordinator(desk), intake_id)
    works = work.of_task(desk.unit, row.data["task"], desk.day)
    units = {one.agency_id: one.agency for one in works}
    data = {
        "task": row.data["task"],
        "outline": to_json(outline),
        "period": Period.quarter_of(desk.day).code,
        "units": list(units),
        "named": "; ".join(units.values()),
    }
    return _ask(desk, DUE, data)
