"""What machines ask: is it alive, is it ready, what has it counted."""

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from web.parts import WebParts


class Operations:
    """Routes without words for people."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    def routes(self) -> list[Route]:
        """Return /livez, /readyz and /metrics."""
        return [
            Route("/livez", self.alive, methods=["GET"]),
            Route("/readyz", self.ready, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
        ]

    async def alive(self, _request: Request) -> Response:
        """Answer at all."""
        return PlainTextResponse("ok")

    async def ready(self, _request: Request) -> Response:
        """Answer 200 when every check is good, 503 otherwise, and name the checks."""
        health = await self._parts.health()
        checks = [{"name": check.name, "good": check.good, "said": check.said} for check in health.checks]
        return JSONResponse({"ready": health.ready, "checks": checks}, 200 if health.ready else 503)

    async def metrics(self, _request: Request) -> Response:
        """Return the counters in Prometheus' text format."""
        return Response(generate_latest(self._parts.metrics), media_type=CONTENT_TYPE_LATEST)
