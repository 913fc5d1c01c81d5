"""The week's paper that goes with a leader's digest on the first working day of a week."""

from datetime import timedelta

from actions.letterheads import letterhead, signatory
from domain.digests import Digest
from domain.outgoing import Attachment
from messages.weekly import MEDIA_TYPE, LateTask, weekly_paper
from storage import digests, people
from storage.database import Unit
from storage.views import digest as digest_views


def paper(unit: Unit, leader_id: int, digest: Digest) -> Attachment:
    """Write the paper of the week before a digest's day and keep it; the same figures make the same file."""
    leader = people.introduced(unit, leader_id)
    content = weekly_paper(
        digest,
        digests.since(unit, leader_id, digests.LEADER, digest.day - timedelta(days=6)),
        _late(unit, leader_id, digest),
        letterhead(unit),
        signatory(unit),
        leader=", ".join(filter(None, (leader.name, leader.position))),
    )
    return unit.shelf.put(content, f"bao-cao-tuan-{digest.day.isoformat()}.docx", MEDIA_TYPE)


def _late(unit: Unit, leader_id: int, digest: Digest) -> list[LateTask]:
    """Return what the digest counts as late, by agency in its order, the longest first."""
    place = {one.agency_id: at for at, one in enumerate(digest.agencies)}
    counted = set(digest.late_codes)
    works = [one for one in digest_views.late_of(unit, leader_id, digest.day) if one.code in counted and one.due_on]
    works.sort(key=lambda one: (place.get(one.agency_id, len(place)), -one.standing.late_days, one.id))
    return [
        LateTask(one.agency, one.code, one.content, one.due_on, one.standing.late_days) for one in works if one.due_on
    ]
