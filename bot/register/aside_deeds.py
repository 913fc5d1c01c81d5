"""What the office does with a case that does not go on as it is: supplemented, refused, guided, merged, set aside."""

from actions.cases import merging, refusing, triage
from bot.acts.answers import CHOSEN, one_of, words
from bot.acts.flow import Question, Values
from bot.desk import Desk
from bot.register import answers
from bot.register.deed import Deed
from domain.case_settings import DOORS
from domain.cases.decisions import GROUNDS
from domain.cases.kinds import Kind
from domain.cases.lifecycle import Act, State
from domain.cases.likeness import Told, likely, worth_reading
from domain.errors import ActRefused
from domain.local import short_day
from domain.people import Viewer
from storage.views import AnyRow
from storage.views.cases import alike, register


def _wanted(_desk: Desk, case: AnyRow, data: Values) -> Values:
    return {"missing": data["missing"], "round": case.supplements + 1, "most": triage.SUPPLEMENTS_AT_MOST}


def _ask_supplement(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    text = "\n".join(f"{at}. {one}" for at, one in enumerate(data["missing"], 1))
    triage.ask_supplement(desk.unit, viewer, case.id, text, desk.now, shown=data["version"])


def _grounds(desk: Desk, _case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    return [(f"{one.code}: {one.label}", one.code) for one in refusing.grounds(desk.unit)]


def _refused(_desk: Desk, _case: AnyRow, data: Values) -> Values:
    return {"ground": GROUNDS[data["ground"]], "reason": data["reason"]}


def _refuse(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    refusing.propose_refusal(
        desk.unit, viewer, case.id, data["ground"], data["reason"], desk.now, shown=data["version"]
    )


def _doors(_desk: Desk, _case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    return [(label, key) for key, label in DOORS.items()]


_SET = f"{CHOSEN}set"


def _where(desk: Desk, _case: AnyRow, data: Values) -> list[tuple[str, str]]:
    """Offer where the office's settings say that door is."""
    known = register.door(desk.unit, data["door"])
    return [(f"Như đã đặt: {known[:60]}", _SET)] if known else []


_WHERE = words("where", 3, 400, "nơi tiếp nhận")


def _takes_where(desk: Desk, case: AnyRow, data: Values, text: str) -> Values:
    return _WHERE(desk, case, data, register.door(desk.unit, data["door"]) if text == _SET else text)


def _guided(_desk: Desk, _case: AnyRow, data: Values) -> Values:
    return {"door": DOORS[data["door"]], "where": data["where"]}


def _guide(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    door = DOORS[data["door"]]
    triage.guide(desk.unit, viewer, case.id, door, data["where"], desk.now, shown=data["version"])


def _likely(desk: Desk, case: AnyRow, _data: Values) -> list[tuple[str, str]]:
    """Offer the open cases that are likely the same matter."""
    if case.kind == Kind.CONDUCT.value:
        return []
    others = {one.id: one for one in alike.candidates(desk.unit, None, desk.now) if one.id != case.id}
    new = Told(case.id, case.content, case.about, case.place)
    worth = worth_reading(new, {one.id: one.folded for one in others.values()})
    told = [Told(one, others[one].content, others[one].about, others[one].place) for one in worth]
    found = [others[one.id] for one in likely(new, told, desk.alike)]
    return [(f"{one.code} (nhận {short_day(one.received_on)})", one.code) for one in found]


def _master(desk: Desk, case: AnyRow, data: Values) -> Values:
    found = register.by_code(desk.unit, data["master"])
    if found is None or found.id == case.id:
        raise ActRefused(f"Không có mã {data['master']} để gộp vào. Xin quay lại và kiểm tra mã.")
    return {"master": found, "state": State(found.state).label}


def _merge(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    merging.merge(desk.unit, viewer, case.id, data["master"], desk.now, shown=data["version"])


def _alone(desk: Desk, case: AnyRow, _data: Values) -> Values:
    return {"master": register.of(desk.unit, case.master_id)}


def _split(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    merging.split(desk.unit, viewer, case.id, desk.now, shown=data["version"])


def _mark_spam(desk: Desk, viewer: Viewer, case: AnyRow, data: Values) -> None:
    triage.mark_spam(desk.unit, viewer, case.id, desk.now, spam=case.spam_at is None, shown=data["version"])


def _open(case: AnyRow) -> bool:
    return case.spam_at is None and State(case.state).is_open and case.agency_id is None


ASIDE = (
    Deed(
        "ask_supplement",
        "Yêu cầu bổ sung",
        "Gửi yêu cầu bổ sung",
        _ask_supplement,
        Act.ASK_SUPPLEMENT,
        (Question("missing", answers.missing),),
        _wanted,
        lambda _desk, case: case.supplements < triage.SUPPLEMENTS_AT_MOST,
    ),
    Deed(
        "refuse",
        "Đề nghị từ chối",
        "Trình từ chối",
        _refuse,
        Act.REFUSE,
        (
            Question("ground", answers.ground, _grounds),
            Question("reason", words("reason", answers.LEAST, 1000, "lý do từ chối")),
        ),
        _refused,
        lambda _desk, case: not case.proposed_by,
    ),
    Deed(
        "guide",
        "Hướng dẫn nơi khác",
        "Hướng dẫn nơi này",
        _guide,
        Act.GUIDE,
        (
            Question("guide", one_of("door", list(DOORS), "nơi tiếp nhận"), _doors),
            Question("door", _takes_where, _where),
        ),
        _guided,
    ),
    Deed(
        "merge",
        "Gộp vào mã khác",
        "Gộp vào mã này",
        _merge,
        Act.MERGE,
        (Question("master", answers.master, _likely),),
        _master,
    ),
    Deed("split", "Tách ra", "Tách ra", _split, Act.SPLIT, shown=_alone),
    Deed("spam", "Đánh dấu tin rác", "Đánh dấu tin rác", _mark_spam, fits=lambda _desk, case: _open(case)),
    Deed("unspam", "Bỏ đánh dấu tin rác", "Bỏ đánh dấu", _mark_spam, fits=lambda _desk, case: bool(case.spam_at)),
)
"""In the order in which they are offered."""
