"""Several processes, usually on several machines, that train one run: one leads and writes, the others follow.

The leader says what comes next before every call: play so many steps, take over its variables, or go home. So followers
need none of its files, and its clock alone decides when a run of so many seconds is over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.text import Text, VisitorError
from aigc_demo.training.cluster import Cluster
from aigc_demo.training.replicas import ALONE, Replicas, Several

OVER, PLAY, SHARE = 0, 1, 2
JOIN_SECONDS = 300.0  # until all must have come
LONGEST_PAUSE = 300.0  # that the first order is waited for, since all compile before it, and by who follows any order
LONGEST_STEP = 60.0  # that one process waits for another within a step, and the leader for those that follow

NOT_ALL_CAME = Text(
    "{seconds:.0f} 秒内没有到齐 {n} 个进程；请在 TF_CONFIG 列出的每台机器上启动同样的命令，并检查地址与防火墙。",
    "Not all of the {n} processes came within {seconds:.0f} seconds: start the same command on every machine of TF_CONFIG, and "
    "check addresses and firewalls.",
)
LOST = Text(
    "与另一个训练进程失去了联系，训练已停止；重新启动所有进程并加上 --resume，就从主进程最后一次保存的地方继续。",
    "Contact with another training process was lost, so training stopped; start all of them again with --resume to go on "
    "from what the leading one saved last.",
)

logger = logging.getLogger(__name__)


class LostWorker(VisitorError):
    """Another process has gone or does not answer: this one cannot go on, nor end in an orderly way."""


class Workers(Several):
    """This process's replica, and its line to the others. One device a process: start one for each GPU."""

    def __init__(self, strategy: Any, leads: bool) -> None:
        super().__init__(strategy, LONGEST_STEP)
        self.leads = leads
        self._device = strategy.extended.worker_devices[0]
        self._sums: dict[tuple[Any, ...], Any] = {}
        self._patience = LONGEST_PAUSE

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Plain variables: a process has one replica, and `share` makes all begin alike."""
        with tf.device(self._device):
            yield

    @contextmanager
    def watched(self) -> Iterator[None]:
        errors = tf.errors
        gone = (errors.UnavailableError, errors.DeadlineExceededError, errors.AbortedError, errors.CancelledError)
        try:
            yield
        except (*gone, errors.InternalError, errors.FailedPreconditionError) as error:
            logger.info("a call that all take part in failed: %s", error.message)
            raise LostWorker(LOST) from error

    def lead(self, order: int, count: int = 0) -> None:
        assert self.leads
        self._sum([np.array([order, count], np.float64)])
        self._patience = LONGEST_STEP  # who follows has compiled by now, and does nothing between two orders

    def dismiss(self) -> None:
        self.lead(OVER)

    def heard(self) -> tuple[int, int]:
        """What the leader says comes next, and how many steps of it; waits for that."""
        order, count = self._sum([np.zeros(2)])[0]
        return int(order), int(count)

    def tell(self, message: bytes = b"") -> bytes:
        """The leader's `message`, for everybody."""
        size = self._sum([np.array([len(message) if self.leads else 0], np.float64)])[0]
        mine = np.frombuffer(message, np.uint8).astype(np.float64) if self.leads else np.zeros(int(size[0]))
        return self._sum([mine])[0].astype(np.uint8).tobytes()

    def share(self, variables: Sequence[Any]) -> None:
        # float64 holds every number of 32 bits exactly, whatever its type, and a sum with zeros changes none.
        values = [np.asarray(variable.numpy()) for variable in variables]
        flat = np.concatenate([np.ravel(value).astype(np.float64) for value in values])
        told = self._sum([flat if self.leads else np.zeros_like(flat)])[0]
        parts = np.split(told, np.cumsum([value.size for value in values])[:-1])
        for variable, value, part in zip(variables, values, parts, strict=True):
            variable.assign(part.reshape(value.shape).astype(value.dtype))

    def _sum(self, arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
        """Each array added up over all processes, which are waited for."""
        kind = (self._patience, *(array.shape for array in arrays))
        if kind not in self._sums:
            options = tf.distribute.experimental.CommunicationOptions(timeout_seconds=self._patience)

            def add(*mine: Any) -> Any:
                return tuple(self.met(tf.distribute.ReduceOp.SUM, mine, options))

            self._sums[kind] = tf.function(lambda *mine: self.run(add, mine), autograph=False)
        with self.watched():
            return [found.numpy() for found in self._sums[kind](*map(tf.constant, arrays))]


def join(cluster: Cluster, give_up: Callable[[Text], None]) -> Replicas:
    """Connect with all processes of `cluster`; `ALONE` where there is but one.

    Connecting cannot be broken off, so after `JOIN_SECONDS` a thread calls `give_up`, which has to end the process.
    """
    if len(cluster.addresses) == 1:
        return ALONE
    gpus = tf.config.list_physical_devices("GPU")
    tf.config.set_visible_devices(gpus[:1], "GPU")
    for gpu in gpus:
        tf.config.experimental.set_memory_growth(gpu, True)
    reason = NOT_ALL_CAME.format(seconds=JOIN_SECONDS, n=len(cluster.addresses))
    timer = threading.Timer(JOIN_SECONDS, give_up, [reason])
    timer.daemon = True
    timer.start()
    try:
        workers = Workers(tf.distribute.MultiWorkerMirroredStrategy(), cluster.leads)
        workers.tell(b"begin")
    except (tf.errors.OpError, LostWorker) as error:
        raise LostWorker(reason) from error
    finally:
        timer.cancel()
    return workers
