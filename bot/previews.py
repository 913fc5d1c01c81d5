"""What goes to heads and leaders, in the coordinator's chat: hold it, let it go, or drop it with a reason."""

from collections.abc import Sequence

from actions import approving, previews
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.outgoing import Choice
from domain.people import Viewer
from domain.previews import leaves_at
from domain.words import squeeze
from storage.views import office
from storage.views import previews as views

DROP = "drop_above"
PAGE = 4
NAMED = 3
"""So many tasks of an agency are told one by one in a list."""


def counts(desk: Desk) -> dict[str, int]:
    """Return how many tasks are about to go up, and how many are held, by the names of their lists."""
    return {
        "above": len({row.matter_id for row in views.pending(desk.unit, desk.now)}),
        "held": len({row.matter_id for row in views.held(desk.unit)}),
    }


def above(desk: Desk, name: str, at: int) -> Reply:
    """Show what leaves by itself unless it is held."""
    groups = views.grouped(desk.unit, views.pending(desk.unit, desk.now), desk.day)
    shown = groups[at * PAGE : (at + 1) * PAGE]
    if _decides(desk):
        choices = [_act(f"Giữ {one.agency}", "hold", one.agency_id, desk) for one in shown]
        choices += [_act("Giữ tất cả", "hold", 0, desk), _act("Cho gửi tất cả", "go", 0, desk)] if groups else []
    else:
        choices = [_act(f"Đề nghị giữ {one.agency}", "propose", one.agency_id, desk) for one in shown]
        choices += [_act("Đề nghị giữ tất cả", "propose", 0, desk)] if len(groups) > 1 else []
    return _listed(desk, name, at, groups, choices)


def held(desk: Desk, name: str, at: int) -> Reply:
    """Show what waits for a coordinator's word."""
    groups = views.grouped(desk.unit, views.held(desk.unit), desk.day)
    shown = groups[at * PAGE : (at + 1) * PAGE]
    choices = [
        one
        for group in shown
        if _decides(desk)
        for one in (
            _act(f"Cho gửi {group.agency}", "go", group.agency_id, desk),
            _act(f"Bỏ hẳn {group.agency}", "drop", group.agency_id, desk),
        )
    ]
    if len(groups) > 1 and _decides(desk):
        choices.append(_act("Cho gửi tất cả", "go", 0, desk))
    return _listed(desk, name, at, groups, choices)


def _decides(desk: Desk) -> bool:
    return desk.viewer is not None and approving.may_approve(desk.unit, desk.viewer)


def _act(label: str, act: str, agency_id: int, desk: Desk) -> Choice:
    return choice(label, Verb.PREVIEW, act, agency_id, f"{desk.day:%Y%m%d}")


def _listed(desk: Desk, name: str, at: int, groups: Sequence[views.Above], choices: list[Choice]) -> Reply:
    etiquette = office.etiquette(desk.unit)
    shown = [(group, leaves_at(group.at, group.shown_at, etiquette)) for group in groups[at * PAGE : (at + 1) * PAGE]]
    turns = [choice("Trang sau", Verb.OFFICE, name, at + 1)] if (at + 1) * PAGE < len(groups) else []
    turns += [choice("Trang trước", Verb.OFFICE, name, at - 1)] if at else []
    return say(
        f"office/{name}",
        groups=shown,
        total=len(groups),
        day=desk.day,
        shown=NAMED,
        choices=[*choices, *turns, choice("Tổng hợp", Verb.DIGEST)],
    )


def press(desk: Desk, button: Button) -> Reply:
    """Do what a coordinator decides; a choice of an earlier day shows the list of today instead."""
    viewer = _coordinator(desk)
    act, agency_id = button.word(), button.number(1)
    if button.word(2) != f"{desk.day:%Y%m%d}":
        return above(desk, "above", 0)
    if act == "drop":
        return say(
            "office/ask_drop",
            agency=_name(desk, agency_id),
            step=DROP,
            data={"agency": agency_id},
            choices=[choice("Huỷ", Verb.CANCEL)],
        )
    if act not in previews.DECISIONS:
        raise NotFound("lựa chọn này")
    name = _name(desk, agency_id)
    done = previews.DECISIONS[act](desk.unit, viewer, agency_id, desk.now)
    return _decided(desk, act, name, done)


def drop(desk: Desk) -> Reply:
    """Drop what is held of an agency, with the typed reason."""
    viewer = _coordinator(desk)
    reason = squeeze(desk.incoming.text)
    if len(reason) < 5:
        return sentence("Xin ghi lý do không gửi (từ 5 ký tự), để người sau xem lại được.", desk.conversation)
    name = _name(desk, desk.data["agency"])
    done = previews.drop(desk.unit, viewer, desk.data["agency"], reason[:500], desk.now)
    return _decided(desk, "drop", name, done)


def _decided(desk: Desk, act: str, agency: str, done: int) -> Reply:
    left = counts(desk)
    labels = (("above", "Sắp gửi lãnh đạo"), ("held", "Đang giữ lại"))
    lists = [choice(f"{label} ({left[name]})", Verb.OFFICE, name, 0) for name, label in labels if left[name]]
    return say(
        "office/above_decided", act=act, agency=agency, count=done, choices=[*lists, choice("Tổng hợp", Verb.DIGEST)]
    )


def _name(desk: Desk, agency_id: int) -> str:
    """Return the agency's name as the lists show it, "" for all of them."""
    rows = [*views.pending(desk.unit, desk.now), *views.held(desk.unit)]
    return next((str(row.agency) for row in rows if row.agency_id == agency_id), "")


def _coordinator(desk: Desk) -> Viewer:
    if desk.viewer is None or not desk.viewer.coordinates:
        raise NotFound("mục này")
    return desk.viewer
