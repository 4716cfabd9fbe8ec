"""How often the API may be called: an allowance that fills up again, for each visitor and for all of them together."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

from aigc_demo.text import Refused, Text

MINUTE = 60.0  # seconds in which an empty allowance is full again
MOST_VISITORS = 4096  # that are remembered; those who have asked for nothing for a minute are forgotten first

_YOURS = Text(
    "调用太频繁：这台服务器允许每人每分钟 {most} 次（这次算 {cost} 次）。请过 {wait} 秒再试。",
    "Too many calls: this server allows a visitor {most} a minute (this one counts as {cost}). Try again in {wait} s.",
)
_OF_ALL = Text(
    "现在调用的人太多：这台服务器每分钟一共接受 {most} 次。请过 {wait} 秒再试。",
    "Too many people are calling: this server takes {most} calls a minute from all of them. Try again in {wait} s.",
)


class TooOften(Refused):
    """Too many calls; `wait` is the whole number of seconds after which the same call would be let in."""

    def __init__(self, text: Text, wait: int) -> None:
        super().__init__(text)
        self.wait = wait


class Meter:
    """Token buckets: an allowance of calls a minute, all of which may be used at once, and which refills evenly.

    `per_visitor` and `overall` are calls a minute, 0 for no limit; `now` gives seconds. May be used by many threads.
    """

    def __init__(self, per_visitor: int, overall: int, now: Callable[[], float] = time.monotonic) -> None:
        self._per_visitor, self._now = per_visitor, now
        self._visitors: dict[str, _Bucket] = {}
        self._all = _Bucket(overall)
        self._lock = threading.Lock()

    def admit(self, visitor: str, cost: int = 1) -> None:
        """Count a call of `visitor` as `cost` calls. Raises `TooOften`, and then counts nothing."""
        with self._lock:
            now = self._now()
            own = self._of(visitor, now)
            for bucket, sentence in ((own, _YOURS), (self._all, _OF_ALL)):
                wait = bucket.wait(cost, now)
                if wait:
                    raise TooOften(sentence.format(most=bucket.size, cost=cost, wait=wait), wait)
            own.take(cost, now)
            self._all.take(cost, now)

    def _of(self, visitor: str, now: float) -> _Bucket:
        bucket = self._visitors.pop(visitor, None) or _Bucket(self._per_visitor)
        if len(self._visitors) >= MOST_VISITORS:
            idle = [name for name, other in self._visitors.items() if now - other.used >= MINUTE]
            for name in idle or [next(iter(self._visitors))]:  # they stand in the order in which they last called
                del self._visitors[name]
        self._visitors[visitor] = bucket
        return bucket


class _Bucket:
    """`size` calls a minute, 0 for no limit. A call that counts as more than `size` takes all of them."""

    def __init__(self, size: int) -> None:
        self.size, self.left, self.used = size, float(size), 0.0

    def wait(self, cost: int, now: float) -> int:
        """Whole seconds until `cost` can be taken; 0 where it can be now."""
        if not self.size:
            return 0
        lacking = min(cost, self.size) - self._left_at(now)
        return max(0, math.ceil(lacking * MINUTE / self.size - 1e-9))

    def take(self, cost: int, now: float) -> None:
        if self.size:
            self.left = self._left_at(now) - min(cost, self.size)
        self.used = now

    def _left_at(self, now: float) -> float:
        return min(float(self.size), self.left + (now - self.used) * self.size / MINUTE)
