"""Mail addresses of people with a seat: the last way to reach whoever has no open chat.

An address is given by the operator together with the seat, so that heads who will never join a chat hear too.
"""

from datetime import datetime

from actions import notices as notice_actions
from actions import people as people_actions
from actions.people import Newcomer
from domain.accounts import LAST_BY_ITSELF as MAIL
from domain.errors import ActRefused, NotFound
from domain.mailboxes import as_kept
from domain.people import Membership, Role, rank_of
from storage import accounts, agencies, audit, handover, people, planned, ranks
from storage.database import Unit

ANOTHERS = "Địa chỉ thư {address} đã được ghi cho một người khác. Mỗi người cần một địa chỉ riêng."
REPLACED = "another address was given"


def give(unit: Unit, row: Newcomer, now: datetime) -> None:
    """Let a person who was just invited hold the seat and be reached at an address; an earlier address is closed.

    What waited for somebody of this seat is said to them. Raises ActRefused for an address of somebody else.
    """
    agency_id = agencies.id_of(unit, row.agency_code)
    person_id = people.person_in(unit, row.name, agency_id) if agency_id is not None else None
    if agency_id is None or person_id is None:
        raise NotFound("người này")
    endpoint = people_actions.endpoint(unit, MAIL, as_kept(row.mail), now)
    if endpoint.person_id not in {None, person_id}:
        raise ActRefused(ANOTHERS.format(address=row.mail))
    for one in accounts.of_person(unit, person_id):
        if one.channel == MAIL and one.id != endpoint.id:
            people.mark_endpoint(unit, one.id, dead=True, reason=REPLACED, now=now)
    people.bind_endpoint(unit, endpoint.id, person_id)
    people_actions.chat_revived(unit, endpoint, now)
    audit.record(unit, "mail_address", "endpoint", endpoint.id, now, actor=audit.OPERATOR, person=person_id)
    seat = people.seat(unit, person_id, agency_id, row.role, Membership.ACTIVE, now)
    if row.role is Role.COORDINATOR:
        ranks.put(unit, person_id, rank_of(row.position))
    audit.record(unit, "seat_by_mail", "membership", seat, now, actor=audit.OPERATOR, role=row.role.value)
    handover.forget_lost(unit, person_id, agency_id, row.role)
    planned.await_again(unit, agency_id, row.role)
    notice_actions.promote(unit, now)
