"""The settings, read once from the environment, typed and frozen. docs/settings.md lists them."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from domain.errors import SettingWrong

FILE_SUFFIX = "_FILE"


class Settings(BaseSettings):
    """Everything the environment decides. A secret may stand in a file named by NAME_FILE."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True)

    data_dir: Path = Field(Path("data"), alias="NHACVIEC_DATA_DIR")
    database_url: SecretStr | None = Field(None, alias="NHACVIEC_DATABASE_URL")
    host: str = Field("127.0.0.1", alias="NHACVIEC_HOST")
    port: int = Field(8080, alias="NHACVIEC_PORT", ge=0, le=65535)
    public_url: str = Field("", alias="NHACVIEC_PUBLIC_URL")
    secret_key: SecretStr | None = Field(None, alias="NHACVIEC_SECRET_KEY")
    province_code: str = Field("VN", alias="NHACVIEC_PROVINCE_CODE", pattern=r"^[A-Z]{2,6}$")
    hotline: str = Field("", alias="NHACVIEC_HOTLINE")
    preview: Literal["delay", "hold", "off"] = Field("delay", alias="NHACVIEC_PREVIEW")
    auto_confirm_days: int = Field(0, alias="NHACVIEC_AUTO_CONFIRM_DAYS", ge=0, le=60)
    culture_day_off: bool | None = Field(None, alias="NHACVIEC_CULTURE_DAY_OFF")
    burst_cap: int = Field(300, alias="NHACVIEC_BURST_CAP", ge=0)
    fallback_hours: int = Field(4, alias="NHACVIEC_FALLBACK_HOURS", ge=0, le=100)
    heartbeat_url: str = Field("", alias="NHACVIEC_HEARTBEAT_URL")
    alarm_url: str = Field("", alias="NHACVIEC_ALARM_URL")
    alarm_mail: str = Field("", alias="NHACVIEC_ALARM_MAIL")
    smtp_url: SecretStr | None = Field(None, alias="SMTP_URL")
    log_format: Literal["text", "json"] = Field("text", alias="NHACVIEC_LOG_FORMAT")

    telegram_token: SecretStr | None = Field(None, alias="TELEGRAM_TOKEN")
    telegram_api_url: str = Field("https://api.telegram.org", alias="TELEGRAM_API_URL")
    telegram_mode: Literal["polling", "webhook"] = Field("polling", alias="TELEGRAM_MODE")
    telegram_webhook_secret: SecretStr | None = Field(None, alias="TELEGRAM_WEBHOOK_SECRET")
    telegram_proxy: str = Field("", alias="TELEGRAM_PROXY")
    telegram_per_second: int = Field(30, alias="TELEGRAM_PER_SECOND", ge=1, le=1000)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values only from what `read` hands in: one place decides, and tests need no environment."""
        return (init_settings,)

    @property
    def url(self) -> str:
        """The database's URL; SQLite in the data folder unless one is given."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'nhacviec.db').absolute()}"


def secret(value: SecretStr | None) -> str:
    """Return a secret in clear, "" where it is not set."""
    return "" if value is None else value.get_secret_value()


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises SettingWrong with the name of the first one that cannot be used."""
    values = {name: _value(environment, name) for name in names()}
    try:
        settings = Settings.model_validate({name: value for name, value in values.items() if value})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        raise SettingWrong(name, f"{_wanted(first)}. Xem docs/settings.md.") from None
    _check(settings)
    return settings


_WANTED: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "int_parsing": lambda _: "cần một số nguyên",
    "bool_parsing": lambda _: "chỉ nhận 1 hoặc 0",
    "literal_error": lambda limits: f"chỉ nhận {limits['expected'].replace(' or ', ' hoặc ')}",
    "greater_than_equal": lambda limits: f"cần một số từ {limits['ge']} trở lên",
    "less_than_equal": lambda limits: f"cần một số không quá {limits['le']}",
    "string_pattern_mismatch": lambda _: "cần từ 2 đến 6 chữ cái in hoa không dấu, ví dụ SL",
}
"""What a wrong value should have been, by the validator's kind of error."""


