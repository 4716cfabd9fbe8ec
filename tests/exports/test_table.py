"""The figures as CSV and JSON: exactly those of the run, readable by others, empty where there was no number."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from aigc_demo.exports import table
from aigc_demo.exports.table import metrics_csv, metrics_json
from aigc_demo.runs.run import Run
from aigc_demo.text import Refused, VisitorError


def _rows(run: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(metrics_csv(run).decode(), newline="")))


def test_every_step_is_a_row_with_the_runs_own_numbers(recorded: Run) -> None:
    rows = _rows(recorded)
    assert [int(row["step"]) for row in rows] == list(range(1, recorded.step + 1))
    written = np.array([[float(row[key]) for key in recorded.keys] for row in rows], np.float32)
    np.testing.assert_array_equal(written, recorded.rows())
    seconds = [float(row["seconds"]) for row in rows]
    assert seconds == pytest.approx(recorded.folder.log.seconds(), abs=1e-6)


def test_the_table_says_which_run_it_is(recorded: Run) -> None:
    for row in (_rows(recorded)[0], _rows(recorded)[-1]):
        facts = {key: row[key] for key in ("run", "recipe", "loss", "dataset", "seed")}
        plan = recorded.plan
        assert facts == {
            "run": recorded.id, "recipe": plan.recipe.key, "loss": plan.loss, "dataset": plan.dataset,
            "seed": str(plan.seed),
        }  # fmt: skip


def test_changes_stand_at_their_step_and_missing_numbers_are_empty(eventful: Run) -> None:
    rows = _rows(eventful)
    assert {int(row["step"]): row["change"] for row in rows if row["change"]} == {
        20: "lr.g: 0.003 -> 0.001",
        30: "weight.d_r1: None -> 1.0",
    }
    assert [row["d_r1"] == "" for row in rows] == [True] * 30 + [False] * 30


def test_a_comma_or_a_quote_in_a_cell_does_not_move_the_columns(eventful: Run) -> None:
    widths = {len(row) for row in csv.reader(io.StringIO(metrics_csv(eventful).decode(), newline=""))}
    assert len(widths) == 1
    assert json.loads(_rows(eventful)[0]["settings"]) == eventful.snapshot()["settings"]


def test_the_json_holds_everything(eventful: Run) -> None:
    content = json.loads(metrics_json(eventful))
    assert content["plan"] == json.loads(json.dumps(eventful.plan.to_json()))
    assert content["columns"] == ["step", "seconds", *eventful.keys]
    assert [row[0] for row in content["rows"]] == list(range(1, 61))
    values = np.array([row[2:] for row in content["rows"]], np.float64).astype(np.float32)
    np.testing.assert_array_equal(values, eventful.rows())
    assert content["rows"][0][content["columns"].index("d_r1")] is None
    assert [change["key"] for change in content["changes"]] == ["lr.g", "weight.d_r1"]


def test_what_was_measured_stands_at_its_step(eventful: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = eventful.snapshot()
    figures = {"digit_fd": 12.5, "kid": None, "classes": [0.1] * 10, "n": 512, "seed": 0, "cost": 0.1}
    probe = {"step": 40, "seconds": 4.0, "index": 4, "scores": {"mean_real": 0.7, "mean_fake": 0.2}, "figures": figures}
    monkeypatch.setattr(eventful, "snapshot", lambda: {**facts, "probes": [probe]})
    rows = _rows(eventful)
    assert {int(row["step"]): row["digit_fd"] for row in rows if row["digit_fd"]} == {40: "12.5"}
    assert (rows[39]["probe_mean_real"], rows[39]["share_9"]) == ("0.7", "0.1")
    assert json.loads(metrics_json(eventful))["probes"] == [probe]


@pytest.mark.parametrize("make", [metrics_csv, metrics_json])
def test_a_run_without_steps_has_no_table(fresh: Run, make: object) -> None:
    with pytest.raises(Refused):
        make(fresh)  # type: ignore[operator]


def test_a_table_is_bounded(eventful: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 59)
    with pytest.raises(VisitorError, match="60"):
        metrics_csv(eventful)
