"""What a setting's value must look like beyond its type; each check raises SettingWrong with the setting's name."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from domain.errors import SettingWrong
from domain.mailboxes import is_mailbox
from domain.proofs import CHANNEL_LABELS

_NO_TOKEN = re.compile(r"[\s/?#]")
_SECRET = re.compile(r"[A-Za-z0-9_-]+")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+|localhost", re.IGNORECASE)
_BLANK = re.compile(r"[A-Za-z0-9_]+")


def web_addresses(given: Mapping[str, str]) -> None:
    """Each value by its setting's name: empty, or a full http(s) address."""
    for name, url in given.items():
        if url and not is_address(url, {"http", "https"}):
            raise SettingWrong(name, "cần một địa chỉ bắt đầu bằng http:// hoặc https://.")


def channels(name: str, given: str) -> None:
    """Empty, or names of channels parted by commas."""
    unknown = [one for one in listed(given) if one not in CHANNEL_LABELS]
    if unknown:
        raise SettingWrong(name, f"không có kênh {unknown[0]}; chỉ nhận {', '.join(CHANNEL_LABELS)}.")


def listed(given: str) -> list[str]:
    """Return what stands between the commas."""
    return [one.strip() for one in given.split(",") if one.strip()]


def database(url: str) -> None:
    """A database's URL names a kind we know: a file of SQLite, or PostgreSQL."""
    if not _is_database(url):
        raise SettingWrong(
            "NHACVIEC_DATABASE_URL", "cần dạng postgresql://người:mật_khẩu@máy/tên hoặc sqlite:////đường/dẫn.db."
        )


def mail(smtp_url: str, alarm_mail: str, mail_from: str) -> None:
    """A mail server's URL, the address that mails bear, and a mailbox for alarms that needs a server."""
    if smtp_url and not is_address(smtp_url, {"smtp", "smtps"}):
        raise SettingWrong("SMTP_URL", "cần dạng smtp://người:mật_khẩu@máy:587 hoặc smtps://người:mật_khẩu@máy:465.")
    if mail_from and not is_mailbox(mail_from):
        raise SettingWrong("NHACVIEC_MAIL_FROM", "cần một địa chỉ thư, ví dụ nhacviec@example.gov.vn.")
    if not alarm_mail:
        return
    if not is_mailbox(alarm_mail):
        raise SettingWrong("NHACVIEC_ALARM_MAIL", "cần một địa chỉ thư, ví dụ truc@example.gov.vn.")
    if not smtp_url:
        raise SettingWrong("SMTP_URL", "NHACVIEC_ALARM_MAIL cần một máy chủ gửi thư.")


def token(name: str, given: str, source: str) -> None:
    """A token that stands in the provider's addresses: no blank and nothing that ends a path; `source` gave it."""
    if _NO_TOKEN.search(given):
        raise SettingWrong(name, f"có dấu cách hoặc ký tự lạ; chép lại nguyên mã do {source} cấp.")


def hosts(name: str, given: str) -> None:
    """Names of hosts, parted by commas."""
    for one in given.split(","):
        if not _HOST.fullmatch(one.strip()):
            raise SettingWrong(name, "cần tên miền, cách nhau bằng dấu phẩy, ví dụ zdn.vn,zadn.vn.")


def webhook(name: str, secret: str, shortest: int, public_url: str, provider: str) -> None:
    """What an account needs whose provider calls us: a header's secret of up to 256 signs, a public https address."""
    if not secret:
        raise SettingWrong(name, "chế độ webhook cần một chuỗi bí mật.")
    if not _SECRET.fullmatch(secret) or not shortest <= len(secret) <= 256:
        raise SettingWrong(name, f"chỉ gồm {shortest} đến 256 chữ cái không dấu, chữ số, “_” và “-”.")
    if not public_url.startswith("https://"):
        raise SettingWrong("NHACVIEC_PUBLIC_URL", f"chế độ webhook cần địa chỉ https:// mà {provider} gọi tới được.")


def account(app_id: str, secrets: Mapping[str, str]) -> None:
    """A Zalo app's id, a number, and what goes with it: each secret by its setting's name."""
    if not (app_id.isascii() and app_id.isdigit()):
        raise SettingWrong("ZALO_OA_APP_ID", "cần dãy chữ số ghi ở trang ứng dụng trên developers.zalo.me.")
    for name, given in secrets.items():
        if not given:
            raise SettingWrong(name, "cần có khi đã khai ZALO_OA_APP_ID.")


def blanks(name: str, given: str) -> None:
    """The blanks of an approved template: pairs parted by commas, what of ours under which name there."""
    pairs = [one.partition("=") for one in given.split(",")]
    ours = [left.strip() for left, _, _ in pairs]
    theirs = [right.strip() for _, _, right in pairs]
    known = set(ours) <= {"count", "code", "date", "link"} and len(set(ours)) == len(ours)
    if not known or not all(_BLANK.fullmatch(one) for one in theirs):
        raise SettingWrong(name, "cần dạng count=tên,code=tên,date=tên,link=tên với tên tham số của mẫu ZNS.")


def is_address(url: str, schemes: set[str]) -> bool:
    """Whether a text is a full address by one of these schemes."""
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False


def _is_database(url: str) -> bool:
    if not url:
        return True
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # no URL at all, or a port that is no number
        return False
    if parsed.get_backend_name() == "sqlite":
        return parsed.database not in {None, "", ":memory:"}
    return parsed.get_backend_name() in {"postgresql", "postgres"}
