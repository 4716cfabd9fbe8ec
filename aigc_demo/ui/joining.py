"""The page's scripts joined into a few files: what is needed at first, and a file more for each part that is fetched later.

On the disk they are small ES modules, and any of them runs as it is; but a class that opens the page at once would ask for
each of two hundred. In a joined file every module is a scope that returns what it exports,

    // dom.js
    const $dom = (() => {
    ...
    return { make, setText };
    })();

and takes what it imports from such scopes. Lines stay lines, so that a source map leads from them to the modules.
This rests on how our modules are written; `parse` refuses what is written otherwise, and so does the start of the program:

* imports come first, one a line: `import { make, setText as say } from './dom.js';`, or none of its names; there are no rings;
* what is exported is declared there, once and for all: a function, a class, a `const`; or it is listed on a line of its own;
* nothing waits at the top level, and no name begins with `$`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from aigc_demo.ui.source_map import Place, source_map

FOLDER = "joined"  # below which the files are served: beside the modules themselves, which their maps name
ENTRY = "main.js"
SHARED = "shared.js"  # what two or more of the parts fetched later have in common
STYLES = "page.css"

_IMPORT = re.compile(r"import (?:\{ ([\w, ]+) \} from )?'\./([\w-]+\.js)';")
_DECLARED = re.compile(r"export ((?:async )?function\*? (\w+)|class (\w+)|const (\w+) =)")
_LISTED = re.compile(r"export \{ ([\w, ]+) \};")
_FORBIDDEN = re.compile(r"(?:export|import|await|const .*= await)\b(?!\()|\$[a-z]|export (?:let|var|default|\*)")
_LEADING = re.compile(r"\s*(?:$|//|/\*|\*)|import ")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)  # where types are imported, which no browser needs
_LATER = re.compile(r"(?<![\w.])import\('\./([\w-]+\.js)'\)")
_WORKER = re.compile(r"new Worker\(new URL\('\./([\w-]+\.js)', import\.meta\.url\)")


class Unjoinable(ValueError):
    """A module that is not written as ours are. For whoever writes one."""


class Module(NamedTuple):
    """A script: its lines as they stand in a joined file, what it exports, and which others it names."""

    name: str
    lines: tuple[str, ...]
    exports: tuple[str, ...]
    imports: tuple[str, ...]
    later: tuple[str, ...]
    workers: tuple[str, ...]


def parse(name: str, source: str) -> Module:
    """The script `name`. Raises `Unjoinable` with its place where it is not written as ours are."""
    lines: list[str] = []
    exports: list[str] = []
    imports: list[str] = []
    is_leading = True
    for number, line in enumerate(source.splitlines(), 1):
        is_leading = is_leading and bool(_LEADING.match(line))
        if (found := _IMPORT.fullmatch(line)) and is_leading:
            imports.append(found[2])
            lines.append(f"const {{ {found[1].replace(' as ', ': ')} }} = {_scope(found[2])};" if found[1] else "")
        elif found := _LISTED.fullmatch(line):
            exports += found[1].split(", ")
            lines.append("")
        elif found := _DECLARED.match(line):
            exports.append(found[2] or found[3] or found[4])
            lines.append(line.removeprefix("export "))
        elif _FORBIDDEN.match(line) or re.search(r"(?<![\w$])\$[a-z]", line):
            raise Unjoinable(f"{name}:{number}: {line}")
        else:
            lines.append(line)
    code = _COMMENT.sub("", source)
    later, workers = _LATER.findall(code), _WORKER.findall(code)
    if len(re.findall(r"(?<![\w.])import\(", code)) != len(later) or code.count("import.meta") != len(workers):
        raise Unjoinable(f"{name}: import() and import.meta know one form each")
    return Module(name, tuple(lines), tuple(exports), tuple(imports), tuple(later), tuple(workers))


def joined(folder: Path) -> dict[str, bytes]:
    """The files by their names: `ENTRY`, `SHARED`, `STYLES`, one for each part fetched later and for each worker, their maps,
    and one for every other module that hands out what a joined file has of it. Raises `Unjoinable`.
    """
    modules: dict[str, Module] = {}

    def module(name: str) -> Module:
        if name not in modules:
            modules[name] = parse(name, (folder / name).read_text(encoding="utf-8"))
        return modules[name]

    first = in_order([ENTRY], module)
    laters = _reached(first, module, lambda one: one.later)
    beyond = {name: [each for each in in_order([name], module) if each not in first] for name in laters}
    counted = Counter(name for part in beyond.values() for name in part)
    common = [name for name in in_order(laters, module) if counted[name] > 1]
    parts = {ENTRY: first, SHARED: common}
    parts |= {
        name: [each for each in part if each not in common]
        for name, part in beyond.items()
        if name not in first + common
    }
    home = {name: part for part, names in parts.items() for name in names}
    if SHARED in home:
        raise Unjoinable(f"{SHARED} is the name of a joined file")

    files: dict[str, bytes] = {STYLES: _styles(folder)}
    for part, names in parts.items():
        files |= _file(part, [module(name) for name in names], home)
    for name in _reached([*home], module, lambda one: one.workers):
        files |= _file(name, [module(each) for each in in_order([name], module)], {})
    for name, part in home.items():
        if name not in files:
            files[name] = (f"import {{ {_scope(name)} }} from './{part}';\n" + _handed_out(module(name))).encode()
    return files


def in_order(entries: Iterable[str], module: Callable[[str], Module]) -> list[str]:
    """`entries` and all that they import, directly or not, each behind what it imports. Raises `Unjoinable` on a ring."""
    done: list[str] = []
    above: list[str] = []

    def visit(name: str) -> None:
        if name in above:
            raise Unjoinable(" imports ".join((*above[above.index(name) :], name)))
        if name not in done:
            above.append(name)
            for other in module(name).imports:
                visit(other)
            done.append(above.pop())

    for entry in entries:
        visit(entry)
    return done


def _reached(
    names: Sequence[str], module: Callable[[str], Module], named: Callable[[Module], Iterable[str]]
) -> list[str]:
    """What `names`, or what is reached from them in this way, mentions in the way of `named`."""
    found: dict[str, None] = {}
    waiting = [*names]
    while waiting:
        for other in named(module(waiting.pop(0))):
            if other not in found:
                found[other] = None
                waiting += in_order([other], module)
    return [*found]


def _scope(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("-", "_")


def _handed_out(module: Module) -> str:
    return f"export const {{ {', '.join(module.exports)} }} = {_scope(module.name)};\n" if module.exports else ""


def _file(name: str, modules: Sequence[Module], home: Mapping[str, str]) -> dict[str, bytes]:
    """The joined file `name` of these modules, and its map. `home` says in which file the scope of any module is."""
    own = {module.name for module in modules}
    others = dict.fromkeys(other for module in modules for other in module.imports if other not in own)
    lines: list[tuple[str, Place | None]] = []
    for part in dict.fromkeys(home[other] for other in others):
        scopes = ", ".join(_scope(other) for other in others if home[other] == part)
        lines.append((f"import {{ {scopes} }} from './{part}';", None))
    for place, module in enumerate(modules):
        lines += [(f"// {module.name}", None), (f"const {_scope(module.name)} = (() => {{", None)]
        lines += [(line, (place, number)) for number, line in enumerate(module.lines)]
        lines += [(f"return {{ {', '.join(module.exports)} }};", None), ("})();", None)]
    lines.append((f"export {{ {', '.join(_scope(module.name) for module in modules)} }};", None))
    entry = next((module for module in modules if module.name == name), None)
    lines.append((_handed_out(entry) if entry else "", None))
    lines.append((f"//# sourceMappingURL={name}.map", None))
    text = "\n".join(line for line, _ in lines)
    origin = source_map(name, [module.name for module in modules], [place for _, place in lines])
    return {name: text.encode(), f"{name}.map": origin}


def _styles(folder: Path) -> bytes:
    files = sorted(folder.glob("*.css"))
    return "".join(f"/* {path.name} */\n{path.read_text(encoding='utf-8')}\n" for path in files).encode()
