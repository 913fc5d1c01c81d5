"""The settings, read once from the environment, typed and frozen. docs/settings.md lists them."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from app import settings_checks as checks
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
    brief_channels: str = Field("", alias="NHACVIEC_BRIEF_CHANNELS")
    heartbeat_url: str = Field("", alias="NHACVIEC_HEARTBEAT_URL")
    alarm_url: str = Field("", alias="NHACVIEC_ALARM_URL")
    alarm_mail: str = Field("", alias="NHACVIEC_ALARM_MAIL")
    smtp_url: SecretStr | None = Field(None, alias="SMTP_URL")
    mail_from: str = Field("", alias="NHACVIEC_MAIL_FROM")
    mail_per_minute: int = Field(30, alias="NHACVIEC_MAIL_PER_MINUTE", ge=1, le=6000)
    link_days: int = Field(7, alias="NHACVIEC_LINK_DAYS", ge=1, le=60)
    upload_hours: int = Field(24, alias="NHACVIEC_UPLOAD_HOURS", ge=1, le=168)
    log_format: Literal["text", "json"] = Field("text", alias="NHACVIEC_LOG_FORMAT")

    telegram_token: SecretStr | None = Field(None, alias="TELEGRAM_TOKEN")
    telegram_api_url: str = Field("https://api.telegram.org", alias="TELEGRAM_API_URL")
    telegram_mode: Literal["polling", "webhook"] = Field("polling", alias="TELEGRAM_MODE")
    telegram_webhook_secret: SecretStr | None = Field(None, alias="TELEGRAM_WEBHOOK_SECRET")
    telegram_proxy: str = Field("", alias="TELEGRAM_PROXY")
    telegram_per_second: int = Field(30, alias="TELEGRAM_PER_SECOND", ge=1, le=1000)

    zalo_bot_token: SecretStr | None = Field(None, alias="ZALO_BOT_TOKEN")
    zalo_bot_api_url: str = Field("https://bot-api.zaloplatforms.com", alias="ZALO_BOT_API_URL")
    zalo_bot_mode: Literal["polling", "webhook"] = Field("polling", alias="ZALO_BOT_MODE")
    zalo_bot_webhook_secret: SecretStr | None = Field(None, alias="ZALO_BOT_WEBHOOK_SECRET")
    zalo_bot_per_second: int = Field(5, alias="ZALO_BOT_PER_SECOND", ge=1, le=1000)
    zalo_bot_file_hosts: str = Field("zdn.vn,zadn.vn,zaloplatforms.com", alias="ZALO_BOT_FILE_HOSTS")

    zalo_oa_app_id: str = Field("", alias="ZALO_OA_APP_ID")
    zalo_oa_app_secret: SecretStr | None = Field(None, alias="ZALO_OA_APP_SECRET")
    zalo_oa_secret: SecretStr | None = Field(None, alias="ZALO_OA_SECRET")
    zalo_oa_refresh_token: SecretStr | None = Field(None, alias="ZALO_OA_REFRESH_TOKEN")
    zalo_oa_oauth_url: str = Field("https://oauth.zaloapp.com", alias="ZALO_OA_OAUTH_URL")
    zalo_oa_api_url: str = Field("https://openapi.zalo.me", alias="ZALO_OA_API_URL")
    zalo_oa_per_second: int = Field(20, alias="ZALO_OA_PER_SECOND", ge=1, le=1000)
    zalo_oa_free_hours: int = Field(48, alias="ZALO_OA_FREE_HOURS", ge=0, le=1000)
    zalo_oa_window_days: int = Field(7, alias="ZALO_OA_WINDOW_DAYS", ge=0, le=365)
    zalo_oa_free_in_a_row: int = Field(8, alias="ZALO_OA_FREE_IN_A_ROW", ge=0, le=1000)
    zalo_oa_package: bool = Field(True, alias="ZALO_OA_PACKAGE")
    zalo_oa_file_hosts: str = Field("zdn.vn,zadn.vn,zalo.me,zaloapp.com,dlfl.vn,dlfl.me", alias="ZALO_OA_FILE_HOSTS")
    zalo_oa_largest_mb: int = Field(20, alias="ZALO_OA_LARGEST_MB", ge=1, le=100)
    zalo_zns_api_url: str = Field("https://business.openapi.zalo.me", alias="ZALO_ZNS_API_URL")
    zalo_zns_template: str = Field("", alias="ZALO_ZNS_TEMPLATE")
    zalo_zns_fields: str = Field("count=so_viec,code=ma_viec,date=han,link=duong_dan", alias="ZALO_ZNS_FIELDS")

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


def _check(settings: Settings) -> None:
    checks.web_addresses(
        {
            "NHACVIEC_PUBLIC_URL": settings.public_url,
            "TELEGRAM_API_URL": settings.telegram_api_url,
            "TELEGRAM_PROXY": settings.telegram_proxy,
            "ZALO_BOT_API_URL": settings.zalo_bot_api_url,
            "ZALO_OA_OAUTH_URL": settings.zalo_oa_oauth_url,
            "ZALO_OA_API_URL": settings.zalo_oa_api_url,
            "ZALO_ZNS_API_URL": settings.zalo_zns_api_url,
            "NHACVIEC_HEARTBEAT_URL": settings.heartbeat_url,
            "NHACVIEC_ALARM_URL": settings.alarm_url,
        }
    )
    checks.channels("NHACVIEC_BRIEF_CHANNELS", settings.brief_channels)
    checks.database(secret(settings.database_url))
    checks.mail(secret(settings.smtp_url), settings.alarm_mail, settings.mail_from)
    _check_telegram(settings)
    _check_zalo_bot(settings)
    _check_zalo_oa(settings)


def _check_telegram(settings: Settings) -> None:
    checks.token("TELEGRAM_TOKEN", secret(settings.telegram_token), "@BotFather")
    if settings.telegram_token and settings.telegram_mode == "webhook":
        told = secret(settings.telegram_webhook_secret)
        checks.webhook("TELEGRAM_WEBHOOK_SECRET", told, 1, settings.public_url, "Telegram")


def _check_zalo_bot(settings: Settings) -> None:
    checks.token("ZALO_BOT_TOKEN", secret(settings.zalo_bot_token), "Zalo Bot Manager")
    checks.hosts("ZALO_BOT_FILE_HOSTS", settings.zalo_bot_file_hosts)
    if settings.zalo_bot_token and settings.zalo_bot_mode == "webhook":
        told = secret(settings.zalo_bot_webhook_secret)
        checks.webhook("ZALO_BOT_WEBHOOK_SECRET", told, 8, settings.public_url, "Zalo")


def _check_zalo_oa(settings: Settings) -> None:
    checks.hosts("ZALO_OA_FILE_HOSTS", settings.zalo_oa_file_hosts)
    checks.blanks("ZALO_ZNS_FIELDS", settings.zalo_zns_fields)
    if settings.zalo_oa_app_id:
        given = {"ZALO_OA_APP_SECRET": settings.zalo_oa_app_secret, "ZALO_OA_SECRET": settings.zalo_oa_secret}
        checks.account(settings.zalo_oa_app_id, {name: secret(value) for name, value in given.items()})
