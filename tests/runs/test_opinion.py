"""What is said of a run: the newest means, figures of its probes, and never an exception."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.runs import Studio, opinion
from aigc_demo.runs.probes import Probe
from tests.runs.conftest import plan, wait_until_over


def test_it_reads_the_newest_steps_the_present_columns_and_all_figures(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = studio.start(plan(steps=250))
    wait_until_over(run)
    for step in (50, 200):
        run.folder.probes.add(Probe(step, 1.0, 0, None, {"digit_fd": float(step)}))
    run.folder.log.widen((*run.keys, "d_gone"))
    run.folder.set(keys=(*run.keys, "d_gone"))
    seen: dict[str, Any] = {}

    def diagnose(loss: object, recent: dict, figures: dict, values: dict, history: list) -> None:
        seen.update(recent=recent, figures=figures, values=values, history=history)

    monkeypatch.setattr(opinion, "diagnose", diagnose)
    opinion.opinion_of(run.folder, opinion.Opinion())
    rows = run.rows()
    assert seen["recent"]["d_real"] == pytest.approx(rows[-100:, 0].mean(dtype=np.float64), rel=1e-6)
    assert seen["recent"]["steps"] == 250
    assert seen["recent"]["gap_before"] == pytest.approx(0.4)
    assert "d_gone" not in seen["recent"], "it is not a term of what is played now"
    assert seen["figures"] == {"digit_fd": 200.0, "step": 200}
    assert [earlier["step"] for earlier in seen["history"]] == [50]
    assert (seen["values"]["lr.d"], seen["values"]["dataset"]) == (0.003, "digits5k")


def test_a_column_that_began_lately_is_averaged_over_its_own_steps() -> None:
    rows = np.array([[1.0, np.nan], [3.0, 4.0], [5.0, 6.0]], np.float32)
    assert opinion._means(rows) == [3.0, 5.0]
    rows[-1, 0] = np.nan
    assert np.isnan(opinion._means(rows)[0]), "what is no number now is none, whatever it was before"


def test_a_verdict_that_cannot_be_had_stops_nothing(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no opinion today")

    monkeypatch.setattr(opinion, "diagnose", broken)
    run, _ = studio.start(plan(steps=20))
    wait_until_over(run)
    assert (run.state, run.step) == ("finished", 20)
    assert run.snapshot()["verdict"] is None
    assert "no opinion today" in caplog.text
