"""The command line: train, generate and evaluate without a page, and list what there is to choose from.

Every command ends with exit status 0, or 2 and one line on stderr that says what to put right. Ctrl-C is 130.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from aigc_demo.commands import (
    axes,
    catalogues,
    datasets,
    evaluating,
    exporting,
    finetuning,
    generating,
    hub,
    importing,
    inverting,
    searching,
    storage,
    training,
)
from aigc_demo.commands.console import INTERRUPTED, LANG, Ended, complain, explain_usage, prepare
from aigc_demo.text import Text, VisitorError

app = typer.Typer(
    name="aigc_demo",
    help=Text("AIGC Demo：看得见的生成对抗网络。", "AIGC Demo: generative adversarial networks that you can watch.")(
        LANG
    ),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for function, summary in (
    (catalogues.recipes, Text("列出配方。", "List the recipes.")),
    (catalogues.losses, Text("列出损失函数。", "List the losses.")),
    (training.train, Text("训练一个 GAN，结果写进文件夹。", "Train a GAN into a folder.")),
    (finetuning.finetune, Text("让训练好的模型学会新的图形。", "Teach a trained model new shapes.")),
    (searching.search, Text("搜索更好的训练设置。", "Search for settings that make better digits sooner.")),
    (generating.generate, Text("用检查点生成数字。", "Draw digits with a checkpoint.")),
    (axes.axes, Text("找出潜空间里值得一条滑杆的方向。", "Find the axes of a latent space that are worth a slider.")),
    (inverting.invert, Text("求出模型画得最像某张图的 z。", "Find the z from which a model draws a given image.")),
    (hub.push, Text("把模型推送到 Hugging Face Hub（默认私有）。", "Push a model to the Hugging Face Hub (private).")),
    (hub.pull, Text("从 Hugging Face Hub 拉取模型。", "Pull a model from the Hugging Face Hub.")),
    (importing.models, Text("列出模型。", "List the models.")),
    (
        exporting.export,
        Text("把生成器导出为网页、SavedModel 或 ONNX。", "Write a generator as a web page, SavedModel or ONNX."),
    ),
    (storage.storage, Text("看什么占用磁盘，并腾出空间。", "Show what uses the disk, and make room.")),
    (evaluating.evaluate, Text("测量生成的数字有多好。", "Measure how good generated digits are.")),
):
    app.command(help=summary(LANG))(function)
app.command(name="import", help=Text("导入别处的模型。", "Take in a model from elsewhere.")(LANG))(
    importing.import_model
)
app.add_typer(
    datasets.group, name="datasets", help=Text("列出数据集，或取得更多。", "List the datasets, or get more.")(LANG)
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command with `arguments` (default: those of the process) and return its exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    command = typer.main.get_command(app)
    try:
        prepare()
        status = command.main(given or ["--help"], prog_name="python -m aigc_demo", standalone_mode=False)
    except VisitorError as error:
        return complain(error.text)
    except Ended as end:
        return complain(end.text, end.status)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except OSError as error:
        return complain(
            Text("读写 {name} 失败：{reason}。", "{name} cannot be read or written: {reason}.").format(
                name=error.filename or "-", reason=error.strerror or type(error).__name__
            )
        )
    except Exception as error:
        usage = explain_usage(error)
        if usage is None:
            raise  # a fault of ours: its traceback is what we need
        return complain(usage)
    if status == INTERRUPTED:  # Typer's answer to Ctrl-C
        return complain(Text("已中断。", "Interrupted."), INTERRUPTED)
    return status if isinstance(status, int) else 0
