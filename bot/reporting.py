"""Reporting a task done: the evidence, what else it completes, one confirmation."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from zlib import crc32

from actions import assignments
from actions import evidence as evidence_actions
from actions.assignments import Proof
from bot.desk import Desk, Reply, say, sentence
from bot.help_texts import missed, stale
from bot.officers import card, own, viewer_of
from domain.assignments import MOVES, Act
from domain.buttons import Button, Verb, choice
from domain.evidence import DocumentRef, document_in, impossible_date_in, link_in
from domain.incoming import Sent
from domain.local import short_day
from domain.outgoing import Choice, Message
from domain.words import squeeze
from storage.views import sent_files, work
from storage.views.sent_files import Bundle
from storage.views.work import Work

EVIDENCE = "evidence"
CONFIRM = "confirm_done"

UNSEEN = "unseen"
"""Stands in a conversation's data where its question was put anew without the person having said anything."""

CHANGED = "Nội dung báo cáo vừa đổi, chưa có gì được gửi đi. Xin xem lại rồi chọn."

OTHERS_OFFERED = 4
"""So many other tasks are offered as completed by the same evidence."""

IMPOSSIBLE = "Ngày văn bản “{wrong}” không có trong lịch hoặc còn ở tương lai. Xin gõ lại số và ngày văn bản."
NONE_SEEN = "Chưa thấy số, ngày văn bản hay đường dẫn. Xin gõ như: 45/KH-STP ngày {day}, gửi tệp, hoặc gõ “bỏ qua”."


def done(desk: Desk, button: Button) -> Reply:
    """Ask for the evidence of a task. A task that cannot be reported now is shown instead."""
    one = own(desk, button.number())
    return ask(desk, [one]) if can_report(one) else card(desk, one.id)


def can_report(one: Work) -> bool:
    """Whether a task stands so that it can be reported done."""
    return (one.state, Act.REPORT) in MOVES


def completable(desk: Desk) -> list[Work]:
    """Return the viewer's own tasks that can be reported done."""
    works = work.of_agencies(desk.unit, viewer_of(desk).own_agencies, desk.day)
    return [one for one in works if can_report(one)]


