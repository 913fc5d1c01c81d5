"""What the list of cases is narrowed to: as its address carries it, as the database is asked, and as people read it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from domain.cases.decisions import LegalClass, Source, Urgency
from domain.cases.lifecycle import OPEN, State
from domain.local import short_day
from domain.words import squeeze
from messages.render import upper_first
from storage.views.cases.lists import Wanted
from web.cases.forms import day_of
from web.cases.lines import KINDS
from web.frame import CASES, number

_LONGEST = 120

OPENED: Mapping[str, tuple[str, Collection[State]]] = {
    "open": ("Đang mở", OPEN),
    "office": ("Chờ Văn phòng", (State.WAITING_RECEPTION, State.CLASSIFYING, State.RETURN_ASKED, State.REOPENED)),
    "working": ("Cơ quan đang xử lý", (State.FORWARDED, State.IN_PROGRESS, State.COLLECTED)),
    "asking": ("Chờ người gửi", (State.SUPPLEMENT_ASKED, State.CLARIFYING)),
    "approving": ("Chờ duyệt trả lời", (State.AWAITING_APPROVAL,)),
}
"""Groups of open states, each with its words."""

ENDED: Mapping[str, tuple[str, Collection[State]]] = {
    "answered": ("Đã trả lời", (State.ANSWERED, State.PUBLISHED)),
    "ended": (
        "Kết thúc khác",
        (
            State.REFUSED,
            State.GUIDED,
            State.FORWARDED_OUTSIDE,
            State.MERGED,
            State.WITHDRAWN,
            State.ARCHIVED,
        ),
    ),
}
"""Groups of states in which nothing is open any more."""

LATE, SOON, SPAM = "late", "soon", "spam"
_SELECTS = {
    "kind": ("Loại", "Mọi loại"),
    "class": ("Phân loại", "Mọi phân loại"),
    "agency": ("Cơ quan", "Mọi cơ quan"),
    "source": ("Nguồn", "Mọi nguồn"),
    "field": ("Lĩnh vực", "Mọi lĩnh vực"),
    "urgency": ("Mức độ", "Mọi mức độ"),
    "posted": ("Hệ thống quốc gia", "Không kể"),
}
Options = Sequence[tuple[str, str]]


def _words(members: Collection[LegalClass | Source | Urgency]) -> Options:
    return [(one.value, upper_first(one.label)) for one in members]


_FIXED: Mapping[str, Options] = {
    "kind": [(kind.value, upper_first(label)) for kind, label in KINDS.items()],
    "class": _words(list(LegalClass)),
    "source": _words(list(Source)),
    "urgency": _words(list(Urgency)),
    "posted": [("no", "Đã trả lời, chưa ghi đã đăng")],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of cases is asked for."""

    group: str
    text: str
    selected: Mapping[str, str]
    """What is chosen, by the name of the choice."""
    since: date | None
    until: date | None
    before: int | None
    """The id of the last case of the page before."""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """Return what an address asks for; what is none of the choices is left out."""
        group = asked.get("group", "") or ("answered" if asked.get("posted") else "open")
        known = {*OPENED, *ENDED, LATE, SOON, SPAM}
        return cls(
            group if group in known else "open",
            _line(asked, "text"),
            {name: value for name in _SELECTS if (value := _line(asked, name))},
            day_of(asked.get("since", "")),
            day_of(asked.get("until", "")),
            number(asked.get("before", "")) or None,
        )

    def chosen(self, name: str) -> str:
        """Return what is chosen in one of the choices."""
        return self.selected.get(name, "")

    @property
    def oldest(self) -> bool:
        """Whether the oldest come first: what presses does."""
        return self.group in {LATE, SOON, "office"}

    @property
    def narrows_much(self) -> bool:
        """Whether few of many cases may be left, so that counting those that have ended would read all of them."""
        return bool(self.selected.keys() - {"agency"})

    def wanted(self, agencies: Collection[int] | None, day: date, soon: date) -> Wanted:
        """Return what the database is asked for; `agencies` are those of a leader's portfolio."""
        of_group = {**OPENED, **ENDED}.get(self.group)
        return Wanted(
            states=of_group[1] if of_group else (),
            agency_id=number(self.chosen("agency")) or None,
            agencies=agencies,
            kind=self.chosen("kind"),
            legal_class=self.chosen("class"),
            source=self.chosen("source"),
            field=self.chosen("field"),
            urgency=self.chosen("urgency"),
            unposted=self.chosen("posted") == "no",
            words=self.text,
            late_on=day if self.group == LATE else None,
            due=(day, soon) if self.group == SOON else None,
            since=self.since,
            until=self.until,
            spam=self.group == SPAM,
        )

    @property
    def fields(self) -> dict[str, str]:
        """Return what an address or a form carries of it; the place in the list is left out."""
        kept = {
            "group": "" if self.group == "open" else self.group,
            "text": self.text,
            **self.selected,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in kept.items() if value}

    def address(self, **changes: str) -> str:
        """Return the address of the same list with something changed, from its beginning."""
        query = urlencode({name: value for name, value in {**self.fields, **changes}.items() if value})
        return f"{CASES}?{query}" if query else CASES

    def of_group(self, group: str) -> str:
        """Return the address of the same list for another group."""
        return replace(self, group=group, before=None).address()

    def active(self, options: Mapping[str, Options]) -> list[tuple[str, str]]:
        """Return what narrows the list besides the group, in words, each with the address without it."""
        found = [
            (f"{_SELECTS[name][0]}: {dict(options[name]).get(value, value)}", self.address(**{name: ""}))
            for name, value in self.selected.items()
        ]
        if self.text:
            found.append((f"“{self.text}”", self.address(text="")))
        if self.since:
            found.append((f"nhận từ {short_day(self.since)}", self.address(since="")))
        if self.until:
            found.append((f"đến {short_day(self.until)}", self.address(until="")))
        return found


def _line(asked: Mapping[str, str], name: str) -> str:
    """Return one value as a line of signs that can be seen."""
    return squeeze("".join(one for one in asked.get(name, "") if one.isprintable()))[:_LONGEST]


def options(agencies: Options, fields: Sequence[str]) -> dict[str, Options]:
    """Return what each choice offers."""
    return {**_FIXED, "agency": agencies, "field": [(one, one) for one in fields]}


def choices(offered: Mapping[str, Options]) -> list[tuple[str, str, str, Options]]:
    """Return the choices of the filter, in order: name, label, the words for all, options."""
    return [(name, label, every, offered[name]) for name, (label, every) in _SELECTS.items() if offered[name]]
