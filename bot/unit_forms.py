"""Forms in an officer's chat: which wait, section by section in words, or by a workbook that is filled in."""

from dataclasses import replace
from typing import Any
from zlib import crc32

from actions import collections as actions
from actions import form_files, tables_sent
from bot.desk import Desk, Reply, say, sentence
from bot.officers import joined, viewer_of
from domain.buttons import Button, Verb, choice
from domain.collections import Outline, Section
from domain.collections.filled import LONGEST, Filled
from domain.conversation import Conversation
from domain.errors import ActRefused, NotFound
from domain.outgoing import Choice
from domain.words import squeeze
from messages.workbook import MEDIA_TYPE
from storage.views import AnyRow, collections, office

TEXT = "form_text"
REVIEW = "form_review"
FILE = "form_file"

STEPS = (TEXT, REVIEW, FILE)

RECEIVED = "Đã nhận tệp “{name}”, đang đọc. Kết quả được gửi tại đây ngay sau đó."

_CANCEL = choice("Huỷ", Verb.CANCEL)


def listing(desk: Desk, _text: str = "") -> Reply:
    """Answer /bieumau: the forms that the viewer's agencies are asked to fill in."""
    joined(desk)
    own = desk.viewer.own_agencies if desk.viewer else frozenset()
    rows = collections.waiting_for(desk.unit, own) if own else []
    choices = [choice(_label(row), Verb.FORM, "show", row.id, row.agency_id) for row in rows]
    if desk.viewer and desk.viewer.coordinates:
        choices.append(choice("Các đợt thu thập của Văn phòng", Verb.COLLECTION, "list"))
    return say("forms/listed", forms=rows, day=desk.day, choices=choices)


def _label(row: AnyRow) -> str:
    return f"{row.agency}: kỳ {row.period}{' (đã gửi)' if row.sent_at else ''}"


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about a form asks."""
    word = button.word()
    if word == "take":
        return _take(desk, button.number(1))
    if word in _PRESSES:
        return _PRESSES[word](desk, *_asked(desk, button.number(1), button.number(2)))
    return listing(desk)


def _asked(desk: Desk, form: int, agency: int) -> tuple[AnyRow, Outline, int]:
    row = actions.asked(desk.unit, viewer_of(desk), form, agency)
    outline = collections.outline_of(desk.unit, row.id)
    if outline is None:
        raise NotFound("biểu mẫu này")
    return row, outline, agency


def _show(desk: Desk, row: AnyRow, outline: Outline, agency: int) -> Reply:
    given = {one.section: one for one in collections.given(desk.unit, row.id, agency)}
    ids = (row.id, agency)
    words = [choice("Trả lời từng mục tại đây", Verb.FORM, "fill", *ids)] if outline.texts else []
    return say(
        "forms/form",
        form=row,
        agency=_name(desk, row.id, agency),
        sections=[(one, given.get(one.key)) for one in outline.asked],
        sent=len(given),
        day=desk.day,
        choices=[
            *words,
            choice("Nhận tệp Excel để điền", Verb.FORM, "book", *ids),
            choice("Gửi tệp Excel đã điền", Verb.FORM, "file", *ids),
            choice("Các biểu mẫu", Verb.FORM, "list"),
        ],
    )


def _name(desk: Desk, form: int, agency: int) -> str:
    return next((one.agency for one in collections.units(desk.unit, form) if one.agency_id == agency), "")


def _fill(desk: Desk, row: AnyRow, outline: Outline, agency: int) -> Reply:
    given = {one.section: one.text for one in collections.given(desk.unit, row.id, agency) if one.text}
    return _ask(desk, outline, {"form": row.id, "agency": agency, "at": 0, "texts": given})


def _ask(desk: Desk, outline: Outline, data: dict[str, Any]) -> Reply:
    """Ask for the section whose turn it is; after the last show what would be sent."""
    texts, at = outline.texts, int(data["at"])
    if at >= len(texts):
        return _review(desk, outline, data)
    section: Section = texts[at]
    back = (
        [choice("Quay lại", Verb.BACK)] if at else [choice("Quay lại", Verb.FORM, "show", data["form"], data["agency"])]
    )
    return say(
        "forms/ask",
        section=section,
        at=at + 1,
        total=len(texts),
        before=data["texts"].get(section.key, ""),
        step=TEXT,
        data=data,
        choices=[choice("Bỏ qua", Verb.SKIP), *back, _CANCEL],
    )


def answer(desk: Desk) -> Reply:
    """Take the words for the section that was asked."""
    _, outline, _ = _asked(desk, desk.data["form"], desk.data["agency"])
    text = squeeze(desk.incoming.text)
    if not text or len(text) > LONGEST:
        raise ActRefused(f"Xin gõ nội dung từ 1 đến {LONGEST} ký tự, hoặc chọn Bỏ qua.")
    at = int(desk.data["at"])
    texts = {**desk.data["texts"], outline.texts[at].key: text}
    return _ask(desk, outline, {**desk.data, "at": at + 1, "texts": texts})


def skip(desk: Desk, _button: Button) -> Reply:
    """Go on to the next section; what was sent for this one before stays."""
    _, outline, _ = _asked(desk, desk.data["form"], desk.data["agency"])
    return _ask(desk, outline, {**desk.data, "at": int(desk.data["at"]) + 1})


def back(desk: Desk, _button: Button) -> Reply:
    """Ask for the section before."""
    _, outline, _ = _asked(desk, desk.data["form"], desk.data["agency"])
    return _ask(desk, outline, {**desk.data, "at": max(min(int(desk.data["at"]), len(outline.texts)) - 1, 0)})


def _review(desk: Desk, outline: Outline, data: dict[str, Any]) -> Reply:
    if not data["texts"]:
        raise ActRefused("Chưa mục nào được trả lời. Nếu không có gì phát sinh, xin gõ “không phát sinh” ở một mục.")
    return say(
        "forms/review",
        agency=_name(desk, data["form"], data["agency"]),
        answers=[(one.title, data["texts"].get(one.key, "")) for one in outline.texts],
        tables=[one.title for one in outline.tables],
        office=office.name(desk.unit),
        step=REVIEW,
        data=data,
        choices=[
            choice("Gửi Văn phòng", Verb.YES, REVIEW, data["form"], crc32(repr(data["texts"]).encode())),
            choice("Quay lại", Verb.BACK),
            _CANCEL,
        ],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Send the words that were shown; a section that says what it said before is not sent anew."""
    form, agency, texts = desk.data["form"], desk.data["agency"], desk.data["texts"]
    before = {one.section: one.text for one in collections.given(desk.unit, form, agency)}
    changed = {key: text for key, text in texts.items() if before.get(key) != text}
    actions.send(desk.unit, viewer_of(desk), form, agency, Filled(texts=changed or texts), desk.now)
    return _sent(desk, form, agency)


