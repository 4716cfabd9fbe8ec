"""`storage`: what uses the data folder, what stays, and making room."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.home import data_home
from aigc_demo.recipes import whole_number
from aigc_demo.runs.guards import GUARDS
from aigc_demo.runs.limits import limits_from
from aigc_demo.runs.shelf import Shelf
from aigc_demo.runs.storage import MEGABYTE, Item, Report, Storage
from aigc_demo.text import NotFound, Text, VisitorError

MOST_MEGABYTES = 10**9

_USED = Text(
    "{home}：已用 {used}，上限 {budget}，磁盘还剩 {free}", "{home}: {used} used of {budget}, {free} left on the disk"
)
_NO_LIMIT = Text("不限", "no limit")
_STAYS = Text("保留：{why}", "stays: {why}")
_GOES = Text("第 {n} 个移除", "goes as number {n}")
_FREED = Text("已移除 {n} 项，腾出 {size}。", "{n} things removed, {size} freed.")
_NOTHING = Text("数据文件夹里没有“{id}”。", "There is no “{id}” in the data folder.")
_ONLY_WITH_FREE = Text("--down-to 要与 --free 一起用。", "--down-to goes with --free.")


def storage(
    free: Annotated[
        bool,
        typer.Option(
            "--free",
            help=Text("移除最旧的，直到不超过上限。", "Remove the oldest until no more than the limit is used.")(LANG),
        ),
    ] = False,
    down_to: Annotated[
        str | None,
        typer.Option(
            metavar="MB",
            help=Text("与 --free 一起：直到只用这么多。", "With --free: until only so much is used.")(LANG),
        ),
    ] = None,
    pin: Annotated[
        str | None, typer.Option(metavar="ID", help=Text("固定：不再移除它。", "Keep it whatever it takes.")(LANG))
    ] = None,
    unpin: Annotated[
        str | None, typer.Option(metavar="ID", help=Text("不再固定。", "Let it go again when its turn comes.")(LANG))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what uses the data folder, the oldest first, and what would go when it is too much; with --free, remove it."""
    home = data_home()
    target = None if down_to is None else whole_number(down_to, 0, MOST_MEGABYTES, Text("--down-to", "--down-to"))
    store = Storage(home, Shelf(home / "runs"), limits_from(os.environ, False).disk_megabytes)
    for item_id, pinned in ((pin, True), (unpin, False)):
        if item_id is not None:
            store.pin(_kind_of(store.report(), item_id), item_id, pinned)
    gone: list[Item] = []
    if target is not None and not free:
        raise VisitorError(_ONLY_WITH_FREE)
    if free and (store.budget or target is not None):
        gone = store.free(None if target is None else target * MEGABYTE)
    report = store.report()
    if as_json:
        return say_json(_described(report, gone))
    budget = size(report.budget) if report.budget else _NO_LIMIT(LANG)
    say(_USED.format(home=home, used=size(report.used), budget=budget, free=size(report.free))(LANG))
    order = {item.path: place for place, item in enumerate(report.going(0))}
    for item in report.items:
        if item.bytes:
            fate = _fate(item, order.get(item.path, 0))(LANG)
            say(f"{size(item.bytes):>9}  {item.kind:5}  {item.id:22.22}  {item.title(LANG):30.30}  {fate}")
    if gone:
        say(_FREED.format(n=len(gone), size=size(sum(item.bytes for item in gone)))(LANG))


def size(count: int) -> str:
    """Bytes as people read them."""
    for unit, least in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= least:
            return f"{count / least:.1f} {unit}"
    return f"{count} B"


def _fate(item: Item, place: int) -> Text:
    if item.guard:
        why = GUARDS[item.guard]
        return Text(_STAYS.zh.format(why=why.zh), _STAYS.en.format(why=why.en))
    return _GOES.format(n=place + 1)


def _kind_of(report: Report, item_id: str) -> str:
    for item in report.items:
        if item.id == item_id:
            return item.kind
    raise NotFound(_NOTHING.format(id=item_id[:40]))


def _described(report: Report, gone: list[Item]) -> dict[str, Any]:
    return {
        "budget": report.budget,
        "used": report.used,
        "free": report.free,
        "items": [_line(item) for item in report.items],
        "removed": [_line(item) for item in gone],
    }


def _line(item: Item) -> dict[str, Any]:
    return {"kind": item.kind, "id": item.id, "bytes": item.bytes, "used": item.used, "guard": item.guard}
