"""Samples for the texts about indicators, for tests/template_values.py."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from domain.indicators import Goal, Measured, Verdict, said_value
from domain.periods import Period
from storage.views.indicator_rows import MISSED_TARGET, Given, MissedTask, Owed, Standing

_LONG = (
    "Tỷ lệ hồ sơ thủ tục hành chính tiếp nhận, giải quyết trên môi trường điện tử tại các cơ quan, đơn vị " * 4
).strip()
_AT = datetime(2026, 4, 2, 2, tzinfo=UTC)
_QUARTER, _BEFORE = Period.read("2026-Q2"), Period.read("2026-Q1")
_GOAL = Goal(">=", Decimal(90), "%", _LONG)
_PARTS = Measured(Decimal("84.375"), Decimal(1350), Decimal(1600))


def _given(period: Period, measured: Measured) -> Given:
    return Given(period, measured, "Báo cáo số 45/BC-SM1 ngày 20/03/2026", _AT, "Nguyễn Mẫu An")


OWED = Owed(1, "Sở Mẫu 1", "SM1", _given(_QUARTER, _PARTS), _given(_BEFORE, Measured(Decimal(80))), _GOAL)
BLANK = Owed(2, "Sở Mẫu 2", "SM2", None, None, _GOAL)
STANDING = Standing(
    id=12,
    year=2026,
    number="10.1",
    content=_LONG,
    scope={"of": "Lĩnh vực đất đai, xây dựng, đầu tư"},
    goal=_GOAL,
    parent_id=11,
    plan_id=1,
    plan_number="15/KH-UBND",
    task_id=None,
    agencies=(OWED, BLANK),
    whole=None,
)
_ONE = {"one": STANDING, "owed": OWED, "period": _QUARTER}
_SAID = {"said": said_value(_GOAL, _PARTS), "verdict": Verdict.MISSED}
_MISSED = MissedTask(7, "NV-0007", _LONG, 1, "Sở Mẫu 1", STANDING, OWED)
_NEW = {"goal": Goal(">=", Decimal(50), "%", _LONG), "year": 2026}

OF_CARDS: dict[str, Any] = {"goals": [(STANDING, OWED), (replace(STANDING, scope={}), BLANK)], "missed": MISSED_TARGET}
"""What a task's card asks for beside the rest."""

OF_INDICATORS: dict[str, dict[str, Any]] = {
    "indicators/own": {
        "pairs": [(STANDING, OWED), (STANDING, BLANK)] * 3,
        "total": 11,
        "without": 3,
        "year": 2026,
        "counted": ["Phản ánh, kiến nghị xử lý đúng hạn: 80,7% (527/653) (chưa đạt)"],
        "many": True,
    },
    "indicators/overview": {
        "found": [STANDING] * 6,
        "total": 11,
        "met": 4,
        "missed": 3,
        "without": 4,
        "wrong": [(STANDING, "Sở Mẫu 1, quý I năm 2026: Số “trong đó” (451) lớn hơn số chung (450).")],
        "year": 2026,
        "counted": ["Phản ánh, kiến nghị xử lý đúng hạn: 80,7% (527/653) (chưa đạt)"],
    },
    "indicators/shown": {"one": STANDING, "rows": [OWED, BLANK, OWED]},
    "indicators/of": {
        "one": STANDING,
        "owed": OWED,
        "history": [(_given(_QUARTER, _PARTS), True), (_given(_QUARTER, Measured(None)), False)],
        "said_value": said_value,
    },
    **{f"indicators/ask_{name}": _ONE for name in ("period", "value", "source")},
    "indicators/confirm": {**_ONE, **_SAID, "before": "80%", "source": "Báo cáo số 45/BC-SM1"},
    "indicators/kept": {**_ONE, **_SAID, "fresh": True},
    "indicators/missed": {"found": [_MISSED] * 6, "total": 7},
    "indicators/file": {"year": 2026, "day": date(2026, 4, 2)},
    "indicators/ask_goal": {"year": 2026},
    "indicators/ask_agencies": _NEW,
    "indicators/confirm_add": {**_NEW, "names": ["Sở Mẫu 1"] * 6, "count": 40},
    "indicators/added": {**_NEW, "code": "CT-13"},
    "indicators/suggested": {"found": [STANDING] * 5, "total": 9},
    "indicators/suggestion": {"one": STANDING, "names": ["Sở Mẫu 1"]},
    "indicators/decided": {"one": STANDING, "taken": True},
}

MORE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("indicators/own", {"pairs": [], "total": 0, "without": 0, "year": 2026, "counted": [], "many": False}),
    ("indicators/kept", {**_ONE, **_SAID, "verdict": Verdict.MET, "fresh": False}),
    ("indicators/confirm_add", {**_NEW, "names": [], "count": 0}),
    ("indicators/decided", {"one": STANDING, "taken": False}),
)
"""The other ways in which these texts can turn out."""
