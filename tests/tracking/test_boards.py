"""Trackio and W&B through a stand-in that writes down its calls; and several trackers, one of which breaks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.latent.pictures import png
from aigc_demo.text import Text, VisitorError
from aigc_demo.tracking import Moment, Trackers, board

PNG = png(np.full((6, 4), 9, np.uint8))


class Library:
    """What Trackio and W&B have in common."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def init(self, **given: Any) -> None:
        print("* Created new run")
        self.calls.append(("init", given))

    def log(self, values: Any, step: int) -> None:
        self.calls.append(("log", step, values))

    def finish(self) -> None:
        print("* Run finished")
        self.calls.append(("finish",))

    def Image(self, picture: Any) -> tuple[str, tuple[int, int]]:
        return ("image", picture.size)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def library() -> Library:
    return Library()


def _board(library: Library, given: str = "trackio", clock: Clock | None = None) -> Any:
    made = board(given, "my-run", lambda name: library)
    if clock is not None:
        made._clock = clock
    return made


def test_a_run_is_begun_logged_and_finished(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    tracker = _board(library, "trackio:mine", clock)
    tracker.hparams({"lr.g": 0.01}, 1_700_000_000.0)
    tracker.scalars(Moment(1, 0.1), {"training/d_total": 1.5})
    clock.now += 1
    tracker.images(Moment(1, 0.1), "samples", PNG)
    tracker.close()
    tracker.close()
    assert library.calls == [
        ("init", {"project": "mine", "name": "my-run", "config": {"lr.g": 0.01}}),
        ("log", 1, {"training/d_total": 1.5, "seconds": 0.1}),
        ("log", 1, {"samples": ("image", (4, 6)), "seconds": 0.1}),
        ("finish",),
    ]
    assert capsys.readouterr().out == ""  # that is the command's own


def test_of_fast_figures_the_newest_are_logged_and_the_last_always(library: Library) -> None:
    clock = Clock()
    tracker = _board(library, clock=clock)
    tracker.hparams({}, 0.0)
    for step in range(1, 12):
        clock.now = step * 0.1
        tracker.scalars(Moment(step, step * 0.1), {"training/d_total": float(step)})
    tracker.close()
    logged = [(call[1], call[2]["training/d_total"]) for call in library.calls if call[0] == "log"]
    assert logged == [(1, 1.0), (4, 4.0), (7, 7.0), (10, 10.0), (11, 11.0)]


def test_steps_never_fall(library: Library) -> None:
    clock = Clock()
    tracker = _board(library, "wandb", clock)
    tracker.hparams({}, 0.0, resumed=Moment(5, 1.0))
    tracker.scalars(Moment(9, 2.0), {"a": 1.0})
    clock.now = 10.0
    tracker.scalars(Moment(7, 1.5), {"digits/digit_fd": 30.0, "digits/step": 7.0})
    assert [call[1] for call in library.calls if call[0] == "log"] == [9, 9]
    assert library.calls[0][1]["resume"] == "allow"
    assert library.calls[0][1]["project"] == "aigc-demo"


def test_what_is_not_installed_says_how_to_install_it() -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    with pytest.raises(VisitorError, match="pip install wandb"):
        board("wandb", "run", missing)
    with pytest.raises(VisitorError, match="trackio, wandb"):
        board("os:path", "run", missing)


def test_a_tracker_that_breaks_is_told_of_once_and_ends_nothing(library: Library) -> None:
    class Full:
        name = "TensorBoard"

        def hparams(self, *given: Any) -> None:
            raise OSError(28, "No space left on device")

    said: list[Text] = []
    trackers = Trackers([Full(), _board(library)], said.append)  # type: ignore[list-item]
    trackers.hparams({}, 0.0)
    trackers.scalars(Moment(1, 0.1), {"a": 1.0})
    trackers.images(Moment(1, 0.1), "samples", PNG)
    trackers.close()
    assert [text.en for text in said] == ["TensorBoard failed (No space left on device); training goes on without it."]
    assert [call[0] for call in library.calls] == ["init", "log", "log", "finish"]


def test_nothing_asked_for_is_nothing_done() -> None:
    assert not Trackers([], lambda text: None)
