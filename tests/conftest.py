"""What holds for every test: the real plans beside a checkout are never read in continuous integration."""

import os
from pathlib import Path

import pytest

PLANS = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "in continuous integration" if os.environ.get("CI") else "no real plans lie beside this checkout"
    if os.environ.get("CI") or not PLANS.is_dir():
        for item in items:
            if item.get_closest_marker("seeds"):
                item.add_marker(pytest.mark.skip(reason=reason))
