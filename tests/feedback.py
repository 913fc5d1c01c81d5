"""A citizen submits feedback in tests: what is typed at each question, and the whole way to a code."""

import re
from dataclasses import dataclass

from tests.office import Chat

CONTENT = "Hồ sơ đất nộp ba tháng chưa được trả kết quả"
ABOUT = "UBND xã Lam Sơn"
WHO = ("Nguyễn Mẫu Sáu", "thôn Mẫu Bảy, xã Lam Sơn", "0912 345 678")


@dataclass(frozen=True)
class Given:
    """The code and its secret part that a citizen was given, and the whole answer."""

    code: str
    secret: str
    text: str


def answers(content: str = CONTENT, about: str = ABOUT, who: tuple[str, ...] = WHO, public: str = "không") -> list[str]:
    """Return what is typed at the eight questions: no time, no files."""
    return [about, content, "bỏ qua", "bỏ qua", *who, public]


def given(text: str) -> Given:
    """Return what the last answer tells."""
    code = re.search(r"PAKN-\w+-\d{4}-\d{6}", text)
    secret = re.search(r"Mã bí mật[^:]*: (\w+)", text)
    assert code is not None, text
    assert secret is not None, text
    return Given(code.group(0), secret.group(1), text)


async def report(citizen: Chat, content: str = CONTENT, about: str = ABOUT, who: tuple[str, ...] = WHO) -> Given:
    """Submit feedback on procedures, from the first word to the code."""
    for typed in ("phananh", "1", "1", *answers(content, about, who)):
        await citizen.say(typed)
    (last,) = await citizen.say("1")
    return given(last.text)
