"""What holds a folder of the data folder in its place, and how one leaves the disk where nothing does."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from typing import Literal

from aigc_demo.text import Refused, Text, VisitorError

PIN = "pinned"  # an empty file in a folder that is to stay

Guard = Literal["", "pinned", "named", "going", "followed", "elsewhere", "kept", "deleted"]
GUARDS: dict[Guard, Text] = {
    "pinned": Text("已固定", "pinned"),
    "named": Text("有名称，作为模型保留", "has a name, so it is kept as a model"),
    "going": Text("正在训练、排队或测量", "training, waiting or being measured"),
    "followed": Text("有人正在观看", "somebody follows it"),
    "elsewhere": Text("另一个服务器正在使用", "another server has it in hand"),
    "kept": Text("只由你自己删除", "only you delete it"),
    "deleted": Text("刚删除，几分钟内可以恢复", "just deleted, for some minutes it can be had back"),
}
_STAYS = Text("它现在不能移除（{why}）。", "It cannot be removed now ({why}).")
_NOT_PINNED = Text("无法记下固定与否：{reason}。", "Whether it is pinned could not be written down: {reason}.")


def stays(guard: Guard) -> Refused:
    """The refusal to remove what `guard` holds."""
    why = GUARDS[guard]
    return Refused(Text(_STAYS.zh.format(why=why.zh), _STAYS.en.format(why=why.en)))


def is_pinned(folder: Path) -> bool:
    return (folder / PIN).is_file()


def pin(folder: Path, pinned: bool) -> None:
    """Let the folder stay, or no more; it counts as used when it was before. Raises `VisitorError` where the disk refuses."""
    try:
        before = folder.stat()
        if pinned:
            (folder / PIN).touch()
        else:
            (folder / PIN).unlink(missing_ok=True)
        os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))
    except OSError as error:
        raise VisitorError(_NOT_PINNED.format(reason=error.strerror or type(error).__name__)) from error


def take_off(path: Path, trash: Path) -> bool:
    """Take a folder or a file off the disk: out of its place in one step, so that a crash leaves no half of it there.

    What a crash leaves in `trash` is swept when the next program begins.
    """
    gone = trash / f"gone-{secrets.token_hex(8)}"
    try:
        trash.mkdir(parents=True, exist_ok=True)
        os.rename(path, gone)
        if gone.is_file():
            gone.unlink()
    except OSError:
        return False
    shutil.rmtree(gone, ignore_errors=True)
    return True
