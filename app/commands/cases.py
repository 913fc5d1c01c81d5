"""nhacviec case: citizens' feedback for scripts and for the terminal; who reports is never shown."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from actions.cases import forwarding, numbering, papers, rerouting
from actions.cases.forwarding import Handed, Transfer
from app.commands import case_lists, console
from app.commands import papers as paper_files
from app.commands.case_words import agency_id_of, case_of, source_named, states_named
from app.commands.console import Json
from domain.case_papers import paper_named
from domain.cases import happenings
from domain.cases.decisions import Source
from domain.cases.lifecycle import State
from domain.errors import ActRefused
from domain.local import local, long_day, short_day, today
from storage.database import Unit
from storage.types import AnyRow
from storage.views.cases import cards, lists

app = typer.Typer(help="Phản ánh, kiến nghị.")

Code = Annotated[str, typer.Argument(help="Mã PAKN.", metavar="MÃ")]
_ON_SCREEN, _ALL = 200, 100_000


@app.command("list", help="Các phản ánh, kiến nghị, cũ trước.")
def list_cases(
    state: Annotated[str | None, typer.Option(help="Một trạng thái, hoặc open (đang mở).")] = None,
    agency: Annotated[str | None, typer.Option(help="Mã cơ quan xử lý.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Chỉ việc quá hạn.")] = False,
    source: Annotated[str | None, typer.Option(help="Nguồn: national, chat, phone…")] = None,
    since: Annotated[str | None, typer.Option(help="Tiếp nhận từ ngày.")] = None,
    until: Annotated[str | None, typer.Option(help="Tiếp nhận đến ngày.")] = None,
    words: Annotated[str, typer.Option("--words", help="Có những chữ này.")] = "",
    unposted: Annotated[
        bool, typer.Option("--unposted", help="Đã trả lời, chưa ghi là đã đăng trên hệ thống quốc gia.")
    ] = False,
    spam: Annotated[bool, typer.Option("--spam", help="Danh sách tin rác.")] = False,
    limit: Annotated[int | None, typer.Option(help="Nhiều nhất bao nhiêu.", min=1, max=_ALL)] = None,
    after: Annotated[str | None, typer.Option(help="Tiếp sau mã này.")] = None,
    json: Json = False,
) -> None:
    """List citizens' cases."""
    day, most = today(console.now()), limit or (_ALL if json else _ON_SCREEN)
    first, last = console.day(since, "--since"), console.day(until, "--until")

    def ask(unit: Unit) -> list[AnyRow]:
        wanted = lists.Wanted(
            states=states_named(state),
            agency_id=agency_id_of(unit, agency),
            source=source_named(source).value if source else "",
            words=words,
            late_on=day if late else None,
            since=first,
            until=last,
            unposted=unposted,
            spam=spam,
        )
        before = case_of(unit, after).id if after else None
        return list(lists.listed(unit, None, wanted, limit=most + 1, before=before, oldest=True))

    found = console.run(ask)
    if json:
        console.show_json([_case(one, day) for one in found[:most]])
        return
    rows = [
        [one.code, State(one.state).label, one.agency or one.about, short_day(one.received_on), _due(one, day)]
        for one in found[:most]
    ]
    console.table("Phản ánh, kiến nghị", ["Mã", "Trạng thái", "Cơ quan", "Nhận", "Hạn"], rows)
    if len(found) > most:
        console.say(f"Còn nữa: thêm --after {found[most - 1].code}")


def _due(one: AnyRow, day: date) -> str:
    if one.due_on is None or not State(one.state).is_open:
        return ""
    return f"{short_day(one.due_on)}{', quá hạn' if one.due_on < day else ''}"


