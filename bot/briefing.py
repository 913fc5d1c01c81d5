"""A leader's digest in chat, and the way from it to agencies, tasks and their history; also for who reads it only."""

from actions import compose
from bot import cards, clusters, directing
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.conversation import Conversation
from domain.errors import NotFound
from domain.lateness import counted
from domain.outgoing import Choice, Message
from domain.people import Viewer
from storage.views import digest as views
from storage.views import portfolios, standing, work
from storage.views.work import Work

PAGE = 8


def reads(desk: Desk) -> bool:
    """Whether who asks leads, or reads a leader's digest."""
    return desk.viewer is not None and bool(portfolios.leaders_seen(desk.unit, desk.viewer))


def _viewer(desk: Desk) -> Viewer:
    if desk.viewer is None:
        raise NotFound("mục này")
    return desk.viewer


def _leader(desk: Desk, leader_id: int) -> int:
    """Return the leader whose digest is looked at. Raises NotFound where this person may not."""
    viewer = _viewer(desk)
    if leader_id == 0:
        found = portfolios.leaders_seen(desk.unit, viewer)
        if not found:
            raise NotFound("mục này")
        return found[0]
    if not portfolios.seen_for(desk.unit, viewer, leader_id):
        raise NotFound("mục này")
    return leader_id


def show(desk: Desk, leader_id: int = 0) -> Reply:
    """Show the digest of a leader, whole, as it stands now; of the own one, or the first one read, for 0."""
    viewer, leader_id = _viewer(desk), _leader(desk, leader_id)
    said = compose.said_of(desk.unit, leader_id, desk.day, reader_id=viewer.person_id)
    choices = (*said.choices, *_others(desk, viewer, leader_id))
    return Reply((Message(said.text, choices),), Conversation(choices=tuple((one.label, one.key) for one in choices)))


def _others(desk: Desk, viewer: Viewer, leader_id: int) -> tuple[Choice, ...]:
    """Return the choices that show the other digests this person may look at."""
    others = [one for one in portfolios.leaders_seen(desk.unit, viewer) if one != leader_id]
    names = {one.leader_id: one.leader for one in portfolios.readers(desk.unit, reader_id=viewer.person_id)}
    return tuple(choice(f"Bản tin của đồng chí {names.get(one, viewer.name)}", Verb.DIGEST, one) for one in others)


def press(desk: Desk, button: Button) -> Reply:
    """Go from the digest to the agencies with late work, or to one agency's late tasks."""
    if button.word() == "alike":
        return clusters.press(desk, button)
    leader_id = _leader(desk, button.number(1))
    if button.word() == "of":
        return _tasks(desk, leader_id, button.number(2), button.number(3))
    return agencies(desk, leader_id, button.number(2))


def agencies(desk: Desk, leader_id: int, at: int) -> Reply:
    """Show one page of the agencies that are past their dates, the worst first."""
    works = views.late_of(desk.unit, leader_id, desk.day)
    by_agency: dict[int, list[Work]] = {}
    for one in works:
        by_agency.setdefault(one.agency_id, []).append(one)
    groups = sorted(by_agency.values(), key=lambda ones: (-len(ones), -ones[0].standing.late_days, ones[0].agency))
    shown = groups[at * PAGE : (at + 1) * PAGE]
    openings = [
        choice(f"{ones[0].agency} ({len(ones)})", Verb.BRIEFING, "of", leader_id, ones[0].agency_id, 0, listed=True)
        for ones in shown
    ]
    return say(
        "digests/agencies",
        groups=shown,
        first=at * PAGE + 1,
        total=len(groups),
        apart=counted(standing.of(desk.unit, works, desk.day).values()),
        day=desk.day,
        choices=[
            *openings,
            *_turns(len(groups), at, "late", leader_id),
            choice("Quay lại bản tin", Verb.DIGEST, leader_id),
        ],
    )


def _tasks(desk: Desk, leader_id: int, agency_id: int, at: int) -> Reply:
    works = views.late_of(desk.unit, leader_id, desk.day, agency_id) if agency_id else []
    if not works:
        return agencies(desk, leader_id, 0)
    stands = standing.of(desk.unit, works, desk.day)
    shown = works[at * PAGE : (at + 1) * PAGE]
    openings = [choice(f"Mở {one.code}", Verb.OPEN, one.id, listed=True) for one in shown]
    return say(
        "digests/tasks",
        agency=works[0].agency,
        works=shown,
        stands=stands,
        originals=standing.original_dates(desk.unit, shown),
        total=len(works),
        day=desk.day,
        choices=[
            *openings,
            *_turns(len(works), at, "of", leader_id, agency_id),
            *(directing.offered_on_agency(desk, agency_id) if leader_id == _viewer(desk).person_id else ()),
            choice("Quay lại các cơ quan", Verb.BRIEFING, "late", leader_id, 0),
            choice("Bản tin", Verb.DIGEST, leader_id),
        ],
    )


def _turns(total: int, at: int, *where: object) -> list[Choice]:
    turns = [choice("Trang sau", Verb.BRIEFING, *where, at + 1)] if (at + 1) * PAGE < total else []
    return [*turns, choice("Trang trước", Verb.BRIEFING, *where, at - 1)] if at else turns


def may_look(desk: Desk, assignment_id: int) -> bool:
    """Whether a task lies in what this person, or a leader whose digest is read, looks after."""
    return desk.viewer is not None and portfolios.may_look(desk.unit, desk.viewer, assignment_id)


def check(desk: Desk, assignment_id: int) -> None:
    """Raise NotFound where this person may not look at a task."""
    if not may_look(desk, assignment_id):
        raise NotFound()


def task(desk: Desk, assignment_id: int) -> Reply:
    """Open a task of the portfolio, to be looked at. Raises NotFound for any other."""
    check(desk, assignment_id)
    found = work.by_ids(desk.unit, [assignment_id], desk.day).get(assignment_id)
    if found is None:
        raise NotFound()
    return cards.show(desk, found, _ways_back(desk, found))


def _ways_back(desk: Desk, one: Work) -> list[Choice]:
    """Return the ways back from a task to the agency's list and the digest."""
    seen = portfolios.leaders_seen(desk.unit, _viewer(desk))
    leader_id = next(leader for leader in seen if portfolios.covers(desk.unit, leader, one.id))
    late = [choice(f"Quay lại {one.agency}", Verb.BRIEFING, "of", leader_id, one.agency_id, 0)] if one.is_late else []
    return [*late, choice("Bản tin", Verb.DIGEST, leader_id)]
