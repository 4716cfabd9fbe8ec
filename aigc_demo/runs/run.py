"""One run as everybody sees it: its state, what it tells its followers, and what has been asked of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import numpy as np

from aigc_demo.recipes import Plan
from aigc_demo.runs import messages
from aigc_demo.runs.feed import Feed, decode, encode
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.frames import Frame, Frames
from aigc_demo.runs.opinion import Opinion, opinion_of
from aigc_demo.runs.probes import Probe
from aigc_demo.runs.record import OVER, Budget, State
from aigc_demo.runs.session import Progress
from aigc_demo.runs.tasks import Task
from aigc_demo.text import Text
from aigc_demo.training import Device

Wish = Literal["paused", "stopped"]
VERDICT_SECONDS = 1.0

logger = logging.getLogger(__name__)


class Run:
    """A run in this process. The worker's thread reports to it, any thread asks it; `lock` holds the two apart."""

    def __init__(self, folder: RunFolder, recorded: bool = False) -> None:
        self.folder = folder
        self.recorded = recorded
        self.lock = threading.RLock()
        self.controls = threading.Lock()  # one visitor's request after another
        self.feed = Feed(self.lock)
        self.device: Device | None = None
        self.queue = 0  # place in the queue; 0 while it is not waiting
        self.queue_seconds: float | None = None  # about so long until its turn; None while it is not waiting
        self.wish: Wish | None = None  # what the worker shall do after its present call
        self.is_going = False  # handed to the worker and not yet come to rest
        self.task: Task | None = None  # all that it is to do before it rests again; None: train
        self.seen: dict[str, Any] | None = None  # the last phase of slow motion, and the step that the run had come to
        self.seen_at = -1
        self.wished_plan: Plan | None = None  # what the worker shall go on with before its next call
        self.measuring = False
        self.leg = 0  # counts the times it was set going: figures of an earlier end are not this one's
        self.told = self.step  # the newest step whose figures have been published: a snapshot ends there
        self.weights_wanted = False  # somebody draws with this run's generator while it trains
        self.steps_per_second = 0.0
        self.opinion = Opinion()
        self._snapshot: tuple[int, bytes] | None = None
        self._judged_at = 0.0
        self._judge()
        if self.is_over:
            self.feed.end()

    @property
    def id(self) -> str:
        return self.folder.record.id

    @property
    def plan(self) -> Plan:
        return self.folder.record.plan

    @property
    def state(self) -> State:
        return self.folder.record.state

    @property
    def step(self) -> int:
        return self.folder.record.step

    @property
    def seconds(self) -> float:
        return self.folder.record.seconds

    @property
    def keys(self) -> tuple[str, ...]:
        return self.folder.record.keys

    @property
    def budget(self) -> Budget:
        return self.folder.record.budget

    @property
    def metrics(self) -> dict[str, Any] | None:
        found = self.folder.record.metrics
        return None if found is None else dict(found)

    @property
    def error(self) -> Text | None:
        return self.folder.record.error

    @property
    def warning(self) -> Text | None:
        return self.folder.warning

    @property
    def frames(self) -> Frames:
        return self.folder.frames

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def rows(self, first: int = 1, last: int | None = None) -> np.ndarray:
        """The exact figures of steps `first`..`last`, float32 [n, m]."""
        return self.folder.log.rows(first, last)

    def move(self, state: State, **changes: Any) -> None:
        """Change the state (and other facts of the record) and tell the followers."""
        with self.lock:
            if state != self.state:
                self._write_down(state, changes.get("error"))
            self.folder.note(state=state, **changes)
            if not self.is_over:
                self.feed.reopen()
            self.tell()

    def _write_down(self, state: State, error: Text | None) -> None:
        """For whoever looks after the program; nothing of whoever started the run."""
        level = logging.WARNING if state == "failed" else logging.INFO
        reason = error or self.folder.record.ending
        why = f": {reason.en}" if reason is not None and state in OVER else ""
        plan = self.plan
        said = (self.id, plan.recipe.key, plan.loss, state, self.step, self.seconds, why)
        logger.log(level, "run %s (%s, %s) is %s at step %d after %.1f s%s", *said)

    def set_going(self, queue: int) -> None:
        """It has been handed to the worker, at this place in the queue."""
        with self.lock:
            self.queue = queue
            self.is_going = True
            self.wish = None
            self.measuring = False
            self.leg += 1

    def come_to_rest(self, state: State, error: Text | None = None, measure: bool = False) -> None:
        """It has left the worker; with `measure`, `take_figures` is still to come before its feed ends."""
        with self.lock:
            self.queue, self.queue_seconds = 0, None
            self.told = self.step
            self.is_going = False
            self.drop_task()
            self.take_wished_plan()
            self.measuring = measure
            self.steps_per_second = 0.0
            self._judge()
            self.move(state, error=error)
            if self.is_over and not self.measuring:
                self.feed.end()

    def take_figures(self, figures: dict[str, Any] | None, leg: int) -> None:
        """The figures of the end of `leg` are there, or cannot be had: the last message, unless it went on since."""
        with self.lock:
            if self.leg == leg and self.measuring:
                self.measuring = False
                self.move(self.state, metrics=figures)
                self.feed.end()

    def drop_task(self) -> None:
        """Whoever still waits for the present task is told that it will not be done."""
        task, self.task = self.task, None
        if task is not None:
            task.give_up()

    def take_wished_plan(self) -> bool:
        """Go over to the plan that was wished for; False where there is none. Followers hear everything anew if terms differ."""
        with self.lock:
            plan, self.wished_plan = self.wished_plan, None
            if plan is None:
                return False
            before = self.plan.loss, self.plan.auxiliaries
            self.folder.take_plan(plan)
            self.told = self.step
            self.feed.publish(messages.state(self) if before == (plan.loss, plan.auxiliaries) else self.snapshot())
            return True

    def wait_until(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Block until a message makes `reached()` true; False when time is up."""
        return self.feed.wait_for(reached, seconds)

    def tell(self) -> None:
        """Publish the state as it is."""
        with self.lock:
            self.feed.publish(messages.state(self))

    def place(self, queue: int, seconds: float) -> None:
        """Its place in the queue has become `queue`, and its turn comes in about `seconds`."""
        with self.lock:
            if (queue, seconds) != (self.queue, self.queue_seconds):
                self.queue, self.queue_seconds = queue, seconds
                self.tell()

    def report(self, progress: Progress, rate: float) -> None:
        """Publish what one call of the trainer brought."""
        with self.lock:
            self.steps_per_second = rate
            self.told = progress.first_step + len(progress.values) - 1
            *earlier, probe = progress.probes or (None,)
            self.report_probes(each for each in earlier if each is not None)
            renewed = time.monotonic() - self._judged_at >= VERDICT_SECONDS and self._judge()
            message = messages.points(self, progress.first_step, progress.values, progress.frame, probe)
            self.feed.publish(message | messages.opinions(self) if renewed else message)

    def report_probes(self, probes: Iterable[Probe]) -> None:
        """Publish what was measured, perhaps of steps that have been told already."""
        with self.lock:
            for probe in probes:
                self.feed.publish(messages.points(self, probe=probe))

    def report_frame(self, frame: Frame) -> None:
        """Publish a frame that came without steps: the untrained generator's, or the one before a resume."""
        with self.lock:
            self.told = self.step
            self.feed.publish(messages.points(self, frame=frame))

    def pulse(self) -> bytes:
        """An event without news, for the time a slow call takes: the followers' clocks go on."""
        with self.lock:
            return encode(messages.points(self))

    def snapshot(self) -> dict[str, Any]:
        """The whole run in one message."""
        with self.lock:
            return messages.snapshot(self)

    def snapshot_event(self) -> tuple[int, bytes]:
        """The snapshot as an event, with the cursor from which to read on."""
        with self.lock:
            if self._snapshot is None or self._snapshot[0] != self.feed.last:  # a hall asks for the same one at once
                self._snapshot = (self.feed.last, encode(self.snapshot(), self.feed.last))
            return self._snapshot

    def messages_since(self, cursor: int | None) -> list[tuple[int, bytes]]:
        """What a follower at `cursor` lacks, as (next cursor, event): a snapshot if it is new or too far behind."""
        with self.lock:
            news = None if cursor is None else self.feed.since(cursor)
            return [self.snapshot_event()] if news is None else news

    def follow(self, patience: float = 3600.0) -> Iterator[dict[str, Any]]:
        """The run's messages for a thread of its own: first the snapshot, then what is new, until it has ended."""
        cursor, event = self.snapshot_event()
        news = [(cursor, event)]
        while True:
            for number, event in news:
                cursor = number
                yield decode(event)
            if (self.feed.ended and cursor == self.feed.last) or not self.feed.wait(cursor, patience):
                return
            news = self.messages_since(cursor)

    def _judge(self) -> bool:
        """Renew what is to be said of the run; True when it has become something else."""
        self._judged_at = time.monotonic()
        before, self.opinion = self.opinion, opinion_of(self.folder, self.opinion)
        return self.opinion != before
