"""Words of the panel that shows what uses the disk."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "storage.title": Text("磁盘空间", "Disk space"),
    "storage.used": Text("已用 {used}，上限 {budget}", "{used} used of {budget}"),
    "storage.unlimited": Text("已用 {used}，不设上限", "{used} used, no limit is set"),
    "storage.about": Text(
        "超过上限时，最久没用过的训练、下载的数据和缓存先移除，不能恢复。固定的、有名称的、正在训练的和有人观看的不会被移除；导入的模型、自己的"
        "数据和搜索只由你删除。你在这里移除的训练 {minutes} 分钟内可以恢复，其间仍占空间；下载的数据和缓存立即移除，因为可以再下载或重新生成。"
        "上限由 AIGC_DEMO_DISK_MEGABYTES 设定；磁盘还剩 {free}。",
        "Over the limit, the runs, fetched data and caches that were unused for longest go first, for good. What is pinned, "
        "has a name, trains or is followed stays; imported models, data of your own and searches are deleted by you alone. "
        "A run that you remove here can be had back for {minutes} minutes and takes its space meanwhile; fetched data and "
        "caches go at once, since they can be fetched or made again. AIGC_DEMO_DISK_MEGABYTES sets the limit; the disk has "
        "{free} left.",
    ),
    "storage.kind.run": Text("训练", "Runs"),
    "storage.kind.hub": Text("下载的数据", "Fetched data"),
    "storage.kind.cache": Text("缓存", "Caches"),
    "storage.kind.model": Text("导入的模型", "Imported models"),
    "storage.kind.data": Text("自己的数据", "Data of your own"),
    "storage.kind.study": Text("搜索", "Searches"),
    "storage.kind.trash": Text("刚删除的", "Just deleted"),
    "storage.kind.other": Text("其他", "Other"),
    "storage.what": Text("内容", "What"),
    "storage.size": Text("大小", "Size"),
    "storage.last": Text("最近使用", "Last used"),
    "storage.fate": Text("会怎样", "What happens to it"),
    "storage.goes": Text("第 {n} 个移除", "goes as number {n}"),
    "storage.stays": Text("保留：{why}", "stays: {why}"),
    "storage.pin": Text("固定", "Pin"),
    "storage.pinOne": Text("固定“{title}”，使它不被移除", "Pin “{title}”, so that it is never removed"),
    "storage.remove": Text("移除", "Remove"),
    "storage.removeOne": Text("移除“{title}”（{size}）", "Remove “{title}” ({size})"),
    "storage.sure": Text("确定移除，不可恢复", "Yes, remove it for good"),
    "storage.undo": Text("撤销", "Undo"),
    "storage.undoOne": Text("撤销：恢复“{title}”", "Undo: bring back “{title}”"),
    "storage.empty": Text("立即腾出空间", "Free its space now"),
    "storage.emptyOne": Text("彻底移除“{title}”（{size}），不可恢复", "Remove “{title}” ({size}) for good"),
    "storage.away": Text(
        "已移除 {n} 次训练，{minutes} 分钟内可以恢复，之后才腾出空间。",
        "Runs removed: {n}. For {minutes} minutes they can be had back; then their space is free.",
    ),
    "storage.restored": Text("已恢复。", "It is back."),
    "storage.free": Text("腾出空间…", "Free some space…"),
    "storage.freeAll": Text("所有可以移除的", "Everything that may go"),
    "storage.freeHalf": Text("减到上限的一半", "Down to half of the limit"),
    "storage.freeList": Text(
        "将移除 {n} 项，共 {size}（其中的训练 {minutes} 分钟内可以恢复）：",
        "{n} things, {size} in all, will be removed (runs among them can be had back for {minutes} minutes):",
    ),
    "storage.freeNothing": Text("没有可以移除的。", "There is nothing that may go."),
    "storage.freeMore": Text("……以及另外 {n} 项", "… and {n} more"),
    "storage.freeNow": Text("移除 {size}", "Remove {size}"),
    "storage.freed": Text("已腾出 {size}。", "{size} freed."),
    "storage.bar": Text("磁盘空间的用途", "What the disk space is used for"),
}
