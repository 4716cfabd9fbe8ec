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
from aigc_demo.runs.inventory import Item, Report
from aigc_demo.runs.keeping import id_at
from aigc_demo.runs.limits import limits_from
from aigc_demo.runs.shelf import Shelf
from aigc_demo.runs.storage import MEGABYTE, Storage
from aigc_demo.text import NotFound, Text, VisitorError

MOST_MEGABYTES = 10**9

_USED = Text(
    "{home}：已用 {used}，上限 {budget}，磁盘还剩 {free}", "{home}: {used} used of {budget}, {free} left on the disk"
)
_NO_LIMIT = Text("不限", "no limit")
_STAYS = Text("保留：{why}", "stays: {why}")
_GOES = Text("第 {n} 个移除", "goes as number {n}")
_FREED = Text("已移除 {n} 项，腾出 {size}。", "{n} things removed, {size} freed.")
_AWAY = Text(
    "已移除 {n} 次训练：{minutes} 分钟内可以用 --undo 编号 恢复；{size} 之后才腾出，或用 --empty 立即腾出。",
    "Runs removed: {n}. For {minutes} minutes, --undo ID brings one back; {size} are free after that, or at once with --empty.",
)
_BACK = Text("已恢复 {n} 项。", "Brought back: {n}.")
_NOTHING = Text("数据文件夹里没有“{id}”。", "There is no “{id}” in the data folder.")
_NOT_DELETED = Text(
    "“{id}”不在刚删除的内容里：也许已超过 {minutes} 分钟。",
    "“{id}” is not among what was just deleted: perhaps more than {minutes} minutes have passed.",
)
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
    remove: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=Text("移除它；可多次。", "Remove it; may be repeated.")(LANG))
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help=Text(
                "恢复几分钟前删除的训练或模型；可多次。",
                "Bring back a run or model deleted minutes ago; may be repeated.",
            )(LANG),
        ),
    ] = None,
    empty: Annotated[
        bool,
        typer.Option(
            "--empty",
            help=Text("彻底移除刚删除的，立即腾出空间。", "Remove for good what was just deleted.")(LANG),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what uses the data folder, the oldest first, and what would go when it is too much; remove, bring back.

    A removed run can be had back for some minutes; caches and fetched data go at once, since they can be made again.
    """
    home = data_home()
    target = None if down_to is None else whole_number(down_to, 0, MOST_MEGABYTES, Text("--down-to", "--down-to"))
    if target is not None and not free:
        raise VisitorError(_ONLY_WITH_FREE)
    store = Storage(home, Shelf(home / "runs"), limits_from(os.environ, False).disk_megabytes)
    back = store.undo([_key_of(store, item_id) for item_id in undo]) if undo else []
    for item_id, pinned in ((pin, True), (unpin, False)):
        if item_id is not None:
            store.pin(_kind_of(store.report(), item_id), item_id, pinned)
    gone = [store.remove(_kind_of(store.report(), item_id), item_id) for item_id in remove or ()]
    if free and (store.budget or target is not None):
        gone += store.free(None if target is None else target * MEGABYTE)
    if empty:
        store.empty([item.undo for item in store.report().items if item.kind == "trash" and item.undo])
    report = store.report()
    if as_json:
        return say_json(_described(report, gone))
    budget = size(report.budget) if report.budget else _NO_LIMIT(LANG)
    say(_USED.format(home=home, used=size(report.used), budget=budget, free=size(report.free))(LANG))
    order = {item.path: place for place, item in enumerate(report.going(0))}
    for item in report.items:
        if item.bytes:
            fate = _fate(item, order.get(item.path, 0))(LANG)
            say(f"{size(item.bytes):>9}  {item.kind:5}  {_id_of(store, item):22.22}  {item.title(LANG):30.30}  {fate}")
    if back:
        say(_BACK.format(n=len(back))(LANG))
    away = [] if empty else [item for item in gone if item.undo]
    if freed := [item for item in gone if item not in away]:
        say(_FREED.format(n=len(freed), size=size(sum(item.bytes for item in freed)))(LANG))
    if away:
        minutes = store.trash.minutes
        say(_AWAY.format(n=len(away), minutes=minutes, size=size(sum(item.bytes for item in away)))(LANG))


def _id_of(store: Storage, item: Item) -> str:
    """What the item is called: of what was deleted, as it was before."""
    found = store.trash.lying(item.undo)
    return item.id if found is None else id_at(found[1])


def _key_of(store: Storage, item_id: str) -> str:
    """With what the one of this id can be had back, of several the one deleted last. Raises `NotFound`."""
    for item in reversed(store.report().items):
        if item.undo and item_id in (item.undo, _id_of(store, item)):
            return item.undo
    raise NotFound(_NOT_DELETED.format(id=item_id[:40], minutes=store.trash.minutes))


def size(count: int) -> str:
    """Bytes as people read them."""
    for unit, least in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= least:
            return f"{count / least:.1f} {unit}"
    return f"{count} B"


def _fate(item: Item, place: int) -> Text:
    if item.guard:
        why = GUARDS[item.guard]
        if item.kind == "trash":
            return why
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
        "kept": report.kept,
        "free": report.free,
        "items": [_line(item) for item in report.items],
        "removed": [_line(item) for item in gone],
    }


def _line(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "id": item.id,
        "bytes": item.bytes,
        "used": item.used,
        "guard": item.guard,
        "undo": item.undo,
    }
