"""Sending a citizen's feedback: a case, its files, the case it joins; the code at once."""

from datetime import date

from actions.cases import files as case_files
from actions.cases import joining, opening
from bot.citizens import beginning, drafting
from bot.citizens.files import back_again
from bot.citizens.steps import Data, behalf_of, kind_of
from bot.desk import Desk, Reply, say
from domain.buttons import Button
from domain.cases.decisions import Source
from domain.cases.fields import Reporter
from domain.errors import ActRefused
from storage.views import office

WEB = "web"


def send(desk: Desk, _button: Button) -> Reply:
    """Take what was reviewed into the register, and tell the code."""
    data, unit, now = desk.data, desk.unit, desk.now
    files = [back_again(one) for one in data.get("files", ())]
    file_ids = case_files.write(unit, desk.incoming.channel, files, now)
    feedback = _feedback(data, file_ids)
    opened = opening.open_case(unit, feedback, _origin(desk, data), beginning.notice_text(desk, data), now)
    joined = joining.as_sender(unit, opened.case_id, data["join"], now) if data.get("join") else None
    reply = say(
        "citizen/opened",
        opened=opened,
        joined=joined,
        files=len(files),
        behalf=behalf_of(data) is not None,
        office=office.name(unit),
        hotline=office.hotline(unit),
        sealed=True,
    )
    return drafting.erased(desk, reply)


def _feedback(data: Data, file_ids: tuple[int, ...]) -> opening.Feedback:
    on = data.get("happened_on")
    who = Reporter(
        data["name"],
        data["address"],
        data["phone"],
        data["mail"],
        data.get("email", ""),
        data.get("who", "person"),
        data.get("extra", ""),
    )
    return opening.Feedback(
        kind_of(data),
        data["content"],
        data["about"],
        who,
        data.get("happened", ""),
        date.fromisoformat(on) if on else None,
        data.get("place", ""),
        may_publish=data["public"],
        file_ids=file_ids,
    )


def _origin(desk: Desk, data: Data) -> opening.Origin:
    channel, source = desk.incoming.channel, behalf_of(data)
    if source is not None:
        if not beginning.may_write_for_others(desk):
            raise ActRefused("Chỉ cán bộ Văn phòng, xã, phường, TT PVHCC mới nhập thay người dân được.")
        return opening.Origin(channel, source, registered_by=desk.viewer)
    own = Source.WEB if channel == WEB else Source.CHAT
    return opening.Origin(channel, own, endpoint_id=desk.endpoint_id)
