"""How figures stand in the README: a range in one cell, rows as a Markdown table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Result = Mapping[str, Any]


def spread(values: Mapping[str, float], form: str) -> str:
    """`median (least – most)`, each in the format `form`."""
    return f"{form.format(values['median'])} ({form.format(values['least'])} – {form.format(values['most'])})"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
