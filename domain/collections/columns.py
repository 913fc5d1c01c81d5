"""One column of a form or of an imported table."""

from dataclasses import dataclass

from domain.collections.cells import Typed


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the short name under which values are kept, its title, what its cells are.

    `number` is the number that official forms print under the heading ("(3)"), 0 where there is none; `names` are
    other headings under which it is known.
    """

    key: str
    title: str
    kind: Typed = Typed.TEXT
    required: bool = False
    number: int = 0
    names: tuple[str, ...] = ()

    @property
    def is_count(self) -> bool:
        """Whether its values can be added up."""
        return self.kind is Typed.NUMBER
