"""The Trainer: networks, optimisers and moving average of one run, and the compiled loop that trains them."""

from __future__ import annotations

import time
from collections.abc import Hashable
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.losses import Loss, Round, evaluate
from aigc_demo.networks import build_discriminator, build_generator, discriminate, generate
from aigc_demo.networks.initialise import initialise
from aigc_demo.recipes import Optimiser, Plan
from aigc_demo.training.devices import describe

COMMON_KEYS = ("d_total", "g_total", "score_real", "score_fake", "grad_norm_d", "grad_norm_g")

# The streams of random numbers: every draw is keyed by (seed, step, stream), so a resumed run continues the same ones.
_ROWS, _LATENT, _TERMS = 0, 1, 2
_STREAMS = 8  # room for more kinds of draw without changing those above
_EXTRA_ROUNDS = 64  # D-only rounds of one step draw from streams of their own


class Chunk(NamedTuple):
    """The figures of some steps: `values` float32 [done, m], columns named by `Trainer.keys`."""

    first_step: int
    values: np.ndarray
    seconds: float
    finite: bool


def column_keys(loss: Loss) -> tuple[str, ...]:
    """The names of a chunk's columns when `loss` is trained: every term, D's before G's, then the common figures."""
    return tuple(term.key for term in loss.d_terms + loss.g_terms) + COMMON_KEYS


