"""Putting one question of a citizen's feedback, with its choices."""

from collections.abc import Callable
from dataclasses import replace

from actions.cases import files as case_files
from bot.citizens.steps import (
    ALIKE,
    BACK,
    CONTENT,
    EDIT,
    FILES,
    LABELS,
    LEAVE,
    NAME,
    PUBLIC,
    QUESTIONS,
    REVIEW,
    SAID,
    WHEN,
    Data,
    behalf_of,
    common,
    names_of,
    needs_when,
    tell,
    without_likely,
)
from bot.desk import Desk, Reply, say
from domain.buttons import Button
from domain.outgoing import Choice, Message


def ask(desk: Desk, step: str, data: Data) -> Reply:
    """Ask one of the questions."""
    first = step == QUESTIONS[0] and not data.get("editing")
    own = _OWN[step](data) if step in _OWN else ()
    return say(
        f"citizen/ask_{step.removeprefix('feedback_')}",
        at=QUESTIONS.index(step) + 1,
        of=len(QUESTIONS),
        files_in=desk.can.files_in,
        most=case_files.MOST,
        megabytes=case_files.megabytes(desk.unit),
        **common(desk, data),
        step=step,
        data=data,
        choices=(*own, *(() if first else (BACK,)), LEAVE),
    )


def with_note(note: str, reply: Reply) -> Reply:
    """Say something before a question is asked again."""
    return replace(reply, messages=(Message(note, heading=False), *reply.messages)) if note else reply


def review(desk: Desk, data: Data) -> Reply:
    """Show what would be sent."""
    data = {name: value for name, value in data.items() if name != "editing"}
    source = behalf_of(data)
    return say(
        "citizen/review",
        **{
            **common(desk, data),
            "about": data["about"],
            "content": data["content"],
            "happened": data.get("happened", ""),
            "public": data["public"],
            "joined": data.get("joined", ""),
            "behalf": source.label if source else "",
        },
        choices=(tell("Gửi phản ánh", "send"), tell("Sửa", "edit"), BACK, LEAVE),
        step=REVIEW,
        data=data,
        sealed=True,
    )


def edit(data: Data) -> Reply:
    """Ask which answer is to be changed."""
    offered = [tell(label, "field", step) for step, label in LABELS.items()]
    return say("citizen/edit", choices=(*offered, BACK, LEAVE), step=EDIT, data=data)


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again; from a change, show the review."""
    step, data = desk.conversation.step, desk.data
    if data.get("editing") or step == EDIT:
        return review(desk, data)
    if step == ALIKE:
        return ask(desk, WHEN, without_likely(data))
    if step == REVIEW:
        return ask(desk, QUESTIONS[-1], data)
    return ask(desk, QUESTIONS[max(QUESTIONS.index(step) - 1, 0)], data)


def _of_content(data: Data) -> tuple[Choice, ...]:
    return (tell("Dùng lời đã gửi", "said"),) if data.get(SAID) else ()


def _of_when(data: Data) -> tuple[Choice, ...]:
    return () if needs_when(data) else (tell("Bỏ qua", "skip"),)


def _of_files(data: Data) -> tuple[Choice, ...]:
    if not names_of(data):
        return (tell("Bỏ qua", "skip"),)
    return (tell("Gửi xong", "skip"), tell("Bỏ các tệp đã gửi", "nofiles"))


def _of_name(data: Data) -> tuple[Choice, ...]:
    organisation = data.get("who") == "organisation"
    return (tell("Cá nhân", "person"),) if organisation else (tell("Thay mặt tổ chức", "organisation"),)


def _of_public(_data: Data) -> tuple[Choice, ...]:
    return (tell("Cho công khai", "public"), tell("Không công khai", "secret"))


_OWN: dict[str, Callable[[Data], tuple[Choice, ...]]] = {
    CONTENT: _of_content,
    WHEN: _of_when,
    FILES: _of_files,
    NAME: _of_name,
    PUBLIC: _of_public,
}
"""The choices of questions that have some."""
