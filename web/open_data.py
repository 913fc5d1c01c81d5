"""Answers that everybody may read and caches may keep; what is public as open data."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storage.views import AnyRow
from web.guards import FORMS_HEADERS
from web.public_asked import LIST

KEPT = 120
"""Seconds for which browsers and caches may keep an answer."""

LICENCE = (
    "Dữ liệu mở của cơ quan nhà nước, được sử dụng lại tự do khi ghi nguồn (Nghị định 47/2020/NĐ-CP). Bản công khai đã "
    "che dữ liệu cá nhân; cấm tìm cách xác định người gửi. Bản bị gỡ không còn trong tệp này: xin tải lại định kỳ."
)


def item(row: AnyRow, address: str) -> dict[str, Any]:
    """Return one case that is public as open data; `address` is that of the site."""

    def said(day: date | None) -> str | None:
        return day.isoformat() if day else None

    link = f"{address}{LIST}/{row.code}"
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "content": row.content,
        "answer": row.answer,
        "field": row.field or None,
        "agency": row.agency,
        "received_on": said(row.received_on),
        "answered_on": said(row.answered_on),
        "published_at": row.released_at.isoformat(),
        "link": link,
        "pictures": [f"{link}/anh/{at}" for at in range(1, len(row.files["pictures"]) + 1)],
    }


def open_data(request: Request, told: Mapping[str, Any], values: Mapping[str, Any]) -> Response:
    """Return open data, which pages of other sites may read too."""
    response = cached(request, JSONResponse(told).body, "application/json", noindex=values["noindex"])
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def cached(request: Request, body: bytes | memoryview, media_type: str, *, noindex: bool) -> Response:
    """Return an answer that caches may keep, or 304 where the asker's is the same."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {**FORMS_HEADERS, "Cache-Control": f"public, max-age={KEPT}", "ETag": tag}
    if noindex:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(bytes(body), media_type=media_type, headers=headers)
