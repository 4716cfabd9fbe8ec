"""Studies of what a layer does to a batch: small facts about real activations, each with claims that are checked."""

from __future__ import annotations

from collections.abc import Callable

from aigc_demo.explain.studies import leaky, norm, stride, upsampling
from aigc_demo.explain.studies.base import Batch, Finding
from aigc_demo.text import NotFound, Text

STUDIES: dict[str, Callable[[Batch], Finding]] = {
    "norm": norm.study,
    "stride": stride.study,
    "leaky": leaky.study,
    "shuffle": upsampling.shuffle,
    "transposed": upsampling.transposed,
}


def find_study(key: str) -> Callable[[Batch], Finding]:
    """The study called `key`; raises `NotFound` with the list of names."""
    if key in STUDIES:
        return STUDIES[key]
    raise NotFound(
        Text(
            "没有名为“{key}”的观察。可用：{known}。", "There is no study called “{key}”. Choose one of {known}."
        ).format(key=key[:80], known=", ".join(STUDIES))
    )


__all__ = ["STUDIES", "Batch", "Finding", "find_study"]
