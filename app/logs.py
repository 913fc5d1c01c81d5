"""Logs in English, to standard error, one line an event. No message text, no name, no phone, no token."""

import logging
import sys
from typing import Literal

import structlog
from structlog.typing import Processor


def set_up(form: Literal["text", "json"]) -> None:
    """Send every log line through structlog; the libraries speak from WARNING on."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stream of the moment, not of the start
    )
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    for name in ("telegram", "httpx", "aiohttp"):  # at DEBUG these write message texts
        logging.getLogger(name).setLevel(logging.WARNING)
