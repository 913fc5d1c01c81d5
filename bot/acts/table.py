"""Asking a flow: each question with "Quay lại" and "Huỷ", then one preview, one confirmation.

What was answered stands in the conversation, with the flow and the question; whose word counts is asked of the
database by the action at the end.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from bot.acts.flow import OFFER, VERSION, Flow, Subject, Values
from bot.desk import Desk, Reply, say
from bot.help_texts import missed, stale
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.incoming import Sent
from domain.outgoing import Choice

_FLOW, _ABOUT, _AT = "flow", "about", "question"
"""Where the flow, the number of what it is about, and the question that waits stand in the conversation."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


@dataclass(frozen=True, slots=True)
class Table:
    """Flows about one kind of thing.

    `verb` with "open" and a number opens what a flow is about, `show` is how it is shown; `ask` is the step of the
    conversation in which a question waits, `sure` the one in which the confirmation does. Templates lie in `folder`:
    a question's is `asks`, with the question's name for "{}". `about` is what all of them are given.
    """

    verb: Verb
    ask: str
    sure: str
    flows: Mapping[str, Flow]
    folder: str
    asks: str
    about: Callable[[Desk, Subject], Values]
    show: Callable[[Desk, Subject], Reply]

    @property
    def presses(self) -> dict[tuple[str, Verb], Callable[[Desk, Button], Reply]]:
        """What the choices of its questions and previews lead to."""
        return {
            (self.ask, Verb.CASE_ANSWER): self.picked,
            (self.ask, Verb.SKIP): self.skipped,
            (self.sure, Verb.YES): self.confirmed,
            **{(step, Verb.BACK): self.back for step in (self.ask, self.sure)},
        }

    def start(self, desk: Desk, name: str, number: int) -> Reply:
        """Ask the first question of a flow."""
        flow = self.flows.get(name)
        if flow is None:
            return stale(desk)
        return self._go(desk, flow, flow.opens(desk, number), {_FLOW: name, _ABOUT: number}, 0)

    def answer(self, desk: Desk) -> Reply:
        """Take typed words, or a file, as the answer to the question that waits."""
        return self._taken(desk, desk.incoming.text)

    def picked(self, desk: Desk, button: Button) -> Reply:
        """Take a choice as the answer to the question that waits."""
        return self._taken(desk, button.word())

    def skipped(self, desk: Desk, _button: Button) -> Reply:
        """Go on without an answer."""
        flow, subject, at = self._waiting(desk)
        return self._go(desk, flow, subject, {**desk.data, **flow.questions[at].skipped}, at + 1)

    def back(self, desk: Desk, _button: Button) -> Reply:
        """Ask the question before this one again; before the first, show what the flow is about."""
        flow, subject, at = self._waiting(desk)
        before = _wanted(flow, desk.data, range(at))
        return self._ask(desk, flow, subject, desk.data, before[-1]) if before else self.show(desk, subject)

    def confirmed(self, desk: Desk, _button: Button) -> Reply:
        """Do what was shown, and say what follows."""
        flow, subject, _at = self._waiting(desk)
        return flow.do(desk, subject, desk.data)

    def _waiting(self, desk: Desk) -> tuple[Flow, Subject, int]:
        """Return the flow, what it is about, and which question waits: one past the last where the preview does."""
        flow = self.flows[desk.data[_FLOW]]
        names = [one.name for one in flow.questions]
        at = names.index(desk.data[_AT]) if desk.conversation.step == self.ask else len(names)
        return flow, flow.opens(desk, desk.data[_ABOUT]), at

    def _taken(self, desk: Desk, text: str) -> Reply:
        flow, subject, at = self._waiting(desk)
        question = flow.questions[at]
        if desk.incoming.sent is Sent.FILE and not question.files:
            return missed(desk, "Câu hỏi này trả lời bằng chữ; tệp công văn được hỏi ở bước sau.")
        try:
            found = question.read(desk, subject, desk.data, text)
        except ActRefused as refused:
            return missed(desk, refused.sentence)
        if OFFER in found:
            return self._ask(desk, flow, subject, desk.data, at, found[OFFER])
        return self._go(desk, flow, subject, {**desk.data, **found}, at + 1)

    def _go(self, desk: Desk, flow: Flow, subject: Subject, data: Values, at: int) -> Reply:
        left = _wanted(flow, data, range(at, len(flow.questions)))
        return self._ask(desk, flow, subject, data, left[0]) if left else self._review(desk, flow, subject, data)

    def _ask(
        self, desk: Desk, flow: Flow, subject: Subject, data: Values, at: int, near: Sequence[tuple[str, str]] = ()
    ) -> Reply:
        """Ask a question; `near` are answers like the one that was given, offered instead of the usual ones."""
        question = flow.questions[at]
        options = near or question.options(desk, subject, data)
        passes = question.skip and not question.must(desk, subject)
        values = {"question": question.name, "label": flow.label, "near": len(near), "hints": []}
        return say(
            f"{self.folder}/{self.asks.format(question.name)}",
            **{**self.about(desk, subject), **values, **question.shown(desk, subject, data)},
            step=self.ask,
            data={**data, _AT: question.name},
            choices=[
                *(choice(label[:1].upper() + label[1:], Verb.CASE_ANSWER, value) for label, value in options),
                *([choice(question.skip, Verb.SKIP)] if passes else []),
                _BACK if _wanted(flow, data, range(at)) else self._whole(data, subject),
                _LEAVE,
            ],
        )

    def _review(self, desk: Desk, flow: Flow, subject: Subject, data: Values) -> Reply:
        """Show what would be done, and whom it reaches.

        The confirmation bears a mark of what is shown: that of an older preview, with other contents, is outdated.
        """
        data = {**data, VERSION: subject.version}
        shown = flow.preview(desk, subject, data)
        mark = crc32(json.dumps(data, sort_keys=True).encode())
        return say(
            f"{self.folder}/{shown.template}",
            **self.about(desk, subject),
            **shown.values,
            step=self.sure,
            data=data,
            choices=[
                choice(shown.label, Verb.YES, flow.name, data[_ABOUT], mark),
                _BACK if flow.questions else self._whole(data, subject),
                _LEAVE,
            ],
        )

    def _whole(self, data: Values, subject: Subject) -> Choice:
        """Return the way back to what a flow is about."""
        return choice(f"Quay lại {subject.code}", self.verb, "open", data[_ABOUT])


def _wanted(flow: Flow, data: Values, among: range) -> list[int]:
    """Return which questions are asked after what was answered so far."""
    return [at for at in among if flow.questions[at].wanted(data)]
