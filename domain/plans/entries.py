"""From the body rows of a table to its headings and tasks: what stands under what, and what passes down."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.agencies import Roles, listed, roles
from domain.plans import numbering
from domain.plans.columns import Column
from domain.plans.headers import Header
from domain.plans.lines import Grid, Line
from domain.plans.numbering import Number, Outline
from domain.words import fold

_LETTERED = re.compile(r"[a-zđ]\)\s")
_BARE = re.compile(r"(\d{1,2}|[IV]{1,3})([ ,;–-]+(\d{1,2}|[IV]{1,3}))*")
_DUE_HEADING = re.compile(r"(trong )?(thang \d{1,2}|quy ([ivl]+|[1-4])|6 thang (dau|cuoi) nam)([/ ]*(nam )?20\d\d)?")
_AGENCY_COLUMNS = (Column.LEAD, Column.AGENCY, Column.COORDINATING, Column.FOLLOWING)
_DUE_COLUMNS = (Column.START, Column.DEADLINE, Column.MARK)
_AGENCY_WORDS = (
    "so ", "ubnd ", "uy ban ", "van phong ", "ban ", "cong an ", "bo chi huy", "thanh tra ", "phong ", "cuc ", "cac so",
    "cac co quan", "cac don vi", "cac phong", "trung tam ",
)  # fmt: skip
_NO_AGENCY = re.compile(r"ban hanh|phong,? (va )?chong|phong ngua|so ket|so hoa|ban giao|cong an toan")
_LONGEST_AGENCY = 120
_HEADED = re.compile(r"(?:(?:cac )?nhiem vu (?:cua|giao(?: cho)?|doi voi)|trach nhiem cua|giao(?: cho)?|doi voi) ")


@dataclass(slots=True)
class Entry:
    """A heading or task. `dues` are pairs of deadline wording and product, the task's own first."""

    number: Number | None
    content: str
    agencies: Roles
    dues: list[tuple[str, str]]
    line: Line
    above: tuple["Entry", ...] = ()
    children: list["Entry"] = field(default_factory=list)
    is_heading: bool = False

    @property
    def has_agency(self) -> bool:
        """Tell whether the row names any agency itself."""
        return bool(self.agencies.lead or self.agencies.coordinating or self.agencies.following)

    @property
    def has_due(self) -> bool:
        """Tell whether the row has a deadline of its own."""
        return any(raw for raw, _ in self.dues)

    @property
    def is_bare(self) -> bool:
        """Tell whether the row has neither agency nor deadline nor product: a heading by its looks."""
        return not self.has_agency and not any(raw or product for raw, product in self.dues)

    def label(self) -> str:
        """Return the row as a heading over others."""
        return self.number.label(self.content) if self.number else self.content


def read(grid: Grid) -> list[Entry]:
    """Return the rows of a table as entries in order, each with the entries above it."""
    entries: list[Entry] = []
    outline: Outline[Entry] = Outline()
    for line in grid.lines:
        for heading in _groups(line, grid.header):
            _place(outline, heading)
            entries.append(heading)
        entry = _entry(line, grid.header)
        last = entries[-1] if entries else None
        if not entry.content:
            if last is None or _adds_to(last, entry):
                continue
            entry.number, entry.content = last.number, last.content
        elif last is not None and _is_item_of(last, entry):
            last.content = f"{last.content} {entry.content}"
            continue
        _place(outline, entry)
        entries.append(entry)
    _settle(entries, grid.header)
    return entries


def _groups(line: Line, header: Header) -> Iterator[Entry]:
    """Yield the headings that a column of groups begins in a row; a row merged into one cell is none."""
    for place in header.where(Column.GROUP):
        if line.begins(place) and _one_text(line) is None:
            number, content = numbering.split_leading(line.text(place))
            yield Entry(number, content, Roles(), [("", "")], line)


