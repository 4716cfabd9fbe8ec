"""Replicas: equal copies of one game that share out a batch and learn from the mean of their gradients.

Synchronous data parallelism (Dean et al. 2012; Goyal et al. 2017, arXiv:1706.02677). Which images and which z a step has
is drawn for the whole batch and then split, so it does not depend on how many share it. What is drawn inside a replica
(shifts, the random points of a penalty, dropout, a style's noise) is keyed by the replica as well. What a term takes from
its batch, and what a batch normalisation does, is that of the replica's own share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from aigc_demo.backend import tf
from aigc_demo.recipes import Plan
from aigc_demo.text import Text, VisitorError

UNEVEN = Text(
    "batch_size 为 {batch}，不能平分给 {n} 个副本（pac 为 {pac}）；请改成 {unit} 的倍数，例如 {near}。",
    "A batch_size of {batch} cannot be shared out evenly among {n} replicas (pac {pac}); make it a multiple of {unit}, "
    "such as {near}.",
)
NO_XLA = Text(
    "xla=on 不能与 --strategy 一起用：梯度要在步骤中间汇总；请去掉它。",
    "xla=on does not go with --strategy, since gradients meet in the middle of a step; leave it out.",
)

FEW_DEVICES = Text(
    "mirrored 需要至少两块 GPU，这台机器有 {n} 块；没有 GPU 时可用 --replicas 2 在 CPU 上试（不会更快）。",
    "mirrored needs at least two GPUs, and this machine has {n}; without any, --replicas 2 tries it on the CPU, no faster.",
)


class Replicas:
    """One replica alone: nothing is split, nothing averaged, and every method gives back what it is given."""

    count = 1

    def scope(self) -> AbstractContextManager[Any]:
        """Where the variables of the game are made."""
        return nullcontext()

    def run(self, step: Callable[..., Any], arguments: Sequence[Any]) -> Any:
        """What `step(*arguments)` returns, having been run by every replica. To be called in a graph."""
        return step(*arguments)

    def mean(self, tensors: Sequence[Any]) -> list[Any]:
        """The mean of each tensor over the replicas; all of them must ask for the same, in the same order."""
        return list(tensors)

    def part(self, whole: Any) -> Any:
        """This replica's share of `whole` [B, ...]: [B / count, ...]."""
        return whole

    def own(self, seed: Any) -> Any:
        """A seed [2] of this replica's own."""
        return seed

    def wear(self, seeds: Sequence[Any]) -> None:
        """Turn the layers' own seeds, variables int64 [2], into this replica's; asked a second time, back again."""

    def refuse(self, plan: Plan) -> None:
        """Raise `VisitorError` where these replicas cannot play `plan`."""

    def watched(self) -> AbstractContextManager[Any]:
        """Around every call that waits for other replicas: raises `VisitorError` where one is lost."""
        return nullcontext()

    def lead(self, order: int, count: int = 0) -> None:
        """Tell the processes that follow this one what comes next; see `training.workers`."""

    def dismiss(self) -> None:
        """Let the processes that follow this one go: what is left to do is done here."""

    def share(self, variables: Sequence[Any]) -> None:
        """Give `variables`, in every process, the values that they have in the leading one."""


ALONE = Replicas()


