"""Write the digits that shipped checkpoints are trained on: MNIST's 60,000 less the held-out and the reserved ones.

    python -m benchmarks.shipped_digits --mnist mnist_train.npz --out shipped_digits.npz

`mnist_train.npz` holds `images` uint8 [60000, 28, 28] and `labels`. The output is one that `train --dataset` reads.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from aigc_demo.data.hub_sets import training_rows


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
