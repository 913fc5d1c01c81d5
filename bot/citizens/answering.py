"""Taking a typed answer of a citizen's feedback: checked, caught where it belongs elsewhere, then the next question."""

from collections.abc import Callable

from bot.citizens import alike, doors, drafting
from bot.citizens.asking import ask, review
from bot.citizens.steps import ABOUT, ADDRESS, CONTACT, CONTENT, FILES, NAME, PUBLIC, QUESTIONS, WHEN, Data, needs_when
from bot.desk import Desk, Reply
from bot.help_texts import missed
from domain.cases.fields import address_of, content_of, name_of
from domain.cases.happened import happened_of
from domain.cases.reach import organisation_of, reached_at
from domain.errors import ActRefused
from domain.words import fold, squeeze


def answer(desk: Desk) -> Reply:
    """Take the typed answer to the question that waits."""
    step = desk.conversation.step
    try:
        found = _READERS[step](desk, desk.incoming.text)
    except ActRefused as refused:
        return missed(desk, refused.sentence)
    return drafting.kept(desk, forward(desk, step, {**desk.data, **found}))


def only_choices(desk: Desk) -> Reply:
    """Say what can be chosen to words typed where only a choice answers."""
    labels = " · ".join(f"{at} {label}" for at, (label, _) in enumerate(desk.conversation.choices, 1))
    return missed(desk, f"Xin chọn: {labels}")


def forward(desk: Desk, step: str, data: Data) -> Reply:
    """Go on from an answered question: what is heard in it, likely duplicates, then what comes next."""
    if step == CONTENT and (caught := doors.caught(desk, data)) is not None:
        return caught
    if step == WHEN and not data.get("editing") and (offered := alike.offered(desk, data)) is not None:
        return offered
    return onward(desk, step, data)


def onward(desk: Desk, step: str, data: Data) -> Reply:
    """Ask what comes after a question; after a change, and after the last one, show the review."""
    at = QUESTIONS.index(step) + 1
    if data.get("editing") or at == len(QUESTIONS):
        return review(desk, data)
    return ask(desk, QUESTIONS[at], data)


_UNKNOWN = frozenset({"khong ro", "khong biet", "khong nho"})


def _about(desk: Desk, text: str) -> Data:
    about = squeeze(text)
    if not 3 <= len(about) <= 200:
        raise ActRefused("Xin ghi tên cơ quan, đơn vị được phản ánh (3 đến 200 ký tự), hoặc gõ “không rõ”.")
    if needs_when(desk.data) and fold(about) in _UNKNOWN:
        raise ActRefused("Phản ánh hành vi cần tên cơ quan. Xin ghi nơi xảy ra việc, ví dụ: bộ phận Một cửa xã ….")
    return {"about": about}


def _content(_desk: Desk, text: str) -> Data:
    return {"content": content_of(text), "warned": []}


def _when(desk: Desk, text: str) -> Data:
    found = happened_of(text, desk.day, needed=needs_when(desk.data))
    return {"happened": found.text, "happened_on": found.on.isoformat() if found.on else None, "place": found.place}


def _name(desk: Desk, text: str) -> Data:
    if desk.data.get("who") != "organisation":
        return {"name": name_of(text), "extra": ""}
    name, extra = organisation_of(text)
    return {"name": name, "extra": extra}


def _address(_desk: Desk, text: str) -> Data:
    return {"address": address_of(text)}


def _contact(_desk: Desk, text: str) -> Data:
    phone, mail, email = reached_at(text)
    return {"phone": phone, "mail": mail, "email": email}


def _files(_desk: Desk, text: str) -> Data:
    if fold(text) not in _NO_MORE:
        raise ActRefused("Xin gửi tệp tại đây, hoặc chọn Bỏ qua (Gửi xong).")
    return {}


def _public(_desk: Desk, text: str) -> Data:
    if fold(text) not in _YES | _NO:
        raise ActRefused("Xin chọn Cho công khai, hoặc Không công khai.")
    return {"public": fold(text) in _YES}


_NO_MORE = frozenset({"khong", "khong co", "ko", "het", "xong", "gui xong"})
_YES = frozenset({"co", "cho", "dong y", "duoc", "cho cong khai"})
_NO = frozenset({"khong", "ko", "khong cho", "khong dong y", "khong cong khai"})

_READERS: dict[str, Callable[[Desk, str], Data]] = {
    ABOUT: _about,
    CONTENT: _content,
    WHEN: _when,
    FILES: _files,
    NAME: _name,
    ADDRESS: _address,
    CONTACT: _contact,
    PUBLIC: _public,
}
