"""What a text sounds like before it is sent, with the words that are the grounds.

A sound is a question to the citizen and never a refusal: the office decides (khiếu nại, tố cáo have their own law,
NĐ 20/2008, Điều 1; clear content and Vietnamese are asked by Điều 7).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.cases.door_words import (
    ABOUT_PAPERS,
    COMPLAINT,
    CRIME,
    EMERGENCY,
    FEELINGS,
    NO_COMPLAINT,
    NOT_NOW,
    NOW,
    ONLY_NOW,
)
from domain.cases.strangers import numbers_in
from domain.cases.wording import Said, placed, sentences, typed_with_marks
from domain.words import fold, squeeze


class Sound(StrEnum):
    """What a text may be besides feedback, the most pressing first."""

    EMERGENCY = "emergency"  # 113, 114, 115
    CRIME = "crime"  # tin báo, tố giác về tội phạm
    COMPLAINT = "complaint"  # khiếu nại, tố cáo
    UNCLEAR = "unclear"  # tells no fact
    FOREIGN = "foreign"  # not Vietnamese
    PERSONAL = "personal"  # numbers of other persons' papers, accounts, phones


@dataclass(frozen=True, slots=True)
class Heard:
    """One sound, with the words of the text that make it, "" where the text as a whole does."""

    sound: Sound
    words: str = ""


def listen(text: str) -> tuple[Heard, ...]:
    """Return everything that a text sounds like, the most pressing first; nothing for plain feedback."""
    marked = typed_with_marks(text)
    pieces = [Said.of(one, marked=marked) for one in sentences(text)]
    found = [
        (Sound.EMERGENCY, _first(_emergency(one) for one in pieces)),
        (Sound.CRIME, _first(CRIME.found(ABOUT_PAPERS.without(one)) for one in pieces if not _campaign(one))),
        (Sound.COMPLAINT, _first(COMPLAINT.found(NO_COMPLAINT.without(one)) for one in pieces)),
    ]
    heard = [Heard(sound, words) for sound, words in found if words]
    if is_foreign(text):
        heard.append(Heard(Sound.FOREIGN))
    elif not heard and tells_no_fact(text):
        heard.append(Heard(Sound.UNCLEAR))
    if numbers := numbers_in(text):
        heard.append(Heard(Sound.PERSONAL, ", ".join(numbers)))
    return tuple(heard)


def _first(found: Iterable[str]) -> str:
    return next((one for one in found if one), "")


def _emergency(said: Said) -> str:
    bare = ABOUT_PAPERS.without(said)
    if NOT_NOW.found(bare):
        return ""
    return EMERGENCY.found(bare) or (ONLY_NOW.found(bare) if NOW.found(bare) else "")


def _campaign(said: Said) -> bool:
    """Whether a sentence is about warning of crime, not about one."""
    return bool(ABOUT_PAPERS.found(said))


_LEAST_FACTS = 3
"""So many different words that tell something make a text clear enough to be read by a person."""

_FOLDED_FEELINGS = frozenset(fold(one) for one in FEELINGS)
_LEAST_FACTS_FOLDED = 2
"""Without marks more words look alike ("nghỉ", "nghị"): fewer that tell something are enough."""


def tells_no_fact(text: str) -> bool:
    """Whether a text is only feeling, abuse, or the wish that something be done (NĐ 20/2008, Điều 7: nội dung rõ)."""
    if typed_with_marks(text):
        return len(set(_WORD.findall(placed(text))) - FEELINGS) < _LEAST_FACTS
    return len(set(_WORD.findall(fold(text))) - _FOLDED_FEELINGS) < _LEAST_FACTS_FOLDED


_WORD = re.compile(r"[^\W_]+")
_VIETNAMESE = frozenset("ăâđêôơư")
_OTHER_SCRIPT = re.compile(r"[^\W\d_]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|uay|oai|oay|oeo|ieu|yeu|uoi|uou|uay|ia|ie|ua|ue|uo|uy|oa|oe|oi|oo|ai|ao|au|ay|eo|eu|iu|ui|uu|ye"
    r"|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_FEW = 4
_FOREIGN_SHARE = 0.55
"""A text of which fewer words than this could be Vietnamese syllables is in another language."""


def is_foreign(text: str) -> bool:
    """Whether a text is hardly Vietnamese (Điều 7: ngôn ngữ tiếng Việt). It only warns: the office decides."""
    letters = _OTHER_SCRIPT.findall(squeeze(text))
    if not letters:
        return False
    latin = sum(fold(one).isascii() for one in letters)
    if latin < len(letters) / 2:
        return True
    words = [word for word in re.findall(r"[a-z]+", fold(text)) if re.search("[aeiouy]", word)]
    if len(words) < _FEW or _has_vietnamese_letters(text):
        return False
    return sum(bool(_SYLLABLE.fullmatch(word)) for word in words) < _FOREIGN_SHARE * len(words)


def _has_vietnamese_letters(text: str) -> bool:
    return typed_with_marks(text) and any(one in _VIETNAMESE for one in squeeze(text).lower())
