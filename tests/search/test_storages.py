"""Studies that several machines share: in a folder, where locks may not be seen, and in a database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aigc_demo.commands import main
from aigc_demo.recipes import make_plan
from aigc_demo.search import DatabaseStudy, Definition, define, parse_over
from aigc_demo.search.presence import GONE_SECONDS, HOST, WORKERS, at_work, is_at_work
from aigc_demo.text import NotFound, VisitorError
from tests.search.fakes import OVER, STEPS, search

ROOT = Path(__file__).resolve().parents[2]


def _definition() -> Definition:
    return define("fast", parse_over(make_plan("fast"), OVER), steps=STEPS)


def test_a_worker_of_another_machine_is_gone_when_it_gives_no_sign(tmp_path: Path) -> None:
    name = "0123456789ab"
    sign = tmp_path / WORKERS / name / HOST
    sign.parent.mkdir(parents=True)
    sign.write_text("another-machine")
    assert is_at_work(tmp_path, name)
    long_ago = time.time() - GONE_SECONDS - 60
    os.utime(sign, (long_ago, long_ago))
    assert not is_at_work(tmp_path, name)


def test_a_worker_of_this_machine_is_gone_as_soon_as_its_lock_is(tmp_path: Path) -> None:
    with at_work(tmp_path) as worker:
        assert is_at_work(tmp_path, worker.name)
        kept = (tmp_path / WORKERS / worker.name / HOST).read_text()
    left = tmp_path / WORKERS / worker.name  # as it would lie there after a kill -9
    left.mkdir()
    (left / HOST).write_text(kept)
    assert not is_at_work(tmp_path, worker.name)


def test_two_processes_share_a_study_in_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'studies.db'}"
    DatabaseStudy.create_at(url, "a", _definition())
    code = (
        "import sys; from aigc_demo.search import DatabaseStudy; from tests.search.fakes import search;"
        "search(DatabaseStudy.open_at(sys.argv[1], 'a'), 3)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()[-800:]
    study = DatabaseStudy.open_at(url, "a")
    results = study.results()
    assert [trial.number for trial in results.trials] == list(range(6))
    assert results.counts()["failed"] == results.counts()["running"] == 0
    makers = {str(trial.user_attrs["worker"]) for trial in study.study.trials}
    assert len(makers) == 2
    assert not any(map(study.is_at_work, makers))
    with study.at_work() as worker:
        assert DatabaseStudy.open_at(url, "a").is_at_work(worker.name)


def test_what_a_killed_process_left_in_a_database_is_tried_again(tmp_path: Path) -> None:
    study = DatabaseStudy.create_at(f"sqlite:///{tmp_path / 'studies.db'}", "a", _definition())
    study.study.ask().set_user_attr("worker", "0123456789ab")  # which has given no sign for long
    results = search(study, 1).results()
    assert [trial.state for trial in results.trials[:1]] == ["failed"]
    assert results.counts() == {"complete": 1, "pruned": 0, "failed": 1, "running": 0}


def test_names_in_a_database_are_taken_or_unknown(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'studies.db'}"
    DatabaseStudy.create_at(url, "a", _definition())
    with pytest.raises(VisitorError, match="go on with --resume"):
        DatabaseStudy.create_at(url, "a", _definition())
    with pytest.raises(NotFound):
        DatabaseStudy.open_at(url, "b")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:secret@127.0.0.1:1/studies",
        "sqlite:////nowhere/at/secret/studies.db",
        "nosuchbase://me:secret@127.0.0.1/studies",
        "sqlite://me:secret@/:memory:?x=1",
    ],
)
def test_a_database_that_cannot_be_had_is_named_in_one_sentence_without_its_url(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "--recipe", "fast", "--storage", url, "--trials", "1"]) == 2
    said = capsys.readouterr().err
    assert "database" in said
    assert said.count("\n") == 1
    assert "secret" not in said
