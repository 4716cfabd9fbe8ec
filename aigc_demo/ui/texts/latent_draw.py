"""Words of the drawing pad, of D's judgement and of finding a drawing's z: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

_PAD: dict[str, Text] = {
    "draw.pad": Text("画板：写一个数字", "Drawing pad: draw a digit"),
    "draw.padKeys": Text(
        "用鼠标、手指或笔来写。键盘：方向键移动笔，空格落笔或提笔，退格撤销，Delete 清空。",
        "Draw with mouse, finger or pen. Keyboard: arrow keys move the pen, space lowers or lifts it, Backspace undoes, "
        "Delete clears.",
    ),
    "draw.here": Text("在这里写一个数字", "Draw a digit here"),
    "draw.undo": Text("撤销", "Undo"),
    "draw.clear": Text("清空", "Clear"),
    "draw.upload": Text("上传图片", "Upload"),
    "draw.uploadTitle": Text(
        "PNG 或 JPEG，5 MB 以内；也可以拖到画板上", "PNG or JPEG, up to 5 MB; or drop one on the pad"
    ),
    "draw.examples": Text("真实手迹", "Real hands"),
    "draw.example": Text(
        "放上一个真实的 {digit}，训练从未见过它", "Put a real {digit} on the pad that no training has seen"
    ),
    "draw.noExamples": Text(
        "例子现在取不到，请自己写一个。", "The examples cannot be had now: please draw a digit yourself."
    ),
    "draw.file.type": Text("只能用 PNG 或 JPEG 图片。", "Only PNG and JPEG pictures can be used."),
    "draw.file.large": Text(
        "图片太大：请用 5 MB 以内的。", "That picture is too large: please choose one of up to 5 MB."
    ),
    "draw.file.damaged": Text(
        "这个文件打不开，可能已损坏。请换一张图片。",
        "This file cannot be opened; it may be damaged. Please choose another picture.",
    ),
    "draw.file.flat": Text(
        "这张图里看不出笔迹。请换一张对比分明的。",
        "There is no ink to be seen in it. Please choose one with more contrast.",
    ),
    "draw.kind.dot": Text("这只是一个点。请写一个完整的数字。", "That is only a dot: please draw a whole digit."),
    "draw.kind.full": Text(
        "几乎涂满了，看不出笔画。清空后再写一个数字试试。",
        "That is nearly all ink, with no stroke to be seen. Clear the pad and draw a digit.",
    ),
    "draw.seen": Text("网络看到的", "As the networks see it"),
    "draw.seenNote": Text(
        "照 MNIST 的做法：缩进 20×20，重心放在 28×28 的中央。",
        "Made as MNIST was: fitted into 20×20, its centre of mass in the middle of 28×28.",
    ),
}

_OPINIONS: dict[str, Text] = {
    "draw.classes": Text("分类器读作", "The classifier reads"),
    "draw.class": Text("{digit}：{percent}%", "{digit}: {percent}%"),
    "draw.opening": Text("正在打开…", "Opening…"),
    "draw.classesWait": Text("等你写一个数字。", "It waits for a digit."),
    "draw.guess.sure": Text("{digit}，有 {percent}% 的把握。", "a {digit}; it is {percent}% sure."),
    "draw.guess.likely": Text(
        "可能是 {digit}（{percent}%），也可能是 {next}。", "perhaps a {digit} ({percent}%), perhaps a {next}."
    ),
    "draw.guess.unsure": Text(
        "拿不准：最像 {digit}（{percent}%），其次 {next}。", "unsure: most like a {digit} ({percent}%), then a {next}."
    ),
    "draw.meant": Text("你写的是", "You meant"),
    "draw.auto": Text("让网络自己认", "Let the networks find out"),
    "draw.d": Text("判别器 D 的看法", "What the discriminator D says"),
    "draw.dWaits": Text("等你写一个数字。", "It waits for a digit."),
    "draw.probability": Text("D = σ(s) = {p}（s = {value}）", "D = σ(s) = {p} (s = {value})"),
    "draw.score": Text(
        "s = {value}（这种损失的分数没有单位，只能与别的图比）",
        "s = {value} (under this loss a score has no unit: it only compares images)",
    ),
    "draw.asked": Text("，按数字 {digit} 来问", ", asked as a {digit}"),
    "draw.verdict.real": Text(
        "D 会当它是真的：得分与真实手迹相仿。", "D would take it for real: it scores as real handwriting does."
    ),
    "draw.verdict.edge": Text(
        "D 有些怀疑：真实手迹里只有少数得分这么低。", "D has its doubts: few real digits score as low as this."
    ),
    "draw.verdict.fake": Text(
        "D 觉得它像这个 G 画的：真实手迹几乎不会得这么低的分。",
        "To D it looks like this G's work: hardly any real digit scores as low.",
    ),
    "draw.verdict.neither": Text(
        "D 觉得它谁的都不像：比真实手迹和这个 G 画的得分都低。",
        "To D it is like neither: it scores below real digits and below this G's.",
    ),
    "draw.standing": Text(
        "得分高过 {real}% 的真图和 {fake}% 的生成图。",
        "It scores higher than {real}% of the real digits and {fake}% of the generated ones.",
    ),
    "draw.ruler": Text(
        "D 的分数轴：上方是真图，下方是这个 G 的图，竖线是你的图",
        "D's scores on a line: real digits above it, this G's below it, and yours as an upright",
    ),
    "draw.real": Text("100 张真图，训练没见过", "100 real digits, never trained on"),
    "draw.fake": Text("50 张这个 G 画的", "50 of this G's"),
    "draw.you": Text("你的", "yours"),
    "draw.reliable.blind": Text(
        "拿一真一假让它比，它只有 {percent}% 的时候判对，和抛硬币差不多：它的话不必当真。",
        "Given a real and a generated digit it is right {percent}% of the time, much like tossing a coin: its word weighs "
        "little.",
    ),
    "draw.reliable.some": Text(
        "拿一真一假让它比，它有 {percent}% 的时候判对。",
        "Given a real and a generated digit, it is right {percent}% of the time.",
    ),
    "draw.reliable.strict": Text(
        "拿一真一假让它比，它有 {percent}% 的时候判对。这样的 D 很严：笔迹稍不寻常，它就不认。",
        "Given a real and a generated digit, it is right {percent}% of the time. Such a D is strict: a slightly unusual "
        "pen is enough to be turned down.",
    ),
    "draw.dNote": Text(
        "D 只学过一件事：像训练用的真图，还是像这个 G 画的。它不懂好看，也不管写得对不对；"
        "鼠标写的字它从没见过，临近训练结束的 D 尤其容易看走眼，或过分挑剔。",
        "D has learnt one thing: is this like its training digits, or like this G's? It knows nothing of beauty or of "
        "right and wrong. It has never seen a mouse's strokes, and near the end of training a D is easily fooled, or "
        "turns down too much.",
    ),
}

_SEARCH: dict[str, Text] = {
    "draw.searchTitle": Text("找到它的 z", "Find its z"),
    "draw.searchNote": Text(
        "在潜空间里找一个点，使 G 画出的最像你的字。找到之后，每个滑块都能拨动你的数字。",
        "Looks for the point of the latent space from which G draws something most like yours. Then every slider works "
        "on your digit.",
    ),
    "draw.search": Text("寻找 z", "Find its z"),
    "draw.cancel": Text("取消", "Cancel"),
    "draw.back": Text("回到原来的点", "Back to the former point"),
    "draw.progress": Text("寻找的进度", "Progress of the search"),
    "draw.searching": Text("正在寻找…", "Searching…"),
    "draw.waiting": Text(
        "前面还有 {n} 个人在找，轮到你就开始。", "{n} in front of you; yours begins when it is your turn."
    ),
    "draw.soFar": Text("目前误差 {error}", "error so far {error}"),
    "draw.soFarLabel": Text("，按 {digit} 画", ", drawn as a {digit}"),
    "draw.cancelled": Text("已取消，点没有动。", "Cancelled; the point has not moved."),
    "draw.broken": Text(
        "连接中断，没有找完。请再试一次。", "The connection broke before the search was over. Please try again."
    ),
    "draw.yours": Text(
        "找到了。现在左边的点就是它：每个滑块都在你的数字上起作用。",
        "Found. It is the point that is shown now: every slider works on your digit.",
    ),
    "draw.isBack": Text("回到了原来的点。", "Back at the former point."),
    "draw.picture.drawing": Text("你的字", "Your drawing"),
    "draw.picture.made": Text("G 画的", "What G makes of it"),
    "draw.picture.difference": Text("差别", "The difference"),
    "draw.picture.nearest": Text("最近的训练图", "The nearest training digit"),
    "draw.mine": Text("网络看到的样子", "as the networks see it"),
    "draw.error": Text("误差 {error}", "error {error}"),
    "draw.nearestLabel": Text("一个 {digit}", "a {digit}"),
    "draw.differenceKey": Text(
        "蓝：只有你写了；橙：只有 G 画了；颜色加深一倍",
        "blue: ink of yours alone; orange: of G's alone; shown twice as strong",
    ),
    "draw.took": Text("用时 {seconds} 秒。", "It took {seconds} s."),
    "draw.tookAs": Text(
        "G 把它当作 {digit} 来画；用时 {seconds} 秒。", "G draws it as a {digit}; that took {seconds} s."
    ),
    "draw.meaning.close": Text(
        "它比任何一张训练图都更接近你的字，所以不是照抄。但这不等于 G 平时会这样写：肯花时间找，好的 G 几乎什么都画得出。",
        "It is closer to yours than any training digit is, so it is no copy. That does not mean that G would ever write "
        "like this by itself: searched for long enough, a good G draws almost anything.",
    ),
    "draw.meaning.usual": Text(
        "接近，但最近的训练图更接近：你的笔法 G 只学到大概。",
        "Close, though the nearest training digit is closer: G has only a rough idea of a hand like yours.",
    ),
    "draw.meaning.far": Text(
        "误差大：这个模型没有学会画这样的东西。可能是它丢掉的一种模式，也可能是一种少见的写法。",
        "The error is high: this model never learnt to draw such a thing. It may be a mode that it dropped, or an unusual "
        "hand.",
    ),
    "draw.byLabel": Text(
        "十个数字各找一小会儿的误差，越短越像",
        "The error for each digit after the same short search: shorter is closer",
    ),
    "draw.labelError": Text("{digit}：误差 {error}", "{digit}: error {error}"),
}

JS: dict[str, Text] = {**_PAD, **_OPINIONS, **_SEARCH}
