"""Numbers as a sentence needs them: three figures at most, the same width wherever they differ little."""

from __future__ import annotations

import math


def figure(value: float) -> str:
    """`value` for people: 1.386, −12.3, 4,210; very small and very large ones as a power of ten."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= 1e6 or 0 < size < 5e-4:
        exponent = math.floor(math.log10(size))
        return _minus(f"{value / 10.0**exponent:.0f}e{exponent}")
    decimals = 4 if 0 < size < 0.01 else 3 if size < 10 else 1 if size < 1000 else 0
    return _minus(f"{value:,.{decimals}f}")


def percent(share: float) -> str:
    """A share as a whole percentage; what lies outside 0..1 is put at its border."""
    return f"{100 * min(max(share, 0.0), 1.0):.0f} %"


def _minus(text: str) -> str:
    return text.replace("-", "−")
