"""`axes`: the directions of a checkpoint's latent space that are worth a slider, as a table and as strips of images."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from aigc_demo.checkpoints import Generator, load
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.generating import Checkpoint
from aigc_demo.commands.hub import find_checkpoint
from aigc_demo.home import cache_home, write_atomically
from aigc_demo.latent import draw
from aigc_demo.latent.axes import Axis, along
from aigc_demo.latent.pictures import grid, png
from aigc_demo.recipes import whole_number
from aigc_demo.runs.axes_shelf import kept_axes
from aigc_demo.text import Text, VisitorError

REACH = 3.0  # standard deviations to either side
STEPS = 13  # images of a strip
SEED = 1  # of the point that the strips lead through
DEFAULT_DIGIT = "2"  # has a loop, a bend and a straight line

_FOUND = Text(
    "{n} 张图像、{m} 次反传，{seconds} 秒", "{n} images, {m} vectors pulled back through the network, {seconds} s"
)
_HEAD = ("R²", Text("能量", "energy"))
_DEAD = Text("（几乎不动）", "(hardly moves)")


def axes(
    checkpoint: Checkpoint,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="F.png",
            help=Text("每条方向一行图像，从 −3σ 到 +3σ。", "A row of images for each axis, from −3σ to +3σ.")(LANG),
        ),
    ] = None,
    label: Annotated[
        str,
        typer.Option(
            metavar="0-9", help=Text("图像所画的数字（默认 2）。", "The digit in the images (default: 2).")(LANG)
        ),
    ] = DEFAULT_DIGIT,
    as_json: AsJson = False,
) -> None:
    """Find the axes of a checkpoint, or read those kept with it."""
    target = None if out is None else _checked(Path(out).expanduser())
    digit = whole_number(label, 0, 9, Text("--label", "--label"))
    folder = find_checkpoint(checkpoint)
    found = kept_axes(folder, cache_home() / "axes")
    listed = [axis for family in found.families.values() for axis in family]
    if target is not None:
        write_atomically(target, png(strips(load(folder), listed, digit)))
    if as_json:
        return say_json({**found.to_json(), "out": None if target is None else str(target)})
    say(_FOUND.format(n=f"{found.points:,}", m=f"{found.pullbacks:,}", seconds=f"{found.seconds:.1f}")(LANG))
    _say_table(listed)


def strips(model: Generator, listed: Iterable[Axis], digit: int) -> np.ndarray:
    """uint8 [28 · axes, 28 · STEPS]: one and the same point, moved along each axis from −3 to +3."""
    base = draw(SEED, 1, model.latent_size)[0]
    points = np.concatenate([along(axis.direction, base, np.linspace(-REACH, REACH, STEPS)) for axis in listed])
    return grid(model.render(points, np.full(len(points), digit)), STEPS)


def _checked(target: Path) -> Path:
    if target.suffix.lower() != ".png" or target.is_dir():
        raise VisitorError(
            Text(
                "--out 应是一个以 .png 结尾的文件，不能是 {name}。",
                "--out must be a file that ends in .png, not {name}.",
            ).format(name=target.name[-40:] or "-")
        )
    return target


def _say_table(listed: list[Axis]) -> None:
    """A line for each axis, in the order of the strips; titles last, because Chinese ones are wider than they count."""
    width = max(len(axis.key) for axis in listed)
    say(f"{'':{width}}  {_HEAD[0]:>4}  {_HEAD[1](LANG):>6}")
    for axis in listed:
        r2 = "–" if axis.r2 is None else f"{axis.r2:.2f}"
        note = f" {_DEAD(LANG)}" if axis.dead else ""
        say(f"{axis.key:{width}}  {r2:>4}  {100 * axis.energy:5.1f}%  {axis.title(LANG)}{note}")
