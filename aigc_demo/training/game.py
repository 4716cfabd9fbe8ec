"""One step of the game as a graph: D's rounds, then the round that both play, and who may learn from it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

from aigc_demo.backend import tf
from aigc_demo.losses import DOutput, Round, evaluate
from aigc_demo.networks import discriminate, generate
from aigc_demo.networks.augment import translate
from aigc_demo.recipes import Plan
from aigc_demo.training.dials import Dials
from aigc_demo.training.draws import Batch, Draws
from aigc_demo.training.figures import column_keys
from aigc_demo.training.players import Habits, Players
from aigc_demo.training.replicas import ALONE, Replicas


class Turn(NamedTuple):
    """Scalars of type bool: who learns in this step, and what else it leaves behind."""

    d: Any
    g: Any
    d_remembers: Any  # whether D keeps the batch statistics of G's part, as it does in an ordinary step
    advance: Any  # whether the step is over afterwards


class _Judged(NamedTuple):
    """D's part of a round."""

    total: Any
    values: dict[str, Any]
    norm: Any
    round: Round


class Game:
    """The rules of one plan. Its figures are those of both players, whoever learns.

    Of players that grow, `stage` (-1: the last) is the one whose models play. The last serves every step, since later
    stages count for nothing before they begin; an earlier one does the same with less work.

    Of several `replicas` each plays on its part of the batch, and all learn from the mean of their gradients; then the
    number of D's rounds is the plan's, whatever the dial says, and both players learn.
    """

    def __init__(
        self, plan: Plan, players: Players, dials: Dials, draws: Draws, stage: int = -1, replicas: Replicas = ALONE
    ) -> None:
        self.loss = plan.loss_object()
        self.keys = column_keys(self.loss)
        self.players, self.dials, self.draws = players, dials, draws
        self._generator, self._discriminator = players.stages[stage]
        self._pac = plan.pac
        self.judged = plan.recipe.batch_size // plan.pac // replicas.count  # how many opinions D has of a batch here
        self.replicas, self._rounds = replicas, plan.discriminator_steps
        self._shifts, self._clips = plan.augment > 0, plan.clip_at is not None
        self._play = self._alternating if plan.recipe.updates == "alternating" else self._simultaneous
        self._d_habits, self._g_habits = Habits(players.discriminator), Habits(players.generator)

    def step(self, turn: Turn) -> tuple[Any, Any]:
        """Play one step; returns its figures [m] and D's logits [2, b] of the real images and of the fakes.

        Who does not learn is left exactly as before, batch statistics included. At a figure that is not finite G and
        its moving average keep their last good values.
        """
        players, draws, dials = self.players, self.draws, self.dials
        factor = dials.rate_halving_steps / (dials.rate_halving_steps + tf.cast(draws.step, tf.float32))
        players.d_optimiser.learning_rate.assign(factor * dials.rates["d"])
        players.g_optimiser.learning_rate.assign(factor * dials.rates["g"])
        self.replicas.wear(players.seeds)
        self._extra_rounds(turn)
        habits = self._g_habits.seen()
        figures, g_gradients, judged = self._play(turn)
        row = self._met(tf.stack([figures[key] for key in self.keys]))

        def learn() -> Any:
            players.g_optimiser.apply(g_gradients, players.generator.trainable_variables)
            done = tf.cast(draws.step + 1, tf.float32)
            decay = tf.minimum(dials.ema_decay, (1.0 + done) / (dials.ema_lag + done))
            for mean, variable, is_copied in players.averaged:
                mean.assign(variable.value if is_copied else decay * mean.value + (1.0 - decay) * variable.value)
            return tf.constant(True)

        def keep() -> Any:
            self._g_habits.put_back(habits)
            return tf.constant(False)

        learnt = tf.cond(tf.logical_and(turn.g, tf.reduce_all(tf.math.is_finite(row))), learn, keep)
        with tf.control_dependencies([learnt]):
            draws.step.assign_add(tf.cast(turn.advance, tf.int32))
            players.growth.follow(draws.step, dials.growth_steps)
            self.replicas.wear(players.seeds)
        logits = tf.stack([judged.round.real_out.logit, judged.round.fake_out.logit])
        return row, tf.reshape(logits, [2, self.judged])

    def _met(self, row: Any) -> Any:
        """The figures [m] of the whole batch. What the replicas' passes have left in the networks is averaged as well."""
        if self.replicas.count == 1:
            return row
        models = (self.players.generator, self.players.discriminator)
        left = [variable for model in models for variable in model.non_trainable_variables if "float" in variable.dtype]
        row, *means = self.replicas.mean([row, *(variable.value + 0 for variable in left)])
        for variable, mean in zip(left, means, strict=True):
            variable.assign(mean)
        return row

    def batch(self, number: Any, back: Any = 0) -> Batch:
        """The batch of one round (see `Draws`), its real images as D sees them at the present stage of its growth."""
        batch = self.draws.batch(number, back)
        return batch._replace(real=self.players.growth.as_seen(batch.real))

    def round(self, batch: Batch, fake: Any) -> Round:
        """All that the terms see of a round on `batch`: D as it plays, shifts and packs included."""
        calls = count()

        def opinion(images: Any, labels: Any) -> DOutput:
            if self._shifts:  # each call shifts anew: what D is asked about twice, it sees twice
                seed = tf.random.experimental.stateless_fold_in(batch.shift_seed, next(calls))
                images = translate(images, self.dials.augment, seed)
            return discriminate(self._discriminator, pack(images, self._pac), labels, training=True)

        real_out, fake_out = opinion(batch.real, batch.labels), opinion(fake, batch.labels)
        return Round(opinion, self.draw, batch.z, batch.real, fake, batch.labels, real_out, fake_out, batch.seed)

    def draw(self, z: Any, labels: Any) -> Any:
        """G's images [B, 28, 28, 1] as it draws them in training."""
        return generate(self._generator, z, labels, training=True)

    def _judge(self, batch: Batch, fake: Any, update: Callable[[list[Any]], None]) -> _Judged:
        """D's terms on `batch` and `fake` as D is now; `update` is given D's gradients."""
        variables = self.players.discriminator.trainable_variables
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([variable.value for variable in variables])
            round_ = self.round(batch, fake)
            total, values = evaluate(self.loss.d_terms, round_, self.dials.weights)
        gradients = self.replicas.mean(_gradients(tape, total, variables))
        update(self._without_held(gradients))
        return _Judged(total, values, tf.linalg.global_norm(gradients), round_)

    def _without_held(self, gradients: list[Any]) -> list[Any]:
        """D's gradients with none for what is held: where there never is one, Adam and RMSProp make no step."""
        variables, held = self.players.discriminator.trainable_variables, self.players.held
        return [
            tf.zeros_like(gradient) if id(variable) in held else gradient
            for gradient, variable in zip(gradients, variables, strict=True)
        ]

    def _update_d(self, gradients: list[Any]) -> None:
        variables = self.players.discriminator.trainable_variables
        self.players.d_optimiser.apply(gradients, variables)
        if self._clips:
            for variable in variables:
                variable.assign(tf.clip_by_value(variable.value, -self.dials.clip, self.dials.clip))

    def _update_d_if(self, learns: Any, gradients: list[Any], habits: list[Any]) -> None:
        """D's update, or, where D does not learn, its `habits` from before put back."""

        def learn() -> Any:
            self._update_d(gradients)
            return tf.constant(True)

        def keep() -> Any:
            self._d_habits.put_back(habits)
            return tf.constant(False)

        tf.cond(learns, learn, keep)

    def _extra_rounds(self, turn: Turn) -> None:
        """D's rounds before the one that both play. They leave G as it was, its batch statistics too."""

        def body(number: Any) -> tuple[Any]:
            batch, habits = self.batch(number), self._g_habits.seen()
            self._judge(batch, self.draw(batch.z, batch.labels), self._update_d)
            self._g_habits.put_back(habits)
            return (number + 1,)

        if self.replicas.count > 1:  # they meet in every round, which no loop of a graph may hold
            for number in range(1, self._rounds):
                body(tf.constant(number))
            return
        rounds = tf.where(turn.d, self.dials.discriminator_steps, 1)
        tf.while_loop(lambda number: number < rounds, body, (tf.constant(1),), parallel_iterations=1)

    def _alternating(self, turn: Turn) -> tuple[dict[str, Any], list[Any], _Judged]:
        """D's update, then G's against the new D, on the same z. Returns the figures, G's gradients and D's part."""
        batch = self.batch(0)
        variables = self.players.generator.trainable_variables
        d_habits = self._d_habits.seen()
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([variable.value for variable in variables])
            fake = self.draw(batch.z, batch.labels)
            with tape.stop_recording():
                judged = self._judge(
                    batch,
                    tf.stop_gradient(fake),
                    lambda gradients: self._update_d_if(turn.d, gradients, d_habits),
                )
                d_habits = self._d_habits.seen()
            round_ = self._against_new_d(judged.round, fake)
            g_total, g_values = evaluate(self.loss.g_terms, round_, self.dials.weights)
        g_gradients = self.replicas.mean(_gradients(tape, g_total, variables))
        if self._d_habits:
            stays = tf.logical_and(turn.g, turn.d_remembers)
            tf.cond(stays, lambda: None, lambda: self._d_habits.put_back(d_habits))
        return self._figures(judged, g_total, g_values, g_gradients), g_gradients, judged

    def _against_new_d(self, round_: Round, fake: Any) -> Round:
        """The same round, judged by D as it has become; the real images only where G's terms look at them."""
        opinion = round_.discriminator
        assert opinion is not None
        fake_out = opinion(fake, round_.labels)
        real_out = opinion(round_.real, round_.labels) if self.loss.needs_fresh_real else round_.real_out
        return round_._replace(fake=fake, fake_out=fake_out, real_out=real_out)

    def _simultaneous(self, turn: Turn) -> tuple[dict[str, Any], list[Any], _Judged]:
        """Both gradients from one forward pass, as the tutorial's code takes them."""
        batch = self.batch(0)
        variables = self.players.generator.trainable_variables
        d_habits = self._d_habits.seen()
        pending: list[list[Any]] = []
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([variable.value for variable in variables])
            fake = self.draw(batch.z, batch.labels)
            judged = self._judge(batch, fake, pending.append)
            g_total, g_values = evaluate(self.loss.g_terms, judged.round, self.dials.weights)
        g_gradients = self.replicas.mean(_gradients(tape, g_total, variables))
        with tf.control_dependencies(g_gradients):  # D may change only after G's gradient has been taken through it
            self._update_d_if(turn.d, pending[0], d_habits)
        return self._figures(judged, g_total, g_values, g_gradients), g_gradients, judged

    def _figures(
        self, judged: _Judged, g_total: Any, g_values: dict[str, Any], g_gradients: list[Any]
    ) -> dict[str, Any]:
        read = tf.sigmoid if self.loss.readout == "probability" else tf.identity
        return {
            **judged.values,
            **g_values,
            "d_total": judged.total,
            "g_total": g_total,
            "score_real": tf.reduce_mean(read(judged.round.real_out.logit)),
            "score_fake": tf.reduce_mean(read(judged.round.fake_out.logit)),
            "grad_norm_d": judged.norm,
            "grad_norm_g": tf.linalg.global_norm(g_gradients),
        }


def _gradients(tape: Any, total: Any, variables: list[Any]) -> list[Any]:
    """0 for what the game does not use, such as a class head without the class terms."""
    values = [variable.value for variable in variables]
    return tape.gradient(total, values, unconnected_gradients=tf.UnconnectedGradients.ZERO)


def pack(images: Any, size: int) -> Any:
    """[B, 28, 28, 1] -> [B / size, 28, 28, size]: neighbours in the batch become the channels of one pack."""
    if size == 1:
        return images
    return tf.transpose(tf.reshape(images, [-1, size, *images.shape[1:3]]), [0, 2, 3, 1])
