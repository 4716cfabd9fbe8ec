"""What networks tell of themselves while they learn: single numbers that say more than any loss, such as attention's gate."""

from __future__ import annotations

from typing import Any


class Told:
    """The scalars of both players, as they are trained. A layer names its own in an attribute `told = ("gamma",)`."""

    def __init__(self, generator: Any, discriminator: Any) -> None:
        self._variables = {
            f"{player}.{layer.name}.{variable.name}": variable
            for player, model in (("g", generator), ("d", discriminator))
            for layer in model.layers
            for variable in layer.variables
            if variable.name in getattr(layer, "told", ())
        }

    def __call__(self) -> dict[str, float]:
        """Their values by player, layer and name, e.g. `g.attention.gamma`."""
        return {name: float(variable.numpy()) for name, variable in self._variables.items()}
