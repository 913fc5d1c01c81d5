"""dulieu: what is kept of whoever writes here; withdrawn at once, deleted or stopped by the office's word.

Who asks is known by the chat alone; nothing of another chat is shown or changed.
"""

from collections.abc import Callable
from typing import Any

from actions import data_rights
from actions.cases import telling
from actions.cases.opening import NOTICE_VERSION
from bot.citizens_after import data_fixes
from bot.citizens_after.steps import LEAVE
from bot.desk import Desk, Reply, say
from bot.help_texts import missed
from domain import data_rights as rules
from domain.buttons import Button, Verb, choice
from domain.data_rights import Right, State
from domain.errors import ActRefused
from domain.outgoing import Choice
from domain.words import squeeze
from messages.render import render
from storage.views import data_rights as views
from storage.views import office

REASON = "data_reason"
ASK = "data_ask"
WITHDRAW = "data_withdraw"

_LISTED = 5
"""Requests shown in the menu."""


def begin(desk: Desk, _text: str = "") -> Reply:
    """Answer /dulieu: what is kept of whoever writes, and what can be done about it."""
    return menu(desk)


def menu(desk: Desk, done: str = "") -> Reply:
    """Show what can be done about the own data; `done` is the sentence about what was just done."""
    requests = views.of_chat(desk.unit, desk.endpoint_id, desk.now)
    shown = [
        {
            "code": one.code,
            "right": one.right,
            "state": one.state,
            "until": one.until if one.state_now is State.OPEN else None,
        }
        for one in requests[:_LISTED]
    ]
    return say(
        "citizen/data/menu",
        office=office.name(desk.unit),
        done=done,
        known=desk.viewer is not None,
        hotline=office.hotline(desk.unit),
        sent=len(views.codes(desk.unit, desk.endpoint_id)),
        requests=shown,
        choices=_choices(desk, [one for one in requests if one.state_now is State.OPEN]),
    )


def _choices(desk: Desk, waiting: list[views.Request]) -> list[Choice]:
    taken = {one.kind for one in waiting}
    found = []
    if views.known(desk.unit, desk.endpoint_id):
        found += [choice("Xem dữ liệu của tôi", Verb.DATA, "see"), choice("Sửa thông tin", Verb.DATA, "fix")]
        if views.agreed_to_publication(desk.unit, desk.endpoint_id):
            found.append(choice("Rút đồng ý công khai", Verb.DATA, "unpublish"))
        if Right.ERASE not in taken:
            found.append(choice("Xoá dữ liệu của tôi", Verb.DATA, "erase"))
        if not {Right.RESTRICT, Right.OBJECT} & taken:
            found.append(choice("Hạn chế, phản đối", Verb.DATA, "stop"))
    found += [choice(f"Rút yêu cầu {one.code}", Verb.DATA, "cancel", one.id) for one in waiting[:_LISTED]]
    return [*found, LEAVE]


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice asks; one that is unknown shows the menu."""
    return _ASKED.get(button.word(), _menu)(desk, button)


def _menu(desk: Desk, _button: Button) -> Reply:
    return menu(desk)


def _see(desk: Desk, _button: Button) -> Reply:
    known = views.known(desk.unit, desk.endpoint_id)
    _require(known)
    data_rights.see(desk.unit, desk.endpoint_id, desk.now)
    return say(
        "citizen/data/shown",
        day=desk.day,
        people=[(one.who, one.codes) for one in known],
        publication=views.agreed_to_publication(desk.unit, desk.endpoint_id),
        reads=views.reads(desk.unit, desk.endpoint_id),
        private=desk.can.private,
        link=telling.page_of(desk.unit, known[-1].codes[-1]),
        choices=(choice("Sửa thông tin", Verb.DATA, "fix"), data_fixes.MENU),
        sealed=True,
    )


def _notice(desk: Desk, _button: Button) -> Reply:
    """Show the notice in force, and what this chat's person has answered to it."""
    whole = render("citizen/notice", office=office.name(desk.unit), behalf=False, private=desk.can.private)
    return say(
        "citizen/data/notice",
        version=NOTICE_VERSION,
        body=whole.partition("\n")[2].rpartition("\n")[0].strip(),
        ledger=views.ledger(desk.unit, desk.endpoint_id),
        choices=(choice("Dữ liệu của tôi", Verb.DATA, "menu"),),
    )