def _sent(desk: Desk, form: int, agency: int) -> Reply:
    row, outline, _ = _asked(desk, form, agency)
    given = {one.section for one in collections.given(desk.unit, form, agency)}
    return say(
        "forms/sent",
        form=row,
        agency=_name(desk, form, agency),
        missing=[one.title for one in outline.asked if one.key not in given],
        choices=[
            choice("Xem lại biểu mẫu", Verb.FORM, "show", form, agency),
            choice("Các biểu mẫu", Verb.FORM, "list"),
        ],
    )


def _book(desk: Desk, row: AnyRow, _outline: Outline, agency: int) -> Reply:
    content = form_files.blank(desk.unit, row.id, agency)
    file = desk.unit.shelf.put(content, f"bieu-mau-{row.period}.xlsx", MEDIA_TYPE)
    reply = say(
        "forms/book", form=row, choices=_waiting_for_file(row.id, agency), step=FILE, data=_about(row.id, agency)
    )
    return replace(reply, messages=(replace(reply.messages[0], files=(file,)),))


def _about(form: int, agency: int) -> dict[str, Any]:
    return {"form": form, "agency": agency}


def _waiting_for_file(form: int, agency: int) -> list[Choice]:
    return [choice("Quay lại", Verb.FORM, "show", form, agency), _CANCEL]


def _file(desk: Desk, row: AnyRow, _outline: Outline, agency: int) -> Reply:
    return say(
        "forms/ask_file",
        form=row,
        files=desk.can.files_in,
        step=FILE,
        data=_about(row.id, agency),
        choices=_waiting_for_file(row.id, agency),
    )


def file_in(desk: Desk) -> Reply:
    """Note the filled workbook; it is read outside this unit and shown before it is sent."""
    file = desk.incoming.files[0]
    about = _about(desk.data["form"], desk.data["agency"])
    tables_sent.begin(
        desk.unit,
        viewer_of(desk),
        desk.endpoint_id,
        desk.incoming.channel,
        file,
        tables_sent.FORM,
        about,
        desk.now,
    )
    return sentence(RECEIVED.format(name=file.name))


def waits_for_file(desk: Desk) -> Reply:
    """Answer words where a file is waited for."""
    text = "Xin gửi tệp Excel đã điền." if desk.can.files_in else "Xin gửi tệp Excel bằng liên kết ở trên."
    return sentence(f"{text} Muốn trả lời bằng lời, xin chọn Quay lại.", desk.conversation)


def shown(desk: Desk, intake: AnyRow, filled: Filled) -> Reply:
    """Show what a workbook holds, to be sent or not."""
    _, outline, agency = _asked(desk, intake.data["form"], intake.data["agency"])
    titles = {one.key: one.title for one in outline.asked}
    choices = [choice("Gửi Văn phòng", Verb.FORM, "take", intake.id), _CANCEL]
    reply = say(
        "forms/read",
        name=intake.name,
        agency=_name(desk, intake.data["form"], agency),
        answers=[(titles[key], text) for key, text in filled.texts.items()],
        tables=[(titles[key], len(rows)) for key, rows in filled.rows.items()],
        office=office.name(desk.unit),
        choices=choices,
    )
    return replace(reply, conversation=Conversation(choices=tuple((one.label, one.key) for one in choices)))


def _take(desk: Desk, intake_id: int) -> Reply:
    row = tables_sent.take_form(desk.unit, viewer_of(desk), intake_id, desk.now)
    return _sent(desk, row.data["form"], row.data["agency"])


_PRESSES = {"show": _show, "fill": _fill, "book": _book, "file": _file}
