"""What the office marks about a case: sensitive, of many people, not to become public."""

from actions.cases import flagging
from bot.acts.answers import one_of, words
from bot.acts.flow import Question, Values
from bot.desk import Desk
from bot.register import answers
from bot.register.deed import Deed
from domain.cases.lifecycle import State
from domain.people import Viewer
from storage.views import AnyRow

WITHHOLD, FREE = "withhold", "free"

_LABELS = {
    "sensitive": "nhạy cảm",
    "crowded": "đông người",
    "not_sensitive": "không còn nhạy cảm",
    "not_crowded": "không đông người",
    WITHHOLD: "không công khai",
    FREE: "được công khai lại",
}


def _marks(_desk: Desk, case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    """Offer the marks that change something about a case as it stands."""
    names = ["not_sensitive" if case.sensitive else "sensitive", "not_crowded" if case.crowded else "crowded"]
    if case.may_publish and case.state != State.PUBLISHED.value:
        names.append(WITHHOLD if case.withheld is None else FREE)
    return [(_LABELS[one], one) for one in names]


def _marked(_desk: Desk, _case: AnyRow, data: Values) -> Values:
    return {"mark": _LABELS[data["mark"]], "reason": data.get("reason", "")}


def _do(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    name, shown = data["mark"], data["version"]
    if name in {WITHHOLD, FREE}:
        reason = data["reason"] if name == WITHHOLD else None
        flagging.withhold(desk.unit, viewer, case.id, reason, desk.now, shown=shown)
    else:
        bare = name.removeprefix("not_")
        flagging.mark(desk.unit, viewer, case.id, bare, desk.now, on=bare == name, shown=shown)


MARKING = (
    Deed(
        "mark",
        "Đánh dấu lưu ý",
        "Ghi lưu ý này",
        _do,
        questions=(
            Question("mark", one_of("mark", list(_LABELS), "mục"), _marks),
            Question(
                "reason",
                words("reason", answers.LEAST, 500, "lý do không công khai"),
                wanted=lambda data: data.get("mark") == WITHHOLD,
            ),
        ),
        shown=_marked,
    ),
)
"""In the order in which they are offered."""
