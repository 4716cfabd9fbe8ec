"""The failure ladder: what a process of its own says of every rung, and that it ends with whoever asked."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing

import pytest

from aigc_demo.data import Dataset
from aigc_demo.explain.experiments import EXPERIMENTS, Bench, Frame, Outcome, code_runs
from aigc_demo.explain.experiments.desk import conclude
from aigc_demo.explain.ladder import RUNGS, Result, climb, climbing
from aigc_demo.text import VisitorError

EXPECTED = [
    ("NameError", "name 'gen' is not defined"),
    ("NameError", "name 'train_images' is not defined"),
    ("ValueError", "((128, 1) vs (28, 28))"),
    ("ValueError", "((128, 1) vs (128, 784))"),
    ("NameError", "name 'disc' is not defined"),
    ("ValueError", "not enough values to unpack (expected 2, got 0)"),
    ("ValueError", "No gradients provided for any variable"),
    ("TypeError", "object is not callable"),
    ("UnboundLocalError", "gen_loss"),
    ("", ""),
]


@pytest.fixture(scope="module")
def climbed(digits: Dataset) -> list[Result]:
    """What the process really said, waited for once."""
    return [result for result in climb(patience=400.0) if result]


def test_the_real_exceptions_are_the_predicted_ones(climbed: list[Result]) -> None:
    assert [result.rung for result in climbed] == list(RUNGS)
    for result, (kind, message) in zip(climbed, EXPECTED, strict=True):
        assert result.as_expected and result.type == kind and message in result.message, result
        assert bool(result.line) == bool(kind) and "#" not in result.line
    assert climbed[-1].losses["g_least"] == pytest.approx(0.693147, abs=2e-6)


def test_the_experiment_shows_each_rung_as_it_comes(climbed: list[Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_runs, "climb", lambda: (each for result in climbed for each in (None, result)))
    *frames, outcome = EXPERIMENTS["ladder"].run(Bench(), 0)
    assert isinstance(outcome, Outcome)
    assert all(conclude(EXPERIMENTS["ladder"], outcome, 1.0).holds.values()), outcome
    predicted, *shown = [frame for frame in frames if isinstance(frame, Frame)]
    assert [kind for _, kind in predicted.rows or ()][:3] == ["NameError", "NameError", "ValueError"]
    assert [len(frame.rows or ()) for frame in shown] == [count // 2 for count in range(1, 2 * len(RUNGS) + 1)]
    assert (shown[-1].rows or ())[0] == ("# as written", "NameError: name 'gen' is not defined  [drawn = gen(noise)]")


def test_every_rung_says_what_must_happen() -> None:
    assert [rung.expected for rung in RUNGS] == [kind for kind, _ in EXPECTED]
    assert [rung.repairs for rung in RUNGS][:3] == [set(), {"gen"}, {"gen", "images"}]
    assert all(rung.why.zh and rung.why.en and rung.line for rung in RUNGS)
    assert {claim.key: claim.value for claim in EXPERIMENTS["ladder"].claims}["as_expected"] == len(RUNGS)


def test_another_exception_or_a_later_iteration_is_not_as_expected() -> None:
    rung = next(rung for rung in RUNGS if rung.key == "no_optimisers")
    assert Result(rung, "TypeError", "", "", 2).as_expected
    assert not Result(rung, "TypeError", "", "", 1).as_expected
    assert not Result(rung, "ValueError", "", "", 2).as_expected


def _pretend(monkeypatch: pytest.MonkeyPatch, program: str) -> list[subprocess.Popen[str]]:
    """Let `climb` start `program` instead of the ladder; returns what was started."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        started.append(subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True))
        return started[-1]

    monkeypatch.setattr(climbing, "_start", start)
    return started


def test_the_process_ends_with_whoever_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    started = _pretend(monkeypatch, "import time; time.sleep(600)")
    with closing(climb(tick=0.01)) as news:
        assert next(news) is None
        assert started[0].poll() is None
    assert started[0].returncode is not None


@pytest.mark.parametrize("program", ["import time; time.sleep(600)", "pass", "print('not ours')", "print(3)"])
def test_a_process_that_does_not_answer_is_given_up(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started = _pretend(monkeypatch, program)
    with pytest.raises(VisitorError):
        list(climb(tick=0.01, patience=0.5))
    assert started[0].returncode is not None
