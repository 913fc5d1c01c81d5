"""/lienket: a code that joins another account to the same person, the accounts there are, taking one away."""

from datetime import datetime

from actions import accounts
from bot import joining
from bot.desk import Desk, Reply, say, sentence
from domain.accounts import Account, named
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.outgoing import Choice
from domain.people import Viewer
from domain.words import fold, squeeze
from storage.views import accounts as account_views
from storage.views import office

LEAVING = "account_leaving"

OF_PEOPLE = (
    "Nối tài khoản dành cho cán bộ đã tham gia ở một tài khoản khác. "
    "Xin gõ lienket ở tài khoản đó để lấy mã, rồi gõ mã tại đây."
)


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /lienket: with a code it joins this chat, "huỷ" doubts the account joined last, alone it gives a code."""
    words = squeeze(text)
    if fold(words) in {"huy", "huy bo"} and desk.viewer is not None:
        return _doubt(desk, desk.viewer)
    if words and joining.looks_like_code(words):
        return joining.offer(desk, words)
    return _listed(desk)


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice asks: list the accounts, or ask before one is taken away."""
    return _listed(desk) if button.word() == "list" else _ask(desk, _viewer(desk), button.number(1))


def _viewer(desk: Desk) -> Viewer:
    """Return who asks. Raises ActRefused for a stranger."""
    if desk.viewer is None:
        raise ActRefused(OF_PEOPLE)
    return desk.viewer


def _listed(desk: Desk) -> Reply:
    """Give a fresh code and show the accounts; where no more codes are given the accounts alone, and why."""
    viewer = _viewer(desk)
    preferences = account_views.of_person(desk.unit, viewer.person_id)
    names = named(preferences.accounts)
    code, expires, why = _code(desk, viewer)
    return say(
        "accounts/listed",
        code=code,
        expires=expires,
        why=why,
        telegram=office.deep_link(desk.unit, "start", code) if code else "",
        web=_web_chat(desk, code) if code else "",
        accounts=[(one, names[one.id], one.id == desk.endpoint_id) for one in preferences.accounts],
        choices=[
            *(_leave(one, names[one.id], here=one.id == desk.endpoint_id) for one in preferences.accounts),
            choice("Cài đặt nhận tin", Verb.PREFER, "menu"),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def _leave(one: Account, name: str, *, here: bool) -> Choice:
    return choice("Gỡ tài khoản này" if here else f"Gỡ {name}", Verb.ACCOUNT, "leave", one.id)


def _code(desk: Desk, viewer: Viewer) -> tuple[str, datetime, str]:
    try:
        made = accounts.give_code(desk.unit, viewer, desk.now)
    except ActRefused as refused:
        return "", desk.now, refused.sentence
    return made.code, made.expires, ""


def _web_chat(desk: Desk, code: str) -> str:
    address = office.setting(desk.unit, "address")
    return f"{address.rstrip('/')}/chat#{code}" if address else ""


def _doubt(desk: Desk, viewer: Viewer) -> Reply:
    """Answer "that was not me": unused codes end at once, and the account joined last may be taken away."""
    found = accounts.doubted(desk.unit, viewer, desk.endpoint_id, desk.now)
    if found is None:
        return sentence("Không có tài khoản nào khác được nối bằng mã; mã đang chờ (nếu có) đã bị huỷ.")
    try:
        return _ask(desk, viewer, found.id)
    except ActRefused as refused:
        return sentence(refused.sentence)  # the codes stay ended


def _ask(desk: Desk, viewer: Viewer, endpoint_id: int) -> Reply:
    """Ask before an account is taken away; of the last one it is said what that means."""
    wanted = accounts.may_leave(desk.unit, viewer, endpoint_id, desk.endpoint_id, desk.now)
    everyone = account_views.of_person(desk.unit, viewer.person_id).accounts
    return say(
        "accounts/ask_leave",
        account=wanted,
        named=named(everyone)[wanted.id],
        here=wanted.id == desk.endpoint_id,
        last=not any(one.is_open for one in everyone if one.id != wanted.id),
        step=LEAVING,
        data={"account": wanted.id},
        choices=[
            choice("Đồng ý gỡ", Verb.YES, LEAVING, wanted.id),
            choice("Quay lại", Verb.BACK),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Show the accounts again."""
    return _listed(desk)


def left(desk: Desk, button: Button) -> Reply:
    """Take the account away. Raises NotFound where the choice is another's."""
    if button.number(1) != desk.data["account"]:
        raise NotFound("tài khoản này")
    viewer = _viewer(desk)
    gone = accounts.leave(desk.unit, viewer, desk.data["account"], desk.endpoint_id, desk.now)
    return say("accounts/left", account=gone, here=gone.id == desk.endpoint_id, office=office.name(desk.unit))
