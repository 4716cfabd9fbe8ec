"""`train --logdir` and `--track`: what is shown elsewhere are the run's own numbers, and no tracker ends a run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.commands import main
from tests import models
from tests.tracking.events import events_in, images_in, scalars_in
from tests.tracking.test_boards import Library


@pytest.fixture(autouse=True, scope="module")
def _recipe(session_home: Path) -> Iterator[None]:
    with models.tiny_recipe():
        yield


def _train(folder: Path, *arguments: object) -> int:
    return main(["train", "--out", str(folder), "--json", *map(str, arguments)])


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def test_tensorboard_and_a_board_show_the_runs_own_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, logs, folder = Library(), tmp_path / "logs", tmp_path / "my-run"
    monkeypatch.setitem(sys.modules, "trackio", library)
    wanted = ["--logdir", logs, "--track", "trackio:mine"]
    assert _train(folder, "--recipe", "tiny", "--steps", 8, *wanted) == 0
    assert _train(folder, "--resume", "--steps", 12, *wanted) == 0
    rows, table = _rows(folder), scalars_in(logs / "my-run")
    for key in set(rows[0]) - {"step", "seconds"}:
        told = table[f"training/{key}"]
        assert sorted(told) == list(range(1, 13))
        np.testing.assert_array_equal(
            np.float32([row[key] for row in rows]), np.float32([told[n] for n in sorted(told)])
        )
    figures = json.loads((folder / "config.json").read_text())["figures"]
    assert table["end/digit_fd"][12] == pytest.approx(figures["digit_fd"], rel=1e-6)
    assert {step for step, _ in images_in(logs / "my-run")} >= {0, 8, 12}
    assert images_in(logs / "my-run")[-1][1] == (folder / "samples.png").read_bytes()
    assert [event.step for event in events_in(logs / "my-run") if event.HasField("session_log")] == [9]
    kinds = [call[0] for call in library.calls]
    assert (kinds.count("init"), kinds.count("finish"), kinds[0], kinds[-1]) == (2, 2, "init", "finish")
    begun = library.calls[0][1]
    assert (begun["project"], begun["name"], begun["config"]["recipe"]) == ("mine", "my-run", "tiny")
    assert library.calls[-2][1] == 12


def test_a_log_that_cannot_be_written_ends_no_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert _train(tmp_path / "run", "--recipe", "tiny", "--steps", 3, "--logdir", tmp_path / "file") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out.splitlines()[-1])["steps"] == 3
    assert len(printed.err.splitlines()) == 1
    assert "TensorBoard" in printed.err


def test_a_missing_library_is_said_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "wandb", None)  # as if it were not installed
    assert _train(tmp_path / "run", "--recipe", "tiny", "--steps", 3, "--track", "wandb") == 2
    assert "pip install wandb" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
