"""The questions of a citizen's feedback in their order, and what is kept of the answers on the way."""

from typing import Any

from bot.desk import Desk
from domain.buttons import Verb, choice
from domain.cases.decisions import Source
from domain.cases.kinds import Kind
from domain.outgoing import Choice

WHOSE = "feedback_whose"
RESUME = "feedback_resume"
KIND = "feedback_kind"
NOTICE = "feedback_notice"
ABOUT = "feedback_about"
CONTENT = "feedback_content"
WHEN = "feedback_when"
ALIKE = "feedback_alike"
FILES = "feedback_files"
NAME = "feedback_name"
ADDRESS = "feedback_address"
CONTACT = "feedback_contact"
PUBLIC = "feedback_public"
REVIEW = "feedback_review"
EDIT = "feedback_edit"

QUESTIONS = (ABOUT, CONTENT, WHEN, FILES, NAME, ADDRESS, CONTACT, PUBLIC)
"""Asked in this order, each "n/8"."""

CHOSEN = (ALIKE, REVIEW, EDIT)
"""Steps behind the first question in which only a choice answers."""

ASKED = (*QUESTIONS, *CHOSEN)
OPEN = (WHOSE, RESUME, KIND, NOTICE, *ASKED)
"""Every step of the conversation; before the first question typed words may begin something else."""

DRAFTED = frozenset({NOTICE, *ASKED})
"""Steps in which there is something to be taken up again."""

LABELS = {
    KIND: "Loại việc",
    ABOUT: "Cơ quan",
    CONTENT: "Nội dung",
    WHEN: "Thời gian, địa điểm",
    FILES: "Tệp kèm theo",
    NAME: "Họ tên, tổ chức",
    ADDRESS: "Địa chỉ",
    CONTACT: "Liên hệ",
    PUBLIC: "Công khai",
}
"""The answers as choices of what to change."""

LEAVE = choice("Huỷ", Verb.CANCEL)
BACK = choice("Quay lại", Verb.BACK)

SAID = "said"
"""Among the answers: words that came before any question, to be used where it is asked what happened."""

Data = dict[str, Any]
"""What was answered so far: kind, about, content, happened…, files, who, name…, public, and how we got here."""


def tell(label: str, *words: object) -> Choice:
    """Return a choice that answers the open question of this conversation."""
    return choice(label, Verb.TELL, *words)


def kind_of(data: Data) -> Kind:
    """Return what the feedback is about."""
    return Kind(data["kind"])


def needs_when(data: Data) -> bool:
    """Whether time, place and agency must be told: for hành vi they must."""
    return kind_of(data) is Kind.CONDUCT


def behalf_of(data: Data) -> Source | None:
    """Return how the citizen came to the official who writes it down, None where the citizen writes."""
    return Source(data["source"]) if data.get("source") else None


def names_of(data: Data) -> list[str]:
    """Return the names of the files that came so far."""
    return [one["name"] for one in data.get("files", ())]


def common(desk: Desk, data: Data) -> dict[str, Any]:
    """Return what every question's text may ask about."""
    return {
        "kind": kind_of(data),
        "behalf": behalf_of(data) is not None,
        "organisation": data.get("who") == "organisation",
        "needed": needs_when(data),
        "files": names_of(data),
        "private": desk.can.private,
    }


def without_likely(data: Data) -> Data:
    """Return the answers as before it was asked whether it is one of the likely cases: it is asked anew."""
    return {name: value for name, value in data.items() if name not in {"alike", "join", "joined"}}
