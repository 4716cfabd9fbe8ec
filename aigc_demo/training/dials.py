"""What may be turned while a run trains without compiling anything again: every such number lives in a variable."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from aigc_demo.backend import tf
from aigc_demo.recipes import Plan, arithmetic_of


class Dials:
    """The rates, weights and other numbers of a plan, as variables that the compiled loop reads."""

    def __init__(self, plan: Plan, host: str | None = None) -> None:
        """`host`: the device of the whole numbers among them; None where all else is."""

        def dial(dtype: Any = tf.float32) -> Any:
            with tf.device(host if dtype == tf.int32 else None):
                return tf.Variable(0, dtype=dtype, trainable=False)

        loss = plan.loss_object()
        self.weights = {term.key: dial() for term in loss.d_terms + loss.g_terms if term.symbol}
        self.rates = {player: dial() for player in ("d", "g")}
        self.discriminator_steps = dial(tf.int32)
        self.rate_halving_steps = dial()
        self.ema_decay = dial()
        self.ema_lag = dial()
        self.augment = dial(tf.int32)
        self.growth_steps = dial(tf.int32)
        self.clip = dial()
        self.set(plan)

    def set(self, plan: Plan) -> None:
        """Turn every dial to what `plan` says; it must be of the structure that these dials were made for."""
        recipe = plan.recipe
        for key, weight in plan.weights.items():
            self.weights[key].assign(weight)
        self.rates["d"].assign(recipe.d_optimiser.learning_rate)
        self.rates["g"].assign(recipe.g_optimiser.learning_rate)
        self.discriminator_steps.assign(plan.discriminator_steps)
        self.rate_halving_steps.assign(recipe.rate_halving_steps)
        self.ema_decay.assign(recipe.ema_decay)
        self.ema_lag.assign(recipe.ema_lag)
        self.augment.assign(plan.augment)
        self.growth_steps.assign(max(recipe.growth_steps, 1))
        if plan.clip_at is not None:
            self.clip.assign(plan.clip_at)


def structure(plan: Plan) -> Hashable:
    """All that is baked into the compiled graph; what is not lives in `Dials`."""
    recipe = plan.recipe
    return (
        recipe.generator,
        recipe.discriminator,
        recipe.latent_size,
        plan.classes,
        recipe.batch_size,
        recipe.updates,
        plan.loss,
        plan.auxiliaries,
        plan.pac,
        plan.dropout,
        plan.freeze_d,
        arithmetic_of(plan),
        plan.augment > 0,
        plan.clip_at is not None,
        *((item.name, item.beta_1, item.beta_2) for item in (recipe.g_optimiser, recipe.d_optimiser)),
    )
