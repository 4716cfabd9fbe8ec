"""`push` and `pull`: models to the Hugging Face Hub and from there; and `hub:owner/name` wherever a checkpoint is named."""

from __future__ import annotations

import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aigc_demo.checkpoints import IMPORTED, find, load
from aigc_demo.checkpoints.about import check_name
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.commands.progress import followed
from aigc_demo.home import data_home, runs_home
from aigc_demo.hub import HubName, Pulled, hub_name, is_hub_name
from aigc_demo.hub.names import target_name
from aigc_demo.hub.outgoing import push_model
from aigc_demo.hub.tokens import NEEDED, hub_of_this_machine
from aigc_demo.runs.imports import Imports, Taken
from aigc_demo.runs.library import Library
from aigc_demo.runs.limits import LOCAL
from aigc_demo.runs.pulls import Kept, origin_of, pull_into
from aigc_demo.runs.sheets import sheet_png
from aigc_demo.text import Text, VisitorError

_PULLED = Text("已拉取 {name} 的提交 {commit}，编号 {id}。", "Pulled {name} at commit {commit}, as {id}.")
_THERE = Text(
    "{name} 的提交 {commit} 已经在这里，编号 {id}；没有再存一份。",
    "{name} at commit {commit} is here already, as {id}; it was not stored again.",
)
_PUSHED = Text(
    "已推送到{visibility}仓库 {url}，提交 {commit}。", "Pushed to the {visibility} repository {url}, commit {commit}."
)
_SAME = Text(
    "{visibility}仓库 {url} 里已是同样的文件（提交 {commit}），没有改动什么。",
    "The {visibility} repository {url} has the same files already (commit {commit}); nothing was changed.",
)
_PRIVATE, _PUBLIC = Text("私有", "private"), Text("公开", "public")


def push(
    checkpoint: Annotated[
        str,
        typer.Argument(
            metavar="C",
            help=Text("要推送的模型，写法同 --checkpoint。", "The model to push, named as --checkpoint takes it.")(
                LANG
            ),
        ),
    ],
    repo: Annotated[
        str,
        typer.Argument(
            metavar="[OWNER/]NAME",
            help=Text(
                "放到哪个仓库（没有就新建）；只写 NAME 则放在你的账户下。",
                "The repository to put it in, made if need be; NAME alone is one of your account.",
            )(LANG),
        ),
    ],
    public: Annotated[
        bool,
        typer.Option(
            "--public", help=Text("任何人都能看到（默认私有）。", "Let anybody see it (default: private).")(LANG)
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Send a model with its card and samples to the Hub, with the token of HF_TOKEN or of `hf auth login`."""
    target, folder = target_name(repo), find_checkpoint(checkpoint)
    hub = hub_of_this_machine()
    if not hub.token:
        raise VisitorError(NEEDED)
    sending = push_model(folder, target, hub, lambda: sheet_png(load(folder)), threading.Event(), private=not public)
    pushed = followed(sending)
    if as_json:
        return say_json(asdict(pushed))
    visibility = (_PRIVATE if pushed.is_private else _PUBLIC)(LANG)
    told = _PUSHED if pushed.is_changed else _SAME
    say(told.format(visibility=visibility, url=pushed.url, commit=pushed.commit)(LANG))


def pull(
    repo: Annotated[
        str,
        typer.Argument(
            metavar="OWNER/NAME[@REVISION]",
            help=Text("Hub 上的模型；可写明分支、标签或提交。", "A model on the Hub; at a branch, tag or commit.")(
                LANG
            ),
        ),
    ],
    name: Annotated[
        str, typer.Option(metavar="NAME", help=Text("名称，1 到 60 个字符。", "A name, 1 to 60 characters.")(LANG))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a model from the Hub among the imported ones, every byte of it checked; prints the id that others take."""
    wanted = hub_name(repo)
    kept = pull_model(wanted, check_name(name) if name else "")
    if as_json:
        return say_json({"id": kept.id, "duplicate": kept.is_duplicate, "repo": wanted.repo, "commit": kept.commit})
    say(_told(wanted, kept)(LANG))


def find_checkpoint(name: str) -> Path:
    """The folder of a checkpoint of any name that this machine's user may give: also `hub:owner/name`, which is pulled."""
    if not is_hub_name(name):
        return find(name, runs_home())
    wanted = hub_name(name)
    kept = pull_model(wanted)
    print(_told(wanted, kept)(LANG), file=sys.stderr, flush=True)  # stdout is the command's own
    return find(kept.id, runs_home())


def pull_model(wanted: HubName, name: str = "") -> Kept:
    """Pull a model, with a progress bar, or find that its commit is here. Raises `VisitorError`."""
    imports, known = Imports(data_home() / IMPORTED, LOCAL), Library(runs_home()).folders()

    def take(pulled: Pulled) -> tuple[Taken, str]:
        return imports.take(pulled.files, known, name=name, origin=origin_of(pulled)), ""

    hub, most = hub_of_this_machine(), LOCAL.import_megabytes
    return followed(pull_into(known, wanted, hub, most, take, threading.Event()))


def _told(wanted: HubName, kept: Kept) -> Text:
    return (_THERE if kept.is_duplicate else _PULLED).format(name=wanted, commit=kept.commit, id=kept.id)
