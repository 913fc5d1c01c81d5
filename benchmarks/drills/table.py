"""What one drill came to, and the table of all."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `marked` of the `doubled` carry "(nhắc lại)"; `drained` is in seconds; `wrong` is empty when it passed.

    `skipped` says why a drill could not be run here.
    """

    name: str
    done: str
    promised: int = 0
    lost: int = 0
    doubled: int = 0
    marked: int = 0
    held: int = 0
    drained: float | None = None
    wrong: tuple[str, ...] = ()
    skipped: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether nothing was lost, nothing doubled without its mark, and nothing else went wrong."""
        return not (self.lost or self.doubled > self.marked or self.wrong)

    @property
    def verdict(self) -> str:
        """The last column."""
        if self.skipped:
            return f"skipped: {self.skipped}"
        return "kept" if self.passed else "BROKEN"

    def to_json(self) -> dict[str, Any]:
        """Return the row for other programs."""
        return asdict(self) | {"wrong": list(self.wrong), "verdict": self.verdict}


def show(rows: Sequence[Row], console: Console) -> None:
    """Print the table, and below it what went wrong."""
    table = Table(title="Drills: what happened to messages that were promised", title_justify="left")
    for heading in ("drill", "what was done"):
        table.add_column(heading)
    for heading in ("promised", "lost", "doubled", "held", "drained"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("promises")
    for row in rows:
        doubled = f"{row.doubled} ({row.marked} marked)" if row.doubled else "0"
        drained = "" if row.drained is None else f"{row.drained:.1f} s"
        numbers = (str(row.promised), str(row.lost), doubled, str(row.held), drained)
        table.add_row(row.name, row.done, *(("",) * 5 if row.skipped else numbers), row.verdict)
    console.print(table)
    for row in rows:
        for wrong in row.wrong[:10]:
            console.print(f"{row.name}: {wrong}", markup=False, highlight=False)
    kept = [row for row in rows if not row.skipped]
    console.print(
        f"{sum(row.passed for row in kept)} of {len(kept)} drills kept every promise: "
        f"{sum(row.promised for row in kept)} messages promised, {sum(row.lost for row in kept)} lost, "
        f"{sum(row.doubled for row in kept)} doubled ({sum(row.marked for row in kept)} of them marked), "
        f"{sum(row.held for row in kept)} held."
    )
