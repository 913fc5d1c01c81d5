"""The leaders' digest: its text, its chart, the week's paper."""

from dataclasses import dataclass
from datetime import date

from actions.compose import weekly
from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.cases.clusters import LEAST
from domain.digests import Digest, Since, begins_week
from domain.notices import Kind
from domain.outgoing import Attachment, Choice
from messages import pictures
from messages.render import render
from storage import calendars, digests, office_settings, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import digest as digest_views
from storage.views import directions, extensions, portfolios, watch
from storage.views import office as office_views

SHOWN = 5
"""So many agencies and so many dates are told one by one: a digest fits one screen of a phone."""

ASKED = 3
"""So many requests for a later date are offered for decision at once; the next ones follow each decision."""


@dataclass(frozen=True, slots=True)
class Said:
    """A digest as it is said: its figures, those it is compared with, its text and choices."""

    digest: Digest
    since: Since
    text: str
    choices: tuple[Choice, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether it says nothing new."""
        return self.digest.fingerprint == self.since.fingerprint


def kind_of(person_id: int, leader_id: int) -> str:
    """Return under which kind a person's digest is kept: the leader's own, or the one read of a leader."""
    return digests.LEADER if person_id == leader_id else f"of:{leader_id}"


def of_the_day(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose the digests of the day, the person's own and those read of leaders; None for what is held back."""
    if digests.is_held(context.unit, context.day):
        return None
    leaders = [int((row.data or {}).get("leader", context.person_id)) for row in rows]
    told = [
        one
        for one in dict.fromkeys(leaders)
        if one == context.person_id or portfolios.readers(context.unit, leader_id=one, reader_id=context.person_id)
    ]
    said = [_kept(context, one) for one in told]
    if not said:
        return None
    files = [file for leader_id, one in zip(told, said, strict=True) for file in _files(context, leader_id, one)]
    return Part(
        render(f"headlines/{kind}"),
        "\n\n".join(one.text for one in said),
        tuple(choice for one in said for choice in one.choices),
        alone=True,
        files=tuple(dict.fromkeys(files)),
    )


def _kept(context: Context, leader_id: int) -> Said:
    """Compose one digest and keep its figures: tomorrow's change is counted from them."""
    unit, day, person = context.unit, context.day, context.person_id
    said = said_of(unit, leader_id, day, reader_id=person, short=True)
    one = said.digest
    digests.keep(unit, person, kind_of(person, leader_id), day, one.figures, one.fingerprint, context.now)
    return said


def said_of(unit: Unit, leader_id: int, day: date, *, reader_id: int, short: bool = False) -> Said:
    """Return a leader's digest of a day as that person reads it; in one line where `short` and nothing has changed."""
    digest = digest_views.of_leader(unit, leader_id, day)
    since = digests.since(unit, reader_id, kind_of(reader_id, leader_id), day)
    return said_as(unit, digest, since, leader_id, reads=reader_id != leader_id, short=short)


def said_as(
    unit: Unit, digest: Digest, since: Since, leader_id: int, *, reads: bool = False, short: bool = False
) -> Said:
    """Return a digest in words, with the office's own sentence of that day."""
    found = digests.check(unit, digest.day)
    leader = people.introduced(unit, leader_id) if reads else None
    text = render(
        "notices/digest",
        digest=digest,
        since=since,
        unchanged=short and digest.fingerprint == since.fingerprint,
        note=found.note if found is not None else "",
        reads=" ".join(filter(None, (leader.position, leader.name))) if leader else "",
        shown=SHOWN,
    )
    whole = "\n\n".join(filter(None, (text, foot(unit, digest.day))))
    return Said(digest, since, whole, _choices(unit, digest, leader_id, reads=reads))


def _choices(unit: Unit, digest: Digest, leader_id: int, *, reads: bool) -> tuple[Choice, ...]:
    """Return the way to what is late, and for the leader, not who only reads, to what waits for the leader's word."""
    asked = [] if reads or not digest.awaited else extensions.for_leader(unit, leader_id)
    decide = [choice(f"Quyết định gia hạn {one.code}", Verb.EXTENSION, one.id) for one in asked[:ASKED]]
    said = [] if reads or not digest.awaited else directions.open_for_leader(unit, leader_id)
    words = [choice(f"Ý kiến chưa có trả lời ({len(said)})", Verb.DIRECTION, 0)] if said else []
    late = [choice("Việc quá hạn theo cơ quan", Verb.BRIEFING, "late", leader_id, 0)] if digest.apart else []
    alike = digest.cases is not None and digest.cases.open - digest.cases.conduct >= LEAST and not reads
    groups = [choice("Phản ánh giống nhau", Verb.BRIEFING, "alike", 0, 0)] if alike else []
    return (*decide, *late, *words, *groups)


def foot(unit: Unit, day: date) -> str:
    """Return in one line how the messages of the working day before left, "" where all left in time."""
    etiquette = office_views.etiquette(unit)
    return render("digest_foot", told=watch.delivered(unit, etiquette, etiquette.calendar.subtract(day, 1)))


def _files(context: Context, leader_id: int, said: Said) -> list[Attachment]:
    """Return the chart, and on the first working day of a week the week's paper where the office wants it."""
    unit, day = context.unit, context.day
    found = [] if said.unchanged or len(said.digest.agencies) < 2 else [chart(unit, said.digest)]
    told_before = said.since.day is not None
    if told_before and begins_week(day, calendars.in_force(unit)) and office_settings.on(unit, "digest_weekly"):
        found.append(weekly.paper(unit, leader_id, said.digest))
    return found


def chart(unit: Unit, digest: Digest) -> Attachment:
    """Draw the agencies with the most late work and keep the picture."""
    return unit.shelf.put(pictures.worst(digest), f"qua-han-{digest.day.isoformat()}.png", pictures.MEDIA_TYPE)
