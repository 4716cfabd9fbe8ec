"""What a step reports: one row of named figures, the same columns in every row of a run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from aigc_demo.losses import Loss

COMMON_KEYS = ("d_total", "g_total", "score_real", "score_fake", "grad_norm_d", "grad_norm_g")


class Chunk(NamedTuple):
    """The figures of some steps: `values` float32 [done, m], columns named by `Trainer.keys`.

    `real_logits` and `fake_logits`, float32 [done, b], are D's opinions of the batch that both players met on, before D
    learnt from it: one for each image, or for each pack.
    """

    first_step: int
    values: np.ndarray
    seconds: float
    finite: bool
    real_logits: np.ndarray
    fake_logits: np.ndarray


def column_keys(loss: Loss) -> tuple[str, ...]:
    """The names of a chunk's columns when `loss` is trained: every term, D's before G's, then the common figures."""
    return tuple(term.key for term in loss.d_terms + loss.g_terms) + COMMON_KEYS
