"""What an officer types outside any question: read, proposed back in one message, done only when confirmed.

What is missing is asked by the flow that would have asked it from the beginning, entered in the middle.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import cards, courtesies, extensions, meaning, noting, opening, reporting, substitutes
from bot.desk import Desk, Reply, say, sentence
from bot.officers import own
from domain.assignments import Act, move
from domain.buttons import Button, Verb, choice
from domain.evidence import impossible_date_in, link_in, numbers_in
from domain.replies import Intent, Reading, read
from domain.words import fold, squeeze
from storage.views import office
from storage.views.work import Work

WHICH = "which_task"


@dataclass(frozen=True, slots=True)
class Said:
    """Words as an officer typed them, and how they were read."""

    text: str
    reading: Reading

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the intent is about: all of them where several can be done at once, else one."""
        if self.reading.intent in _TOGETHER:
            return self.reading.tasks
        return (self.reading.task,) if self.reading.task else ()


_TOGETHER = frozenset({Intent.DONE, Intent.ACCEPT})

ACT_OF = {
    Intent.DONE: Act.REPORT,
    Intent.PROGRESS: Act.PROGRESS,
    Intent.ACCEPT: Act.ACCEPT,
    Intent.EXTEND: Act.ASK_EXTENSION,
    Intent.OBSTACLE: Act.OBSTRUCT,
    Intent.NOT_OURS: Act.DISOWN,
}


def understand(desk: Desk, text: str) -> Reply | None:
    """Return what the words propose, or the answer to what they ask; None where they mean nothing of the kind."""
    if desk.viewer is None or not desk.viewer.own_agencies:
        return None
    said = _read(text, desk.day)
    match said.reading.intent:
        case Intent.NONE:
            return courtesies.answer(desk, said.text)
        case Intent.QUESTION:
            return _question(desk, said)
        case Intent.SUBSTITUTE:
            return substitutes.proposed(desk, said.text, said.reading.until)
        case _:
            return _propose(desk, said)


_NAMING = (
    "so ngay thang nam ky van ban cong ke hoach quyet dinh bao cao to trinh thong nv nhiem vu viec la day gui a nhe"
    " em da kh bc cv vb qd ttr tb hd nq pa ct"
)


def _only_names(said: Said) -> bool:
    """Whether the words are nothing but a document, and perhaps a task: what else would that be than a result."""
    if said.reading.intent is not Intent.NONE or said.reading.document is None or said.reading.document.number is None:
        return False
    line = said.text
    for start, end in reversed(numbers_in(line)):
        line = line[:start] + line[end:]
    words = re.findall(r"[^\W\d_]+", fold(line))
    return set(words) <= set(_NAMING.split())


def _question(desk: Desk, said: Said) -> Reply:
    """Answer with the task that is asked about and its date; a question never does anything."""
    hotline = office.hotline(desk.unit) or office.name(desk.unit)
    found = meaning.meant(desk, (), None, said.text) if not said.codes else None
    if found is None or found.sure:
        code = said.codes[0] if found is None else found.works[0].code
        card = opening.by_code(desk, code)
        *before, last = card.messages
        asked = replace(last, text=f"{last.text}\n\nCần hỏi thêm, xin liên hệ {hotline}.")
        return replace(card, messages=(*before, asked))
    shown = found.works[: meaning.MOST]
    offered = [choice(f"{one.code} · {cards.when(one)}", Verb.OPEN, one.id, listed=True) for one in shown]
    return say("work/asked_what", works=shown, day=desk.day, hotline=hotline, choices=[*offered, reporting.LISTED])


def _propose(desk: Desk, said: Said) -> Reply:
    found = meaning.meant(desk, said.codes, ACT_OF[said.reading.intent], said.text)
    return _for(desk, said, found.works) if found.sure else which(desk, said, found.works)


def which(desk: Desk, said: Said, works: Sequence[Work]) -> Reply:
    """Ask which task is meant. The words are kept with their day, for "mai" means another one tomorrow."""
    if not works:
        return say("work/nothing_fits", act=ACT_OF[said.reading.intent].label, choices=[reporting.LISTED])
    choices = meaning.offered(works, Verb.ABOUT)
    if said.reading.intent is Intent.ACCEPT and len(works) > 1:
        choices.insert(-2, choice(f"Đã nhận tất cả ({len(works)} việc)", Verb.ABOUT, 0))
    return say(
        "work/which",
        text=said.text,
        works=works[: meaning.MOST],
        day=desk.day,
        step=WHICH,
        data={"text": said.text, "day": desk.day.isoformat(), "all": [one.id for one in works]},
        choices=choices,
    )


