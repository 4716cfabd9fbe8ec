"""Words of the sets that can be fetched from the Hub."""

from __future__ import annotations

from aigc_demo.text import Text

JS = {
    "hub.open": Text("下载更多数据…", "More data to download…"),
    "hub.title": Text("从 Hugging Face Hub 下载数据", "Data from the Hugging Face Hub"),
    "hub.intro": Text(
        "按下“下载”之前，什么都不会从网上取。文件先按 Hub 公布的校验和核对，再存到本机，以后无需网络。"
        "打不开 huggingface.co 时，可用环境变量 HF_ENDPOINT 指定镜像。",
        "Nothing is fetched before you press Download. The files are held against the Hub's checksums and stay on this "
        "machine: later they need no network. Where huggingface.co is blocked, HF_ENDPOINT names a mirror.",
    ),
    "hub.download": Text("下载（{mb} MB）", "Download ({mb} MB)"),
    "hub.notYet": Text("尚未下载（{mb} MB）", "Not downloaded yet ({mb} MB)"),
    "hub.marked": Text("{title}（未下载，{mb} MB）", "{title} (not downloaded yet, {mb} MB)"),
    "hub.there": Text(
        "已在本机：{count} 张用于训练，{held} 张留作检验",
        "On this machine: {count} images to train on, {held} held out",
    ),
    "hub.facts": Text("来源：{source}；许可：{licence}", "From {source}; licence: {licence}"),
    "hub.commit": Text("；提交 {commit}", "; commit {commit}"),
    "hub.use": Text("用它训练", "Train on it"),
    "hub.cancel": Text("取消", "Cancel"),
    "hub.cancelled": Text("已取消，没有留下不完整的文件。", "Cancelled; no half file was left."),
    "hub.refused": Text(
        "这台服务器不允许访客下载；由管理员运行 python -m aigc_demo datasets get {key}，或设 AIGC_DEMO_FETCH=1。",
        "On this server visitors may not download; its owner can run python -m aigc_demo datasets get {key}, or set "
        "AIGC_DEMO_FETCH=1.",
    ),
    "hub.asking": Text("正在询问 Hub…", "Asking the Hub…"),
    "hub.waiting": Text("排队中：前面还有 {n} 个", "Waiting: {n} ahead of this one"),
    "hub.downloading": Text("{at} / {total} MB", "{at} / {total} MB"),
    "hub.unpacking": Text("正在解码：{n} 张", "Decoding: {n} images"),
    "hub.storing": Text("正在存盘…", "Storing…"),
    "hub.progress": Text("下载 {name} 的进度", "Progress of {name}"),
}
