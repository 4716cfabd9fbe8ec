"""`evaluate`: every figure of a checkpoint's digits, or of digits from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from aigc_demo.checkpoints import load
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.generating import MAX_IMAGES, Seed, sample
from aigc_demo.commands.hub import find_checkpoint
from aigc_demo.data.datasets import unpack
from aigc_demo.metrics.report import FIGURES, evaluate_images
from aigc_demo.recipes import MAX_SEED, whole_number
from aigc_demo.text import Text, VisitorError

DEFAULT_IMAGES = 5_000


def evaluate(
    checkpoint: Annotated[
        str | None,
        typer.Option(
            metavar="C",
            help=Text(
                "检查点文件夹、随软件附带的模型名、训练或导入模型的编号，或 hub:owner/name。",
                "A checkpoint's folder, a shipped model, a run's or imported model's id, or hub:owner/name.",
            )(LANG),
        ),
    ] = None,
    samples: Annotated[
        str | None,
        typer.Option(
            metavar="F.npz",
            help=Text(
                "改为测量这个文件：images uint8 [n, 28, 28]，可带 labels。",
                "Measure this file instead: images uint8 [n, 28, 28], and labels if you like.",
            )(LANG),
        ),
    ] = None,
    n: Annotated[
        str | None,
        typer.Option(
            "--n",
            metavar="N",
            help=Text("图像数（默认 5000；文件则为全部）。", "Images (default: 5000; all of a file's).")(LANG),
        ),
    ] = None,
    seed: Seed = "0",
    as_json: AsJson = False,
) -> None:
    """Measure the images of a checkpoint, or those of a file."""
    if (checkpoint is None) == (samples is None):
        raise VisitorError(
            Text("--checkpoint 与 --samples 恰好选一个。", "Give exactly one of --checkpoint and --samples.")
        )
    count = None if n is None else whole_number(n, 1, MAX_IMAGES, Text("--n", "--n"))
    start = whole_number(seed, 0, MAX_SEED, Text("--seed", "--seed"))
    if samples is not None:
        images, labels = read_samples(Path(samples).expanduser(), count)
        sorts_itself = False
    else:
        model = load(find_checkpoint(str(checkpoint)))
        images, labels = sample(model, count or DEFAULT_IMAGES, None, start)
        labels = labels if model.conditional else None
        sorts_itself = model.plan.sorts_itself
    figures = evaluate_images(images, labels, start, sorts_itself)
    say_json(figures) if as_json else _say(figures)


def read_samples(path: Path, count: int | None = None) -> tuple[np.ndarray, np.ndarray | None]:
    """The first `count` (or all) images of an `.npz` file, and their labels if it has them all; never unpickles.

    Raises `NotFound`, or `VisitorError` with one sentence.
    """
    arrays = unpack(path, ("images",), _bad)
    images, labels = arrays["images"], arrays.get("labels")
    if images.dtype != np.uint8 or images.ndim != 3 or images.shape[1:] != (28, 28):
        found = f"{images.dtype} {list(images.shape)}"
        why = Text("images 应为 uint8 [n, 28, 28]，实为 {found}", "images must be uint8 [n, 28, 28], not {found}")
        raise _bad(path, why.format(found=found))
    if not 1 <= len(images) <= MAX_IMAGES:
        why = Text("应有 1 到 {most} 张图像，实有 {n} 张", "it must hold 1 to {most} images, not {n}")
        raise _bad(path, why.format(most=f"{MAX_IMAGES:,}", n=f"{len(images):,}"))
    if count is not None and count > len(images):
        why = Text("它只有 {n} 张图像", "it holds only {n} images")
        raise _bad(path, why.format(n=f"{len(images):,}"))
    return images[:count], _checked_labels(path, labels, len(images), count)


def _checked_labels(path: Path, labels: np.ndarray | None, images: int, count: int | None) -> np.ndarray | None:
    if labels is None:
        return None
    if not np.issubdtype(labels.dtype, np.integer) or labels.shape != (images,):
        raise _bad(path, Text("labels 应为每张图像一个整数", "labels must be one integer for each image"))
    if labels.min() < -1 or labels.max() > 9:
        raise _bad(
            path, Text("labels 应在 0 到 9 之间（−1：没有）", "labels must lie between 0 and 9, or be −1 for none")
        )
    return None if (labels == -1).any() else labels[:count].astype(np.int64)


def _bad(path: Path, why: Text) -> VisitorError:
    return VisitorError(Text(f"无法测量 {path.name}：{why.zh}。", f"{path.name} cannot be measured: {why.en}."))


def _say(figures: dict[str, Any]) -> None:
    for key, name in FIGURES.items():
        if figures.get(key) is not None:
            say(f"{key:16}{figures[key]:>12.4f}  {name(LANG)}")
    say(f"{'n':16}{figures['n']:>12,}")
