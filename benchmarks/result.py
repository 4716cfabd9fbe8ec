"""Results as JSON files that people read as well: figures of a few digits, rows of numbers on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DIGITS = 5
# Only where a line ends: no string does, so nothing inside one is touched.
_NUMBER = r"[-+.\deE]+"
_ROW = re.compile(rf"\[\n\s+({_NUMBER}(?:,\s+{_NUMBER})*)\s+\]")
_SPREAD = re.compile(rf'\{{\n\s+("\w+": {_NUMBER}(?:,\s+"\w+": {_NUMBER})*)\s+\}}')


def rounded(content: Any, digits: int = DIGITS) -> Any:
    """`content` with every fraction in it cut to so many significant digits."""
    if isinstance(content, float):
        return float(f"{content:.{digits}g}")
    if isinstance(content, Mapping):
        return {key: rounded(value, digits) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [rounded(value, digits) for value in content]
    return content


def as_text(content: Any) -> str:
    """`content` as JSON, rounded; lists of numbers and objects of nothing but numbers take one line each."""
    text = json.dumps(rounded(content), indent=1)
    text = _ROW.sub(lambda found: f"[{_one_line(found[1])}]", text)
    return _SPREAD.sub(lambda found: f"{{{_one_line(found[1])}}}", text)


def read(path: Path) -> dict[str, Any]:
    """What an earlier run left at `path`; nothing where there was none."""
    found: dict[str, Any] = json.loads(path.read_text()) if path.is_file() else {}
    return found


def write(path: Path, content: Any) -> None:
    """Write `content` to `path`; half a file is never read, since long benchmarks write again and again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_text(as_text(content) + "\n")
    temporary.replace(path)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
