"""Files sent outside any question: received at once, spoken of once they are read, reported only when confirmed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zlib import crc32

from actions import evidence
from bot import filed, meaning, reporting
from bot.desk import Desk, Reply, say, sentence
from bot.help_texts import stale
from bot.officers import own, viewer_of
from domain.agreeing import together
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.evidence import DocumentRef, document_in
from domain.outgoing import Choice
from domain.replies import Reading
from domain.replies import read as read_words
from domain.replies.likeness import Verdict
from domain.words import squeeze
from storage.views import sent_files
from storage.views.sent_files import Bundle
from storage.views.work import Work

READING = sent_files.READING
FILE = "file_for"
OFFERED = "file_offered"

STEPS = frozenset({READING, FILE, OFFERED})
"""Steps in which typed words may be about a file."""

CALLED = frozenset({"tep", "xem tep", "file", "xem file"})
"""Folded words that ask for the file that waits for an answer."""

NONE_WAITS = "Hiện không có tệp nào chờ trả lời. Xin gửi tệp vào đây."


def bundle_of(desk: Desk, number: int) -> Bundle:
    """Return files that the viewer sent in this chat. Raises NotFound for anybody else's."""
    found = sent_files.bundle(desk.unit, number)
    if found is None or (found.endpoint_id, found.person_id) != (desk.endpoint_id, viewer_of(desk).person_id):
        raise NotFound("tệp này")
    return found


def offer(desk: Desk, bundle: Bundle) -> Reply:
    """Propose what files that were read are: which task they complete, under which number and date."""
    usable, works = bundle.usable, reporting.completable(desk)
    if not usable or not works:
        return say("work/file_nowhere", name=bundle.files[0].name, letter=bundle.letter)
    typed, letter = typed_beside(desk, bundle), bundle.letter
    read = DocumentRef(letter.number, letter.on) if letter is not None else DocumentRef(None, None)
    found = together(typed, read, desk.day)
    if found is None:
        return filed.differs(desk, typed, read, {"bundle": bundle.id})
    return proposed(desk, bundle, found) or _likely(desk, bundle, works, found)


def typed_beside(desk: Desk, bundle: Bundle) -> DocumentRef:
    """Return the number and date in the words beside the files."""
    read = read_words(bundle.caption, desk.day).document
    return read or document_in(bundle.caption, desk.day)


def proposed(desk: Desk, bundle: Bundle, found: DocumentRef | None = None) -> Reply | None:
    """Propose the tasks that the words beside the files name, None where they name none that is open."""
    codes = read_words(bundle.caption, desk.day).tasks
    works = [one for one in meaning.named(desk, codes) if reporting.can_report(one)] if codes else []
    return _propose(desk, bundle, works, found or typed_beside(desk, bundle)) if works else None


def _likely(desk: Desk, bundle: Bundle, works: Sequence[Work], found: DocumentRef) -> Reply:
    """Propose the likeliest task for what was read; a picture or a scan is no ground for a guess."""
    letter = bundle.letter
    if letter is None:
        return ask_which(desk, bundle, works, found)
    meant = meaning.like(letter, works, least=Verdict.POSSIBLE)
    if meant.sure or len(works) == 1:
        return _propose(desk, bundle, meant.works[:1], found)
    return ask_which(desk, bundle, meant.works, found)


def _kept(found: DocumentRef) -> dict[str, str | None]:
    return {"number": found.number, "on": found.on.isoformat() if found.on else None}


