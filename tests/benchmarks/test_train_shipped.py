"""The benchmark that trains what ships: a phase with another network keeps of the earlier one what fits."""

from __future__ import annotations

import numpy as np

from benchmarks.train_shipped import SHIPPED, fitting


def test_another_network_begins_with_what_fits_it_and_with_its_own_for_the_rest() -> None:
    own = {"conv/kernel": np.zeros((2, 2)), "head/kernel": np.zeros((3, 1)), "new/kernel": np.zeros(4)}
    earlier = {"conv/kernel": np.ones((2, 2)), "head/kernel": np.ones((5, 1)), "gone/kernel": np.ones(6)}
    found = fitting(own, earlier)
    assert {name: (value.shape, value.max()) for name, value in found.items()} == {
        "conv/kernel": ((2, 2), 1.0),
        "head/kernel": ((3, 1), 0.0),
        "new/kernel": ((4,), 0.0),
    }
    assert own["conv/kernel"].max() == 0.0


def test_steps_are_counted_on_within_a_trainer_and_from_0_by_the_next() -> None:
    for shipped in SHIPPED.values():
        for before, phase in zip(shipped.phases, shipped.phases[1:], strict=False):
            assert phase.anew or phase.until > before.until
