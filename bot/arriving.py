"""A file arrives from an officer: noted at once, answered at once, read later."""

from dataclasses import replace

from actions.evidence import too_large
from bot import filed, proposals, reporting
from bot import sent_files as sent
from bot.desk import Desk, Reply, sentence
from domain.conversation import Conversation
from domain.replies import Intent
from domain.replies import read as read_words
from storage.views import sent_files as views
from storage.views.sent_files import Bundle, resting

RECEIVED = "Đã nhận tệp “{name}”, đang đọc. Nội dung đọc được và đề xuất được gửi tại đây ngay sau đó."
RECEIVED_BESIDE = "Đã nhận tệp “{name}”. Xin trả lời tiếp câu hỏi trên; tệp này được hỏi sau."


def received(desk: Desk) -> Reply:
    """Take an officer's files in, and name those among them that are too large."""
    return reporting.without_too_large(desk, _received(desk))


def _received(desk: Desk) -> Reply:
    """Take the files in. A picture has no text to wait for: it is asked at once which task it completes."""
    known = views.of_album(desk.unit, desk.endpoint_id, desk.incoming.album) if desk.incoming.album else None
    before = views.bundle(desk.unit, known) if known is not None else None
    if before is not None:
        return _joining(desk, before)
    if desk.conversation.step == reporting.CONFIRM:
        return filed.attached(desk)
    reading = read_words(desk.incoming.text, desk.day)
    name = next((one.name for one in desk.incoming.files if not too_large(one)), "")
    if not resting(desk.conversation.step):
        reporting.take_files(desk, quiet=False)
        return sentence(RECEIVED_BESIDE.format(name=name), desk.conversation)
    if reading.intent not in {Intent.NONE, Intent.DONE}:
        return _beside_words(desk, name)
    pictures = all(one.media_type.startswith("image/") for one in desk.incoming.files)
    number = reporting.take_files(desk, quiet=pictures).bundle
    if not pictures:
        return sentence(RECEIVED.format(name=name), Conversation(sent.READING, {"bundle": number}))
    bundle = sent.bundle_of(desk, number)
    found = sent.typed_beside(desk, bundle)
    return sent.proposed(desk, bundle) or sent.ask_which(desk, bundle, reporting.completable(desk), found)


def _joining(desk: Desk, before: Bundle) -> Reply:
    """Let a further file of an album join the first ones, without a word."""
    reporting.take_files(desk, quiet=before.quiet, bundle=before.id)
    waits = desk.conversation.step == reporting.CONFIRM and desk.data.get("bundle") == before.id
    return filed.joined(desk, sent.bundle_of(desk, before.id)) if waits else Reply((), desk.conversation)


def _beside_words(desk: Desk, name: str) -> Reply:
    """Keep files that only accompany words which say something else than done, and answer the words."""
    reporting.take_files(desk, quiet=True)
    reply = proposals.understand(desk, desk.incoming.text) or Reply()
    return replace(reply, messages=sentence(f"Đã nhận và lưu tệp “{name}”.").messages + reply.messages)
