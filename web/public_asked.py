"""Addresses of what everybody may read of citizens' feedback, and what they ask for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from starlette.convertors import Convertor
from starlette.requests import Request

from storage.views import AnyRow
from storage.views.cases.publications import Place, Wanted

LIST, FIGURES, LOOK_UP, DATA = "/phan-anh", "/phan-anh/thong-ke", "/phan-anh/tra-cuu", "/phan-anh/du-lieu.json"


class Code(Convertor[str]):
    """The code of a case in an address; anything else is another page, or none."""

    regex = "[Pp][Aa][Kk][Nn]-[A-Za-z]{2,6}-[0-9]{4}-[0-9]{6}"

    def convert(self, value: str) -> str:
        """Return the code in its proper form."""
        return value.upper()

    def to_string(self, value: str) -> str:
        """Return the code."""
        return value


def ways(*, shown: bool) -> tuple[tuple[str, str], ...]:
    """Return the public pages that there are; `shown` where the office shows what is public."""
    looked = (("Tra cứu", LOOK_UP),)
    return (("Kết quả", LIST), ("Số liệu", FIGURES), *looked) if shown else looked


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks the list for."""

    wanted: Wanted
    after: Place | None

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """Read it; what cannot be read holds nothing back."""
        told = request.query_params
        year, agency = number_in(told.get("nam", "")), number_in(told.get("coquan", ""))
        wanted = Wanted(
            words=told.get("q", "").strip()[:100],
            field=told.get("linhvuc", "")[:80],
            agency_id=agency or None,
            year=year if 2000 <= year <= 2100 else None,
        )
        return cls(wanted, _place(told.get("sau", "")))

    def address(self, last: AnyRow) -> str:
        """Return the address of the page behind a row."""
        kept = {
            "q": self.wanted.words,
            "linhvuc": self.wanted.field,
            "coquan": self.wanted.agency_id or "",
            "nam": self.wanted.year or "",
            "sau": f"{int(last.released_at.timestamp() * 1_000_000)}-{last.id}",
        }
        return f"{LIST}?{urlencode({name: value for name, value in kept.items() if value})}"


def number_in(text: str) -> int:
    """Return the number that a part of an address is, 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _place(text: str) -> Place | None:
    moment, _, number = text.partition("-")
    if not (moment.isascii() and moment.isdigit() and len(moment) <= 17 and number_in(number)):
        return None
    return Place(datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(moment)), number_in(number))
