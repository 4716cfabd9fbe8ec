"""Functions and classes of ours as stand-alone code: the source itself, with all that it calls and without its types.

What is written is what was run, so an exported script cannot say anything else than what trained.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any, NamedTuple

from aigc_demo.losses import Term

LIBRARIES = frozenset({"tf", "keras", "layers", "np"})  # what every script imports, under these names
WIDTH = 116  # columns of a script
_NOT_NEEDED = frozenset({"get_config", "compute_output_shape"})  # saving and shape inference: Keras does without


class _Edit(NamedTuple):
    """Replace the characters from..to of a source by `text`."""

    start: int
    stop: int
    text: str


class Sources:
    """Collects code by the name it gets in the script; what a piece needs comes before it in `blocks`."""

    def __init__(self, given: frozenset[str] = frozenset()) -> None:
        """`given` are names that the script defines by itself."""
        self.blocks: dict[str, str] = {}
        self._given = given
        self._names: dict[Any, str] = {}

    def add(self, item: Callable[..., Any], name: str = "", about: str | None = None) -> str:
        """Take up a function or class of ours; returns the name it has in the script.

        `about` replaces its docstring ('' removes it). Raises ValueError for code that cannot stand alone.
        """
        if item in self._names and not name:
            return self._names[item]
        chosen = name or item.__name__.lstrip("_")
        self._names.setdefault(item, chosen)
        self.blocks[chosen] = self._rewritten(item, chosen, about)
        return chosen

    def _rewritten(self, item: Any, name: str, about: str | None) -> str:
        source = textwrap.dedent(inspect.getsource(item))
        definition = ast.parse(source).body[0]
        if not isinstance(definition, ast.FunctionDef | ast.ClassDef):
            raise ValueError(f"{item!r} is no function or class with a source of its own")
        offset = _offsets(source)
        edits = [*_without_types(definition, source, offset)]
        first = definition.decorator_list[0] if definition.decorator_list else None
        start = 0 if first is None else offset(first.lineno, 0)
        keyword = "def " if isinstance(definition, ast.FunctionDef) else "class "
        named = offset(definition.lineno, len(keyword))
        edits.append(_Edit(named, named + len(definition.name), name))
        if first is not None:
            edits.append(_Edit(start, offset(definition.lineno, 0), ""))
        if about is not None:
            edits.append(_docstring(definition, about, offset))
        edits += self._references(item, definition, offset)
        return _apply(source, edits).strip("\n")

    def _references(self, item: Any, definition: ast.AST, offset: Callable[[int, int], int]) -> list[_Edit]:
        """Names of the module or of an enclosing function, replaced by what they are called in the script."""
        found = _surroundings(item)
        local = {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)}
        edits: list[_Edit] = []
        done: set[ast.AST] = set()
        skipped = _annotation_nodes(definition)
        for node in ast.walk(definition):
            if node in done or node in skipped:
                continue
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                value = found.get(node.value.id)
                if isinstance(value, Term) and node.value.id not in local:
                    done.add(node.value)
                    edits.append(_at(node, self._reference(node.attr, getattr(value, node.attr)), offset))
            elif (
                isinstance(node, ast.Name)
                and isinstance(node.ctx, ast.Load)
                and node.id in found
                and node.id not in local
                and node.id not in LIBRARIES
            ):
                edits.append(_at(node, self._reference(node.id, found[node.id]), offset))
        return edits

    def _reference(self, name: str, value: Any) -> str:
        if name in self._given:
            return name
        if inspect.isfunction(value) or inspect.isclass(value):
            if (value.__module__ or "").startswith("aigc_demo"):
                return self.add(value)
        elif isinstance(value, bool | int | float | str | tuple | dict) or value is None:
            if isinstance(value, dict):
                self.blocks.setdefault(name.lstrip("_"), f"{name.lstrip('_')} = {_dictionary(value)}")
                return name.lstrip("_")
            return repr(value)
        raise ValueError(f"{name} = {value!r} cannot stand in a script")


def _surroundings(item: Any) -> dict[str, Any]:
    if not inspect.isfunction(item):
        return dict(vars(inspect.getmodule(item)))
    closure = inspect.getclosurevars(item)
    return {**item.__globals__, **closure.nonlocals}


def _dictionary(value: dict[Any, Any]) -> str:
    items = textwrap.fill(", ".join(f"{key!r}: {each!r}" for key, each in value.items()), WIDTH - 4)
    return f"{{\n{textwrap.indent(items, '    ')},\n}}".replace("'", '"')


def _offsets(source: str) -> Callable[[int, int], int]:
    """Python's (line, column in bytes) as a place in `source`, in characters."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + (len(lines[line - 1].encode()[:column].decode()) if line <= len(lines) else 0)

    return offset


def _at(node: Any, text: str, offset: Callable[[int, int], int]) -> _Edit:
    return _Edit(offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset), text)


def _without_types(definition: ast.AST, source: str, offset: Callable[[int, int], int]) -> list[_Edit]:
    edits = []
    for node in ast.walk(definition):
        if isinstance(node, ast.FunctionDef):
            if node.name in _NOT_NEEDED:
                edits.append(_Edit(offset(node.lineno, 0), offset((node.end_lineno or 0) + 1, 0), ""))
                continue
            if node.returns is not None:
                stop = offset(node.returns.end_lineno or 0, node.returns.end_col_offset or 0)
                start = source.rindex("->", 0, offset(node.returns.lineno, node.returns.col_offset))
                edits.append(_Edit(len(source[:start].rstrip()), stop, ""))
        elif isinstance(node, ast.arg) and node.annotation is not None:
            start = offset(node.lineno, node.col_offset) + len(node.arg)
            stop = offset(node.annotation.end_lineno or 0, node.annotation.end_col_offset or 0)
            has_default = source.startswith(" = ", stop)  # without its type, a default stands close to its name
            edits.append(_Edit(start, stop + 3, "=") if has_default else _Edit(start, stop, ""))
        elif isinstance(node, ast.AnnAssign):
            start = offset(node.target.end_lineno or 0, node.target.end_col_offset or 0)
            edits.append(_Edit(start, offset(node.annotation.end_lineno or 0, node.annotation.end_col_offset or 0), ""))
    return edits


def _annotation_nodes(definition: ast.AST) -> set[ast.AST]:
    """Everything inside annotations, decorators and methods that are left out: no names to be followed."""
    roots: list[ast.AST] = []
    for node in ast.walk(definition):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            roots += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            roots += [node.returns] if node.returns is not None else []
            roots += [node] if node.name in _NOT_NEEDED else []
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            roots.append(node.annotation)
    return {inner for root in roots for inner in ast.walk(root)}


def _docstring(definition: ast.FunctionDef | ast.ClassDef, about: str, offset: Callable[[int, int], int]) -> _Edit:
    first = definition.body[0]
    written = f'"""{about}"""' if about else ""
    if ast.get_docstring(definition) is not None:
        if written:
            return _at(first, written, offset)
        return _Edit(offset(first.lineno, 0), offset((first.end_lineno or 0) + 1, 0), "")
    place = offset(first.lineno, 0)
    indent = " " * first.col_offset
    return _Edit(place, place, f"{indent}{written}\n" if written else "")


def _apply(source: str, edits: list[_Edit]) -> str:
    """All edits made; one that lies inside another that removes it is dropped."""
    done: list[_Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.stop)):
        if done and edit.start < done[-1].stop:
            continue
        done.append(edit)
    for edit in reversed(done):
        source = source[: edit.start] + edit.text + source[edit.stop :]
    return source
