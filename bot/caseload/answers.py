"""What is answered about a case by who works on it alone: another agency, the letter as a file."""

from actions.cases import files
from bot.acts import answers
from bot.acts.flow import Values
from bot.desk import Desk
from bot.reporting import take_files
from domain.errors import ActRefused
from domain.incoming import Sent
from storage.views.cases.caseload import Case


def other_agency(desk: Desk, case: Case, _data: Values, text: str) -> Values:
    """Take another agency than the one that has the case."""
    return answers.agency(desk, text, case.agency_id)


def file(desk: Desk, _case: Case, _data: Values, _text: str) -> Values:
    """Take the letter as files, fetched into the house meanwhile. Raises ActRefused for words, and for none taken."""
    if desk.incoming.sent is not Sent.FILE:
        raise ActRefused("Xin gửi tệp, hoặc gõ “bỏ qua”.")
    if desk.viewer is None or not desk.viewer.own_agencies:
        raise ActRefused("Tệp của Văn phòng gửi trên trang làm việc. Xin gõ “bỏ qua”.")
    looked = files.look(desk.unit, desk.incoming.files, 0)
    if not looked.taken:
        raise ActRefused(" ".join(looked.refused) or "Chưa nhận được tệp nào. Xin gửi lại tệp.")
    kept = take_files(desk, quiet=True)
    return {"files": list(kept.file_ids), "names": [one.name for one in looked.taken]}
