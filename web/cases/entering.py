"""Feedback that an official writes down for somebody else (phone, in person, letter): its form, its look, its code.

Faithfully, as it was said (Nghị định 20/2008/NĐ-CP, Điều 7 khoản 2 điểm đ); the data-use notice is read out first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions.cases import files as case_files
from actions.cases import opening
from actions.cases.ahead import Ahead, Undone
from actions.cases.opening import Feedback, Opened, Origin
from channels.webchat import NAME as HOUSE
from domain.cases.decisions import Source
from domain.cases.doors import Sound, listen
from domain.cases.fields import Reporter, address_of, content_of, name_of
from domain.cases.kinds import Kind
from domain.cases.likeness import Told
from domain.cases.reach import organisation_of, reached_at
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.local import long_day
from domain.people import Viewer
from messages.render import render, upper_first
from storage.views import Unit, office
from web.cases import twins
from web.cases.forms import Field, Form, Shape, day_of
from web.cases.lines import KINDS
from web.cases.posts import KEPT, CasePosts
from web.cases.shape import Look, Trouble
from web.frame import CASES, Frame
from web.parts import WebParts

ACT = "new"
_SOURCES = [(one.value, upper_first(one.label)) for one in Source if one.by_an_official]
_WHO = [("person", "Cá nhân"), ("organisation", "Tổ chức")]

FORM = Form(
    ACT,
    "Nhập phản ánh thay người dân",
    "Vào sổ",
    (
        Field("agreed", "Đã đọc thông báo trên, người gửi đồng ý", Shape.CHECK),
        Field("source", "Đến bằng cách nào", Shape.CHOICE, options=_SOURCES),
        Field("kind", "Loại", Shape.CHOICE, options=[(one.value, upper_first(said)) for one, said in KINDS.items()]),
        Field("content", "Nội dung, ghi đúng lời người gửi", Shape.TEXT, limit=4000),
        Field("about", "Cơ quan, đơn vị bị phản ánh", limit=200, known="agencies"),
        Field("happened", "Khi nào", required=False, limit=120),
        Field("place", "Ở đâu", required=False, limit=200),
        Field("proposal", "Đề xuất của người gửi", Shape.TEXT, required=False, limit=2000),
        Field("who", "Người gửi là", Shape.CHOICE, options=_WHO, value="person"),
        Field("name", "Họ tên hoặc tên tổ chức", limit=200),
        Field("address", "Địa chỉ", limit=300),
        Field("contact", "Điện thoại, địa chỉ nhận thư hoặc thư điện tử", limit=300),
        Field("external_code", "Mã trên hệ thống khác", required=False, limit=80),
        Field("incoming_number", "Số đến", required=False, limit=80),
        Field("incoming_on", "Ngày đến", Shape.DAY, required=False),
        Field("received_on", "Ngày tiếp nhận", Shape.DAY, required=False, hint="Bỏ trống là hôm nay"),
        Field("file", "Tệp kèm theo", Shape.FILE, required=False, hint="PDF, Word, Excel hoặc ảnh, tối đa 20 MB"),
        Field("public", "Người gửi cho phép công khai nội dung (đã che thông tin)", Shape.CHECK, required=False),
    ),
)

_SOUNDS = {
    Sound.EMERGENCY: "Nghe như việc khẩn cấp: hướng dẫn gọi ngay 113, 114, 115.",
    Sound.CRIME: "Nghe như tin báo tội phạm: hướng dẫn tới cơ quan Công an.",
    Sound.COMPLAINT: "Nghe như khiếu nại, tố cáo: có nơi tiếp nhận riêng (Ban Tiếp công dân).",
    Sound.UNCLEAR: "Nội dung chưa rõ việc gì.",
    Sound.FOREIGN: "Nội dung hầu như không phải tiếng Việt (Điều 7).",
    Sound.PERSONAL: "Có số giấy tờ, tài khoản hoặc điện thoại: chỉ ghi khi thật cần.",
}


@dataclass(frozen=True, slots=True)
class _Shown:
    typed: Mapping[str, str] = field(default_factory=dict)
    trouble: Trouble | None = None
    look: Look | None = None
    opened: Opened | None = None


class EnteringPages:
    """Routes under /office/cases/new, for the coordinating office."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)
        self._posts = CasePosts(parts, self._frame.guard)

    def routes(self) -> list[Route]:
        """Return the page and what its form posts to."""
        return [
            Route(f"{CASES}/{ACT}", self.show, methods=["GET"]),
            Route(f"{CASES}/{ACT}", self.enter, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the empty form."""
        return await self._show(self._frame.guard.session(request), _Shown())

    async def _show(self, session: str, what: _Shown) -> Response:
        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            values = {
                "form": FORM.filled(what.typed),
                "trouble": what.trouble,
                "look": what.look,
                "opened": what.opened,
                "notice": _notice(unit),
                "directory": [one.name for one in office.directory(unit)],
            }
            return self._frame.guard.office(unit, session), values

        trouble = what.trouble.sentence if what.trouble else ""
        return await self._frame.shown(session, "case_new", ask, at=CASES, trouble=trouble)

    async def enter(self, request: Request) -> Response:
        """Show what would be written, or write it and show the code with its secret part, once."""
        async with self._posts.taken(request) as (session, posted):
            if posted.text("back"):
                return await self._show(session, _Shown(posted.fields))
            try:
                file, values = await self._posts.file(session, posted), FORM.read(posted.fields)
                if posted.text("sure") == "1":
                    opened = await self._parts.db.run(lambda unit: self._write(unit, session, values, file))
                    self._parts.wake()
                    return await self._show(session, _Shown(opened=opened))
                look = await self._look(session, values, file)
            except ActRefused as refused:
                return await self._show(session, _Shown(posted.fields, Trouble(ACT, refused.sentence)))
            return await self._show(session, _Shown(posted.fields, look=look))

    def _write(self, unit: Unit, session: str, values: Mapping[str, str], file: IncomingFile | None) -> Opened:
        viewer, now = self._frame.guard.office(unit, session), self._parts.clock()
        kept = case_files.write(unit, HOUSE, [file] if file else [], now)
        return opening.open_case(unit, _feedback(values, kept), _origin(viewer, values), _notice(unit), now)

    async def _look(self, session: str, values: Mapping[str, str], file: IncomingFile | None) -> Look:
        def work(unit: Unit) -> None:
            opened = self._write(unit, session, values, file)
            due = f"Hạn chuyển cơ quan xử lý: {long_day(opened.due_on)}. {opened.explanation}"
            told = Told(opened.case_id, values["content"], values["about"], values["place"])
            same = twins.of(unit, told, Kind(values["kind"]), self._parts.alike, self._parts.clock())
            warned = [f"Có thể đã có người phản ánh việc này: {', '.join(one.code for one in same)}."] if same else []
            warned += [_SOUNDS[one.sound] for one in listen(values["content"])]
            raise Undone(Ahead(" ".join([*warned, due]), (), "", by_hand=False, others=0))

        try:
            await self._parts.db.run(work)
        except Undone as undone:
            seen = undone.ahead
        note = {KEPT: self._posts.note(session, file)} if file is not None else {}
        lines = [*FORM.read_back(values), *([("Tệp", file.name)] if file is not None else [])]
        return Look(ACT, lines, {**values, **note}, seen)


def _notice(unit: Unit) -> str:
    """Return the data-use notice as it is read out."""
    return render("citizen/notice", office=office.name(unit), behalf=True, private=True)


def _feedback(values: Mapping[str, str], file_ids: tuple[int, ...]) -> Feedback:
    about = values["about"]
    return Feedback(
        Kind(values["kind"]),
        content_of(values["content"]),
        about,
        _reporter(values),
        happened=values["happened"],
        place=values["place"],
        proposal=values["proposal"],
        may_publish=bool(values["public"]),
        file_ids=file_ids,
    )


def _reporter(values: Mapping[str, str]) -> Reporter:
    phone, mail, email = reached_at(values["contact"])
    kind, extra = values["who"], ""
    if kind == "organisation":
        name, extra = organisation_of(values["name"])
    else:
        name = name_of(values["name"])
    return Reporter(name, address_of(values["address"]), phone, mail, email, kind, extra)


def _origin(viewer: Viewer, values: Mapping[str, str]) -> Origin:
    return Origin(
        HOUSE,
        Source(values["source"]),
        registered_by=viewer,
        external_code=values["external_code"] or None,
        incoming_number=values["incoming_number"] or None,
        incoming_on=day_of(values["incoming_on"]),
        received_on=day_of(values["received_on"]),
    )