def about(desk: Desk, button: Button) -> Reply:
    """Go on with the task that was chosen for what was typed; 0 stands for all that were offered."""
    said = _kept(desk)
    if button.number() == 0:
        return _for(desk, said, [own(desk, one) for one in desk.data["all"]])
    return _for(desk, said, [own(desk, button.number())])


def about_code(desk: Desk, code: str) -> Reply:
    """Go on with the task whose code was typed when it was asked which one is meant."""
    return _for(desk, _kept(desk), meaning.named(desk, [code]))


def _kept(desk: Desk) -> Said:
    text, day = desk.data["text"], date.fromisoformat(desk.data["day"])
    return _read(text, day)


def _read(text: str, day: date) -> Said:
    said = Said(squeeze(text), read(text, day))
    return replace(said, reading=replace(said.reading, intent=Intent.DONE)) if _only_names(said) else said


def other(desk: Desk, _button: Button) -> Reply:
    """Offer other tasks than the one proposed; where those were refused too, ask for the code."""
    if desk.conversation.step == noting.PROPOSED:
        said = _kept(desk)
        works = [one for one in meaning.candidates(desk, ACT_OF[said.reading.intent]) if one.id not in desk.data["ids"]]
        return which(desk, said, works)
    words = "Xin gõ mã việc (NV và số của việc ấy); gõ viec để xem danh sách."
    return replace(sentence(words), conversation=replace(desk.conversation, step=WHICH, choices=()))


def _for(desk: Desk, said: Said, works: Sequence[Work]) -> Reply:
    """Propose what was said of these tasks."""
    return _PROPOSALS[said.reading.intent](desk, said, works)


def _done(desk: Desk, said: Said, works: Sequence[Work]) -> Reply:
    able = [one for one in works if reporting.can_report(one)]
    if not able:
        return opening.by_choice(desk, Button(Verb.OPEN, (str(works[0].id),)))
    first, *more = able
    wrong = impossible_date_in(said.text, desk.day) if link_in(said.text) is None else None
    proof = None if wrong else reporting.typed(said.text, desk.day)
    document = said.reading.document
    if proof is not None and proof.kind == "document" and document is not None:
        proof = replace(proof, number=document.number, on=document.on)
    if proof is not None:
        return reporting.confirm(desk, first, proof, [one.id for one in more])
    asked = reporting.ask(desk, able)
    if wrong is None:
        return asked
    return replace(asked, messages=sentence(reporting.IMPOSSIBLE.format(wrong=wrong)).messages + asked.messages)


def _extend(desk: Desk, said: Said, works: Sequence[Work]) -> Reply:
    one, reading = works[0], said.reading
    move(one.state, Act.ASK_EXTENSION)
    until = reading.until
    if until is None and reading.days is not None and one.due_on is not None:
        calendar = office.calendar(desk.unit)
        by_days = one.due_on + timedelta(days=reading.days)
        until = calendar.add(one.due_on, reading.days) if reading.working else by_days
    document = reading.document
    found = {
        "until": until.isoformat() if until else "",
        "reason": reading.reason if reading.reason and len(reading.reason) >= 5 else "",
    }
    words = f"{document.number or ''}{f' ngày {document.on:%d/%m/%Y}' if document.on else ''}" if document else ""
    return extensions.enter(desk, one, {**{name: told for name, told in found.items() if told}, "document": words})


def _noted(desk: Desk, said: Said, works: Sequence[Work]) -> Reply:
    return noting.propose(desk, ACT_OF[said.reading.intent], works, said.text, said.reading.percent)


_PROPOSALS: dict[Intent, Callable[[Desk, Said, Sequence[Work]], Reply]] = {
    Intent.DONE: _done,
    Intent.EXTEND: _extend,
    Intent.ACCEPT: _noted,
    Intent.PROGRESS: _noted,
    Intent.OBSTACLE: _noted,
    Intent.NOT_OURS: _noted,
}
