"""The page's scripts inside one file: every module that an entry imports, as an import map of data: addresses."""

from __future__ import annotations

import base64
import re
from pathlib import Path

PREFIX = "aigc/"  # './x.js' has no meaning in a data: address, so modules know one another by bare names
_IMPORT = re.compile(r"""(\bfrom\s+|\bimport\s+|\bimport\()(['"])\./([\w-]+\.js)\2""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)  # where types are imported, which no browser needs


def import_map(folder: Path, entry: str) -> dict[str, str]:
    """`{"imports": ...}`'s content for `entry` and all that it imports, directly or not, from `folder`."""
    found = {}
    for name, source in scripts_of(folder, entry).items():
        renamed = _IMPORT.sub(lambda match: f"{match[1]}{match[2]}{PREFIX}{match[3]}{match[2]}", source)
        code = base64.b64encode(renamed.encode()).decode()
        found[PREFIX + name] = f"data:text/javascript;base64,{code}"
    return found


def scripts_of(folder: Path, entry: str) -> dict[str, str]:
    """The sources of `entry` and all that it imports, directly or not, by file name in the order of the alphabet."""
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (folder / name).read_text(encoding="utf-8")
            waiting += [match[3] for match in _IMPORT.finditer(_COMMENT.sub("", found[name]))]
    return dict(sorted(found.items()))
