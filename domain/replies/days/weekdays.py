"""Days by their name or nearness: "thứ 6 tuần sau", "mai", "ngày kia"."""

from datetime import timedelta

from domain.replies.days.dated import dated, worded
from domain.replies.days.reader import Reader, weeks_said
from domain.replies.days.values import Day, Found

SUNDAY = 6
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}


def weekday(reader: Reader) -> Found | None:
    """Read "thứ 6", "t6 tuần sau", "chủ nhật", "thứ hai tới", and the date beside it, which must agree."""
    if reader.word(-1) in {"lan", "dot", "luc"}:
        return None
    if reader.take("chu", "nhat") or (reader.word() == "cn" and reader.take("cn")):
        weekday = SUNDAY
    elif reader.any_of(frozenset({"thu", "t"})):
        word, short = reader.word(), reader.word(-1) == "t"
        number = reader.number(7)
        if number is not None and number >= 2 and not (short and not _glued(reader)):
            weekday = number - 2
        elif word in _WEEKDAYS and not short:
            reader.at += 1
            weekday = _WEEKDAYS[word]
        else:
            return None
    else:
        return None
    if reader.word() == "/" or (reader.word(-2) == "t" and reader.word() == "nam"):
        return None  # "t6/2026" is a month
    monday = reader.today - timedelta(reader.today.weekday())
    weeks = weeks_said(reader)
    beside = _date_beside(reader)
    if beside is not None:
        agreed = beside.ahead is not None and beside.ahead.weekday() == weekday
        return reader.day(beside.ahead if agreed else None)
    if weeks is not None:
        return reader.day(monday + timedelta(weekday + 7 * weeks) if weeks >= 0 else None)
    strictly = reader.any_of(frozenset({"toi"}))
    ahead = (weekday - reader.today.weekday()) % 7
    return reader.day(reader.today + timedelta(7 if strictly and not ahead else ahead))


def _glued(reader: Reader) -> bool:
    """Whether the number just taken is written together with the letter before it."""
    return reader.tokens[reader.at - 2].end == reader.tokens[reader.at - 1].start


def _date_beside(reader: Reader) -> Day | None:
    """Take the date after a weekday: "thứ 6 ngày 30/1", "thứ 6, 30/01/2026", "thứ sáu (30/1)"."""
    kept = reader.at
    while reader.word() in {",", "(", "ngay", "tuc"}:
        reader.at += 1
    if reader.at < len(reader.tokens):
        for at, form in ((reader.at, dated), (reader.at, worded), (reader.at - 1, worded)):
            inner = Reader(reader.tokens, at, reader.today)
            found = form(inner) if kept <= at else None
            if found is not None and isinstance(found.value, Day):
                reader.at = at + found.size
                reader.take(")")
                return found.value
    reader.at = kept
    return None


_NEAR = {
    ("ngay", "mai"): 1,
    ("sang", "mai"): 1,
    ("chieu", "mai"): 1,
    ("trua", "mai"): 1,
    ("toi", "mai"): 1,
    ("mai", "mot"): None,
    ("mai", "kia"): None,
    ("mai",): 1,
    ("ngay", "kia"): 2,
    ("ngay", "mot"): 2,
    ("sang", "mot"): 2,
    ("chieu", "mot"): 2,
    ("hom", "nay"): 0,
    ("ngay", "nay"): 0,
    ("sang", "nay"): 0,
    ("chieu", "nay"): 0,
    ("toi", "nay"): 0,
    ("trong", "ngay"): 0,
    ("cuoi", "ngay"): 0,
    ("cuoi", "gio"): 0,
}
_PERSONS = frozenset({"chi", "anh", "co", "ong", "ba", "bac", "chu", "sao"})
_AFTER_THE_DAY_AFTER = frozenset({"", "vi", "do", "a", "nhe", "nha", "em", ",", ".", ";", "!", "thi", "duoc"})


def near(reader: Reader) -> Found | None:
    """Read "mai", "sáng mai", "ngày kia", "mốt", "hôm nay"."""
    for words, days in _NEAR.items():
        if words == ("mai",) and reader.word(-1) in _PERSONS:
            continue  # a name
        if words in {("trong", "ngay"), ("cuoi", "ngay")} and reader.word(2) not in _AFTER_THE_DAY_AFTER:
            continue
        if reader.take(*words):
            return reader.day(None if days is None else reader.today + timedelta(days))
    if reader.word() == "mot" and reader.lead() in {"den", "toi", "sang"} and reader.word(1) in _AFTER_THE_DAY_AFTER:
        reader.at += 1
        return reader.day(reader.today + timedelta(2))
    return None