def _propose(desk: Desk, bundle: Bundle, works: Sequence[Work], found: DocumentRef) -> Reply:
    first, *more = works
    ids = [one.id for one in works]
    return say(
        "work/file_offered",
        work=first,
        also=more,
        names=[one.name for one in bundle.usable],
        letter=bundle.letter,
        found=found,
        day=desk.day,
        waits=bundle.waits,
        step=OFFERED,
        data={"bundle": bundle.id, "ids": ids, **_kept(found)},
        choices=[
            choice("Đúng, gửi báo cáo", Verb.YES, OFFERED, first.id, bundle.id, _mark(ids, found)),
            choice("Việc khác", Verb.ELSE),
            choice("Chỉ lưu", Verb.SKIP),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def _mark(ids: Sequence[int], found: DocumentRef) -> int:
    """Return what tells a proposal from one of the same files under another number or date, or for other tasks."""
    return crc32(repr((list(ids), _kept(found))).encode())


def ask_which(desk: Desk, bundle: Bundle, works: Sequence[Work], found: DocumentRef) -> Reply:
    """Ask which task the files complete."""
    if not works:
        return say("work/file_nowhere", name=bundle.files[0].name, letter=bundle.letter)
    shown = works[: meaning.MOST]
    return say(
        "work/file_for",
        name=", ".join(one.name for one in bundle.usable),
        letter=bundle.letter,
        found=found,
        works=shown,
        day=desk.day,
        step=FILE,
        data={"bundle": bundle.id, **_kept(found)},
        choices=[
            *(choice(f"{one.code} · báo xong", Verb.ABOUT, one.id, listed=True) for one in shown),
            choice("Việc khác", Verb.ELSE),
            choice("Chỉ lưu", Verb.SKIP),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def _found(desk: Desk) -> DocumentRef:
    """Return number and date as they stand in the open question."""
    on = desk.data.get("on")
    return DocumentRef(desk.data.get("number"), date.fromisoformat(on) if on else None)


def about(desk: Desk, button: Button) -> Reply:
    """Go on with the task that was chosen for the files."""
    one, bundle = own(desk, button.number()), bundle_of(desk, desk.data["bundle"])
    return reporting.confirm(desk, one, reporting.proof_by(bundle, _found(desk)), [], bundle.id)


def other(desk: Desk, _button: Button) -> Reply:
    """Offer other tasks than the one proposed; where those were refused too, ask for the code."""
    if desk.conversation.step == FILE:
        return sentence("Xin gõ mã việc (NV và số của việc ấy).", replace(desk.conversation, choices=()))
    bundle, refused = bundle_of(desk, desk.data["bundle"]), desk.data["ids"]
    works = [one for one in reporting.completable(desk) if one.id not in refused]
    if bundle.letter is not None:
        works = list(meaning.like(bundle.letter, works, least=Verdict.SURE).works)
    return ask_which(desk, bundle, works, _found(desk))


def chosen_ref(desk: Desk, button: Button) -> Reply:
    """Go on with the number and date that were chosen where the file and the words differ."""
    if reporting.unseen(desk):
        return filed.asked_again(desk)
    found = filed.taken_from(desk, button)
    if "id" in desk.data:
        return reporting.amended(desk, found)
    bundle = bundle_of(desk, desk.data["bundle"])
    return proposed(desk, bundle, found) or _likely(desk, bundle, reporting.completable(desk), found)


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Report what was proposed; files that were read meanwhile are asked about next."""
    bundle = bundle_of(desk, desk.data["bundle"])
    return then(desk, reporting.send(desk, desk.data["ids"], reporting.proof_by(bundle, _found(desk)), bundle.id))


def outdated(desk: Desk, button: Button) -> Reply:
    """Show what is proposed by now to who chose an earlier proposal about the same files."""
    if (button.word(), button.number(2)) != (OFFERED, desk.data["bundle"]):
        return stale(desk)
    works = [own(desk, one) for one in desk.data["ids"]]
    return reporting.looked_over(_propose(desk, bundle_of(desk, desk.data["bundle"]), works, _found(desk)))


def only_keep(desk: Desk, _button: Button) -> Reply:
    """Leave files as they are, the result of no task."""
    bundle = bundle_of(desk, desk.data["bundle"])
    evidence.settled(desk.unit, bundle.id)
    names = ", ".join(one.name for one in bundle.usable)
    return then(desk, sentence(f"Đã lưu tệp “{names}”, chưa ghi vào việc nào."))


def then(desk: Desk, reply: Reply) -> Reply:
    """Add the question about the next file that nobody was asked about yet."""
    number = _open(desk, fresh=True)
    if number is None:
        return reply
    more = _offered(desk, number)
    return replace(more, messages=reply.messages + more.messages)


def waiting(desk: Desk) -> Reply:
    """Show the file that waits for an answer."""
    number = _open(desk, fresh=False)
    return sentence(NONE_WAITS, desk.conversation) if number is None else _offered(desk, number)


def _open(desk: Desk, *, fresh: bool) -> int | None:
    number = sent_files.open_one(desk.unit, desk.endpoint_id, viewer_of(desk).person_id, fresh=fresh)
    return None if number is None or bundle_of(desk, number).waits else number


def _offered(desk: Desk, number: int) -> Reply:
    evidence.offered(desk.unit, number)
    return offer(desk, bundle_of(desk, number))


def shown(desk: Desk, button: Button) -> Reply:
    """Ask what the files are, from the button of the message that told that they were read."""
    bundle = bundle_of(desk, button.number())
    if bundle.quiet or bundle.waits:
        return sentence(NONE_WAITS, desk.conversation)
    return _offered(desk, bundle.id)


def words(desk: Desk, reading: Reading, text: str) -> Reply | None:
    """Take words typed while files are read or asked about: a task's code, the document's number and date.

    None where they name neither.
    """
    document = reading.document
    if not reading.tasks and document is None:
        return None
    bundle = bundle_of(desk, desk.data["bundle"])
    if desk.conversation.step == READING:
        evidence.add_words(desk.unit, bundle.id, squeeze(text)[:1000])
        return sentence("Đã ghi cùng tệp đang đọc.", desk.conversation)
    found = _found(desk)
    if document is not None:
        found = DocumentRef(document.number or found.number, document.on or found.on)
    if reading.tasks:
        return _propose(desk, bundle, meaning.named(desk, reading.tasks), found)
    if desk.conversation.step == OFFERED:
        return _propose(desk, bundle, [own(desk, one) for one in desk.data["ids"]], found)
    return ask_which(desk, bundle, reporting.completable(desk), found)


def way_to(bundle: Bundle) -> Choice:
    """Return the button that leads to the question about files that were read."""
    return choice("Trả lời về tệp này", Verb.FILE, bundle.id)
