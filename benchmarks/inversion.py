"""How well the shipped model can draw digits that nothing was trained on, and how fast their z is found.

    python -m benchmarks.inversion [--digits 500] [--mnist mnist_train.npz]

The digits are held-out ones, as many of each class, one search after another as for visitors. Beside each error stands
that of the nearest real digit, from the 4,000 training digits that the app shows and, with `--mnist` (`images` uint8
[60000, 28, 28] and `labels`), from all that the shipped model was trained on. Errors are root mean squared differences
of pixels in [0, 1]. The label found is the one that fits best after equally short searches; the feature net's reading of
the same digits stands beside it. The seconds are those of whole searches, without the first, which compiles.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.checkpoints import Generator, load
from aigc_demo.data import load as load_dataset
from aigc_demo.home import SHIPPED
from aigc_demo.metrics.distances import nearest_distances
from aigc_demo.metrics.features import feature_net
from aigc_demo.runs.inverters import Inverted, Inverters
from aigc_demo.training import describe
from benchmarks.process import load_average
from benchmarks.result import as_text, write
from benchmarks.shipped_digits import training_rows

RESULT = Path(__file__).parent / "results" / "inversion.json"
MODEL = "fast"
GOAL_SECONDS = 2.0
SEED = 0
UNHURRIED = 600.0  # seconds: a busy machine makes searches slower here, not worse
EVERY = 25  # digits between two lines of progress


def chosen(labels: np.ndarray, count: int) -> np.ndarray:
    """Rows of `count` digits, drawn at random with as many of each class as `count` allows, the classes in turn."""
    order = np.random.default_rng(SEED).permutation(len(labels))
    by_class = [order[labels[order] == label] for label in range(10)]
    turns = [rows[turn] for turn in range(-(-count // 10)) for rows in by_class if turn < len(rows)]
    return np.array(turns[:count], np.int64)


def quartiles(values: np.ndarray) -> dict[str, float]:
    """Median, quartiles and the 95th percentile."""
    names, shares = ("median", "lower", "upper", "p95"), (0.5, 0.25, 0.75, 0.95)
    return {name: float(np.quantile(values, share)) for name, share in zip(names, shares, strict=True)}


def search(generator: Generator, images: np.ndarray) -> list[Inverted]:
    inverters = Inverters()
    results: list[Inverted] = []
    for place, image in enumerate([images[0], *images]):  # the first again: it compiles
        *_, result = inverters.search(generator, image, patience=UNHURRIED)
        assert isinstance(result, Inverted)
        results.append(result)
        if place % EVERY == 0:
            print(f"{place}/{len(images)}: error {result.error:.3f}, {result.seconds:.2f} s", flush=True)
    return results[1:]


def baselines(images: np.ndarray, training: np.ndarray, mnist: Path | None) -> dict[str, Any]:
    """Errors [n] of the nearest real digit of each image, by what it was looked for in."""
    found = {f"{len(training):,} bundled digits": nearest_distances(images, training) / 28.0}
    if mnist is not None:
        with np.load(mnist) as arrays:
            everything = arrays["images"]
        everything = everything[training_rows(everything)]
        found[f"{len(everything):,} digits it was trained on"] = nearest_distances(images, everything) / 28.0
    return found


def summarise(results: list[Inverted], labels: np.ndarray, read: np.ndarray, near: dict[str, Any]) -> dict[str, Any]:
    """`read` [n] is what the feature net takes the digits for; `near` are the errors of `baselines`."""
    errors, seconds = (np.array([getattr(each, name) for each in results]) for name in ("error", "seconds"))
    right = np.array([each.found.label for each in results]) == labels
    by_class = {
        str(label): {
            "error": float(np.median(errors[labels == label])),
            "nearest": {name: float(np.median(found[labels == label])) for name, found in near.items()},
            "label_found": float(right[labels == label].mean()),
        }
        for label in np.unique(labels)
    }
    return {
        "digits": len(results),
        "error": quartiles(errors),
        "nearest": {name: quartiles(found) for name, found in near.items()},
        "closer_than_nearest": {name: float((errors < found).mean()) for name, found in near.items()},
        "label_found": float(right.mean()),
        "classifier_right": float((read == labels).mean()),
        "seconds": quartiles(seconds),
        "goal_seconds": GOAL_SECONDS,
        "by_class": by_class,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digits", type=int, default=500)
    parser.add_argument("--mnist", type=Path)
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    before = load_average()
    dataset = load_dataset("digits5k")
    rows = chosen(dataset.held_out_labels, arguments.digits)
    images, labels = dataset.held_out[rows], dataset.held_out_labels[rows]
    results = search(load(SHIPPED / MODEL), images)
    near = baselines(images, dataset.images, arguments.mnist)
    result = {
        "machine": f"{platform.machine()}, {describe().name}, {len(os.sched_getaffinity(0))} used",
        "load_before": before,
        "model": MODEL,
        **summarise(results, labels, feature_net().read(images).predicted, near),
    }
    write(arguments.out, result)
    print(as_text(result))


if __name__ == "__main__":
    main()
