"""What a form of a task's page asks: the same acts as in the chat, refused and answered in the same words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from actions import assignments, checkins, dates, extensions, objections
from actions.assignments import Proof
from channels.webchat import NAME as HOUSE
from domain.assignments import MOVES
from domain.assignments import Act as Move
from domain.checkins import Answer
from domain.errors import ActRefused
from domain.evidence import document_in, impossible_date_in, link_in, percent_in
from domain.extensions import check_date
from domain.incoming import IncomingFile
from domain.local import short_day, today
from domain.people import Viewer
from domain.words import squeeze
from messages.render import render
from storage.views import Unit, work
from storage.views.work import Work
from web.forms import Posted


class Act(StrEnum):
    """What a form of a task's page does, as it stands in its address."""

    DONE = "xong"
    ACCEPT = "nhan"
    PROGRESS = "tien-do"
    OBSTACLE = "vuong-mac"
    EXTEND = "gia-han"


@dataclass(frozen=True, slots=True)
class Asked:
    """One posted form about one task, by whom, and the file that came with it."""

    unit: Unit
    viewer: Viewer
    one: Work
    form: Posted
    file: IncomingFile | None
    now: datetime

    def line(self, name: str) -> str:
        """Return a field as one line."""
        return squeeze(self.form.text(name))


_NEEDS: dict[Act, Move] = {
    Act.DONE: Move.REPORT,
    Act.ACCEPT: Move.ACCEPT,
    Act.PROGRESS: Move.PROGRESS,
    Act.OBSTACLE: Move.OBSTRUCT,
    Act.EXTEND: Move.ASK_EXTENSION,
}


def allowed(one: Work, viewer: Viewer) -> list[Act]:
    """Return what may be done with a task now, nothing for who has no seat in its agency."""
    if one.agency_id not in viewer.own_agencies:
        return []
    return [act for act, move in _NEEDS.items() if (one.state, move) in MOVES and (act is not Act.EXTEND or one.due_on)]


def do(act: Act, asked: Asked) -> str:
    """Do it and return what is said about it. Raises ActRefused with the sentence."""
    return _HANDLERS[act](asked)


def check(act: Act, asked: Asked) -> None:
    """Look at the words of a form before its file is kept. Raises ActRefused with the sentence."""
    if act is Act.DONE:
        _check_document(asked.line("document"), today(asked.now))


def check_in(unit: Unit, viewer: Viewer, works: Sequence[Work], text: str, now: datetime) -> str:
    """Keep one answer for all these works: words, or none where they go on as they are. Raises ActRefused."""
    said = squeeze(text)
    if said and len(said) < 5:
        raise ActRefused("Xin ghi nội dung, hoặc số và ngày của báo cáo chung (từ 5 ký tự).")
    checkins.answer(unit, viewer, works, Answer.JOINT if said else Answer.GOING_ON, said[:2000], now)
    return render("work/checked_in", works=works, text=said)


def _accept(asked: Asked) -> str:
    assignments.accept(asked.unit, asked.viewer, asked.one.id, asked.now)
    return render("work/accepted", works=[asked.one])


def _progress(asked: Asked) -> str:
    text = asked.line("text")
    if not text:
        raise ActRefused("Xin gõ một câu về tiến độ, có thể kèm phần trăm.")
    percent = percent_in(text)
    assignments.progress(asked.unit, asked.viewer, asked.one.id, text[:2000], percent, asked.now)
    return render("work/progress_kept", work=asked.one, percent=percent, text=text)


def _obstacle(asked: Asked) -> str:
    text = asked.line("text")
    if len(text) < 5:
        raise ActRefused("Xin ghi rõ vướng mắc (từ 5 ký tự) để Văn phòng nắm và trả lời.")
    objections.obstruct(asked.unit, asked.viewer, asked.one.id, text[:2000], asked.now)
    return render("work/obstacle_kept", work=asked.one, text=text)


def _done(asked: Asked) -> str:
    proof = _proof(asked)
    assignments.report(asked.unit, asked.viewer, asked.one.id, proof, [], asked.now)
    works = work.by_ids(asked.unit, [asked.one.id], today(asked.now))
    return render("work/reported", works=[works[asked.one.id]], proof=proof)


def _proof(asked: Asked) -> Proof:
    """Return what the form holds as the result. Raises ActRefused where it holds none and does not say so."""
    text, day = asked.line("document"), today(asked.now)
    _check_document(text, day)
    link = link_in(text)
    found = document_in(text, day)
    if asked.file is not None:
        file_id = assignments.keep_file(
            asked.unit, HOUSE, asked.file.reference, asked.file.name, asked.file.media_type, asked.file.size, asked.now
        )
        return Proof("file", found.number, found.on, asked.file.name, file_id)
    if link is not None:
        return Proof("link", text=link)
    if found.number is not None or found.on is not None:
        return Proof("document", found.number, found.on, text[:500])
    if not asked.form.text("none"):
        raise ActRefused(
            "Chưa thấy số, ngày văn bản hay đường dẫn. "
            f"Xin gõ như: 45/KH-STP ngày {short_day(day)}, chọn tệp, hoặc đánh dấu “không có văn bản”."
        )
    return Proof("event")


def _check_document(text: str, day: date) -> None:
    wrong = impossible_date_in(text, day) if link_in(text) is None else None
    if wrong is not None:
        raise ActRefused(
            f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày văn bản."
        )


def _extend(asked: Asked) -> str:
    until = dates.read_due(asked.line("until"), asked.now)
    check_date(until, asked.one.due_on, today(asked.now))
    reason, document = asked.line("reason"), asked.line("document")
    if len(reason) < 5:
        raise ActRefused("Xin ghi lý do xin gia hạn (từ 5 ký tự) để Văn phòng xem xét.")
    wrong = impossible_date_in(document, today(asked.now))
    if wrong is not None:
        raise ActRefused(f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày.")
    said = (asked.unit, asked.viewer, asked.one.id, until, reason[:1000], document[:300], asked.now)
    extensions.ask(*said)
    return render("work/extension_asked", work=asked.one, until=until)


_HANDLERS: dict[Act, Callable[[Asked], str]] = {
    Act.DONE: _done,
    Act.ACCEPT: _accept,
    Act.PROGRESS: _progress,
    Act.OBSTACLE: _obstacle,
    Act.EXTEND: _extend,
}
