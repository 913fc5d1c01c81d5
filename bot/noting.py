"""Acts that one confirmation completes: taking a task on, how far it is, what is in the way, that it is not ours."""

import re
from collections.abc import Sequence
from typing import Any
from zlib import crc32

from actions import assignments, objections
from bot import objections as objection_steps
from bot import reporting
from bot.desk import Desk, Reply, say
from bot.officers import acts, own, viewer_of
from domain.assignments import Act, State, move
from domain.buttons import Button, Verb, choice
from domain.outgoing import Choice
from domain.words import fold
from storage.views import work
from storage.views.work import Work

PROPOSED = "proposed"

_LABELS = {
    Act.ACCEPT: "Đúng, đã nhận",
    Act.PROGRESS: "Ghi tiến độ",
    Act.OBSTRUCT: "Gửi vướng mắc",
    Act.DISOWN: "Gửi Văn phòng",
}


def propose(desk: Desk, act: Act, works: Sequence[Work], text: str, percent: int | None = None) -> Reply:
    """Read back what would be noted in the officer's words, and ask once.

    Words that only say that something is in the way are asked for more. Raises ActRefused where the state of a task
    does not allow the act.
    """
    if act is Act.ACCEPT:
        works = [one for one in works if one.state is State.ASSIGNED] or works
    if act is Act.OBSTRUCT and not _tells(text):
        return objection_steps.ask_obstacle(desk, Button(Verb.OBSTACLE, (str(works[0].id),)))
    for one in works:
        move(one.state, act)
    data: dict[str, Any] = {
        "act": act.value,
        "ids": [one.id for one in works],
        "percent": percent,
        "text": text[:2000],
        "day": desk.day.isoformat(),
    }
    return say(
        "work/proposed",
        act=act.value,
        works=works,
        day=desk.day,
        percent=percent,
        text=text,
        step=PROPOSED,
        data=data,
        choices=[
            choice(_LABELS[act], Verb.YES, PROPOSED, works[0].id, act.value, crc32(text.encode())),
            choice("Việc khác", Verb.ELSE),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


_BARE = "vuong mac dang bi gap kho khan co nv a da bao cao viec nay nhiem vu em o cho anh chi nhe voi dong xin"


def _tells(text: str) -> bool:
    """Whether words say what is in the way, not only that something is."""
    return any(word not in _BARE.split() and not word.isdecimal() for word in re.findall(r"[^\W_]+", fold(text)))


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Do what was proposed, and say that it was done."""
    data, viewer = desk.data, viewer_of(desk)
    works = [own(desk, one) for one in data["ids"]]
    act, text, percent = Act(data["act"]), data["text"], data["percent"]
    if act is Act.ACCEPT:
        assignments.accept_all(desk.unit, viewer, data["ids"], desk.now)
        return say("work/accepted", works=works, choices=_after(desk, works))
    (one,) = works
    if act is Act.PROGRESS:
        assignments.progress(desk.unit, viewer, one.id, text, percent, desk.now)
        return say("work/progress_kept", work=one, percent=percent, text=text, choices=_after(desk, works))
    if act is Act.OBSTRUCT:
        objections.obstruct(desk.unit, viewer, one.id, text, desk.now)
        return say("work/obstacle_kept", work=one, text=text, choices=_after(desk, works))
    objections.disown(desk.unit, viewer, one.id, text, desk.now)
    return say("work/not_ours_kept", work=one, text=text, choices=_after(desk, works))


def _after(desk: Desk, works: Sequence[Work]) -> list[Choice]:
    if len(works) > 1:
        return [reporting.LISTED]
    return acts(desk, work.by_ids(desk.unit, [works[0].id], desk.day)[works[0].id])
