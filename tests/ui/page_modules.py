"""The page's own modules, run by Node where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

STATIC = Path(__file__).parents[2] / "aigc_demo" / "ui" / "static"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="Node is not installed")


def run_modules(body: str, modules: Mapping[str, str], folder: Path, before: str = "", given: object = None) -> Any:
    """What the body of a JavaScript function returns; `modules` says which of the page's files it knows by what name.

    `folder` is where Node takes the page's files for the modules that they are; `before` stands in front of the
    function, and `given` is what it knows as `given`. What it returns may be undefined: None.
    """
    for path in STATIC.glob("*.js"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    imports = "".join(f"import * as {name} from './{file}';\n" for name, file in modules.items())
    read = "import { readFileSync } from 'node:fs';\nconst given = JSON.parse(readFileSync(0, 'utf8'));\n"
    program = f"{imports}{read}{before}console.log(JSON.stringify((() => {{ {body} }})()) ?? 'null');"
    (folder / "program.js").write_text(program, encoding="utf-8")
    command = [str(NODE), str(folder / "program.js")]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, input=json.dumps(given))
    return json.loads(answer.stdout)
