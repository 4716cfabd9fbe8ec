"""What this program notes beside a model, in `about.json`: the name people gave it, whose it is, what was measured here.

The checkpoint's own files stay as they are: a card that came with a model keeps saying what it said.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from aigc_demo.checkpoints.reading import read_file
from aigc_demo.home import write_atomically
from aigc_demo.text import Text, VisitorError

ABOUT = "about.json"
MOST_LETTERS = 60
_MOST_BYTES = 100_000

_BAD_NAME = Text(f"名称应有 1 到 {MOST_LETTERS} 个字符。", f"A name has 1 to {MOST_LETTERS} characters.")
_NOT_WRITTEN = Text("无法写入模型的文件夹：{reason}。", "The model's folder cannot be written: {reason}.")
# They turn the direction of whatever is written after them, on the page of whoever reads the name.
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}


@dataclass(frozen=True)
class About:
    """`owner` is the SHA-256 of the owner's token ('' where nobody owns it); `fingerprint` that of its weights.

    `repo` and `commit` say where on the Hub it was pulled from, `revision` what was asked for there.
    """

    name: str = ""
    owner: str = ""
    imported: float = 0.0  # seconds since 1970; 0 for what was not
    fingerprint: str = ""
    measured: Mapping[str, Any] | None = None
    repo: str = ""
    revision: str = ""
    commit: str = ""


def read_about(folder: Path) -> About:
    """What is noted beside the model in `folder`; nothing where the file is missing or damaged."""
    try:
        data = json.loads(read_file(folder / ABOUT, _MOST_BYTES))
        measured = data.get("measured")
        return About(
            name=check_name(data["name"]) if data.get("name") else "",
            owner=str(data.get("owner", "")),
            imported=_seconds(data.get("imported", 0.0)),
            fingerprint=str(data.get("fingerprint", "")),
            measured=_figures(measured) if isinstance(measured, dict) else None,
            **{key: _line(data.get(key, "")) for key in ("repo", "revision", "commit")},
        )
    except (VisitorError, ValueError, TypeError, AttributeError, RecursionError):
        return About()


def note_about(folder: Path, **changes: Any) -> About:
    """Change some of it. Raises `VisitorError` where the folder cannot be written."""
    about = replace(read_about(folder), **changes)
    content = json.dumps(asdict(about), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        write_atomically(folder / ABOUT, content.encode())
    except OSError as error:
        raise VisitorError(_NOT_WRITTEN.format(reason=error.strerror or type(error).__name__)) from error
    return about


def check_name(given: object) -> str:
    """`given` as a model's name: one line of 1 to 60 characters in any script, without what turns the text around it.

    Raises `VisitorError`.
    """
    if not isinstance(given, str) or len(given) > 1000:
        raise VisitorError(_BAD_NAME)
    kept = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in unicodedata.normalize("NFC", given)
        if letter not in _TURNING and unicodedata.category(letter) != "Cs"
    )
    name = " ".join(kept.split())
    is_seen = any(unicodedata.category(letter)[0] not in "CZ" for letter in name)
    if not is_seen or len(name) > MOST_LETTERS:
        raise VisitorError(_BAD_NAME)
    return name


def _line(given: object) -> str:
    """A short word without control characters; '' for anything else."""
    return given if isinstance(given, str) and len(given) <= 200 and given.isprintable() else ""


def _seconds(value: Any) -> float:
    seconds = float(value)
    return seconds if math.isfinite(seconds) else 0.0


def _figures(given: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers, and the digits that the categories of a model turned out to be."""
    digits = given.get("categories")
    are_digits = isinstance(digits, list) and len(digits) <= 100 and all(type(digit) is int for digit in digits)
    numbers = {
        str(key): value
        for key, value in given.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    }
    return numbers | ({"categories": digits} if are_digits else {})
