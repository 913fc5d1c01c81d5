"""One case for its sender, by its code and the secret part: how it stands, the answer, and what can be done about it.

No cookie and no session: what opens a case is posted with each form and works for half an hour. A wrong code and a
wrong secret part are answered alike; nobody may find, keep or learn the address of what is shown.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions.cases import publishing, telling
from channels.base import ChannelError
from documents import citizen_files
from domain.cases.codes import case_code_in
from domain.cases.decisions import Rating
from domain.cases.lifecycle import State
from domain.cases.senders import Turn, turns, until_again
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.local import today
from messages.pages import page
from storage.views import AnyRow, Unit, data_rights, office
from storage.views.cases import cards, senders
from web import forms
from web.forms import Posted
from web.guards import client_of
from web.limits import Limiter, Places
from web.link_guard import html
from web.own_case_acts import ACTS, ADDS, Opened
from web.parts import WebParts
from web.public_asked import LOOK_UP, ways

SAME_ANSWER = "Không tìm thấy phản ánh với mã và mã bí mật này. Xin kiểm tra lại cả hai, đúng như khi đã nhận."
"""Word for word the same for a wrong code and a wrong secret part."""
OLD_PAGE = "Trang này đã mở quá lâu nên chưa ghi gì. Xin nhập lại mã và mã bí mật."

LIFE = 30 * 60
"""Seconds for which the forms of an opened case work."""


class OwnCasePages:
    """Routes under /phan-anh/tra-cuu; there whether or not anything is public."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._key = hmac.new(parts.secret, b"nhacviec own case", hashlib.sha256).digest()
        self._reads = Limiter(60, 0.5, parts.timer)
        self._tries = Limiter(10, 20.0, parts.timer)
        self._tries_of_code = Limiter(20, 60.0, parts.timer)
        self._writes = Limiter(20, 3.0, parts.timer)
        self._places = Places(each=4, total=40)

    def routes(self) -> list[Route]:
        """Return the form, what it opens, and what the forms of an opened case post to."""
        return [
            Route(LOOK_UP, self.ask, methods=["GET"]),
            Route(LOOK_UP, self.open, methods=["POST"]),
            Route(f"{LOOK_UP}/tep", self.fetch, methods=["POST"]),
            Route(f"{LOOK_UP}/{{act}}", self.act, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Show the form for code and secret part; a link may bring the code."""
        self._reads.check(client_of(request))
        code = case_code_in(request.query_params.get("ma", "")[:60]) or ""
        return await self._asked(code, "")

    async def _asked(self, code: str, wrong: str) -> Response:
        values = await self._parts.db.read(self._common)
        return html(page("own_case_ask", **values, code=code, wrong=wrong), 422 if wrong else 200)

    def _common(self, unit: Unit) -> dict[str, Any]:
        return {
            "office": self._parts.office_name(unit),
            "ways": ways(shown=publishing.open_to_all(unit)),
            "noindex": True,
            "at": LOOK_UP,
            "title": "Tra cứu phản ánh, kiến nghị",
            "hotline": office.hotline(unit),
        }

    async def open(self, request: Request) -> Response:
        """Show a case to who has its secret part."""
        client = client_of(request)
        self._tries.check(client)
        forms.require_own_form(request, self._parts.public_url)
        form = await self._posted(request)
        typed = form.text("code")[:60]
        code = case_code_in(typed) or ""
        if code:
            self._tries_of_code.check(code)
        secret = form.text("secret")[:40]
        found = await self._parts.db.read(lambda unit: cards.seen_by(unit, code, None, secret) if code else None)
        if found is None:
            return await self._asked(code or typed, SAME_ANSWER)
        return await self._shown(found.id, "")

    async def _posted(self, request: Request) -> Posted:
        client = client_of(request)
        self._places.take(client)
        try:
            return await forms.read(request)
        finally:
            self._places.leave(client)

    async def _shown(self, case_id: int, said: str, wrong: str = "") -> Response:
        values = await self._parts.db.read(lambda unit: {**self._common(unit), **self._values(unit, case_id)})
        key = self._signed(case_id)
        return html(page("own_case", **values, key=key, said=said, wrong=wrong), 422 if wrong else 200)

    def _values(self, unit: Unit, case_id: int) -> dict[str, Any]:
        row = cards.whole(unit, None, case_id)
        assert row is not None
        sent, day = senders.followed(unit, row), today(self._parts.clock())
        offered = turns(sent.standing, day)
        return {
            "case": telling.seen(unit, row),
            "told": State(row.state).told,
            "sent": sent,
            "add": next((one for one in offered if one in ADDS), None),
            "again_until": until_again(sent.standing) if Turn.AGAIN in offered else None,
            "may_rate": Turn.RATE in offered,
            "may_withdraw": Turn.WITHDRAW in offered,
            "ratings": [(one.value, one.label.capitalize()) for one in Rating],
            "taken": ",".join(citizen_files.ENDINGS.values()),
            "content": row.content,
            "who": data_rights.sender_of(unit, row),
        }

    async def act(self, request: Request) -> Response:
        """Do what a form of an opened case asks, by the same acts as in the chat."""
        self._writes.check(client_of(request))
        forms.require_own_form(request, self._parts.public_url)
        do = ACTS.get(request.path_params["act"])
        form = await self._posted(request)
        try:
            case_id = self._opened(form)
            if case_id is None or do is None:
                return await self._asked("", OLD_PAGE)
            try:
                file = await forms.keep(self._parts.webchat.files, form.upload, citizen_files) if form.upload else None
                said = await self._parts.db.run(lambda unit: self._do(unit, case_id, do, form, file))
            except ActRefused as refused:
                return await self._shown(case_id, "", refused.sentence)
        finally:
            await form.close()
        self._parts.wake()
        return await self._shown(case_id, said)

    def _do(
        self,
        unit: Unit,
        case_id: int,
        do: Callable[[Opened], str],
        form: Posted,
        file: IncomingFile | None,
    ) -> str:
        row = cards.whole(unit, None, case_id)
        if row is None or str(row.version) != form.text("seen"):
            raise ActRefused("Phản ánh vừa có thay đổi nên chưa ghi gì. Xin xem lại bản mới dưới đây rồi làm tiếp.")
        return do(Opened(unit, row, form, file, self._parts.clock()))

    async def fetch(self, request: Request) -> Response:
        """Hand out a file of the answer."""
        self._writes.check(client_of(request))
        forms.require_own_form(request, self._parts.public_url)
        form = await self._posted(request)
        case_id, wanted = self._opened(form), form.text("file")
        if case_id is None:
            return await self._asked("", OLD_PAGE)
        found = await self._parts.db.read(lambda unit: _file_of(unit, case_id, wanted))
        if found is None:
            return await self._shown(case_id, "", "Không có tệp này.")
        try:
            content = await asyncio.to_thread(self._parts.webchat.files.read, found.digest, found.size)
        except ChannelError:
            return await self._shown(case_id, "", "Tệp này hiện không tải được. Xin thử lại sau.")
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"}
        return Response(content, media_type=found.media_type, headers=named | {"X-Robots-Tag": "noindex, nofollow"})

    def _signed(self, case_id: int) -> str:
        until = int(self._parts.clock().timestamp()) + LIFE
        return f"{case_id}.{until}.{self._mark(case_id, until)}"

    def _mark(self, case_id: int, until: int) -> str:
        return hmac.new(self._key, f"{case_id}.{until}".encode(), hashlib.sha256).hexdigest()

    def _opened(self, form: Posted) -> int | None:
        """Return the case that a form is about, None for a key that is not ours or is over."""
        case_id, until, mark = [*form.text("key").split("."), "", "", ""][:3]
        if not (case_id.isascii() and case_id.isdigit() and until.isascii() and until.isdigit() and len(until) < 12):
            return None
        ours = hmac.compare_digest(mark.encode(), self._mark(int(case_id), int(until)).encode())
        return int(case_id) if ours and int(until) >= self._parts.clock().timestamp() else None


def _file_of(unit: Unit, case_id: int, wanted: str) -> AnyRow | None:
    row = cards.whole(unit, None, case_id)
    files = senders.followed(unit, row).files if row is not None else ()
    return next((one for one in files if str(one.id) == wanted and one.digest and one.size), None)
