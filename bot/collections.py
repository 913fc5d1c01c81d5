"""Forms as the office sees them in chat: which are open, who has not sent, reminding, the files, closing."""

from collections.abc import Callable
from dataclasses import replace

from actions import collections as actions
from actions import form_files
from bot import opening_forms
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.outgoing import Choice
from messages.workbook import MEDIA_TYPE
from storage.views import AnyRow, collections

SURE = "collect_sure"

_CANCEL = choice("Huỷ", Verb.CANCEL)
_LIST = choice("Các đợt thu thập", Verb.COLLECTION, "list")

_SHOWN = 40
"""So many names of units that have not sent are said in chat; all of them stand in the workbook."""


def menu(desk: Desk) -> Reply:
    """Show what there is about collecting and periodic reports."""
    coordinator(desk)
    rows = collections.listed(desk.unit, open_only=True)
    return say(
        "forms/menu",
        forms=rows,
        day=desk.day,
        choices=[
            *(
                choice(f"Kỳ {row.period}: {row.sent}/{row.asked} đã gửi", Verb.COLLECTION, "show", row.id)
                for row in rows
            ),
            choice("Mở đợt thu thập báo cáo KSTT", Verb.COLLECTION, "new"),
            choice("Lập báo cáo KSTT định kỳ", Verb.PERIODIC, "pick"),
            choice("Số liệu đã nhập", Verb.FIGURES, "list"),
            choice("Danh sách công khai", Verb.PUBLICATION, "list"),
            choice("Tổng hợp", Verb.DIGEST),
        ],
    )


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about the office's forms asks."""
    coordinator(desk)
    word = button.word()
    if word == "new":
        return opening_forms.begin(desk)
    if word == "take":
        return opening_forms.with_columns(desk, button.number(1))
    if word == "say":
        return opening_forms.said(desk, button.word(1))
    if word in _ACTS:
        return _ACTS[word](desk, _found(desk, button.number(1)))
    return menu(desk)


def _found(desk: Desk, number: int) -> AnyRow:
    row = collections.get(desk.unit, number)
    if row is None:
        raise NotFound("đợt thu thập này")
    return row


def _show(desk: Desk, row: AnyRow) -> Reply:
    return say(
        "forms/standing",
        form=row,
        said=collections.progress(desk.unit, row.id).said(_SHOWN),
        day=desk.day,
        choices=[*_acts(desk, row), _LIST],
    )


def _acts(desk: Desk, row: AnyRow) -> list[Choice]:
    files = choice("Tệp tổng hợp (.xlsx)", Verb.COLLECTION, "merge", row.id)
    if row.closed_at is not None:
        return [files]
    missing = len(collections.progress(desk.unit, row.id).missing)
    urge = [choice(f"Nhắc {missing} đơn vị chưa gửi", Verb.COLLECTION, "press", row.id)] if missing else []
    return [*urge, files, choice("Đóng đợt", Verb.COLLECTION, "close", row.id)]


def _merge(desk: Desk, row: AnyRow) -> Reply:
    content = form_files.merged(desk.unit, row.id, desk.day)
    file = desk.unit.shelf.put(content, f"tong-hop-{row.period}-dot-{row.id}.xlsx", MEDIA_TYPE)
    reply = _show(desk, row)
    return replace(reply, messages=(replace(reply.messages[0], files=(file,)),))


def _sure(act: str) -> Callable[[Desk, AnyRow], Reply]:
    def ask(desk: Desk, row: AnyRow) -> Reply:
        progress = collections.progress(desk.unit, row.id)
        return say(
            "forms/sure",
            act=act,
            form=row,
            said=progress.said(_SHOWN),
            count=len(progress.missing),
            step=SURE,
            data={"form": row.id, "act": act, "version": row.version},
            choices=[
                choice(_LABELS[act], Verb.YES, SURE, row.id, act),
                choice("Quay lại", Verb.COLLECTION, "show", row.id),
                _CANCEL,
            ],
        )

    return ask


_LABELS = {"press": "Nhắc các đơn vị này", "close": "Đóng đợt thu thập"}


def sure(desk: Desk, _button: Button) -> Reply:
    """Remind, or close, what was shown."""
    number, viewer = desk.data["form"], coordinator(desk)
    if desk.data["act"] == "press":
        told = actions.press(desk.unit, viewer, number, desk.now)
        return say("forms/pressed", told=told, choices=[choice("Xem đợt này", Verb.COLLECTION, "show", number), _LIST])
    actions.close(desk.unit, viewer, number, desk.now, desk.data["version"])
    return _show(desk, _found(desk, number))


_ACTS: dict[str, Callable[[Desk, AnyRow], Reply]] = {
    "show": _show,
    "merge": _merge,
    "press": _sure("press"),
    "close": _sure("close"),
}
