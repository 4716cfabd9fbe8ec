"""Settling, before a run's first step, in what arithmetic it is computed; what was measured is kept for this machine."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import orjson

from aigc_demo.data import Dataset
from aigc_demo.home import write_atomically
from aigc_demo.recipes import ARITHMETICS, Arithmetic, Plan, candidates, settled
from aigc_demo.runs.pool import TrainerPool
from aigc_demo.text import VisitorError
from aigc_demo.training import Device
from aigc_demo.training.choosing import fastest, seconds_a_step
from aigc_demo.training.dials import structure

LONGEST_FILE = 10_000  # bytes

logger = logging.getLogger(__name__)


class Settler:
    """Decides what a plan leaves open; its files in `folder` may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def settle(
        self, plan: Plan, dataset: Dataset, device: Device, pool: TrainerPool, go_on: Callable[[], bool] = lambda: True
    ) -> Plan:
        """`plan` with its arithmetic decided; to be done before its first step, and never afterwards.

        Where something is open that has not been measured here before, trainers are compiled and make some steps, and
        that of the choice stays in `pool`. Once `go_on()` is false the first candidate is taken and nothing is kept.
        """
        open_ones = candidates(plan, device.kind == "gpu")
        if len(open_ones) == 1:
            return settled(plan, open_ones[0])
        file = self._folder / f"{_fingerprint(plan, device)}.json"
        chosen = _read(file, open_ones)
        if chosen is None:
            measured = _measure(plan, dataset, pool, open_ones, go_on)
            chosen = fastest(measured) if measured else open_ones[0]
            if measured:
                _write(file, device, plan, measured, chosen)
        return settled(plan, chosen)


def _measure(
    plan: Plan, dataset: Dataset, pool: TrainerPool, open_ones: tuple[Arithmetic, ...], go_on: Callable[[], bool]
) -> dict[Arithmetic, float] | None:
    """Seconds a step: first of both precisions, then of the better one with and without XLA, whose compiler is slow."""
    found: dict[Arithmetic, float] = {}
    without = tuple(one for one in open_ones if not one.xla)
    for some in (without, None):
        if some is None:
            precision = fastest(found).precision if found else None
            some = tuple(one for one in open_ones if precision in (None, one.precision))
        missing = [one for one in some if one not in found]
        if not missing:
            continue
        slots = {}
        try:
            for one in some:
                if not go_on():
                    return None
                try:
                    slots[one] = pool.lease(settled(plan, one), dataset, None, lambda: None)
                except VisitorError:  # XLA cannot compile everything
                    logger.info("%s cannot be computed in %s", plan.recipe.key, one.key)
            measured = seconds_a_step({one: slot.trainer for one, slot in slots.items()}, go_on)
        finally:
            for slot in slots.values():
                pool.release(slot)
        if measured is None:
            return None
        found |= measured
    return found


def _fingerprint(plan: Plan, device: Device) -> str:
    """Of all that the measurement depends on: the machine, TensorFlow, and what is compiled."""
    try:
        tensorflow = version("tensorflow")
    except PackageNotFoundError:  # it goes by other names too
        tensorflow = ""
    asked = (plan.precision, plan.xla, structure(replace(plan, arithmetic="")))
    return hashlib.sha256(repr((device.name, tensorflow, asked)).encode()).hexdigest()[:16]


def _read(file: Path, open_ones: tuple[Arithmetic, ...]) -> Arithmetic | None:
    """What was chosen here before, where that can be read and is still open."""
    try:
        if file.stat().st_size > LONGEST_FILE:
            return None
        found: Any = orjson.loads(file.read_bytes())
        chosen = ARITHMETICS[found["chosen"]]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return chosen if chosen in open_ones else None


def _write(file: Path, device: Device, plan: Plan, measured: dict[Arithmetic, float], chosen: Arithmetic) -> None:
    facts = {
        "device": device.name,
        "recipe": plan.recipe.key,
        "loss": plan.loss,
        "seconds_a_step": {one.key: value for one, value in measured.items()},
        "chosen": chosen.key,
    }
    try:
        write_atomically(file, orjson.dumps(facts, option=orjson.OPT_INDENT_2))
    except OSError:  # it is measured again next time
        logger.warning("what was measured of %s could not be kept", plan.recipe.key)
