"""Numbers in papers as Vietnamese offices write them: 03, 178.842, 98,92%; shares that make a hundred."""

from messages.render import number


def count(value: int) -> str:
    """Return a count: "03", "12", "178.842", and "0" for none."""
    return f"{value:02}" if 0 < value < 10 else number(value)


def share(part: int, whole: int) -> str:
    """Return the part of a whole in percent, "98,92%"; "-" of nothing."""
    return _percent(_hundredths(part, whole)) if whole else "-"


def shares(first: int, second: int) -> tuple[str, str]:
    """Return the shares of two parts in their sum; together they make exactly 100%. "-" where both are none."""
    whole = first + second
    if not whole:
        return "-", "-"
    one = _hundredths(first, whole)
    return _percent(one), _percent(10_000 - one)


def points(part: int, whole: int, part_before: int, whole_before: int) -> str | None:
    """Return how a share moved, in percentage points: "tăng 3,40 điểm %"; None where one of them is of nothing."""
    if not whole or not whole_before:
        return None
    moved = _hundredths(part, whole) - _hundredths(part_before, whole_before)
    if moved == 0:
        return "không đổi"
    return f"{'tăng' if moved > 0 else 'giảm'} {number(abs(moved) / 100)} điểm phần trăm"


def change(now: int, before: int) -> str:
    """Return how a count moved: "tăng 05", "giảm 12", "không đổi"."""
    if now == before:
        return "không đổi"
    return f"{'tăng' if now > before else 'giảm'} {count(abs(now - before))}"


def _hundredths(part: int, whole: int) -> int:
    """Return hundredths of a percent, halves rounded up."""
    return (part * 20_000 + whole) // (2 * whole)


def _percent(hundredths: int) -> str:
    """Return "98,92%"; whole ones without a fraction: "100%"."""
    units, rest = divmod(hundredths, 100)
    return f"{units},{rest:02}%" if rest else f"{units}%"


def size(value: int) -> str:
    """Return how large a file is, in kilobytes below a million bytes: "85 KB", "1,2 MB"."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))} KB"
    return f"{value / 1_000_000:.1f} MB".replace(".", ",")
