"""What a sender can do about a case with one press, under what was just told."""

from domain.buttons import Verb, choice
from domain.cases.decisions import Rating
from domain.outgoing import Choice

_SEE = frozenset({"published", "merged", "split", "collected", "rerouted", "forwarded", "returned_to_work"})


def ratings(case_id: int) -> tuple[Choice, ...]:
    """Return the three ratings of an answer."""
    return tuple(choice(one.label.capitalize(), Verb.MINE, "rate", case_id, one.value) for one in Rating)


def after(told: str, case_id: int, *, appealable: bool = False) -> tuple[Choice, ...]:
    """Return the choices under a telling of that kind; they grant nothing.

    `appealable`: a refusal that was not looked at again yet.
    """
    if told == "answered":
        return (*ratings(case_id), choice("Xem phản ánh", Verb.MINE, "open", case_id))
    if told in {"supplement_asked", "supplement_reminded", "timed_out"}:
        return (choice("Bổ sung thông tin", Verb.MINE, "add", case_id),)
    if told == "asked":
        return (choice("Trả lời câu hỏi", Verb.MINE, "add", case_id),)
    if told == "refused" and appealable:
        return (choice("Đề nghị xem xét lại", Verb.MINE, "appeal", case_id),)
    return (choice("Xem phản ánh", Verb.MINE, "open", case_id),) if told in _SEE else ()
