"""Whatever stretch of the calendar stands at a place: a day, a month, a quarter, part of a year, years."""

from dataclasses import replace

from domain.deadlines.days import day
from domain.deadlines.spans import half, month, quarter, years
from domain.deadlines.tokens import Phrase
from domain.deadlines.written import Edge, Found


def stretch(phrase: Phrase, at: int, *, bare_year: bool = False) -> Found:
    """Return the stretch that stands at a place and the place after it.

    `bare_year` also takes "năm" without a number for the plan's year ("hết năm"). Raises Doubt for a date
    that is impossible or not filled in.
    """
    edge: Edge = ""
    if phrase.has(at, "ngay cuoi") is not None and phrase.at(at + 2) in ("cung", "cua", "thang", "quy", "nam"):
        at += 1
    if (after := _edge(phrase, at)) is not None:
        edge = "end" if phrase.at(at) == "cuoi" else "vague"
        at, bare_year = after, True
    found = (
        day(phrase, at)
        or quarter(phrase, at)
        or half(phrase, at)
        or month(phrase, at)
        or years(phrase, at, bare=bare_year)
    )
    if found is None or not edge:
        return found
    return replace(found[0], edge=edge), found[1]


def _edge(phrase: Phrase, at: int) -> int | None:
    if phrase.at(at) in ("cuoi", "dau", "giua"):
        at += 1 + (phrase.at(at + 1) == "cung")
        return at + (phrase.at(at) == "cua")
    if (after := phrase.first(at, ("thuong tuan", "trung tuan", "ha tuan"))) is not None:
        return after
    for words in ("tuan dau", "tuan cuoi", "tuan thu"):
        if (after := phrase.has(at, words)) is not None:
            after += words == "tuan thu"
            return after + (phrase.at(after) in ("cua", "trong"))
    if phrase.at(at) == "tuan" and phrase.number(at + 1):
        return at + 2 + (phrase.at(at + 2) in ("cua", "trong"))
    return None
