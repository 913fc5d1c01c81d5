"""Samples for a sender's own cases and data (messages/templates/citizen/mine, citizen/data)."""

from types import SimpleNamespace
from typing import Any

from actions.data_rights import Asked
from domain.cases.fields import Reporter
from domain.cases.lifecycle import State
from domain.cases.senders import Turn
from domain.data_rights import ERASED, KEPT, WHY_KEPT, Right
from domain.data_rights import State as RequestState
from storage.views.data_rights import Consent, Request
from tests.cases_told_values import CASE, COMMON, DAY, LINK, SAID, UNTIL

_CASE = SimpleNamespace(**{**vars(CASE), "state": State.IN_PROGRESS})
_BARE = SimpleNamespace(**{**vars(CASE), "state": State.ANSWERED, "due_on": None, "agency": ""})
_ASKED = SimpleNamespace(text="ngày nộp hồ sơ?", until=UNTIL)
_ANSWER = SimpleNamespace(number="45/SM-VP", text=SAID)
_CARD = {
    "done": "Đã gửi.",
    "case": _CASE,
    "told": "đang xử lý",
    "master": "PAKN-BN-2026-000100",
    "question": _ASKED,
    "answer": _ANSWER,
    "outcome": "đã khắc phục",
    "files": ["tra-loi.pdf"],
    "again_until": UNTIL,
    "private": True,
    "link": LINK,
    "hotline": "0204 000 000",
}
_CONFIRM = {
    "code": CASE.code,
    "turn": Turn.SUPPLEMENT,
    "text": SAID,
    "files": ["anh.jpg"],
    "refused": ("Tệp “a.exe” không thuộc loại được nhận.",),
    "private": True,
    "to": "Sở Mẫu 1",
}
_ASK = {"code": CASE.code, "turn": Turn.ANSWER, "question": "ngày nộp hồ sơ?", "files_in": True}
_REQUEST = Request(7, "DL-0007", Right.ERASE, RequestState.OPEN, DAY, DAY, UNTIL, True, True, "zalo_bot", 1, 1, "")
_NOT_LATE = Request(
    8, "DL-0008", Right.OBJECT, RequestState.DONE, DAY, DAY, UNTIL, False, False, "telegram", None, 1, ""
)
_WHO = Reporter("Trần Mẫu Bình", "số 1, xã Mẫu", "0912345678", email="mau@nha.example", extra="MST 0100000000")
_CODES = (CASE.code, "PAKN-BN-2026-000124")
_ASKED_FOR = {
    "right": Right.ERASE, "office": COMMON["office"], "erased": ERASED, "kept": KEPT, "why_kept": WHY_KEPT,
    "words": "Thông tin của tôi chưa đúng", "private": True, "answer_by": DAY, "act_by": UNTIL,
}  # fmt: skip
_TOLD = {
    "code": "DL-0007", "right": Right.ERASE, "office": COMMON["office"], "hotline": COMMON["hotline"], "reason": SAID,
    "until": UNTIL,
}  # fmt: skip
_ROWS = [{"code": "DL-0007", "right": Right.ERASE.label, "state": "đang xem xét", "until": UNTIL}]
_SHOWN = {
    "day": DAY, "people": [(_WHO, _CODES)] * 2, "publication": True, "reads": 2, "private": True, "link": LINK,
}  # fmt: skip
_DONE = {"one": _REQUEST, "erase": True, "withdraw": False, "erased": ERASED, "kept": KEPT, "codes": _CODES}
_REQUEST_CARD = {"one": _REQUEST, "codes": _CODES, "words": "Không muốn lưu nữa", "private": True}
OF_MINE: dict[str, dict[str, Any]] = {
    "citizen/mine/list": {"mine": [(_CASE, "đang xử lý")] * 10, "more": 3},
    "citizen/mine/card": _CARD,
    "citizen/mine/ask": _ASK,
    "citizen/mine/confirm": _CONFIRM,
    "citizen/mine/confirm_withdraw": {"code": CASE.code, "to": "Sở Mẫu 1"},
    "citizen/mine/ask_reason": {"code": CASE.code, "again": True},
    "citizen/mine/which": {},
    "citizen/data/menu": {
        "office": COMMON["office"],
        "done": "Đã sửa.",
        "sent": 3,
        "requests": _ROWS,
        "known": True,
        "hotline": COMMON["hotline"],
    },
    "citizen/data/shown": _SHOWN,
    "citizen/data/notice": {
        "version": "2",
        "body": SAID.strip(),
        "ledger": [
            Consent("Xử lý phản ánh", True, DAY, "2", "Zalo", None),
            Consent("Công khai kết quả", False, DAY, "2", "Zalo", None),
            Consent("Khảo sát", True, DAY, "1", "Zalo", UNTIL),
        ],
    },
    "citizen/data/ask_which": {},
    "citizen/data/ask_field": {"codes": _CODES},
    "citizen/data/ask_value": {"label": "Họ tên"},
    "citizen/data/confirm_fix": {"label": "Họ tên", "codes": _CODES, "value": "Trần Mẫu Bình", "private": True},
    "citizen/data/confirm_withdraw": {"public": _CODES, "act_by": UNTIL},
    "citizen/data/ask_stop": {},
    "citizen/data/ask_reason": {"right": Right.RESTRICT},
    "citizen/data/confirm": _ASKED_FOR,
    "citizen/data/asked": {
        "asked": Asked(7, "DL-0007", Right.ERASE, DAY, UNTIL, "trả lời trong 02 ngày làm việc"),
        "office": COMMON["office"],
        "hotline": COMMON["hotline"],
    },
    "citizen/data/told_done": _TOLD,
    "citizen/data/told_refused": _TOLD,
    "citizen/data/told_extended": _TOLD,
    "data/list": {"requests": [_REQUEST] * 8, "late": 3},
    "data/card": _REQUEST_CARD,
    "data/confirm_done": _DONE,
    "data/done": {"said": "Đã thực hiện.", "left": 3},
    "data/ask_refuse": {"one": _REQUEST},
    "data/ask_extend": {"one": _REQUEST, "latest": UNTIL},
    "data/confirm_word": {"one": _REQUEST, "until": UNTIL, "words": SAID},
    "privacy": {"identity_months": 24, "files_months": 60, "version": "2"},
    "notices/data_request": {"requests": [_REQUEST, _NOT_LATE]},
    "headlines/data_request": {"requests": [_REQUEST, _NOT_LATE]},
}
MORE_MINE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("citizen/mine/list", {"mine": [], "more": 0}),
    ("citizen/mine/list", {"mine": [(_BARE, "đã trả lời")], "more": 0}),
    ("citizen/mine/card", {**_CARD, "private": False}),
    ("citizen/mine/card", {**_CARD, "private": False, "link": "", "question": SimpleNamespace(text="x", until=None)}),
    (
        "citizen/mine/card",
        {**_CARD, "done": "", "case": _BARE, "master": "", "question": None, "answer": None, "again_until": None,
         "hotline": "", "outcome": "", "files": []},
    ),
    ("citizen/mine/card", {**_CARD, "answer": SimpleNamespace(number=None, text=SAID), "files": []}),
    *(("citizen/mine/ask", {**_ASK, "turn": turn, "question": "", "files_in": False}) for turn in Turn),
    ("citizen/mine/confirm", {**_CONFIRM, "private": False, "refused": (), "to": ""}),
    ("citizen/mine/confirm", {**_CONFIRM, "text": "", "refused": ()}),
    ("citizen/mine/confirm_withdraw", {"code": CASE.code, "to": ""}),
    ("citizen/mine/ask_reason", {"code": CASE.code, "again": False}),
    (
        "citizen/data/menu",
        {"office": COMMON["office"], "done": "", "sent": 0, "requests": [], "known": True, "hotline": ""},
    ),
    (
        "citizen/data/menu",
        {"office": COMMON["office"], "done": "", "sent": 1, "requests": [{**_ROWS[0], "until": None}], "known": False,
         "hotline": ""},
    ),
    ("citizen/data/shown", {**_SHOWN, "private": False, "publication": False, "reads": 0}),
    ("citizen/data/shown", {**_SHOWN, "people": [(Reporter("A B", "xã Mẫu", mail="hòm thư 1"), _CODES)], "link": ""}),
    ("citizen/data/confirm_fix", {"label": "Họ tên", "codes": _CODES, "value": "x", "private": False}),
    ("citizen/data/confirm_withdraw", {"public": [], "act_by": UNTIL}),
    *(
        ("citizen/data/confirm", {**_ASKED_FOR, "right": right, "private": private})
        for right in Right
        for private in (True, False)
    ),
    *(("citizen/data/told_done", {**_TOLD, "right": right, "hotline": ""}) for right in Right),
    ("citizen/data/told_refused", {**_TOLD, "hotline": "", "reason": ""}),
    ("citizen/data/told_extended", {**_TOLD, "reason": ""}),
    ("data/list", {"requests": [], "late": 0}),
    ("data/list", {"requests": [_NOT_LATE], "late": 0}),
    ("data/card", {**_REQUEST_CARD, "one": _NOT_LATE, "codes": [], "words": ""}),
    ("data/card", {**_REQUEST_CARD, "private": False}),
    ("data/confirm_done", {**_DONE, "erase": False, "withdraw": True}),
    ("data/confirm_done", {**_DONE, "erase": False, "codes": []}),
    ("data/confirm_word", {"one": _REQUEST, "until": None, "words": SAID}),
    ("data/done", {"said": "Đã thực hiện.", "left": 0}),
)  # fmt: skip