def _require(known: object) -> None:
    if not known:
        raise ActRefused("Chưa lưu thông tin cá nhân nào gửi từ tài khoản này. Gõ trogiup để xem hướng dẫn.")


def _ask_unpublish(desk: Desk, _button: Button) -> Reply:
    _require(views.known(desk.unit, desk.endpoint_id))
    clocks = rules.clocks(Right.WITHDRAW, desk.day, office.etiquette(desk.unit).calendar)
    return say(
        "citizen/data/confirm_withdraw",
        public=views.published(desk.unit, desk.endpoint_id),
        act_by=clocks.act_by,
        step=WITHDRAW,
        choices=(choice("Rút đồng ý công khai", Verb.YES, WITHDRAW), data_fixes.MENU, LEAVE),
    )


def withdrawn(desk: Desk, _button: Button) -> Reply:
    """Withdraw the consent to publication."""
    public = views.published(desk.unit, desk.endpoint_id)
    data_rights.withdraw_publication(desk.unit, desk.endpoint_id, desk.now)
    more = " Văn phòng đang gỡ bản đã công khai và sẽ báo ông/bà." if public else ""
    return menu(desk, f"Đã rút đồng ý công khai.{more}")


def _ask_erase(desk: Desk, _button: Button) -> Reply:
    _require(views.known(desk.unit, desk.endpoint_id))
    return _preview(desk, Right.ERASE, "")


def _ask_stop(desk: Desk, _button: Button) -> Reply:
    _require(views.known(desk.unit, desk.endpoint_id))
    rights = (choice("Hạn chế", Verb.DATA, "why", "restrict"), choice("Phản đối", Verb.DATA, "why", "object"))
    return say("citizen/data/ask_stop", choices=(*rights, data_fixes.MENU, LEAVE))


def _ask_reason(_desk: Desk, button: Button) -> Reply:
    right = Right.OBJECT if button.word(1) == Right.OBJECT else Right.RESTRICT
    return say(
        "citizen/data/ask_reason",
        right=right,
        step=REASON,
        data={"right": right.value},
        choices=(data_fixes.MENU, LEAVE),
    )


def reason(desk: Desk) -> Reply:
    """Take why the use of the data is to stop, and show the request."""
    words = squeeze(desk.incoming.text)
    if not 5 <= len(words) <= data_rights.WORDS:
        return missed(desk, f"Xin ghi lý do (5 đến {data_rights.WORDS} ký tự).")
    return _preview(desk, Right(desk.data["right"]), words)


def _preview(desk: Desk, right: Right, words: str) -> Reply:
    clocks = rules.clocks(right, desk.day, office.etiquette(desk.unit).calendar)
    data: dict[str, Any] = {"right": right.value, "words": words}
    return say(
        "citizen/data/confirm",
        right=right,
        office=office.name(desk.unit),
        erased=rules.ERASED,
        kept=rules.KEPT,
        why_kept=rules.WHY_KEPT,
        words=words,
        private=desk.can.private,
        answer_by=clocks.answer_by,
        act_by=clocks.act_by,
        step=ASK,
        data=data,
        choices=(choice("Gửi yêu cầu", Verb.YES, ASK), data_fixes.MENU, LEAVE),
        sealed=True,
    )


def asked(desk: Desk, _button: Button) -> Reply:
    """Send the request that was shown to the office."""
    found = data_rights.ask(desk.unit, desk.endpoint_id, Right(desk.data["right"]), desk.data["words"], desk.now)
    return say(
        "citizen/data/asked",
        asked=found,
        office=office.name(desk.unit),
        hotline=office.hotline(desk.unit),
        choices=(choice("Dữ liệu của tôi", Verb.DATA, "menu"),),
    )


def _cancel(desk: Desk, button: Button) -> Reply:
    data_rights.cancel(desk.unit, desk.endpoint_id, button.number(1), desk.now)
    return menu(desk, "Đã rút yêu cầu.")


def fixed(desk: Desk, button: Button) -> Reply:
    """Write the value that was shown."""
    count = data_fixes.confirmed(desk, button)
    return menu(desk, f"Đã sửa thông tin ở {count} phản ánh.")


_ASKED: dict[str, Callable[[Desk, Button], Reply]] = {
    "see": _see,
    "notice": _notice,
    "fix": data_fixes.begin,
    "who": data_fixes.which,
    "field": data_fixes.field,
    "unpublish": _ask_unpublish,
    "erase": _ask_erase,
    "stop": _ask_stop,
    "why": _ask_reason,
    "cancel": _cancel,
}
