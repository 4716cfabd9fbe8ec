"""`finetune`: adapt a trained model to few images."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aigc_demo.checkpoints import DEFAULT_MODEL, find
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG
from aigc_demo.commands.own_sets import dataset_at
from aigc_demo.commands.tracking import trackers_for
from aigc_demo.commands.training import make_writable, parse_settings, run_plan
from aigc_demo.data import is_own
from aigc_demo.home import runs_home
from aigc_demo.recipes import DEFAULT_SECONDS
from aigc_demo.recipes.adapting import adapt_plan
from aigc_demo.runs.adapting import joined, place_start, plan_of
from aigc_demo.text import Text, VisitorError


def finetune(
    images: Annotated[
        str,
        typer.Option(
            metavar="PATH",
            help=Text(
                "新图像：文件夹、zip、.npz，或 own:<id>；每个子文件夹是一类。",
                "The new images: a folder, a zip, an .npz or own:<id>; each sub-folder is a class.",
            )(LANG),
        ),
    ],
    out: Annotated[str, typer.Option(metavar="DIR", help=Text("结果文件夹。", "Folder for the result.")(LANG))],
    checkpoint: Annotated[
        str,
        typer.Option(
            metavar="C", help=Text("从哪个模型开始（默认 fast）。", "The model to begin with (default: fast).")(LANG)
        ),
    ] = DEFAULT_MODEL,
    keep: Annotated[
        bool,
        typer.Option(
            help=Text(
                "同时复习 digits5k，免得忘掉旧的数字（默认）。",
                "Rehearse digits5k, so that the old digits are not forgotten (default).",
            )(LANG)
        ),
    ] = True,
    seconds: Annotated[
        str | None,
        typer.Option(metavar="S", help=Text("训练秒数（默认 20）。", "Seconds of training (default: 20).")(LANG)),
    ] = None,
    steps: Annotated[
        str | None, typer.Option(metavar="N", help=Text("改为训练 N 步。", "Train N steps instead.")(LANG))
    ] = None,
    seed: Annotated[
        str, typer.Option(metavar="K", help=Text("随机种子（默认 0）。", "Random seed (default: 0).")(LANG))
    ] = "0",
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help=Text("覆盖一个设置。", "Override a setting.")(LANG)),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Begin with a trained model and learn the classes of `images` beside its own."""
    if seconds is not None and steps is not None:
        raise VisitorError(Text("--seconds 与 --steps 只能选一个。", "Give either --seconds or --steps, not both."))
    folder = Path(out).expanduser()
    if (folder / "run.json").exists() or (folder / "config.json").exists():
        raise VisitorError(
            Text(
                "文件夹 {name} 中已有一次训练；请另选文件夹。", "The folder {name} already holds a run; choose another."
            ).format(name=folder.name)
        )
    base = find(checkpoint, runs_home())
    before = plan_of(base)
    new = images if is_own(images) else dataset_at(Path(images).expanduser())
    default = DEFAULT_SECONDS if seconds is None and steps is None else seconds
    plan = adapt_plan(
        before, base.name, joined(before, new, keep), seed, default, steps, parse_settings(settings or [])
    )
    make_writable(folder)
    place_start(folder, base)
    run_plan(folder, plan, None, resume=False, as_json=as_json, tracker=trackers_for(folder, None, []))
