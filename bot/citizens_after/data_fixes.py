"""Correcting who one is: which person, which field, the new value, one confirmation."""

from collections.abc import Callable
from dataclasses import asdict, replace

from actions import data_rights
from bot.citizens_after.steps import LEAVE
from bot.desk import Desk, Reply, say
from bot.help_texts import missed
from domain.buttons import Button, Verb, choice
from domain.cases.fields import Reporter, address_of, contact_of, name_of
from domain.errors import ActRefused
from storage.views import data_rights as views
from storage.views.data_rights import Known

VALUE = "data_value"
CONFIRM = "data_fix"

MENU = choice("Quay lại", Verb.DATA, "menu")


def _contact(who: Reporter, text: str) -> Reporter:
    phone, mail = contact_of(text)
    return replace(who, phone=phone, mail=mail, email="")


_FIELDS: dict[str, tuple[str, Callable[[Reporter, str], Reporter]]] = {
    "name": ("Họ tên", lambda who, text: replace(who, name=name_of(text))),
    "address": ("Địa chỉ", lambda who, text: replace(who, address=address_of(text))),
    "contact": ("Số điện thoại, địa chỉ thư", _contact),
}


def begin(desk: Desk, _button: Button) -> Reply:
    """Ask which field is wrong, or first of which person, where the cases name several."""
    known = views.known(desk.unit, desk.endpoint_id)
    if not known:
        raise ActRefused("Chưa lưu thông tin cá nhân nào gửi từ tài khoản này. Gõ trogiup để xem hướng dẫn.")
    if len(known) == 1:
        return _ask_field(known[0], 0)
    choices = [choice(", ".join(one.codes)[:120], Verb.DATA, "who", at) for at, one in enumerate(known[:8])]
    return say("citizen/data/ask_which", choices=[*choices, MENU, LEAVE])


def which(desk: Desk, button: Button) -> Reply:
    """Ask which field of that person is wrong."""
    return _ask_field(_person(desk, button.number(1)), button.number(1))


def _person(desk: Desk, at: int) -> Known:
    known = views.known(desk.unit, desk.endpoint_id)
    if at >= len(known):
        raise ActRefused("Không còn thông tin này để sửa. Gõ dulieu để xem lại dữ liệu của ông/bà.")
    return known[at]


def _ask_field(one: Known, at: int) -> Reply:
    choices = [choice(label, Verb.DATA, "field", at, name) for name, (label, _) in _FIELDS.items()]
    return say("citizen/data/ask_field", codes=one.codes, choices=[*choices, MENU, LEAVE])


def field(desk: Desk, button: Button) -> Reply:
    """Ask for the right value of a field."""
    one, name = _person(desk, button.number(1)), button.word(2)
    if name not in _FIELDS:
        return _ask_field(one, button.number(1))
    data = {"name": name, "before": asdict(one.who)}
    choices = (choice("Quay lại", Verb.DATA, "who", button.number(1)), LEAVE)
    return say("citizen/data/ask_value", label=_FIELDS[name][0], step=VALUE, data=data, choices=choices)


def typed(desk: Desk) -> Reply:
    """Take the value, checked as when the feedback was sent, and show what would change."""
    label, changed = _FIELDS[desk.data["name"]]
    before = Reporter(**desk.data["before"])
    try:
        after = changed(before, desk.incoming.text)
    except ActRefused as refused:
        return missed(desk, refused.sentence)
    known = [one for one in views.known(desk.unit, desk.endpoint_id) if one.who == before]
    return say(
        "citizen/data/confirm_fix",
        label=label,
        codes=known[0].codes if known else (),
        value=desk.incoming.text.strip(),
        private=desk.can.private,
        step=CONFIRM,
        data={**desk.data, "after": asdict(after)},
        choices=(choice("Đổi", Verb.YES, CONFIRM), MENU, LEAVE),
        sealed=True,
    )


def confirmed(desk: Desk, _button: Button) -> int:
    """Write the value; return in how many cases. Raises ActRefused where it was changed since."""
    before, after = Reporter(**desk.data["before"]), Reporter(**desk.data["after"])
    return data_rights.correct(desk.unit, desk.endpoint_id, after, desk.now, instead_of=before)
