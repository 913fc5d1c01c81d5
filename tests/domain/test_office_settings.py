"""What the office decides itself: what is read, what is refused, what is told."""

import pytest

from domain.errors import ActRefused
from domain.office_settings import SETTINGS, read, value
from tests.source import ROOT


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("digest_at", "7h30", "07:30"),
        ("digest_at", "7:05", "07:05"),
        ("digest_at", "16 h", "16:00"),
        ("digest_check", "Có", True),
        ("digest_check", "tắt", False),
        ("extension_decider", "lãnh đạo", "leader"),
        ("extension_decider", "Office", "office"),
        ("follow_up_days", " 3 ", 3),
        ("reconfirm_months", "7, 1", "1,7"),
        ("signatory_name", "", ""),
    ],
)
def test_typed_values_are_read(name: str, text: str, meant: object) -> None:
    assert read(name, text) == meant


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("digest_at", "25:00"),
        ("digest_at", "sáng"),
        ("digest_check", "có lẽ"),
        ("extension_decider", "ai đó"),
        ("follow_up_days", "0"),
        ("follow_up_days", "²"),
        ("reconfirm_months", "13"),
        ("reconfirm_months", ""),
        ("place", "x" * 61),
        ("no_such_setting", "1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_is_wanted(name: str, text: str) -> None:
    with pytest.raises(ActRefused) as refused:
        read(name, text)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("name", list(SETTINGS))
def test_what_is_shown_is_read_back(name: str) -> None:
    setting = SETTINGS[name]
    assert setting.read(setting.show(setting.default)) == setting.default


def test_a_value_of_another_kind_is_no_value() -> None:
    assert value("follow_up_days", "three") == SETTINGS["follow_up_days"].default
    assert value("follow_up_days", 4) == 4


@pytest.mark.parametrize("name", list(SETTINGS))
def test_each_is_documented(name: str) -> None:
    setting = SETTINGS[name]
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert f"| `{name}` | " in text
    assert f"{setting.label}: {setting.wanted}." in text
