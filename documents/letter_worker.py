"""The child process that reads one file's first pages: `python -m documents.letter_worker FILE SECONDS MEMORY_MB`.

Prints the text as one JSON string, a line for each line of the page; what stands far apart on a line is parted by a
tab, as the two columns of a letterhead. Ends with another code than 0 where the file cannot be read.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pdfplumber

from documents import legacy, word
from documents.confine import confine
from documents.sniff import Kind, kind
from domain.words import nfc

PAGES = 2
LINES = 150
LONGEST = 12_000
"""So much is looked at: two pages at most, which a Word document does not mark."""

_SAME_LINE = 3.0
_APART = 14.0
"""Points between the feet of words on one line; points of white between two columns."""


def first_lines(path: Path) -> list[str]:
    """Return the lines of the first pages, none where the text is in an old encoding. Raises DocumentRefused."""
    lines = _of_pdf(path) if kind(path) is Kind.PDF else word.read(path).lines()
    found = [line.strip() for line in islice((one for one in lines if one.strip()), LINES)]
    return [] if legacy.encoding_of(found) is not None else found


def _of_pdf(path: Path) -> Iterator[str]:
    with pdfplumber.open(path) as pdf:
        for page in islice(pdf.pages, PAGES):
            yield from _lines(page.extract_words(x_tolerance=2))


def _lines(words: Iterable[dict[str, Any]]) -> Iterator[str]:
    rows: list[list[dict[str, Any]]] = []
    for one in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - one["bottom"]) <= _SAME_LINE:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        row.sort(key=lambda word: float(word["x0"]))
        yield nfc(row[0]["text"] + "".join(_joined(*pair) for pair in pairwise(row)))


def _joined(left: dict[str, Any], right: dict[str, Any]) -> str:
    return ("\t" if right["x0"] - left["x1"] > _APART else " ") + str(right["text"])


def main(arguments: list[str]) -> None:
    """Read the file within the limits and print its text."""
    confine(float(arguments[1]), int(arguments[2]))
    sys.stdout.write(json.dumps("\n".join(first_lines(Path(arguments[0])))[:LONGEST]))


if __name__ == "__main__":
    main(sys.argv[1:])
