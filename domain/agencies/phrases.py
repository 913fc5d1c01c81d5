"""What an agency cell names: agencies by name, collectives by level, and those left out."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.agencies.lists import FIELDS
from domain.agencies.pieces import begins_name, bullets, cut, parts, tidy
from domain.agencies.roles import names_in
from domain.agencies.words import AREAS, flat

GroupLevel = Literal[
    "province_departments",
    "district_committees",
    "commune_committees",
    "central_agencies",
    "press",
    "mass_organisations",
    "other",
]

TWO_TIERS = date(2025, 7, 1)
"""Districts ended on this day (Luật Tổ chức chính quyền địa phương 2025)."""

_OTHER_TRU = re.compile(r"\btr[ụúũữứựủử]\b")
"""Words that fold to the same letters as "trừ" and except nobody: trụ sở, cư trú, dự trữ."""
_EXCEPT = re.compile(r"[\s,(–-]*\b(?:ngoai tru|tru|khong bao gom|khong ke|khong tinh)\b\s*:?\s*([^()]*)\)?")
_PLURAL = re.compile(r"(?:cac|toan the|tat ca|mot so|nhung|toan bo)\b")
_TITLE = re.compile(
    r"(?:thu truong|giam doc|chu tich|lanh dao|nguoi dung dau|truong|chanh)\s+(?=cac\b|co quan|don vi|ubnd c)"
)
_COMMON = re.compile(r"(?:so|ban|nganh|co quan|don vi|dia phuong|to chuc|doan the|hoi|ban nganh|so nganh|phong)\b")
_CENTRE = re.compile(r"\s(?:trung uong|tw|nha nuoc)\b")
_COMMITTEES = re.compile(
    rf"(?:ubnd|uy ban nhan dan|hdnd|dang uy|cap uy)\s+(?:cac\s+)?(?:{AREAS})"
    rf"(?:(?:\s*[,/-]\s*|\s+va\s+)(?:cac\s+)?(?:{AREAS}))*"
    r"(?=$|[ (,])"
)
_ONE_COMMITTEE = re.compile(r"(?:ubnd|uy ban nhan dan|hdnd)\s+(?:tinh|thanh pho|tp)$")
_OF_A_TIER = re.compile(r"\bcap (?:huyen|xa)\b|\bcac cap\b")
_OF_ALL = re.compile(r"\bcac (?:huyen|xa|phuong|thi xa|thi tran|thanh pho|so|dia phuong)\b")
_UNFIXED = re.compile(r"(?:to cong tac|ban chi dao|hoi dong|doan kiem tra|to giup viec|doan cong tac)\b")
_OPEN = re.compile(r"lien quan|duoc (?:giao|phan cong|kiem tra|yeu cau)|co lien|tham gia")
_QUALIFIER = re.compile(r"\s(?:thuoc|co|duoc|lien quan|tren|dong|theo|tai|thuc hien|trong|khac|o|truc thuoc)\s|[(]")

_DISTRICTS = re.compile(r"\b(?:huyen|thi xa|thanh pho|tp|quan)\b")
_COMMUNES = re.compile(r"(?<!thi )\bxa\b|(?<!dia )\bphuong\b|\bthi tran\b|\bdac khu\b")
_LEVELS: tuple[tuple[re.Pattern[str], GroupLevel], ...] = (
    (re.compile(r"nganh doc|trung uong|\btw\b|\bbo, nganh|bo, (?:co quan|ban)|ngang bo"), "central_agencies"),
    (re.compile(r"bao chi|bao, dai|truyen thong dai chung|thong tan|thong tin dai chung"), "press"),
    (re.compile(r"chinh tri ?-? ?xa hoi|^(?:cac )?(?:doan the|hoi\b|to chuc hoi|mat tran)"), "mass_organisations"),
)
_DEPARTMENTS = re.compile(
    r"^(?:cac )?(?:so\b|ban,? nganh|nganh\b|ban\b)|\bso, |cap tinh|thuoc (?:ubnd )?tinh|thuoc ubnd thanh pho|cua tinh"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A collective as written, with the nearest level; `fixed` when the directory can list its members."""

    raw: str
    level: GroupLevel
    fixed: bool = True


