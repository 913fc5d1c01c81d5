"""A document as JSON text, to pass it between processes."""

import json
from typing import Any

from domain.sources import Block, Document, Paragraph, Row, Table


def dumps(document: Document) -> str:
    """Return a document as one line of JSON."""
    blocks = [_out(block) for block in document.blocks]
    return json.dumps({"name": document.name, "blocks": blocks, "notes": document.notes})


def loads(text: str) -> Document:
    """Return the document that `dumps` wrote."""
    data = json.loads(text)
    return Document(data["name"], tuple(_in(block) for block in data["blocks"]), tuple(data["notes"]))


def _out(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"text": block.text, "page": block.page, "line": block.line}
    return {"rows": [[r.cells, r.page, r.line, sorted(r.across), sorted(r.down)] for r in block.rows]}


def _in(data: dict[str, Any]) -> Block:
    if "text" in data:
        return Paragraph(data["text"], data["page"], data["line"])
    return Table(
        tuple(
            Row(tuple(cells), page, line, frozenset(across), frozenset(down))
            for cells, page, line, across, down in data["rows"]
        )
    )
