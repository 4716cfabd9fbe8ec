"""Setting a network's variables to their starting values, in place and from a seed.

Re-using compiled networks for a new run needs exactly this; building them anew would compile again.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def initialise(model: Any, seed: int, player: int) -> None:
    """Give every variable of `model` its initial value for `seed`; `player` (0 = D, 1 = G) keeps the streams apart.

    A layer says how its variable `x` begins in its attribute `x_initializer`, as Keras's own layers do.
    """
    for place, layer in enumerate(model.layers):
        for order, variable in enumerate(layer.variables):
            if variable.name == "seed_generator_state":
                variable.assign(np.array([seed % 2**31, 1000 * player + place], variable.dtype))
                continue
            initialiser = getattr(layer, f"{variable.name}_initializer")
            config = initialiser.get_config()
            if "seed" in config:
                own = np.random.SeedSequence([seed, player, place, order]).generate_state(1)[0]
                initialiser = type(initialiser).from_config({**config, "seed": int(own) % 2**31})
            variable.assign(initialiser(variable.shape, dtype=variable.dtype))
