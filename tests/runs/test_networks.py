"""Network files of what this program trains and keeps: the newest one, made once, for any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo import checkpoints
from aigc_demo.checkpoints import NetworkFile, NotPortable
from aigc_demo.checkpoints.portable_numpy import NumpyNetwork
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.recipes import make_plan
from aigc_demo.runs import Run, Studio, networks
from aigc_demo.runs.networks import Networks
from aigc_demo.text import NotFound, Refused, VisitorError
from tests import models
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import FakeTrainer


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The steps whose generators were packed. What is packed is told by its step alone: the fake weights fit no network."""
    steps: list[int] = []

    def pack(plan: Any, weights: Any, step: int) -> NetworkFile:
        steps.append(step)
        return NetworkFile(np.asarray(weights["dense/kernel"]).tobytes(), step, f'"{step}"')

    monkeypatch.setattr(checkpoints, "pack_generator", pack)
    monkeypatch.setattr(checkpoints, "pack_discriminator", pack)
    return steps


@pytest.fixture
def run(studio: Studio) -> Run:
    """One that goes on for as long as a test needs, and has drawn its first digits."""
    run = studio.start(plan(seconds=60)).run
    wait_for(lambda: run.step > 0 and run.folder.weights)
    return run


def test_a_run_that_learns_has_a_newer_file_when_its_weights_are_copied(
    studio: Studio, run: Run, packed: list[int]
) -> None:
    first = studio.networks.generator(run.id)
    assert studio.networks.generator(run.id).step >= first.step
    wait_for(lambda: studio.networks.generator(run.id).step > first.step)
    later = studio.networks.generator(run.id)
    assert later.content != first.content
    assert len(packed) == len(set(packed)), "one state of the weights was packed twice"


def test_weights_are_copied_only_for_somebody_who_asks(studio: Studio, run: Run, packed: list[int]) -> None:
    before = run.folder.weights_step
    step = run.step
    wait_for(lambda: run.step > step + 200)
    assert run.folder.weights_step == before
    studio.networks.generator(run.id)
    wait_for(lambda: run.folder.weights_step > before)


def test_all_who_ask_at_once_wait_for_one_packing(
    studio: Studio, run: Run, packed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.control(run.id, "pause")
    pack, entered, go = checkpoints.pack_generator, threading.Event(), threading.Event()

    def slow(*arguments: Any) -> NetworkFile:
        entered.set()
        assert go.wait(5)
        return pack(*arguments)

    monkeypatch.setattr(checkpoints, "pack_generator", slow)
    files: list[NetworkFile] = []
    threads = [threading.Thread(target=lambda: files.append(studio.networks.generator(run.id))) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert entered.wait(5)
    with pytest.raises(NotFound):  # a slow one keeps nobody from another model
        studio.networks.generator("nothing")
    go.set()
    for thread in threads:
        thread.join(5)
    assert len(files) == 5 and len({id(file) for file in files}) == 1
    assert packed == [run.folder.weights_step]


def test_a_run_that_has_drawn_nothing_is_waited_for(
    studio: Studio, trainer: type[FakeTrainer], packed: list[int]
) -> None:
    trainer.build_seconds = 0.3
    run = studio.start(plan(steps=5)).run
    for ask in (studio.networks.generator, studio.networks.discriminator):
        with pytest.raises(Refused, match="please wait"):
            ask(run.id)
    wait_until_over(run)
    assert (studio.networks.generator(run.id).step, studio.networks.discriminator(run.id).step) == (5, 5)


def test_the_discriminator_is_the_one_last_saved(studio: Studio, run: Run, packed: list[int]) -> None:
    with pytest.raises(Refused, match="please wait"):
        studio.networks.discriminator(run.id)
    studio.control(run.id, "pause")
    file = studio.networks.discriminator(run.id)
    (step, weights) = run.folder.saved_discriminator or (-1, {})
    assert (file.step, file.content) == (step, weights["dense/kernel"].tobytes())
    assert file.step == run.step


def test_a_run_with_weights_that_fit_no_network_is_refused_in_a_sentence(studio: Studio, run: Run) -> None:
    with pytest.raises(VisitorError, match="cannot be used"):
        studio.networks.generator(run.id)


# ---- on disk ----


@pytest.fixture(scope="module", autouse=True)
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Runs on disk: `abc`, and the best of it."""
    models.save(tmp_path / "abc")
    models.save(tmp_path / "abc" / "best", seed=1)
    return tmp_path


@pytest.fixture
def kept(shelf: Path) -> Networks:
    return Networks(shelf, lambda name: None)


def draws(file: NetworkFile) -> np.ndarray:
    return NumpyNetwork(file.content).run(z=np.ones((1, 3)), label=np.eye(10)[[4]])["image"]


def test_a_checkpoint_is_read_once_until_it_is_written_anew(
    kept: Networks, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept.generator("abc")
    assert kept.generator("abc") is first
    assert np.abs(draws(first) - draws(kept.generator("abc-best"))).max() > 0.01
    models.save(shelf / "abc", seed=2)
    assert kept.generator("abc").tag != first.tag


def test_networks_of_a_checkpoint(kept: Networks) -> None:
    assert NumpyNetwork(kept.generator("abc").content).graph["inputs"] == {"z": 3, "label": 10}
    judge = NumpyNetwork(kept.discriminator("abc").content)
    assert (judge.graph["inputs"], set(judge.graph["outputs"])) == (
        {"image": [28, 28, 1], "label": 10},
        {"logit", "class_logits"},
    )
    reader = NumpyNetwork(kept.classifier().content)
    assert set(reader.graph["outputs"]) == {"logits", "features"}
    assert kept.classifier() is kept.classifier()


def test_only_so_many_are_kept(kept: Networks, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "KEPT", 2)
    first = kept.generator("abc")
    kept.generator("abc-best")
    assert kept.generator("abc") is first
    kept.discriminator("abc")
    kept.classifier()
    again = kept.generator("abc")
    assert again is not first and again == first


@pytest.mark.parametrize("name", ["nope", "..", "", "abc/", "a\0b", "features", "x" * 5000])
def test_what_is_not_there_is_not_found(kept: Networks, name: str) -> None:
    for ask in (kept.generator, kept.discriminator):
        with pytest.raises(NotFound):
            ask(name)


SPOIL: dict[str, Callable[[Path], object]] = {
    "generator": lambda folder: (folder / checkpoints.GENERATOR).write_bytes(b"x"),
    "discriminator": lambda folder: (folder / checkpoints.DISCRIMINATOR).write_bytes(b"x"),
}


@pytest.mark.parametrize("which", SPOIL)
def test_a_damaged_file_spoils_its_own_network_and_no_other(kept: Networks, shelf: Path, which: str) -> None:
    SPOIL[which](shelf / "abc")
    (other,) = set(SPOIL) - {which}
    with pytest.raises(VisitorError, match=f"{which}.safetensors cannot be used"):
        getattr(kept, which)("abc")
    assert getattr(kept, other)("abc").step == 7


def test_a_judge_of_packs_is_refused_and_its_generator_is_not(kept: Networks, shelf: Path) -> None:
    plan = make_plan("tutorial_4_3", settings={"pac": 2})
    weights = [
        models.weights(model) for model in (build_generator("tutorial_4_3"), build_discriminator("tutorial_4_3", 2))
    ]
    checkpoints.write(shelf / "packs", plan, *weights, {"step": 3, "seconds": 1})
    with pytest.raises(NotPortable, match="2 images together"):
        kept.discriminator("packs")
    assert kept.generator("packs").step == 3
