"""One case as the coordinating office sees it, with what can be decided about it now."""

from typing import Any

from actions.cases import rerouting
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.register import rows, steps
from bot.register.deeds import offered
from domain.buttons import Button, Verb, choice
from domain.cases.clocks import waited
from domain.cases.codes import case_code_in
from domain.cases.decisions import GROUNDS, Source, Urgency
from domain.cases.doors import Sound, listen
from domain.cases.lifecycle import Act, State, may
from domain.cases.publication import why_not
from domain.cases.triage_words import clocks
from domain.errors import NotFound
from domain.local import short_day, today
from domain.outgoing import Choice
from domain.people import Role
from domain.workdays import WorkCalendar
from storage.views import AnyRow, office
from storage.views.cases import register
from storage.views.cases.cards import questions_of
from storage.views.cases.caseload import HELD

LATEST = 3
"""So many of the last steps stand on the card."""


def opened(desk: Desk, case_id: int) -> AnyRow:
    """Return any case for a coordinator. Raises NotFound for others, and where there is none."""
    coordinator(desk)
    found = register.of(desk.unit, case_id)
    if found is None:
        raise NotFound("phản ánh này")
    return found


def by_code(desk: Desk, text: str) -> Reply:
    """Open the case whose code the text names."""
    code = case_code_in(text) or ""
    coordinator(desk)
    found = register.by_code(desk.unit, code)
    if found is None:
        raise NotFound(f"phản ánh {code}")
    return show(desk, found)


def press(desk: Desk, button: Button) -> Reply:
    """Open a case by a choice: the case, the rest of what can be done about it, or all that happened."""
    case = opened(desk, button.number(1))
    if button.word() == "history":
        return _history(desk, case, button.number(2))
    return show(desk, case, rest=button.word() == "more")


def show(desk: Desk, case: AnyRow, *, rest: bool = False) -> Reply:
    """Show a case with what may be decided about it; `rest` offers what is done seldom."""
    calendar = office.calendar(desk.unit)
    history = steps.of(desk, case)
    return say(
        "register/card",
        line=rows.line(desk, case, calendar),
        private=desk.can.private,
        content=case.content,
        about=case.about,
        proposal=case.proposal,
        received_on=case.received_on,
        source=Source(case.source).label,
        external=_external(case),
        legal_class=rows.classified(case),
        field=case.field,
        urgency=Urgency(case.urgency).label,
        transfer=rows.letter(case.forward_number, case.forward_on),
        clocks=[_clocks(desk, case, calendar)],
        notes=_notes(desk, case),
        duplicates=register.merged_into(desk.unit, case.id),
        files=register.file_names(desk.unit, case.id) if desk.can.private else [],
        history=history[-LATEST:],
        choices=_choices(desk, case, rest=rest),
    )


def _handled_here(desk: Desk, case: AnyRow) -> list[Choice]:
    """Return the way to what the office answers itself: as an agency does."""
    own = case.agency_id in coordinator(desk).agencies_as(Role.COORDINATOR) and State(case.state) in HELD
    return [choice("Xử lý, trả lời", Verb.CASELOAD, "open", case.id)] if own else []


def _choices(desk: Desk, case: AnyRow, *, rest: bool) -> list[Choice]:
    first, others = offered(desk, case)
    shown = others if rest else first
    more = [choice("Việc khác với phản ánh này", Verb.REGISTER, "more", case.id)] if others and not rest else []
    back = [choice(f"Quay lại {case.code}", Verb.REGISTER, "open", case.id)] if rest else []
    return [
        *([] if rest else _handled_here(desk, case)),
        *(choice(one.label, Verb.REGISTER, "do", one.name, case.id) for one in shown),
        *([] if rest else _publishing(case)),
        *more,
        *([choice("Mở trang", Verb.REGISTER, "page", case.id)] if rest or not others or not desk.can.private else []),
        *([choice("Lập văn bản", Verb.CASE_PAPER, "pick", case.id)] if rest or not others else []),
        *([choice("Diễn biến", Verb.REGISTER, "history", case.id, 0)] if not rest else []),
        *back,
        choice("Sổ phản ánh, kiến nghị", Verb.OFFICE, "cases", 0),
    ]


