"""Confirming, in one go, the reports whose result has a number and a date."""

from actions import confirming
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.outgoing import Choice
from domain.people import Viewer
from storage.views import reports

TOGETHER = "confirm_together"


def offer(desk: Desk) -> list[Choice]:
    """Return the choice that begins it, nothing where fewer than two reports could be confirmed so."""
    found = len(reports.documented(desk.unit, desk.day))
    return [choice(f"Xác nhận tất cả báo cáo có số, ngày ({found})", Verb.CONFIRM_ALL)] if found > 1 else []


def ask(desk: Desk, _button: Button) -> Reply:
    """Show what would be confirmed."""
    _coordinator(desk)
    works = reports.documented(desk.unit, desk.day)
    if not works:
        raise ActRefused("Không còn báo cáo nào có số, ngày chờ xác nhận.")
    return say(
        "office/confirm_all",
        works=works,
        step=TOGETHER,
        data={"ids": [one.id for one in works]},
        choices=[choice(f"Xác nhận {len(works)} báo cáo", Verb.YES, TOGETHER), choice("Huỷ", Verb.CANCEL)],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Confirm what was shown and still waits."""
    codes = confirming.together(desk.unit, _coordinator(desk), desk.data["ids"], desk.now)
    return say("office/confirmed_all", codes=codes, choices=[choice("Tổng hợp", Verb.DIGEST)])


def _coordinator(desk: Desk) -> Viewer:
    if desk.viewer is None or not desk.viewer.coordinates:
        raise NotFound("mục này")
    return desk.viewer