def _entry(line: Line, header: Header) -> Entry:
    merged = _one_text(line)
    if merged is not None:
        own_number = _number(line, header)
        number, content = (own_number, merged) if own_number else numbering.split_leading(merged)
        return Entry(number, content, Roles(), [("", "")], line)
    number = _number(line, header)
    contents = [line.text(p) for p in header.where(Column.CONTENT) if line.begins(p)]
    content = " ".join(text for text in contents if text)
    shown = line if content else line.own_part()
    products = [shown.text(p) for p in header.where(Column.PRODUCT) if p not in line.across]
    product = " ".join(text for text in products if text)
    dues = [(raw, product) for raw in _dues(shown, header)] or [("", product)]
    entry = Entry(number, content, _agencies(shown, header), dues, line)
    lettered = _LETTERED.match(content) is not None
    if number is None and (entry.is_bare or lettered or not header.where(Column.NUMBER)):
        entry.number, entry.content = numbering.split_leading(content)
    return entry


def _one_text(line: Line) -> str | None:
    """Return the text of a row that is one cell merged over the others, a number apart."""
    filled = [place for place, cell in enumerate(line.cells) if cell]
    if len({fold(line.cells[place]) for place in filled}) == 1 and (len(filled) > 2 or filled == [0]):
        return line.text(filled[0])
    first, *rest = filled
    is_wide = len(rest) > 2 or (len(rest) == 2 and rest[1] in line.across)
    if is_wide and len({fold(line.cells[place]) for place in rest}) == 1:
        return line.text(rest[0]) if numbering.parse(line.text(first)) else None
    return None


def _number(line: Line, header: Header) -> Number | None:
    places = header.where(Column.NUMBER)
    return numbering.parse(line.text(places[0])) if places and line.is_own(places[0]) else None


def _dues(line: Line, header: Header) -> list[str]:
    """Return the wordings of the deadlines: start and finish joined by a bar, or the periods that are ticked."""
    starts, ends = header.where(Column.START), header.where(Column.DEADLINE)
    if not starts and len({header.labels[p].split(" / ")[0] for p in ends}) == 1:
        starts, ends = ends[:1], ends[1:]
    pair = [_wording(line, header, p) for p in (*starts, *ends[: 1 if starts else 0]) if line.cells[p]]
    if len(pair) == 2 and pair[0] == pair[1] and not (pair[0].isdigit() and not line.across):
        merged = bool({*starts, *ends} & line.across) or not any(letter.isdigit() for letter in pair[0])
        pair = pair[:1] if merged else pair
    rest = ends[1:] if starts else ends
    others = [_wording(line, header, p) for p in rest if line.cells[p] and p not in line.across]
    ticked = [header.labels[p].rsplit(" / ", 1)[-1] for p in header.where(Column.MARK) if line.cells[p]]
    found = [" | ".join(pair), *others, ", ".join(ticked)]
    return list(dict.fromkeys(raw for raw in found if raw))


def _wording(line: Line, header: Header, place: int) -> str:
    """Return a deadline cell; a bare figure takes the word of its column ("Tháng" above "3")."""
    text, word = line.text(place), header.labels[place].split(" ")[0]
    return f"{word} {text}" if _BARE.fullmatch(text) and fold(word) in ("thang", "quy") else text


def _agencies(line: Line, header: Header) -> Roles:
    """Return the agencies of a row: the column decides the role, role words only inside the lead's column."""
    lead: list[str] = []
    helping: list[str] = []
    following: list[str] = []
    for place, meaning in enumerate(header.columns):
        text = line.cells[place]
        if meaning not in _AGENCY_COLUMNS or not text:
            continue
        if meaning is Column.COORDINATING:
            helping.extend(listed(text))
        elif meaning is Column.FOLLOWING:
            following.extend(listed(text))
        else:
            told = roles(text)
            if meaning is Column.LEAD and not told.lead:
                told = Roles(listed(text))
            lead.extend(told.lead)
            helping.extend(told.coordinating)
            following.extend(told.following)
    return Roles(_once(lead), _once(helping), _once(following))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(fold(name), name)
    return tuple(first.values())


def _adds_to(last: Entry, more: Entry) -> bool:
    """Give a row without content to the entry above it; False where it is a task of its own with that content."""
    raw, product = more.dues[0]
    if last.is_bare:
        last.agencies, last.dues = more.agencies, more.dues
        return True
    if more.has_agency and (raw or product):
        return False
    if more.has_agency:
        last.agencies = Roles(
            _once([*last.agencies.lead, *more.agencies.lead]),
            _once([*last.agencies.coordinating, *more.agencies.coordinating]),
            _once([*last.agencies.following, *more.agencies.following]),
        )
    elif raw or product:
        last.dues.append((raw or last.dues[-1][0], product))
    return True


