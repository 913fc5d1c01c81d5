"""From a file to its blocks, whatever its type."""

from collections.abc import Callable
from pathlib import Path

from documents import legacy, pdf, sheet, sniff, text, word
from documents.progress import Told, silent
from documents.sniff import Kind
from domain.errors import DocumentRefused
from domain.sources import Document


def _read_text(path: Path, _told: Told) -> Document:
    content = sniff.decode(path.read_bytes(), path.name)
    if not content.strip("\ufeff \t\r\n\f"):
        raise DocumentRefused(sniff.EMPTY.format(name=path.name))
    return text.read(path.name, content)


def _read_word(path: Path, _told: Told) -> Document:
    return word.read(path)


_READERS: dict[Kind, Callable[[Path, Told], Document]] = {
    Kind.TEXT: _read_text,
    Kind.WORD: _read_word,
    Kind.SHEET: sheet.read,
    Kind.PDF: pdf.read,
}


def read(path: Path, told: Told = silent) -> Document:
    """Return the blocks of a file. Raises DocumentRefused with a sentence for a person where it cannot.

    The file's content chooses the reader. Runs without limits: use `documents.guard` for files of strangers.
    """
    document = _READERS[sniff.kind(path)](path, told)
    if not document.blocks:
        raise DocumentRefused(sniff.EMPTY.format(name=path.name))
    if (encoding := legacy.encoding_of(document.lines())) is not None:
        raise DocumentRefused(legacy.LEGACY.format(name=path.name, encoding=encoding))
    return document
