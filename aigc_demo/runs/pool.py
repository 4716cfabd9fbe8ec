"""Compiled trainers kept for the next run: compiling takes seconds, starting a compiled one again takes 50 ms."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.session import Session
from aigc_demo.runs.trainers import MakeTrainer, TrainerLike, ready_trainer

CAPACITY = 4  # as many as the longest race has members


@dataclass(eq=False)
class Slot:
    """A trainer and the session whose variables it holds; None once they are anybody's."""

    trainer: TrainerLike
    session: Session | None = None
    is_leased: bool = False  # some run trains on it: nobody else gets it


class TrainerPool:
    """At most four compiled trainers, the least recently used of which makes room. For the threads that train.

    A leased trainer is its run's alone until it is released, so the runs of a race never share one; while all are
    leased the pool grows, and it shrinks again when the next trainer is built.
    """

    def __init__(self, make: MakeTrainer, capacity: int = CAPACITY) -> None:
        self._make = make
        self._capacity = capacity
        self._slots: list[Slot] = []  # least recently used first
        self._lock = threading.RLock()
        self._building = threading.Lock()  # Keras builds one network at a time

    def lease(self, plan: Plan, dataset: Dataset, folder: RunFolder | None, compiling: Callable[[], None]) -> Slot:
        """A slot for `plan`: the one whose session still is `folder`'s, else one reset to `plan`, else a new one.

        `compiling` is called before a new trainer is built. To be given back with `release`.
        """
        with self._lock:
            held = self._holding(folder)
            slot = held or self._fitting(plan, dataset)
            if slot is not None:
                slot.is_leased = True
        if slot is None:
            compiling()
            slot = self._built(plan, dataset)
        elif slot is not held:
            slot.session = None
            try:
                slot.trainer.reset(plan, dataset)
            except BaseException:
                self.release(slot)
                raise
        with self._lock:
            self._slots.remove(slot)
            self._slots.append(slot)
        return slot

    def _built(self, plan: Plan, dataset: Dataset) -> Slot:
        """A new slot, leased."""
        with self._building:
            with self._lock:
                self._make_room()
            slot = Slot(ready_trainer(plan, dataset, self._make), is_leased=True)
            with self._lock:
                self._slots.append(slot)
        return slot

    def exchange(self, slot: Slot, plan: Plan, dataset: Dataset, compiling: Callable[[], None]) -> Slot:
        """Another slot for the session of `slot`, whose trainer cannot play by `plan`: it goes on there where it was."""
        session = slot.session
        assert session is not None
        other = self.lease(plan, dataset, None, compiling)
        session.adopt(other.trainer)
        other.session, slot.session = session, None
        self.release(slot)
        return other

    def release(self, slot: Slot) -> None:
        """`slot` may be leased again; until then its session stays, for a run that goes on where it was."""
        with self._lock:
            slot.is_leased = False

    def forget(self, folder: RunFolder) -> None:
        """What a trainer holds of this run is not to be gone on with."""
        with self._lock:
            slot = self._holding(folder)
            if slot is not None:
                slot.session = None

    def _holding(self, folder: RunFolder | None) -> Slot | None:
        return next((slot for slot in self._slots if slot.session and slot.session.folder is folder), None)

    def _fitting(self, plan: Plan, dataset: Dataset) -> Slot | None:
        """A free slot that fits, rather one that nobody may still come back to."""
        fitting = [slot for slot in self._slots if not slot.is_leased and slot.trainer.fits(plan, dataset)]
        return min(fitting, key=lambda slot: slot.session is not None, default=None)

    def _make_room(self) -> None:
        free = [slot for slot in self._slots if not slot.is_leased]
        leaving = free[: max(0, len(self._slots) - self._capacity + 1)]
        if leaving:
            self._slots = [slot for slot in self._slots if slot not in leaving]
            gc.collect()  # a trainer and its compiled functions refer to each other
