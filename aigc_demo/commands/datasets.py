"""`datasets`: what there is to learn from, and bringing more of it here."""

from __future__ import annotations

import threading
from dataclasses import asdict
from typing import Annotated, Any

import typer

from aigc_demo.commands import own_sets
from aigc_demo.commands.catalogues import AsJson, table
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.progress import followed
from aigc_demo.data import DATASETS, hub_sets
from aigc_demo.data.datasets import DatasetInfo
from aigc_demo.data.hub_catalogue import HUB_SETS, MEGABYTE, HubSet
from aigc_demo.hub import fetch
from aigc_demo.hub.client import hub_from_environment
from aigc_demo.text import Text, plain

NOT_YET = Text("（未下载，{mb} MB）", " (not downloaded yet, {mb} MB)")
THERE = Text("{title} 已在本机：{folder}", "{title} is on this machine: {folder}")
GOT = Text(
    "{title}：{count} 张用于训练，{held_out} 张留作检验，存于 {folder}。用法：train --dataset {key}",
    "{title}: {count} images to train on, {held_out} held out, in {folder}. Use it with: train --dataset {key}",
)

OWN = Text(
    "你自己的数据：{n} 张用于训练，{classes} 类。", "Data of your own: {n} images to train on, {classes} classes."
)

group = typer.Typer(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})


@group.callback()
def datasets(context: typer.Context, as_json: AsJson = False) -> None:
    """List the datasets, unless one of the commands below is given."""
    if context.invoked_subcommand is not None:
        return
    own = own_sets.listing()
    if as_json:
        listed = {key: _described(info) for key, info in DATASETS.items()}
        return say_json({"datasets": listed | {key: own_sets.described(info) for key, info in own.items()}})
    titles = {key: _marked(info) for key, info in DATASETS.items()}
    abouts = {key: info.about for key, info in DATASETS.items()}
    table(
        titles | {key: plain(info.name) for key, info in own.items()},
        abouts | {key: OWN.format(n=f"{info.images:,}", classes=len(info.class_names)) for key, info in own.items()},
    )


@group.command(
    help=Text(
        "从 Hugging Face Hub（或 HF_ENDPOINT 指定的镜像）下载一个数据集。",
        "Fetch a dataset from the Hugging Face Hub, or from the mirror that HF_ENDPOINT names.",
    )(LANG)
)
def get(
    name: Annotated[str, typer.Argument(help=", ".join(HUB_SETS))],
    again: Annotated[
        bool, typer.Option("--again", help=Text("已有也重新下载。", "Fetch it although it is there.")(LANG))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch one of the Hub's sets, with a progress bar; Ctrl-C leaves nothing half done."""
    item = hub_sets.find(name)
    if hub_sets.is_there(name) and not again:
        there = THERE.format(title=item.title(LANG), folder=hub_sets.folder(name))
        return say_json(_result(item)) if as_json else say(there(LANG))
    stored = followed(fetch(item, hub_from_environment(), threading.Event()))
    if as_json:
        return say_json(_result(item))
    for change in stored.changes:
        say(change(LANG))
    facts = {"count": f"{stored.count:,}", "held_out": f"{stored.held_out:,}", "folder": hub_sets.folder(name)}
    say(GOT.format(title=item.title(LANG), key=name, **facts)(LANG))


for _function, _summary in (
    (
        own_sets.add,
        Text("添加自己的图片：文件夹、zip 或 .npz。", "Add pictures of your own: a folder, a zip or an .npz."),
    ),
    (own_sets.rename, Text("给自己的数据改名。", "Give data of your own another name.")),
    (own_sets.delete, Text("删除自己的数据。", "Delete data of your own.")),
):
    group.command(help=_summary(LANG))(_function)


def _described(info: DatasetInfo) -> dict[str, Any]:
    described: dict[str, Any] = {"title": asdict(info.title), "about": asdict(info.about), "ready": True}
    if info.key in HUB_SETS:
        item = HUB_SETS[info.key]
        described |= {"ready": hub_sets.is_there(info.key), "bytes": round(item.megabytes * MEGABYTE)}
    return described


def _marked(info: DatasetInfo) -> Text:
    """The title; of a set that is still on the Hub also this, and its size."""
    if info.key not in HUB_SETS or hub_sets.is_there(info.key):
        return info.title
    mark = NOT_YET.format(mb=f"{HUB_SETS[info.key].megabytes:.0f}")
    return Text(info.title.zh + mark.zh, info.title.en + mark.en)


def _result(item: HubSet) -> dict[str, Any]:
    facts = hub_sets.card(item.key)
    kept = ("repository", "commit", "count", "held_out", "changes", "fingerprint")
    return {"key": item.key, "folder": str(hub_sets.folder(item.key)), **{name: facts.get(name) for name in kept}}