def _case(one: AnyRow, day: date) -> dict[str, Any]:
    return {
        "code": one.code,
        "state": one.state,
        "agency": one.agency_code,
        "received_on": one.received_on.isoformat(),
        "due_on": _iso(one.due_on),
        "class": one.legal_class,
        "kind": one.kind,
        "about": one.about,
        "late": State(one.state).is_open and one.due_on is not None and one.due_on < day,
        "source": one.source,
        "external_code": one.external_code,
        "field": one.field,
        "urgency": one.urgency,
        "answered_on": _iso(one.answered_on),
        "bounces": one.bounces,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


@app.command("show", help="Một phản ánh, kiến nghị: hạn và lý do, các bước đã qua, số văn bản.")
def show_case(code: Code, json: Json = False) -> None:
    """Show one case."""
    day = today(console.now())

    def ask(unit: Unit) -> tuple[AnyRow, dict[str, Any]]:
        whole = case_of(unit, code)
        found = cards.by_id(unit, whole.id)
        assert found is not None
        return found, {**_case(found, day), **_more(unit, whole)}

    found, shown = console.run(ask)
    if json:
        console.show_json(shown)
        return
    console.say(_card(found, shown))


def _more(unit: Unit, case: AnyRow) -> dict[str, Any]:
    history = cards.history(unit, case.id)
    names = cards.names_of(unit, [one.person_id for one in history if one.person_id])
    numbers = ("incoming_number", "incoming_on", "forward_number", "forward_on", "posted_on", "posted_url")
    return {
        "content": case.content,
        "explanation": cards.explanation(unit, case.id),
        **{name: value.isoformat() if isinstance(value := getattr(case, name), date) else value for name in numbers},
        "outside": case.outside or None,
        "due_dates": [{"due_on": _iso(one.due_on), "reason": one.reason} for one in cards.due_history(unit, case.id)],
        "answers": [
            {"state": one.state, "number": one.number, "date": _iso(one.date), "outcome": one.outcome, "text": one.text}
            for one in cards.answers_of(unit, case.id)
        ],
        "history": [
            {
                "at": local(one.at).isoformat(timespec="seconds"),
                "act": one.act,
                "state": one.state,
                "by": names.get(one.person_id),
                "text": one.text,
            }
            for one in history
        ],
    }


def _card(found: AnyRow, shown: dict[str, Any]) -> str:
    """Return a case for the terminal."""
    state = State(found.state)
    by = "trả lời" if state.is_with_agency else "chuyển"
    due = f", {by} trước hết {long_day(found.due_on)}" if found.due_on is not None and state.is_open else ""
    source = f"{Source(found.source).label}{f' ({found.external_code})' if found.external_code else ''}"
    lines = [
        f"{found.code} · {state.label}",
        f"Nhận ngày {long_day(found.received_on)} qua {source}{due}",
        shown["explanation"] if state.is_open else "",
        f"Cơ quan xử lý: {found.agency or shown['outside']}" if found.agency or shown["outside"] else "",
        f"Về: {found.about}" if found.about else "",
        found.content,
        *(f"- {datetime.fromisoformat(one['at']):%H:%M %d/%m/%Y}: {_step(one)}" for one in shown["history"]),
    ]
    return "\n".join(one for one in lines if one)


def _step(one: dict[str, Any]) -> str:
    who = f" ({one['by']})" if one["by"] else ""
    return f"{happenings.said(one['act'])}{who}{': ' if one['text'] else ''}{one['text']}"


@app.command("forward", help="Ghi việc chuyển một phản ánh đến cơ quan xử lý; cơ quan được báo.")
def forward(
    code: Code,
    agency: Annotated[str, typer.Argument(help="Mã cơ quan.", metavar="CƠ QUAN")],
    number: Annotated[str, typer.Option(help="Số văn bản chuyển.")] = "",
    on: Annotated[str | None, typer.Option("--date", help="Ngày văn bản chuyển.")] = None,
    json: Json = False,
) -> None:
    """Pass a case on."""
    day, now = console.day(on, "--date"), console.now()

    def act(unit: Unit) -> Handed:
        agency_id = agency_id_of(unit, agency)
        assert agency_id is not None
        return forwarding.forward(unit, None, case_of(unit, code).id, agency_id, Transfer(number, day), now)

    done = console.run(act)
    if json:
        console.show_json({"due_on": _iso(done.due_on), "told": done.hear, "by_document": done.by_document})
        return
    due = f"trả lời trước hết {long_day(done.due_on)}" if done.due_on else "tỉnh chưa đặt thời hạn trả lời"
    told = "gửi bằng văn bản" if done.by_document else _told(done.hear)
    console.say(f"Đã chuyển {code.upper()}: {due}; {told}.")


def _told(hear: int) -> str:
    return f"{hear} người được báo" if hear else "chưa có ai của cơ quan nhận tin ở đây, xin gửi công văn"


@app.command("posted", help="Ghi ngày kết quả được đăng trên hệ thống quốc gia, và đường dẫn.")
def note_posted(
    code: Code,
    on: Annotated[str | None, typer.Option("--on", help="Ngày đăng; mặc định hôm nay.")] = None,
    link: Annotated[str | None, typer.Option(help="Đường dẫn.")] = None,
) -> None:
    """Note that a result stands in the national system."""
    day, now = console.day(on, "--on") or today(console.now()), console.now()
    given: dict[str, Any] = {"posted_on": day, **({"posted_url": link} if link else {})}
    console.run(lambda unit: rerouting.record_numbers(unit, None, case_of(unit, code).id, now, **given))
    console.say(f"Đã ghi {code.upper()}: đăng trên hệ thống quốc gia ngày {short_day(day)}.")


@app.command("numbers", help="Ghi số, ngày văn bản đến, chuyển, trả lời; mã ở hệ thống khác.")
def numbers(
    code: Code,
    incoming_number: Annotated[str | None, typer.Option("--incoming-number", help="Số đến.")] = None,
    incoming_on: Annotated[str | None, typer.Option("--incoming-on", help="Ngày đến.")] = None,
    forward_number: Annotated[str | None, typer.Option("--forward-number", help="Số văn bản chuyển.")] = None,
    forward_on: Annotated[str | None, typer.Option("--forward-on", help="Ngày văn bản chuyển.")] = None,
    answer_number: Annotated[str | None, typer.Option("--answer-number", help="Số văn bản trả lời.")] = None,
    answer_on: Annotated[str | None, typer.Option("--answer-on", help="Ngày văn bản trả lời.")] = None,
    external_code: Annotated[str | None, typer.Option("--external-code", help="Mã ở hệ thống khác.")] = None,
) -> None:
    """Write numbers and days of documents."""
    now, answered_on = console.now(), console.day(answer_on, "--answer-on")
    if answered_on is not None and answer_number is None:
        raise ActRefused("--answer-on cần đi cùng --answer-number.")
    said: dict[str, str | date | None] = {
        "incoming_number": incoming_number,
        "incoming_on": console.day(incoming_on, "--incoming-on"),
        "forward_number": forward_number,
        "forward_on": console.day(forward_on, "--forward-on"),
        "external_code": external_code,
    }
    given: dict[str, Any] = {name: value for name, value in said.items() if value}
    if not given and answer_number is None:
        raise ActRefused("Chưa ghi số hay ngày nào. Thêm ít nhất một tuỳ chọn, ví dụ --incoming-number 123.")

    def act(unit: Unit) -> None:
        case_id = case_of(unit, code).id
        if given:
            rerouting.record_numbers(unit, None, case_id, now, **given)
        if answer_number is not None:
            numbering.number_answer(unit, None, case_id, answer_number, answered_on, now)

    console.run(act)
    console.say(f"Đã ghi {code.upper()}.")


@app.command("paper", help="Lập một văn bản về phản ánh (dự thảo, để trống số) ra tệp Word.")
def paper(
    code: Code,
    file: Annotated[Path, typer.Argument(help="Tệp .docx sẽ ghi.", metavar="TỆP")],
    kind: Annotated[str, typer.Option(help="chuyen, khong-tiep-nhan, bo-sung, tra-loi hoặc tiep-nhan.")],
    agency: Annotated[str | None, typer.Option(help="Cơ quan nhận, khi chưa chuyển (mã).")] = None,
) -> None:
    """Write a paper."""
    paper_files.check(file, "TỆP", ".docx")
    wanted, now = paper_named(kind), console.now()
    content = console.run(
        lambda unit: papers.write(unit, None, case_of(unit, code).id, wanted, now, agency_id=agency_id_of(unit, agency))
    )
    paper_files.write([(file, content)])
    console.say(f"Đã ghi {wanted.label} vào {file}.")


app.command("import", help="Nhập danh sách .xlsx từ hệ thống quốc gia; nhập lại thì cập nhật, không nhân đôi.")(
    case_lists.import_cases
)
app.command("export", help="Xuất danh sách .xlsx theo đúng các cột ấy, để cập nhật hệ thống quốc gia.")(
    case_lists.export_cases
)
