"""A long plain text for a group chat: cut into parts that each fit, at agencies first, then at their lines."""

from collections.abc import Iterable, Iterator, Sequence

LIMIT = 1900
"""Characters of one part: what group chats take is 2,000, and "(phần 2/3)" needs room."""

_GOES_ON = " (tiếp)"
_PART = "(phần {at}/{of})"


def parts(head: str, blocks: Sequence[Sequence[str]], foot: str, limit: int = LIMIT) -> list[str]:
    """Return the text in parts of at most `limit` characters each, "(phần 2/3)" apart.

    A block's first line is its heading, repeated where the block goes on in the next part. Every line stands whole in
    exactly one part, in order; one longer than a part is cut with "…". The head opens the first part, the foot ends
    the last one.
    """
    found = list(_cut([head], blocks, foot, limit))
    if len(found) < 2:
        return found
    return [f"{text}\n{_PART.format(at=at, of=len(found))}" for at, text in enumerate(found, 1)]


def _cut(begun: list[str], blocks: Iterable[Sequence[str]], foot: str, limit: int) -> Iterator[str]:
    lines = begun
    for heading, *rest in blocks:
        opened = ["", _fit(heading, limit)]
        for line in rest or [""]:
            said = [_fit(line, limit - len(heading) - len(_GOES_ON) - 1)] if line else []
            if len("\n".join([*lines, *opened, *said])) > limit:
                yield "\n".join(lines)
                lines = []
                opened = [heading] if opened else [heading + _GOES_ON]
            lines += [*opened, *said]
            opened = []
    if len("\n".join([*lines, "", foot])) > limit:
        yield "\n".join(lines)
        yield foot
    else:
        yield "\n".join([*lines, "", foot]).strip()


def _fit(line: str, limit: int) -> str:
    return line if len(line) <= limit else line[: max(limit - 1, 1)] + "…"
