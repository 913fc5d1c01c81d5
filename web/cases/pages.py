"""The page of one citizen's case, with what may be done about it.

Each act is looked at before it is done: the first form does it and takes it back, and shows what would follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.cases import ahead, handling
from actions.cases.ahead import Undone
from domain.case_papers import PaperKind
from domain.cases.codes import case_code_in
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.cases.lifecycle import Act, State
from domain.cases.likeness import Told
from domain.errors import ActRefused, NotFound
from domain.incoming import IncomingFile
from domain.people import Viewer
from storage.views import Unit, office
from storage.views.cases import cards, pages
from storage.views.cases.alike import Candidate
from web.cases import agency_deeds, later_deeds, office_deeds, refusal_deeds, told_deeds, twins
from web.cases.deed import Scene, Typed
from web.cases.forms import Form
from web.cases.history import events
from web.cases.posts import KEPT, CasePosts
from web.cases.shape import Look, Trouble
from web.cases.shown import whole
from web.forms import Posted
from web.frame import CASES, NOT_HERE, Frame, number
from web.parts import WebParts

DEEDS = {
    **{name: refusal_deeds.DEEDS[name] for name in ("agree", "decline")},
    **agency_deeds.DEEDS,
    **office_deeds.DEEDS,
    **later_deeds.DEEDS,
    "refuse": refusal_deeds.DEEDS["refuse"],
    **told_deeds.DEEDS,
}
"""Everything that may be done with a case, in the order in which a page offers it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a case's page shows besides the case: a refused form, a look, what was typed, who reports."""

    trouble: Trouble | None = None
    look: Look | None = None
    act: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    identity: Reporter | None = None
    done: str = ""


