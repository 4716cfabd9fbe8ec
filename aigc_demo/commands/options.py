"""Options that several commands have: each says what it is in one place."""

from __future__ import annotations

from typing import Annotated

import typer

from aigc_demo.commands.console import LANG
from aigc_demo.recipes import DEFAULT_RECIPE, DEFAULT_SECONDS, SETTINGS
from aigc_demo.text import Text, VisitorError

Out = Annotated[str, typer.Option(metavar="DIR", help=Text("结果文件夹。", "Folder for the result.")(LANG))]
Recipe = Annotated[
    str | None,
    typer.Option(metavar="R", help=Text("配方（默认 {r}）。", "Recipe (default: {r}).").format(r=DEFAULT_RECIPE)(LANG)),
]
Loss = Annotated[
    str | None,
    typer.Option(metavar="L", help=Text("损失（默认为配方自己的）。", "Loss (default: the recipe's own).")(LANG)),
]
Seed = Annotated[
    str | None, typer.Option(metavar="K", help=Text("随机种子（默认 0）。", "Random seed (default: 0).")(LANG))
]
Seconds = Annotated[
    str | None,
    typer.Option(
        metavar="S",
        help=Text(
            "训练秒数，不含启动（默认 {s:g}）。", "Seconds of training, start-up excluded (default: {s:g})."
        ).format(s=DEFAULT_SECONDS)(LANG),
    ),
]
Steps = Annotated[str | None, typer.Option(metavar="N", help=Text("改为训练 N 步。", "Train N steps instead.")(LANG))]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help=Text(
            f"覆盖一个设置，可重复：weight.<项>、{'、'.join(SETTINGS)}。取值见 recipes --json。",
            f"Override a setting; repeatable: weight.<term>, {', '.join(SETTINGS)}. What each takes: recipes --json.",
        )(LANG),
    ),
]


def budget_of(seconds: str | None, steps: str | None) -> float | str | None:
    """The seconds of a new run: the default where neither is given. Raises `VisitorError` where both are."""
    if seconds is not None and steps is not None:
        raise VisitorError(Text("--seconds 与 --steps 只能选一个。", "Give either --seconds or --steps, not both."))
    return DEFAULT_SECONDS if seconds is None and steps is None else seconds
