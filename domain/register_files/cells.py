"""What stands in the cells of a list: days as people and machines write them, codes, telephone numbers, long texts."""

import re
from datetime import date, timedelta

from domain.collections.cells import Cell
from domain.words import fold, nfc, squeeze, visible

LONGEST_TEXT = 20_000
LONGEST_WORD = 300
"""Characters of a cell that is read as a line."""

_NOTHING = {"", "-", "--", "–", "—", "...", "…", "n/a", "null", "khong", "khong co", "chua co"}
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?!\d)")
_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2}) thang (\d{1,2}) nam (\d{4})(?!\d)")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050
"""01/01/2000 and 31/12/2099 as Excel counts days, from 30/12/1899."""
_EPOCH = date(1899, 12, 30)
_CARRIAGE = re.compile(r"(?:_x000[dD]_|\r)\n?")
_BLANK_LINES = re.compile(r"\n{3,}")

DAY_WANTED = "cần ngày/tháng/năm, như 14/03/2026"


def is_nothing(value: Cell) -> bool:
    """Whether a cell says nothing, as an empty one or a dash."""
    return value is None or (isinstance(value, str) and fold(visible(value)) in _NOTHING)


def day_of(value: Cell) -> date | None:
    """Return the day in a cell; a time of day beside it is passed over. None for an empty one.

    Read: 2026-03-14, 14/03/2026, 14-3-2026, 14.03.26, "14h30 ngày 14/3/2026", "ngày 14 tháng 3 năm 2026", and the
    number by which Excel counts days. Days stand before months. Raises ValueError with what is wanted.
    """
    if is_nothing(value):
        return None
    if isinstance(value, int | float):
        return _of_serial(float(value))
    text = fold(visible(str(value)))
    if _SERIAL.fullmatch(text):
        return _of_serial(float(text.replace(",", ".")))
    if found := _ISO.search(text):
        year, month, day = found.groups()
    elif found := _WRITTEN.search(text) or _IN_WORDS.search(text):
        day, month, year = found.groups()
    else:
        raise ValueError(DAY_WANTED)
    try:
        return _known(date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)))
    except ValueError:
        raise ValueError(f"cần một ngày có thật, từ năm 2000, {DAY_WANTED[4:]}") from None


def _of_serial(number: float) -> date:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise ValueError(DAY_WANTED)
    return _EPOCH + timedelta(days=int(number))


def _known(day: date) -> date:
    if not 2000 <= day.year < 2100:
        raise ValueError(day)
    return day


def word_of(value: Cell) -> str:
    """Return a cell as one line of text; a number that a workbook made of a code loses no digit it still has.

    Raises ValueError where it is too long to be one.
    """
    if is_nothing(value):
        return ""
    text = squeeze(visible(f"{value:.15g}" if isinstance(value, float) else str(value)))
    if len(text) > LONGEST_WORD:
        raise ValueError(f"dài quá {LONGEST_WORD} ký tự")
    return text


def lines_of(value: Cell) -> str:
    """Return a cell as text with its lines kept apart. Raises ValueError where it is too long."""
    if is_nothing(value):
        return ""
    text = _CARRIAGE.sub("\n", f"{value:.15g}" if isinstance(value, float) else nfc(str(value)))
    lines = "\n".join(squeeze(visible(line)) for line in text.split("\n"))
    kept = _BLANK_LINES.sub("\n\n", lines).strip()
    if len(kept) > LONGEST_TEXT:
        raise ValueError(f"dài quá {LONGEST_TEXT:,} ký tự".replace(",", "."))
    return kept


def phone_of(value: Cell) -> str:
    """Return a telephone number as it is kept: digits, from 0; the zero that Excel dropped is put back.

    What is no number of Viet Nam stays as it is written: it is somebody's word, and nothing is lost.
    """
    text = word_of(value)
    digits = re.sub(r"[\s.\-()]", "", text)
    if re.fullmatch(r"\+?84[235789]\d{8,9}", digits):
        return "0" + digits.lstrip("+")[2:]
    if re.fullmatch(r"[35789]\d{8}|2\d{9}", digits):
        return "0" + digits
    return digits if re.fullmatch(r"0[235789]\d{8,9}", digits) else text
