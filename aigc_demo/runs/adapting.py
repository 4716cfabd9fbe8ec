"""What a run that adapts a trained model begins with: a copy in its own folder, so that it depends on no other."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from safetensors.numpy import save as pack_tensors

from aigc_demo import checkpoints
from aigc_demo.data import DIGITS
from aigc_demo.data.union import JOINT
from aigc_demo.home import write_atomically
from aigc_demo.recipes import Plan
from aigc_demo.runs.trainers import TrainerLike, Weights
from aigc_demo.text import NotFound, Text, VisitorError

START = "start.safetensors"
REHEARSED = "digits5k"  # so that a model does not forget them
_CLASSES, _GENERATOR, _DISCRIMINATOR = "classes", "generator/", "discriminator/"

_BASE_GONE = Text(
    "这次训练的起点（模型 {name}）已经不在了，无法重新开始；请另选一个模型。",
    "The model that this run begins with ({name}) is gone, so it cannot begin; choose another model.",
)


def plan_of(checkpoint: Path) -> Plan:
    """The plan that the model in the folder `checkpoint` was trained by. Raises `VisitorError`, or `NotFound`."""
    return Plan.from_json(checkpoints.read_config(checkpoint)["plan"])


def joined(before: Plan, dataset: str, keep: bool) -> str:
    """The data for a model that was trained by `before` to learn `dataset`; with `keep` beside the digits, if it knows them."""
    return f"{REHEARSED}{JOINT}{dataset}" if keep and before.class_names[: len(DIGITS)] == DIGITS else dataset


def place_start(folder: Path, checkpoint: Path) -> None:
    """Copy the model in `checkpoint`, fully checked, to where the run in `folder` begins. Raises `VisitorError`."""
    plan = plan_of(checkpoint)
    generator = checkpoints.load(checkpoint).weights()
    discriminator = checkpoints.read_tensors(checkpoint / checkpoints.DISCRIMINATOR)
    checkpoints.Discriminator(plan, discriminator)  # the same checks
    tensors = {_CLASSES: np.array(plan.classes, np.int64)}
    tensors |= {_GENERATOR + name: value for name, value in generator.items()}
    tensors |= {_DISCRIMINATOR + name: value for name, value in discriminator.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(
            folder / START, pack_tensors({name: np.asarray(value, order="C") for name, value in tensors.items()})
        )
    except OSError as error:
        raise VisitorError(
            Text("无法写入文件夹 {name}：{reason}。", "The folder {name} cannot be written: {reason}.").format(
                name=folder.name, reason=error.strerror or type(error).__name__
            )
        ) from error


class Start(NamedTuple):
    """The weights that a run begins with, and how many classes they know."""

    generator: Weights
    discriminator: Weights
    classes: int


def read_start(folder: Path, plan: Plan) -> Start:
    """What was placed in `folder`. Raises `VisitorError` where it is gone or damaged."""
    try:
        tensors = checkpoints.read_tensors(folder / START)
    except NotFound as error:
        raise VisitorError(_BASE_GONE.format(name=plan.base)) from error
    return Start(_part(tensors, _GENERATOR), _part(tensors, _DISCRIMINATOR), int(tensors[_CLASSES]))


def begin_with_start(trainer: TrainerLike, folder: Path, plan: Plan) -> None:
    """Give `trainer`, reset to `plan`, the weights that were placed in `folder`; none are needed without a base."""
    if plan.base:
        trainer.begin_with(*read_start(folder, plan))


def _part(tensors: Weights, prefix: str) -> Weights:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
