"""Papers about a case, written to be numbered and signed: for who coordinates, or of an answer for its agency.

A paper that names the sender reads who that is, and the reading is kept.
"""

from datetime import datetime

from actions import erasing
from actions.cases import laying, moving, telling
from actions.letterheads import letterhead, signatory
from actions.offices import ADDRESS
from domain.case_papers import PaperKind
from domain.cases.decisions import GROUNDS, Outcome, Source
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.outgoing import Attachment
from domain.people import Viewer
from messages import case_papers
from messages.case_papers import Addressee, Answer, Case, Forwarding, Receipt, Refusal, Supplement
from messages.official import Letterhead, Signatory
from storage import agencies, audit, calendars, office_settings, offices
from storage.cases import answers, attachments, events, proposals, questions, rows
from storage.cases import people as citizens
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office
from storage.views.cases import cards


def write(
    unit: Unit,
    viewer: Viewer | None,
    case_id: int,
    kind: PaperKind,
    now: datetime,
    *,
    agency_id: int | None = None,
    secret: str = "",
) -> bytes:
    """Return a paper about a case as a Word file; `viewer` None is the operator.

    `agency_id` names to whom a case goes that is not passed on yet; `secret` is the code's secret part, while known.
    Raises NotFound for whoever may not write it, ActRefused where the case has not come so far.
    """
    row = rows.get(unit, case_id)
    if row is None or not _may(viewer, row, kind):
        raise NotFound(moving.WHAT)
    made = _WRITERS[kind](_Desk(unit, viewer, row, kind, now, agency_id, secret))
    person_id = viewer.person_id if viewer else None
    actor = None if viewer else audit.OPERATOR
    audit.record(unit, "case_paper", moving.SUBJECT, row.id, now, person_id=person_id, actor=actor, paper=kind.value)
    return made


def file(unit: Unit, viewer: Viewer, case_id: int, kind: PaperKind, now: datetime, *, secret: str = "") -> Attachment:
    """Return a paper as a file to hand over, named by the case's code. Raises as `write` does."""
    content = write(unit, viewer, case_id, kind, now, secret=secret)
    row = rows.get(unit, case_id)
    assert row is not None
    made = unit.shelf.put(content, f"{kind.word}-{row.code}.docx", case_papers.MEDIA_TYPE)
    return erasing.passing(unit, made, now)


def offered(unit: Unit, viewer: Viewer, case_id: int) -> tuple[PaperKind, ...]:
    """Return the papers that a person may write about a case as it stands."""
    row = rows.get(unit, case_id)
    if row is None:
        return ()
    waiting = proposals.pending(unit, row.id)
    refusing = waiting is not None and waiting.act == Act.REFUSE
    asked = any(one.kind == questions.SUPPLEMENT for one in questions.of(unit, row.id))
    fits = {
        PaperKind.FORWARDING: row.agency_id is not None or bool(row.outside),
        PaperKind.REFUSAL: refusing or row.state == State.REFUSED,
        PaperKind.SUPPLEMENT: asked or row.state == State.WAITING_RECEPTION,
        PaperKind.ANSWER: row.agency_id is not None,
        PaperKind.RECEIPT: Source(row.source).by_an_official,
    }
    return tuple(kind for kind, fit in fits.items() if fit and _may(viewer, row, kind))


def _may(viewer: Viewer | None, row: AnyRow, kind: PaperKind) -> bool:
    if viewer is None or viewer.coordinates:
        return True
    return kind is PaperKind.ANSWER and moving.handles(viewer, row)


class _Desk:
    """What every paper of one case is written from."""

    def __init__(
        self,
        unit: Unit,
        viewer: Viewer | None,
        row: AnyRow,
        kind: PaperKind,
        now: datetime,
        agency_id: int | None,
        secret: str,
    ) -> None:
        self.unit, self.viewer, self.row, self.kind, self.now = unit, viewer, row, kind, now
        self.agency_id, self.secret = agency_id or row.agency_id, secret
        self.head, self.signatory = letterhead(unit, "document_code"), signatory(unit)
        self.office = office.name(unit)

    @property
    def case(self) -> Case:
        row = self.row
        source = Source(row.source).label
        return Case(row.code, row.received_on, source, row.content, row.external_code or "", laying.is_conduct(row))

    def sender(self) -> Addressee:
        """Return whom a paper is addressed to; that it was read is kept. An agency's paper leaves the name open."""
        if self.viewer is not None and not self.viewer.coordinates:
            return Addressee()
        who = citizens.get(self.unit, self.row.citizen_id)
        if who is None or citizens.is_restricted(self.unit, self.row.citizen_id):
            return Addressee()
        person_id = self.viewer.person_id if self.viewer else None
        why = f"lập {self.kind.label}"
        citizens.note_read(self.unit, self.row.citizen_id, self.row.id, person_id, why, self.now)
        return Addressee(who.name, who.address or who.mail)

    def contact(self) -> str:
        return office.hotline(self.unit)

    def files(self) -> int:
        theirs = {attachments.OF_CITIZEN, attachments.OF_SUPPLEMENT}
        return sum(one.origin in theirs for one in attachments.of(self.unit, self.row.id))


