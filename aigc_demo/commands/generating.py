"""`generate`: digits from a checkpoint, as arrays, as a sheet or as a moving picture."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from aigc_demo.checkpoints import MAX_TRUNCATION, Generator, load
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.hub import find_checkpoint
from aigc_demo.home import write_atomically
from aigc_demo.latent import draw, path
from aigc_demo.latent.pictures import columns_for, enlarge, gif, grid, png
from aigc_demo.recipes import MAX_SEED, number, whole_number
from aigc_demo.text import Text, VisitorError

MAX_IMAGES = 100_000
MAX_FRAMES = 1_000
DEFAULT_IMAGES, DEFAULT_FRAMES = 100, 60
GIF_SCALE = 4
STATIONS_EVERY = 20  # frames of a GIF from one drawn point to the next
FORMATS = (".npz", ".png", ".gif")

Checkpoint = Annotated[
    str,
    typer.Option(
        metavar="C",
        help=Text(
            "检查点文件夹、随软件附带的模型名、训练或导入模型的编号，或 hub:owner/name。",
            "A checkpoint's folder, a shipped model, a run's or imported model's id, or hub:owner/name.",
        )(LANG),
    ),
]
Seed = Annotated[str, typer.Option(metavar="K", help=Text("随机种子。", "Random seed.")(LANG))]


def generate(
    checkpoint: Checkpoint,
    out: Annotated[
        str,
        typer.Option(
            metavar="F",
            help=Text(
                ".npz（数组 images 与 labels）、.png（一张大图）或 .gif（插值动画）。",
                ".npz (arrays images and labels), .png (a sheet) or .gif (an interpolation).",
            )(LANG),
        ),
    ],
    n: Annotated[
        str | None,
        typer.Option(
            "--n",
            metavar="N",
            help=Text(
                "图像数；.gif 的帧数（默认 100；.gif 60）。", "Images, or frames of a .gif (default: 100; .gif 60)."
            )(LANG),
        ),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(
            metavar="0-9",
            help=Text("只画这个数字（默认十个轮流）。", "Only this digit (default: all ten in turn).")(LANG),
        ),
    ] = None,
    seed: Seed = "0",
    truncation: Annotated[
        str,
        typer.Option(
            metavar="T",
            help=Text("0–2：小于 1 更典型，大于 1 更古怪。", "0 to 2: below 1 more typical, above 1 stranger.")(LANG),
        ),
    ] = "1",
    as_json: AsJson = False,
) -> None:
    """Draw `n` images and write them to `out`, in the format that its ending names."""
    target = Path(out).expanduser()
    kind = target.suffix.lower()
    if kind not in FORMATS:
        raise VisitorError(
            Text("--out 应以 {known} 结尾，不能是 {name}。", "--out must end in {known}, not {name}.").format(
                known=" / ".join(FORMATS), name=target.name[-40:] or "-"
            )
        )
    if target.is_dir():
        raise VisitorError(
            Text(
                "{name} 是一个文件夹，不能作为输出文件。", "{name} is a folder, so it cannot be the output file."
            ).format(name=target.name)
        )
    default, most = (DEFAULT_FRAMES, MAX_FRAMES) if kind == ".gif" else (DEFAULT_IMAGES, MAX_IMAGES)
    count = default if n is None else whole_number(n, 1, most, Text("--n", "--n"))
    start = whole_number(seed, 0, MAX_SEED, Text("--seed", "--seed"))
    factor = number(truncation, 0.0, MAX_TRUNCATION, Text("--truncation", "--truncation"))
    model = load(find_checkpoint(checkpoint))
    last = len(model.class_names) - 1
    digit = None if label is None else whole_number(label, 0, last, Text("--label", "--label"))
    if digit is not None and not model.conditional:
        raise VisitorError(
            Text(
                "这个模型不按类别生成，不能指定 --label。",
                "This model is unconditional: it cannot be asked for a --label.",
            )
        )
    content = _gif(model, count, digit, start, factor) if kind == ".gif" else None
    if content is None:
        images, labels = sample(model, count, digit, start, factor)
        content = _npz(images, labels) if kind == ".npz" else png(grid(images, columns_for(count)))
    write_atomically(target, content)
    if as_json:
        return say_json({"out": str(target), "n": count, "seed": start, "label": digit, "recipe": model.recipe})
    say(Text("写入 {out}：{n} 张图像", "{out}: {n} images").format(out=target, n=f"{count:,}")(LANG))


def sample(
    model: Generator, count: int, digit: int | None, seed: int, truncation: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """`count` images uint8 [n, 28, 28] and labels int64 [n]: `digit`, else 0, 1, … 9, 0, …; −1 if unconditional."""
    labels = np.full(count, -1, np.int64)
    if model.conditional:
        labels = (
            np.arange(count, dtype=np.int64) % len(model.class_names)
            if digit is None
            else np.full(count, digit, np.int64)
        )
    return model.render(draw(seed, count, model.latent_size), labels, truncation), labels


def _npz(images: np.ndarray, labels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, images=images, labels=labels)
    return buffer.getvalue()


def _gif(model: Generator, count: int, digit: int | None, seed: int, truncation: float) -> bytes:
    """A closed tour through drawn points, one frame a stop: a single digit, or all ten for the same z."""
    stations = draw(seed, max(2, round(count / STATIONS_EVERY)), model.latent_size)
    points = path(stations, count, closed=True)
    shown = np.arange(len(model.class_names)) if digit is None and model.conditional else np.array([digit or 0])
    images = model.render(points.repeat(len(shown), axis=0), np.tile(shown, count), truncation)
    frames = images.reshape(count, len(shown), 28, 28)
    return gif([enlarge(grid(frame, min(5, len(shown))), GIF_SCALE) for frame in frames])
