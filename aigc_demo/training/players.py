"""The two players with all that they remember: networks, optimisers, moving average, and the names of their variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.networks.growing import Growth, stages_of
from aigc_demo.networks.initialise import initialise
from aigc_demo.networks.precision import use_bfloat16
from aigc_demo.recipes import Optimiser, Plan, arithmetic_of
from aigc_demo.text import Refused
from aigc_demo.training.widening import OTHER_NETWORK, widened

Weights = Mapping[str, np.ndarray]


class Players:
    """G, D, the moving average of G, and an optimiser for each player."""

    def __init__(self, plan: Plan) -> None:
        self._classes = plan.classes
        self.generator = build_generator(plan.recipe.generator, plan.classes)
        self.discriminator = build_discriminator(plan.recipe.discriminator, plan.pac, plan.dropout, plan.classes)
        self.ema = build_generator(plan.recipe.generator, plan.classes)  # the moving average of the generator's weights
        if arithmetic_of(plan).precision == "bfloat16":  # but for the average: what is drawn is drawn alike everywhere
            use_bfloat16(self.generator)
            use_bfloat16(self.discriminator)
        self.stages = list(
            zip(stages_of(self.generator), stages_of(self.discriminator), strict=True)
        )  # G and D of each
        self.growth = Growth(self.generator, self.discriminator, self.ema)
        self.held = _first_weights(self.discriminator, plan.freeze_d)  # ids of D's variables that do not learn
        copied = _copied(self.generator)
        self.averaged = [
            (mean, variable, id(variable) in copied)
            for mean, variable in zip(self.ema.variables, self.generator.variables, strict=True)
        ]  # each variable of the average and of G, and whether it is copied rather than averaged
        self.g_optimiser = _build_optimiser(plan.recipe.g_optimiser)
        self.d_optimiser = _build_optimiser(plan.recipe.d_optimiser)
        self.g_optimiser.build(self.generator.trainable_variables)
        self.d_optimiser.build(self.discriminator.trainable_variables)

    @property
    def seeds(self) -> list[Any]:
        """The states, [2] each, of what G's and D's layers draw at random in training."""
        variables = (*self.generator.non_trainable_variables, *self.discriminator.non_trainable_variables)
        return [variable for variable in variables if variable.name == "seed_generator_state"]

    def begin_with(self, generator: Weights, discriminator: Weights, classes: int, growth_steps: int) -> None:
        """Take over weights, as `named_weights` names them, of networks for so many classes; the optimisers begin anew.

        Networks that grow go on growing from there.

        Raises `Refused` unless they are of these networks, but for the classes.
        """
        for model, weights in ((self.generator, generator), (self.ema, generator), (self.discriminator, discriminator)):
            variables = {name: variable for name, variable in _by_name(model).items() if "seed" not in variable.name}
            if set(variables) != set(weights):
                raise Refused(OTHER_NETWORK)
            fitting = {
                name: widened(weights[name], tuple(variable.shape), classes, self._classes - classes)
                for name, variable in variables.items()
            }
            for name, variable in variables.items():
                variable.assign(fitting[name])
        self.growth.take_up(growth_steps)
        self.forget()

    def reset(self, seed: int) -> None:
        """Begin anew from `seed`, in place."""
        initialise(self.discriminator, seed, 0)
        initialise(self.generator, seed, 1)
        for mean, variable in zip(self.ema.variables, self.generator.variables, strict=True):
            mean.assign(variable)
        self.growth.reset()
        self.forget()

    def forget(self) -> None:
        """Both optimisers as they began: what they remember of the gradients so far no longer fits."""
        for optimiser in (self.g_optimiser, self.d_optimiser):
            for variable in optimiser.variables:
                variable.assign(np.zeros(variable.shape, variable.dtype))

    def variables(self) -> dict[str, Any]:
        """Every variable by a name that depends on the networks and optimisers alone, not on the game they play."""
        named: dict[str, Any] = {}
        for prefix, holder in (("generator", self.generator), ("ema", self.ema), ("discriminator", self.discriminator)):
            named |= {f"{prefix}/{name}": variable for name, variable in _by_name(holder).items()}
        named |= {f"growth/{name}": variable for name, variable in self.growth.variables().items()}
        for prefix, optimiser in (("g_optimiser", self.g_optimiser), ("d_optimiser", self.d_optimiser)):
            named |= {f"{prefix}/{place:03d}": variable for place, variable in enumerate(optimiser.variables)}
        return named


class Habits:
    """What a network's forward passes leave behind without any gradient: batch statistics, the state of its dropout.

    A pass that is only looked at must leave no trace: `seen` them before it, `put_back` after it.
    """

    def __init__(self, model: Any) -> None:
        self._variables = list(model.non_trainable_variables)

    def seen(self) -> list[Any]:
        return [variable.value + 0 for variable in self._variables]

    def put_back(self, values: list[Any]) -> None:
        for variable, value in zip(self._variables, values, strict=True):
            variable.assign(value)

    def __bool__(self) -> bool:
        return bool(self._variables)


def named_weights(model: Any) -> dict[str, np.ndarray]:
    """The values of `model`'s variables by layer and name, e.g. `dense/kernel`; without its sources of randomness."""
    return {name: variable.numpy() for name, variable in _by_name(model).items() if "seed" not in variable.name}


def _by_name(model: Any) -> dict[str, Any]:
    """The variables by layer and name, e.g. `dense/kernel`.

    Not by their paths: Keras numbers those of a dropout's seed by what else this process has built.
    """
    return {f"{layer.name}/{variable.name}": variable for layer in model.layers for variable in layer.variables}


def _first_weights(model: Any, layers: int) -> frozenset[int]:
    """Ids of the variables of the first `layers` layers of `model` that have any to learn."""
    learning = [layer for layer in model.layers if layer.trainable_variables][:layers]
    return frozenset(id(variable) for layer in learning for variable in layer.trainable_variables)


def _copied(model: Any) -> set[int]:
    """Ids of the variables that a mean of old values would make wrong: those a layer names in its `copied`, and the
    states of its sources of randomness.
    """
    return {
        id(variable)
        for layer in model.layers
        for variable in layer.variables
        if variable.name in (*getattr(layer, "copied", ()), "seed_generator_state")
    }


def _build_optimiser(settings: Optimiser) -> Any:
    import keras

    if settings.name == "adam":
        return keras.optimizers.Adam(settings.learning_rate, settings.beta_1, settings.beta_2)
    return keras.optimizers.RMSprop(settings.learning_rate, rho=settings.beta_2)
