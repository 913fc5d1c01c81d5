"""What is known of a plan once its document has been read and before a person has confirmed it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.deadlines import Deadline

Guess = Callable[[str], date | None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row stands in the file: page and line (or row of the sheet) from 1, None where unknown."""

    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline of a task with what is to be handed over by then; `raw` is the source's wording."""

    raw: str
    deadline: Deadline
    product: str


@dataclass(frozen=True, slots=True)
class DraftTask:
    """One task of the plan in the source's words; `section` holds the headings above it, outermost first.

    `also` holds further deadlines or products of the same task. `warnings` are Vietnamese sentences for the
    person who checks the import; a certain reading has none.
    """

    appendix: str | None
    section: tuple[str, ...]
    number: str | None
    content: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    following: tuple[str, ...]
    deadline_raw: str
    deadline: Deadline
    product: str
    also: tuple[Due, ...]
    warnings: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A duty that the running text gives to agencies: offered as a task, never one by itself.

    `content` is the paragraph in the source's words, `deadline_raw` the words in it that say when, if any.
    """

    content: str
    agencies: tuple[str, ...]
    deadline_raw: str
    deadline: Deadline
    source: Source


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach that stands inside a task's content or product, not in a table of figures.

    `task` is the task's place in the draft from 0, `parent` the place among the targets of the one of which this
    one is a part ("trong đó"), `scope` the words it is narrowed to. The rest is as in an indicator.
    """

    task: int
    content: str
    unit: str
    operator: str
    target: float
    parent: int | None
    scope: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure to be reached. `target` is in `unit`; `operator` is one of >= > = <= <.

    `parent` is the number of the indicator of which this one is a part ("trong đó"). `scope` narrows it
    (year, level, of). `target` is None where the cell holds no single figure; the warnings then say so.
    """

    number: str | None
    parent: str | None
    content: str
    unit: str
    operator: str
    target: float | None
    scope: Mapping[str, str | int]
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The document itself. A fact is None where the source leaves it out or leaves any part of it blank."""

    file: str
    kind: str | None
    number: str | None
    date: date | None
    issuer: str | None
    place: str | None
    year: int | None
    coordinating_office: str | None
    title: str
    signer: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as read from a file: to be checked and confirmed by a person before it becomes a plan."""

    document: Facts
    tasks: tuple[DraftTask, ...]
    indicators: tuple[Indicator, ...]
    warnings: tuple[str, ...]
    suggestions: tuple[Suggestion, ...] = ()
    targets: tuple[Target, ...] = ()
    rows: int = 0
    """Rows of the task tables as they were read (a row cut by a page counts once), headings among them."""
    headings: int = 0
    """How many of those rows are headings and so no tasks."""
