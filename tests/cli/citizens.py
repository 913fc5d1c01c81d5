"""A citizen's case for the tests of the command line."""

from actions.cases import opening
from actions.cases.opening import Feedback, Opened, Origin
from app.settings import read
from app.timing import system_clock
from app.wiring import open_store
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from storage import people, tokens
from storage.database import Unit
from tests.cli.conftest import Cli

WHO = Reporter("Phạm Mẫu Dân", "Xã Lam Hạ, tỉnh Sông Lam", "0900000009", email="dan@example.org", extra="liên hệ")


def open_one(cli: Cli) -> Opened:
    """Open a case as the conversation does; whoever sends it, an official and a channel's tokens are sealed."""
    database = open_store(read({"NHACVIEC_DATA_DIR": str(cli.folder)}))
    try:
        return database.run_now(_open)
    finally:
        database.close()


def _open(unit: Unit) -> Opened:
    now = system_clock()
    endpoint = people.endpoint(unit, "webchat", "mot-chat", now)
    people.add_person(unit, "Nguyễn Mẫu An", "chuyên viên", "0912000000", now)
    tokens.hold(unit, "zalo_oa")
    feedback = Feedback(Kind.REGULATION, "Bộ phận Một cửa yêu cầu thêm giấy tờ không có.", "Sở Tư pháp", WHO)
    return opening.open_case(unit, feedback, Origin("webchat", endpoint_id=endpoint.id), "thông báo", now)
