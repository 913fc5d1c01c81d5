"""The office urges from a list or a task: who would get what, a sentence of its own if it likes, one confirmation."""

from typing import Any

from actions import urging
from bot import scopes
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.scopes import Scope
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused
from domain.urging import LONGEST
from domain.words import squeeze
from storage.views import office

CONFIRM = "urge_confirm"

SHOWN = 8
"""So many agencies are told one by one in the preview."""


def start(desk: Desk, button: Button) -> Reply:
    """Show what urging would be."""
    scope = scopes.of(button)
    ids = [one.id for one in scope.works(desk)]
    return _review(desk, {"scope": list(scope.args), "ids": ids, "sentence": ""})


def _review(desk: Desk, data: dict[str, Any]) -> Reply:
    found = urging.foresee(desk.unit, coordinator(desk), data["ids"], desk.now)
    if not found.works:
        raise ActRefused(urging.refusal(found.preview))
    opens = office.etiquette(desk.unit).next_open(desk.now)
    return say(
        "office/urge_preview",
        works=found.works,
        preview=found.preview,
        shown=SHOWN,
        sentence=data["sentence"],
        later=opens if opens > desk.now else None,
        day=desk.day,
        step=CONFIRM,
        data={**data, "ids": list(found.preview.ids)},
        choices=[
            choice(f"Gửi đôn đốc {len(found.works)} việc", Verb.YES, CONFIRM),
            Scope(*data["scope"]).back(),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def sentence(desk: Desk) -> Reply:
    """Take the office's own sentence, and show the whole again."""
    said = squeeze(desk.incoming.text)
    if len(said) < 5 or len(said) > LONGEST:
        raise ActRefused(f"Ý kiến kèm theo cần từ 5 đến {LONGEST} ký tự. Để gửi không kèm ý kiến, chọn “Gửi đôn đốc”.")
    return _review(desk, {**desk.data, "sentence": said})


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Urge what was shown and still stands, and say who hears."""
    data = desk.data
    done = urging.urge(desk.unit, coordinator(desk), data["ids"], data["sentence"], desk.now)
    opens = office.etiquette(desk.unit).next_open(desk.now)
    return say(
        "office/urged",
        works=done.works,
        preview=done.preview,
        later=opens if opens > desk.now else None,
        day=desk.day,
        choices=[Scope(*data["scope"]).back("Quay lại danh sách"), choice("Tổng hợp", Verb.DIGEST)],
    )
