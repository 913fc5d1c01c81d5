"""Values of reports as JSON and back: what is frozen is read again as exactly what it was."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def written(value: Any) -> Any:
    """Return a value made of dataclasses, tuples, dates, enums and plain things as JSON knows it.

    A dataclass becomes an object of its fields; those that are at their default take no room.
    """
    if is_dataclass(value) and not isinstance(value, type):
        kept = [one for one in fields(value) if one.default is MISSING or getattr(value, one.name) != one.default]
        return {one.name: written(getattr(value, one.name)) for one in kept}
    if isinstance(value, tuple | list):
        return [written(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def read(wanted: type[T], data: Any) -> T:
    """Return the value of that dataclass behind its JSON; what it does not say stands at its default.

    Raises ValueError, TypeError or KeyError where it has another shape.
    """
    found: T = _read(wanted, data)
    return found


def _read(wanted: Any, data: Any) -> Any:
    origin, of = get_origin(wanted), get_args(wanted)
    if origin is UnionType:
        return None if data is None else _read(next(one for one in of if one is not NoneType), data)
    if origin is tuple:
        kinds = [of[0]] * len(data) if of[-1] is Ellipsis else of
        return tuple(_read(kind, one) for kind, one in zip(kinds, data, strict=True))
    if isinstance(wanted, type) and is_dataclass(wanted):
        hints = _kinds(wanted)
        return wanted(**{name: _read(hints[name], one) for name, one in data.items()})
    if wanted is date:
        return date.fromisoformat(data)
    return wanted(data) if isinstance(wanted, type) and issubclass(wanted, Enum) else data


@cache
def _kinds(wanted: type[Any]) -> Mapping[str, Any]:
    """Return the types of a dataclass's fields."""
    return get_type_hints(wanted)
