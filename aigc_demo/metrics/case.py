"""All that a diagnosis looks at, with missing figures as None: what the game reports, what the digits measure, what is set."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aigc_demo.losses import Loss, Player
from aigc_demo.metrics.yardsticks import measured_yardsticks

FAR_FROM_DIGITS = 1.4  # times further from every training digit than real digits are: strokes no longer make a digit
BARELY_DIGITS = 150.0  # digit-FD above which the pictures have hardly begun to be digits
ONE_OUTLIER = 0.25  # density where every image lies in one real digit's neighbourhood of 5 is 0.2
SEEN_BY_CHANCE = 0.01  # coverage of real digits that a few lucky images reach
ABSENT = 0.01  # share below which a class counts as missing: a tenth of its due
LATELY = 3  # measurements that tell whether digit-FD still falls ...
STILL_FALLING = 0.85  # ... to this share of the largest of them


@dataclass(frozen=True)
class Case:
    """See `diagnosis.diagnose` for the fields."""

    loss: Loss
    recent: Mapping[str, float]
    figures: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    history: Sequence[Mapping[str, Any]] = ()

    def of(self, key: str) -> float | None:
        """A mean of the newest steps."""
        value = self.recent.get(key)
        return None if value is None or math.isnan(value) else float(value)

    def figure(self, key: str) -> float | None:
        return _number(self.figures.get(key))

    def value(self, key: str) -> float | None:
        """The present value of a setting that is a number."""
        return _number(self.values.get(key))

    @property
    def steps(self) -> float:
        return self.recent.get("steps", math.inf)

    @property
    def real(self) -> float:
        return self.recent.get("score_real", math.nan)

    @property
    def fake(self) -> float:
        return self.recent.get("score_fake", math.nan)

    @property
    def gap(self) -> float:
        return self.real - self.fake

    def game(self, player: Player) -> float | None:
        """The player's loss without its penalties and additions."""
        own = [self.of(term.key) for term in self.loss.terms(player) if not term.auxiliary]
        return None if any(value is None for value in own) else math.fsum(value for value in own if value is not None)

    def is_still(self, player: Player, norm: float) -> bool:
        """Whether the gradient over the player's whole network is known and below `norm`."""
        found = self.of(f"grad_norm_{player}")
        return found is not None and found < norm

    @cached_property
    def digit_fd(self) -> float | None:
        return self.figure("digit_fd")

    @property
    def is_good(self) -> bool:
        """The digits have been measured, and are better than a Gaussian per class draws them."""
        return self.digit_fd is not None and self.digit_fd < _gaussian()

    @property
    def is_poor(self) -> bool:
        return self.digit_fd is not None and not self.is_good

    @property
    def draws_digits(self) -> bool:
        """Not noise, not blobs: near real digits in features, or else about as near in pixels as they to each other.

        True where nothing has been measured. In features an image counts as near where it lies in more than one real
        digit's neighbourhood on average: the one that is so wide that anything lies in it belongs to an outlier.
        """
        distance, density, coverage = (self.figure(key) for key in ("memorisation", "density", "coverage"))
        if self.digit_fd is None or self.digit_fd < BARELY_DIGITS:
            return True
        if distance is not None and distance > FAR_FROM_DIGITS:
            return False
        return density is None or coverage is None or density > ONE_OUTLIER or coverage > SEEN_BY_CHANCE

    @cached_property
    def earlier(self) -> tuple[float, ...]:
        """Digit-FD as it was measured before, oldest first."""
        found = (_number(figures.get("digit_fd")) for figures in self.history)
        return tuple(value for value in found if value is not None)

    @property
    def is_improving(self) -> bool:
        """Digit-FD has fallen noticeably within the last few measurements."""
        lately = self.earlier[-LATELY:]
        return self.digit_fd is not None and bool(lately) and self.digit_fd < STILL_FALLING * max(lately)

    @property
    def is_settled(self) -> bool:
        """Measured often enough to say so, digit-FD no longer falls."""
        return self.digit_fd is not None and len(self.earlier) >= LATELY and not self.is_improving

    @property
    def is_worse_than_it_was(self) -> bool:
        """The digits were good, and are so no longer."""
        best = min(self.earlier, default=math.inf)
        return self.is_poor and self.digit_fd is not None and best < _gaussian() and self.digit_fd > 2 * best

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """The digits that the dataset has and that are not drawn."""
        return _missing(self.figures)

    @property
    def stays_collapsed(self) -> bool:
        """Classes were missing at the measurement before as well: not only a beginning."""
        return bool(self.history) and len(_missing(self.history[-1])) >= min(3, len(self.missing))


def _gaussian() -> float:
    return measured_yardsticks()["per_class_gaussian"]


def _missing(figures: Mapping[str, Any]) -> tuple[int, ...]:
    classes = figures.get("classes") or ()
    there = figures.get("data_classes") or [1.0] * len(classes)
    return tuple(digit for digit, share in enumerate(classes) if share < ABSENT and there[digit] > 0.0)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
