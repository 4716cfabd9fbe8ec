"""The leaderboard that ships with the program: every recipe trained equally long, and what it came to."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("leaderboard.json")


@lru_cache(maxsize=1)
def read_leaderboard(path: Path = FILE) -> dict[str, Any] | None:
    """`machine`, `cores`, `rows`, `yardsticks`, `floor` and `n` as `benchmarks/leaderboard.py` writes them.

    A figure is [least, median, largest] over the seeds, or null. None where nothing was measured for this version.
    """
    try:
        board = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_board = isinstance(board, dict) and isinstance(board.get("rows"), list) and board["rows"]
    return board if is_board else None
