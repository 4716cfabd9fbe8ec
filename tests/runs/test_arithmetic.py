"""Before its first step it is settled what a run is computed in: by measuring where something is open, once a machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from aigc_demo.recipes import Plan, arithmetic_of, make_plan
from aigc_demo.runs import Studio
from aigc_demo.runs.arithmetic import Settler
from aigc_demo.runs.pool import TrainerPool
from aigc_demo.text import VisitorError, plain
from aigc_demo.training import Device, choosing
from aigc_demo.training.loop import NO_XLA
from tests.runs.conftest import plan, wait_until_over
from tests.runs.fake_trainer import DEVICE, FakeTrainer, tiny_dataset

GPU = Device("GPU · H200", "gpu", plain(""))
SECONDS = {"float32": 0.004, "bfloat16": 0.002, "float32+xla": 0.003, "bfloat16+xla": 0.001}


@pytest.fixture
def timed(trainer: type[FakeTrainer], monkeypatch: pytest.MonkeyPatch) -> type[FakeTrainer]:
    """Its steps take what `SECONDS` says of the arithmetic of its plan."""
    monkeypatch.setattr(choosing, "WINDOW_SECONDS", 0.008)

    class Timed(trainer):  # type: ignore[misc, valid-type]
        def reset(self, plan: Plan, dataset: Any) -> None:
            super().reset(plan, dataset)
            self.step_seconds = SECONDS[arithmetic_of(plan).key]

        @staticmethod
        def _structure_of(plan: Plan) -> tuple[object, ...]:
            return (*FakeTrainer._structure_of(plan), plan.arithmetic)

    return Timed


def _settle(folder: Path, made: Any, device: Device = GPU, go_on: Any = lambda: True, **settings: Any) -> Plan:
    pool = TrainerPool(made)
    return Settler(folder).settle(make_plan(settings=settings), tiny_dataset(), device, pool, go_on)


def test_a_cpu_measures_only_where_it_is_asked_to(tmp_path: Path, timed: type[FakeTrainer]) -> None:
    assert _settle(tmp_path, timed, DEVICE) == make_plan()
    asked = _settle(tmp_path, timed, DEVICE, precision="bfloat16")
    assert (asked.arithmetic, asked.precision) == ("bfloat16", "bfloat16")
    assert not timed.built
    assert _settle(tmp_path, timed, DEVICE, precision="fastest").arithmetic == "bfloat16"
    assert len(timed.built) == 2


def test_a_gpu_measures_once_and_keeps_what_it_found(tmp_path: Path, timed: type[FakeTrainer]) -> None:
    assert _settle(tmp_path, timed).arithmetic == "bfloat16+xla"
    assert len(timed.built) == 3  # both precisions, and XLA with the better one alone
    (file,) = tmp_path.glob("*.json")
    kept = orjson.loads(file.read_bytes())
    assert kept["chosen"] == "bfloat16+xla" and set(kept["seconds_a_step"]) == {"float32", "bfloat16", "bfloat16+xla"}
    assert _settle(tmp_path, timed).arithmetic == "bfloat16+xla"
    assert _settle(tmp_path, timed, xla="off").arithmetic == "bfloat16"  # another question
    assert len(timed.built) == 5
    other = Device("GPU · another", "gpu", plain(""))
    assert _settle(tmp_path, timed, other).arithmetic == "bfloat16+xla"
    assert len(timed.built) == 8


@pytest.mark.parametrize("content", [b"", b"[]", b'{"chosen": "float16"}', b'{"chosen": "float32+xla"}', b"{" * 20_000])
def test_a_file_that_nobody_should_trust_is_measured_again(
    tmp_path: Path, timed: type[FakeTrainer], content: bytes
) -> None:
    _settle(tmp_path, timed, xla="off")
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(content)
    assert _settle(tmp_path, timed, xla="off").arithmetic == "bfloat16"


def test_what_xla_cannot_compile_is_not_chosen(tmp_path: Path, timed: type[FakeTrainer]) -> None:
    def made(plan: Plan, dataset: Any) -> FakeTrainer:
        if arithmetic_of(plan).xla:
            raise VisitorError(NO_XLA)
        return timed(plan, dataset)

    assert _settle(tmp_path, made).arithmetic == "bfloat16"


def test_who_stops_the_run_stops_the_measuring(tmp_path: Path, timed: type[FakeTrainer]) -> None:
    left = iter([True, True, False])
    assert _settle(tmp_path, timed, go_on=lambda: next(left, False)) == make_plan()
    assert not list(tmp_path.glob("*.json"))


def test_a_run_keeps_to_what_was_settled(
    studio_at: Callable[..., Studio], tmp_path: Path, timed: type[FakeTrainer]
) -> None:
    """Also when it goes on in another program, where something else would be chosen now."""
    options = {"make_trainer": timed, "describe_device": lambda: GPU}
    studio = studio_at(tmp_path, **options)
    run = studio.start(plan(steps=3)).run
    wait_until_over(run)
    assert run.plan.arithmetic == "bfloat16+xla"
    assert run.plan.settings() == {}  # nobody set anything: a link to it leaves the choice to whoever opens it
    studio.close()
    for file in (tmp_path / "cache" / "arithmetic").glob("*.json"):
        file.write_bytes(orjson.dumps({"chosen": "float32"}))
    again = studio_at(tmp_path, **options)
    known = again.run(run.id)
    again.control(run.id, "extend", seconds=1.0)
    wait_until_over(known)
    assert known.plan.arithmetic == "bfloat16+xla"
    fresh = again.start(plan(steps=3)).run
    wait_until_over(fresh)
    assert fresh.plan == replace(fresh.plan, arithmetic="")