def _publishing(case: AnyRow) -> list[Choice]:
    free = case.state == State.ANSWERED and not why_not(case)
    return [choice("Công khai kết quả", Verb.PUBLISH, "new", case.id)] if free else []


def _external(case: AnyRow) -> str:
    incoming = rows.letter(case.incoming_number, case.incoming_on)
    posted = f"đã đăng trên hệ thống quốc gia ngày {short_day(case.posted_on)}" if case.posted_on else ""
    named = [f"mã ngoài {case.external_code}" if case.external_code else "", f"số đến {incoming}" if incoming else ""]
    said = "; ".join(one for one in (*named, posted) if one)
    return said[:1].upper() + said[1:]


def _clocks(desk: Desk, case: AnyRow, calendar: WorkCalendar) -> str:
    ended = today(case.ended_at) if case.ended_at and not State(case.state).is_open else None
    asked = [(one.asked_at, one.answered_at) for one in questions_of(desk.unit, case.id)]
    waiting = waited(asked, ended or desk.day, calendar)
    return clocks(case.received_on, rows.age(desk, case, calendar), waiting, ended)


def _notes(desk: Desk, case: AnyRow) -> list[str]:
    """Return what else a coordinator must know before deciding; words of others only where they may be seen."""
    found = _sounds(case) if desk.can.private else []
    waiting = register.refusal(desk.unit, case.id)
    if waiting is not None:
        ground = GROUNDS[waiting.data["ground"]]
        why = f". Lý do: {waiting.data['reason']}" if desk.can.private else ""
        found.append(f"Đề nghị từ chối theo {ground.code}: {ground.label}{why}")
    if case.withheld is not None:
        found.append(f"Không công khai: {case.withheld}" if desk.can.private else "Không công khai")
    if case.bounces:
        above = "" if rerouting.decides(desk.unit, coordinator(desk), case) else ": lãnh đạo Văn phòng quyết định"
        found.append(f"Cơ quan đã đề nghị chuyển lại {case.bounces} lần{above}")
    if case.by_document:
        found.append("Cơ quan chưa có tài khoản lãnh đạo: gửi bằng công văn và ghi số, ngày")
    if case.master_id:
        master = register.of(desk.unit, case.master_id)
        found += [f"Đã gộp vào {master.code}"] if master is not None else []
    answer: Any = register.answered(desk.unit, case.id)
    if answer is not None and desk.can.private:
        found.append(f"Đã trả lời: {answer.text}")
    untold = register.untold(desk.unit, case.id)
    if untold:
        found.append(f"Còn {len(untold)} tin phải báo người gửi bằng điện thoại hoặc thư")
    return found


_SOUNDS = {
    Sound.EMERGENCY: "việc khẩn cấp",
    Sound.CRIME: "tin báo tội phạm",
    Sound.COMPLAINT: "khiếu nại, tố cáo",
    Sound.FOREIGN: "không phải tiếng Việt",
    Sound.UNCLEAR: "chưa rõ việc gì",
    Sound.PERSONAL: "có số giấy tờ, tài khoản hoặc điện thoại",
}


def _sounds(case: AnyRow) -> list[str]:
    """Return what the words sound like, for who has to classify them: a hint, never a decision."""
    if not may(State(case.state), Act.FORWARD):
        return []
    heard = [
        f"{_SOUNDS[one.sound]} (“{one.words}”)" if one.words else _SOUNDS[one.sound] for one in listen(case.content)
    ]
    return [f"Máy nhận thấy, xin kiểm tra: {'; '.join(heard)}"] if heard else []


PAGE = 8


def _history(desk: Desk, case: AnyRow, at: int) -> Reply:
    every = steps.of(desk, case)
    shown = every[at * PAGE : (at + 1) * PAGE]
    later = [choice("Trang sau", Verb.REGISTER, "history", case.id, at + 1)] if (at + 1) * PAGE < len(every) else []
    return say(
        "register/history",
        code=case.code,
        history=shown,
        total=len(every),
        choices=[*later, choice(f"Quay lại {case.code}", Verb.REGISTER, "open", case.id)],
    )
