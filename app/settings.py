"""The settings, read once from the environment, typed and frozen. docs/settings.md lists them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

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
    culture_day_off: bool = Field(False, alias="NHACVIEC_CULTURE_DAY_OFF")
    heartbeat_url: str = Field("", alias="NHACVIEC_HEARTBEAT_URL")
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
        raise SettingWrong(name, f"giá trị không hợp lệ ({first['msg']}). Xem docs/settings.md.") from None
    _check(settings)
    return settings


def names() -> list[str]:
    """Return the names of all settings, in order."""
    return [str(field.alias) for field in Settings.model_fields.values()]


def _value(environment: Mapping[str, str], name: str) -> str:
    path = environment.get(name + FILE_SUFFIX)
    if environment.get(name) or not path:
        return environment.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingWrong(name + FILE_SUFFIX, f"không đọc được tệp {path}.") from None


def _check(settings: Settings) -> None:
    for name, url in (
        ("NHACVIEC_PUBLIC_URL", settings.public_url),
        ("TELEGRAM_API_URL", settings.telegram_api_url),
        ("NHACVIEC_HEARTBEAT_URL", settings.heartbeat_url),
    ):
        if url and urlsplit(url).scheme not in {"http", "https"}:
            raise SettingWrong(name, "cần một địa chỉ bắt đầu bằng http:// hoặc https://.")
    if settings.telegram_token and settings.telegram_mode == "webhook":
        if not settings.telegram_webhook_secret:
            raise SettingWrong("TELEGRAM_WEBHOOK_SECRET", "chế độ webhook cần một chuỗi bí mật.")
        if not settings.public_url.startswith("https://"):
            raise SettingWrong("NHACVIEC_PUBLIC_URL", "chế độ webhook cần địa chỉ https:// mà Telegram gọi tới được.")
