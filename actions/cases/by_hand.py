"""What a sender without a chat is told by phone or letter: written down once somebody of the office has done it."""

from datetime import datetime

from actions.cases import moving, telling
from actions.cases.wording import said
from domain.errors import ActRefused
from domain.people import Viewer
from storage.cases import rows, tellings
from storage.database import Unit

_SUMMED = {
    "accepted": "đã tiếp nhận",
    "supplement_asked": "cần bổ sung thông tin",
    "supplement_reminded": "nhắc bổ sung thông tin",
    "timed_out": "dừng vì chưa nhận được bổ sung",
    "supplement_received": "đã nhận bổ sung",
    "refused": "không tiếp nhận, căn cứ và cách làm tiếp",
    "guided": "nơi tiếp nhận đúng",
    "forwarded": "đã chuyển cơ quan xử lý",
    "rerouted": "đã chuyển cơ quan xử lý khác",
    "returned_to_work": "đã giao xử lý lại",
    "forwarded_outside": "đã chuyển cơ quan ngoài tỉnh",
    "asked": "câu hỏi của cơ quan xử lý",
    "progress": "tiến độ xử lý",
    "collected": "tiếp tục tập hợp, nghiên cứu",
    "answered": "kết quả trả lời",
    "merged": "đã gộp vào mã khác",
    "split": "đã tách ra xử lý riêng",
    "withdrawn": "đã ghi nhận rút",
    "reopened": "đã nhận phản ánh lại",
    "closed": "đã đóng, lý do",
    "due_moved": "hạn mới",
    "published": "đã công khai",
}


def summed(kind: str) -> str:
    """Return in a few words what a sender is to be told."""
    return _SUMMED.get(kind, kind)


def texts(unit: Unit, case_id: int) -> list[str]:
    """Return the words in which a case's sender is still to be told, one text a telling, oldest first."""
    row, waiting = rows.get(unit, case_id), tellings.of_case_by_hand(unit, case_id)
    return [] if row is None else [telling.text(unit, row, one.kind, one.data, private=True) for one in waiting]


def told(unit: Unit, viewer: Viewer, case_id: int, telling_ids: list[int], how: str, now: datetime) -> None:
    """Write that a case's sender has been told these, and how. Raises ActRefused where all of it was told before."""
    row = moving.of_office(unit, viewer, case_id)
    how = said(how, "đã báo người gửi bằng cách nào", 5, 300)
    theirs = [one for one in (tellings.get(unit, each) for each in telling_ids) if one and one.case_id == row.id]
    done = [one.id for one in theirs if tellings.told(unit, one.id, viewer.person_id, how, now)]
    if not done:
        raise ActRefused(f"Người gửi của {row.code} đã được đồng nghiệp báo rồi.")
    moving.note(unit, row, "told", now, viewer=viewer, text=how, data={"tellings": done})
