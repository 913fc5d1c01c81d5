"""A citizen's case as another register's list tells it, and what came of reading such a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.register_files.fields import Field
from domain.register_files.states import Stage


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One case as another register tells it. Texts that were not given are empty, days that were not given None."""

    line: int
    """In the sheet, from 1."""
    code: str
    content: str
    received_on: date
    """The day from which limits run: of reception, or where the list does not tell it, of sending."""
    who: Reporter
    stage: Stage = Stage.RECEIVED
    kind: Kind | None = None
    own_code: str = ""
    title: str = ""
    subject: str = ""
    about: str = ""
    sent_on: date | None = None
    incoming_number: str = ""
    incoming_on: date | None = None
    agency: str = ""
    """The handling agency's name as it is written there."""
    forwarded_on: date | None = None
    forward_number: str = ""
    due_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    answer_number: str = ""
    posted_on: date | None = None
    link: str = ""

    def facts(self) -> dict[str, str]:
        """Return what the list says of the case, by column and as text; without whoever reports."""
        told = {field: getattr(self, ATTRIBUTES[field]) for field in Field if field in ATTRIBUTES}
        said = {field.value: value.isoformat() if isinstance(value, date) else value for field, value in told.items()}
        return {**{name: text for name, text in said.items() if text}, Field.STATE.value: self.stage.value}


ATTRIBUTES: Mapping[Field, str] = {
    Field.CODE: "code",
    Field.OWN_CODE: "own_code",
    Field.TITLE: "title",
    Field.CONTENT: "content",
    Field.SUBJECT: "subject",
    Field.ABOUT: "about",
    Field.SENT_ON: "sent_on",
    Field.RECEIVED_ON: "received_on",
    Field.INCOMING_NUMBER: "incoming_number",
    Field.INCOMING_ON: "incoming_on",
    Field.AGENCY: "agency",
    Field.FORWARDED_ON: "forwarded_on",
    Field.FORWARD_NUMBER: "forward_number",
    Field.DUE_ON: "due_on",
    Field.ANSWER: "answer",
    Field.ANSWERED_ON: "answered_on",
    Field.ANSWER_NUMBER: "answer_number",
    Field.POSTED_ON: "posted_on",
    Field.LINK: "link",
}
"""Where a row keeps what a column says, for columns that are told as they are."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken: its number in the sheet, the code where it has one, and why (a clause)."""

    line: int
    code: str
    why: str

    @property
    def sentence(self) -> str:
        """The refusal as a sentence."""
        return f"Dòng {self.line}{f' ({self.code})' if self.code else ''}: {self.why}."


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list holds: its cases, the lines refused, and sentences on what was passed over."""

    rows: tuple[RegisterRow, ...]
    refused: tuple[Refused, ...] = ()
    warnings: tuple[str, ...] = ()
