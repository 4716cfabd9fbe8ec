"""What goes wrong: figures that are not finite, exceptions, a killed process, a disk that refuses."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.runs import Studio
from aigc_demo.runs import folder as folders
from aigc_demo.text import NotFound
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import FakeTrainer


def test_the_first_figure_that_is_not_finite_fails_the_run_and_keeps_the_generator(
    studio: Studio, trainer: type[FakeTrainer]
) -> None:
    trainer.nan_at = 25
    run, _ = studio.start(plan(seconds=60))
    messages = list(run.follow())
    assert run.state == "failed"
    assert run.step == 25
    assert messages[-1]["error"]["en"].startswith("A figure became infinite")
    assert messages[-1]["metrics"] == {"digit_fd": 1.5}
    assert (run.folder.path / "generator.safetensors").exists()
    assert run.snapshot()["verdict"]["key"] == "broken"


def test_an_exception_becomes_a_calm_sentence_and_the_next_run_trains(
    studio: Studio, trainer: type[FakeTrainer], caplog: pytest.LogCaptureFixture
) -> None:
    trainer.break_at = 9
    run, _ = studio.start(plan(seconds=60))
    messages = list(run.follow())
    assert run.state == "failed"
    assert "secret" not in json.dumps(messages)
    assert "secret" in caplog.text
    trainer.break_at = -1
    after, _ = studio.start(plan(steps=5))
    wait_until_over(after)
    assert after.state == "finished"


def test_a_trainer_that_cannot_be_built_fails_its_run_only(studio: Studio, trainer: type[FakeTrainer]) -> None:
    def broken(self: FakeTrainer, *_: object) -> None:
        raise MemoryError

    original = trainer.__init__
    trainer.__init__ = broken  # type: ignore[method-assign]
    run, _ = studio.start(plan(steps=5))
    wait_until_over(run)
    assert (run.state, run.step) == ("failed", 0)
    assert run.error is not None and run.error.en.startswith("Memory ran out")
    trainer.__init__ = original  # type: ignore[method-assign]
    after, _ = studio.start(plan(steps=5))
    wait_until_over(after)
    assert after.state == "finished"


def test_a_killed_process_leaves_an_interrupted_run_that_goes_on(
    studio_at: Callable[..., Studio], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aigc_demo.runs.session.SAVE_SECONDS", 0.1)
    dead = studio_at(tmp_path)
    run, token = dead.start(plan(seconds=60, seed=4))
    wait_for(lambda: (run.folder.path / "training.safetensors").exists() and run.step > 60)
    # The killed process: nothing is closed, and what its disk held at this moment is all there is.
    copy = tmp_path / "after"
    copy.mkdir()
    shutil.copytree(tmp_path / "runs", copy / "runs", ignore=shutil.ignore_patterns(".*"))
    later = studio_at(copy, owner_is_everyone=False)
    found = later.run(run.id)
    assert found.state == "interrupted"
    assert found.step > 0
    assert len(found.rows()) >= found.step
    snapshot = next(found.follow())
    assert snapshot["state"] == "interrupted"
    assert snapshot["frame"] is not None
    assert found.id in {model.id for model in later.models()}
    step = found.step
    later.control(run.id, "resume", token)
    wait_for(lambda: found.step > step + 20)
    later.control(run.id, "pause", token)
    wait_for(lambda: run.step > step + 20)
    np.testing.assert_array_equal(found.rows(1, step), run.rows(1, step))
    np.testing.assert_array_equal(found.rows(step, step + 20), run.rows(step, step + 20))


def test_a_closed_program_leaves_its_run_interrupted_and_saved(
    studio_at: Callable[..., Studio], tmp_path: Path
) -> None:
    studio = studio_at(tmp_path)
    run, token = studio.start(plan(seconds=60))
    waiting, _ = studio.start(plan(seconds=60))
    wait_for(lambda: run.step > 10)
    studio.close()
    assert (run.state, waiting.state) == ("interrupted", "interrupted")
    again = studio_at(tmp_path)
    found = again.run(run.id)
    assert (found.state, found.step) == ("interrupted", run.step)
    again.control(run.id, "resume", token)
    wait_for(lambda: found.step > run.step)
    np.testing.assert_array_equal(found.rows(1, run.step), run.rows())


def test_a_full_disk_does_not_stop_a_run(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folders, "write_atomically", full)
    monkeypatch.setattr(folders.MetricsLog, "flush", full)
    monkeypatch.setattr(folders.checkpoints, "write", full)
    run, token = studio.start(plan(steps=20))
    messages = list(run.follow())
    assert run.state == "finished"
    assert any("memory" in message.get("warning", {}).get("en", "") for message in messages)
    assert len(run.rows()) == 20
    studio.control(run.id, "extend", token, seconds=1)
    wait_until_over(run)
    assert run.step > 20, "what resuming needs was kept in memory"


def test_a_disk_that_recovers_is_caught_up_with(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "RETRY_SECONDS", 0.05)
    refusing = [True]
    original = folders.MetricsLog.flush

    def flush(log: folders.MetricsLog) -> None:
        if refusing[0]:
            raise OSError(errno.EROFS, "Read-only file system")
        original(log)

    monkeypatch.setattr(folders.MetricsLog, "flush", flush)
    run, token = studio.start(plan(seconds=60))
    wait_for(lambda: run.warning is not None and run.step > 10)
    refusing[0] = False
    wait_for(lambda: run.warning is None)
    studio.control(run.id, "stop", token)
    lines = [json.loads(line) for line in (run.folder.path / "metrics.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, run.step + 1))


def test_a_read_only_home_is_no_obstacle(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    studio = studio_at(tmp_path / "home")
    run, _ = studio.start(plan(steps=10))
    wait_until_over(run)
    assert run.state == "finished"
    assert run.warning is not None
    assert studio.run(run.id) is run


def test_figures_that_cannot_be_had_end_the_stream_all_the_same(
    studio_at: Callable[..., Studio], tmp_path: Path
) -> None:
    def broken(folder: object) -> None:
        raise ValueError("no feature net")

    studio = studio_at(tmp_path, measure=broken)
    run, _ = studio.start(plan(steps=5))
    assert list(run.follow())[-1]["metrics"] is None
    assert run.state == "finished"


def test_a_damaged_run_on_disk_is_one_sentence_and_hides_no_other(
    studio_at: Callable[..., Studio], tmp_path: Path
) -> None:
    studio = studio_at(tmp_path)
    good, _ = studio.start(plan(steps=5))
    bad, _ = studio.start(plan(steps=5))
    wait_until_over(bad)
    (bad.folder.path / "config.json").write_text("{")
    (bad.folder.path / "run.json").unlink()
    studio.close()
    later = studio_at(tmp_path)
    with pytest.raises(NotFound):
        later.run(bad.id)
    assert good.id in {model.id for model in later.models()}
