"""What every conversation handler is given, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.cases.likeness import Alike, unlike
from domain.conversation import Conversation
from domain.incoming import Incoming
from domain.local import today
from domain.outgoing import Capabilities, Choice, Message
from domain.people import Viewer
from messages.render import render
from storage.views import Unit


@dataclass(frozen=True, slots=True)
class Desk:
    """One update being handled: the open unit, the moment, who writes, where their conversation stands."""

    unit: Unit
    now: datetime
    incoming: Incoming
    endpoint_id: int
    can: Capabilities
    viewer: Viewer | None
    conversation: Conversation
    alike: Alike = unlike
    """How alike two texts are, 0 to 1."""

    @property
    def day(self) -> date:
        """Today in Viet Nam."""
        return today(self.now)

    @property
    def data(self) -> dict[str, Any]:
        """What was answered so far in this conversation."""
        return self.conversation.data


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered, and where the conversation stands afterwards."""

    messages: tuple[Message, ...] = ()
    conversation: Conversation = field(default_factory=Conversation)
    notices: tuple[int, ...] = ()
    """Notices that this answer says, so that they are not said again."""


def say(
    template: str,
    /,
    *,
    choices: Sequence[Choice] = (),
    step: str = "",
    data: dict[str, Any] | None = None,
    sealed: bool = False,
    **values: Any,
) -> Reply:
    """Answer with one template; its choices are what a digit means next, `step` what waits for typed words.

    `sealed`: what is answered holds personal data or a secret, and is not kept in clear.
    """
    message = Message(render(template, **values), tuple(choices), sealed=sealed)
    return Reply((message,), Conversation(step, data or {}, tuple((one.label, one.key) for one in choices)))


def sentence(text: str, conversation: Conversation | None = None) -> Reply:
    """Answer with one ready sentence and leave the conversation as given."""
    return Reply((Message(text, heading=False),), conversation or Conversation())
