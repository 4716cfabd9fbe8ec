"""Several processes, or several devices, train what one does with the same batch; and what happens when one is lost."""

from __future__ import annotations

import json
import os
import shutil
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
from tests import tiny_growing
from tests.training.command_process import HALTED, PLAN

STEPS = 8
LOST = 3
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module", autouse=True)
def _recipe() -> Iterator[None]:
    with tiny_growing.known(), pytest.MonkeyPatch.context() as patch:
        patch.setitem(recipes.RECIPES, "tiny", PLAN.recipe)
        yield


@pytest.fixture(scope="module")
def once(_recipe: None, digits: Dataset) -> tuple[Trainer, Chunk]:
    """One worker with the doubled batch: its trainer, and all that it finds."""
    trainer = Trainer(make_plan("tiny", steps=STEPS), digits)
    return trainer, trainer.steps(STEPS)


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


def _both(
    start: Start, configs_: list[str | None], folders: list[Path], *more: object, **environment: str
) -> list[Any]:
    return [
        start(
            "--steps",
            STEPS,
            "--out",
            out,
            "--json",
            "--strategy",
            "multiworker",
            *more,
            TF_CONFIG=config,
            **environment,
        )
        for config, out in zip(configs_, folders, strict=True)
    ]


def test_two_workers_find_what_one_does_and_lose_one_and_go_on_together(
    tmp_path: Path, once: tuple[Trainer, Chunk], digits: Dataset, start: Start
) -> None:
    """The whole story of one run, since starting processes takes longer than all that they compute.

    One is killed while the networks' second stage fades in. Only the leader writes.
    """
    (alone, expected), half = once, STEPS // 2
    cluster, folders = configs(2), [tmp_path / "leader", tmp_path / "follower"]
    leader, follower = _both(start, cluster, folders, HALT_AT=str(half))
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
    first = _rows(folders[0], alone.keys)
    assert len(first) >= half
    _assert_alike(first, expected)

    again = tmp_path / "alone"
    shutil.copytree(folders[0], again)
    (led, _), (followed, _) = map(_told, _both(start, cluster, folders, "--resume"))
    assert led["steps"] == followed["steps"] == STEPS
    assert followed["place"] == 1
    rows = _rows(folders[0], alone.keys)
    assert len(rows) == STEPS, "what was saved is not computed again"
    _assert_alike(rows, expected)
    assert not folders[1].exists()

    alone.reset(make_plan("tiny", steps=STEPS), digits)
    session = Session.resume(again, digits, alone)
    assert session.step == half
    while session.advance() is not None:
        pass
    _assert_alike(session.folder.log.rows(), expected)


def test_two_devices_of_one_machine_give_the_losses_of_one(
    tmp_path: Path, once: tuple[Trainer, Chunk], start: Start
) -> None:
    alone, expected = once
    process = start("--steps", STEPS, "--out", tmp_path, "--json", "--strategy", "mirrored", "--replicas", 2)
    assert _told(process)[0]["steps"] == STEPS
    _assert_alike(_rows(tmp_path, alone.keys), expected)
