"""nhacviec plan close: what is unfinished at the year's end, and what becomes of it."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from actions import closing as actions
from app.commands import console
from app.commands.console import Json
from app.commands.plans import PlanId
from domain.closing import Decisions
from domain.errors import ActRefused
from domain.local import today
from messages.render import render
from storage.database import Unit
from storage.views import closing as views
from storage.views.closing import Unfinished

Day = Annotated[str | None, typer.Argument(help="Hạn mới đi cùng --carry-all.", metavar="[NGÀY]")]
Carry = Annotated[list[str] | None, typer.Option(help="NV-0012 hoặc NV-0012=2027-01-31: chuyển sang năm sau.")]
CarryAll = Annotated[bool, typer.Option("--carry-all", help="Chuyển mọi việc còn lại sang năm sau, [NGÀY] là hạn mới.")]
End = Annotated[list[str] | None, typer.Option(help='NV-0012="lý do": kết thúc việc này.')]
EndAll = Annotated[str | None, typer.Option(help="Lý do kết thúc mọi việc còn lại.")]


def close(
    plan: PlanId,
    day: Day = None,
    carry: Carry = None,
    carry_all: CarryAll = False,
    end: End = None,
    end_all: EndAll = None,
    json: Json = False,
) -> None:
    """List what is unfinished; with decisions for all of it close the plan."""
    decided = Decisions(
        carry={code: console.day(until, "--carry") for code, until in _pairs(carry)},
        end={code: reason or "" for code, reason in _pairs(end)},
        carry_all=carry_all,
        carry_all_until=console.day(day, "--carry-all"),
        end_all=_reason(end_all),
    )
    if day is not None and not carry_all:
        raise ActRefused(f"Ngày {day} chỉ đi cùng --carry-all. Hạn của từng việc ghi như: --carry NV-0012={day}.")
    now = console.now()

    def work(unit: Unit) -> tuple[list[Unfinished], actions.Closed | None]:
        found = views.unfinished(unit, actions.closable(unit, plan).id, today(now))
        if decided.none and found:
            return found, None
        done = actions.close(unit, plan, decided, now)
        return views.unfinished(unit, plan, today(now)), done

    found, done = console.run(work)
    if json:
        console.show_json(_as_json(plan, found, done))
    else:
        values = {"plan": plan, "found": found, "groups": views.by_group(found), "done": done}
        console.say(render("plan_close", **values))


def _pairs(words: Iterable[str] | None) -> Iterable[tuple[str, str | None]]:
    """Yield the code and what stands behind "=". Raises ActRefused for a code that stands twice."""
    seen: set[str] = set()
    for one in words or ():
        code, mark, rest = one.partition("=")
        code = code.strip().upper()
        if code in seen:
            raise ActRefused(f"{code} được ghi hai lần. Chỉ để một lần rồi chạy lại.")
        seen.add(code)
        yield code, rest.strip() if mark else None


def _reason(text: str | None) -> str:
    """Return the reason for ending all. Raises ActRefused for a blank one."""
    if text is not None and not text.strip():
        raise ActRefused('Kết thúc việc phải kèm lý do, ví dụ: --end-all "hết năm kế hoạch".')
    return (text or "").strip()


def _as_json(plan: int, found: list[Unfinished], done: actions.Closed | None) -> dict[str, Any]:
    return {
        "plan": plan,
        "open": [
            {
                "code": one.work.code,
                "agency": one.work.agency_code,
                "due_on": _iso(one.work.due_on),
                "state": one.work.state.value,
                "group": one.group.value,
            }
            for one in found
        ],
        "closed": done is not None,
        "carried": done.carried if done else 0,
        "ended": done.ended if done else 0,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
