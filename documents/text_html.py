"""Tables written in HTML, as web pages and text recognition give them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from domain.sources import Row, Table

_TABLE = re.compile(r"(<table\b.*?</table\s*>)", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"<!--.*?-->|<(head|style|script)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_MOST_SPANNED = 1_000


def has_table(text: str) -> bool:
    """Tell whether a text holds a table written in HTML."""
    return _TABLE.search(text) is not None


def split(text: str) -> list[tuple[bool, str]]:
    """Cut a text into its HTML tables (True) and what stands between them (False), in order."""
    pieces = _TABLE.split(_UNSEEN.sub("", text))
    return [(place % 2 == 1, piece) for place, piece in enumerate(pieces)]


def read(source: str, clean: Callable[[str], str]) -> Table:
    """Return an HTML table; a cell that spans columns or rows repeats its text. `clean` takes markup off a cell."""
    parser = _Cells()
    parser.feed(source)
    parser.close()
    laid: list[Row] = []
    waiting: dict[int, _Waiting] = {}
    for line, cells in enumerate(parser.rows, start=1):
        texts = {column: cell.text for column, cell in waiting.items()}
        down = frozenset(texts)
        across = {column for column, cell in waiting.items() if cell.is_across}
        waiting = {column: cell.below() for column, cell in waiting.items() if cell.rows > 1}
        place = 0
        for inner, columns, rows in cells:
            while place in texts:
                place += 1
            text = clean(inner)
            for column in range(place, place + columns):
                texts[column] = text
                across.update([column] if column > place else [])
                if rows > 1:
                    waiting[column] = _Waiting(text, rows - 1, column > place)
            place += columns
        row = tuple(texts.get(column, "") for column in range(max(texts, default=-1) + 1))
        laid.append(Row(row, line=line, across=frozenset(across), down=down))
    return Table(tuple(row for row in laid if row.cells))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A cell that covers a column of further rows: its text, how many more rows, whether it began further left."""

    text: str
    rows: int
    is_across: bool

    def below(self) -> "_Waiting":
        return replace(self, rows=self.rows - 1)


class _Cells(HTMLParser):
    """Gathers the cells of each row: inner markup, columns and rows spanned."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[list[tuple[str, int, int]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell; any other tag inside a cell is kept as it is."""
        if tag == "tr":
            self.rows.append([])
            self._inside = False
        elif tag in ("td", "th"):
            spans = dict(attrs)
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(("", _span(spans.get("colspan")), _span(spans.get("rowspan"))))
            self._inside = True
        else:
            self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """End a cell, or keep the end of another tag."""
        if tag in ("td", "th", "tr"):
            self._inside = False
        else:
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep text; line ends of the source are only spaces."""
        self._keep(" ".join(data.splitlines()) if "\n" in data else data)

    def handle_entityref(self, name: str) -> None:
        """Keep a named character as it is written."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a numbered character as it is written."""
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if self._inside:
            content, columns, rows = self.rows[-1][-1]
            self.rows[-1][-1] = (content + text, columns, rows)


def _span(text: str | None) -> int:
    return min(int(text), _MOST_SPANNED) if text and text.isdigit() and int(text) > 0 else 1
