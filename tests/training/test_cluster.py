"""What `TF_CONFIG` says, and what is said of one that is wrong; what several replicas refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aigc_demo import recipes
from aigc_demo.commands import main
from aigc_demo.text import VisitorError
from aigc_demo.training import read_cluster
from aigc_demo.training.replicas import refuse
from tests import tiny

THREE = ["10.0.0.1:7861", "10.0.0.2:7861", "[::1]:7861"]


@pytest.fixture
def _recipe(tiny_networks: None) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(recipes.RECIPES, "tiny", tiny.plan(batch_size=6).recipe)
        yield


def _environment(cluster: Any, kind: Any = "worker", index: Any = 0) -> dict[str, str]:
    return {"TF_CONFIG": json.dumps({"cluster": cluster, "task": {"type": kind, "index": index}})}


def test_the_first_worker_leads() -> None:
    found = [read_cluster(_environment({"worker": THREE}, index=place)) for place in range(3)]
    assert [cluster.leads for cluster in found] == [True, False, False]
    assert {cluster.leader for cluster in found} == {THREE[0]}
    assert found[2].addresses == tuple(THREE)


def test_a_chief_leads_all_workers() -> None:
    jobs = {"chief": THREE[:1], "worker": THREE[1:]}
    chief, worker = read_cluster(_environment(jobs, "chief")), read_cluster(_environment(jobs, index=1))
    assert chief.leads
    assert (worker.place, worker.leader, worker.leads) == (2, THREE[0], False)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TF_CONFIG": " "},
        {"TF_CONFIG": "{"},
        {"TF_CONFIG": "[" * 100_000},
        {"TF_CONFIG": "[]"},
        {"TF_CONFIG": '{"cluster": {"worker": ["a:1"]}}'},
        _environment({"worker": THREE}, index=3),
        _environment({"worker": THREE}, index=-1),
        _environment({"worker": THREE}, index=True),
        _environment({"worker": THREE}, index="0"),
        _environment({"worker": THREE}, kind="chief"),
        _environment({"worker": THREE}, kind=["worker"]),
        _environment({"worker": THREE, "ps": ["a:1"]}),
        _environment({"worker": "a:1"}),
        _environment({"worker": ["a"]}),
        _environment({"worker": ["a:0"]}),
        _environment({"worker": [":1"]}),
        _environment({"worker": [7]}),
        _environment({"worker": ["a:1", "a:1"]}),
        _environment({"worker": []}),
    ],
)
def test_a_wrong_cluster_is_named_in_one_sentence(environment: dict[str, str]) -> None:
    with pytest.raises(VisitorError) as caught:
        read_cluster(environment)
    assert "TF_CONFIG" in caught.value.text.en
    assert "TF_CONFIG" in caught.value.text.zh


@pytest.mark.parametrize(("batch", "pac", "count", "near"), [(6, 1, 4, "8"), (64, 1, 512, "512"), (12, 2, 4, "16")])
def test_a_batch_that_cannot_be_shared_evenly_is_refused(batch: int, pac: int, count: int, near: str) -> None:
    plan = tiny.plan(batch_size=batch, pac=pac)
    refuse(plan, 1)
    with pytest.raises(VisitorError, match=f"such as {near}"):
        refuse(plan, count)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--strategy", "parallel"), "no strategy"),
        (("--replicas", "2"), "--strategy mirrored"),
        (("--strategy", "mirrored", "--replicas", "1"), "replicas"),
        (("--strategy", "mirrored", "--replicas", "4"), "cannot be shared out evenly among 4"),
        (("--strategy", "multiworker"), "TF_CONFIG"),
        (("--strategy", "mirrored", "--replicas", "2", "--set", "xla=on"), "xla=on"),
    ],
)
@pytest.mark.usefixtures("_recipe")
def test_choices_that_do_not_go_together_are_refused_before_anything_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.delenv("TF_CONFIG", raising=False)
    assert main(["train", "--recipe", "tiny", "--steps", "2", "--out", str(tmp_path / "out"), *arguments]) == 2
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1
    assert not (tmp_path / "out").exists()
