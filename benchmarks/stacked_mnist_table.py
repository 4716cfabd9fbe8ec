"""What is counted of stacked digits, what a perfect sampler and real digits get, and the published rows beside ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from aigc_demo.metrics.features import feature_net
from aigc_demo.metrics.yardsticks import measured_yardsticks
from benchmarks.spread import spread
from benchmarks.stacked_mnist_nets import ROWS

CLASSES, COLOURS = 10, 3
MODES = CLASSES**COLOURS
SAMPLES = 26_000
FD_CHANNELS = 5_000  # channels that digit-FD is taken of

# PacGAN, Table 3, D a quarter of G: mean ± as stated there, of 25,600 pictures; steps, batch and rates from its published code.
PUBLISHED = {
    "dcgan": {"modes": 78.5, "plus_minus": 17.6, "kl": 5.21},
    "pacdcgan2": {"modes": 484.5, "plus_minus": 33.0, "kl": 2.61},
}
PUBLISHED_RACE = {
    "published_steps": 500_000,
    "published_batch": 128,
    "published_rates": {"d": 2e-4, "g": 1e-4},
}
# R3GAN (Huang et al. 2024, arXiv:2501.05441), Table 1: the same loss on networks that are far larger.
LARGER_NETWORKS = {"rpgan_r1_r2": {"modes": 1000, "kl": 0.0781}}


def counted(digits: np.ndarray) -> dict[str, Any]:
    """Of digits [n, 3] that a classifier reads in the channels: distinct triples, and KL(triples || uniform) in nats."""
    triples = digits @ CLASSES ** np.arange(COLOURS - 1, -1, -1)
    shares = np.bincount(triples, minlength=MODES) / len(triples)
    present = shares[shares > 0]
    return {"modes": len(present), "kl": max(0.0, float((present * np.log(present * MODES)).sum()))}


def figures(pictures: np.ndarray) -> dict[str, Any]:
    """Of `pictures` uint8 [n, 28, 28, 3]: what `counted` says, and the digit-FD of their first 5,000 channels."""
    channels = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)).reshape(-1, *pictures.shape[1:3])
    net = feature_net()
    reading = net.read(channels)
    return {
        **counted(reading.predicted.reshape(-1, COLOURS)),
        "digit_fd": net.digit_fd(reading.features[:FD_CHANNELS].astype(np.float64)),
    }


def perfect(seed: int = 0) -> dict[str, Any]:
    """What a perfect sampler gets: triples drawn evenly. Its KL is (1,000 - 1) / 2n and a little more, never 0."""
    return counted(np.random.default_rng(seed).integers(CLASSES, size=(SAMPLES, COLOURS)))


def real(digits: np.ndarray, seed: int = 0) -> dict[str, Any]:
    """What our classifier makes of real `digits` uint8 [n, 28, 28] stacked at random: what G could get at best."""
    net = feature_net()
    predicted = net.read(digits).predicted
    triples = predicted[np.random.default_rng(seed).integers(len(predicted), size=(SAMPLES, COLOURS))]
    return {**counted(triples), "digit_fd": net.floor(FD_CHANNELS)}


def yardsticks() -> dict[str, float]:
    """The digit-FD of samplers that draw no digits; a row above them is counted in blots, whatever its modes."""
    return {name: measured_yardsticks()[name] for name in ("per_class_gaussian", "noise")}


def summarise(
    made: Sequence[Mapping[str, Any]], wanted: int, settings: Mapping[str, Any], bounds: Mapping[str, Any]
) -> dict[str, Any]:
    """The result: each row's mean, median and range over the runs that are done, and the published figures.

    `wanted` is how many runs there are to be, `settings` how they were made, `bounds` what a perfect sampler and real
    digits get.
    """
    rows = {}
    for name, row in ROWS.items():
        here = [run for run in made if run["row"] == name]
        keys = ("modes", "kl", "digit_fd", "seconds") if here else ()
        rows[name] = {
            "title": row.title,
            "runs": len(here),
            "seeds": [run["seed"] for run in here],
            **{key: _spread([run[key] for run in here]) for key in keys},
            "published": PUBLISHED.get(name),
            "published_larger_networks": LARGER_NETWORKS.get(name),
        }
    return {
        **settings,
        "samples": SAMPLES,
        "runs_done": len(made),
        "runs_wanted": wanted,
        **PUBLISHED_RACE,
        **bounds,
        "rows": rows,
        "runs": list(made),
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    """The mean as well, which is what papers state."""
    return {"mean": float(np.mean(values)), **spread(values)}
