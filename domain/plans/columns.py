"""What a column of a table means, told by the words of its heading."""

import re
from enum import Enum, auto

from domain.words import fold


class Column(Enum):
    """The meanings a column can have; AGENCY holds both roles, MARK stands for one period that is ticked.

    GROUP names the heading under which the row stands.
    """

    NUMBER = auto()
    CONTENT = auto()
    LEAD = auto()
    COORDINATING = auto()
    AGENCY = auto()
    FOLLOWING = auto()
    START = auto()
    DEADLINE = auto()
    MARK = auto()
    PRODUCT = auto()
    GROUP = auto()
    UNIT = auto()
    TARGET = auto()
    FIGURE = auto()
    ASIDE = auto()
    UNKNOWN = auto()


_WHOLE: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"(so )?(t ?t|s ?t ?t|thu tu)|so|ma( so| hieu)?( nhiem vu| chi tieu)?|#|no"),
    (Column.MARK, r"(quy|q) ?([ivl]+|[1-4])|(thang|t) ?\d{1,2}|6 thang (dau|cuoi) nam"),
    (Column.DEADLINE, r"(thang|quy)( thuc hien| hoan thanh)?|tght|tg|tgian( ht)?"),
    (Column.PRODUCT, r"sp|minh chung"),
    (Column.CONTENT, r"(cac )?viec( can)?( phai)?( lam| thuc hien)?|nd"),
    (Column.LEAD, r"cqct|dvct"),
    (Column.COORDINATING, r"cqph|dvph"),
    (Column.START, r"tu( ngay| thang)?"),
    (Column.DEADLINE, r"den( ngay| thang)?"),
    (Column.FIGURE, r"chi tieu|muc tieu|(cac )?chi tieu chu yeu"),
    (Column.UNIT, r"don vi|dvt"),
)
_BEGINNING: tuple[tuple[Column, str], ...] = (
    (Column.UNIT, r"(don vi tinh|dv ?tinh|dvt)\b"),
    (Column.ASIDE, r"(ghi chu|kinh phi|du toan|nguon|can cu|co so phap ly|lanh dao|nguoi ky|cap (trinh|ban))"),
    (Column.ASIDE, r"(thuc hien|ket qua|uoc|uoc thuc hien)( dat duoc)? (nam )?20\d\d|tinh hinh|trang thai"),
    (Column.ASIDE, r"(co quan|don vi) (tham dinh|tham tra|trinh|ban hanh|phe duyet)"),
    (Column.ASIDE, r"ngay (giao|nhan|ky|ban hanh)|so (van ban|ky hieu)|van ban (giao|chi dao)|cuoc hop"),
    (Column.START, r"((thoi gian|thoi diem|ngay|thang) )?(bat dau|khoi dau)|tu (ngay|thang)\b"),
    (Column.DEADLINE, r"(thoi (gian|han|diem|hieu)|tien do|lo trinh|ngay|moc|han( |$)|hoan thanh|ket thuc)"),
    (Column.DEADLINE, r"(du kien|ke hoach) (thoi|hoan thanh|ngay)|den (ngay|thang)|nam (thuc hien|hoan thanh)"),
    (Column.PRODUCT, r"(du kien |ten |yeu cau )?(san pham|ket qua|dau ra|hinh thuc|the loai)"),
    (Column.PRODUCT, r"(tai lieu|ho so|van ban) (minh chung|kiem chung)|minh chung"),
    (Column.CONTENT, r"(ten |noi dung |cac |danh muc |nhom )*(noi dung|nhiem vu|cong viec|hoat dong|dau viec)"),
    (Column.CONTENT, r"(ten|noi dung|cac|danh muc) (\w+ )*(chi tieu|chi so|van ban|de an|chuong trinh|viec)"),
    (Column.TARGET, r"(chi tieu|muc tieu|ke hoach|kh|muc)( \w+)* (nam )?20\d\d|nam 20\d\d|20\d\d$"),
    (Column.TARGET, r"(chi tieu|muc tieu|ke hoach|muc) (phan dau|giao|dat|can dat|duoc giao|de ra)"),
)
_ANYWHERE: tuple[tuple[Column, str], ...] = (
    (Column.AGENCY, r"chu tri.*phoi hop|phoi hop.*chu tri"),
    (Column.COORDINATING, r"phoi hop"),
    (Column.LEAD, r"chu tri|dau moi|tham muu|soan thao|phu trach"),
    (Column.FOLLOWING, r"theo doi|don doc|giam sat"),
    (Column.PRODUCT, r"san pham|dau ra|ket qua"),
    (Column.AGENCY, r"co quan|don vi|phan cong|trach nhiem|to chuc thuc hien|(nguoi|noi|bo phan) thuc hien"),
    (Column.DEADLINE, r"thoi gian|thoi han|thoi diem|tien do|hoan thanh"),
    (Column.CONTENT, r"noi dung|nhiem vu|cong viec|giai phap|hoat dong|cong tac|van ban|de an|du an"),
    (Column.TARGET, r"chi tieu|phan dau|20\d\d"),
)


def column(label: str) -> Column:
    """Return the meaning of one heading by its words."""
    words = re.sub(r"[^\w#]+", " ", fold(re.sub(r"\([^)]*\)|/ *$", " ", label))).strip()
    for meaning, pattern in _WHOLE:
        if re.fullmatch(pattern, words):
            return meaning
    for meaning, pattern in _BEGINNING:
        if re.match(pattern, words):
            return meaning
    for meaning, pattern in _ANYWHERE:
        if re.search(pattern, words):
            return meaning
    return Column.UNKNOWN
