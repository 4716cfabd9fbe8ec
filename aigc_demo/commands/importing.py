"""`import`: a model from a zip or a folder, checked as the page checks it. `models`: all that can be drawn with."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aigc_demo.checkpoints import IMPORTED
from aigc_demo.checkpoints.parcel import MAX_PARCEL_BYTES, Parcel, gather, unpack
from aigc_demo.checkpoints.reading import read_file
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.home import data_home, runs_home
from aigc_demo.runs.imports import Imports
from aigc_demo.runs.library import Library
from aigc_demo.runs.limits import LOCAL
from aigc_demo.runs.model_info import ModelInfo
from aigc_demo.text import Text

_DONE = Text("已导入，编号 {id}。", "Imported as {id}.")
_THERE = Text(
    "同样的模型已经在这里，编号 {id}；没有再存一份。",
    "The same model is here already, as {id}; it was not stored again.",
)


def import_model(
    path: Annotated[
        str,
        typer.Argument(
            metavar="PATH",
            help=Text(
                "模型的 zip，或装有 config.json 与 generator.safetensors 的文件夹。",
                "A model's zip, or a folder with config.json and generator.safetensors.",
            )(LANG),
        ),
    ],
    name: Annotated[
        str, typer.Option(metavar="NAME", help=Text("名称，1 到 60 个字符。", "A name, 1 to 60 characters.")(LANG))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Check a model from elsewhere and keep it among one's own; prints the id that other commands take."""
    home = data_home()
    known = Library(runs_home()).folders()
    taken = Imports(home / IMPORTED, LOCAL).take(_read(Path(path).expanduser()).files, known, name=name)
    if as_json:
        return say_json({"id": taken.id, "duplicate": taken.is_duplicate})
    say((_THERE if taken.is_duplicate else _DONE).format(id=taken.id)(LANG))


def models(as_json: AsJson = False) -> None:
    """List the models: shipped, trained here and imported."""
    found = Library(runs_home()).models(())
    if as_json:
        return say_json({"models": [asdict(model) for model in found]})
    width = max((len(model.id) for model in found), default=0)
    for model in found:
        say(f"{model.id:{width}}  {_fd(model):>9}  {model.title(LANG)}")


def _read(path: Path) -> Parcel:
    return gather(path) if path.is_dir() else unpack(read_file(path, MAX_PARCEL_BYTES))


def _fd(model: ModelInfo) -> str:
    """Its digit-FD; in brackets where that is its card's word alone."""
    value = (model.figures or model.card_figures or {}).get("digit_fd")
    if not isinstance(value, int | float):
        return "–"
    return f"{value:.2f}" if model.figures else f"({value:.2f})"