class Trainer:
    """Plays the game of one `Plan`. Not thread-safe: one thread at a time may call it."""

    def __init__(self, plan: Plan, dataset: Dataset) -> None:
        """Build the networks (compiling waits for the first `steps`). `dataset` may be smaller than a batch."""
        describe()
        self.generator = build_generator(plan.recipe.generator)
        self.discriminator = build_discriminator(plan.recipe.discriminator)
        self.ema = build_generator(plan.recipe.generator)  # the moving average of the generator's weights
        self._g_optimiser = _build_optimiser(plan.recipe.g_optimiser)
        self._d_optimiser = _build_optimiser(plan.recipe.d_optimiser)
        self._g_optimiser.build(self.generator.trainable_variables)
        self._d_optimiser.build(self.discriminator.trainable_variables)
        self._loss = plan.loss_object()
        terms = self._loss.d_terms + self._loss.g_terms
        self.keys = column_keys(self._loss)
        self._weights = {
            term.key: tf.Variable(term.weight, dtype=tf.float32, trainable=False) for term in terms if term.symbol
        }
        self._seed = tf.Variable(0, dtype=tf.int32, trainable=False)
        self._step = tf.Variable(0, dtype=tf.int32, trainable=False)
        self._rates = {player: tf.Variable(0.0, trainable=False) for player in ("d", "g")}
        self._discriminator_steps = tf.Variable(1, dtype=tf.int32, trainable=False)
        self._structure = _structure(plan)
        self._sample = tf.function(self._draw, autograph=False, reduce_retracing=True)
        self.plan = plan
        self._dataset = dataset
        self._images = tf.Variable(dataset.images, trainable=False)
        self._labels = tf.Variable(dataset.labels, trainable=False)
        self.reset(plan, dataset)

    @property
    def step(self) -> int:
        """How many steps this run has made."""
        return int(self._step.numpy())

    def fits(self, plan: Plan, dataset: Dataset) -> bool:
        """Whether `reset` can take this plan without compiling again."""
        return _structure(plan) == self._structure and len(dataset.images) == len(self._dataset.images)

    def reset(self, plan: Plan, dataset: Dataset) -> None:
        """Start `plan` from its seed, re-using everything that is compiled. Raises ValueError unless it fits."""
        if not self.fits(plan, dataset):
            raise ValueError("this trainer was compiled for another structure")
        if dataset is not self._dataset:
            self._dataset = dataset
            self._images.assign(dataset.images)
            self._labels.assign(dataset.labels)
        self.plan = plan
        initialise(self.discriminator, plan.seed, 0)
        initialise(self.generator, plan.seed, 1)
        for mean, variable in zip(self.ema.variables, self.generator.variables, strict=True):
            mean.assign(variable)
        self._rates["d"].assign(plan.recipe.d_optimiser.learning_rate)
        self._rates["g"].assign(plan.recipe.g_optimiser.learning_rate)
        for optimiser in (self._g_optimiser, self._d_optimiser):
            for variable in optimiser.variables:
                variable.assign(np.zeros(variable.shape, variable.dtype))
        for key, weight in plan.weights.items():
            self._weights[key].assign(weight)
        self._seed.assign(plan.seed)
        self._step.assign(0)
        self._discriminator_steps.assign(plan.discriminator_steps)

    def steps(self, count: int) -> Chunk:
        """Make `count` steps in one compiled call; stops early at the first figure that is not finite.

        At a non-finite step the generator and its moving average keep their last good values.
        """
        first = self.step + 1
        started = time.perf_counter()
        values = self._compiled_steps(tf.constant(count)).numpy()
        seconds = time.perf_counter() - started
        return Chunk(first, values, seconds, bool(np.isfinite(values).all()))

    def sample(self, z: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Images uint8 [n, 28, 28] of the averaged generator for z float32 [n, latent_size], labels int [n]."""
        return self._sample(tf.constant(z, tf.float32), tf.constant(labels, tf.int32)).numpy()

    def generator_weights(self) -> dict[str, np.ndarray]:
        """The averaged generator's variables by layer and name, e.g. `dense/kernel`."""
        return _named(self.ema)

    def discriminator_weights(self) -> dict[str, np.ndarray]:
        """The discriminator's variables by layer and name."""
        return _named(self.discriminator)

    def state(self) -> dict[str, np.ndarray]:
        """Everything that resuming exactly here needs, by unique name."""
        return {name: np.asarray(variable.numpy()) for name, variable in self._state_variables().items()}

    def restore(self, state: dict[str, np.ndarray]) -> None:
        """Continue from what `state` returned; raises ValueError when names or shapes are not this trainer's."""
        variables = self._state_variables()
        if set(variables) != set(state):
            raise ValueError("the saved state belongs to other networks")
        for name, variable in variables.items():
            if tuple(variable.shape) != state[name].shape:
                raise ValueError(f"the saved state has another shape for {name}")
        for name, variable in variables.items():
            variable.assign(state[name])

    def _state_variables(self) -> dict[str, Any]:
        named: dict[str, Any] = {"step": self._step, "seed": self._seed}
        for prefix, holder in (("generator", self.generator), ("ema", self.ema), ("discriminator", self.discriminator)):
            named |= {f"{prefix}/{name}": variable for name, variable in _by_name(holder).items()}
        for prefix, optimiser in (("g_optimiser", self._g_optimiser), ("d_optimiser", self._d_optimiser)):
            named |= {f"{prefix}/{place:03d}": variable for place, variable in enumerate(optimiser.variables)}
        return named

    def _draw(self, z: Any, labels: Any) -> Any:
        images = generate(self.ema, z, labels, training=False)[..., 0]
        return tf.cast(tf.round(tf.clip_by_value(images * 127.5 + 127.5, 0.0, 255.0)), tf.uint8)

    def _stream(self, stream: Any) -> Any:
        """The seed [2] of one stream of this step's draws."""
        return tf.stack([self._seed, self._step * (_STREAMS * _EXTRA_ROUNDS) + stream])

    def _batch(self, round_number: Any) -> tuple[Any, Any, Any, Any]:
        """Real images [B, 28, 28, 1], their labels [B], z [B, latent] and the seed of the terms, for one round."""
        size, offset = self.plan.recipe.batch_size, round_number * _STREAMS
        rows = tf.random.stateless_uniform(
            [size], self._stream(offset + _ROWS), 0, len(self._dataset.images), dtype=tf.int32
        )
        images = tf.cast(tf.gather(self._images, rows)[..., None], tf.float32) / 127.5 - 1.0
        z = tf.random.stateless_normal([size, self.plan.recipe.latent_size], self._stream(offset + _LATENT))
        return images, tf.gather(self._labels, rows), z, self._stream(offset + _TERMS)

    def _round(self, real: Any, fake: Any, labels: Any, z: Any, seed: Any) -> Round:
        def opinion(images: Any, classes: Any) -> Any:
            return discriminate(self.discriminator, images, classes, training=True)

        def draw(latent: Any, classes: Any) -> Any:
            return generate(self.generator, latent, classes, training=True)

        return Round(opinion, draw, z, real, fake, labels, opinion(real, labels), opinion(fake, labels), seed)

    def _discriminator_round(
        self, real: Any, fake: Any, labels: Any, z: Any, seed: Any
    ) -> tuple[Any, dict, Any, Round]:
        """One update of D; returns its total, its terms, its gradient norm and the round."""
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([variable.value for variable in self.discriminator.trainable_variables])
            round_ = self._round(real, fake, labels, z, seed)
            total, values = evaluate(self._loss.d_terms, round_, self._weights)
        gradients = tape.gradient(total, self.discriminator.trainable_variables)
        self._apply_d(gradients)
        return total, values, tf.linalg.global_norm(gradients), round_

    def _apply_d(self, gradients: list[Any]) -> None:
        variables = self.discriminator.trainable_variables
        self._d_optimiser.apply(gradients, variables)
        if self._loss.clip is not None:
            for variable in variables:
                variable.assign(tf.clip_by_value(variable.value, -self._loss.clip, self._loss.clip))

    def _extra_discriminator_rounds(self) -> None:
        def body(number: Any) -> tuple[Any]:
            real, labels, z, seed = self._batch(number)
            fake = generate(self.generator, z, labels, training=True)
            self._discriminator_round(real, fake, labels, z, seed)
            return (number + 1,)

        tf.while_loop(lambda number: number < self._discriminator_steps, body, (tf.constant(1),), parallel_iterations=1)

    def _alternating(self) -> tuple[dict, list[Any]]:
        """D's update, then G's against the new D, on the same z. Returns the figures and G's gradients."""
        real, labels, z, seed = self._batch(0)
        watched = [variable.value for variable in self.generator.trainable_variables]
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(watched)
            fake = generate(self.generator, z, labels, training=True)
            with tape.stop_recording():
                d_total, d_values, d_norm, d_round = self._discriminator_round(
                    real, tf.stop_gradient(fake), labels, z, seed
                )
            fake_out = discriminate(self.discriminator, fake, labels, training=True)
            round_ = d_round._replace(fake=fake, fake_out=fake_out)
            g_total, g_values = evaluate(self._loss.g_terms, round_, self._weights)
        g_gradients = tape.gradient(g_total, self.generator.trainable_variables)
        return self._figures(d_total, d_values, d_norm, g_total, g_values, g_gradients, d_round), g_gradients

    def _simultaneous(self) -> tuple[dict, list[Any]]:
        """Both gradients from one forward pass, as the tutorial's code takes them."""
        real, labels, z, seed = self._batch(0)
        with (
            tf.GradientTape(watch_accessed_variables=False) as g_tape,
            tf.GradientTape(watch_accessed_variables=False) as d_tape,
        ):
            g_tape.watch([variable.value for variable in self.generator.trainable_variables])
            d_tape.watch([variable.value for variable in self.discriminator.trainable_variables])
            fake = generate(self.generator, z, labels, training=True)
            round_ = self._round(real, fake, labels, z, seed)
            d_total, d_values = evaluate(self._loss.d_terms, round_, self._weights)
            g_total, g_values = evaluate(self._loss.g_terms, round_, self._weights)
        d_gradients = d_tape.gradient(d_total, self.discriminator.trainable_variables)
        g_gradients = g_tape.gradient(g_total, self.generator.trainable_variables)
        with tf.control_dependencies(g_gradients):  # D may change only after G's gradient has been taken through it
            self._apply_d(d_gradients)
        norm = tf.linalg.global_norm(d_gradients)
        return self._figures(d_total, d_values, norm, g_total, g_values, g_gradients, round_), g_gradients

    def _figures(
        self, d_total: Any, d_values: dict, d_norm: Any, g_total: Any, g_values: dict, g_gradients: Any, round_: Round
    ) -> dict[str, Any]:
        read = tf.sigmoid if self._loss.readout == "probability" else tf.identity
        return {
            **d_values,
            **g_values,
            "d_total": d_total,
            "g_total": g_total,
            "score_real": tf.reduce_mean(read(round_.real_out.logit)),
            "score_fake": tf.reduce_mean(read(round_.fake_out.logit)),
            "grad_norm_d": d_norm,
            "grad_norm_g": tf.linalg.global_norm(g_gradients),
        }

    def _one_step(self) -> Any:
        """One step of the game; returns its figures [m]."""
        halving = self.plan.recipe.rate_halving_steps
        factor = halving / (halving + tf.cast(self._step, tf.float32))
        self._d_optimiser.learning_rate.assign(factor * self._rates["d"])
        self._g_optimiser.learning_rate.assign(factor * self._rates["g"])
        self._extra_discriminator_rounds()
        play = self._alternating if self.plan.recipe.updates == "alternating" else self._simultaneous
        figures, g_gradients = play()
        row = tf.stack([figures[key] for key in self.keys])

        def update() -> Any:
            self._g_optimiser.apply(g_gradients, self.generator.trainable_variables)
            done = tf.cast(self._step + 1, tf.float32)
            decay = tf.minimum(self.plan.recipe.ema_decay, (1.0 + done) / (self.plan.recipe.ema_lag + done))
            for mean, variable in zip(self.ema.variables, self.generator.variables, strict=True):
                mean.assign(decay * mean.value + (1.0 - decay) * variable.value)
            return tf.constant(True)

        finite = tf.cond(tf.reduce_all(tf.math.is_finite(row)), update, lambda: tf.constant(False))
        with tf.control_dependencies([finite]):
            self._step.assign_add(1)
        return row

    @property
    def _compiled_steps(self) -> Any:
        if not hasattr(self, "_loop"):
            self._loop = tf.function(self._many_steps, input_signature=[tf.TensorSpec([], tf.int32)], autograph=False)
        return self._loop

    def _many_steps(self, count: Any) -> Any:
        def body(done: Any, alive: Any, rows: Any) -> tuple[Any, Any, Any]:
            row = self._one_step()
            return done + 1, tf.reduce_all(tf.math.is_finite(row)), rows.write(done, row)

        rows = tf.TensorArray(tf.float32, size=count, element_shape=[len(self.keys)])
        done, _, rows = tf.while_loop(
            lambda done, alive, rows: tf.logical_and(done < count, alive),
            body,
            (tf.constant(0), tf.constant(True), rows),
            parallel_iterations=1,
        )
        return rows.gather(tf.range(done))


def _structure(plan: Plan) -> Hashable:
    """All that is baked into the compiled graph; what is not (rates, weights, seed) lives in variables."""
    recipe = plan.recipe
    return (
        recipe.generator,
        recipe.discriminator,
        recipe.latent_size,
        recipe.batch_size,
        recipe.updates,
        recipe.ema_decay,
        recipe.ema_lag,
        recipe.rate_halving_steps,
        plan.loss,
        plan.auxiliaries,
        *((item.name, item.beta_1, item.beta_2) for item in (recipe.g_optimiser, recipe.d_optimiser)),
    )


def _build_optimiser(settings: Optimiser) -> Any:
    import keras

    if settings.name == "adam":
        return keras.optimizers.Adam(settings.learning_rate, settings.beta_1, settings.beta_2)
    return keras.optimizers.RMSprop(settings.learning_rate, rho=settings.beta_2)


def _by_name(model: Any) -> dict[str, Any]:
    """The variables by layer and name, e.g. `dense/kernel`.

    Not by their paths: Keras numbers those of a dropout's seed by what else this process has built.
    """
    return {f"{layer.name}/{variable.name}": variable for layer in model.layers for variable in layer.variables}


def _named(model: Any) -> dict[str, np.ndarray]:
    return {name: variable.numpy() for name, variable in _by_name(model).items() if "seed" not in variable.name}
