"""Every text that people get: used, renderable without a missing name, short enough, in the office's tone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from domain.cases.kinds import Kind as CaseKind
from domain.errors import (
    NhacviecError,
    NotFound,
    SettingWrong,
    Stale,
    StorageNewer,
    StorageUnavailable,
    VaultKeyWrong,
)
from domain.notices import Kind, weight
from messages.render import render, template_names
from tests.source import PACKAGES, ROOT, parsed, strings
from tests.template_values import BARE, FULL, OF_TEMPLATE

TEMPLATES = ROOT / "messages" / "templates"
MACROS = {name for name in template_names() if name.startswith("_")}
TEXTS = sorted(set(template_names()) - MACROS)
PAGES = sorted(path.stem for path in (TEMPLATES / "pages").glob("*.html"))

LONGEST = 2000
"""Characters that the narrowest channel takes (Zalo Bot)."""
LONGEST_HEAD = 220
"""Characters of a first line that still says what and when at a glance."""


def asked(name: str) -> set[str]:
    """The names that a template asks its caller for."""
    source = (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES))
    environment.filters.update(dict.fromkeys(re.findall(r"\|\s*([a-z_]+)", source), str))
    tree = environment.parse(source)
    names = set(meta.find_undeclared_variables(tree))
    for other in meta.find_referenced_templates(tree):
        if other is not None and not other.startswith("_"):
            names |= asked(other.removesuffix(".txt"))
    return names


def values(name: str, *, bare: bool) -> dict[str, Any]:
    """A sample for everything that the template asks for, and nothing else."""
    offered = {**FULL, **(BARE if bare else {}), **OF_TEMPLATE.get(name, {})}
    missing = asked(name) - set(offered)
    assert not missing, f"{name} asks for {missing}: give it a sample in tests/template_values.py"
    return {one: offered[one] for one in asked(name)}


@pytest.mark.parametrize("bare", [False, True], ids=["full", "bare"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_renders_and_keeps_the_rules(name: str, bare: bool) -> None:
    text = render(name, **values(name, bare=bare))
    assert text or name in {"bundle_foot", "notices/escalation"}
    assert not re.search(r"\{\{|\}\}|\{%|\bNone\b|\bTrue\b|\bFalse\b|<[\w.]+ object|namespace\(|\bundefined\b", text)
    assert not re.search(r"[ \t]+$|\S {2,}\S|\n{4,}", text, re.MULTILINE), text
    assert not re.search(r"[(“] | [)”]|\(\)|“”| [,.;:]|,\.", text), text
    assert len(text.partition("\n")[0]) <= LONGEST_HEAD
    if not name.startswith("plan_"):  # those are read in a terminal
        assert len(text) <= LONGEST


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_the_tone(path: Path) -> None:
    keeps_the_tone(path.read_text(encoding="utf-8"))


def keeps_the_tone(text: str) -> None:
    """Nobody is a "bạn", nothing is an emoji, nobody is shouted at."""
    assert not re.search(r"\bbạn\b", text, re.IGNORECASE)
    assert not re.search("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]", text)
    assert "!!" not in text


@pytest.mark.parametrize("package", ["actions", "app", "bot", "channels", "scheduler", "web"])
def test_the_tone_of_sentences_in_code(package: str) -> None:
    for _, tree in parsed(package):
        for text in strings(tree):
            keeps_the_tone(text)


def named_in_code() -> Iterator[re.Pattern[str]]:
    """Yield what the code's strings could name, an f-string with any word in its gaps."""
    for package in ("actions", "app", "bot", "web"):
        for _, tree in parsed(package):
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield re.compile(re.escape(node.value))
                elif isinstance(node, ast.JoinedStr):
                    yield re.compile("".join(_gap_or_text(part) for part in node.values))


def _gap_or_text(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"


def test_every_template_is_used() -> None:
    patterns = [one for one in named_in_code() if one.pattern not in {r"\w+", ""}]
    referred = set(re.findall(r'(?:import|include|extends) "([\w/]+)\.', "".join(_sources())))
    used = {name for name in (*template_names(), *PAGES) if any(one.fullmatch(name) for one in patterns)}
    assert {*template_names(), *PAGES} - used - referred == set()


def _sources() -> Iterator[str]:
    for path in TEMPLATES.rglob("*.*"):
        yield path.read_text(encoding="utf-8")


def test_every_notice_has_a_headline_and_a_text() -> None:
    kinds = {kind.value for kind in Kind}
    for folder, needed in (("notices", kinds), ("headlines", kinds - {Kind.DIGEST.value})):
        found = {name.partition("/")[2] for name in template_names() if name.startswith(f"{folder}/")}
        assert needed <= found <= kinds
    assert all(isinstance(weight(kind), int) for kind in Kind)


def test_every_kind_that_opens_no_case_has_its_door() -> None:
    doors = {name.removeprefix("citizen/door_") for name in template_names() if name.startswith("citizen/door_")}
    assert doors == {kind.value for kind in CaseKind if not kind.opens_case}


def refusals() -> Iterator[tuple[Path, str]]:
    """Yield the sentences of refusals that stand in the code as text; a gap is written as "…"."""
    plain = {one.__name__ for one in _family(NhacviecError) if one.__init__ is NhacviecError.__init__}
    for package in PACKAGES:
        for path, tree in parsed(package):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in plain and node.args:
                    text = _text(node.args[0])
                    if text is not None:
                        yield path, text


def _family(kind: type[NhacviecError]) -> list[type[NhacviecError]]:
    return [kind, *(found for one in kind.__subclasses__() for found in _family(one))]


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        last = node.values[-1]
        closes = isinstance(last, ast.FormattedValue) and ast.unparse(last.value).endswith(".sentence")
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values) + "." * closes
    return None


def test_every_refusal_is_a_whole_sentence() -> None:
    found = list(refusals())
    assert len(found) > 50
    for path, text in found:
        assert text.endswith((".", ".”")), f"{path}: {text}"


@pytest.mark.parametrize(
    "error",
    [NotFound(), NotFound("mục này"), Stale(), SettingWrong("X", "sai."), StorageUnavailable("đầy"), StorageNewer("9"),
     VaultKeyWrong()],
)  # fmt: skip
def test_every_error_with_words_of_its_own_is_a_whole_sentence(error: NhacviecError) -> None:
    assert error.sentence.endswith(".")
    assert "\n" not in error.sentence
    keeps_the_tone(error.sentence)
