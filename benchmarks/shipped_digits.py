"""Write the digits that shipped checkpoints are trained on: MNIST's 60,000 less the held-out and the reserved ones.

    python -m benchmarks.shipped_digits --mnist mnist_train.npz --out shipped_digits.npz

`mnist_train.npz` holds `images` uint8 [60000, 28, 28] and `labels`. The output is one that `train --dataset` reads.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from aigc_demo.data import load, reserved_rows


def training_rows(images: np.ndarray) -> np.ndarray:
    """Rows of the 60,000 that may be trained on: neither held out (found by their pixels) nor reserved."""
    held_out = {image.tobytes() for image in load("digits5k").held_out}
    excluded = {row for row, image in enumerate(images) if image.tobytes() in held_out}
    for rows in reserved_rows().values():
        excluded.update(rows.tolist())
    return np.array(sorted(set(range(len(images))) - excluded), np.int64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    with np.load(arguments.mnist) as arrays:
        images, labels = arrays["images"], arrays["labels"].astype(np.int64)
    rows = training_rows(images)
    np.savez_compressed(arguments.out, images=images[rows], labels=labels[rows])
    print(f"{len(rows):,} digits written to {arguments.out}")


if __name__ == "__main__":
    main()
