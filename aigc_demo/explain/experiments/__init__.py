"""Every experiment of the Explain tab by key: an erratum's has the erratum's id."""

from __future__ import annotations

from aigc_demo.explain.experiments import (
    arrows,
    chain_errors,
    code_runs,
    collapsing_errors,
    convolution_errors,
    counting_errors,
    data_errors,
    derivations,
    environment_errors,
    flag_errors,
    formula_games,
    formula_losses,
    loop_errors,
    loss_calls,
    loss_targets,
    point_errors,
    showing_errors,
    three_failures,
)
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.text import NotFound, Text

_MODULES: tuple[tuple[Experiment, ...], ...] = (
    formula_losses.EXPERIMENTS,
    formula_games.EXPERIMENTS,
    derivations.EXPERIMENTS,
    arrows.EXPERIMENTS,
    three_failures.EXPERIMENTS,
    loss_calls.EXPERIMENTS,
    loss_targets.EXPERIMENTS,
    code_runs.EXPERIMENTS,
    data_errors.EXPERIMENTS,
    counting_errors.EXPERIMENTS,
    collapsing_errors.EXPERIMENTS,
    convolution_errors.EXPERIMENTS,
    chain_errors.EXPERIMENTS,
    flag_errors.EXPERIMENTS,
    point_errors.EXPERIMENTS,
    loop_errors.EXPERIMENTS,
    showing_errors.EXPERIMENTS,
    environment_errors.EXPERIMENTS,
)

EXPERIMENTS: dict[str, Experiment] = {experiment.key: experiment for module in _MODULES for experiment in module}


def find_experiment(key: str) -> Experiment:
    """The experiment called `key`; raises `NotFound`."""
    if key in EXPERIMENTS:
        return EXPERIMENTS[key]
    raise NotFound(Text("没有名为“{key}”的实验。", "There is no experiment “{key}”.").format(key=key[:80]))


__all__ = [
    "EXPERIMENTS",
    "Bench",
    "Choice",
    "Claim",
    "Experiment",
    "Frame",
    "Outcome",
    "Running",
    "Series",
    "Side",
    "find_experiment",
]
