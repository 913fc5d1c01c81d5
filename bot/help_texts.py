"""Help, privacy, cancelling, and what is said when nothing was understood."""

from dataclasses import replace

from actions.cases import drafts
from actions.cases.opening import NOTICE_VERSION
from bot.citizens import steps as feedback
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.incoming import Sent
from storage.views import office, office_settings

MISSES = 3
"""After so many answers in a row that were not understood a named person and a phone number are given."""


def overview(desk: Desk, _text: str = "") -> Reply:
    """Answer /trogiup with what this person can do."""
    viewer = desk.viewer
    return say(
        "help",
        officer=bool(viewer and viewer.own_agencies),
        office=bool(viewer and (viewer.coordinates or viewer.leads)),
        coordinator=bool(viewer and viewer.coordinates),
        known=viewer is not None,
        hotline=office.hotline(desk.unit),
        slash=desk.can.slash,
    )


def privacy(desk: Desk, _text: str = "") -> Reply:
    """Answer /riengtu: which data are kept, what for, whom to ask."""
    return say(
        "privacy",
        office=office.name(desk.unit),
        hotline=office.hotline(desk.unit),
        version=NOTICE_VERSION,
        identity_months=office_settings.number(desk.unit, "keep_identity_months"),
        files_months=office_settings.number(desk.unit, "keep_files_months"),
        known=desk.viewer is not None,
        choices=()
        if desk.viewer is not None
        else (choice("Dữ liệu của tôi", Verb.DATA, "menu"), choice("Thông báo ông/bà đã đọc", Verb.DATA, "notice")),
    )


def cancel(desk: Desk, _text: str = "") -> Reply:
    """Answer /huy: nothing of what was begun is kept."""
    _erase(desk)
    return sentence(
        "Đã huỷ, chưa có gì được gửi đi." if desk.conversation.step else "Hiện không có việc nào đang làm dở."
    )


def _erase(desk: Desk) -> None:
    """Erase feedback of a citizen that is given up."""
    if desk.conversation.step in feedback.DRAFTED:
        drafts.forget(desk.unit, desk.endpoint_id)


def cancel_by_choice(desk: Desk, _button: Button) -> Reply:
    """Cancel by a choice."""
    _erase(desk)
    return sentence("Đã huỷ, chưa có gì được gửi đi.")


def not_understood(desk: Desk) -> Reply:
    """Say what can be typed here; after the third time name a person to ask. The question stays open."""
    conversation = replace(desk.conversation, misses=desk.conversation.misses + 1)
    unreadable = desk.incoming.sent is Sent.OTHER and not desk.can.files_in
    reply = say(
        "not_understood",
        unreadable=unreadable,
        by_report=unreadable and not conversation.step,
        hotline=office.hotline(desk.unit),
        office=office.name(desk.unit),
        give_up=conversation.misses >= MISSES,
        officer=bool(desk.viewer and desk.viewer.own_agencies),
        known=desk.viewer is not None,
        labels=[label for label, _ in conversation.choices],
        day=desk.day,
        slash=desk.can.slash,
    )
    return Reply(reply.messages, conversation)


def missed(desk: Desk, text: str) -> Reply:
    """Say what is wrong with an answer and leave its question open; after the third time name a person to ask."""
    conversation = replace(desk.conversation, misses=desk.conversation.misses + 1)
    if conversation.misses >= MISSES:
        whom = office.hotline(desk.unit) or office.name(desk.unit)
        text = f"{text}\n\nXin liên hệ {whom} để được hỗ trợ trực tiếp."
    return sentence(text, conversation)


def stale(desk: Desk) -> Reply:
    """Answer a choice whose question is not open any more."""
    mark = "/" if desk.can.slash else ""
    return sentence(
        f"Lựa chọn này thuộc một câu hỏi đã đóng. Gõ {mark}viec hoặc {mark}trogiup để bắt đầu lại.", desk.conversation
    )
