"""Papers about a case in chat: which one, and the Word file, its number left blank."""

from actions.cases import papers
from bot.desk import Desk, Reply, say
from bot.handing import handed
from domain.buttons import Button, Verb, choice
from domain.case_papers import PaperKind
from domain.errors import NotFound
from domain.outgoing import Choice
from domain.people import Viewer
from storage.views import AnyRow
from storage.views.cases import cards


def press(desk: Desk, button: Button) -> Reply:
    """Offer the papers that fit a case, or write the one that was chosen."""
    viewer, case = _theirs(desk, button.number(1))
    if button.word() in {one.value for one in PaperKind}:
        return _written(desk, viewer, case, PaperKind(button.word()))
    kinds = papers.offered(desk.unit, viewer, case.id)
    return say(
        "cases/papers",
        code=case.code,
        named=any(one.to_citizen for one in kinds) and viewer.coordinates,
        some=bool(kinds),
        choices=[*(choice(_label(one), Verb.CASE_PAPER, one.value, case.id) for one in kinds), _back(viewer, case)],
    )


def _theirs(desk: Desk, case_id: int) -> tuple[Viewer, AnyRow]:
    viewer = desk.viewer
    case = cards.whole(desk.unit, viewer, case_id) if viewer is not None else None
    if viewer is None or case is None:
        raise NotFound("phản ánh này")
    return viewer, case


def _label(kind: PaperKind) -> str:
    return kind.label[:1].upper() + kind.label[1:]


def _back(viewer: Viewer, case: AnyRow) -> Choice:
    verb = Verb.REGISTER if viewer.coordinates else Verb.CASELOAD
    return choice(f"Quay lại {case.code}", verb, "open", case.id)


def _written(desk: Desk, viewer: Viewer, case: AnyRow, kind: PaperKind) -> Reply:
    file = papers.file(desk.unit, viewer, case.id, kind, desk.now)
    reply = say(
        "cases/paper",
        code=case.code,
        label=_label(kind),
        private=desk.can.private,
        choices=[choice("Văn bản khác", Verb.CASE_PAPER, "pick", case.id), _back(viewer, case)],
    )
    return handed(desk, reply, file)
