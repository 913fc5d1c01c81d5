"""HTML pages from strict templates: a missing value is an error, everything shown is escaped."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.local import short_day
from domain.redaction import parts
from messages.render import clock, day, upper_first


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("messages", "templates/pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # templates change with the program only
    )
    environment.filters.update(day=day, short_day=short_day, clock=clock, upper_first=upper_first, parts=parts)
    return environment


def page(name: str, /, **values: Any) -> str:
    """Render `templates/pages/<name>.html`; raises jinja2.UndefinedError where a value is missing."""
    return _environment().get_template(f"{name}.html").render(values)
