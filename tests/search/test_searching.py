"""A search from its first trial to its front, interrupted, killed, shared, and with trials that go wrong."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aigc_demo.search import Definition, Searcher, StudyFolder, list_studies, workers
from aigc_demo.search.studies import JOURNAL
from aigc_demo.text import NotFound, VisitorError, plain
from tests.runs.fake_trainer import tiny_dataset
from tests.search.fakes import STEPS, Trainer, digit_fd, search, searcher, study

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("sampler", ["tpe", "nsga2"])
def test_a_search_finds_what_is_good(tmp_path: Path, sampler: str) -> None:
    results = search(study(tmp_path, sampler=sampler), 24).results()
    assert len(results.trials) == 24
    assert results.trials[0].is_default
    assert results.trials[0].settings == {"lr.g": 0.003, "batch_size": 32}
    best, default = results.best, results.default
    assert best is not None
    assert default is not None
    assert best.digit_fd < default.digit_fd  # type: ignore[operator]
    assert 10**-2.5 < float(best.settings["lr.g"]) < 10**-1.5
    seconds = [trial.seconds for trial in results.front]
    assert seconds == sorted(seconds, reverse=True)


def test_both_objectives_are_what_was_measured(tmp_path: Path) -> None:
    (trial,) = search(study(tmp_path), 1).results().complete
    assert [rung.step for rung in trial.rungs] == [4, 8, 12, 16, 20]
    assert trial.step == STEPS  # it was still falling
    assert trial.seconds == pytest.approx(STEPS * 32 / 1000, abs=1e-3)
    assert trial.digit_fd == pytest.approx(min(rung.digit_fd for rung in trial.rungs))


def test_what_is_behind_is_given_up_and_has_no_result(tmp_path: Path) -> None:
    folder = search(study(tmp_path), 6)

    def hopelessly(images: Any) -> float:
        return 1e6

    results = search(folder, 1, measure=hopelessly).results()
    last = results.trials[-1]
    assert (last.state, last.why, last.digit_fd, len(last.rungs)) == ("pruned", "far_behind", None, 1)
    assert search(folder, 2).results().counts()["complete"] >= len(results.complete)  # the sampler lives with it


def test_what_stops_being_finite_is_given_up(tmp_path: Path) -> None:
    class Fragile(Trainer):
        too_much = 0.0

    (trial,) = search(study(tmp_path), 1, trainer=Fragile).results().trials
    assert (trial.state, trial.why, trial.rungs) == ("pruned", "not_finite", ())


def test_what_breaks_down_thrice_ends_the_search(tmp_path: Path) -> None:
    class Broken(Trainer):
        break_at = 2

    folder = study(tmp_path)
    with pytest.raises(RuntimeError):
        search(folder, 9, trainer=Broken)
    assert [trial.why for trial in folder.results().trials] == ["broke_down"] * 3


def test_an_interrupted_trial_is_the_next_one_again(tmp_path: Path) -> None:
    folder = study(tmp_path)
    turns = searcher(folder).turns(5)
    for news in turns:
        if news.step >= 8:
            break
    assert workers(folder.path) == 1
    turns.close()
    assert workers(folder.path) == 0
    (trial,) = (trial for trial in folder.results().trials if trial.state == "failed")
    assert trial.why == "interrupted"
    again = search(StudyFolder.open(tmp_path, "a"), 2).results()
    assert again.default is not None
    assert (again.default.number, dict(again.default.settings)) == (1, dict(trial.settings))
    assert again.counts()["complete"] == 2


def test_a_killed_process_leaves_a_study_that_goes_on(tmp_path: Path) -> None:
    folder = study(tmp_path)
    trial = folder.study.ask()
    trial.set_user_attr("worker", "0123456789ab")  # whose process is gone
    results = search(StudyFolder.open(tmp_path, "a"), 1).results()
    assert [trial.state for trial in results.trials[:1]] == ["failed"]
    assert results.counts() == {"complete": 1, "pruned": 0, "failed": 1, "running": 0}


def test_two_processes_share_one_study(tmp_path: Path) -> None:
    study(tmp_path)
    code = (
        "import sys; from pathlib import Path; from aigc_demo.search import StudyFolder; from tests.search.fakes import search;"
        "search(StudyFolder.open(Path(sys.argv[1]), 'a'), 8)"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in both:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()[-500:]
    results = StudyFolder.open(tmp_path, "a").results()
    assert [trial.number for trial in results.trials] == list(range(16))
    assert results.counts()["failed"] == results.counts()["running"] == 0
    makers = {str(trial.user_attrs["worker"]) for trial in StudyFolder.open(tmp_path, "a").study.trials}
    assert len(makers) == 2


def test_settings_that_do_not_go_together_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = study(tmp_path)

    def refuse(self: Definition, settings: Any) -> Any:
        raise VisitorError(plain("no"))

    monkeypatch.setattr(Definition, "plan", refuse)
    assert [trial.why for trial in search(folder, 2).results().trials] == ["refused", "refused"]


def test_other_images_than_digits_are_refused(tmp_path: Path) -> None:
    letters = replace(tiny_dataset(), is_digits=False)
    with pytest.raises(VisitorError, match="digits"):
        Searcher(study(tmp_path), letters, 0, Trainer, digit_fd)


def test_names_and_what_is_not_there(tmp_path: Path) -> None:
    study(tmp_path)
    with pytest.raises(VisitorError, match="--resume"):
        study(tmp_path)
    for name in ("../a", "A", "", "a" * 41, "a/b"):
        with pytest.raises(VisitorError, match="lower-case"):
            StudyFolder.open(tmp_path, name)
    with pytest.raises(NotFound):
        StudyFolder.open(tmp_path, "b")
    assert list_studies(tmp_path) == ["a"]


@pytest.mark.parametrize("content", [b"not json\n", b"[]\n", b'{"op_code": 99}\n', b""])
def test_a_damaged_journal_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / JOURNAL).write_bytes(content)
    with pytest.raises(VisitorError):
        StudyFolder.open(tmp_path, "a")
