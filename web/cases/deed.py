"""What may be done with a case on its page: each deed with its form, when it is offered, and the act that it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.cases import files, moving
from channels.webchat import NAME as HOUSE
from domain.cases.lifecycle import Act, State, may
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.local import today
from domain.neutral import KEPT
from domain.people import Role, Viewer
from storage.views import AnyRow, Unit
from storage.views import people as people_views
from web.cases.forms import Field, Form, Shape, day_of


@dataclass(frozen=True, slots=True)
class Scene:
    """A case as it stands for somebody now; `waiting` is what waits for a second person's word."""

    unit: Unit
    viewer: Viewer
    row: AnyRow
    waiting: AnyRow | None
    now: datetime

    @property
    def state(self) -> State:
        """Where the case stands."""
        return State(self.row.state)

    @property
    def is_office(self) -> bool:
        """Whether the viewer decides for the coordinating office."""
        return self.viewer.coordinates

    @property
    def handles(self) -> bool:
        """Whether the viewer works on it for its agency, also where that is the office itself."""
        own = self.row.agency_id is not None and self.row.agency_id in self.viewer.agencies_as(Role.COORDINATOR)
        return own or moving.handles(self.viewer, self.row)

    @property
    def approves(self) -> bool:
        """Whether the viewer is who approves in its agency."""
        seats = self.viewer.agencies_as(Role.HEAD) | self.viewer.agencies_as(Role.COORDINATOR)
        return self.handles and self.row.agency_id in seats

    def proposed(self, act: Act) -> bool:
        """Whether a second person's word about this act is waited for."""
        return self.waiting is not None and self.waiting.act == act


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form holds: its values by field, the file, and the version of the case that was shown."""

    values: Mapping[str, str]
    shown: int
    file: IncomingFile | None = None

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def day(self, name: str) -> date | None:
        """Return a day, None where none was chosen."""
        return day_of(self[name])


Does = Callable[[Scene, Typed], str]
"""Does it and returns what it has to say, "" for nothing. Raises ActRefused with the sentence."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done: its form for a scene, when it is offered, when it stands open, and what it does."""

    form: Callable[[Scene], Form]
    offered: Callable[[Scene], bool]
    do: Does
    first: Callable[[Scene], bool] = field(default=lambda _scene: False)
    done: str = "Đã ghi."
    """What is said afterwards."""


def office_may(act: Act) -> Callable[[Scene], bool]:
    """Return whether the office may do a move of the table now."""
    return lambda scene: scene.is_office and may(scene.state, act)


def agency_may(act: Act) -> Callable[[Scene], bool]:
    """Return whether who works on the case may do a move of the table now."""
    return lambda scene: scene.handles and may(scene.state, act)


def head_may(act: Act) -> Callable[[Scene], bool]:
    """Return whether who approves may do a move of the table now."""
    return lambda scene: scene.approves and may(scene.state, act)


def agency_named(scene: Scene, words: str) -> int:
    """Return the one agency that the words mean. Raises ActRefused."""
    found = people_views.agency_named(scene.unit, words, today(scene.now)) if words else ()
    if len(found) != 1:
        raise ActRefused("Chưa rõ cơ quan nào. Xin chọn một tên trong danh sách gợi ý, hoặc gõ mã cơ quan.")
    return int(found[0].id)


def agency_field(name: str, label: str, *, required: bool = True) -> Field:
    """Return a field for an agency, with the directory's names as suggestions."""
    return Field(name, label, required=required, limit=200, known="agencies")


def letter_fields(what: str) -> tuple[Field, Field]:
    """Return the fields for number and date of a document."""
    return (
        Field("number", f"Số, ký hiệu {what}", required=False, limit=80),
        Field("on", f"Ngày {what}", Shape.DAY, required=False),
    )


def kept_file(scene: Scene, file: IncomingFile | None) -> tuple[int, ...]:
    """Write an official's file and return its id; nothing for none."""
    if file is None:
        return ()
    ids = files.write(scene.unit, HOUSE, [file], scene.now)
    digest = file.reference.removeprefix(KEPT)
    files.keep(scene.unit, ids[0], digest, file.name, file.media_type, file.size or 0, scene.now)
    return ids


def proposal_shown(scene: Scene, typed: Typed) -> int:
    """Return the proposal that waits for a decision. Raises ActRefused where it was decided, Stale as `as_shown`."""
    as_shown(scene, typed)
    if scene.waiting is None:
        raise ActRefused("Đề nghị này đã được quyết định.")
    return int(scene.waiting.id)


def as_shown(scene: Scene, typed: Typed) -> None:
    """Raise Stale, naming who was first, where the case is not as it was shown any more."""
    if scene.row.version != typed.shown:
        raise moving.overtaken(scene.unit, scene.row)
