"""Who leads, who helps and who follows, from a cell that may carry the roles inside."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from domain.agencies.pieces import begins_name, bullets, cut, parts, tidy
from domain.agencies.words import BARE_NOUN, LABEL, RELATIVE, STRONG, VERB, WEAK, flat

Role = Literal["lead", "coordinating", "following"]

ROLE_OF: dict[str, Role] = {
    "chu tri": "lead",
    "phoi hop": "coordinating",
    "tham gia": "coordinating",
    "theo doi": "following",
    "don doc": "following",
    "giam sat": "following",
    "huong dan": "following",
    "tong hop": "following",
}

_LONG = {"ct": "chu tri", "ph": "phoi hop"}
_CHARGED = re.compile(r"\b(?:duoc (?:giao|phan cong)|co quan|don vi|nhiem vu)(?: nhiem vu)? ?$")
_HELPED = re.compile(r"phoi hop(?: chat che)?(?: (?:voi|cung))? ")
_ASSIGNED = re.compile(r"(?:giao|do)\s+", re.IGNORECASE)
# What a sentence about an office goes on with, apart from the verbs of a cell; lower case, with its marks.
_DUTY = re.compile(
    r"(?:,\s*)?\b(?:có trách nhiệm|có nhiệm vụ|chủ động|căn cứ|xác định|tiếp tục|tăng cường|kịp thời|thường xuyên|"
    r"định kỳ|hằng (?:tháng|quý|năm)|quán triệt|đẩy mạnh|phản ánh|hưởng ứng|đăng ký|hoàn thành|nộp|bảo đảm|đảm bảo|"
    r"khẩn trương|nghiêm túc|là (?:đầu mối|cơ quan)|lồng ghép|phân công|phổ biến|bám sát|rà soát|tập trung|chuẩn bị|"
    r"ban hành|quan tâm|vận hành|duy trì|trước (?:ngày|tháng)|chậm nhất|trong (?:tháng|quý)|"
    r"(?<!thành )(?<!công )(?<!độc )lập|(?<!chương )(?<!công )(?<!quy )trình|(?<!các )(?<!và )(?<!, )tổ chức)\b"
)
_NOTE = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Roles:
    """The names and collectives of a cell by role, in the spelling of the source."""

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    following: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A run of names with the role that was said of them; `helpers` are named after "phối hợp với"."""

    names: tuple[str, ...]
    role: Role | None = None
    helpers: tuple[str, ...] = ()
    verb: str = field(default="", compare=False)


def roles(text: str) -> Roles:
    """Return who leads, coordinates and follows; names without a role lead."""
    found: dict[Role, list[str]] = {"lead": [], "coordinating": [], "following": []}
    cell = [_inherit([_part(part) for part in parts(line)]) for line in bullets(text)]
    led = any(part.verb == "chu tri" for line in cell for part in line)
    for part in (part for line in cell for part in line):
        role = part.role or ("coordinating" if led and part.verb else "lead")
        found[role].extend(part.names)
        found["coordinating"].extend(part.helpers)
    lead, helping, following = (_once(found[role]) for role in ("lead", "coordinating", "following"))
    return Roles(lead, tuple(name for name in helping if name not in lead), following)


def charged(sentence: str) -> tuple[tuple[str, ...], str] | None:
    """Return the agencies a sentence begins with and what it charges them with; None where it begins otherwise.

    The duty is empty where the sentence only names them, as a heading over their duties does.
    """
    text = sentence[assigned.end() :] if (assigned := _ASSIGNED.match(sentence)) else sentence
    if not begins_name(text):
        return None
    found = (_verb_place(text, flat(text)), duty.start() if (duty := _DUTY.search(text)) else None)
    place = min((one for one in found if one is not None), default=len(text))
    names = _once(name for part in parts(text[:place]) for name in cut(part))
    return (names, text[place:].strip(" ,:")) if names else None


def listed(text: str) -> tuple[str, ...]:
    """Return every name of a cell whose column already says the role."""
    return _once(
        name for line in bullets(text) for part in map(_part, parts(line)) for name in (*part.names, *part.helpers)
    )


