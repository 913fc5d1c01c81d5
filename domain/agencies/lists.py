"""Names said once for several: "Các Sở: Nội vụ, Tư pháp" is "Sở Nội vụ" and "Sở Tư pháp"."""

import re

from domain.agencies.words import flat

# Fields of provincial and district departments (Nghị định 24/2014, 37/2014, 107/2020, 45/2025, 150/2025).
# They hold commas and "và" of their own and say where one name ends and the next begins.
FIELDS = tuple(
    sorted(
        (
            "noi vu", "tu phap", "tai chinh", "tai chinh - ke hoach", "ke hoach va dau tu", "cong thuong",
            "nong nghiep va phat trien nong thon", "nong nghiep va moi truong", "giao thong van tai", "xay dung",
            "giao thong van tai - xay dung", "tai nguyen va moi truong", "thong tin va truyen thong",
            "lao dong - thuong binh va xa hoi", "lao dong, thuong binh va xa hoi", "van hoa, the thao va du lich",
            "van hoa va the thao", "van hoa va thong tin", "van hoa, the thao", "du lich", "khoa hoc va cong nghe",
            "giao duc va dao tao", "y te", "ngoai vu", "quy hoach - kien truc", "dan toc va ton giao", "dan toc",
            "an toan thuc pham", "kinh te", "kinh te va ha tang", "quan ly do thi", "van hoa - xa hoi",
            "van hoa va xa hoi", "kinh te, ha tang va do thi", "xay dung va giao thong", "ngoai vu va du lich",
            "noi vu, lao dong", "thanh tra", "tt&tt", "kh&cn", "kh&dt", "nn&ptnt", "nn&mt", "tn&mt", "gd&dt",
            "ldtbxh", "ld-tb&xh", "ldtb&xh", "vhttdl", "vhtt&dl", "vh,tt&dl", "vh&tt", "gtvt", "kt&ht",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip

_SPREAD = re.compile(
    r"(?:cac |toan the cac )?(?P<head>so|phong|ban|hoi|benh vien|truong|chi cuc|cuc|trung tam|cong an|"
    r"(?:ubnd|uy ban nhan dan) (?:cac )?(?P<area>huyen|xa|phuong|thi xa|thi tran|thanh pho|quan))(?P<colon>\s*:)?\s+"
)
_AREA_MEMBER = re.compile(r"(?:huyen|xa|phuong|thi xa|thi tran|thanh pho|tp\.?|quan|dac khu) ")
_COMMITTEE = re.compile(r"(?:ubnd|uy ban nhan dan) (?!cac |cap )" + _AREA_MEMBER.pattern)
_JOINT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)


def spread(name: str) -> list[str]:
    """Return the names a shared beginning stands for, or the name alone.

    Without "các" or a colon a list is taken apart only where every member is a known field, because
    "Sở Văn hóa, Thể thao và Du lịch" is one department.
    """
    folded = flat(name)
    if (joined := _committees(name, folded)) is not None:
        return joined
    if (match := _SPREAD.match(folded)) is None or not _JOINT.search(name, match.end()):
        colon = match is not None and match["colon"]
        return [_single(name, match.end()) if colon and match is not None else name]
    plural = folded.startswith(("cac ", "toan the")) or " cac " in match.group()
    members = _members(name[match.end() :])
    named = all(member[:1].isupper() for member in members)
    if not (match["colon"] or (plural and named) or all(flat(member) in FIELDS for member in members)):
        return [name]
    if not named and not match["colon"]:
        return [name]
    head = beginning(name)
    return [f"{head} {member}" for member in members]


def beginning(name: str) -> str | None:
    """Return the shared beginning of a list in the singular: "Sở", "UBND huyện"; None where there is none."""
    match = _SPREAD.match(flat(name))
    if match is None:
        return None
    words = name[match.start("head") : match.end("head")].split()
    words = [word for word in words if flat(word) != "cac"]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _single(name: str, after: int) -> str:
    return f"{beginning(name)} {name[after:]}" if name[after:] else name


def _members(text: str) -> list[str]:
    """Cut a list of fields: the longest known field first, else up to the next comma or "và"."""
    members: list[str] = []
    rest = text.strip()
    while rest:
        size = _known(rest) or _next_joint(rest)
        members.append(rest[:size].strip())
        joint = _JOINT.match(rest, size)
        rest = rest[joint.end() :] if joint else rest[size:].lstrip(" ,.")
    return [member for member in members if member]


def _known(text: str) -> int | None:
    folded = flat(text)
    for field in FIELDS:
        if folded.startswith(field) and (len(folded) == len(field) or _JOINT.match(text, len(field))):
            return len(field)
    return None


def _next_joint(text: str) -> int:
    joint = _JOINT.search(text)
    return joint.start() if joint else len(text)


def _committees(name: str, folded: str) -> list[str] | None:
    """Read "UBND xã A, phường B": one committee for each area named."""
    if _COMMITTEE.match(folded) is None:
        return None
    members = _JOINT.split(name)
    areas = [flat(member) for member in members]
    if len(members) < 2 or not all(_AREA_MEMBER.match(area) for area in areas[1:]):
        return None
    if not all(_proper(member) for member in members):
        return None
    title = name.split()[0] if folded.startswith("ubnd") else name[: len("Ủy ban nhân dân")]
    return [members[0], *(f"{title} {member}" for member in members[1:])]


def _proper(member: str) -> bool:
    return any(word[:1].isupper() or word[:1].isdigit() for word in member.split()[1:])
