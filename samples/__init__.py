"""A fictional province: directory, people and plan for the demo and for trying things out."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

AGENCIES = "agencies.csv"
PEOPLE = "people.xlsx"
PLAN = "ke-hoach-2026.docx"
PLAN_AS_TEXT = "ke-hoach-2026.txt"


@contextmanager
def path(name: str) -> Iterator[Path]:
    """Give the path of a sample file for as long as the context lasts, also from inside a zipped package.

    Raises FileNotFoundError for a name that is not here.
    """
    found = files(__name__) / name
    if not found.is_file():
        raise FileNotFoundError(f"no sample is called {name!r}")
    with as_file(found) as place:
        yield place