class CasePages:
    """Routes under /office/cases."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)
        self._posts = CasePosts(parts, self._frame.guard)

    def routes(self) -> list[Route]:
        """Return the pages, the acts of their forms, and the way to a file."""
        return [
            Route(f"{CASES}/{{code}}", self.one, methods=["GET"]),
            Route(f"{CASES}/{{code}}/identity", self.identity, methods=["POST"]),
            Route(f"{CASES}/{{code}}/{{act}}", self.act, methods=["POST"]),
        ]

    async def one(self, request: Request) -> Response:
        """Show one case."""
        done = DEEDS.get(request.query_params.get("done", ""))
        return await self._one(request, self._frame.guard.session(request), Shown(done=done.done if done else ""))

    async def _one(self, request: Request, session: str, what: Shown) -> Response:
        code = request.path_params["code"]

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.member(unit, session)
            return viewer, self._case(unit, viewer, code, what)

        sentence = what.trouble.sentence if what.trouble else ""
        return await self._frame.shown(session, "case", ask, at=CASES, trouble=sentence)

    def _case(self, unit: Unit, viewer: Viewer, code: str, what: Shown) -> dict[str, Any]:
        scene = self._scene(unit, viewer, code)
        row, forms = scene.row, []
        for name, deed in DEEDS.items():
            if deed.offered(scene) and (row.spam_at is None or name == "spam"):
                forms.append(_form(scene, name).filled(what.typed if name == what.act else {}))
        return {
            "one": whole(unit, viewer, row, scene.now),
            "events": events(unit, viewer, row),
            "forms": forms,
            "offered": {*(one.act for one in forms), "identity"},
            "version": row.version,
            "case_id": row.id,
            "directory": [one.name for one in office.directory(unit)] if viewer.coordinates or scene.handles else [],
            "fields": pages.fields(unit) if viewer.coordinates else [],
            "papers": _papers(scene),
            "twins": self._twins(scene),
            "publishes": viewer.coordinates and scene.state in {State.ANSWERED, State.PUBLISHED},
            "asks_identity": viewer.coordinates or scene.handles,
            "identity": _said(what.identity) if what.identity else None,
            "trouble": what.trouble,
            "look": what.look,
            "done": what.done,
        }

    def _twins(self, scene: Scene) -> list[Candidate]:
        row = scene.row
        if not scene.is_office or row.agency_id is not None or not scene.state.is_open:
            return []
        told = Told(row.id, row.content, row.about, row.place)
        return twins.of(scene.unit, told, Kind(row.kind), self._parts.alike, scene.now)

    def _scene(self, unit: Unit, viewer: Viewer, code: str) -> Scene:
        row = pages.seen(
            unit, viewer, case_code_in(code) or (code if code.isascii() and code.isdigit() and len(code) < 10 else "")
        )
        if row is None:
            raise NotFound()
        return Scene(unit, viewer, row, cards.pending_proposal(unit, row.id), self._parts.clock())

    async def act(self, request: Request) -> Response:
        """Look at an act that a form asks for, or do it where it was looked at."""
        name = request.path_params["act"]
        async with self._posts.taken(request) as (session, form):
            if form.text("back"):
                return await self._one(request, session, Shown(act=name, typed=form.fields))
            try:
                file = await self._posts.file(session, form)
                if form.text("sure") == "1":
                    return await self._done(request, session, form, file)
                look = await self._looked(request, session, form, file)
            except NotFound:
                raise HTTPException(404, NOT_HERE) from None
            except ActRefused as refused:
                what = Shown(Trouble(name, refused.sentence), act=name, typed=form.fields)
                return await self._one(request, session, what)
            return await self._one(request, session, Shown(look=look, act=name, typed=form.fields))

    def _begun(self, unit: Unit, session: str, request: Request, form: Posted) -> tuple[Scene, Form, dict[str, str]]:
        """Return the scene of an act, its form and what was typed. Raises NotFound for what is not offered at all."""
        scene = self._scene(unit, self._frame.guard.member(unit, session), request.path_params["code"])
        name = request.path_params["act"]
        if name not in DEEDS or not (scene.is_office or scene.handles):
            raise NotFound()
        shape = _form(scene, name)
        return scene, shape, shape.read(form.fields)

    async def _looked(self, request: Request, session: str, form: Posted, file: IncomingFile | None) -> Look:
        name, shown = request.path_params["act"], number(form.text("version"))
        read: list[tuple[Form, dict[str, str]]] = []

        def work(unit: Unit) -> None:
            scene, shape, values = self._begun(unit, session, request, form)
            read.append((shape, values))
            typed = Typed(values, shown, file)
            raise ahead.look(unit, scene.row.id, lambda: DEEDS[name].do(scene, typed))

        try:
            await self._parts.db.run(work)
        except Undone as undone:
            seen = undone.ahead
        shape, values = read[0]
        note = {KEPT: self._posts.note(session, file)} if file is not None else {}
        lines = [*shape.read_back(values), *([("Tệp", file.name)] if file is not None else [])]
        return Look(name, lines, {**values, **note}, seen)

    async def _done(self, request: Request, session: str, form: Posted, file: IncomingFile | None) -> Response:
        name, shown = request.path_params["act"], number(form.text("version"))

        def work(unit: Unit) -> str:
            scene, _, values = self._begun(unit, session, request, form)
            DEEDS[name].do(scene, Typed(values, shown, file))
            return str(scene.row.code)

        code = await self._parts.db.run(work)
        self._parts.wake()
        return RedirectResponse(f"{CASES}/{code}?done={name}", 303)

    async def identity(self, request: Request) -> Response:
        """Show who reports, to who says why; that is written."""
        async with self._posts.taken(request) as (session, form):

            def work(unit: Unit) -> Reporter:
                scene = self._scene(unit, self._frame.guard.member(unit, session), request.path_params["code"])
                return handling.read_identity(unit, scene.viewer, scene.row.id, form.text("reason"), scene.now)

            try:
                who = await self._parts.db.run(work)
            except NotFound:
                raise HTTPException(404, NOT_HERE) from None
            except ActRefused as refused:
                return await self._one(request, session, Shown(Trouble("identity", refused.sentence)))
            self._parts.wake()
            return await self._one(request, session, Shown(identity=who))


def _form(scene: Scene, name: str) -> Form:
    deed = DEEDS[name]
    form = deed.form(scene)
    return form.standing_open() if deed.offered(scene) and deed.first(scene) else form


def _papers(scene: Scene) -> list[PaperKind]:
    """Return the papers that this person may have written now."""
    if scene.is_office:
        return [one for one in PaperKind if one is not PaperKind.REFUSAL or _is_refused(scene)]
    return [PaperKind.ANSWER] if scene.handles else []


def _is_refused(scene: Scene) -> bool:
    return scene.state is State.REFUSED or scene.proposed(Act.REFUSE)


def _said(who: Reporter) -> list[tuple[str, str]]:
    """Return who reports in words, what is empty left out."""
    found = [
        ("Tổ chức" if who.kind == "organisation" else "Họ tên", who.name),
        ("Địa chỉ", who.address),
        ("Điện thoại", who.phone),
        ("Địa chỉ nhận thư", who.mail),
        ("Thư điện tử", who.email),
        ("Thông tin thêm", who.extra),
    ]
    return [(label, value) for label, value in found if value]
