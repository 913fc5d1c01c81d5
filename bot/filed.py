"""What files add to a report that waits for its confirmation: themselves, and the number and date read in them."""

from dataclasses import replace
from datetime import date
from typing import Any

from actions.assignments import Proof
from bot import reporting
from bot.desk import Desk, Reply, say
from bot.help_texts import stale
from bot.officers import own
from domain.agreeing import together
from domain.buttons import Button, Verb, choice
from domain.evidence import DocumentRef, document_in, link_in
from domain.words import squeeze
from storage.views import sent_files
from storage.views.sent_files import Bundle

DIFFERS = "file_differs"


def attached(desk: Desk) -> Reply:
    """Take a file sent while the report waits for its confirmation as one more piece of its evidence."""
    proof = reporting.waiting(desk)
    number = reporting.take_files(desk, quiet=True, bundle=desk.data.get("bundle")).bundle
    bundle = sent_files.bundle(desk.unit, number)
    if bundle is None:
        return Reply((), desk.conversation)
    typed = document_in(squeeze(desk.incoming.text), desk.day)
    found = DocumentRef(typed.number or proof.number, typed.on or proof.on)
    one, both = own(desk, desk.data["id"]), reporting.proof_by(bundle, found, link_in(proof.text))
    return reporting.confirm(desk, one, both, desk.data["also"], number)


def joined(desk: Desk, bundle: Bundle) -> Reply:
    """Add a further file of the same album to the evidence that waits for its confirmation, without a word."""
    proof = reporting.waiting(desk)
    more = tuple(one.file_id for one in bundle.usable if one.file_id != proof.file_id)
    kept = reporting.written(replace(proof, more=more))
    return Reply((), replace(desk.conversation, data={**desk.data, "proof": kept}))


def read_since(desk: Desk, bundle: Bundle) -> Reply | None:
    """Return what to say once the files of the evidence that waits were read: number and date, or that they differ.

    None where there is nothing new.
    """
    letter, proof = bundle.letter, reporting.waiting(desk)
    if letter is None:
        return None
    told = DocumentRef(proof.number, proof.on)
    found = together(told, DocumentRef(letter.number, letter.on), desk.day)
    if found is None:
        return differs(desk, told, DocumentRef(letter.number, letter.on), {**desk.data})
    return reporting.again(desk, replace(proof, number=found.number, on=found.on)) if found != told else None


def without_refused(desk: Desk, bundle: Bundle) -> Reply:
    """Go on without a file that was refused: with those that are left, else the evidence is asked for again."""
    one, proof = own(desk, desk.data["id"]), reporting.waiting(desk)
    link = link_in(proof.text)
    if bundle.usable:
        return reporting.again(desk, reporting.proof_by(bundle, DocumentRef(proof.number, proof.on), link))
    if link is not None:
        return reporting.confirm(desk, one, Proof("link", proof.number, proof.on, link), desk.data["also"])
    if proof.number or proof.on:
        return reporting.confirm(desk, one, Proof("document", proof.number, proof.on), desk.data["also"])
    return reporting.ask(desk, [one, *(own(desk, each) for each in desk.data["also"])])


def differs(desk: Desk, told: DocumentRef, read: DocumentRef, data: dict[str, Any]) -> Reply:
    """Say that a file bears another number or date than was typed, and ask which one holds."""
    on = read.on if read.on is not None and read.on <= desk.day else None
    both = {"file": DocumentRef(read.number or told.number, on or told.on), "typed": told}
    return say(
        "work/file_differs",
        typed=told,
        read=read,
        step=DIFFERS,
        data={**data, "refs": {name: [one.number, one.on and one.on.isoformat()] for name, one in both.items()}},
        choices=[
            choice("Ghi theo tệp", Verb.TAKE, "file"),
            choice("Ghi theo lời đã gõ", Verb.TAKE, "typed"),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def taken_from(desk: Desk, button: Button) -> DocumentRef:
    """Return the number and date that were chosen where file and words differ."""
    return _ref(desk, "file" if button.word() == "file" else "typed")


def _ref(desk: Desk, name: str) -> DocumentRef:
    number, on = desk.data["refs"][name]
    return DocumentRef(number, date.fromisoformat(on) if on else None)


def asked_again(desk: Desk) -> Reply:
    """Ask once more which of number and date holds, after saying that the question has changed."""
    data = {name: value for name, value in desk.data.items() if name != reporting.UNSEEN}
    return reporting.looked_over(differs(desk, _ref(desk, "typed"), _ref(desk, "file"), data))


def outdated(desk: Desk, button: Button) -> Reply:
    """Show what differs to who chose the confirmation that it took the place of."""
    asked = (reporting.CONFIRM, desk.data.get("id"))
    return asked_again(desk) if (button.word(), button.number(1)) == asked else stale(desk)


def unseen(reply: Reply) -> Reply:
    """Mark a question that takes the place of another one unasked: what is typed next may be meant for that one."""
    asked = reply.conversation
    if asked.step not in {reporting.CONFIRM, DIFFERS}:
        return reply
    return replace(reply, conversation=replace(asked, data={**asked.data, reporting.UNSEEN: True}))
