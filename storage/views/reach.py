"""How far somebody sees on the office's pages: everything, a leader's portfolio, the own agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.overview import tally
from domain.people import Viewer
from storage.database import Unit
from storage.views import overview, portfolios
from storage.views.overview import Picture
from storage.views.work import Work


@dataclass(frozen=True, slots=True)
class Reach:
    """Which assignments somebody may look at; read from the database for this very request."""

    everything: bool
    agencies: frozenset[int]
    """The own agencies."""
    portfolio: frozenset[int]
    """Ids of assignments that a leader looks after."""

    def has(self, assignment_id: int, agency_id: int) -> bool:
        """Whether an assignment of an agency may be looked at."""
        return self.everything or agency_id in self.agencies or assignment_id in self.portfolio

    def of(self, works: Iterable[Work]) -> list[Work]:
        """Return those that may be looked at."""
        return [one for one in works if self.has(one.id, one.agency_id)]


def of_viewer(unit: Unit, viewer: Viewer) -> Reach:
    """Return how far a person sees: coordinators everything, leaders their portfolio or (without one) everything."""
    portfolio = portfolios.within(unit, viewer.person_id) if viewer.leads and not viewer.coordinates else frozenset()
    return Reach(
        everything=viewer.coordinates or portfolio is None,
        agencies=viewer.own_agencies,
        portfolio=portfolio or frozenset(),
    )


def picture(unit: Unit, viewer: Viewer, today: date) -> Picture:
    """Return how the work stands, as far as a person sees; counted as in chat."""
    sees, seen = of_viewer(unit, viewer), overview.picture(unit, today)
    if sees.everything:
        return seen
    works = tuple(sees.of(seen.works))
    return Picture(works, seen.stands, tally(works, seen.stands))