def ask(desk: Desk, works: Sequence[Work]) -> Reply:
    """Ask for the evidence of the first task, which completes the others too."""
    one, *more = works
    return say(
        "work/ask_evidence",
        work=one,
        also=more,
        day=desk.day,
        files=desk.can.files_in,
        step=EVIDENCE,
        data={"id": one.id, "also": [each.id for each in more]},
        choices=[
            choice("Bỏ qua (không có văn bản)", Verb.SKIP),
            choice(f"Quay lại {one.code}", Verb.OPEN, one.id),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def evidence(desk: Desk) -> Reply:
    """Take number and date, a link, a file or a photo."""
    one, text = own(desk, desk.data["id"]), squeeze(desk.incoming.text)
    wrong = impossible_date_in(text, desk.day) if link_in(text) is None else None
    if wrong is not None:
        return missed(desk, IMPOSSIBLE.format(wrong=wrong))
    if desk.incoming.sent is Sent.FILE:
        return _with_files(desk, one)
    proof = typed(text, desk.day)
    if proof is None:
        return missed(desk, NONE_SEEN.format(day=short_day(desk.day)))
    return confirm(desk, one, proof, also_of(desk))


def also_of(desk: Desk) -> list[int]:
    """Return the other tasks that the evidence asked for completes."""
    return list(desk.data.get("also", ()))


def typed(text: str, day: date) -> Proof | None:
    """Return the evidence that words name: a link, a document's number or date; None where they name none."""
    link = link_in(text)
    if link is not None:
        return Proof("link", text=link)
    found = document_in(text, day)
    return Proof("document", found.number, found.on, text[:500]) if found.number or found.on else None


def _with_files(desk: Desk, one: Work) -> Reply:
    """Take files as the evidence; they are read meanwhile, and what they say is told while the question is open."""
    received = take_files(desk, quiet=True).bundle
    found = document_in(squeeze(desk.incoming.text), desk.day)
    bundle = sent_files.bundle(desk.unit, received)
    if bundle is None:
        return card(desk, one.id)
    return without_too_large(desk, confirm(desk, one, proof_by(bundle, found), also_of(desk), received))


def take_files(desk: Desk, *, quiet: bool, bundle: int | None = None) -> evidence_actions.Received:
    """Note the files of an update, to be fetched into the house and read."""
    incoming = desk.incoming
    return evidence_actions.receive(
        desk.unit,
        viewer_of(desk),
        desk.endpoint_id,
        incoming.channel,
        incoming.files,
        desk.now,
        caption=squeeze(incoming.text)[:1000],
        album=incoming.album,
        bundle=bundle,
        quiet=quiet,
    )


def without_too_large(desk: Desk, reply: Reply) -> Reply:
    """Name before the answer the files sent with the others that were not taken."""
    left_out = [one.name for one in desk.incoming.files if evidence_actions.too_large(one)]
    told = [Message(evidence_actions.TOO_LARGE.format(name=name), heading=False) for name in left_out]
    return replace(reply, messages=(*told, *reply.messages))


def proof_by(bundle: Bundle, found: DocumentRef, link: str | None = None) -> Proof:
    """Return the evidence that the usable files of a bundle are, under that number and date, beside a link."""
    first, *more = bundle.usable
    text = f"{first.name}, {link}" if link else first.name
    return Proof("file", found.number, found.on, text, first.file_id, tuple(one.file_id for one in more))


def written(proof: Proof) -> dict[str, Any]:
    """Return the form in which a conversation keeps evidence."""
    return {**asdict(proof), "on": proof.on.isoformat() if proof.on else None}


def waiting(desk: Desk) -> Proof:
    """Return the evidence that waits for its confirmation."""
    kept = desk.data["proof"]
    on = date.fromisoformat(kept["on"]) if kept["on"] else None
    return Proof(**{**kept, "on": on, "more": tuple(kept.get("more", ()))})


def skip_evidence(desk: Desk, _button: Button) -> Reply:
    """Go on without evidence: the event itself is what was done."""
    return confirm(desk, own(desk, desk.data["id"]), Proof("event"), also_of(desk))


def confirm(desk: Desk, one: Work, proof: Proof, also: Sequence[int], bundle: int | None = None) -> Reply:
    """Read back what would be reported and ask once; a bundle's files may still be read meanwhile."""
    others = [
        other for other in completable(desk) if other.id not in {one.id, *also} and other.agency_id == one.agency_id
    ]
    offered = others[:OTHERS_OFFERED] if proof.kind != "event" else []
    named = work.by_ids(desk.unit, also, desk.day)
    found = sent_files.bundle(desk.unit, bundle) if bundle is not None else None
    return say(
        "work/confirm_done",
        work=one,
        proof=proof,
        also=[named[other] for other in also],
        others=offered,
        waits=found is not None and found.waits,
        day=desk.day,
        step=CONFIRM,
        data={"id": one.id, "proof": written(proof), "also": list(also), "bundle": bundle},
        choices=[
            choice("Gửi báo cáo hoàn thành", Verb.YES, CONFIRM, one.id, _mark(proof, also)),
            *(choice(f"Văn bản này còn hoàn thành {other.code}", Verb.ALSO, other.id) for other in offered),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def _mark(proof: Proof, also: Sequence[int]) -> int:
    """Return what tells a confirmation from one that read back something else; further files join it silently."""
    return crc32(repr((written(replace(proof, more=())), list(also))).encode())


def again(desk: Desk, proof: Proof, also: Sequence[int] | None = None) -> Reply:
    """Ask for the confirmation that waits once more, with what is known by now."""
    data = desk.data
    more = data["also"] if also is None else also
    return confirm(desk, own(desk, data["id"]), proof, more, data.get("bundle"))


def also(desk: Desk, button: Button) -> Reply:
    """Add another task that the same evidence completes."""
    if unseen(desk):
        return looked_over(again(desk, waiting(desk)))
    other = own(desk, button.number())
    return again(desk, waiting(desk), [*desk.data["also"], other.id])


def amended(desk: Desk, found: DocumentRef) -> Reply:
    """Take number or date typed while the confirmation waits in place of those that are read back."""
    proof = waiting(desk)
    kind = "document" if proof.kind == "event" else proof.kind
    return again(desk, replace(proof, kind=kind, number=found.number or proof.number, on=found.on or proof.on))


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Report, and say what happens next."""
    if unseen(desk):
        return looked_over(again(desk, waiting(desk)))
    data = desk.data
    return send(desk, [data["id"], *data["also"]], waiting(desk), data.get("bundle"))


def unseen(desk: Desk) -> bool:
    """Whether words or a digit answer a question that was put anew, perhaps after they were typed.

    A button belongs to the message that bears it; its key tells what was read there.
    """
    return UNSEEN in desk.data and desk.incoming.sent is not Sent.BUTTON


def looked_over(reply: Reply) -> Reply:
    """Say before a question that it has changed and that nothing was sent."""
    return replace(reply, messages=(*sentence(CHANGED).messages, *reply.messages))


def outdated(desk: Desk, button: Button) -> Reply:
    """Show the confirmation that waits to who chose one that read back something else about the same task."""
    if (button.word(), button.number(1)) != (CONFIRM, desk.data["id"]):
        return stale(desk)
    return looked_over(again(desk, waiting(desk)))


def send(desk: Desk, ids: Sequence[int], proof: Proof, bundle: int | None) -> Reply:
    """Report tasks done with their evidence; its files are spoken of no more."""
    one = own(desk, ids[0])
    sent = assignments.report(desk.unit, viewer_of(desk), one.id, proof, ids[1:], desk.now)
    if bundle is not None:
        evidence_actions.settled(desk.unit, bundle)
    works = work.by_ids(desk.unit, sent, desk.day)
    return say("work/reported", works=[works[each] for each in sent], proof=proof, choices=[LISTED])


LISTED: Choice = choice("Danh sách việc", Verb.LIST, "open", 0)
