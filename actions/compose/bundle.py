"""One message from a person's notices, at the moment it is about to leave.

Each kind of notice has a composer and a template; a notice whose matter has moved on since is dropped with the reason.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.compose.alarms import alarm
from actions.compose.asks import ask_date, check_in, next_year
from actions.compose.audience import still_theirs
from actions.compose.brief import brief
from actions.compose.broadcasts import broadcast
from actions.compose.cases import gist_of_cases, of_case
from actions.compose.coordination import coordinates, not_needed, provided, requested
from actions.compose.data_requests import data_request
from actions.compose.decisions import answered, extended, extension, objected, proposed, waits
from actions.compose.digest import of_the_day
from actions.compose.directing import delivered, directed, direction
from actions.compose.events import about_works, amended, head_asked, join_request, new_case, seated, unreachable
from actions.compose.forms import collect, publication
from actions.compose.handing import plan_closed, substitute, succeeded
from actions.compose.incidents import incident
from actions.compose.internal import internal
from actions.compose.ladder import of_the_ladder
from actions.compose.morning import digest_check, morning
from actions.compose.parts import Context, Part, accept_all
from actions.compose.previews import preview
from actions.compose.reconfirming import reconfirm
from actions.compose.urging import forwarded, urging
from domain.assignments import State
from domain.buttons import Verb
from domain.local import today
from domain.notices import Kind, weight
from domain.notices import State as NoticeState
from domain.outgoing import Capabilities, Choice, Gist, Message
from domain.people import Role
from messages.render import render
from storage import notices, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office as office_views
from storage.views import work as work_views
from storage.views.work import Work


@dataclass(frozen=True, slots=True)
class Material:
    """What messages that are made together are made of: notices by message, works by id, own seats by person."""

    notices: Mapping[int, Sequence[AnyRow]]
    works: Mapping[int, Work]
    seats: Mapping[int, Collection[tuple[int, str]]]

    def passes_quiet(self, outbox_id: int) -> bool:
        """Whether something of a message reaches its person outside the hours they chose."""
        return any(Kind(row.kind).passes_quiet for row in self.notices.get(outbox_id, ()))


def gather(unit: Unit, messages: Mapping[int, int], now: datetime) -> Material:
    """Read at once what messages are made of; `messages` holds the person of each, by the message's id."""
    told = notices.of_messages(unit, messages)
    matters = {row.matter_id for rows in told.values() for row in rows if row.matter_id}
    works = work_views.by_ids(unit, matters, today(now))
    return Material(told, works, people.seats_held(unit, set(messages.values())))


def bundle(
    unit: Unit,
    material: Material,
    outbox_id: int,
    person_id: int,
    can: Capabilities,
    now: datetime,
    *,
    brief_to: int | None = None,
) -> Message | None:
    """Return the one message for a person's notices, None where nothing of them is true any more.

    `brief_to` is the chat that takes it where it is to be short there.
    """
    told = material.notices.get(outbox_id, ())
    rows = still_theirs(unit, told, material.seats.get(person_id, ()), person_id, today(now))
    works = {row.matter_id: material.works[row.matter_id] for row in rows if row.matter_id in material.works}
    context = Context(unit, outbox_id, person_id, now, works, can.private)
    parts = [part for kind, group in _by_kind(rows) if (part := _part(context, kind, group)) is not None]
    if not parts:
        return None
    gist = (_gist(context) or gist_of_cases(context, rows)) if can.windowed else None
    if brief_to is not None:
        said = [row for row in notices.of_messages(unit, [outbox_id])[outbox_id] if row.state == NoticeState.MERGED]
        return replace(brief(context, said, brief_to, can, [one for part in parts for one in part.choices]), gist=gist)
    choices = _one_acceptance(context, parts) if can.buttons else ()
    files = tuple(file for part in parts for file in part.files)
    first = [part for part in parts if not part.last] or parts
    texts, after = [part.text for part in first], [part.text for part in parts if part not in first]
    if len(first) > 1 or not first[0].alone:
        head = render("bundle", office=office_views.name(unit), headlines=[part.headline for part in first])
        texts = [head, *(texts if len(first) > 1 else [_without_heading(texts[0])])]
        after.append(_foot(unit, rows, can))
    return Message("\n\n".join(filter(None, (*texts, *after))), choices, numbered=False, files=files, gist=gist)


def _gist(context: Context) -> Gist | None:
    """Return what the message comes to where no text may go: how many open tasks, and the nearest of them."""
    works = [work for work in context.works.values() if not work.state.is_final]
    nearest = min(works, key=lambda work: (work.due_on is None, work.due_on or context.day, work.code), default=None)
    return Gist(len(works), nearest.code, nearest.due_on) if nearest is not None else None


