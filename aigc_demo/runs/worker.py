"""The threads that train, usually one: each takes run after run, or race after race, from a visible queue and dies of none."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs.arithmetic import Settler
from aigc_demo.runs.leg import Leg
from aigc_demo.runs.limits import LOCAL
from aigc_demo.runs.pool import TrainerPool
from aigc_demo.runs.prober import Prober
from aigc_demo.runs.record import State
from aigc_demo.runs.run import Run
from aigc_demo.runs.trainers import MakeTrainer
from aigc_demo.runs.waiting import Entry, Forecast, WaitingList
from aigc_demo.text import Refused, Text, VisitorError
from aigc_demo.training import Device
from aigc_demo.training.memory import OUT_OF_MEMORY, is_out_of_memory

CLOSE_SECONDS = 20.0  # at most so long the program's end waits for the present run; building a network can take seconds
TELL_SECONDS = 1.0  # so often the waiting runs hear how long they still wait

QUEUE_FULL = Text(
    "前面已有 {n} 次训练在排队，请稍后再试。", "{n} runs are already waiting; please try again a little later."
)
CLOSING = Text("服务器正在关闭。", "The server is shutting down.")
BROKE_DOWN = Text(
    "训练因内部错误而停止；已保存的部分仍然可用。",
    "An internal error stopped this run; what was saved can still be used.",
)

logger = logging.getLogger(__name__)

Errand = Generator[object]  # work that trains without being a run; what it yields is not looked at


@dataclass(eq=False)
class Seat:
    """One of the places at which something trains, with a thread of its own. What is compiled ahead, and what is done in
    between, is done at the first.
    """

    is_first: bool
    present: Entry = field(default_factory=list)  # the runs that train here
    has_begun: bool = False


class Worker:
    """Owns the trainers and the queue. Its public methods may be called from any thread."""

    def __init__(
        self,
        make_trainer: MakeTrainer,
        load_dataset: Callable[[str], Dataset],
        describe_device: Callable[[], Device],
        ended: Callable[[Run], None],
        most_waiting: int = LOCAL.queue,
        prober: Prober | None = None,
        settler: Settler | None = None,
        seats: int = 1,
        has_room: Callable[[], bool] = lambda: True,
    ) -> None:
        """`ended(run)` is called in the worker's thread when a run has ended and has a model to be measured.

        Without a `prober` the digits are not measured while they are learnt, without a `settler` plans are computed in
        the arithmetic they have. Up to `seats` runs or races train at the same time, one more only while `has_room()`.
        """
        self._prober = prober
        self._settler = settler
        self._has_room = has_room
        self._pool = TrainerPool(make_trainer)
        self._load_dataset = load_dataset
        self._datasets: dict[str, Dataset] = {}
        self._describe_device = describe_device
        self._ended = ended
        self._most_waiting = most_waiting
        self._changed = threading.Condition()
        self._waiting = WaitingList()
        self._loading = threading.Lock()
        self._seats = [Seat(is_first=number == 0) for number in range(seats)]
        self._forecast = Forecast()
        self._told_at = 0.0
        self._closing = False
        self._to_warm: Plan | None = None
        self._errands: deque[Errand] = deque()
        self.device: Device | None = None
        self._threads = [
            threading.Thread(target=self._live, args=(seat,), name="training", daemon=True) for seat in self._seats
        ]
        for thread in self._threads:
            thread.start()

    @property
    def current(self) -> Run | None:
        """The run that is training; of several, one of them."""
        return next(iter(self._present), None)

    @property
    def _present(self) -> Entry:
        """All runs that train."""
        return [run for seat in self._seats for run in list(seat.present)]

    def warm_up(self, plan: Plan) -> None:
        """Compile `plan` before anybody asks for it; a run that is submitted meanwhile waits for it."""
        with self._changed:
            self._to_warm = plan
            self._changed.notify_all()

    def when_idle(self, errand: Errand) -> None:
        """Work on `errand` whenever no run trains or waits, from one yield to the next; a run that comes goes first.

        It is closed when the program ends. Raises `Refused` when the program is ending.
        """
        with self._changed:
            if self._closing:
                raise Refused(CLOSING)
            self._errands.append(errand)
            self._changed.notify_all()

    def submit(self, *runs: Run) -> None:
        """Queue `runs`, which train together; raises `Refused` when too many wait already."""
        with self._changed:
            if self._closing:
                raise Refused(CLOSING)
            if len(self._waiting) >= self._most_waiting:
                raise Refused(QUEUE_FULL.format(n=len(self._waiting)))
            idle = not self._waiting and any(not seat.present for seat in self._seats)
            for run in runs:
                run.device = self.device
                run.set_going(0 if idle else len(self._waiting) + 1)
                if not (idle and run.task):  # a single step is over before a page could show that it began
                    run.move("compiling" if idle and self._to_warm else "queued", error=None, metrics=None, ending=None)
            self._waiting.add(list(runs))
            if not idle:
                self._tell_waiting()
            self._changed.notify_all()

    def withdraw(self, run: Run) -> bool:
        """Take `run` out of the queue; False when it was not waiting."""
        with self._changed:
            if not self._waiting.withdraw(run):
                return False
            run.queue, run.queue_seconds = 0, None
            self._tell_waiting()
            return True

    def is_training(self, run: Run) -> bool:
        """Whether `run` is in the trainer's hands, or about to be."""
        with self._changed:
            return run in self._present and run.is_going

    def tell_waiting(self) -> None:
        """The budget of some run has changed: those behind it hear of it."""
        with self._changed:
            self._tell_waiting()

    def close(self) -> None:
        """End the present runs within one call each, saved, so that they can be resumed; the waiting ones likewise."""
        with self._changed:
            self._closing = True
            while self._waiting:
                for run in self._waiting.take():
                    run.come_to_rest("interrupted")
            patience = CLOSE_SECONDS if self._present else CLOSE_SECONDS / 10  # compiling ahead leaves nothing to save
            self._changed.notify_all()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _tell_waiting(self) -> None:
        self._told_at = time.monotonic()
        if self._waiting:
            self._waiting.tell([self._seconds_left(seat) for seat in self._seats], self._forecast)

    def _seconds_left(self, seat: Seat) -> float:
        going = [run for run in seat.present if run.is_going]
        return self._forecast.seconds(going, seat.has_begun) if going else 0.0

    def _live(self, seat: Seat) -> None:
        while (task := self._next(seat)) is not None:
            if isinstance(task, Plan):
                self._compile_ahead(task)
            elif isinstance(task, list):
                self._train(task, seat)
            else:
                self._run_errand(task)
        if seat.is_first:
            for errand in self._errands:
                errand.close()

    def _next(self, seat: Seat) -> Entry | Plan | Errand | None:
        """Block until there is something to do at `seat`; None when the program closes."""
        with self._changed:
            seat.present = []
            self._changed.notify_all()  # there may be room for others now
            self._changed.wait_for(lambda: self._is_for(seat))
            if self._closing:
                return None
            if self._to_warm:
                return self._to_warm
            if not self._waiting:
                return self._errands[0]
            seat.present = self._waiting.take()
            seat.has_begun = False
            for run in seat.present:
                run.queue, run.queue_seconds = 0, None
            self._tell_waiting()
            return list(seat.present)

    def _is_for(self, seat: Seat) -> bool:
        """Whether there is something to do at `seat`: a run first of all, which waits for what is being compiled ahead."""
        if self._closing or (seat.is_first and self._to_warm):
            return True
        if self._waiting:
            alone = not any(other.present for other in self._seats)
            return not self._to_warm and (alone or self._has_room())
        return seat.is_first and bool(self._errands) and not self._is_wanted()

    def _is_wanted(self) -> bool:
        """Whether there is something that errands must make room for."""
        return bool(self._waiting or self._present or self._to_warm or self._closing)

    def _run_errand(self, errand: Errand) -> None:
        """Work on it until it is done, breaks down, or must make room."""
        try:
            self.device = self._describe_device()
            while not self._is_wanted():
                next(errand)
        except StopIteration:
            self._errands.popleft()
        except Exception:
            logger.exception("an errand broke down")
            self._errands.popleft()

    def _compile_ahead(self, plan: Plan) -> None:
        try:
            self.device = self._describe_device()
            dataset = self._dataset(plan.dataset)
            plan = self._settled(plan, dataset, lambda: not self._closing)
            self._pool.release(self._pool.lease(plan, dataset, None, lambda: None))
            if self._prober is not None:
                self._prober.warm_up()
        except Exception:  # the first real run will say what is wrong
            logger.exception("recipe %s could not be compiled in advance", plan.recipe.key)
        with self._changed:
            self._to_warm = None
            self._changed.notify_all()

    def _train(self, entry: Entry, seat: Seat) -> None:
        """Train the runs of one entry in turn: the one that has trained least goes next, so a race is fair."""
        started = time.monotonic()
        legs = [leg for run in entry if (leg := self._ready(run, entry)) is not None]
        legs = [leg for leg in legs if self._safely(leg, leg.begin)]
        seat.has_begun = True
        self._forecast.note_preparation(time.monotonic() - started)
        while legs:
            leg = min(legs, key=lambda leg: (leg.run.wish is None, leg.run.seconds))  # whoever is to stop, at once
            if not self._safely(leg, lambda leg=leg: self._advance(leg)):  # type: ignore[misc]
                legs.remove(leg)
            if self._waiting and time.monotonic() - self._told_at >= TELL_SECONDS:
                self.tell_waiting()

    def _ready(self, run: Run, entry: Entry) -> Leg | None:
        """`run` on a trainer of its own, built where there is none; None where that failed, and the run with it."""

        def compiling() -> None:
            for waiting in entry:  # all members wait for the slowest to build
                if waiting.state != "compiling" and waiting.is_going:
                    waiting.move("compiling")

        try:
            dataset = self._dataset(run.plan.dataset)
            self.device = run.device = self._describe_device()
            if run.step == 0:  # from its first step to its last a run is computed in one arithmetic
                plan = self._settled(run.plan, dataset, lambda: not (run.wish or self._closing))
                if plan != run.plan:
                    run.folder.note(plan=plan)
            return Leg(run, dataset, self._pool, run.device.name, self._prober, compiling)
        except VisitorError as error:
            self._give_up(run, error.text)
        except Exception as error:
            logger.exception("run %s could not begin", run.id)
            self._give_up(run, _what_broke(error))
        return None

    def _advance(self, leg: Leg) -> bool:
        """One call of the trainer, or the run's end where somebody wishes it; whether the run goes on."""
        began, before = time.monotonic(), leg.run.seconds
        ending: State | None = leg.run.wish or ("interrupted" if self._closing else leg.turn())
        self._forecast.note_turn(time.monotonic() - began, leg.run.seconds - before)
        if ending is None:
            return True
        if leg.end(ending):
            self._ended(leg.run)
        leg.release()
        return False

    def _safely(self, leg: Leg, act: Callable[[], bool | None]) -> bool:
        """Whether the run goes on after `act`; whatever breaks in it is the end of this run alone."""
        try:
            return act() is not False
        except VisitorError as error:
            self._give_up(leg.run, error.text)
        except Exception as error:
            logger.exception("run %s broke down", leg.run.id)
            self._give_up(leg.run, _what_broke(error))
        leg.release()
        return False

    def _give_up(self, run: Run, error: Text) -> None:
        self._pool.forget(run.folder)
        run.come_to_rest("failed", error=error)

    def _settled(self, plan: Plan, dataset: Dataset, go_on: Callable[[], bool]) -> Plan:
        if self._settler is None or self.device is None:
            return plan
        return self._settler.settle(plan, dataset, self.device, self._pool, go_on)

    def _dataset(self, name: str) -> Dataset:
        with self._loading:
            if name not in self._datasets:
                used = {run.plan.dataset for run in self._present}
                kept = {other: known for other, known in self._datasets.items() if other in used}
                self._datasets = {**kept, name: self._load_dataset(name)}  # nearly all runs share one
            return self._datasets[name]


def _what_broke(error: Exception) -> Text:
    return OUT_OF_MEMORY if is_out_of_memory(error) else BROKE_DOWN
