"""Questions about one case, in order: each with "Quay lại" and "Huỷ", then one preview and one confirmation.

A flow is data (`bot/caseload/table.py` names them all). What was answered stands in the conversation, with the flow and
the question; whose word counts is asked of the database by the action at the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from bot.desk import Desk, Reply, say
from bot.help_texts import missed
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.incoming import Sent
from domain.outgoing import Choice
from storage.views.cases.caseload import Case

Values = dict[str, Any]
"""What was answered so far, in a form that JSON keeps, by the name of the question."""

LEAVE = choice("Huỷ", Verb.CANCEL)
BACK = choice("Quay lại", Verb.BACK)
ASK = "case_ask"
SURE = "case_sure"
"""Where a question waits for its answer, and where the preview waits for the confirmation."""

FLOW, AT = "flow", "question"
"""Where the flow, and the question that waits, stand in the conversation."""

SEEN = "shown"
"""Where the version of the case stands that the preview showed: whoever was overtaken meanwhile is told."""


def _nothing(_desk: Desk, _case: Case, _data: Values) -> Values:
    return {}


def _no_choices(_desk: Desk, _case: Case, _data: Values) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its template `caseload/ask_<template>`, how an answer is read, what may be chosen.

    `read` returns what to keep and raises ActRefused with what is wrong. `skip` is what is kept where the question
    is passed over ("bỏ qua"), None where it must be answered. A `file` may answer it where `files` says so.
    """

    name: str
    template: str
    read: Callable[[Desk, Case, Values], Values]
    choices: Callable[[Desk, Case, Values], Sequence[Choice]] = _no_choices
    values: Callable[[Desk, Case, Values], Values] = _nothing
    skip: Values | None = None
    skip_label: str = "Bỏ qua"
    picks: bool = False
    """Whether a choice may answer it (`Verb.CASELOAD_PICK` with the answer)."""
    picked: Callable[[Desk, Case, str], Values] | None = None
    """What a choice means; without it the choice's word itself is kept under the question's name."""
    files: bool = False
    wanted: Callable[[Values], bool] = field(default=lambda _data: True)
    must: Callable[[Desk, Case], bool] = field(default=lambda _desk, _case: False)
    """Whether it may not be passed over although `skip` is given."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown before anything happens: a template with its values, and the words of the confirmation."""

    template: str
    values: Values
    label: str


@dataclass(frozen=True, slots=True)
class Flow:
    """One thing to be done about a case, as a conversation.

    `opens` returns the case if this person may begin, and raises ActRefused or NotFound where not.
    """

    name: str
    questions: tuple[Question, ...]
    opens: Callable[[Desk, int], Case]
    preview: Callable[[Desk, Case, Values], Preview]
    do: Callable[[Desk, Case, Values], Reply]

    def start(self, desk: Desk, case_id: int, known: Values | None = None) -> Reply:
        """Ask the first question that nothing known answers."""
        case = self.opens(desk, case_id)
        return self._go(desk, case, {FLOW: self.name, "case": case.id, **(known or {})}, 0)

    def answer(self, desk: Desk) -> Reply:
        """Take typed words, or a file, as the answer to the question that waits."""
        case, at = self._at(desk)
        if desk.incoming.sent is Sent.FILE and not self.questions[at].files:
            return missed(desk, "Câu hỏi này trả lời bằng chữ; tệp công văn được hỏi ở bước sau.")
        try:
            found = self.questions[at].read(desk, case, desk.data)
        except ActRefused as refused:
            return missed(desk, refused.sentence)
        return self._go(desk, case, {**desk.data, **found}, at + 1)

    def pick(self, desk: Desk, button: Button) -> Reply:
        """Take a choice as the answer to the question that waits."""
        case, at = self._at(desk)
        question, word = self.questions[at], button.word()
        found = {question.name: word} if question.picked is None else question.picked(desk, case, word)
        return self._go(desk, case, {**desk.data, **found}, at + 1)

    def passed(self, desk: Desk, _button: Button) -> Reply:
        """Go on without an answer."""
        case, at = self._at(desk)
        return self._go(desk, case, {**desk.data, **(self.questions[at].skip or {})}, at + 1)

    def back(self, desk: Desk, _button: Button) -> Reply:
        """Ask the question before this one again."""
        case, at = self._at(desk)
        before = [one for one in range(at) if self.questions[one].wanted(desk.data)]
        return self._ask(desk, case, desk.data, before[-1] if before else 0)

    def confirmed(self, desk: Desk, _button: Button) -> Reply:
        """Do what was shown."""
        return self.do(desk, self.opens(desk, desk.data["case"]), desk.data)

    def _at(self, desk: Desk) -> tuple[Case, int]:
        """Return the case and which question waits; one past the last where the confirmation does."""
        names = [one.name for one in self.questions]
        waits = desk.data.get(AT) if desk.conversation.step == ASK else None
        return self.opens(desk, desk.data["case"]), names.index(waits) if waits in names else len(names)

    def _go(self, desk: Desk, case: Case, data: Values, at: int) -> Reply:
        left = [one for one in range(at, len(self.questions)) if self.questions[one].wanted(data)]
        return self._ask(desk, case, data, left[0]) if left else self._review(desk, case, data)

    def _ask(self, desk: Desk, case: Case, data: Values, at: int) -> Reply:
        question = self.questions[at]
        passes = question.skip is not None and not question.must(desk, case)
        skip = [choice(question.skip_label, Verb.SKIP)] if passes else []
        first = not [one for one in range(at) if self.questions[one].wanted(data)]
        back = _whole(case) if first else BACK
        return say(
            f"caseload/ask_{question.template}",
            case=case,
            **question.values(desk, case, data),
            step=ASK,
            data={**data, AT: question.name},
            choices=[*question.choices(desk, case, data), *skip, back, LEAVE],
        )

    def _review(self, desk: Desk, case: Case, data: Values) -> Reply:
        data = {**data, SEEN: case.version}
        shown = self.preview(desk, case, data)
        key = (self.name, case.id, crc32(repr(sorted(data.items())).encode()))
        return say(
            f"caseload/{shown.template}",
            case=case,
            **shown.values,
            step=SURE,
            data=data,
            choices=[choice(shown.label, Verb.YES, *key), BACK if self.questions else _whole(case), LEAVE],
        )


def _whole(case: Case) -> Choice:
    return choice(f"Quay lại {case.code}", Verb.CASELOAD, "open", case.id)