def _is_item_of(last: Entry, more: Entry) -> bool:
    """Tell whether a row only lists a further point of the task above it."""
    return more.is_bare and more.number is None and not last.is_bare and more.content.startswith(("-", "+", "•"))


def _place(outline: Outline[Entry], entry: Entry) -> None:
    """Find the entries above a new one and keep the chain."""
    if entry.number is not None:
        entry.above = outline.place(entry.number, entry)
    elif entry.is_bare and (_one_text(entry.line) is not None or _looks_like_heading(entry.content)):
        entry.above = outline.place_group(entry)
    else:
        chain = outline.above()
        is_below = bool(chain) and (
            chain[-1].is_bare or not (entry.has_agency or entry.has_due) or _completes(chain[-1], entry)
        )
        entry.above = chain if is_below else chain[:-1]
    if entry.above:
        entry.above[-1].children.append(entry)


def _completes(above: Entry, entry: Entry) -> bool:
    """Tell whether a row without number has just what the row above lacks: the deadline, or the agency."""
    by_due = above.has_agency and not above.has_due and entry.has_due and not entry.has_agency
    return by_due or (above.has_due and not above.has_agency and entry.has_agency and not entry.has_due)


def _looks_like_heading(content: str) -> bool:
    return len(content) <= 200 and not content.endswith((".", ";"))


def _settle(entries: list[Entry], header: Header) -> None:
    """Tell headings from tasks, and pass agencies and deadlines down to rows that lack them."""
    plain = not header.where(*_AGENCY_COLUMNS) and not header.where(*_DUE_COLUMNS)
    for entry in entries:
        given = any(_gives(parent, header) for parent in entry.above)
        leaf = not entry.children
        entry.is_heading = entry.is_bare and not (leaf and entry.number is not None and (given or plain))
    for entry in entries:
        _inherit(entry, header)
    for entry in entries:
        if entry.children and not entry.is_heading and _only_passes_down(entry):
            entry.is_heading = True


def _gives(parent: Entry, header: Header) -> bool:
    own = parent.has_agency or parent.has_due
    return own or bool(_agency_in_heading(parent, header) or _due_in_heading(parent, header))


def _agency_in_heading(parent: Entry, header: Header) -> str:
    """Return the agency that a heading names where the table has no column for the lead."""
    if header.where(Column.LEAD, Column.AGENCY) or not parent.is_bare:
        return ""
    folded = fold(parent.content)
    headed = _HEADED.match(folded) if len(folded) == len(parent.content) else None
    start = headed.end() if headed else 0
    if len(folded) >= _LONGEST_AGENCY or _NO_AGENCY.match(folded, start):
        return ""
    return parent.content[start:].rstrip(" :") if folded.startswith(_AGENCY_WORDS, start) else ""


def _due_in_heading(parent: Entry, header: Header) -> str:
    """Return the deadline that a heading is where the table has no column for it ("QUÝ I", "Tháng 3")."""
    if header.where(*_DUE_COLUMNS) or not parent.is_bare or not _DUE_HEADING.fullmatch(fold(parent.content)):
        return ""
    return parent.content


def _inherit(entry: Entry, header: Header) -> None:
    """Take what the row lacks from the nearest entry above that has it."""
    if entry.is_heading:
        return
    for parent in reversed(entry.above):
        named = _agency_in_heading(parent, header)
        if not entry.has_agency and (parent.has_agency or named):
            entry.agencies = Roles(listed(named)) if named else parent.agencies
        raw, product = entry.dues[0]
        due = parent.dues[0][0] or _due_in_heading(parent, header)
        if not raw and due:
            entry.dues[0] = (due, product)


def _only_passes_down(entry: Entry) -> bool:
    """Tell whether a row with an agency or a deadline, not both, only spares its children from repeating it."""
    if (entry.has_agency and entry.has_due) or entry.dues[0][1]:
        return False
    if entry.has_agency:
        return all(child.agencies == entry.agencies for child in entry.children)
    return all(child.dues[0][0] == entry.dues[0][0] for child in entry.children)
