"""`datasets add`, `rename`, `delete`: training data of one's own from a folder, a zip or an `.npz` file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.progress import progress_bar
from aigc_demo.data.conversion import Converted, conversion
from aigc_demo.data.opening import source_of
from aigc_demo.data.own import PREFIX, OwnInfo, OwnStore
from aigc_demo.data.pictures import Choices
from aigc_demo.home import datasets_home
from aigc_demo.text import Text

ADDED = Text(
    "“{name}”：{images} 张用于训练，{held_out} 张留作检验，{classes} 类。用法：train --dataset {key}",
    "“{name}”: {images} images to train on, {held_out} held out, {classes} classes. Use it with: train --dataset {key}",
)
ONE_CLASS = Text(
    "只有一类：按类别生成的配方照样能用，只是没有可选的类别。",
    "There is one class: conditional recipes work as well, with no class to choose.",
)
_CONVERTING = Text("转换", "converting")
_COUNT = Text("  {count} 张：{text}", "  {count} × {text}")
_LEFT_OUT = Text("  略去 {count} 个：{text}", "  left out, {count} × {text}")

Invert = Annotated[
    str,
    typer.Option(
        metavar="auto|yes|no", help=Text("白底黑字要反相吗。", "Whether dark on light is made light on dark.")(LANG)
    ),
]
Fit = Annotated[
    str,
    typer.Option(
        metavar="auto|ink|resize",
        help=Text("按笔迹居中（如 MNIST），或整张缩放。", "Fit the ink as MNIST does, or keep the whole picture.")(
            LANG
        ),
    ),
]
Frame = Annotated[
    str,
    typer.Option(
        metavar="pad|crop", help=Text("不是正方形的图补边还是裁剪。", "What to do where a picture is not square.")(LANG)
    ),
]


def add(
    path: Annotated[
        str,
        typer.Argument(
            help=Text(
                "文件夹、zip 或 .npz；子文件夹是类别。", "A folder (sub-folders are classes), a zip or an .npz file."
            )(LANG)
        ),
    ],
    name: Annotated[str, typer.Option(metavar="NAME", help=Text("名称。", "What to call it.")(LANG))] = "",
    invert: Invert = "auto",
    fit: Fit = "auto",
    frame: Frame = "pad",
    digits: Annotated[
        bool,
        typer.Option(
            "--digits", help=Text("这些就是数字 0–9。", "They are the digits 0 to 9, so figures of digits apply.")(LANG)
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Convert the pictures at `path` and keep them; says of each kind of change how many pictures it was made to."""
    choices = Choices.of({"invert": invert, "fit": fit, "frame": frame})
    converted = converted_from(Path(path).expanduser(), choices)
    info = OwnStore(datasets_home()).add(converted, name, is_digits=digits)
    if as_json:
        return say_json(described(info))
    report = converted.report(LANG)
    for line, sentence in ((report["done"], _COUNT), (report["skipped"], _LEFT_OUT)):
        for each in line:
            say(sentence(LANG).format(**each) + (f" ({', '.join(each['names'])})" if each.get("names") else ""))
    values = {"images": f"{info.images:,}", "held_out": f"{info.held_out:,}", "classes": len(info.class_names)}
    say(ADDED(LANG).format(name=info.name, key=info.key, **values))
    if len(info.class_names) == 1:
        say(ONE_CLASS(LANG))


def rename(
    key: Annotated[str, typer.Argument(help="own:…")],
    name: Annotated[str, typer.Argument(help=Text("新名称。", "Its new name.")(LANG))],
) -> None:
    """Give a set of one's own another name."""
    info = OwnStore(datasets_home()).rename(key.removeprefix(PREFIX), name)
    say(f"{info.key}  {info.name}")


def delete(key: Annotated[str, typer.Argument(help="own:…")]) -> None:
    """Delete a set of one's own. Runs that learnt from it can then not be resumed."""
    OwnStore(datasets_home()).delete(key.removeprefix(PREFIX))
    say(Text("已删除 {key}。", "{key} is deleted.").format(key=key)(LANG))


def converted_from(path: Path, choices: Choices) -> Converted:
    """The pictures at `path`, converted behind a progress bar. Raises `VisitorError`; Ctrl-C leaves nothing behind."""
    with progress_bar() as bar:
        task = bar.add_task(_CONVERTING(LANG), total=None, figures="")
        for news in conversion(source_of(path), choices):
            if isinstance(news, Converted):
                return news
            bar.update(task, completed=news.seen, total=news.total, figures=f"{news.seen:,} / {news.total:,}")
    raise AssertionError("nobody stopped it")


def dataset_at(path: Path) -> str:
    """The name of the set that holds the pictures at `path`: made now, or before by the same pictures."""
    return OwnStore(datasets_home()).add(converted_from(path, Choices()), reuse=True).key


def listing() -> dict[str, OwnInfo]:
    """Every set of one's own by its key, newest first."""
    return {info.key: info for info in OwnStore(datasets_home()).listing()}


def described(info: OwnInfo) -> dict[str, Any]:
    """A set as `--json` says it."""
    plain = {key: value for key, value in asdict(info).items() if key not in ("owner", "id")}
    return {"key": info.key, "images": info.images, **plain}
