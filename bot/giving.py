"""A coordinator gives a task by chat: one line is read, what is missing is asked, one confirmation gives it out."""

from typing import Any

from actions import adhoc
from bot import giving_out, help_texts, loose
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.giving_out import CONFIRM
from domain.adhoc import Basis, Spoken
from domain.adhoc.basis import cut_basis
from domain.adhoc.reading import as_content
from domain.agencies import Resolution
from domain.buttons import Button, Verb, choice
from domain.deadlines import last_day, to_json
from domain.errors import ActRefused
from domain.evidence import day_in
from domain.local import long_day
from domain.outgoing import Choice
from domain.words import fold, squeeze
from storage.views import office

WHO = "give_who"
WHAT = "give_what"
WHEN = "give_when"
BASIS = "give_basis"

QUESTIONS = (WHO, WHAT, WHEN, BASIS)
"""Asked in this order, each only where the line did not say it."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)
_MOUTH: dict[str, Any] = {"kind": "", "number": None, "on": None, "by": ""}
_NEW: dict[str, Any] = {"lead": [], "unknown": [], "with": [], "content": "", "deadline": None, "basis": _MOUTH}


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer "giao …": what it would give; an ordinary sentence that begins so is read as any other."""
    line = squeeze(desk.incoming.text)
    if desk.viewer is None or not desk.viewer.coordinates:
        return loose.read(desk, line)
    if not text:
        return _next(desk, dict(_NEW))
    spoken = adhoc.understand(desk.unit, line.removeprefix("/"), desk.now)
    return loose.read(desk, line) if spoken is None else _next(desk, _data(desk, spoken))


def apart(desk: Desk, name: str, agency_id: int, content: str, basis: str) -> Reply:
    """Begin a task for one agency whose words and basis are known, so that only its date is asked."""
    coordinator(desk)
    read, _ = cut_basis(f"theo {basis}", desk.day)
    known = _kept(read) if read.number else _MOUTH
    return _next(desk, {**_NEW, "lead": [[name, [agency_id]]], "content": content[:1000], "basis": known})


def _data(desk: Desk, spoken: Spoken) -> dict[str, Any]:
    data = dict(_NEW) | _leads(desk, spoken.lead)
    ids = _ids(desk)
    data |= {"with": [ids[one.code] for one in spoken.coordinating.agencies], "content": spoken.content}
    data["basis"] = _kept(spoken.basis)
    if spoken.when is not None and not spoken.when.is_past(desk.day):
        data |= {"raw": spoken.when.raw, "deadline": to_json(spoken.when.deadline)}
    elif spoken.when is not None:
        data["note"] = f"Hạn {long_day(last_day(spoken.when.deadline) or desk.day)} đã qua."
    elif spoken.unread:
        data["note"] = f"Chưa hiểu hạn “{spoken.unread}”."
    return data


def _ids(desk: Desk) -> dict[str, int]:
    return {one.code: one.id for one in office.agencies_on(desk.unit, desk.day)}


def _leads(desk: Desk, found: Resolution) -> dict[str, Any]:
    """Return the leading agencies as the conversation keeps them: (as named, ids), and what is not known."""
    ids = _ids(desk)
    lead: list[Any] = [[one.name, [ids[one.code]]] for one in found.agencies]
    lead += [[group.raw, [ids[one.code] for one in members]] for group, members in found.groups if members]
    unfixed = [[group.raw, ""] for group, members in found.groups if not members]
    return {"lead": lead, "unknown": [*([one.name, one.nearest or ""] for one in found.unknown), *unfixed]}


def _kept(basis: Basis) -> dict[str, Any]:
    on = basis.on.isoformat() if basis.on else None
    return {"kind": basis.kind, "number": basis.number, "on": on, "by": basis.by}


def press(desk: Desk, button: Button) -> Reply:
    """Begin with nothing said, or take what is chosen instead of typed while the task is put together."""
    coordinator(desk)
    word, asked = button.word(), desk.conversation.step in (*QUESTIONS, CONFIRM)
    if word == "new":
        return _next(desk, dict(_NEW))
    if not asked:
        return help_texts.stale(desk)
    if word == "oral":
        return _next(desk, {**desk.data, "basis": _MOUTH})
    if word == "undated":
        return _next(desk, {**desk.data, "raw": adhoc.WITHOUT_DATE, "deadline": adhoc.without_date()})
    step = {"who": WHO, "what": WHAT, "when": WHEN}.get(word, BASIS)
    return _ask(desk, step, {**desk.data, "edit": True})


def _next(desk: Desk, data: dict[str, Any]) -> Reply:
    """Ask what is still missing, or show the whole."""
    data = {**data, "edit": False}
    if data["unknown"] or not data["lead"]:
        return _ask(desk, WHO, data)
    if not data["content"]:
        return _ask(desk, WHAT, data)
    if data["deadline"] is None:
        return _ask(desk, WHEN, data)
    basis = data["basis"]
    if (basis["kind"] or basis["number"]) and not (basis["number"] and basis["on"]):
        return _ask(desk, BASIS, data)
    return giving_out.preview(desk, data)


