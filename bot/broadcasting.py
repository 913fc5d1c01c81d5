"""A coordinator sends one text to many: what, to whom, one confirmation, and a while in which it is taken back."""

from actions import adhoc, broadcasts
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.broadcasts import Audience, To, check_text, leaves_at
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.following import LEVELS
from domain.local import local
from domain.words import squeeze
from storage.views import audiences, office, office_settings
from storage.views import broadcasts as broadcast_views

TEXT = "broadcast_text"
TO = "broadcast_to"
CONFIRM = "broadcast_confirm"

_READ = 2
"""So many of the last broadcasts are read again."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_BACK = choice("Quay lại", Verb.BACK)


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer "thongbao": ask for the text, or, where it is given, for whom; what still waits can be taken back.

    Whoever does not coordinate reads what came last.
    """
    if desk.viewer is not None and not desk.viewer.coordinates:
        told = broadcast_views.told_to(desk.unit, desk.viewer.person_id, _READ)
        return say("people/broadcasts", told=told)
    coordinator(desk)
    return _ask(desk, TO, check_text(squeeze(text))) if text else _ask(desk, TEXT, "")


def press(desk: Desk, button: Button) -> Reply:
    """Begin, take whom a broadcast is for, or take one back."""
    viewer = coordinator(desk)
    if button.word() == "undo":
        row = broadcasts.undo(desk.unit, viewer, button.number(1), desk.now)
        return say("office/broadcast_undone", broadcast=row, choices=[choice("Tổng hợp", Verb.DIGEST)])
    if button.word() == "to" and desk.conversation.step == TO:
        return _preview(desk, _audience(desk, button.word(1)))
    return _ask(desk, TEXT, "")


def _ask(desk: Desk, step: str, text: str) -> Reply:
    waiting = broadcast_views.waiting(desk.unit) if step == TEXT else ()
    undo = [choice(f"Thu hồi: {_short(one.text)}", Verb.BROADCAST, "undo", one.id) for one in waiting[:3]]
    offered = [choice(label, Verb.BROADCAST, "to", word) for word, label in _offered(desk)] if step == TO else undo
    return say(
        f"office/ask_{step}",
        text=text,
        waiting=[(one, local(one.leaves_at)) for one in waiting],
        step=step,
        data={"text": text},
        choices=[*offered, *([_BACK] if step == TO else []), _LEAVE],
    )


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29].rstrip()}…"


def _offered(desk: Desk) -> list[tuple[str, str]]:
    levels = [one for one in LEVELS if broadcast_views.agencies_of_level(desk.unit, one, desk.day)]
    found = [(To.OFFICERS.value, "Tất cả cán bộ đầu mối"), (To.HEADS.value, "Lãnh đạo các cơ quan")]
    found += [(one, f"{LEVELS[one][:1].upper()}{LEVELS[one][1:]}") for one in levels]
    late = broadcast_views.agencies_with_late(desk.unit, desk.day)
    return [*found, (To.LATE.value, f"Cơ quan có việc quá hạn ({len(late)})")] if late else found


def _audience(desk: Desk, word: str) -> Audience:
    every = tuple(broadcast_views.every_agency(desk.unit, desk.day))
    if word in LEVELS:
        level = tuple(broadcast_views.agencies_of_level(desk.unit, word, desk.day))
        return Audience(To.LEVEL, level, f"cán bộ đầu mối của {LEVELS[word]}")
    if word == To.HEADS:
        return Audience(To.HEADS, every, "lãnh đạo các cơ quan")
    if word == To.LATE:
        late = tuple(broadcast_views.agencies_with_late(desk.unit, desk.day))
        return Audience(To.LATE, late, "cán bộ đầu mối của các cơ quan có việc quá hạn")
    return Audience(To.OFFICERS, every, "tất cả cán bộ đầu mối")


def text(desk: Desk) -> Reply:
    """Take the text."""
    coordinator(desk)
    return _ask(desk, TO, check_text(squeeze(desk.incoming.text)))


def typed(desk: Desk) -> Reply:
    """Take agencies and collectives as typed: "Sở Y tế, UBND cấp xã"."""
    coordinator(desk)
    words = squeeze(desk.incoming.text)
    found = adhoc.understand_names(desk.unit, words, desk.now)
    if found is None or found.unknown:
        raise ActRefused(f"Danh mục chưa có “{words[:60]}”. Xin chọn một mục, hoặc gõ tên, mã các cơ quan.")
    ids = {one.code: one.id for one in office.agencies_on(desk.unit, desk.day)}
    members = [one for _, group in found.groups for one in group]
    chosen = tuple(dict.fromkeys(ids[one.code] for one in (*found.agencies, *members)))
    return _preview(desk, Audience(To.CHOSEN, chosen, f"cán bộ đầu mối của {words[:200]}"))


def _preview(desk: Desk, audience: Audience) -> Reply:
    places = audiences.of_agencies(desk.unit, audience.agencies, [audience.to.role], desk.day)
    silent = [one.name for one in places if not one.reached]
    minutes = office_settings.number(desk.unit, "broadcast_minutes")
    return say(
        "office/broadcast_confirm",
        text=desk.data["text"],
        said=audience.said,
        people=len({one for place in places for one in place.reached}),
        places=len(places) - len(silent),
        silent=silent,
        leaves=leaves_at(desk.now, minutes, office.etiquette(desk.unit)),
        step=CONFIRM,
        data={**desk.data, "audience": audience.to_json()},
        choices=[choice("Gửi thông báo", Verb.YES, CONFIRM), _BACK, _LEAVE],
    )


def back(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Ask the question before this one again."""
    return _ask(desk, TO, desk.data["text"]) if desk.conversation.step == CONFIRM else _ask(desk, TEXT, "")


def confirmed(desk: Desk, button: Button) -> Reply:  # noqa: ARG001
    """Keep the broadcast, say when it leaves, and offer to take it back."""
    audience = Audience.from_json(desk.data["audience"])
    row = broadcasts.send(desk.unit, coordinator(desk), audience, desk.data["text"], desk.now)
    return say(
        "office/broadcast_waits",
        said=audience.said,
        leaves=local(row.leaves_at),
        choices=[choice("Thu hồi", Verb.BROADCAST, "undo", row.id), choice("Tổng hợp", Verb.DIGEST)],
    )
