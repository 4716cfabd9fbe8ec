"""Several processes, or several devices, train what one does with the same batch; and what happens when one is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo import recipes
from aigc_demo.data import Dataset
from aigc_demo.recipes import make_plan
from aigc_demo.runs import Session
from aigc_demo.training import Chunk, Trainer
from benchmarks.scaling import configs
from tests.training.command_process import HALTED, PLAN
from tests.training.conftest import Ready

STEPS = 8
LOST = 3
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module", autouse=True)
def _recipe(tiny_networks: None) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(recipes.RECIPES, "tiny", PLAN.recipe)
        yield


@pytest.fixture
def alone(ready: Ready, digits: Dataset) -> Trainer:
    return ready(make_plan("tiny", steps=STEPS), digits)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `train` in a process of its own, which does not outlive the test."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: object, **environment: str | None) -> subprocess.Popen[str]:
        words = [
            sys.executable,
            "-m",
            "tests.training.command_process",
            "train",
            "--recipe",
            "tiny",
            *map(str, arguments),
        ]
        pipe = subprocess.PIPE
        process = subprocess.Popen(words, env=_with(environment), stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def _with(environment: Mapping[str, str | None]) -> dict[str, str]:
    return {**os.environ, "LC_ALL": "en", **{key: value for key, value in environment.items() if value is not None}}


def _rows(folder: Path, keys: tuple[str, ...]) -> np.ndarray:
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    return np.array([[line[key] for key in keys] for line in lines])


def _assert_alike(rows: np.ndarray, chunk: Chunk) -> None:
    """Up to rounding: a sum in another order differs in the last digits, and a game lets that grow."""
    np.testing.assert_allclose(rows, chunk.values[: len(rows)], rtol=1e-4, atol=1e-6)


def _told(process: subprocess.Popen[str]) -> tuple[dict[str, Any], str]:
    output, errors = process.communicate(timeout=500)
    assert process.returncode == 0, errors[-1500:]
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    return told, errors


def test_two_workers_give_the_losses_of_one_and_only_the_leader_writes(
    tmp_path: Path, alone: Trainer, start: Start
) -> None:
    processes = [
        start(
            "--steps", STEPS, "--out", tmp_path / f"out{place}", "--json", "--strategy", "multiworker", TF_CONFIG=config
        )
        for place, config in enumerate(configs(2))
    ]
    (led, _), (followed, _) = map(_told, processes)
    assert led["steps"] == followed["steps"] == STEPS
    assert followed["place"] == 1
    _assert_alike(_rows(tmp_path / "out0", alone.keys), alone.steps(STEPS))
    assert not (tmp_path / "out1").exists()


def test_a_lost_worker_ends_the_leader_and_the_run_goes_on_from_what_was_saved(
    tmp_path: Path, alone: Trainer, digits: Dataset, start: Start
) -> None:
    folder, half = tmp_path / "out", STEPS // 2
    leader, follower = (
        start("--steps", STEPS, "--out", folder, "--strategy", "multiworker", TF_CONFIG=config, HALT_AT=str(half))
        for config in configs(2)
    )
    assert leader.stdout is not None
    while leader.stdout.readline().strip() != HALTED:
        assert leader.poll() is None, leader.communicate()[1][-1500:]
    follower.kill()
    follower.communicate()
    _, errors = leader.communicate("\n", timeout=500)
    assert leader.returncode == LOST
    said = errors.splitlines()[-1]
    assert said.startswith("Error: Contact with another training process was lost")
    assert "--resume" in said
    assert "Traceback" not in errors
    expected = alone.steps(STEPS)
    _assert_alike(_rows(folder, alone.keys), expected)
    alone.reset(make_plan("tiny", steps=STEPS), digits)
    session = Session.resume(folder, digits, alone)
    assert session.step == half
    while session.advance() is not None:
        pass
    _assert_alike(session.folder.log.rows(), expected)
    assert session.step == STEPS


def test_two_devices_of_one_machine_give_the_losses_of_one(tmp_path: Path, alone: Trainer, start: Start) -> None:
    process = start("--steps", STEPS, "--out", tmp_path, "--json", "--strategy", "mirrored", "--replicas", 2)
    assert _told(process)[0]["steps"] == STEPS
    _assert_alike(_rows(tmp_path, alone.keys), alone.steps(STEPS))
