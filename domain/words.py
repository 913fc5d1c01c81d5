"""Folding: the one way in which Vietnamese text is compared.

Officers type without diacritics, documents arrive decomposed, and both must meet. Everything that is
matched (commands, names, deadline phrases, search) is matched on folded text.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Return the text in Unicode normal form C, the only form we store and show."""
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """Return the text without characters that show nothing: zero-width ones, marks of direction, control codes."""
    return "".join(one for one in text if one.isspace() or unicodedata.category(one) not in {"Cf", "Cc"})


def squeeze(text: str) -> str:
    """Return the text in form C with every run of white space as one space, none at the ends."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return the text lower-cased, without marks, with đ as d and single spaces, for comparing only."""
    lowered = nfc(text).lower().replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", lowered)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare).strip()
