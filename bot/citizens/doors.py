"""What a citizen's words sound like, said before anything is sent: another door, or words that need more care."""

from bot.citizens.steps import CONTENT, LEAVE, Data, common, tell
from bot.desk import Desk, Reply, say
from domain.buttons import Verb, choice
from domain.cases.doors import Heard, Sound, listen
from domain.cases.kinds import Kind
from domain.outgoing import Choice
from storage.views import office, office_settings

GO_ON = "goon"
REWRITE = "rewrite"

_ON = tell("Đây là phản ánh, tiếp tục", GO_ON)
_AS_IT_IS = tell("Giữ nguyên, tiếp tục", GO_ON)
_AGAIN = tell("Viết lại", REWRITE)

_CHOICES: dict[Sound, tuple[Choice, ...]] = {
    Sound.EMERGENCY: (tell("Việc không khẩn cấp, tiếp tục", GO_ON), _AGAIN),
    Sound.CRIME: (_ON, _AGAIN),
    Sound.COMPLAINT: (_ON, choice("Đúng là khiếu nại, tố cáo", Verb.CASE_KIND, Kind.COMPLAINT.value)),
    Sound.UNCLEAR: (_AGAIN, _AS_IT_IS),
    Sound.FOREIGN: (_AGAIN, _AS_IT_IS),
    Sound.PERSONAL: (_AGAIN, _AS_IT_IS),
}


def caught(desk: Desk, data: Data) -> Reply | None:
    """Ask about the most pressing sound that was not asked about yet; None where nothing is heard."""
    asked = data.get("warned", [])
    fresh = [one for one in listen(data["content"]) if one.sound.value not in asked]
    return _ask(desk, data, fresh[0]) if fresh else None


def _ask(desk: Desk, data: Data, heard: Heard) -> Reply:
    return say(
        f"citizen/sounds_{heard.sound}",
        **common(desk, data),
        words=heard.words,
        door=office_settings.text(desk.unit, "door_emergency"),
        hotline=office.hotline(desk.unit),
        step=CONTENT,
        data={**data, "warned": [*data.get("warned", []), heard.sound.value]},
        choices=(*_CHOICES[heard.sound], LEAVE),
    )
