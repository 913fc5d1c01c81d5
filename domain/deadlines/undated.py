"""Deadlines without a date: continuous, on an event, or as another document says."""

from domain.deadlines.context import Context, Item
from domain.deadlines.spans import years
from domain.deadlines.tokens import Phrase
from domain.deadlines.values import ByOtherPlan, Continuous, OnEvent

_CONTINUOUS = ("thuong xuyen", "lien tuc", "24 / 24 h", "24 / 24 gio", "24 h / 24 h")
_ALWAYS = ("lien tuc", "thuong xuyen", "kip thoi")
_ACTING = ("thuc hien", "trien khai", "to chuc thuc hien", "cap nhat", "duy tri")
_ASKED = ("dot xuat", "khi co yeu cau", "khi duoc yeu cau", "theo yeu cau", "khi co chi dao")
_EVENT = (
    "khi", "ngay khi", "sau khi", "ngay sau khi", "truoc khi", "ngay tu khi", "neu co", "neu phat sinh",
    "tuy theo", "tuy tinh", "tuy vao", "tuy thuoc", "tuy nhu", "phat sinh", "co phat sinh", "ngay sau",
    "theo tinh hinh", "theo nhu cau", "theo thuc te", "theo phat sinh", "theo su vu", "theo vu viec",
    "khi can", "trong truong hop", "truong hop", "theo tung vu viec", "theo tung truong hop",
    "kip thoi khi", "kip thoi ngay khi", "kip thoi sau khi", "kip thoi ngay sau khi",
)  # fmt: skip
_OPENING = (
    "thuong xuyen", "dot xuat", "hang thang", "hang quy", "hang nam", "hang tuan", "dinh ky", "khi co",
    "khi phat sinh", "long ghep", "theo ke hoach", "theo quy dinh", "theo chi dao", "theo yeu cau",
    "theo huong dan", "chua co ngay cu the",
)  # fmt: skip
_EXACTLY = ("dung thoi gian", "dung thoi han", "dung tien do", "dung quy dinh")
_MERGED = ("long ghep voi", "long ghep vao", "long ghep trong", "long ghep cung", "long ghep", "ket hop voi")
_DOCUMENTS = (
    "ke hoach", "quyet dinh", "chuong trinh", "cong van", "nghi quyet", "chi thi", "thong bao", "de an",
    "van ban", "huong dan", "nghi dinh", "thong tu", "lo trinh", "chi dao", "luat", "noi dung", "tien do",
    "quy dinh", "quy che", "thoi gian", "thoi han",
)  # fmt: skip


