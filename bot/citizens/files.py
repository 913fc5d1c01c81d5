"""Files of a citizen: kept whenever they come, also a picture or a recording without a word."""

from dataclasses import replace

from actions.cases import files as case_files
from bot.citizens import beginning, drafting
from bot.citizens.answering import answer
from bot.citizens.asking import ask, review, with_note
from bot.citizens.steps import CONTENT, FILES, QUESTIONS, RESUME, REVIEW, SAID, Data, names_of
from bot.desk import Desk, Reply
from domain.incoming import IncomingFile
from domain.words import squeeze


def received(desk: Desk) -> Reply:
    """Take files at any question, and ask it again; words beside them answer the question what happened."""
    step, before = desk.conversation.step, desk.data
    looked = case_files.look(desk.unit, desk.incoming.files, len(names_of(before)))
    data = {**before, "files": [*before.get("files", ()), *map(_kept, looked.taken)]}
    note = _note(looked, quiet=step == FILES)
    if step == CONTENT and squeeze(desk.incoming.text):
        with_files = replace(desk, conversation=replace(desk.conversation, data=data))
        return with_note(note, answer(with_files))
    if step in QUESTIONS:
        return drafting.kept(desk, with_note(note, ask(desk, step, data)))
    if step == REVIEW:
        return drafting.kept(desk, with_note(note, review(desk, data)))
    labels = "\n".join(f"{at} {label}" for at, (label, _) in enumerate(desk.conversation.choices, 1))
    again = replace(desk.conversation, data=data)
    return drafting.kept(desk, with_note(f"{note}\n\nXin chọn tiếp:\n{labels}", Reply((), again)))


def before_asking(desk: Desk) -> Reply:
    """Take files before the first question; what was left unfinished is taken up with them."""
    if desk.conversation.step != RESUME:
        return received(desk)
    return received(replace(desk, conversation=beginning.resume(desk).conversation))


def first(desk: Desk) -> Reply:
    """Begin feedback by a file that somebody sends out of nothing: nothing is lost, and what it is about is asked."""
    looked = case_files.look(desk.unit, desk.incoming.files, 0)
    data: Data = {"files": [_kept(one) for one in looked.taken]}
    words = squeeze(desk.incoming.text)
    if words:
        data[SAID] = words
    return with_note("\n".join(looked.refused), beginning.ask_kind(data))


def _note(looked: case_files.Looked, *, quiet: bool) -> str:
    taken = ", ".join(f"“{one.name}”" for one in looked.taken)
    said = [] if quiet or not taken else [f"Đã nhận {taken}, sẽ gửi kèm phản ánh."]
    return "\n".join([*said, *looked.refused])


def _kept(file: IncomingFile) -> Data:
    return {"reference": file.reference, "name": file.name, "media_type": file.media_type, "size": file.size}


def back_again(kept: Data) -> IncomingFile:
    """Return a file as it was kept with the answers."""
    return IncomingFile(kept["reference"], kept["name"], kept["media_type"], kept["size"])
