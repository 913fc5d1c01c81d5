"""nhacviec rehearse: a plan played through on a virtual clock, nothing sent."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from app import house_rules, logs
from app.commands import console
from app.commands.console import Json
from app.house_rules import HouseRules
from app.reading import read_plan
from app.rehearsal import Answers, Script, rehearse
from app.tables import read_directory
from domain.agencies import Agency
from domain.errors import ActRefused
from domain.local import long_day, short_day
from domain.plans import Draft, from_json
from domain.rehearsals import Heard, Rehearsed, by_day, by_person
from messages import rehearsal_book
from messages.render import number
from storage.database import Unit
from storage.views import office, review

MOST = 10
"""So many people and days are listed; the workbook has them all."""

_DIGITS = len(str(console.LARGEST_ID))
"""A longer row of digits is no id, and some thousands of them no number that Python reads."""


def command(
    plan: Annotated[str, typer.Argument(help="Mã kế hoạch đã nhập, hoặc tệp kế hoạch.", metavar="KẾ_HOẠCH")],
    first: Annotated[str, typer.Option("--from", help="Ngày đầu, ví dụ 2026-01-12.")],
    last: Annotated[str, typer.Option("--to", help="Ngày cuối.")],
    agencies: Annotated[Path | None, typer.Option(help="Danh mục cơ quan; mặc định là danh mục đã nhập.")] = None,
    answers: Annotated[
        str, typer.Option(help="none: không ai trả lời; prompt: báo trước hạn; late: báo muộn.")
    ] = "none",
    texts: Annotated[bool, typer.Option(help="In cả nội dung từng tin.")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="Ghi mọi tin vào một tệp Excel.")] = None,
    json: Json = False,
) -> None:
    """Rehearse a plan over some days."""
    logs.set_up("text")  # standard output holds messages alone
    start, end = console.day(first, "--from"), console.day(last, "--to")
    if start is None or end is None or end < start:
        raise ActRefused("Ngày --to phải từ ngày --from trở đi.")
    how = _answers(answers)
    _check_writable(xlsx)
    found = rehearse(_script(plan, agencies, start, end, how))
    if xlsx is not None:
        rehearsal_book.write(xlsx, found)
    if json:
        for one in found.messages:
            console.show_json_line(_row(one))
        for sentence in found.breaches:
            console.err.print(sentence, markup=False)
        return
    _tell(found)
    if texts:
        _tell_texts(found)
    if xlsx is not None:
        console.say(f"Đã ghi {xlsx}.")


def _answers(text: str) -> Answers:
    for known in get_args(Answers):
        if text == known:
            return known  # type: ignore[no-any-return] # one of the literal's own values
    raise ActRefused(f"--answers “{text}” không hợp lệ. Dùng none, prompt hoặc late.")


def _check_writable(path: Path | None) -> None:
    """Refuse a workbook that could not be written, before a year is played through for it."""
    if path is not None and (path.is_dir() or not path.resolve().parent.is_dir()):
        raise ActRefused(f"Không ghi được tệp “{path}” ở --xlsx. Chọn một tệp .xlsx trong thư mục đã có.")


def _script(plan: str, agencies: Path | None, first: date, last: date, answers: Answers) -> Script:
    """Return what is to be rehearsed; the office's own rules count wherever the office is asked for anything."""
    is_id = plan.isascii() and plan.isdigit() and len(plan) <= _DIGITS and int(plan) <= console.LARGEST_ID
    plan_id = int(plan) if is_id and not Path(plan).exists() else None
    given = read_directory(agencies) if agencies else None
    draft = read_plan(Path(plan)).draft if plan_id is None else None

    def ask(unit: Unit) -> tuple[Draft, list[Agency], HouseRules]:
        own = list(office.directory(unit)) if given is None else given
        return draft or _kept(unit, plan_id or 0), own, house_rules.of_office(unit, plan_id)

    rules = HouseRules()
    if draft is None or given is None:
        draft, given, rules = console.run(ask)
    if not given:
        raise ActRefused("Chưa có danh mục cơ quan: thêm --agencies TỆP, hoặc nhập bằng nhacviec agency import TỆP.")
    settings = console.settings()
    said = {"NHACVIEC_HOTLINE": settings.hotline}
    if settings.culture_day_off is not None:
        said["NHACVIEC_CULTURE_DAY_OFF"] = str(int(settings.culture_day_off))
    return Script(draft, given, first, last, answers, rules, said)


def _kept(unit: Unit, plan_id: int) -> Draft:
    """Return the draft of an imported plan, with the number and the date that it was given."""
    kept = review.as_read(unit, plan_id)
    draft = from_json(kept.draft)
    return replace(draft, document=replace(draft.document, number=kept.number, date=kept.date))


def _row(one: Heard) -> dict[str, Any]:
    return {
        "at": one.at.isoformat(timespec="seconds"),
        "recipient": one.recipient,
        "role": one.role.value,
        "agency": one.agency,
        "kind": one.kind,
        "subjects": [
            {"code": about.code, "kind": about.kind, "due_on": about.due_on.isoformat() if about.due_on else None}
            for about in one.subjects
        ],
        "channel": one.channel,
        "text": one.text,
    }


def _tell(found: Rehearsed) -> None:
    people, days = by_person(found.messages), by_day(found.messages)
    console.say(
        f"Diễn tập {found.plan}, {short_day(found.first)} đến {short_day(found.last)}: "
        f"{number(sum(one.messages for one in people))} tin cho {number(len(people))} người, không gửi đi."
    )
    if people:
        fullest = min(people, key=lambda one: (-one.most_in_week, one.week, one.recipient))
        console.say(
            f"Nhiều nhất trong một tuần: {fullest.most_in_week} tin "
            f"({fullest.recipient}, tuần từ {short_day(fullest.week)})."
        )
    _tell_breaches(found)
    console.table(
        "Người nhận nhiều nhất",
        ["Người", "Số tin", "Nhiều nhất một tuần", "Tuần từ"],
        [[one.recipient, str(one.messages), str(one.most_in_week), short_day(one.week)] for one in people[:MOST]],
    )
    busiest = sorted(days, key=lambda one: (-one.messages, one.day))[:MOST]
    console.table(
        "Ngày nhiều tin nhất", ["Ngày", "Số tin"], [[long_day(one.day), str(one.messages)] for one in busiest]
    )


def _tell_breaches(found: Rehearsed) -> None:
    if not found.breaches:
        console.say("Đã kiểm: mọi tin trong giờ hành chính; mỗi người mỗi ngày nhiều nhất một tin, trừ tin khẩn.")
        return
    console.say(f"CHƯA ĐẠT, {len(found.breaches)} chỗ:")
    for sentence in found.breaches:
        console.say(f"- {sentence}")


def _tell_texts(found: Rehearsed) -> None:
    for one in found.messages:
        console.say(f"\n──── {one.at:%H:%M} {long_day(one.at.date())} · {one.recipient}\n{one.text}")