class Several(Replicas):
    """The replicas of a `tf.distribute` strategy. Everything that averages uses its public all-reduce."""

    def __init__(self, strategy: Any, timeout: float | None = None) -> None:
        """`timeout`: seconds after which a replica that does not answer is given up (None: never)."""
        self.strategy = strategy
        self.count = int(strategy.num_replicas_in_sync)
        self._options = tf.distribute.experimental.CommunicationOptions(timeout_seconds=timeout)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Mirrored variables which each replica updates by itself: with equal gradients they stay equal.

        Keras asks some to take only the first replica's update, which needs a meeting that a conditional may not hold.
        """

        def by_itself(create: Callable[..., Any], **given: Any) -> Any:
            return create(**{**given, "aggregation": tf.VariableAggregation.NONE})

        with self.strategy.scope(), tf.variable_creator_scope(by_itself):
            yield

    def run(self, step: Callable[..., Any], arguments: Sequence[Any]) -> Any:
        results = self.strategy.run(step, args=tuple(arguments))
        return tuple(self.strategy.experimental_local_results(result)[0] for result in results)

    def mean(self, tensors: Sequence[Any]) -> list[Any]:
        return self.met(tf.distribute.ReduceOp.MEAN, tensors, self._options)

    def part(self, whole: Any) -> Any:
        share = whole.shape[0] // self.count
        begin = [self._place() * share] + [0] * (len(whole.shape) - 1)
        return tf.slice(whole, begin, [share, *whole.shape[1:]])

    def own(self, seed: Any) -> Any:
        return tf.random.experimental.stateless_fold_in(seed, self._place())

    def wear(self, seeds: Sequence[Any]) -> None:
        for seed in seeds:  # what a layer has drawn is counted in the second number, which stays that of all
            first, drawn = tf.unstack(tf.convert_to_tensor(seed.value))
            mask = tf.cast(self._place(), first.dtype) * 0x1E3779B1 % 2**31
            seed.assign(tf.stack([tf.bitwise.bitwise_xor(first, mask), drawn]))

    def refuse(self, plan: Plan) -> None:
        refuse(plan, self.count)

    def met(self, how: Any, tensors: Sequence[Any], options: Any) -> list[Any]:
        """`tensors` of all replicas brought together, one by one; to be called by each of them."""
        placed = [tf.identity(tensor) for tensor in tensors]  # what has no device of its own would meet nowhere
        return list(self._here().all_reduce(how, placed, options=options))

    def _here(self) -> Any:
        return tf.distribute.get_replica_context()

    def _place(self) -> Any:
        """Which replica this is, from 0; a scalar tensor."""
        return self._here().replica_id_in_sync_group


def refuse(plan: Plan, count: int) -> None:
    """Raise `VisitorError` where `count` replicas cannot play `plan`."""
    if count > 1 and plan.xla == "on":
        raise VisitorError(NO_XLA)
    batch, unit = plan.recipe.batch_size, count * plan.pac
    if count > 1 and batch % unit:
        near = max(round(batch / unit), 1) * unit
        raise VisitorError(UNEVEN.format(batch=batch, n=count, pac=plan.pac, unit=unit, near=near))


def apply_as_given(optimiser: Any) -> None:
    """Let `optimiser` apply the gradients it is given as they are: Keras would add those of all replicas up once more."""

    def update(gradients: list[Any], variables: list[Any], rate: Any) -> None:
        for gradient, variable in zip(gradients, variables, strict=True):
            optimiser.update_step(gradient, getattr(variable, "value", variable), rate)

    optimiser._backend_update_step = update


def mirrored(count: int | None) -> Replicas:
    """A replica on each of this machine's GPUs, or on the first `count`; on a machine without any, on logical CPUs.

    The latter only show that it works: they share the same cores. Raises `VisitorError` where there are too few devices,
    and RuntimeError once TensorFlow has begun to compute.
    """
    gpus = tf.config.list_physical_devices("GPU")
    wanted = len(gpus) if count is None else count
    if wanted < 2 or (gpus and wanted > len(gpus)):
        raise VisitorError(FEW_DEVICES.format(n=len(gpus)))
    for gpu in gpus:
        tf.config.experimental.set_memory_growth(gpu, True)
    if not gpus:
        (cpu, *_), parts = tf.config.list_physical_devices("CPU"), [tf.config.LogicalDeviceConfiguration()] * wanted
        tf.config.set_logical_device_configuration(cpu, parts)
    devices = tf.config.list_logical_devices("GPU" if gpus else "CPU")
    return Several(tf.distribute.MirroredStrategy([device.name for device in devices[:wanted]]))
