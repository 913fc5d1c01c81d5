"""Wrong calls of the command line, said in Vietnamese: the library's own words are English."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from typer.exceptions import TyperException

_QUOTED = re.compile(r"'([^']+)'")
_EXTRA = re.compile(r"extra argument\(s\) \((.+)\)")


def sentence(wrong: TyperException) -> str:
    """Return one line: what is wrong with the call, and where to look.

    The library keeps its classes of wrong calls to itself, so they are told apart by name, the nearest first.
    """
    said = next(_SAID[kind.__name__] for kind in type(wrong).__mro__ if kind.__name__ in _SAID)
    context: Any = getattr(wrong, "ctx", None)
    command = context.command_path if context is not None else "nhacviec"
    return f"Lệnh chưa đúng: {said(wrong)}. Xem: {command} --help."


def _missing(wrong: Any) -> str:
    return f"thiếu {_name(wrong.param)}"


def _bad_value(wrong: Any) -> str:
    taken = wrong.param.type_descriptor if wrong.param is not None else None
    if taken is not None and isinstance(taken.annotation, type) and issubclass(taken.annotation, Enum):
        return f"{_name(wrong.param)} cần là một trong: {', '.join(str(one.value) for one in taken.annotation)}"
    info = taken.parameter_info if taken is not None else None
    low, high = getattr(info, "min", None), getattr(info, "max", None)
    wanted = "một số nguyên" if low is None else f"một số nguyên từ {low} đến {high}"
    return f"{_name(wrong.param)} cần là {wanted}"


def _name(param: Any) -> str:
    """Return how a person knows an option (--date) or an argument (TỆP)."""
    if param is None:
        return "một tham số"
    options = [one for one in param.opts if one.startswith("-")]
    return options[0] if options else str(param.metavar or param.name).upper()


def _no_such_option(wrong: Any) -> str:
    return f"không có tuỳ chọn {wrong.option_name}"


def _option_misused(wrong: Any) -> str:
    takes_none = "does not take" in wrong.message
    return f"tuỳ chọn {wrong.option_name} {'không nhận giá trị' if takes_none else 'cần một giá trị đi kèm'}"


def _other(wrong: Any) -> str:
    """Read what is left: a group without its command, an unknown command, words too many."""
    names = getattr(wrong.ctx.command, "commands", None) if wrong.ctx is not None else None
    if names is None:
        extra = _EXTRA.search(wrong.message)
        return f"thừa tham số {extra.group(1)}" if extra else "tham số chưa khớp với lệnh"
    unknown = _QUOTED.search(wrong.message)
    problem = f"không có lệnh “{unknown.group(1)}”" if unknown else "còn thiếu tên lệnh"
    return f"{problem} (các lệnh: {', '.join(names)})"


def _any(_wrong: Any) -> str:
    return "không đọc được các tham số"


_SAID: dict[str, Callable[[Any], str]] = {
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _option_misused,
    "UsageError": _other,
    "TyperException": _any,
}
