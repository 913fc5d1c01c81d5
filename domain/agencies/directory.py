"""The offices of a province over time: found by any of their names, listed by level on a day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.words import fold

AgencyLevel = Literal[
    "province_department",
    "district_committee",
    "commune_committee",
    "central_agency",
    "press",
    "mass_organisation",
    "other",
]

ASKED_TO_COOPERATE = ("central", "mass_or_press")
"""Relations of agencies that the office cannot instruct: ngành dọc, đoàn thể, báo chí."""

# Short forms officers write, in folded text; the longer ones first so that "kh&cn" is not taken for "kh".
_SHORT = {
    "tt&tt": "thong tin truyen thong", "tttt": "thong tin truyen thong", "kh&cn": "khoa hoc cong nghe",
    "khcn": "khoa hoc cong nghe", "kh&dt": "ke hoach dau tu", "khdt": "ke hoach dau tu",
    "nn&ptnt": "nong nghiep phat trien nong thon", "nnptnt": "nong nghiep phat trien nong thon",
    "nn&mt": "nong nghiep moi truong", "nnmt": "nong nghiep moi truong", "tn&mt": "tai nguyen moi truong",
    "tnmt": "tai nguyen moi truong", "gd&dt": "giao duc dao tao", "gddt": "giao duc dao tao",
    "ld-tb&xh": "lao dong thuong binh xa hoi", "ldtb&xh": "lao dong thuong binh xa hoi",
    "ldtbxh": "lao dong thuong binh xa hoi", "vhtt&dl": "van hoa the thao du lich",
    "vh,tt&dl": "van hoa the thao du lich", "vhttdl": "van hoa the thao du lich", "gtvt": "giao thong van tai",
    "dt&tg": "dan toc ton giao", "bhxh": "bao hiem xa hoi", "kbnn": "kho bac nha nuoc",
    "ttpvhcc": "trung tam phuc vu hanh chinh cong", "pvhcc": "phuc vu hanh chinh cong",
    "hcc": "hanh chinh cong", "tthc": "thu tuc hanh chinh", "kstthc": "kiem soat thu tuc hanh chinh",
    "mttq": "mat tran to quoc", "ubmttq": "uy ban mat tran to quoc", "pt&th": "phat thanh truyen hinh",
    "pt-th": "phat thanh truyen hinh", "ptth": "phat thanh truyen hinh", "ldld": "lien doan lao dong",
    "kcn": "khu cong nghiep", "kkt": "khu kinh te", "bqlkcn": "ban quan ly khu cong nghiep",
    "bql": "ban quan ly", "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "vp": "van phong",
    "vpubnd": "van phong uy ban nhan dan", "vphdnd": "van phong hoi dong nhan dan", "tand": "toa an nhan dan",
    "vksnd": "vien kiem sat nhan dan", "tp": "thanh pho", "ca": "cong an", "dbqh": "dai bieu quoc hoi",
}  # fmt: skip
_OF_PLACE = {"van hoa the thao": ("so",), "van hoa thong tin": ("phong",)}
_WORD = re.compile(r"[a-z0-9]+(?:[&,-](?=[a-z])[a-z0-9]+)*")
_JOINING = frozenset(("va", "cac"))
_TITLES = re.compile(r"^(?:giam doc|chu tich|thu truong|truong|chanh(?= van phong)|lanh dao) ")
_PROVINCE = re.compile(r" tinh\b.*$")
_CITY = re.compile(r"^((?:so|ban|thanh tra|van phong|cong an) .*?) thanh pho\b.*$")


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency as it was or is; both days of validity are included, None is without end.

    `successor` is the code of the agency that took over its work, `relation` how it stands to the office
    (cấp dưới, ngành dọc, đoàn thể, báo chí), `coordinating` marks the one coordinating office.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    level: AgencyLevel = "other"
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    relation: str | None = None
    coordinating: bool = False

    def stands_on(self, day: date) -> bool:
        """Say whether the agency exists on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Directory:
    """All agencies of one office, past and present."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies: tuple[Agency, ...] = tuple(agencies)
        self._by_code = {agency.code: agency for agency in self._agencies}
        self._by_name: dict[str, list[Agency]] = {}
        self._by_alias: dict[str, list[Agency]] = {}
        for agency in self._agencies:
            self._by_name.setdefault(key(agency.name), []).append(agency)
            for alias in (*agency.aliases, agency.code):
                self._by_alias.setdefault(key(alias), []).append(agency)

    def __iter__(self) -> Iterator[Agency]:
        return iter(self._agencies)

    def find(self, name: str, on: date) -> Agency | None:
        """Return the agency of a name on a day: by name, else by alias or short form.

        An agency that has ended gives its successor of that day. None where no agency or more than one fits.
        """
        for wanted in _keys(name):
            for index in (self._by_name, self._by_alias):
                found = {agency.code: agency for each in index.get(wanted, ()) if (agency := self._current(each, on))}
                if len(found) == 1:
                    return next(iter(found.values()))
        return None

    def members(self, level: AgencyLevel, on: date) -> tuple[Agency, ...]:
        """Return the agencies of a level that exist on a day, in the order of the directory."""
        return tuple(agency for agency in self._agencies if agency.level == level and agency.stands_on(on))

    def names(self, on: date) -> Sequence[str]:
        """Return the names of the agencies that exist on a day."""
        return tuple(agency.name for agency in self._agencies if agency.stands_on(on))

    def _current(self, agency: Agency, on: date) -> Agency | None:
        """Follow the successors of an agency that has ended; None where the line breaks or runs in a ring."""
        seen: set[str] = set()
        following: Agency | None = agency
        while following is not None and following.code not in seen:
            if following.stands_on(on):
                return following
            if following.valid_to is None or on <= following.valid_to:
                return None
            seen.add(following.code)
            following = self._by_code.get(following.successor or "")
        return None


def key(name: str) -> str:
    """Return the form in which names are compared.

    Folded, short forms written out, "và", dashes and commas gone, and without the province's own name:
    "VP UBND tỉnh Bắc Ninh" and "Văn phòng Ủy ban nhân dân tỉnh" are one.
    """
    words = [
        word
        for raw in _WORD.findall(_TITLES.sub("", fold(name)))
        for word in (_SHORT.get(raw) or re.sub(r"[&,-]", " ", raw)).split()
        if word not in _JOINING
    ]
    text = _of_place(" ".join(words))
    return _CITY.sub(r"\1", _PROVINCE.sub("", text)).strip() or text


def _of_place(text: str) -> str:
    """Write out "vh&tt", which is culture and sport in a Sở, culture and information in a Phòng."""
    for meaning, heads in _OF_PLACE.items():
        if text.startswith(heads):
            text = re.sub(r"\bvh tt\b|\bvhtt\b", meaning, text)
    return text


def _keys(name: str) -> list[str]:
    """Return the key of a name, then of the name without its bracket, then of the bracket alone."""
    keys = [key(name)]
    if (match := re.search(r"\(([^()]*)\)", name)) is not None:
        keys += [key(name[: match.start()] + name[match.end() :]), key(match.group(1))]
    return [each for each in keys if each]