def _without_heading(text: str) -> str:
    """Return the text of an only part without its heading in capitals: the head line says it already."""
    first, _, rest = text.partition("\n")
    return rest.strip() if first.isupper() else text


_TO_BE_DONE = (Kind.ASSIGNED, Kind.REMINDER, Kind.INTERNAL, Kind.OVERDUE, Kind.RETURNED)


def _foot(unit: Unit, rows: Sequence[AnyRow], can: Capabilities) -> str:
    """Return how to answer, for who has something to do, and whom to ask, for who is not the office itself."""
    officer = can.hears and any(row.role == Role.OFFICER and row.kind in _TO_BE_DONE for row in rows)
    outside = any(row.role in {Role.OFFICER, Role.HEAD} for row in rows)
    return render("bundle_foot", officer=officer, hotline=office_views.hotline(unit) if outside else "")


def _by_kind(rows: Sequence[AnyRow]) -> list[tuple[Kind, list[AnyRow]]]:
    kinds: dict[Kind, list[AnyRow]] = {}
    for row in rows:
        kinds.setdefault(Kind(row.kind), []).append(row)
    return sorted(kinds.items(), key=lambda pair: weight(pair[0]))


def _part(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    return COMPOSERS[kind](context, kind, rows)


def _one_acceptance(context: Context, parts: Sequence[Part]) -> tuple[Choice, ...]:
    """Return the parts' choices, with one button for all that waits to be accepted where several parts have one."""
    every = [one for part in parts for one in part.choices]
    accepting = [one for one in every if one.key.split(":")[0] in {Verb.ACCEPT, Verb.ACCEPT_ALL}]
    if len(accepting) < 2:
        return tuple(every)
    waiting = sum(work.state is State.ASSIGNED for work in context.works.values())
    return (*accept_all(context, waiting), *(one for one in every if one not in accepting))


COMPOSERS: dict[Kind, Callable[[Context, Kind, list[AnyRow]], Part | None]] = {
    Kind.ASSIGNED: of_the_ladder,
    Kind.REMINDER: of_the_ladder,
    Kind.INTERNAL: internal,
    Kind.OVERDUE: of_the_ladder,
    Kind.ESCALATION: of_the_ladder,
    Kind.URGE: urging,
    Kind.FORWARDED: forwarded,
    Kind.RETURNED: about_works,
    Kind.CONFIRMED: about_works,
    Kind.AMENDED: amended,
    Kind.REPORTED: about_works,
    Kind.OBSTACLE: objected,
    Kind.NOT_OURS: objected,
    Kind.ANSWERED: answered,
    Kind.WAITS: waits,
    Kind.HEAD_ASKED: head_asked,
    Kind.PROPOSED: proposed,
    Kind.DIRECTION: direction,
    Kind.DIRECTED: directed,
    Kind.DELIVERED: delivered,
    Kind.EXTENSION: extension,
    Kind.EXTENDED: extended,
    Kind.COORDINATES: coordinates,
    Kind.REQUESTED: requested,
    Kind.PROVIDED: provided,
    Kind.NOT_NEEDED: not_needed,
    Kind.JOIN_REQUEST: join_request,
    Kind.SEATED: seated,
    Kind.NEW_CASE: new_case,
    Kind.CASE_FORWARDED: of_case,
    Kind.CASE_UNACKNOWLEDGED: of_case,
    Kind.CASE_REMINDER: of_case,
    Kind.CASE_OVERDUE: of_case,
    Kind.CASE_ESCALATION: of_case,
    Kind.CASE_TO_APPROVE: of_case,
    Kind.CASE_RETURNED: of_case,
    Kind.CASE_EVENT: of_case,
    Kind.CASE_URGED: of_case,
    Kind.CASE_TELL: of_case,
    Kind.UNREACHABLE: unreachable,
    Kind.SUBSTITUTE: substitute,
    Kind.SUCCEEDED: succeeded,
    Kind.PLAN_CLOSED: plan_closed,
    Kind.CALENDAR: next_year,
    Kind.ASK_DATE: ask_date,
    Kind.CHECK_IN: check_in,
    Kind.COLLECT: collect,
    Kind.PUBLICATION: publication,
    Kind.PREVIEW: preview,
    Kind.DIGEST: of_the_day,
    Kind.DIGEST_CHECK: digest_check,
    Kind.MORNING: morning,
    Kind.BROADCAST: broadcast,
    Kind.RECONFIRM: reconfirm,
    Kind.INCIDENT: incident,
    Kind.DATA_REQUEST: data_request,
    Kind.ALARM: alarm,
}
