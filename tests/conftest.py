"""What holds for every test: the real plans beside a checkout are never read in continuous integration."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("continuous integration", max_examples=30, derandomize=True)
if os.environ.get("CI"):  # the same examples at each run, so that what is refused there is refused again
    settings.load_profile("continuous integration")

PLANS = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "in continuous integration" if os.environ.get("CI") else "no real plans lie beside this checkout"
    if os.environ.get("CI") or not PLANS.is_dir():
        for item in items:
            if item.get_closest_marker("seeds"):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """Leave what thousands of collected tests are made of out of every later look for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
