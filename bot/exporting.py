"""The list of focal officers, sent as files to a coordinator."""

from actions import focal_lists
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.handing import with_files
from domain.buttons import Button, Verb, choice


def focal(desk: Desk, _button: Button) -> Reply:
    """Send who the focal officers are, agencies without one first."""
    found, files = focal_lists.files(desk.unit, coordinator(desk).person_id, desk.now)
    choices = [choice("Kết quả xác nhận đầu mối", Verb.RECONFIRM, "status"), choice("Tổng hợp", Verb.DIGEST)]
    reply = say("people/exported", found=found, choices=choices)
    return with_files(reply, files)
