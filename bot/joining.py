"""Joining by a code, and the first words to a stranger."""

import re
from dataclasses import replace

from actions import accounts, people
from bot import opening
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.lateness import counted
from domain.people import Role
from domain.words import squeeze
from storage.views import office, standing, work
from storage.views import people as people_views

_CODE = re.compile(r"[A-Za-z0-9_-]{4,64}")
_TASK = re.compile(r"NV-\d{4,9}")

CONFIRM = "join"
ACCOUNT = "join_account"


def looks_like_code(text: str) -> bool:
    """Whether a text alone could be a code: one word of letters and perhaps digits, no bare number."""
    letters = any(one.isalpha() for one in text)
    return bool(_CODE.fullmatch(text)) and letters and (any(one.isdigit() for one in text) or len(text) >= 6)


def start(desk: Desk, text: str) -> Reply:
    """Answer /start: alone, with a join code, or with the task that a link from a group names."""
    code = squeeze(text)
    if desk.viewer is not None and code.lower() == "viec":
        return opening.listing(desk)
    if desk.viewer is not None and _TASK.fullmatch(code):
        return opening.by_code(desk, code)
    return offer(desk, code) if code else welcome(desk)


def welcome(desk: Desk) -> Reply:
    """Greet: a known person by what they can do here, a stranger by both doors."""
    name = office.name(desk.unit)
    if desk.viewer is not None:
        waits = people_views.waits_for_consent(desk.unit, desk.viewer.person_id)
        return say(
            "welcome_back",
            slash=desk.can.slash,
            name=desk.viewer.name,
            seats=desk.viewer.seats,
            office=name,
            waits=waits,
        )
    return say(
        "welcome", office=name, slash=desk.can.slash, choices=(choice("Gửi phản ánh, kiến nghị", Verb.FEEDBACK),)
    )


def offer(desk: Desk, code: str) -> Reply:
    """Show what the code offers, a seat or another account of a person, and ask for one confirmation."""
    try:
        account = accounts.look_up(desk.unit, desk.endpoint_id, code, desk.now)
        if account is not None:
            return _offer_account(account, code)
        found = people.look_up(desk.unit, desk.endpoint_id, code, desk.now)
    except ActRefused as refused:
        if refused.sentence == people.SAME_ANSWER:
            people.note_wrong_code(desk.unit, desk.endpoint_id, desk.now)
        return sentence(refused.sentence)
    return say(
        "join_confirm",
        agency=found.agency,
        person=found.person,
        role=found.role,
        choices=(choice("Đúng, tham gia", Verb.YES, CONFIRM), choice("Không phải tôi", Verb.CANCEL)),
        step=CONFIRM,
        data={"code": code},
    )


def _offer_account(offered: accounts.Offer, code: str) -> Reply:
    return say(
        "accounts/ask_join",
        name=offered.name,
        seats=offered.seats,
        choices=(choice("Đúng, nối tài khoản", Verb.YES, ACCOUNT), choice("Không phải tôi", Verb.CANCEL)),
        step=ACCOUNT,
        data={"code": code},
    )


def account_confirmed(desk: Desk, _button: Button) -> Reply:
    """Make the chat another account of the person, and say what can be done here."""
    try:
        joined = accounts.join(desk.unit, desk.endpoint_id, desk.data["code"], desk.now)
    except ActRefused as refused:
        return sentence(refused.sentence)
    own = bool(joined.viewer.own_agencies)
    choices = [choice("Xem việc", Verb.LIST, "open", 0)] if own else []
    choices += [choice("Xem tổng hợp", Verb.DIGEST)] if joined.viewer.oversees else []
    return say(
        "accounts/joined",
        name=joined.viewer.name,
        seats=joined.viewer.seats,
        accounts=joined.accounts,
        choices=[*choices, choice("Cài đặt nhận tin", Verb.PREFER, "menu")],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Bind the chat and tell once what is open."""
    known = desk.viewer.person_id if desk.viewer else None
    try:
        joined = people.join(desk.unit, desk.endpoint_id, known, desk.data["code"], "", desk.now)
    except ActRefused as refused:
        return sentence(refused.sentence)
    if joined.pending:
        return say("join_pending", agency=joined.agency, role=joined.role)
    viewer = office.viewer(desk.unit, joined.person_id, desk.day)
    own = viewer.agencies_as(Role.OFFICER, Role.HEAD) if joined.role in {Role.OFFICER, Role.HEAD} else frozenset()
    works = work.of_agencies(desk.unit, own, desk.day) if own else []
    choices = (choice("Xem việc", Verb.LIST, "open", 0),) if own else (choice("Xem tổng hợp", Verb.DIGEST),)
    reply = say(
        "joined",
        agency=joined.agency,
        role=joined.role,
        open=[one for one in works if not one.state.is_done_by_agency],
        apart=counted(standing.of(desk.unit, works, desk.day).values()),
        own=bool(own),
        day=desk.day,
        choices=choices,
    )
    return replace(reply, notices=joined.notices) if own else reply  # only what the answer tells is told by it
