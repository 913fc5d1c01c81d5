"""Samples for the texts that lead to the office's pages, for tests/template_values.py."""

from typing import Any

OF_PAGES: dict[str, dict[str, Any]] = {
    "web_page": {"url": "https://nhacviec.example/office/enter/abc", "code": "NV-0012", "here": True},
}
