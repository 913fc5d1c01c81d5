"""How far a form is: who has sent and who has not."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Names of the units that were asked, by whether they have sent."""

    sent: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many units were asked."""
        return len(self.sent) + len(self.missing)

    def said(self, most: int | None = None) -> str:
        """Return "đã gửi 87/120, chưa gửi 33: Sở A; Sở B"; of the missing at most `most` by name."""
        if not self.missing:
            return f"đã gửi {len(self.sent)}/{self.asked}, đủ tất cả đơn vị"
        names = self.missing[:most]
        more = len(self.missing) - len(names)
        rest = f" và {more} đơn vị khác" if more else ""
        return f"đã gửi {len(self.sent)}/{self.asked}, chưa gửi {len(self.missing)}: {listed(names)}{rest}"


def listed(names: Sequence[str]) -> str:
    """Return names one after the other: "Sở A; Sở B"."""
    return "; ".join(names)
