"""`invert`: the point and the label from which a model draws something most like the digit in an image file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from aigc_demo.checkpoints import Generator, load
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.generating import Checkpoint
from aigc_demo.commands.hub import find_checkpoint
from aigc_demo.data.drawings import check_ink
from aigc_demo.data.fitting import fit, read_grey
from aigc_demo.home import write_atomically
from aigc_demo.latent.pictures import grid, png
from aigc_demo.recipes import whole_number
from aigc_demo.runs.inverters import Inverted, Inverters
from aigc_demo.runs.nearby import nearby
from aigc_demo.text import Text, VisitorError


def invert(
    checkpoint: Checkpoint,
    image: Annotated[
        str,
        typer.Option(
            metavar="F.png",
            help=Text(
                "写着一个数字的图像，大小与底色不限。",
                "An image of one digit, of any size, dark on light or light on dark.",
            )(LANG),
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            metavar="F.png",
            help=Text(
                "结果：输入、模型画出的、最近的训练数字，各 28×28，从左到右。",
                "The result: the image, what the model draws and the nearest training digit, 28×28 each, side by side.",
            )(LANG),
        ),
    ],
    label: Annotated[
        str | None,
        typer.Option(
            metavar="0-9",
            help=Text("只试这个数字（默认十个都试）。", "Try only this digit (default: all ten).")(LANG),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find z for the digit in `image`, and write what the model draws from it to `out`."""
    target = Path(out).expanduser()
    if target.suffix.lower() != ".png" or target.is_dir():
        raise VisitorError(Text("--out 应为一个 .png 文件。", "--out must be a .png file."))
    drawing = check_ink(fit(read_grey(Path(image).expanduser())))
    model = load(find_checkpoint(checkpoint))
    last = len(model.class_names) - 1
    digit = None if label is None else whole_number(label, 0, last, Text("--label", "--label"))
    if digit is not None and not model.conditional:
        raise VisitorError(
            Text("这个模型没有类别，不能指定 --label。", "This model is unconditional: it has no --label to try.")
        )
    result = _search(model, drawing, digit)
    real = nearby(model).neighbours
    nearest = real.nearest(drawing[None])
    row, distance = int(nearest.rows[0, 0]), float(nearest.distances[0, 0])
    write_atomically(target, png(grid(np.stack([drawing, result.image, real.images[row]]), 3)))
    facts = {
        "out": str(target),
        "z": [float(value) for value in result.found.z],
        "label": result.found.label,
        "error": result.error,
        "by_label": [each._asdict() for each in sorted(result.found.by_label)],
        "nearest": {"label": int(real.labels[row]), "index": row, "error": distance / 28.0},
        "seconds": result.seconds,
    }
    say_json(facts) if as_json else _say(facts)


def _search(model: Generator, drawing: np.ndarray, digit: int | None) -> Inverted:
    *_, result = Inverters().search(model, drawing, digit)
    assert isinstance(result, Inverted)
    return result


def _say(facts: dict[str, Any]) -> None:
    found = Text("写入 {out}：误差 {error:.3f}", "{out}: error {error:.3f}")
    if facts["label"] is not None:
        found = Text(found.zh + "，数字 {label}", found.en + ", digit {label}")
    nearest = Text("；最近的训练数字误差 {near:.3f}", "; nearest training digit {near:.3f}")
    sentence = Text(found.zh + nearest.zh, found.en + nearest.en)
    say(sentence(LANG).format(**facts, near=facts["nearest"]["error"]))
