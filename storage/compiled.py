"""Statements are turned into SQL once a process, whichever of its engines asks first.

An engine of SQLAlchemy has a cache of its own; the writer, the readers and a rehearsal's database would each compile
the same few hundred statements anew.
"""

from collections.abc import Hashable, Iterator, MutableMapping
from threading import Lock
from typing import Any

MOST = 3000
"""Statements kept; those asked for first go first."""


class CompiledStatements(MutableMapping[tuple[Any, ...], Any]):
    """A cache for the execution option `compiled_cache` of engines of one kind.

    SQLAlchemy's key begins with the engine's dialect object; here its name stands for it: engines of one kind are all
    opened alike (`storage.database`).
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._lock = Lock()

    def __getitem__(self, key: tuple[Any, ...]) -> Any:
        return self._kept[_named(key)]

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """Return the compiled statement of a key, `default` where there is none."""
        return self._kept.get(_named(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        with self._lock:
            if len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[_named(key)] = compiled

    def __delitem__(self, key: tuple[Any, ...]) -> None:
        with self._lock:
            del self._kept[_named(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(dict(self._kept))

    def __len__(self) -> int:
        return len(self._kept)


def _named(key: tuple[Any, ...]) -> Hashable:
    return (key[0].name, *key[1:])


COMPILED = CompiledStatements()
"""Those of this process."""
