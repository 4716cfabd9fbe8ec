"""The joined files hold every module once, in an order that works, and say where each line comes from."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from aigc_demo.exports.modules import scripts_of
from aigc_demo.ui.assets import FOLDER
from aigc_demo.ui.joining import ENTRY, SHARED, STYLES, Unjoinable, joined, parse
from tests.ui.page_modules import NODE, needs_node

PAGE = {
    "main.js": "import { two } from './numbers.js';\nimport './side.js';\nimport { told } from './log.js';\n"
    "told.push(`main ${two()}`);\nexport const late = () => import('./late.js');\nexport const other = () => import('./other.js');",
    "numbers.js": "// Numbers.\nexport const ONE = 1;\nexport function two() {\n  return ONE + ONE;\n}",
    "log.js": "const told = globalThis.told ??= [];\nexport { told };",
    "side.js": "import { told as log } from './log.js';\n\nlog.push('side');",
    "late.js": "import { told } from './log.js';\nimport { Both } from './both.js';\nexport class Late extends Both {}\ntold.push('late');",
    "other.js": "import { Both } from './both.js';\nexport const make = () => new Worker(new URL('./work.js', import.meta.url));\n"
    "export const seen = new Both().count;",
    "both.js": "import { ONE } from './numbers.js';\nimport { told } from './log.js';\ntold.push('both');\n"
    "export class Both {\n  count = ONE;\n}",
    "work.js": "import { two } from './numbers.js';\npostMessage(two());",
}  # fmt: skip


def folder_of(place: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def test_what_is_needed_at_first_is_one_file_and_each_later_part_another(tmp_path: Path) -> None:
    files = joined(folder_of(tmp_path, PAGE))
    parts = {name: set(re.findall(r"^const \$(\w+) = ", files[name].decode(), re.MULTILINE)) for name in files}
    assert parts[ENTRY] == {"main", "numbers", "log", "side"}
    assert parts["late.js"] == {"late"} and parts["other.js"] == {"other"} and parts[SHARED] == {"both"}
    assert parts["work.js"] == {"numbers", "work"}, "a worker knows nothing of the page"
    assert not parts["numbers.js"] and b"from './main.js'" in files["numbers.js"]


@needs_node
def test_joined_modules_do_what_they_do_alone(tmp_path: Path) -> None:
    """Each is run once, in the same order, whether it is reached by its own name or by a part."""
    program = (
        "import { late, other } from './main.js';\nimport { ONE } from './numbers.js';\n"
        "const { Late } = await late();\nconst { seen } = await other();\nconst { Both } = await import('./both.js');\n"
        "console.log(JSON.stringify([globalThis.told, seen, ONE, new Late() instanceof Both]));"
    )
    answers = []
    for files in (PAGE, {name: text.decode() for name, text in joined(folder_of(tmp_path, PAGE)).items()}):
        folder = tmp_path / str(len(answers))
        folder.mkdir()
        folder_of(folder, {**files, "package.json": '{"type": "module"}', "program.js": program})
        command = [str(NODE), str(folder / "program.js")]
        answers.append(json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout))
    assert answers[0] == answers[1] == [["side", "main 2", "both", "late"], 1, 1, True]


@pytest.mark.parametrize(
    "line",
    [
        *("import dom from './dom.js';", "import * as dom from './dom.js';", "import { make } from '../dom.js';"),
        *("import { make,", "export default 1;", "export let count = 0;", "export * from './dom.js';"),
        *(
            "export { make } from './dom.js';",
            "export const { a, b } = c;",
            "await begin();",
            "const a = await begin();",
        ),
        *("const $dom = 1;", "const later = import(name);", "const here = import.meta.url;"),
        "const first = 1;\nimport { make } from './dom.js';",
    ],
)
def test_what_is_written_otherwise_is_refused(line: str) -> None:
    with pytest.raises(Unjoinable, match=r"x\.js"):
        parse("x.js", f"// A script.\n{line}\n")


@pytest.mark.parametrize(
    "line", ["const text = `a ${name}`;", "const cost = '$1';", "/** @type {import('./x.js').X} */"]
)
def test_what_only_looks_like_it_is_not_refused(line: str) -> None:
    assert parse("x.js", line).lines == (line,)


def test_rings_are_refused(tmp_path: Path) -> None:
    ring = {
        "main.js": "import { b } from './b.js';\nexport const a = 1;",
        "b.js": "import { a } from './main.js';\nexport const b = 2;",
    }
    with pytest.raises(Unjoinable, match=r"main\.js imports b\.js imports main\.js"):
        joined(folder_of(tmp_path, ring))


def _read(mappings: str) -> list[tuple[int, int] | None]:
    """What a source map says of each line, by the standard's own way of reading one."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    places: list[tuple[int, int] | None] = []
    source = line = 0
    for segment in mappings.split(";"):
        numbers, value, shift = [], 0, 0
        for digit in map(letters.index, segment):
            value |= (digit & 31) << shift
            shift += 5
            if not digit & 32:
                numbers.append(-(value >> 1) if value & 1 else value >> 1)
                value = shift = 0
        if numbers:
            source, line = source + numbers[1], line + numbers[2]
        places.append((source, line) if numbers else None)
    return places


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The page's own."""
    return joined(FOLDER)


def test_the_map_leads_from_each_line_to_the_script_that_it_stands_in(files: dict[str, bytes]) -> None:
    for name in (ENTRY, SHARED, "net-worker.js"):
        origin = json.loads(files[f"{name}.map"])
        sources = [(FOLDER / source).read_text(encoding="utf-8").splitlines() for source in origin["sources"]]
        lines = files[name].decode().split("\n")
        places = _read(origin["mappings"])
        assert len(places) == len(lines)
        for line, place in zip(lines, places, strict=True):
            if place is not None:
                own = sources[place[0]][place[1]]
                assert line == own.removeprefix("export ") or own.startswith(("import ", "export {"))
        assert sum(place is not None for place in places) == sum(map(len, sources))


def test_all_of_the_pages_scripts_are_there_once_and_no_others(files: dict[str, bytes]) -> None:
    parts = [name for name in files if f"{name}.map" in files and not name.endswith("-worker.js")]
    homes = [name for part in parts for name in json.loads(files[f"{part}.map"])["sources"]]
    later = ("explain-elements.js", "generate-elements.js", "models-elements.js", "search-dialog.js", "slow.js")
    assert len(homes) == len(set(homes))
    for entry in (ENTRY, *later):
        assert scripts_of(FOLDER, entry).keys() <= set(homes)
    first = json.loads(files[f"{ENTRY}.map"])["sources"]
    assert not [name for name in first if name.startswith(("latent-s", "models-", "plane", "net-", "slow", "search-d"))]


def test_the_styles_are_all_there_and_none_spoils_the_next(files: dict[str, bytes]) -> None:
    sheets = sorted(FOLDER.glob("*.css"))
    whole = files[STYLES].decode()
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", rules)
        assert text in whole and bare.count("{") == bare.count("}") and "/*" not in bare, sheet.name
        assert not re.search(r"@import|@charset|@namespace|url\((?![\"']?data:)", rules), sheet.name
