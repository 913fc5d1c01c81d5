"""What an office has said of a list's headings and states, kept for the next list of the same system."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from domain.collections.cells import named
from domain.errors import ActRefused
from domain.register_files.fields import Field, field_named
from domain.register_files.states import Stage, stage_named
from domain.words import squeeze

_PASSED_OVER = {"-", "bo", "bo qua", "khong doc"}
_MOST = 100
_STATE = "trang thai"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Headings and words of another register, as an office understands them.

    `columns` holds by heading which column it is, None for one that is passed over without a word; `states` by a
    state's words what they mean here. Both are keyed by the form in which headings are compared.
    """

    columns: Mapping[str, Field | None] = field(default_factory=dict)
    states: Mapping[str, Stage] = field(default_factory=dict)

    def with_said(self, said: Iterable[str]) -> Self:
        """Return the map with what a person adds.

        Each is "heading=column" ("Mã vụ việc=code"), "heading=-" for a column that is not read, or
        "trạng thái:words=state" ("trạng thái:Đang trình ký=forwarded"). Raises ActRefused for anything else.
        """
        columns, states = dict(self.columns), dict(self.states)
        for one in said:
            name, found, meaning = one.rpartition("=")
            if not found or not named(name):
                raise ActRefused(
                    f"“{squeeze(one)[:80]}” chưa đúng cách ghi. Xin ghi “Tên cột=trường”, ví dụ “Số PA=code”."
                )
            kind, colon, words = name.partition(":")
            if colon and named(kind) == _STATE:
                states[named(words)] = _stage(meaning)
            else:
                columns[named(name)] = _field(meaning)
        if len(columns) + len(states) > _MOST:
            raise ActRefused(f"Chỉ nhớ được {_MOST} tên cột và trạng thái. Xin bỏ bớt những tên không dùng.")
        return replace(self, columns=columns, states=states)

    def told(self) -> list[str]:
        """Return what is kept, each as a person reads it: "“so pa” là Mã phản ánh, kiến nghị"."""
        columns = [f"cột “{name}”: {one.label if one else 'không đọc'}" for name, one in self.columns.items()]
        return columns + [f"trạng thái “{name}”: {one.label}" for name, one in self.states.items()]

    def to_json(self) -> dict[str, dict[str, str | None]]:
        """Return the map as it is kept."""
        return {
            "columns": {name: one.value if one else None for name, one in self.columns.items()},
            "states": {name: one.value for name, one in self.states.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the map that was kept."""
        return cls(
            {name: Field(one) if one else None for name, one in data.get("columns", {}).items()},
            {name: Stage(one) for name, one in data.get("states", {}).items()},
        )


def _field(meaning: str) -> Field | None:
    if named(meaning) in _PASSED_OVER or squeeze(meaning) == "-":
        return None
    found = field_named(meaning)
    if found is None:
        known = ", ".join(one.value for one in Field)
        raise ActRefused(f"Không có trường “{squeeze(meaning)[:40]}”. Các trường: {known}; “-” là không đọc cột này.")
    return found


def _stage(meaning: str) -> Stage:
    found = stage_named(meaning)
    if found is None:
        known = ", ".join(f"{one.value} ({one.label})" for one in Stage)
        raise ActRefused(f"Không có trạng thái “{squeeze(meaning)[:40]}”. Các trạng thái: {known}.")
    return found