def _wanted(error: Mapping[str, Any]) -> str:
    say = _WANTED.get(error["type"])
    return say(error.get("ctx", {})) if say else "giá trị không dùng được"


def names() -> list[str]:
    """Return the names of all settings, in order."""
    return [str(field.alias) for field in Settings.model_fields.values()]


def _value(environment: Mapping[str, str], name: str) -> str:
    """Return the setting's text, from the file that NAME_FILE names where NAME itself is not set."""
    path = environment.get(name + FILE_SUFFIX, "").strip()
    given = environment.get(name, "").strip()
    if given or not path:
        return given
    try:
        kept = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise SettingWrong(name + FILE_SUFFIX, f"không đọc được tệp {path}.") from None
    if not kept:
        raise SettingWrong(name + FILE_SUFFIX, f"tệp {path} trống.")
    return kept


_NO_TOKEN = re.compile(r"[\s/?#]")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""Bot API, setWebhook: secret_token."""


def _check(settings: Settings) -> None:
    for name, url in (
        ("NHACVIEC_PUBLIC_URL", settings.public_url),
        ("TELEGRAM_API_URL", settings.telegram_api_url),
        ("TELEGRAM_PROXY", settings.telegram_proxy),
        ("NHACVIEC_HEARTBEAT_URL", settings.heartbeat_url),
        ("NHACVIEC_ALARM_URL", settings.alarm_url),
    ):
        if url and not _is_web_address(url):
            raise SettingWrong(name, "cần một địa chỉ bắt đầu bằng http:// hoặc https://.")
    if not _is_database(secret(settings.database_url)):
        raise SettingWrong(
            "NHACVIEC_DATABASE_URL", "cần dạng postgresql://người:mật_khẩu@máy/tên hoặc sqlite:////đường/dẫn.db."
        )
    if _NO_TOKEN.search(secret(settings.telegram_token)):
        raise SettingWrong("TELEGRAM_TOKEN", "có dấu cách hoặc ký tự lạ; chép lại nguyên mã do @BotFather cấp.")
    _check_mail(settings)
    if settings.telegram_token and settings.telegram_mode == "webhook":
        _check_webhook(settings)


_MAILBOX = re.compile(r"[^@\s,<>]+@[^@\s,<>]+")


def _check_mail(settings: Settings) -> None:
    if settings.smtp_url and not _is_address(secret(settings.smtp_url), {"smtp", "smtps"}):
        raise SettingWrong("SMTP_URL", "cần dạng smtp://người:mật_khẩu@máy:587 hoặc smtps://người:mật_khẩu@máy:465.")
    if not settings.alarm_mail:
        return
    if not _MAILBOX.fullmatch(settings.alarm_mail):
        raise SettingWrong("NHACVIEC_ALARM_MAIL", "cần một địa chỉ thư, ví dụ truc@example.gov.vn.")
    if not settings.smtp_url:
        raise SettingWrong("SMTP_URL", "NHACVIEC_ALARM_MAIL cần một máy chủ gửi thư.")


def _check_webhook(settings: Settings) -> None:
    told = secret(settings.telegram_webhook_secret)
    if not told:
        raise SettingWrong("TELEGRAM_WEBHOOK_SECRET", "chế độ webhook cần một chuỗi bí mật.")
    if not _WEBHOOK_SECRET.fullmatch(told):
        raise SettingWrong("TELEGRAM_WEBHOOK_SECRET", "chỉ gồm 1 đến 256 chữ cái không dấu, chữ số, “_” và “-”.")
    if not settings.public_url.startswith("https://"):
        raise SettingWrong("NHACVIEC_PUBLIC_URL", "chế độ webhook cần địa chỉ https:// mà Telegram gọi tới được.")


def _is_web_address(url: str) -> bool:
    return _is_address(url, {"http", "https"})


def _is_address(url: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False


def _is_database(url: str) -> bool:
    """Whether a database's URL names a kind we know: a file of SQLite, or PostgreSQL."""
    if not url:
        return True
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # no URL at all, or a port that is no number
        return False
    if parsed.get_backend_name() == "sqlite":
        return parsed.database not in {None, "", ":memory:"}
    return parsed.get_backend_name() in {"postgresql", "postgres"}
