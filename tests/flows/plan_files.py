"""A plan as a file that a coordinator sends: what is read, and what has to be asked about it."""

from collections.abc import AsyncIterator

from tests.office import Chat, Heard, Office

PLAN = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: 15/KH-UBND
Sông Lam, ngày 09 tháng 01 năm 2026

KẾ HOẠCH
Cải cách thủ tục hành chính năm 2026

PHỤ LỤC
NHIỆM VỤ NĂM 2026

| TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Thời hạn hoàn thành | Sản phẩm |
|---|---|---|---|---|
| 1 | Ban hành kế hoạch của cơ quan | Sở Tư pháp | Trước ngày 20/03/2026 | Kế hoạch |
| 2 | Rà soát mức thu lệ phí | Sở Tài chánh | Quý II | Báo cáo rà soát |
| 3 | Niêm yết số điện thoại tiếp nhận phản ánh | UBND các xã, phường | Tháng 4/2026 | Thông báo niêm yết |
| 4 | Tổ chức tập huấn cho công chức | Sở Nội vụ | lúc trời đẹp | Lớp tập huấn |
| 5 | Cử công chức đầu mối | Sở Nội vụ | Trước ngày 14/01/2026 | Văn bản cử |
"""
"""Five tasks; an unknown agency, a deadline in words nobody understands, one that is nearly past."""


async def chunks(content: bytes) -> AsyncIterator[bytes]:
    """Yield the content at once."""
    yield content


async def put_in(office: Office, content: bytes) -> str:
    """Keep a file as the web chat's upload does, and return its reference."""
    kept = await office.web.files.keep(chunks(content), 1 << 20)
    return kept.digest


async def send(chat: Chat, name: str, content: bytes) -> list[Heard]:
    """Send a file with its bytes and return what was answered at once."""
    reference = await put_in(chat.office, content)
    file = {"reference": reference, "name": name, "media_type": "text/plain", "size": len(content)}
    return await chat._send({"file": file, "text": ""}, f"(tệp {name})")


async def read(chat: Chat) -> list[Heard]:
    """Let the waiting file be read, and return what the chat hears of it."""
    await chat.office.inner.intake.step()
    await chat.office.inner.deliverer.drain()
    return await chat.heard()
