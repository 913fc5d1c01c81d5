"""Lists that are made public, in chat: made from an imported table, approved, done when the posted link is recorded."""

from collections.abc import Callable
from dataclasses import replace

from actions import progress_reports
from actions import publications as actions
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.outgoing import Attachment, Choice
from domain.periods import Period
from domain.publications import TITLES, PublicList, State
from domain.words import squeeze
from messages import public_paper, workbook
from messages.official import MEDIA_TYPE
from storage.views import AnyRow, figures, publications

CONFIRM = "public_confirm"
APPROVE = "public_approve"
RETURN = "public_return"
LINK = "public_link"

SHOWN = 6

_LIST = choice("Danh sách công khai", Verb.PUBLICATION, "list")
_CANCEL = choice("Huỷ", Verb.CANCEL)


def listing(desk: Desk, _text: str = "") -> Reply:
    """Answer /congkhai: what waits, what is done, what could be made."""
    coordinator(desk)
    rows = publications.listed(desk.unit)[:SHOWN]
    known = {(row.kind, row.period) for row in publications.listed(desk.unit) if row.state != State.RETURNED}
    fresh = [one for one in figures.listed(desk.unit) if one.series in TITLES and (one.series, one.period) not in known]
    return say(
        "publications/listed",
        rows=[(row, TITLES[row.kind], State(row.state).label) for row in rows],
        choices=[
            *(
                choice(f"{_short(row.kind)} {row.period}: {State(row.state).label}", Verb.PUBLICATION, "show", row.id)
                for row in rows
            ),
            *(
                choice(f"Lập: {_short(one.series)} {one.period}", Verb.PUBLICATION, "new", one.series, one.period)
                for one in fresh[:SHOWN]
            ),
            choice("Phản ánh, kiến nghị chờ công khai", Verb.PUBLISH, "list", 0),
            choice("Thu thập, báo cáo định kỳ", Verb.COLLECTION, "list"),
        ],
    )


def _short(kind: str) -> str:
    return {"late_dossiers": "Hồ sơ chậm muộn", "scores766": "Điểm QĐ 766"}[kind]


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about a public list asks."""
    coordinator(desk)
    word = button.word()
    if word == "new":
        return _preview(desk, button.word(1), button.word(2))
    if word in _ACTS:
        return _ACTS[word](desk, _row(desk, button.number(1)))
    return listing(desk)


def _files(desk: Desk, public: PublicList, approver: str) -> tuple[Attachment, ...]:
    about = progress_reports.letterhead(desk.unit)
    name = f"cong-khai-{public.kind.replace('_', '-')}-{public.period}"
    return (
        desk.unit.shelf.put(public_paper.paper(public, about, approver), f"{name}.docx", MEDIA_TYPE),
        desk.unit.shelf.put(public_paper.book(public), f"{name}.xlsx", workbook.MEDIA_TYPE),
    )


def _with(reply: Reply, files: tuple[Attachment, ...]) -> Reply:
    return replace(reply, messages=(replace(reply.messages[0], files=files), *reply.messages[1:]))


def _preview(desk: Desk, kind: str, period: str) -> Reply:
    public = actions.listed_for(desk.unit, kind, period)
    reply = say(
        "publications/preview",
        public=public,
        label=Period.read(public.period).label,
        step=CONFIRM,
        data={"kind": kind, "period": public.period},
        choices=[choice("Trình duyệt", Verb.YES, CONFIRM, kind, public.period), _LIST, _CANCEL],
    )
    return _with(reply, _files(desk, public, ""))


def proposed(desk: Desk, _button: Button) -> Reply:
    """Submit the list that was shown."""
    made = actions.propose(desk.unit, coordinator(desk), desk.data["kind"], desk.data["period"], desk.now)
    return _show(desk, _row(desk, made))


def _row(desk: Desk, number: int) -> AnyRow:
    row = publications.get(desk.unit, number)
    if row is None:
        raise NotFound("danh sách công khai này")
    return row


def _show(desk: Desk, row: AnyRow) -> Reply:
    public, approver = actions.content(desk.unit, row.id), approver_of(row)
    reply = say(
        "publications/one",
        row=row,
        public=public,
        label=Period.read(row.period).label,
        state=State(row.state).label,
        approver=approver,
        choices=[*_acts(desk, row), _LIST],
    )
    return _with(reply, _files(desk, public, approver))


def approver_of(row: AnyRow) -> str:
    """Return who approved, with the position: "Nguyễn Mẫu An, Phó Chánh Văn phòng"; "" before that."""
    return ", ".join(filter(None, (row.approver, row.approver_position))) if row.approver else ""


def _acts(desk: Desk, row: AnyRow) -> list[Choice]:
    if row.state == State.APPROVED:
        return [choice("Ghi đường dẫn đã đăng", Verb.PUBLICATION, "post", row.id)]
    if row.state == State.DRAFT and actions.may_approve(desk.unit, coordinator(desk), row.made_by):
        return [
            choice("Duyệt công khai", Verb.PUBLICATION, "approve", row.id),
            choice("Trả lại để sửa", Verb.PUBLICATION, "return", row.id),
        ]
    return []


def _ask(desk: Desk, row: AnyRow, act: str, step: str) -> Reply:
    yes = [choice("Duyệt", Verb.YES, APPROVE, row.id)] if act == "approve" else []
    return say(
        "publications/ask",
        act=act,
        row=row,
        title=TITLES[row.kind],
        label=Period.read(row.period).label,
        count=len(actions.content(desk.unit, row.id).rows),
        step=step,
        data={"id": row.id, "version": row.version},
        choices=[*yes, choice("Quay lại", Verb.PUBLICATION, "show", row.id), _CANCEL],
    )


def approved(desk: Desk, _button: Button) -> Reply:
    """Approve the list that was shown."""
    actions.approve(desk.unit, coordinator(desk), desk.data["id"], desk.data["version"], desk.now)
    return _show(desk, _row(desk, desk.data["id"]))


def returned(desk: Desk) -> Reply:
    """Give the list back with the typed reason."""
    reason = squeeze(desk.incoming.text)
    actions.give_back(desk.unit, coordinator(desk), desk.data["id"], desk.data["version"], reason, desk.now)
    return listing(desk)


def linked(desk: Desk) -> Reply:
    """Record the typed address: the list is done."""
    link = squeeze(desk.incoming.text)
    actions.post(desk.unit, coordinator(desk), desk.data["id"], desk.data["version"], link, desk.now)
    return _show(desk, _row(desk, desk.data["id"]))


_ACTS: dict[str, Callable[[Desk, AnyRow], Reply]] = {
    "show": _show,
    "approve": lambda desk, row: _ask(desk, row, "approve", APPROVE),
    "return": lambda desk, row: _ask(desk, row, "return", RETURN),
    "post": lambda desk, row: _ask(desk, row, "post", LINK),
}
