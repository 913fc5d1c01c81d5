"""What people write is sealed at rest: their words stand in no column in clear."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.feedback import report
from tests.office import make_office

pytestmark = pytest.mark.anyio

SECRETS = ("Nguyễn Mẫu Sáu", "thôn Mẫu Bảy", "0912345678")


async def test_a_citizens_name_address_and_phone_are_nowhere_in_the_file(tmp_path: Path) -> None:
    office = make_office(tmp_path, start=datetime(2026, 1, 12, 1, tzinfo=UTC))
    citizen = office.stranger()
    assert (await report(citizen, who=SECRETS)).code == "PAKN-SL-2026-000001"
    await office.close()
    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("nhacviec.db*"))
    assert b"PAKN-SL-2026-000001" in kept
    for secret in SECRETS:
        assert secret.encode() not in kept
        assert secret.encode("unicode_escape") not in kept