def continuous(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Return "thường xuyên", with the year or the document it is tied to."""
    if (after := phrase.first(at, _CONTINUOUS)) is None:
        return None
    while (more := phrase.first(after + (phrase.at(after) in (",", "va")), (*_ALWAYS, *_ACTING))) is not None:
        after = more
    year = None
    inside = after + (phrase.at(after) == ",")
    inside += phrase.at(inside) == "trong"
    if (found := years(phrase, inside, bare=phrase.at(inside - 1) == "trong")) is not None:
        value, end = found
        if value.end_year is None:
            year, after = value.year, end
            if year is None and context.year is not None:
                year = context.year + value.shift
    following = phrase.first(after + (phrase.at(after) in (",", "(")), _ACTING)
    following = after + (phrase.at(after) in (",", "(")) if following is None else following
    if phrase.at(following) == "theo" and (reference := reference_at(phrase, following + 1)) is not None:
        return Item((Continuous(year, reference[0]),), reference[1])
    return Item((Continuous(year),), after)


def on_event(phrase: Phrase, at: int, _context: Context) -> Item | None:
    """Return a deadline that waits for something to happen: the rest of the clause says what."""
    if phrase.first(at, _ASKED) is not None and not phrase.has(at, "theo yeu cau cua"):
        return Item((OnEvent(),), _clause_end(phrase, at), asked=True)
    if phrase.first(at, _EVENT) is not None:
        return Item((OnEvent(),), _clause_end(phrase, at))
    if (after := phrase.has(at, "can cu")) is not None:
        after += phrase.at(after) in ("vao", "theo")
        if phrase.first(after, _DOCUMENTS) is None:
            return Item((OnEvent(),), _clause_end(phrase, after))
    return None


def by_other_plan(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Return "theo …", "lồng ghép …" or the bare name of a document; a date in the name is no deadline."""
    merged = phrase.first(at, _MERGED)
    if merged is not None:
        after: int | None = merged
    elif phrase.at(at) == "theo":
        after = at + 1 + (phrase.at(at + 1) == "dung")
    elif phrase.has(at, "can cu") is not None:
        after = at + 2 + (phrase.at(at + 2) in ("vao", "theo"))
    elif phrase.first(at, _EXACTLY) is not None:
        after = at + 1
    elif phrase.at(at) in ("tai", "co", "thuc", "trien"):
        after = _document_after(phrase, at)
    else:
        after = at if _names_document(phrase, at) else None
    if after is None or (found := reference_at(phrase, after)) is None:
        return None
    if any(_holds_limit(phrase, place) for place in range(after, found[1])):
        context.warn(f"“{phrase.source}”: trong tên văn bản có một mốc thời gian, xin xác nhận hạn.")
    asked = phrase.has(at, "theo yeu cau") is not None
    return Item((ByOtherPlan(found[0]),), found[1], asked, loose=merged is None)


def reference_at(phrase: Phrase, at: int) -> tuple[str, int] | None:
    """Return the words of a reference and the place after them.

    They run to the end of the clause, or to a joining word after which a deadline of its own begins.
    """
    if phrase.at(at) == "«":
        end = at + 1
        while end < len(phrase) and phrase.at(end) != "»":
            end += 1
        return phrase.between(at + 1, end), end + 1
    end = _clause_end(phrase, at)
    text = phrase.between(at, end).strip(" .,;:")
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(" .,;")
    return (text, end) if any(letter.isalnum() for letter in text) else None


def opens_deadline(phrase: Phrase, at: int) -> bool:
    """Say whether words begin that can only be a deadline of their own, never part of a reference."""
    if phrase.first(at, _OPENING) is not None:
        return True
    begun = phrase.first(at, ("hoan thanh", "xong", "bao cao", "thuc hien"))
    at = begun if begun is not None else at
    limited = phrase.first(at, ("truoc ngay", "truoc", "cham nhat", "muon nhat", "den het", "khong qua ngay"))
    if limited is not None:
        return phrase.number(limited) is not None or phrase.at(limited) in ("ngay", "thang", "quy", "la", "vao")
    if begun is not None and phrase.first(at, ("hang", "moi", "dinh ky")) is not None:
        return True
    return begun is not None and phrase.at(at) == "trong" and phrase.at(at + 1) in ("thang", "quy", "nam")


def _holds_limit(phrase: Phrase, at: int) -> bool:
    limited = phrase.first(at, ("truoc ngay", "truoc", "cham nhat ngay", "cham nhat la ngay", "cham nhat"))
    return limited is not None and phrase.number(limited) is not None


def _clause_end(phrase: Phrase, at: int) -> int:
    depth = 0
    for place in range(at, len(phrase)):
        word = phrase.at(place)
        depth += (word in ("(", "«")) - (word in (")", "»"))
        if word == ";" and depth <= 0:
            return place
        if depth < 0:
            return place
        joined = word in ("va", "hoac", "hay", ",", "(", ".") and place > at
        if joined and depth <= (word == "(") and opens_deadline(phrase, place + 1):
            return place
    return len(phrase)


def _document_after(phrase: Phrase, at: int) -> int | None:
    """Return where the document begins in "Thực hiện Kế hoạch số 12", "Có kế hoạch riêng"."""
    begun = phrase.first(at, ("thuc hien", "trien khai", "tai", "co"))
    if begun is None or not (_names_document(phrase, begun)):
        return None
    return begun


def _names_document(phrase: Phrase, at: int) -> bool:
    """Say whether the name of a document stands here: with its number, or with "riêng", "cụ thể"."""
    if phrase.first(at, _DOCUMENTS) is None:
        return False
    words = [phrase.at(place) for place in range(at, _clause_end(phrase, at))]
    return ("so" in words and "/" in words) or words[-1:] == ["rieng"] or words[-2:] == ["cu", "the"]