def names_in(part: str) -> tuple[str, ...]:
    """Return the names of one part of a cell, whatever their roles."""
    read = _part(part)
    return (*read.names, *read.helpers)


def _part(text: str) -> Part:
    """Read one part: names, then perhaps verbs, then perhaps those one works with."""
    if (assigned := _ASSIGNED.match(text)) is not None and begins_name(text[assigned.end() :]):
        text = text[assigned.end() :]
    folded = flat(text)
    if label := LABEL.match(folded):
        said = _LONG.get(label.group(1), label.group(1))
        return Part(tuple(cut(text[label.end() :])), ROLE_OF.get(said), verb=said)
    text, noted = _note(text)
    folded = flat(text)
    place = _verb_place(text, folded)
    if place is None:
        return Part(tuple(cut(text)), ROLE_OF.get(noted), verb=noted)
    verb = VERB.match(folded, place)
    said = verb.group() if verb else ""
    names = tuple(cut(text[:place]))
    helped = _HELPED.search(folded, place)
    helpers = _helpers(text[helped.end() :]) if helped else ()
    if helpers and said == "phoi hop":
        said = "chu tri" if "chu tri" in folded[place:] else ""
    return Part(names, ROLE_OF.get(said), helpers, said)


def _note(text: str) -> tuple[str, str]:
    """Take a closing bracket off that says what the agency does, and return its verb."""
    if (note := _NOTE.search(text)) is None:
        return text, ""
    inner = flat(note.group(1)).strip()
    verb = VERB.match(inner) or VERB.match(inner.removeprefix("cung ").removeprefix("de "))
    if verb is None and not inner.startswith(("theo ", "neu co", "t/h", "ph", "khi ")):
        return text, ""
    return text[: note.start()], verb.group() if verb else ""


def _verb_place(text: str, folded: str) -> int | None:
    """Return where the words about what is done begin, after the last name; None where there are none."""
    if VERB.match(folded):
        return 0
    strong = (
        match.start()
        for match in STRONG.finditer(folded)
        if _outside(folded, match.start()) and not _in_name(text, folded, match)
    )
    weak = (
        match.start()
        for match in WEAK.finditer(text)
        if _outside(folded, match.start())
        and not RELATIVE.search(folded, 0, match.start())
        and not BARE_NOUN.search(folded, 0, match.start())
    )
    places = [place for place in (next(strong, None), next(weak, None)) if place is not None]
    return min(places, default=None)


def _in_name(text: str, folded: str, match: re.Match[str]) -> bool:
    """Say whether a verb belongs to the name: "Cơ quan rà soát", "đơn vị được giao chủ trì", "Tổ Phối hợp"."""
    plain_role = match.group() in ("chu tri", "phoi hop")
    if charged := _CHARGED.search(folded, 0, match.start()):
        ends = not folded[match.end() :].strip(" .;,")
        return "duoc" in charged.group() or not (plain_role and ends)
    return text[match.start()].isupper() and not plain_role


def _outside(folded: str, place: int) -> bool:
    return folded.count("(", 0, place) <= folded.count(")", 0, place)


def _helpers(text: str) -> tuple[str, ...]:
    """Return the agencies named after "phối hợp với", up to the next words about what is done."""
    if not begins_name(text):
        return ()
    return tuple(cut(text[: _verb_place(text, flat(text))]))


def _inherit(line: list[Part]) -> list[Part]:
    """Give the role said last in a bullet to the parts before it: "A; B phối hợp" is said of both.

    Parts after one that leads, with no role of their own, help it: "A (chủ trì); B; C".
    """
    heirs: list[Part] = []
    led = any(part.verb == "chu tri" for part in line)
    role: Role | None = "coordinating" if led else None
    verb = ""
    for part in reversed(line):
        if part.role or part.verb:
            role, verb = part.role, part.verb
            heirs.append(part)
        else:
            heirs.append(Part(part.names, role, part.helpers, verb))
    return heirs[::-1]


def _once(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in map(tidy, names):
        if name:
            seen.setdefault(flat(name), name)
    return tuple(seen.values())
