"""A coordinator sends one text to many, maybe with one file: what, to whom, one confirmation, a while to undo."""

from dataclasses import replace
from typing import Any

from actions import adhoc, broadcasts, evidence
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.help_texts import missed
from domain.broadcasts import Audience, To, check_text, leaves_at
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.following import LEVELS
from domain.local import local
from domain.words import squeeze
from messages.numerals import size
from storage.views import audiences, office, office_settings
from storage.views import broadcasts as broadcast_views

TEXT = "broadcast_text"
TO = "broadcast_to"
CONFIRM = "broadcast_confirm"
FILE = "broadcast_file"

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
        reply = say("people/broadcasts", told=told)
        files = [file for one in told if (file := broadcast_views.enclosure(one)) is not None]
        return replace(reply, messages=(replace(reply.messages[0], files=tuple(files)),))
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
    if button.word() == "file" and desk.conversation.step == CONFIRM and desk.can.files_in:
        return say("office/ask_broadcast_file", step=FILE, data=desk.data, choices=[_BACK, _LEAVE])
    if button.word() == "nofile" and desk.conversation.step == CONFIRM:
        return _preview(desk, Audience.from_json(desk.data["audience"]), file=None)
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
        data={"text": text, **_kept(desk, step)},
        choices=[*offered, *([_BACK] if step == TO else []), _LEAVE],
    )


def _kept(desk: Desk, step: str) -> dict[str, Any]:
    """Return the file of the broadcast that is being written, where the question goes back behind it."""
    return (
        {"file": desk.data["file"]} if step == TO and desk.conversation.step == CONFIRM and "file" in desk.data else {}
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


def file_in(desk: Desk) -> Reply:
    """Take the one file that goes out with the text; it is fetched and looked at meanwhile."""
    viewer, channel, (sent, *more) = coordinator(desk), desk.incoming.channel, desk.incoming.files
    received = evidence.receive(desk.unit, viewer, desk.endpoint_id, channel, [sent], desk.now, quiet=True)
    file = {"id": received.file_ids[0], "name": sent.name, "size": sent.size or 0}
    note = f"Mỗi thông báo kèm một tệp, đã lấy tệp đầu: {sent.name}" if more else ""
    return _preview(desk, Audience.from_json(desk.data["audience"]), note, file)


def waits_for_file(desk: Desk) -> Reply:
    """Say to typed words that a file is waited for."""
    return missed(desk, "Xin gửi một tệp, hoặc chọn Quay lại để gửi thông báo không kèm tệp.")


def waits_for_word(desk: Desk) -> Reply:
    """Say to other typed words that nothing has gone out."""
    return missed(desk, "Chưa gửi gì. Xin chọn Gửi thông báo, Quay lại hoặc Huỷ.")


_SAME: dict[str, Any] = {}
"""Stands for the file that the broadcast has already."""


def _preview(desk: Desk, audience: Audience, note: str = "", file: dict[str, Any] | None = _SAME) -> Reply:
    data = {name: value for name, value in desk.data.items() if name != "file"}
    kept = desk.data.get("file") if file is _SAME else file
    data |= {"audience": audience.to_json()} | ({"file": kept} if kept else {})
    with_file = [choice("Bỏ tệp", Verb.BROADCAST, "nofile")] if kept else []
    with_file += [choice("Thay tệp" if kept else "Kèm tệp", Verb.BROADCAST, "file")] if desk.can.files_in else []
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
        file=kept["name"] if kept else "",
        size=size(kept["size"]) if kept and kept["size"] else "",
        note=note,
        step=CONFIRM,
        data=data,
        choices=[choice("Gửi thông báo", Verb.YES, CONFIRM), *with_file, _BACK, _LEAVE],
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again."""
    if desk.conversation.step == FILE:
        return _preview(desk, Audience.from_json(desk.data["audience"]))
    return _ask(desk, TO, desk.data["text"]) if desk.conversation.step == CONFIRM else _ask(desk, TEXT, "")


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Keep the broadcast, say when it leaves, and offer to take it back."""
    viewer, audience, file = coordinator(desk), Audience.from_json(desk.data["audience"]), desk.data.get("file")
    if file and (why := broadcasts.unready(desk.unit, viewer, file["id"])):
        return _preview(desk, audience, why)
    row = broadcasts.send(desk.unit, viewer, audience, desk.data["text"], desk.now, file["id"] if file else None)
    return say(
        "office/broadcast_waits",
        said=audience.said,
        file=file["name"] if file else "",
        leaves=local(row.leaves_at),
        choices=[choice("Thu hồi", Verb.BROADCAST, "undo", row.id), choice("Tổng hợp", Verb.DIGEST)],
    )
