"""What the page says of evaluating networks by itself: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "net.alone": Text(
        "这个浏览器没有后台线程（Worker），一次画很多张图会慢一些。",
        "This browser has no background threads (Workers): drawing many pictures at once is slower.",
    ),
    "net.unusable": Text("网页无法使用这个网络：{why}。", "The page cannot use this network: {why}."),
    # Each of these is the {why} above.
    "net.foreign": Text("它不是网络文件", "it is not a network file"),
    "net.truncated": Text("文件不完整", "its file is cut short"),
    "net.damaged": Text("文件已损坏", "its file is damaged"),
    "net.infinite": Text("{name} 含有非有限的数", "{name} holds numbers that are not finite"),
    "net.lacks": Text("缺少 {name}", "it lacks {name}"),
    "net.sizes": Text("各部分的大小对不上", "its parts do not fit each other"),
    "net.unknown": Text("网页不会计算“{name}”", "the page does not know the operation “{name}”"),
    # Whole sentences about what was asked.
    "net.overflow": Text(
        "这个模型的数值在此处溢出，没有图像可看。", "This model's numbers overflow here: there is no image to show."
    ),
    "net.point": Text("z 应为 {size} 个 −100 到 100 之间的数。", "z must be {size} numbers between −100 and 100."),
    "net.truncation": Text("截断系数应为 0 到 2 之间的数。", "The truncation must be a number from 0 to 2."),
    "net.classes": Text(
        "每个点需要一个 0 到 9 的数字，或十个相加为 1 的权重。",
        "Each point needs one digit from 0 to 9, or ten weights that add up to 1.",
    ),
    "net.image": Text("图像应为 784 个数。", "An image must be 784 numbers."),
}
