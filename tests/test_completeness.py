"""Nothing is half there: what can be chosen is handled, what is asked is answered, what can be set is written down.

The floors of the house and its clocks are held here too.
"""

import ast
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from actions import compose
from app.settings import Settings, names
from bot.acts.table import Table
from bot.routes import COMMANDS, FILE_STEPS, PRESSES, STEP_PRESSES, STEPS
from domain import ladder, requests
from domain.assignments import MOVES, Act, State
from domain.buttons import Verb
from domain.cases.kinds import ASKED_IN_ORDER
from domain.cases.kinds import Kind as CaseKind
from domain.cases.ladders import OWN, PASSING_ON, answering
from domain.notices import Kind
from domain.office_settings import SETTINGS
from tests.commands import runnable
from tests.source import PACKAGES, ROOT, modules, parsed, strings


def attributes_of(name: str, *packages: str, but: frozenset[str] = frozenset()) -> set[str]:
    """Return every X of `name.X` in the packages' modules, but in those files and folders."""
    return {
        node.attr
        for package in packages
        for path, tree in parsed(package)
        if not {path.name, path.parent.name} & but
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }


def test_every_verb_is_handled_and_offered() -> None:
    handled = {*PRESSES, *(verb for _, verb in STEP_PRESSES)}
    assert handled == set(Verb)
    offered = attributes_of(
        "Verb", "actions", "bot", but=frozenset({"routes.py", "dispatch.py", "choosing.py", "loose.py"})
    )
    assert offered == {verb.name for verb in Verb}


