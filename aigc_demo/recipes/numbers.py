"""Reading a number that somebody typed, or saying what it should have been."""

from __future__ import annotations

import math

from aigc_demo.text import Text, VisitorError, plain


def number(value: object, least: float, most: float, what: Text) -> float:
    """`value` as a finite float in [least, most]; a string is read as one. Raises `VisitorError` naming `what`."""
    try:
        if isinstance(value, bool):
            raise TypeError
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        result = math.nan
    if math.isfinite(result) and least <= result <= most:
        return result
    sentence = Text(
        "{what}应为 {least} 到 {most} 之间的数，不能是 {value}。",
        "{what} must be a number between {least} and {most}, not {value}.",
    )
    given = Text("空", "nothing") if value in (None, "") else plain(_shown(value))
    low, high = _readable(least), _readable(most)
    raise VisitorError(
        Text(
            sentence.zh.format(what=what.zh, least=low, most=high, value=given.zh),
            sentence.en.format(what=what.en, least=low, most=high, value=given.en),
        )
    )


def _shown(value: object) -> str:
    try:
        return repr(value)[:40]
    except ValueError:  # Python refuses to write out an integer of thousands of digits
        return "…"


def _readable(value: float) -> str:
    """`value` as people write it: 1,000,000 rather than 1e+06."""
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def whole_number(value: object, least: int, most: int, what: Text) -> int:
    """As `number`, for whole numbers."""
    result = number(value, least, most, what)
    if result == int(result):
        return int(result)
    raise VisitorError(
        Text(
            f"{what.zh}应为整数，不能是 {str(value)[:40]}。",
            f"{what.en} must be a whole number, not {str(value)[:40]}.",
        )
    )
