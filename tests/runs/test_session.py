from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.checkpoints import read_config
from aigc_demo.runs import Session, read_plan
from aigc_demo.runs import session as sessions
from aigc_demo.runs.record import read
from aigc_demo.text import NotFound, VisitorError
from tests.runs.conftest import plan
from tests.runs.fake_trainer import FakeTrainer, tiny_dataset

DATA = tiny_dataset()


def train(session: Session, steps: int | None = None) -> None:
    while steps is None or session.step < steps:
        if session.advance(None if steps is None else steps - session.step) is None:
            return


def made(folder: Path, steps: int, trainer: type[FakeTrainer], seed: int = 3) -> Session:
    chosen = plan(steps=steps, seed=seed)
    return Session.create(folder, chosen, DATA, trainer(chosen, DATA))


@pytest.fixture(autouse=True)
def _no_examination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "run_figures", lambda draw, plan, path: {"digit_fd": 2.0})


def test_a_run_leaves_every_file(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    session = made(tmp_path / "out", 12, trainer)
    train(session)
    assert session.finish() == {"digit_fd": 2.0}
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= {
        "config.json",
        "generator.safetensors",
        "discriminator.safetensors",
        "training.safetensors",
        "metrics.jsonl",
        "samples.png",
        "README.md",
        "run.json",
        "frames",
    }
    lines = [json.loads(line) for line in (tmp_path / "out" / "metrics.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, 13))
    assert list(lines[0]) == ["step", "seconds", *session.keys]
    assert lines[-1]["seconds"] == pytest.approx(session.seconds, abs=1e-6)
    record = read(tmp_path / "out")
    assert (record.state, record.step, record.metrics) == ("finished", 12, {"digit_fd": 2.0})
    assert read_config(tmp_path / "out")["figures"] == {"digit_fd": 2.0}
    assert [frame["step"] for frame in session.folder.frames.listing()] == [0, 12]


def test_resuming_is_exact(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    whole = made(tmp_path / "whole", 40, trainer)
    train(whole)
    half = made(tmp_path / "half", 40, trainer)
    train(half, 17)
    half.save()
    train(half, 25)  # and then the process is killed: steps 18..25 are in the file, but not in the saved state
    chosen = read_plan(tmp_path / "half")
    again = Session.resume(tmp_path / "half", DATA, trainer(chosen, DATA))
    assert again.step == 17
    assert again.seconds == pytest.approx(17 * trainer.step_seconds)
    train(again)
    np.testing.assert_array_equal(again.folder.log.rows(), whole.folder.log.rows())
    assert again.trainer.state() == whole.trainer.state()
    lines = [json.loads(line) for line in (tmp_path / "half" / "metrics.jsonl").read_text().splitlines()]
    newest = {line["step"]: line for line in lines}
    assert len(lines) == 48
    for step, row in enumerate(whole.folder.log.rows(), start=1):
        assert np.float32(newest[step]["d_total"]) == row[whole.keys.index("d_total")]


def test_resuming_before_the_first_save_begins_anew(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    session = made(tmp_path / "out", 9, trainer)
    train(session, 5)
    again = Session.resume(tmp_path / "out", DATA, trainer(plan(seed=3), DATA))
    assert again.step == 0
    train(again)
    assert len(again.folder.log) == 9


def test_a_longer_budget_can_be_given_on_resuming(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    session = made(tmp_path / "out", 5, trainer)
    train(session)
    session.finish()
    again = Session.resume(tmp_path / "out", DATA, trainer(plan(seed=3), DATA), steps=8)
    train(again)
    assert again.step == 8


def test_the_time_budget_counts_training_alone(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    chosen = plan(seconds=0.2)
    session = Session.create(tmp_path / "out", chosen, DATA, trainer(chosen, DATA))
    train(session)
    assert 0.2 <= session.seconds < 0.2 + 0.1
    assert session.step == round(session.seconds / trainer.step_seconds)


def test_other_data_are_refused(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    session = made(tmp_path / "out", 5, trainer)
    train(session)
    session.save()
    other = tiny_dataset()
    other = type(other)(other.name, 255 - other.images, other.labels, other.held_out, other.held_out_labels)
    with pytest.raises(VisitorError, match="dataset"):
        Session.resume(tmp_path / "out", other, trainer(plan(), other))


@pytest.mark.parametrize("content", [b"", b"12345678901234567890", b"\x10\0\0\0\0\0\0\0{}"])
def test_a_damaged_state_is_one_sentence(tmp_path: Path, trainer: type[FakeTrainer], content: bytes) -> None:
    session = made(tmp_path / "out", 5, trainer)
    train(session)
    session.save()
    (tmp_path / "out" / "training.safetensors").write_bytes(content)
    with pytest.raises(VisitorError):
        Session.resume(tmp_path / "out", DATA, trainer(plan(), DATA))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"state": "training"}', "\0"])
def test_a_damaged_record_is_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(VisitorError):
        read(tmp_path)


def test_no_record_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path / "nothing")


def test_a_state_of_other_networks_is_refused(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    session = made(tmp_path / "out", 5, trainer)
    train(session)
    session.save()

    class Other(trainer):  # type: ignore[misc, valid-type]
        def restore(self, state: dict) -> None:
            raise ValueError("other networks")

    with pytest.raises(VisitorError):
        Session.resume(tmp_path / "out", DATA, Other(plan(), DATA))


def test_a_figure_that_is_not_finite_keeps_the_last_good_generator(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    trainer.nan_at = 7
    session = made(tmp_path / "out", 20, trainer)
    progress = None
    while (progress := session.advance()) is not None and progress.finite:
        pass
    assert progress is not None
    assert session.step == 7
    session.finish("failed")
    record = read(tmp_path / "out")
    assert record.state == "failed"
    assert record.error is not None
    assert (tmp_path / "out" / "generator.safetensors").exists()
    assert json.loads((tmp_path / "out" / "metrics.jsonl").read_text().splitlines()[-1])["d_real"] is None


def test_frames_take_a_bounded_share_of_the_time(tmp_path: Path, trainer: type[FakeTrainer]) -> None:
    session = made(tmp_path / "out", 10_000, trainer)
    session._frame_gap = 100.0
    assert all(progress.frame is None for progress in (session.advance() for _ in range(5)) if progress)
    session._frame_gap = 0.0
    progress = session.advance()
    assert progress is not None
    assert progress.frame is not None
    assert progress.frame.step == session.step
