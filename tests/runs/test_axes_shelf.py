"""Who asks for axes gets them once they are there, however many ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from aigc_demo.checkpoints import Generator
from aigc_demo.checkpoints.axes_file import AXES
from aigc_demo.latent.axes import Axes
from aigc_demo.runs import axes_shelf
from aigc_demo.runs.axes_shelf import AxesShelf, kept_axes
from aigc_demo.text import NotFound, Refused, VisitorError, plain
from tests import models, tiny
from tests.checkpoints.test_axes_file import some_axes

NAME = "0" * 20


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


class Finder:
    """Counts what it is asked for; while `hold` is cleared it takes its time."""

    def __init__(self) -> None:
        self.found = 0
        self.hold = threading.Event()
        self.hold.set()
        self.error: VisitorError | None = None
        self.at_once = self.most_at_once = 0

    def __call__(self, generator: Generator) -> Axes:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.hold.wait(5)
        time.sleep(0.005)
        self.at_once -= 1
        self.found += 1
        if self.error is not None:
            raise self.error
        return some_axes()


@pytest.fixture
def finder() -> Finder:
    return Finder()


@pytest.fixture
def going() -> dict[str, Any]:
    """The runs of this process."""
    return {}


@pytest.fixture
def shelf(tmp_path: Path, finder: Finder, going: dict[str, Any]) -> Iterator[AxesShelf]:
    shelf = AxesShelf(tmp_path, going.get, tmp_path / "cache", finder)
    yield shelf
    finder.hold.set()
    shelf.close()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return models.save(tmp_path / NAME)


def learning(path: Path, step: int = 10) -> Any:
    folder = SimpleNamespace(path=path, weights={"some": 1}, weights_step=step, generator=lambda: None)
    return SimpleNamespace(id=NAME, folder=folder, is_going=True, weights_wanted=False)


def test_axes_are_found_once_and_kept_with_the_model(shelf: AxesShelf, finder: Finder, saved: Path) -> None:
    first = shelf.ask(NAME).result(5)
    assert (first.model, first.step, first.axes.latent_size) == (NAME, 7, tiny.LATENT_SIZE)
    assert (saved / AXES).is_file()
    assert shelf.ask(NAME).result(5) is first
    assert kept_axes(saved, saved / "cache", finder).to_json() == first.axes.to_json()
    assert finder.found == 1


def test_many_who_ask_at_once_wait_for_one_answer(shelf: AxesShelf, finder: Finder, saved: Path) -> None:
    finder.hold.clear()
    with ThreadPoolExecutor(8) as pool:
        asked = [future.result(5) for future in [pool.submit(shelf.ask, NAME) for _ in range(20)]]
    assert not asked[0].done()
    finder.hold.set()
    assert len({id(future.result(5)) for future in asked}) == 1
    assert finder.found == 1


def test_two_models_are_worked_on_in_turn(shelf: AxesShelf, finder: Finder, saved: Path, tmp_path: Path) -> None:
    models.save(tmp_path / "other", seed=1)
    assert [future.result(5).model for future in [shelf.ask(NAME), shelf.ask("other")]] == [NAME, "other"]
    assert (finder.found, finder.most_at_once) == (2, 1)


def test_new_weights_have_their_axes_found_again(shelf: AxesShelf, finder: Finder, saved: Path) -> None:
    shelf.ask(NAME).result(5)
    models.save(saved, seed=1, facts={"step": 8})
    assert shelf.ask(NAME).result(5).step == 8
    assert finder.found == 2


def test_a_run_that_learns_is_found_again_but_not_for_everybody(
    shelf: AxesShelf, finder: Finder, going: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = going[NAME] = learning(tmp_path / NAME)
    assert shelf.ask(NAME).result(5).step == 10
    assert run.weights_wanted
    run.folder.weights_step = 20
    assert shelf.ask(NAME).result(5).step == 10, "found a moment ago"
    monkeypatch.setattr(axes_shelf, "FRESH_SECONDS", 0.0)
    assert shelf.ask(NAME).result(5).step == 20
    assert shelf.ask(NAME).result(5).step == 20
    assert finder.found == 2


def test_a_run_whose_axes_are_being_found_is_not_started_again(
    shelf: AxesShelf, finder: Finder, going: dict[str, Any], tmp_path: Path
) -> None:
    going[NAME] = learning(tmp_path / NAME)
    finder.hold.clear()
    first = shelf.ask(NAME)
    going[NAME].folder.weights_step = 20
    assert shelf.ask(NAME) is first
    finder.hold.set()
    first.result(5)


def test_an_ended_run_is_what_lies_on_the_disk(
    shelf: AxesShelf, saved: Path, going: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(axes_shelf, "FRESH_SECONDS", 0.0)
    going[NAME] = learning(saved)
    going[NAME].is_going = False
    assert shelf.ask(NAME).result(5).step == 7
    (saved / "config.json").unlink()  # a disk that has refused: the model is in memory alone
    assert shelf.ask(NAME).result(5).step == 10


def test_what_cannot_be_had_is_said(shelf: AxesShelf, finder: Finder, going: dict[str, Any], saved: Path) -> None:
    with pytest.raises(NotFound):
        shelf.ask("nothing")
    going["1" * 20] = SimpleNamespace(id="1" * 20, folder=SimpleNamespace(weights={}), is_going=True)
    with pytest.raises(Refused):
        shelf.ask("1" * 20)
    (saved / "generator.safetensors").unlink()
    with pytest.raises(NotFound):
        shelf.ask(NAME).result(5)


def test_a_failure_is_not_kept(shelf: AxesShelf, finder: Finder, saved: Path) -> None:
    finder.error = VisitorError(plain("overflow"))
    with pytest.raises(VisitorError):
        shelf.ask(NAME).result(5)
    finder.error = None
    assert shelf.ask(NAME).result(5).step == 7


def test_only_so_many_answers_stay_in_memory(
    shelf: AxesShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, finder: Finder
) -> None:
    monkeypatch.setattr(axes_shelf, "KEPT", 2)
    answers = []
    for seed in range(3):
        models.save(tmp_path / f"model{seed}", seed=seed)
        answers.append(shelf.ask(f"model{seed}").result(5))
    assert shelf.ask("model2").result(5) is answers[2]
    assert shelf.ask("model0").result(5) is not answers[0]
    assert finder.found == 3, "from its file this time"


def test_the_real_thing(tmp_path: Path) -> None:
    shelf = AxesShelf(tmp_path, lambda name: None, tmp_path / "cache")
    found = shelf.ask("fast").result(60)
    shelf.close()
    assert found.to_json()["families"]["named"][0]["key"] == "named.slant"