def _ask(desk: Desk, step: str, data: dict[str, Any]) -> Reply:
    unknown = data["unknown"][0] if step == WHO and data["unknown"] else None
    offered: list[Choice] = []
    if unknown is not None:
        offered = [choice(row.name, Verb.AGENCY, row.id) for row in _near(desk, unknown[1])]
        offered += [choice("Bỏ qua tên này", Verb.SKIP)] if data["lead"] or len(data["unknown"]) > 1 else []
    if step == WHEN:
        offered = [choice("Chưa ấn định hạn", Verb.GIVE, "undated")]
    if step == BASIS:
        offered = [choice("Giao miệng", Verb.GIVE, "oral")]
    return say(
        f"office/ask_{step}",
        unknown=unknown[0] if unknown else "",
        lead=[said for said, _ in data["lead"]],
        content=data["content"],
        basis=data["basis"],
        note=data.get("note", "") if step == WHEN else "",
        step=step,
        data=data,
        choices=[*offered, *([] if step == WHO and not data["edit"] else [_BACK]), _LEAVE],
    )


def _near(desk: Desk, name: str) -> list[Any]:
    return [one for one in office.agencies_on(desk.unit, desk.day) if name and one.name == name]


def answer(desk: Desk) -> Reply:
    """Take the typed answer to what was asked."""
    coordinator(desk)
    return _ANSWERS[desk.conversation.step](desk, squeeze(desk.incoming.text), dict(desk.data))


def _who(desk: Desk, text: str, data: dict[str, Any]) -> Reply:
    found = adhoc.understand_names(desk.unit, text, desk.now)
    leads = _leads(desk, found) if found is not None else None
    if leads is None or leads["unknown"]:
        likely = [one.name for one in office.agencies_on(desk.unit, desk.day) if fold(text) in fold(one.name)][:3]
        near = f" Có phải: {', '.join(likely)}?" if likely else ""
        raise ActRefused(f"Danh mục chưa có “{text[:60]}”.{near} Xin gõ tên, mã cơ quan, hoặc khối như “các sở”.")
    return _named(desk, data, leads["lead"])


def picked(desk: Desk, button: Button) -> Reply:
    """Take the agency that was offered instead of an unknown name."""
    named = [one for one in office.agencies_on(desk.unit, desk.day) if one.id == button.number()]
    return _named(desk, dict(desk.data), [[one.name, [one.id]] for one in named])


def skipped(desk: Desk, _button: Button) -> Reply:
    """Leave an unknown name out."""
    return _named(desk, dict(desk.data), [])


def _named(desk: Desk, data: dict[str, Any], lead: list[Any]) -> Reply:
    kept = [] if data.get("edit") and not data["unknown"] else data["lead"]
    return _next(desk, {**data, "lead": [*kept, *lead], "unknown": data["unknown"][1:]})


def _what(desk: Desk, text: str, data: dict[str, Any]) -> Reply:
    content = as_content(text[:1000])
    if not content:
        raise ActRefused("Xin ghi rõ việc cần làm (từ 3 chữ), ví dụ: báo cáo kết quả rà soát thủ tục.")
    return _next(desk, {**data, "content": content})


def _when(desk: Desk, text: str, data: dict[str, Any]) -> Reply:
    found = adhoc.understand_when(desk.unit, text, desk.now)
    return _next(desk, {**data, "raw": found.raw, "deadline": to_json(found.deadline), "note": ""})


def _basis(desk: Desk, text: str, data: dict[str, Any]) -> Reply:
    read, _ = cut_basis(f"theo {text}", desk.day)
    on = read.on or day_in(text, desk.day)
    found = _kept(Basis(read.kind, read.number, on, read.by))
    basis = {name: found.get(name) or data["basis"].get(name) for name in ("kind", "number", "on", "by")}
    if not (found["number"] or found["on"] or found["by"]):
        raise ActRefused("Chưa thấy số, ngày văn bản. Xin gõ như: công văn số 12/UBND-KSTT ngày 3/11/2026.")
    return _next(desk, {**data, "basis": basis})


_ANSWERS = {WHO: _who, WHAT: _what, WHEN: _when, BASIS: _basis}


def back(desk: Desk, _button: Button) -> Reply:
    """Go back to the whole where a part of it was being changed, else to the question before this one."""
    step, data = desk.conversation.step, dict(desk.data)
    if data.get("edit"):
        return _next(desk, data)
    at = QUESTIONS.index(step) if step in QUESTIONS else QUESTIONS.index(BASIS)
    return _ask(desk, QUESTIONS[max(at - 1, 0)], data)