def asked_steps() -> set[str]:
    """Return the steps that some handler asks: what is given as `step=`, or to a function that asks, or a table's."""
    found: set[str] = set()
    for path, tree in parsed("bot"):
        module = importlib.import_module(".".join(path.with_suffix("").parts))
        tables = [one for one in vars(module).values() if isinstance(one, Table)]
        found |= {step for one in tables for step in (one.ask, one.sure)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                given = [word.value for word in node.keywords if word.arg == "step"]
                if getattr(node.func, "id", "") in {"_ask", "ask"}:
                    given += node.args
                found |= {step for one in given for step in _constants(one, module)}
    return found


def _constants(node: ast.expr, module: object) -> Iterator[str]:
    """Yield the values of a module's constant, all of them where one is taken out of a row."""
    name = node.value if isinstance(node, ast.Subscript) else node
    value = getattr(module, name.id, None) if isinstance(name, ast.Name) else None
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (one for one in value if isinstance(one, str))


def test_every_step_that_is_answered_is_asked_somewhere() -> None:
    answered = {*STEPS, *FILE_STEPS, *(step for step, _ in STEP_PRESSES)}
    assert answered <= asked_steps()
    assert set(FILE_STEPS) <= set(STEPS)


def test_every_step_that_is_asked_is_answered_or_looked_at() -> None:
    answered = {*STEPS, *FILE_STEPS, *(step for step, _ in STEP_PRESSES)}
    looked_at: set[str] = set()
    for path, tree in parsed("bot"):
        module = importlib.import_module(".".join(path.with_suffix("").parts))
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                looked_at |= {step for one in node.comparators for step in _constants(one, module)}
    assert asked_steps() <= answered | looked_at


def test_every_kind_of_notice_is_composed_and_announced() -> None:
    assert set(compose.COMPOSERS) == set(Kind)
    laid = (*ladder.SHIPPED, requests.LADDER, PASSING_ON, OWN, answering(1))
    by_ladder = {rung.kind.value for one in laid for rung in one.rungs}
    told = attributes_of("Kind", "actions", but=frozenset({"compose"})) | attributes_of("NoticeKind", "actions")
    assert {kind.value for kind in Kind} == by_ladder | {Kind[name].value for name in told if name in Kind.__members__}
    assert {kind.value for kind in ladder.Kind} == by_ladder


def test_every_act_moves_something_and_every_state_can_be_left_or_is_final() -> None:
    assert {act for _, act in MOVES} == set(Act)
    assert {state for state in State if not any(state is before for before, _ in MOVES)} == {
        state for state in State if state.is_final
    }
    assert all(one.label for one in (*State, *Act))


def test_every_kind_of_case_is_offered() -> None:
    assert sorted(ASKED_IN_ORDER) == sorted(CaseKind)


def test_every_word_of_the_chat_is_in_the_documents() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [word for word in COMMANDS if f"`/{word}`" not in text] == []
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", word) and 0 < len(said) <= 256 for word, (_, said) in COMMANDS.items())


def settings_table() -> dict[str, str]:
    """Return the default of each setting as docs/settings.md tells it."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", text, re.MULTILINE))


def test_every_setting_is_written_down() -> None:
    told = settings_table()
    assert list(told) == names()
    for field in Settings.model_fields.values():
        default = field.default
        empty = default is None or default == "" or default is PydanticUndefined
        shown = "—" if empty else f"`{int(default) if isinstance(default, bool) else default}`"
        assert told[str(field.alias)] == shown, field.alias
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE) == names()


def test_every_setting_of_the_office_is_used_and_written_down() -> None:
    read = {
        text for path, tree in modules() if path.stem != "office_settings" for text in strings(tree) if text in SETTINGS
    }
    assert read == set(SETTINGS)
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in SETTINGS if f"`{name}`" not in text] == []


def test_every_page_of_the_office_is_written_down() -> None:
    text = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
    served = {
        one for _, tree in parsed("web") for said in strings(tree) for one in re.findall(r"^/office/[a-z]+", said)
    }
    assert served
    assert [one for one in sorted(served) if one not in text] == []


def test_every_command_is_written_down() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `nhacviec ([a-z ]+)`\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    commands = {" ".join(words): one for words, one in runnable().items()}
    assert set(sections) == set(commands)
    for name, command in commands.items():
        assert f"nhacviec {name}" in sections[name], f"{name} has no example"
        options = {option for one in command.params for option in one.opts if option.startswith("--")} - {"--help"}
        assert [option for option in options if f"`{option}" not in sections[name]] == [], name


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert pages
    assert [page.name for page in pages if f"decisions/{page.name}" not in listed] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_what_the_documents_point_to_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (path.parent / target).exists(), target
    for named in re.findall(r"`((?:" + "|".join(PACKAGES) + r"|tests|docs)/[\w/.-]+)`", text):
        assert (ROOT / named).exists(), named


def test_the_floors_of_the_house(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--cache-dir", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"}
    )
    assert done.returncode == 0, done.stdout


def test_the_domain_needs_the_standard_library_only() -> None:
    for path, tree in parsed("domain"):
        for node in ast.walk(tree):
            imported = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                imported = [node.module or ""]
            roots = {name.partition(".")[0] for name in imported}
            assert roots <= {"domain", *sys.stdlib_module_names}, path


CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "monotonic"), ("time", "monotonic_ns"), ("time", "perf_counter"),
    ("time", "localtime"), ("time", "gmtime"), ("time", "sleep"),
}  # fmt: skip

ALLOWED = {
    ("app/timing.py", "datetime.now"): "the one place that reads the clock",
    ("app/timing.py", "time.monotonic"): "the one place that reads the timer",
    ("channels/webchat.py", "time.time_ns"): "stamps order the lines of a web chat; no rule looks at them",
    ("web/parts.py", "time.monotonic"): "rate limits of the web entrance; tests hand in their own",
    (
        "scheduler/ticks.py",
        "datetime.now",
    ): "APScheduler fires by the machine's clock; what a tick does is told the hour",
}


def clocks_read(tree: ast.Module) -> Iterator[str]:
    """Yield the clocks that a module names, whatever it calls them."""
    names = {"datetime": "datetime", "date": "date", "time": "time"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"time.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {one.asname: one.name for one in node.names if one.asname and one.name in names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = names.get(node.value.id, "")
            if (owner, node.attr) in CLOCKS:
                yield f"{owner}.{node.attr}"


def test_nobody_else_reads_the_clock() -> None:
    found = {(path.as_posix(), clock) for path, tree in modules() for clock in clocks_read(tree)}
    assert found == set(ALLOWED)
