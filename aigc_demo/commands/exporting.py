"""`export`: a trained generator in another form, checked against TensorFlow before it is written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.generating import Checkpoint
from aigc_demo.commands.hub import find_checkpoint
from aigc_demo.commands.progress import progress_bar
from aigc_demo.exports.model_export import (
    MODEL_FORMATS,
    Exported,
    ModelFormat,
    Options,
    Stage,
    export_model,
    find_model_format,
)
from aigc_demo.exports.model_keras import unpack
from aigc_demo.home import cache_home, write_atomically
from aigc_demo.text import Text, VisitorError

SAVED_MODEL = "saved_model.pb"  # the file that makes a folder one

_EXISTS = Text(
    "{name} 已经存在；另选一个路径，或加 --force 覆盖它。",
    "{name} exists already: choose another path, or add --force.",
)
_NOT_OURS = Text(
    "{name} 里不是这样的导出结果，所以不覆盖；请另选一个路径。",
    "{name} is no export of this kind, so it is left alone: choose another path.",
)
_ENDING = Text("--out 应以 {ending} 结尾，不能是 {name}。", "--out must end in {ending}, not {name}.")
_WRITTEN = Text(
    "写入 {out}：{points} 张图与 TensorFlow 画的最多相差 {difference} 个灰度级（0–255）",
    "{out}: {points} pictures differ from TensorFlow's by at most {difference} of 255 grey levels",
)


def export(
    checkpoint: Checkpoint,
    kind: Annotated[str, typer.Option("--format", metavar="F", help=" | ".join(MODEL_FORMATS), show_default=False)],
    out: Annotated[
        str,
        typer.Option(
            metavar="PATH",
            help=Text(
                ".html 文件；.onnx 文件；savedmodel 是文件夹，以 .zip 结尾则是压缩包。",
                "An .html file; an .onnx file; for savedmodel a folder, or a zip where it ends in .zip.",
            )(LANG),
        ),
    ],
    force: Annotated[bool, typer.Option("--force", help=Text("覆盖已有的。", "Replace what is there.")(LANG))] = False,
    as_json: AsJson = False,
) -> None:
    """Write the generator of a checkpoint to `out` in another form."""
    chosen = find_model_format(kind)
    target = Path(out).expanduser()
    _check(target, chosen, force)
    folder = find_checkpoint(checkpoint)
    exported = _made(folder, chosen)
    if _as_folder(target, chosen):
        _write_folder(target, exported.content)
    else:
        write_atomically(target, exported.content)
    facts = {
        "out": str(target),
        "format": chosen.key,
        "bytes": len(exported.content),
        "difference": exported.difference,
        "tolerance": chosen.most,
        "points": exported.points,
    }
    if as_json:
        return say_json(facts)
    say(_WRITTEN.format(**{**facts, "difference": f"{exported.difference:.2g}"})(LANG))


def _made(folder: Path, chosen: ModelFormat) -> Exported:
    from aigc_demo.ui.pocket import pocket_page  # which imports Gradio

    with progress_bar() as bar:
        task = bar.add_task("", total=1.0, figures="")
        for told in export_model(folder, cache_home(), chosen, Options(pocket_page, LANG)):
            if isinstance(told, Stage):
                bar.update(task, description=told.text(LANG), completed=told.share)
            else:
                return told
    raise AssertionError("an export ends with a file or an error")


def _check(target: Path, chosen: ModelFormat, force: bool) -> None:
    """Raise `VisitorError` unless the result may be written to `target`."""
    is_folder = _as_folder(target, chosen)
    if not is_folder and target.suffix.lower() != chosen.ending:
        raise VisitorError(_ENDING.format(ending=chosen.ending, name=target.name[-40:] or "-"))
    if not target.exists() or (is_folder and target.is_dir() and not any(target.iterdir())):
        return
    if not force:
        raise VisitorError(_EXISTS.format(name=target.name))
    if not ((target / SAVED_MODEL).is_file() if is_folder else target.is_file()):
        raise VisitorError(_NOT_OURS.format(name=target.name))


def _as_folder(target: Path, chosen: ModelFormat) -> bool:
    return chosen.key == "savedmodel" and target.suffix.lower() != chosen.ending


def _write_folder(target: Path, content: bytes) -> None:
    """Whole or not at all: beside it first, then in its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        unpack(content, beside)
        if target.is_dir():
            shutil.rmtree(target)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
