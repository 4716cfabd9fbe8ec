"""The house rules, read from the source: who may import whom, when TensorFlow is loaded, and where words may stand."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "aigc_demo"
SOURCES = {str(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in SOURCES.items()}

# A room may import those named before it, never those after it.
ORDER = (
    *("text", "logs", "backend", "home", "data", "networks", "losses", "metrics", "recipes", "training"),
    *("latent", "checkpoints", "hub", "tracking", "runs", "search", "explain", "exports", "ui", "commands", "__main__"),
)
every_room = pytest.mark.parametrize("room", [*ORDER, "__init__"])  # all its files in one test: there are hundreds
PAGE_LIBRARIES = {"gradio", "gradio_client", "fastapi", "starlette", "uvicorn"}
TRAINING_LIBRARIES = {"tensorflow", "keras"}


def _room(name: str) -> str:
    return name.removesuffix(".py").split("/")[0]


def _files(room: str) -> list[str]:
    found = [name for name in SOURCES if _room(name) == room]
    assert found
    return found


def _imported(node: ast.AST) -> list[str]:
    """Full names of the modules that one statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are written in full"
        if node.module == "aigc_demo":
            return [f"aigc_demo.{alias.name}" for alias in node.names]
        return [node.module or ""]
    return []


@cache
def _all_imports(name: str) -> set[str]:
    return {module for node in ast.walk(TREES[name]) for module in _imported(node)}


def _imports_when_loaded(tree: ast.Module) -> set[str]:
    """Modules imported as soon as the file is: everything outside functions and `if TYPE_CHECKING`."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        found.update(_imported(node))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)
    return found


def test_every_room_has_its_place() -> None:
    assert {_room(name) for name in SOURCES} <= {*ORDER, "__init__"}


@every_room
def test_imports_go_down_only(room: str) -> None:
    for name in _files(room):
        if room == "__init__":
            assert not _all_imports(name)
        for module in _all_imports(name):
            if module.startswith("aigc_demo"):
                other = module.split(".")[1]
                assert ORDER.index(other) <= ORDER.index(room), f"{name} imports {module}"


@every_room
def test_only_the_page_knows_the_page_libraries(room: str) -> None:
    for name in _files(room):
        used = {module.split(".")[0] for module in _all_imports(name)} & PAGE_LIBRARIES
        assert not used or room == "ui", f"{name} imports {used}"


@every_room
def test_tensorflow_is_imported_late_and_in_one_place(room: str) -> None:
    for name in _files(room):
        loaded = {module.split(".")[0] for module in _imports_when_loaded(TREES[name])}
        is_network = room == "networks" and name not in ("networks/__init__.py", "networks/base.py")
        assert not loaded & TRAINING_LIBRARIES or (is_network and "tensorflow" not in loaded), name
        used = {module.split(".")[0] for module in _all_imports(name)}
        assert "tensorflow" not in used, name  # `backend.tf` instead


def test_the_check_for_late_imports_can_fail() -> None:
    late = ast.parse("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\ndef f():\n    import b")
    early = ast.parse("class C:\n    import a\ntry:\n    import b\nexcept ImportError:\n    import c")
    assert _imports_when_loaded(late) == {"typing"}
    assert _imports_when_loaded(early) == {"a", "b", "c"}


def test_importing_everything_but_the_networks_does_not_load_tensorflow() -> None:
    """A decorator or a constant at the top of a file could load it although no import does."""
    modules = [
        "aigc_demo." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for name in SOURCES
        if _room(name) not in ("networks", "__main__", "__init__")
    ]
    lines = ["import sys, importlib", "import aigc_demo.networks.base", f"for name in {modules!r}:"]
    lines += ["    importlib.import_module(name)", "    assert 'tensorflow.python' not in sys.modules, name"]
    lines += ["    assert 'keras' not in sys.modules, name"]
    result = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr[-500:]


CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_SIGNS = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
QUOTED = re.compile(r"“[^”]*”")
# The switch names each language in itself, for those who cannot read the other one.
OTHER_LANGUAGE = {("ui/texts/common.py", "Switch to English"), ("ui/page.py", "中文")}
# Why a GPU is used: there is nothing to explain.
EMPTY = {"training/devices.py"}


def _literal(node: ast.expr) -> str | None:
    """The string that `node` writes out; what an f-string fills in is left as `{}`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _texts(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
            yield node


def _fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


def _complaint(zh: str, en: str) -> str:
    """What is wrong with a sentence in two languages; empty if nothing is."""
    if not zh.strip() or not en.strip():
        return "a language is missing"
    if zh != en and not CHINESE_SIGNS.search(zh):
        return "the Chinese is not Chinese"
    if CHINESE.search(QUOTED.sub("", en)):
        return "the English is not English"
    if re.search(r"[，。；：？！]", QUOTED.sub("", en)):
        return "Chinese punctuation in the English"
    if zh == en and re.search(r"[a-z]{2,} [a-z]{2,}", en):
        return "words that are not translated"
    return ""


@every_room
def test_sentences_stand_in_both_languages(room: str) -> None:
    for name, call in [(file, call) for file in _files(room) for call in _texts(TREES[file])]:
        place = f"{name} line {call.lineno}"
        assert len(call.args) == 2, f"{place}: zh and en, in this order"
        zh, en = (_literal(argument) for argument in call.args)
        if zh is None or en is None or (name, zh) in OTHER_LANGUAGE or (name in EMPTY and zh == en == ""):
            continue
        assert not _complaint(zh, en), f"{place}: {_complaint(zh, en)}: {zh!r}, {en!r}"
        if "$" not in zh:  # formulas have braces of their own
            assert _fields(zh) == _fields(en), f"{place}: other {{placeholders}} in zh than in en"


@pytest.mark.parametrize(
    ("zh", "en"), [("", "a"), ("a", " "), ("hello", "hi"), ("好", "好"), ("好", "good，"), ("two words", "two words")]
)
def test_the_check_of_sentences_can_fail(zh: str, en: str) -> None:
    assert _complaint(zh, en)


@every_room
def test_no_chinese_sentence_stands_outside_a_text(room: str) -> None:
    for name in _files(room):
        allowed = {id(inner) for call in _texts(TREES[name]) for inner in ast.walk(call)}
        allowed |= {id(node.value) for node in ast.walk(TREES[name]) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(TREES[name]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed:
                is_known = (name, node.value) in OTHER_LANGUAGE
                assert not CHINESE.search(node.value) or is_known, f"{name} line {node.lineno}"


def test_no_script_of_the_page_holds_chinese() -> None:
    """Scripts get their words from the catalogue, in the language of the page."""
    scripts = sorted((PACKAGE / "ui" / "static").glob("*.js"))
    assert scripts
    for script in scripts:
        code = re.sub(r"/\*.*?\*/|^\s*//.*?$", "", script.read_text(encoding="utf-8"), flags=re.S | re.M)
        assert not CHINESE.search(code), script.name


def test_nothing_can_run_code_from_a_file() -> None:
    """Checkpoints and datasets are data: no pickle, no Keras model files, no eval."""
    for name, tree in TREES.items():
        assert not _all_imports(name) & {"pickle", "dill", "joblib", "marshal", "shelve", "h5py"}, name
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("eval", "exec"), f"{name} line {node.lineno}"
                assert not called.endswith((".load_model", ".load_weights")), f"{name} line {node.lineno}"
                if called == "np.load":
                    given = {word.arg: ast.unparse(word.value) for word in node.keywords}
                    assert given.get("allow_pickle") == "False", f"{name} line {node.lineno}"
