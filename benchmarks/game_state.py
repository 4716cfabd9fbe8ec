"""What a small game changes from step to step, as named arrays: one step of Adam, and how it lies on disk between chunks."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.home import write_atomically

Arrays = dict[str, Any]  # arrays or tensors by name
State = dict[
    str, Arrays
]  # such as "g" and "d", the players' weights, and Adam's two moments of each ("g_first", "g_second")


class Adam(NamedTuple):
    """One player's optimiser. Source: Kingma and Ba 2015, arXiv:1412.6980, the efficient form at the end of section 2."""

    rate: float
    beta_1: float
    beta_2: float
    tiny: float = 1e-8

    def step(self, state: State, player: str, gradients: Mapping[str, Any], count: Any) -> State:
        """The player's weights and moments after step number `count`, from 1, a float32 scalar."""
        rate = self.rate * tf.sqrt(1 - tf.pow(self.beta_2, count)) / (1 - tf.pow(self.beta_1, count))
        first, second, weights = {}, {}, {}
        for key, gradient in gradients.items():
            first[key] = self.beta_1 * state[f"{player}_first"][key] + (1 - self.beta_1) * gradient
            second[key] = self.beta_2 * state[f"{player}_second"][key] + (1 - self.beta_2) * tf.square(gradient)
            weights[key] = state[player][key] - rate * first[key] / (tf.sqrt(second[key]) + self.tiny)
        return {player: weights, f"{player}_first": first, f"{player}_second": second}


def with_moments(players: State) -> State:
    """The players' weights, with Adam's moments of each at 0."""
    moments = {f"{player}_{which}": {key: np.zeros_like(value) for key, value in weights.items()}
               for player, weights in players.items() for which in ("first", "second")}  # fmt: skip
    return {**players, **moments}


def keep(path: Path, state: State, record: Mapping[str, Any]) -> None:
    """Write the state and a record that JSON can hold, wholly or not at all."""
    arrays: dict[str, Any] = {
        f"{group}/{key}": np.asarray(value) for group, values in state.items() for key, value in values.items()
    }
    content = io.BytesIO()
    np.savez(content, record=np.array(json.dumps(record)), **arrays)
    write_atomically(path, content.getvalue())


def restored(path: Path) -> tuple[State, dict[str, Any]]:
    """What `keep` wrote."""
    state: State = {}
    with np.load(path, allow_pickle=False) as arrays:
        for name in arrays.files:
            if name != "record":
                group, key = name.split("/")
                state.setdefault(group, {})[key] = arrays[name]
        return state, json.loads(str(arrays["record"]))
