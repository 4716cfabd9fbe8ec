"""kill -9 at twenty moments: while it trains, in the midst of a write, while runs come and go in the queue.

Whatever the moment: no file is damaged, what a follower was told is on disk, and the run goes on exactly.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file

from aigc_demo.runs import Studio
from aigc_demo.runs.log import MetricsLog
from aigc_demo.runs.record import read
from aigc_demo.text import Refused
from tests.faults import victims
from tests.faults.victims import Heavy, expected_rows, hear, hear_all, victim
from tests.runs.conftest import wait_for
from tests.runs.fake_trainer import fake_studio

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no forkserver on Windows")

MOMENTS = random.Random(20)
WHILE_TRAINING = [round(MOMENTS.uniform(0.0, 0.4), 3) for _ in range(6)]
IN_A_WRITE = sorted(MOMENTS.sample(range(1, 40), 10))
IN_THE_QUEUE = [round(MOMENTS.uniform(0.0, 0.3), 3) for _ in range(4)]


def check_files(folder: Path) -> None:
    """No file in a run's folder is half there, but perhaps the last line of the figures."""
    for path in folder.rglob("*.safetensors"):
        if not path.parent.name.startswith("."):
            load_file(path)
    for path in folder.rglob("*.png"):
        if not path.name.startswith("."):
            Image.open(path).verify()
    for name in ("run.json", "config.json"):
        if (folder / name).exists():
            json.loads((folder / name).read_text())
    content = (folder / "metrics.jsonl").read_bytes() if (folder / "metrics.jsonl").exists() else b""
    for line in content.split(b"\n")[:-1]:
        json.loads(line)


def check_that_it_goes_on(home: Path, run_id: str, told: int, seed: int) -> None:
    folder = home / "runs" / run_id
    check_files(folder)
    record = read(folder)
    kept = MetricsLog.load(folder / "metrics.jsonl", record.keys)
    assert len(kept) >= told, "what was told is on disk"
    later = fake_studio(home, Heavy)
    try:
        run = later.run(run_id)
        assert run.state == "interrupted"
        later.control(run_id, "resume")
        wait_for(lambda: run.step > len(kept) + 5, 20)
        later.control(run_id, "stop")
        wait_for(lambda: run.feed.ended, 20)  # it has been measured, and nobody writes any more
        np.testing.assert_array_equal(run.rows(), expected_rows(seed, run.step))
    finally:
        later.close()
    check_files(folder)
    assert list(folder.rglob(".*")) == [], "nothing half written is left behind"


@pytest.mark.parametrize("seconds", WHILE_TRAINING)
def test_killed_while_it_trains(tmp_path: Path, seconds: float) -> None:
    seed = int(1000 * seconds)
    with victim(victims.train, str(tmp_path), seed) as (process, told):
        run_id, _ = hear(told)
        time.sleep(seconds)
        process.kill()
        heard = [step for _, step in hear_all(told)]
    check_that_it_goes_on(tmp_path, run_id, max(heard, default=0), seed)


@pytest.mark.parametrize("write", IN_A_WRITE)
def test_killed_in_the_midst_of_a_write(tmp_path: Path, write: int) -> None:
    with victim(victims.train, str(tmp_path), write, dies_at_write=write) as (process, told):
        heard = hear_all(told)
        process.join(victims.PATIENCE)
        assert process.exitcode == -9
    run_id, step = heard[-1]
    assert step > 0
    check_that_it_goes_on(tmp_path, run_id, step, write)


@pytest.mark.parametrize("seconds", IN_THE_QUEUE)
def test_killed_while_runs_come_wait_and_go(tmp_path: Path, seconds: float) -> None:
    with victim(victims.queue, str(tmp_path), 5) as (process, told):
        first, _ = hear(told)
        hear(told)
        time.sleep(seconds)
        process.kill()
        waiting = [run_id for run_id, _ in hear_all(told)]
    later = fake_studio(tmp_path, Heavy)
    try:
        listed = {line["run"]: line["state"] for line in later.listing()}
        assert listed[first] == "interrupted"
        for run_id in waiting:
            assert listed[run_id] in ("interrupted", "stopped")
            check_files(tmp_path / "runs" / run_id)
        for run_id in [run_id for run_id in waiting if listed[run_id] == "interrupted"][-2:]:
            run = later.run(run_id)
            later.control(run_id, "resume")
            wait_for(lambda run=run: run.step > 5, 20)  # type: ignore[misc]
            later.control(run_id, "stop")
    finally:
        later.close()
    check_that_it_goes_on(tmp_path, first, 0, 5)


def test_twenty_moments_in_all() -> None:
    assert len(WHILE_TRAINING) + len(IN_A_WRITE) + len(IN_THE_QUEUE) == 20


def test_two_servers_on_one_folder_never_train_the_same_run(tmp_path: Path) -> None:
    """The second one says who has it in hand, and goes on with it once the first one is dead."""
    with victim(victims.hold, str(tmp_path), 3) as (process, told):
        run_id, _ = hear(told)
        while hear(told)[1] < 10:
            continue
        second = fake_studio(tmp_path, Heavy)
        try:
            _refuses(second, run_id, lambda: second.run(run_id))
            _refuses(second, run_id, lambda: second.control(run_id, "resume"))
            _refuses(second, run_id, lambda: second.keeper.delete(run_id))
            own, _ = second.start(victims.seeded_plan(9))  # its own runs train beside
            wait_for(lambda: own.step > 10, 20)
            assert {line["run"]: line["state"] for line in second.listing()} == {run_id: "training", own.id: "training"}
            second.control(own.id, "stop")
            process.kill()
            process.join()
            run = second.run(run_id)
            assert run.state == "interrupted"
            step = run.step
            second.control(run_id, "resume")
            wait_for(lambda: run.step > step + 5, 20)
            second.control(run_id, "stop")
            np.testing.assert_array_equal(run.rows(), expected_rows(3, run.step))
        finally:
            second.close()


def _refuses(second: Studio, run_id: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.text.en.startswith("Another server that uses the same data folder")
    assert (second.home / "runs" / run_id / "run.json").exists()
