"""Plans in the coordinator's chat: a file comes in, the list, one plan with its counts, the way to its web page."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from actions import intakes, pages
from bot import arriving, case_lists, figures, opening_forms, uploading
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.incoming import IncomingFile, Sent
from domain.outgoing import Choice
from domain.people import Viewer
from storage.views import AnyRow, Unit, office, review, sheet

FILE_KIND = "file_kind"

PAGE = 6

RECEIVED = "Đã nhận tệp “{name}”, đang đọc. Kết quả được gửi tại đây ngay khi đọc xong."
NO_ADDRESS = "Chưa biết địa chỉ trang web của chương trình. Xin bộ phận kỹ thuật đặt NHACVIEC_PUBLIC_URL."

_HERE_ONLY = ("http://127.", "http://localhost", "http://[::1]")


def coordinator(desk: Desk) -> Viewer:
    """Return who asks. Raises NotFound for everybody but a coordinator."""
    if desk.viewer is None or not desk.viewer.coordinates:
        raise NotFound("mục này")
    return desk.viewer


def file_in(desk: Desk) -> Reply:
    """Take a coordinator's file in to be read; who also holds an agency's seat is asked what the file is."""
    viewer = coordinator(desk)
    file = desk.incoming.files[0]
    if figures.is_table(file) and not desk.conversation.step:
        return figures.ask_what(desk, file, evidence=bool(viewer.own_agencies), step=FILE_KIND)
    if viewer.own_agencies and not desk.conversation.step:
        return say(
            "plans/file_kind",
            name=file.name,
            step=FILE_KIND,
            data={"file": asdict(file)},
            choices=[
                choice("Kế hoạch cần nhập", Verb.INTAKE, "plan"),
                choice("Kết quả của một việc", Verb.INTAKE, "evidence"),
                choice("Huỷ", Verb.CANCEL),
            ],
        )
    return _begin(desk, viewer, file)


def file_is(desk: Desk, button: Button) -> Reply:
    """Go on with the file as what it was said to be."""
    viewer = coordinator(desk)
    file = IncomingFile(**desk.data["file"])
    if button.word() == "figures":
        return figures.ask_series(desk, file)
    if button.word() == "cases":
        return case_lists.ask_source(desk, file)
    if button.word() == "columns":
        return opening_forms.ask_task(desk, file)
    if button.word() == "plan":
        return replace(_begin(desk, viewer, file), conversation=Reply().conversation)
    as_sent = replace(desk.incoming, sent=Sent.FILE, files=(file,))
    return arriving.received(replace(desk, incoming=as_sent, conversation=Reply().conversation))


def _begin(desk: Desk, viewer: Viewer, file: IncomingFile) -> Reply:
    intakes.begin(desk.unit, viewer, desk.endpoint_id, desk.incoming.channel, file, desk.now)
    return sentence(RECEIVED.format(name=file.name), desk.conversation)


def listing(desk: Desk, _text: str = "") -> Reply:
    """Answer /kehoach."""
    return _listed(desk, 0)


def page(desk: Desk, button: Button) -> Reply:
    """Show one page of the plans, the newest first."""
    return _listed(desk, button.number())


def _listed(desk: Desk, at: int) -> Reply:
    coordinator(desk)
    rows = list(reversed(office.plan_list(desk.unit)))
    shown = rows[at * PAGE : (at + 1) * PAGE]
    choices = [choice(_name(row), Verb.PLAN, row.id) for row in shown]
    if (at + 1) * PAGE < len(rows):
        choices.append(choice("Trang sau", Verb.PLANS, at + 1))
    if at:
        choices.append(choice("Trang trước", Verb.PLANS, at - 1))
    return uploading.door(desk, say("plans/list", plans=shown, total=len(rows), choices=choices))


def _name(row: AnyRow) -> str:
    named = f"{row.kind or 'Văn bản'} {row.number}" if row.number else f"{row.kind or 'Văn bản'} chưa có số"
    return f"{named} · {STATES[row.state]}"


STATES: Mapping[str, str] = {"draft": "bản nháp", "issued": "đã ban hành", "closed": "đã kết thúc"}


def show(desk: Desk, button: Button) -> Reply:
    """Open one plan."""
    coordinator(desk)
    return overview(desk.unit, button.number())


def overview(unit: Unit, plan_id: int, *, file: str = "", again: bool = False, busy: bool = False) -> Reply:
    """Show a plan with its counts and what can be done with it.

    `file` is named where the plan was just read from it, `again` where it was known, `busy` where the chat is in
    the middle of something else, so that a digit would not answer this message.
    """
    found = sheet.of_plan(unit, plan_id)
    choices = _acts(found)
    return say(
        "plans/overview",
        sheet=found,
        plan=found.plan,
        state=STATES[found.plan.state],
        kinds=found.kinds,
        warnings=[one.row.question for one in found.doubts if one.is_open],
        file=file,
        again=again,
        busy=busy,
        choices=choices,
    )


def _acts(found: sheet.Sheet) -> list[Choice]:
    plan = found.plan
    acts: list[Choice] = []
    if plan.state == "draft":
        facts = bool(plan.number and plan.date)
        if found.open:
            acts.append(choice(f"Trả lời từng điểm ({found.open})", Verb.DOUBTS, plan.id))
        elif facts:
            acts.append(choice("Ban hành", Verb.ISSUE, plan.id))
        else:
            acts.append(choice("Ghi số, ngày ký", Verb.DOUBTS, plan.id))
    closing = (
        [
            choice("Kết thúc năm", Verb.CLOSING, plan.id),
            choice("Ai xác nhận báo cáo trước", Verb.PLAN_HEADS, plan.id),
        ]
        if plan.state == "issued"
        else []
    )
    page, every = choice("Mở trên trang web", Verb.PLAN_PAGE, plan.id), choice("Các kế hoạch", Verb.PLANS, 0)
    return [*acts, page, every, *closing]


def address(desk: Desk) -> str:
    """Return where browsers find our pages, "" where nobody knows."""
    return str(office.setting(desk.unit, "address") or "").rstrip("/")


def is_here(found: str) -> bool:
    """Whether an address opens on the machine alone that runs the program."""
    return found.startswith(_HERE_ONLY)


def link(desk: Desk, button: Button) -> Reply:
    """Give a link to a plan's web page: for this person, once, for a quarter of an hour."""
    viewer = coordinator(desk)
    plan = review.of_plan(desk.unit, button.number()).plan
    found = address(desk)
    if not found:
        return sentence(NO_ADDRESS)
    token = pages.link(desk.unit, viewer, plan.id, desk.now)
    values: dict[str, Any] = {"url": f"{found}/office/enter/{token}", "here": is_here(found)}
    return say("plans/link", plan=plan, choices=[choice("Quay lại kế hoạch", Verb.PLAN, plan.id)], **values)
