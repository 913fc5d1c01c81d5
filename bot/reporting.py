"""Reporting a task done: the evidence, what else it completes, one confirmation."""

from dataclasses import asdict
from datetime import date
from typing import Any

from actions import assignments
from actions.assignments import Proof
from bot.desk import Desk, Reply, say, sentence
from bot.officers import card, own, viewer_of
from domain.assignments import MOVES, Act
from domain.buttons import Button, Verb, choice
from domain.evidence import document_in, impossible_date_in, link_in
from domain.incoming import Sent
from domain.words import squeeze
from storage.views import work
from storage.views.work import Work

EVIDENCE = "evidence"
CONFIRM = "confirm_done"
FILE = "file_for"

OTHERS_OFFERED = 4
"""So many other tasks are offered as completed by the same evidence."""


def done(desk: Desk, button: Button) -> Reply:
    """Ask for the evidence of a task; a file sent before is the evidence already."""
    one = own(desk, button.number())
    if (one.state, Act.REPORT) not in MOVES:
        return card(desk, one.id)
    if desk.conversation.step == FILE:
        return _confirm(desk, one, desk.data["proof"], [])
    return say(
        "work/ask_evidence",
        work=one,
        files=desk.can.files_in,
        step=EVIDENCE,
        data={"id": one.id},
        choices=[
            choice("Bỏ qua (không có văn bản)", Verb.SKIP),
            choice(f"Quay lại {one.code}", Verb.OPEN, one.id),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def evidence(desk: Desk) -> Reply:
    """Take number and date, a link, a file or a photo."""
    one = own(desk, desk.data["id"])
    wrong = impossible_date_in(desk.incoming.text, desk.day) if link_in(desk.incoming.text) is None else None
    if wrong is not None:
        return sentence(
            f"Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày văn bản.",
            desk.conversation,
        )
    proof = _file_proof(desk) if desk.incoming.sent is Sent.FILE else _typed_proof(desk)
    if proof is None:
        return sentence(
            "Chưa thấy số, ngày văn bản hay đường dẫn. "
            "Xin gõ như: 45/KH-STP ngày 20/11/2026, gửi tệp, hoặc gõ “bỏ qua”.",
            desk.conversation,
        )
    return _confirm(desk, one, proof, [])


def _typed_proof(desk: Desk) -> dict[str, Any] | None:
    text = squeeze(desk.incoming.text)
    link = link_in(text)
    if link is not None:
        return _kept(Proof("link", text=link))
    found = document_in(text, desk.day)
    if found.number is None and found.on is None:
        return None
    return _kept(Proof("document", found.number, found.on, text[:500]))


def _file_proof(desk: Desk) -> dict[str, Any]:
    file = desk.incoming.files[0]
    file_id = assignments.keep_file(
        desk.unit, desk.incoming.channel, file.reference, file.name, file.media_type, file.size, desk.now
    )
    found = document_in(desk.incoming.text, desk.day)
    return _kept(Proof("file", found.number, found.on, file.name, file_id))


def _kept(proof: Proof) -> dict[str, Any]:
    return {**asdict(proof), "on": proof.on.isoformat() if proof.on else None}


def _proof(kept: dict[str, Any]) -> Proof:
    return Proof(**{**kept, "on": date.fromisoformat(kept["on"]) if kept["on"] else None})


def skip_evidence(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Go on without evidence: the event itself is what was done."""
    return _confirm(desk, own(desk, desk.data["id"]), _kept(Proof("event")), [])


def _confirm(desk: Desk, one: Work, kept: dict[str, Any], also: list[int]) -> Reply:
    others = [
        other for other in _completable(desk) if other.id not in {one.id, *also} and other.agency_id == one.agency_id
    ]
    named = work.by_ids(desk.unit, also, desk.day)
    choices = [choice("Gửi báo cáo hoàn thành", Verb.YES, CONFIRM, one.id)]
    if kept["kind"] != "event":
        choices += [
            choice(f"Văn bản này còn hoàn thành {other.code}", Verb.ALSO, other.id) for other in others[:OTHERS_OFFERED]
        ]
    return say(
        "work/confirm_done",
        work=one,
        proof=_proof(kept),
        also=[named[other] for other in also],
        others=others[:OTHERS_OFFERED] if kept["kind"] != "event" else [],
        step=CONFIRM,
        data={"id": one.id, "proof": kept, "also": also},
        choices=[*choices, choice("Huỷ", Verb.CANCEL)],
    )


def _completable(desk: Desk) -> list[Work]:
    works = work.of_agencies(desk.unit, viewer_of(desk).own_agencies, desk.day)
    return [one for one in works if (one.state, Act.REPORT) in MOVES]


def also(desk: Desk, button: Button) -> Reply:
    """Add another task that the same evidence completes."""
    other = own(desk, button.number())
    return _confirm(desk, own(desk, desk.data["id"]), desk.data["proof"], [*desk.data["also"], other.id])


def confirmed(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Report, and say what happens next."""
    one = own(desk, desk.data["id"])
    proof = _proof(desk.data["proof"])
    ids = assignments.report(desk.unit, viewer_of(desk), one.id, proof, desk.data["also"], desk.now)
    works = work.by_ids(desk.unit, ids, desk.day)
    return say(
        "work/reported",
        works=[works[each] for each in ids],
        proof=proof,
        choices=[choice("Danh sách việc", Verb.LIST, "open", 0)],
    )


def file_first(desk: Desk) -> Reply:
    """A file out of the blue: ask which task it completes."""
    works = _completable(desk)
    if not works:
        return say("work/file_nowhere")
    kept = _file_proof(desk)
    return say(
        "work/file_for",
        name=desk.incoming.files[0].name,
        works=works[:6],
        step=FILE,
        data={"proof": kept},
        choices=[
            *(choice(f"{one.code} · báo xong", Verb.DONE, one.id) for one in works[:6]),
            choice("Huỷ", Verb.CANCEL),
        ],
    )
