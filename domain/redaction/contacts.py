"""Vehicles, e-mail addresses and pages of a person on social networks."""

import re
from collections.abc import Iterator

from domain.redaction.findings import Certainty, Finding, Kind
from domain.redaction.reading import Reading

_PLATE = re.compile(
    r"(?<![\w./-])[1-9]\d[ .-]?[A-ZĐa-zđ]{1,2}\d?(?P<dash>[ ]?[-–][ ]?|[ .])?(?P<tail>\d{3}[. ]?\d{2}|\d{4})(?![\w/])"
)
_PLATE_SAID = re.compile(r" (?:bien|bien so|bien kiem soat|bks|xe|o to|oto|mo to|bien xe) ")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[(\[]\s?(?:at|a|@|a còng|a cong)\s?[)\]]\s?|\sa còng\s|\sa cong\s)"
    r"[\w-]+(?:(?:\.|\s?chấm\s?)[\w-]+)+",
    re.IGNORECASE,
)
_ROLES = re.compile(
    r"(?i)(?:van ?phong|vp|pakn|phan ?anh|ho ?tro|lien ?he|info|contact|tiep ?dan|mot ?cua|ttpvhcc|ubnd|cong ?tt"
    r"|bbt|toa ?soan|cskh|support)[\w.-]*@[\w.-]+\.(?:gov\.)?vn"
)
_LINK = re.compile(
    r"(?i)(?<![\w.@/])(?:https?://)?(?:[\w-]+\.)?(?:facebook|fb|zalo|tiktok|instagram|threads|twitter|x|messenger|youtube)"
    r"\.(?:com|me|net)/[^\s<>\"“”,;]+|(?<![\w.@/])(?:https?://)?(?:m|t|fb|wa)\.me/[^\s<>\"“”,;]+"
)


def found_in(reading: Reading) -> Iterator[Finding]:
    """Yield the links, e-mail addresses and plates of a text."""
    for found in _LINK.finditer(reading.text):
        said = found.group().rstrip(".!?)]'’…")
        yield Finding(found.start(), found.start() + len(said), Kind.LINK)
    for found in _EMAIL.finditer(reading.text):
        address = re.sub(r"\s", "", found.group())
        if _ROLES.fullmatch(address) is None:
            office = address.lower().endswith(".gov.vn")
            yield Finding(found.start(), found.end(), Kind.EMAIL, Certainty.LIKELY if office else Certainty.SURE)
    for found in _PLATE.finditer(reading.text):
        certainty = _plate(reading, found)
        if certainty is not None:
            yield Finding(found.start(), found.end(), Kind.PLATE, certainty)


def _plate(reading: Reading, found: re.Match[str]) -> Certainty | None:
    """Return how sure a plate is, None for an hour, an item, a figure: words before it or a hyphen make one."""
    said = _PLATE_SAID.search(reading.before(found.start(), 5)) is not None
    dashed = "-" in (found["dash"] or "") or "–" in (found["dash"] or "")
    five = len(re.sub(r"\D", "", found["tail"])) == 5
    if said or (dashed and five):
        return Certainty.SURE
    return Certainty.LIKELY if dashed or (five and found.group().upper() == found.group()) else None
