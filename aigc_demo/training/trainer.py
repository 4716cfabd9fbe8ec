"""The Trainer: one run's players and the compiled loop that lets them play."""

from __future__ import annotations

import time
from typing import Any, Literal

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.networks import DISCRIMINATORS, GENERATORS, discriminate, generate
from aigc_demo.networks.growing import begins, stage_at
from aigc_demo.recipes import Plan, arithmetic_of
from aigc_demo.training.devices import HOST, describe
from aigc_demo.training.dials import Dials, structure
from aigc_demo.training.draws import Draws
from aigc_demo.training.figures import Chunk
from aigc_demo.training.game import Game, Turn, pack
from aigc_demo.training.loop import Loop
from aigc_demo.training.memory import check_room
from aigc_demo.training.observe import Observation, Observer
from aigc_demo.training.players import Players, Weights, named_weights
from aigc_demo.training.replicas import ALONE, Replicas, apply_as_given
from aigc_demo.training.told import Outside, Told
from aigc_demo.training.workers import OVER, PLAY, SHARE, Workers

Who = Literal["both", "d", "g"]


class Trainer:
    """Plays the game of one `Plan`. Not thread-safe: one thread at a time may call it."""

    def __init__(self, plan: Plan, dataset: Dataset, replicas: Replicas = ALONE) -> None:
        """Build the networks (compiling waits for the first `steps`). `dataset` may be smaller than a batch.

        Of several `replicas`, each has its share of every batch. Raises `VisitorError` where they cannot play this plan,
        or the memory that is free cannot hold its batch.
        """
        replicas.refuse(plan)
        describe()
        self._replicas = replicas
        self._is_told = False  # whether the other processes know the variables as they are here
        self.plan = plan
        self._structure = structure(plan)
        whole_packs = plan.recipe.batch_size // plan.pac * plan.pac
        categories = plan.classes if DISCRIMINATORS[plan.recipe.discriminator].codes else 0
        with replicas.scope():
            self._players = Players(plan)
            check_room(self._players.generator, self._players.discriminator, plan)
            host = None if arithmetic_of(plan).xla or replicas.count > 1 else HOST
            self._dials = Dials(plan, host)
            self._draws = Draws(dataset, whole_packs, plan.recipe.latent_size, categories, replicas, host)
        if replicas.count > 1:
            apply_as_given(self._players.g_optimiser)
            apply_as_given(self._players.d_optimiser)
        stages = range(len(self._players.stages))
        games = [Game(plan, self._players, self._dials, self._draws, stage, replicas) for stage in stages]
        self.keys = games[-1].keys
        self._loops = [Loop(game, arithmetic_of(plan).xla and replicas.count == 1) for game in games]
        labels = tf.TensorSpec([None], tf.int32)
        points, images = tf.TensorSpec([None, plan.recipe.latent_size]), tf.TensorSpec([None, 28, 28], tf.uint8)
        self._sample = tf.function(self._draw_average, input_signature=[points, labels], autograph=False)
        self._judge = tf.function(self._raw_logits, input_signature=[images, labels], autograph=False)
        is_unbounded = GENERATORS[plan.recipe.generator].unbounded
        outside = {"g.image.outside": Outside(self._players.ema)} if is_unbounded else None
        self.scalars = Told(self._players.generator, self._players.discriminator, outside)
        self._observe = Observer(games[-1], plan.pac, arithmetic_of(plan).xla and replicas.count == 1)
        self.reset(plan, dataset)

    @property
    def step(self) -> int:
        """How many steps this run has made."""
        return int(self._draws.step.numpy())

    @property
    def stage(self) -> int:
        """Which stage of players that grow the coming step trains, 0 for the first; 0 where they do not grow."""
        if len(self._loops) == 1:
            return 0
        return stage_at(self._grown_for(), self.plan.recipe.growth_steps, len(self._loops))

    def prepare(self) -> None:
        """Compile now what `steps` would compile when it first needs it: the loop of every stage."""
        for loop in self._loops:
            loop.prepare()

    def fits(self, plan: Plan, dataset: Dataset) -> bool:
        """Whether `reset` can take this plan without compiling again."""
        if self._replicas.count > 1 and plan.discriminator_steps != self.plan.discriminator_steps:
            return False  # several replicas have the number of rounds compiled in
        return structure(plan) == self._structure and len(dataset.images) == len(self._draws.dataset.images)

    def reset(self, plan: Plan, dataset: Dataset) -> None:
        """Start `plan` from its seed, re-using everything that is compiled. Raises ValueError unless it fits."""
        self.adopt(plan, dataset)
        self._draws.use(dataset)
        self._players.reset(plan.seed)
        self._draws.seed.assign(plan.seed)
        self._draws.step.assign(0)
        self._is_told = False

    def adopt(self, plan: Plan, dataset: Dataset | None = None) -> None:
        """Go on with the rates, weights and other dials of `plan`; networks, optimisers and step stay as they are.

        Raises ValueError unless the plan fits. One that does not needs another trainer, which is `reset` to it and then
        given this one's `state`: the names in a state do not depend on the loss, the order of play or the augmentation.
        """
        if not self.fits(plan, dataset or self._draws.dataset):
            raise ValueError("this trainer was compiled for another structure")
        self.plan = plan
        self._dials.set(plan)

    def steps(self, count: int, players: Who = "both") -> Chunk:
        """Make `count` steps in one compiled call; stops early at the first figure that is not finite.

        `players`: who learns. The other is left exactly as it was, while the figures of both are those of this game. At
        a non-finite step the generator and its moving average keep their last good values. Several replicas always both
        learn; raises `VisitorError` where one of them is lost.
        """
        if self._replicas.count > 1:
            if players != "both":
                raise ValueError("of several replicas both players learn")
            self._lead(count)
        return self._play(count, Turn(players != "g", players != "d", players == "both", advance=True))

    def follow(self) -> bool:
        """Do what the leading process's trainer does next, in a process that follows it; False when that was the last.

        Raises `VisitorError` where it is lost.
        """
        replicas = self._replicas
        assert isinstance(replicas, Workers)
        order, count = replicas.heard()
        if order == SHARE:
            replicas.share(list(self._state_variables().values()))
        elif order == PLAY:
            self._play(count, Turn(True, True, True, advance=True))
        return order != OVER

    def _lead(self, count: int) -> None:
        if not self._is_told:
            self._replicas.lead(SHARE)
            self._replicas.share(list(self._state_variables().values()))
            self._is_told = True
        self._replicas.lead(PLAY, count)

    def half_step(self, player: Literal["d", "g"]) -> Chunk:
        """Only D's part of the coming step, which is not counted yet, or G's, which ends the step.

        "d" and then "g" are together exactly the ordinary step of a plan whose players alternate.
        """
        return self._play(1, Turn(player == "d", player == "g", d_remembers=True, advance=player == "g"))

    def observe(self, count: int = 8, back: int = 0) -> Observation:
        """The first `count` samples of the coming step's batch and all there is to see of them; changes nothing.

        It is the batch that both players meet on; where D learns several times a step, it has yet to do so on others.
        `back` = 1: of the step just made, by the players as they have become. Raises ValueError for a step before the
        first.
        """
        if not 0 <= back <= self.step:
            raise ValueError(f"no step was made {back} before this one")
        return self._observe(count, back)

    def sample(self, z: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Images uint8 [n, 28, 28] of the averaged generator for z float32 [n, latent_size], labels int [n]."""
        return self._sample(tf.constant(z, tf.float32), tf.constant(labels, tf.int32)).numpy()

    def logits(self, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """D's raw logits float32 [n] of images uint8 [n, 28, 28], labels int [n]; unshifted, dropout off.

        With packs of m the images are taken m by m: [n // m].
        """
        whole = len(images) // self.plan.pac * self.plan.pac
        return self._judge(tf.constant(images[:whole], tf.uint8), tf.constant(labels[:whole], tf.int32)).numpy()

    def generator_weights(self) -> dict[str, np.ndarray]:
        """The averaged generator's variables by layer and name, e.g. `dense/kernel`."""
        return named_weights(self._players.ema)

    def discriminator_weights(self) -> dict[str, np.ndarray]:
        """The discriminator's variables by layer and name."""
        return named_weights(self._players.discriminator)

    def state(self) -> dict[str, np.ndarray]:
        """Everything that resuming exactly here needs, by unique name."""
        return {name: np.asarray(variable.numpy()) for name, variable in self._state_variables().items()}

    def begin_with(self, generator: Weights, discriminator: Weights, classes: int) -> None:
        """At step 0, go on from a trained model of `classes` classes: weights by the names of `generator_weights`.

        What these networks know of more classes begins as the mean of the others. Raises `Refused` where they are not of
        these networks.
        """
        self._players.begin_with(generator, discriminator, classes, self.plan.recipe.growth_steps)
        self._is_told = False

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
        self._is_told = False

    @property
    def generator(self) -> Any:
        """The generator as it is trained (not its moving average), a `keras.Model`."""
        return self._players.generator

    @property
    def discriminator(self) -> Any:
        """The discriminator, a `keras.Model`."""
        return self._players.discriminator

    @property
    def ema(self) -> Any:
        """The moving average of the generator, a `keras.Model`."""
        return self._players.ema

    def _state_variables(self) -> dict[str, Any]:
        return {"step": self._draws.step, "seed": self._draws.seed, **self._players.variables()}

    def _play(self, count: int, turn: Turn) -> Chunk:
        """As many calls as there are stages in these `count` steps; a new stage begins with fresh optimisers."""
        first, seconds = self.step + 1, 0.0
        parts: list[tuple[Any, Any]] = []
        while not parts or count > 0:
            loop, left = self._loops[self.stage], self._left_of_stage()
            loop.prepare()
            part = min(count, left) if turn.advance and left else count
            started = time.perf_counter()
            with self._replicas.watched():
                parts.append(loop(part, turn))
            seconds += time.perf_counter() - started
            if not np.isfinite(parts[-1][0]).all():
                break
            if turn.advance and part == left:
                self._players.forget()
            count -= part
        values, logits = (np.concatenate(each) for each in zip(*parts, strict=True))
        return Chunk(first, values, seconds, bool(np.isfinite(values).all()), logits[:, 0], logits[:, 1])

    def _left_of_stage(self) -> int | None:
        """How many steps are left until the next stage begins; None in the last one."""
        if self.stage == len(self._loops) - 1:
            return None
        return begins(self.stage + 1, self.plan.recipe.growth_steps) - self._grown_for()

    def _grown_for(self) -> int:
        """The steps that the networks have grown for, those before this run included."""
        return self.step + int(self._players.growth.ahead.numpy())

    def _draw_average(self, z: Any, labels: Any) -> Any:
        images = generate(self.ema, z, labels, training=False)[..., 0]
        return tf.cast(tf.round(tf.clip_by_value(images * 127.5 + 127.5, 0.0, 255.0)), tf.uint8)

    def _raw_logits(self, images: Any, labels: Any) -> Any:
        scaled = tf.cast(images[..., None], tf.float32) / 127.5 - 1.0
        return discriminate(self.discriminator, pack(scaled, self.plan.pac), labels, training=False).logit
