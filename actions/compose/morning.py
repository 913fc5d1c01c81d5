"""The line about what waits and what is due, and the office's look at a coming digest."""

from datetime import date

from actions.compose.digest import said_as
from actions.compose.parts import Context, Part
from domain.buttons import Verb, choice
from domain.digests import Check
from domain.mornings import figures, mark
from domain.notices import Kind
from domain.outgoing import Choice
from domain.people import Role
from messages.render import render
from storage import digests, office_settings, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import digest as digest_views
from storage.views import mornings, portfolios


def morning(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Compose a person's line, None where nothing waits any more; its figures are kept."""
    unit, person_id, day = context.unit, context.person_id, context.day
    told = mornings.of_person(unit, person_id, day)
    if not told:
        return None
    since = mornings.since(unit, person_id, day)
    lines = [(one.heading, one.said(since)) for one in told]
    digests.keep(unit, person_id, mornings.KIND, day, figures(told), mark(told), context.now)
    office = any(row.role == Role.COORDINATOR for row in rows)
    choices = (choice("Xem tổng hợp", Verb.DIGEST),) if office else ()
    text = render(f"notices/{kind}", lines=lines)
    return Part(render(f"headlines/{kind}", lines=lines), text, choices, alone=True, last=True)


def digest_check(context: Context, kind: Kind, rows: list[AnyRow]) -> Part | None:
    """Show a coordinator the next working morning's digest as it would read now, None once its day has come."""
    coming = max(date.fromisoformat((row.data or {})["day"]) for row in rows)
    if coming <= context.day:
        return None
    text, choices = check_text(context.unit, coming)
    return Part(render(f"headlines/{kind}", coming=coming), text, choices, alone=True)


def check_text(unit: Unit, coming: date) -> tuple[str, tuple[Choice, ...]]:
    """Return a coming digest as the office sees it, and what can be decided about it."""
    leaders = people.active(unit, Role.LEADER)
    whole = next((one for one in leaders if not portfolios.of_leader(unit, one)), 0)
    digest = digest_views.of_day(unit, coming)
    since = digest_views.since(unit, whole or min(leaders, default=0), coming)
    found = digests.check(unit, coming)
    state = "gone" if digests.said_on(unit, coming) else found.state if found is not None else Check.OPEN.value
    text = render(
        "notices/digest_check",
        coming=coming,
        at=office_settings.text(unit, "digest_at"),
        state=state,
        portfolios=any(portfolios.of_leader(unit, one) for one in leaders),
        text=said_as(unit, digest, since, 0).text,
    )
    return text, () if state == "gone" else _choices(coming, state, noted=bool(found is not None and found.note))


def _choices(coming: date, state: str, *, noted: bool) -> tuple[Choice, ...]:
    day = coming.isoformat()
    decide = (
        choice("Cho gửi", Verb.DIGEST_CHECK, "go", day)
        if state == Check.HELD
        else choice("Giữ lại", Verb.DIGEST_CHECK, "hold", day)
    )
    word = "Sửa lời của Văn phòng" if noted else "Thêm lời của Văn phòng"
    drop = (choice("Bỏ lời của Văn phòng", Verb.DIGEST_CHECK, "bare", day),) if noted else ()
    return (decide, choice(word, Verb.DIGEST_CHECK, "note", day), *drop)
