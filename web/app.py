"""The web entrance, put together: one table of routes."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from actions.cases import publishing
from messages.pages import page
from web import webhooks
from web.agencies import AgencyPages
from web.board import BoardPages
from web.calendar import CalendarPages
from web.cases.entering import EnteringPages
from web.cases.files import CaseFilePages
from web.cases.lists import CaseListPages
from web.cases.pages import CasePages
from web.cases.papers import CasePaperPages
from web.chat import ChatPages
from web.deadlines import DeadlinePages
from web.demo import DemoPages
from web.feeds import FeedPages
from web.guards import SecureHeaders
from web.links import LinkPages
from web.office import OfficePages
from web.office_settings import SettingPages
from web.operations import Operations
from web.own_case import OwnCasePages
from web.parts import WebParts
from web.people import PeoplePages
from web.proof import ProofPages
from web.public import PublicPages
from web.publishing import PublishPages
from web.reports import ReportPages
from web.tasks import TaskPages

STATIC = Path(__file__).parent / "static"

_SENTENCES = {
    404: "Không có trang này.",
    405: "Trang này không nhận cách gọi như vậy.",
    500: "Máy chủ gặp sự cố. Xin thử lại sau ít phút.",
}


class _RowId(IntegerConvertor):
    """A number in an address that a row may have; for a longer one there is no page, and no database is asked."""

    regex = "[0-9]{1,9}"


class _Static(StaticFiles):
    """Scripts and styles: kept by the browser, asked for anew only when they have changed."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def create_app(parts: WebParts) -> Starlette:
    """Return the application; what is not in `parts` (demo, webhooks) has no route."""
    register_url_convertor("int", _RowId())
    return Starlette(
        routes=_routes(parts),
        middleware=[Middleware(SecureHeaders, https=parts.public_url.startswith("https:"))],
        exception_handlers={HTTPException: _refuse, 500: _apologise},
    )


def _routes(parts: WebParts) -> list[BaseRoute]:
    front = DemoPages(parts, parts.demo).routes() if parts.demo is not None else [_landing(parts)]
    return [
        *front,
        *ChatPages(parts).routes(),
        *OfficePages(parts).routes(),
        *BoardPages(parts).routes(),
        *TaskPages(parts).routes(),
        *CaseListPages(parts).routes(),
        *EnteringPages(parts).routes(),
        *CaseFilePages(parts).routes(),
        *CasePaperPages(parts).routes(),
        *CasePages(parts).routes(),
        *AgencyPages(parts).routes(),
        *DeadlinePages(parts).routes(),
        *ReportPages(parts).routes(),
        *PeoplePages(parts).routes(),
        *SettingPages(parts).routes(),
        *ProofPages(parts).routes(),
        *CalendarPages(parts).routes(),
        *LinkPages(parts).routes(),
        *FeedPages(parts).routes(),
        *OwnCasePages(parts).routes(),
        *PublicPages(parts).routes(),
        *PublishPages(parts).routes(),
        *Operations(parts).routes(),
        *(webhooks.route(webhook) for webhook in parts.webhooks),
        Mount("/static", _Static(directory=STATIC)),
    ]


def _landing(parts: WebParts) -> Route:
    async def show(_request: Request) -> Response:
        office, public = await parts.db.read(lambda unit: (parts.office_name(unit), publishing.open_to_all(unit)))
        return HTMLResponse(page("landing", office=office, public=public))

    return Route("/", show, methods=["GET"])


async def _refuse(request: Request, error: Exception) -> Response:
    """Answer a refusal with its sentence: as a page to who reads pages, as JSON to scripts."""
    if not isinstance(error, HTTPException):
        raise error
    sentence = error.detail
    if sentence == HTTPStatus(error.status_code).phrase:
        sentence = _SENTENCES.get(error.status_code, _SENTENCES[500])
    return _answer(request, error.status_code, sentence, error.headers)


async def _apologise(request: Request, _error: Exception) -> Response:
    return _answer(request, 500, _SENTENCES[500], None)


def _answer(request: Request, status: int, sentence: str, headers: object) -> Response:
    extra = dict(headers) if isinstance(headers, dict) else None
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(page("refusal", sentence=sentence), status, headers=extra)
    return JSONResponse({"error": sentence}, status, headers=extra)
