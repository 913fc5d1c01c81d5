"""Nods and thanks: answered in one sentence, never taken for a confirmation."""

import re

from bot import meaning, noting
from bot.desk import Desk, Reply, sentence
from domain.assignments import Act
from domain.words import fold

_THANKS = "thanks thank tks thks camon"
_NODS = (
    "ok oke okie okay okela oki vang vg da u uh um uhm dc duoc roi r a ak nhe nha anh chi em sep dong cam on yes yep"
    " rat tot qua nhieu you chao"
)


def answer(desk: Desk, text: str) -> Reply | None:
    """Answer a nod or thanks, None for anything else.

    Only a nod at the notice of one new task proposes something: to take that one on.
    """
    words = re.findall(r"[^\W_]+", fold(text))
    known = {*_NODS.split(), *_THANKS.split()}
    if not words or not known.issuperset(words):
        return None
    if not set(words).isdisjoint(_THANKS.split()) or "cam on" in " ".join(words):
        return _answered(desk, "Cảm ơn đồng chí.")
    new = meaning.announced(desk) if not desk.conversation.step else frozenset()
    fresh = [one for one in meaning.candidates(desk, Act.ACCEPT) if one.id in new]
    if len(fresh) == 1:
        return noting.propose(desk, Act.ACCEPT, fresh, text)
    return _answered(desk, "Vâng.")


def _answered(desk: Desk, word: str) -> Reply:
    """Return a courteous word; where a question is open it says that nothing was done yet, and what can be chosen."""
    open_now = desk.conversation
    labels = " · ".join(f"{at} {label}" for at, (label, _) in enumerate(open_now.choices, 1))
    rest = f"Chưa ghi gì; xin chọn: {labels}" if open_now.step and labels else "Cần xem việc xin gõ viec."
    return sentence(f"{word} {rest}", open_now)
