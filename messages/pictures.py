"""Pictures of figures. What draws them is loaded when the first one is wanted, in this one place.

Loading matplotlib takes a third of a second and some forty megabytes: commands and processes that draw nothing do
without.
"""

from functools import cache
from importlib import import_module
from typing import Any

from domain.digests import Digest

MEDIA_TYPE = "image/png"


@cache
def _charts() -> Any:
    return import_module("messages.charts")


def worst(digest: Digest) -> bytes:
    """Return a picture (PNG) of the agencies with the most late work of a digest, as `messages.charts` draws it."""
    return bytes(_charts().worst(digest))