@dataclass(frozen=True, slots=True)
class AgencyPhrase:
    """A cell taken apart: agencies by name, collectives, agencies left out, sentences for a person."""

    names: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    excluded: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def split(text: str, on: date | None = None) -> AgencyPhrase:
    """Return the agencies, collectives and exceptions a cell names, each once, in the order of the source.

    `on` is the plan's day: until 30/06/2025 "các địa phương" are districts, from 01/07/2025 communes.
    """
    names: dict[str, str] = {}
    groups: dict[tuple[str, str], Group] = {}
    excluded: dict[str, str] = {}
    warnings: dict[str, None] = {}
    for part in (part for line in bullets(text) for part in parts(line)):
        kept, left_out = _exceptions(part)
        excluded.update((flat(name), name) for name in left_out)
        for name in names_in(kept):
            levels = levels_of(name, on)
            for level in levels:
                fixed = level != "other" and not _OPEN.search(flat(name))
                groups.setdefault((flat(name), level), Group(name, level, fixed))
            if not levels:
                names.setdefault(flat(name), name)
            if not levels and not begins_name(name):
                warnings[f"Chưa nhận ra cơ quan trong “{name}”."] = None
    return AgencyPhrase(tuple(names.values()), tuple(groups.values()), tuple(excluded.values()), tuple(warnings))


def levels_of(name: str, on: date | None = None) -> tuple[GroupLevel, ...]:
    """Return the levels a collective stands for; empty for the name of one agency."""
    folded = flat(name)
    if title := _TITLE.match(folded):
        return levels_of(name[title.end() :], on) or ("other",)
    if _UNFIXED.match(folded):
        return ("other",)
    committees = _COMMITTEES.match(folded)
    if committees is not None and not _ONE_COMMITTEE.match(folded):
        following = name[committees.end() :].lstrip(" ,")
        if not following[:1].isupper() and not following[:1].isdigit():
            return _tiers(committees.group())
        return ()
    if not _collective(name, folded):
        return ()
    return _group_levels(folded, on)


def _exceptions(part: str) -> tuple[str, list[str]]:
    folded = flat(part)
    match = _EXCEPT.search(folded)
    if match is None or _OTHER_TRU.search(part[match.start() : match.start(1)].lower()):
        return part, []
    named = part[match.start(1) : match.end(1)]
    return tidy(part[: match.start()] + " " + part[match.end() :]), cut(named)


def _collective(name: str, folded: str) -> bool:
    if _PLURAL.match(folded) or _OF_A_TIER.search(folded.partition("(")[0]) or _OF_ALL.search(folded):
        return True
    common = _COMMON.match(folded)
    if common is None:
        return bool(re.match(r"bo phan chuyen mon|phong chuyen mon|doanh nghiep|truong hoc|co so ", folded))
    following = name[common.end() :]
    if folded[common.end() :].lstrip().startswith(FIELDS):
        return False
    if folded[common.end() :].startswith((",", " va nganh")) or _CENTRE.match(folded, common.end()):
        return True
    return not following.strip()[:1].isupper()


def _group_levels(folded: str, on: date | None) -> tuple[GroupLevel, ...]:
    for pattern, level in _LEVELS:
        if pattern.search(folded):
            return (level,)
    if re.match(r"(?:cac )?dia phuong\b", folded):
        return (_local(on),) if on is not None else ("other",)
    head = _QUALIFIER.split(folded, maxsplit=1)[0]
    if (
        _OF_A_TIER.search(head)
        or (_OF_ALL.search(head) and "cac so" not in head)
        or re.match(r"(?:cac )?(?:huyen|thi xa|thanh pho|xa|phuong|thi tran)\b", head)
    ):
        return _tiers(head)
    if re.search(r"(?:bo phan|phong)\b.*\bthuoc (?:ubnd )?(?:cap )?(?:huyen|xa)", folded):
        return _tiers(folded)
    if _DEPARTMENTS.search(head) or "cac so" in head or re.search(r"thuoc (?:ubnd )?tinh|cap tinh", folded):
        found: list[GroupLevel] = ["province_departments"]
        if "doan the" in head:
            found.append("mass_organisations")
        if "dia phuong" in head and on is not None:
            found.append(_local(on))
        return tuple(found)
    return ("other",)


def _tiers(folded: str) -> tuple[GroupLevel, ...]:
    found: list[GroupLevel] = []
    both = "cac cap" in folded
    if both or _DISTRICTS.search(folded):
        found.append("district_committees")
    if both or _COMMUNES.search(folded):
        found.append("commune_committees")
    return tuple(found) or ("other",)


def _local(on: date) -> GroupLevel:
    return "commune_committees" if on >= TWO_TIERS else "district_committees"