def _forwarding(desk: _Desk) -> bytes:
    row, unit = desk.row, desk.unit
    name = agencies.names(unit, [desk.agency_id])[desk.agency_id] if desk.agency_id else row.outside
    if not name:
        raise ActRefused(f"{row.code} chưa chọn cơ quan xử lý. Xin chọn cơ quan rồi lập văn bản chuyển.")
    due_on = row.due_on if row.agency_id else laying.answering_clock(unit, row, desk.now).due_on
    return case_papers.forwarding(
        Forwarding(
            desk.head,
            desk.signatory,
            desk.office,
            desk.case,
            name,
            None if row.outside else due_on,
            office_settings.number(unit, "case_return_days"),
            bool(row.outside),
            desk.files(),
        )
    )


def _refusal(desk: _Desk) -> bytes:
    waiting = proposals.pending(desk.unit, desk.row.id)
    if waiting is not None and waiting.act == Act.REFUSE:
        code, reason = waiting.data["ground"], waiting.data["reason"]
    else:
        done = [one for one in events.of(desk.unit, desk.row.id) if one.act in {Act.REFUSE, Act.TIME_OUT}]
        code = (done[-1].data or {}).get("ground", "") if done else ""
        reason = done[-1].text if done else ""
    ground = GROUNDS.get(code)
    if ground is None:
        raise ActRefused(f"{desk.row.code} chưa có căn cứ từ chối. Xin đề nghị từ chối rồi lập thông báo.")
    return case_papers.refusal(
        Refusal(
            desk.head,
            desk.signatory,
            desk.office,
            desk.case,
            desk.sender(),
            ground.label,
            ground.basis,
            reason,
            ground.way_out,
            desk.row.appeals < 1,
        )
    )


def _supplement(desk: _Desk) -> bytes:
    asked = [one for one in questions.of(desk.unit, desk.row.id) if one.kind == questions.SUPPLEMENT]
    days = office_settings.number(desk.unit, "case_supplement_days")
    until = asked[-1].until if asked else calendars.in_force(desk.unit).add(today(desk.now), days)
    items = [line.strip(" -•") for line in asked[-1].text.split("\n") if line.strip(" -•")] if asked else []
    to = desk.sender()
    return case_papers.supplement(
        Supplement(desk.head, desk.signatory, desk.office, desk.case, to, items, until, desk.contact())
    )


def _answer(desk: _Desk) -> bytes:
    row = desk.row
    written = [one for one in answers.of(desk.unit, row.id) if one.state != answers.RETURNED]
    agency = agencies.names(desk.unit, [row.agency_id])[row.agency_id] if row.agency_id else desk.office
    own = row.agency_id is None or row.agency_id == agencies.coordinating_id(desk.unit)
    last = written[-1] if written else None
    return case_papers.answer(
        Answer(
            desk.head if own else Letterhead(desk.head.superior, agency, "", desk.head.place),
            desk.signatory if own else Signatory("", "THỦ TRƯỞNG CƠ QUAN", last.signer if last else ""),
            agency,
            agency if own else desk.office,
            desk.case,
            desk.sender(),
            last.text if last else "",
            Outcome(last.outcome).label if last else "",
            None if own else row.passed_on,
            "" if own else row.forward_number or "",
            office_settings.number(desk.unit, "case_reopen_days"),
        )
    )


def _receipt(desk: _Desk) -> bytes:
    row, unit = desk.row, desk.unit
    clock = laying.forwarding_clock(unit, row.received_on, conduct=laying.is_conduct(row))
    due_on = clock.due_on or row.received_on
    address = offices.setting(unit, ADDRESS) or ""
    return case_papers.receipt(
        Receipt(
            desk.head,
            desk.signatory,
            desk.office,
            desk.case,
            desk.sender(),
            due_on,
            cards.explanation(unit, row.id) if row.passed_on is None else clock.article,
            desk.secret,
            desk.contact(),
            f"{address.rstrip('/')}{telling.LOOK_UP}" if address else "",
            desk.files(),
        )
    )


_WRITERS = {
    PaperKind.FORWARDING: _forwarding,
    PaperKind.REFUSAL: _refusal,
    PaperKind.SUPPLEMENT: _supplement,
    PaperKind.ANSWER: _answer,
    PaperKind.RECEIPT: _receipt,
}
