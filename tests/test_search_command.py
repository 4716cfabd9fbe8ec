"""`search`: a study on disk, what is printed of it, and a command that repeats what was best."""

from __future__ import annotations

import json
import shlex
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aigc_demo.commands import main
from aigc_demo.search import Searcher, StudyFolder, studies_home
from tests import models


@pytest.fixture(autouse=True, scope="module")
def _recipe(session_home: Path) -> Iterator[None]:
    with models.tiny_recipe():
        yield


def _search(*arguments: object) -> int:
    return main(["search", "--recipe", "tiny", "--steps", "10", "--over", "lr.g", *map(str, arguments)])


def _told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return told


def test_a_study_is_made_interrupted_and_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = Searcher.turns

    def interrupted(self: Searcher, *given: Any, **named: Any) -> Any:
        for news in turns(self, *given, **named):
            if news.number == 1 and news.step:
                signal.raise_signal(signal.SIGINT)
            yield news

    with monkeypatch.context() as patch:
        patch.setattr(Searcher, "turns", interrupted)
        assert _search("--storage", tmp_path, "--study", "mine", "--trials", 3) == 130
    assert "--resume" in capsys.readouterr().err
    assert _search("--storage", tmp_path, "--study", "mine", "--trials", 2, "--resume", "--json") == 0
    told = _told(capsys)
    assert (told["study"], told["recipe"], told["steps"]) == ("mine", "tiny", 10)
    assert told["trials"]["complete"] + told["trials"]["pruned"] == 3
    assert told["default"]["number"] == 0
    best = told["best"]
    assert best == told["front"][0]
    words = shlex.split(best["train"])[3:]
    words[words.index("--out") + 1] = str(tmp_path / "again")
    assert main([*words, "--json"]) == 0
    assert _told(capsys)["metrics"]["digit_fd"] == pytest.approx(best["digit_fd"], rel=1e-3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--trials", "0"], "number of trials"),
        (["--trials", "2", "--seconds", "2"], "--trials or --seconds"),
        (["--steps", "1"], "steps of a trial"),
        (["--sampler", "grid"], "tpe, nsga2"),
        (["--over", "lr.z"], "lr.z"),
        (["--study", "No Name"], "lower-case"),
        (["--study", "none", "--resume"], "no study"),
        (["--recipe", "none"], "recipe"),
        (["--dataset", "nothing.npz"], "nothing.npz"),
    ],
)
def test_bad_wishes_get_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["search", "--storage", str(tmp_path), *arguments]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert said in lines[0]
    assert not list(tmp_path.glob("*/*"))  # nothing is left of what was refused


def test_what_a_study_is_stays_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.search.fakes import study

    study(tmp_path, "a")
    for arguments, said in (
        (["--steps", "99"], "steps"),
        (["--over", "lr.d"], "--over"),
        (["--recipe", "tiny"], "recipe"),
    ):
        assert main(["search", "--storage", str(tmp_path), "--study", "a", "--resume", *arguments]) == 2
        assert said in capsys.readouterr().err
    assert len(StudyFolder.open(tmp_path, "a").results().trials) == 1


def test_studies_lie_where_the_page_finds_them(home: Path) -> None:
    assert studies_home() == home / "studies"
