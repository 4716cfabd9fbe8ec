"""Words of a visitor's own data: the panel that takes pictures in, and what is said of a set."""

from __future__ import annotations

from aigc_demo.text import Text

ABOUT_OWN = Text(
    "你自己的数据：{n} 张用于训练，{held_out} 张留作检验。",
    "Your own data: {n} images to train on, {held_out} held out. ",
)
ONE_CLASS = Text(
    "只有一类：按类别生成的配方照样能用，只是没有可选的类别。",
    "There is one class: conditional recipes work as well, with no class to choose.",
)
COUNTED_CLASSES = Text("共 {n} 类。", "{n} classes.")

JS = {
    "own.open": Text("用自己的数据…", "Your own data…"),
    "own.title": Text("用自己的数据训练", "Train on data of your own"),
    "own.intro": Text(
        "图片留在运行本程序的机器上，不会发往别处。每张都转成 28×28 的灰度图，做过什么都会列出来。",
        "Pictures stay on the machine that runs this program. Each becomes 28×28 grey, and all that is done to it is listed.",
    ),
    "own.tab.add": Text("添加图片", "Add pictures"),
    "own.tab.draw": Text("手绘", "Draw"),
    "own.tab.mine": Text("我的数据", "My data"),
    "own.drop": Text("把 zip、.npz 或几张图片拖到这里", "Drop a zip, an .npz file or several pictures here"),
    "own.choose": Text("选择文件…", "Choose files…"),
    "own.folder": Text("选择文件夹…", "Choose a folder…"),
    "own.classes": Text(
        "子文件夹就是类别。一次最多 {mb} MB、{images} 张。",
        "Sub-folders are classes. At most {mb} MB and {images} images.",
    ),
    "own.sending": Text("正在发送 {done} / {total}", "Sending {done} of {total}"),
    "own.sendingBytes": Text("正在发送 {done} / {total} MB", "Sending {done} of {total} MB"),
    "own.cancel": Text("取消", "Cancel"),
    "own.mixed": Text("请只选图片，或只选一个 zip／.npz 文件。", "Choose pictures only, or a single zip or .npz file."),
    "own.tooLarge": Text("超过这里的上限 {mb} MB。", "That is more than the {mb} MB allowed here."),
    "own.waiting": Text("前面还有 {n} 份数据。", "{n} sets are converted first."),
    "own.converting": Text("正在转换 {seen} / {total}", "Converting {seen} of {total}"),
    "own.invert": Text("反相", "Invert"),
    "own.invert.auto": Text("自动", "automatic"),
    "own.invert.yes": Text("是（白底黑字）", "yes (dark on light)"),
    "own.invert.no": Text("否（黑底白字）", "no (light on dark)"),
    "own.fit": Text("大小", "Size"),
    "own.fit.auto": Text("自动", "automatic"),
    "own.fit.ink": Text("按笔迹（如 MNIST：20×20、居中）", "fit the ink (as MNIST: 20×20, centred)"),
    "own.fit.resize": Text("整张缩放", "whole picture"),
    "own.frame": Text("不是正方形时", "Not square"),
    "own.frame.pad": Text("补边", "pad"),
    "own.frame.crop": Text("裁掉两端", "crop to the middle"),
    "own.before": Text("原图", "before"),
    "own.after": Text("转换后", "after"),
    "own.preview": Text("其中 {shown} 张（共 {total} 张）的前后对照", "{shown} of {total} pictures, before and after"),
    "own.leftOut": Text("略去：{why}", "left out: {why}"),
    "own.report": Text("{n} 张可用", "{n} images can be used"),
    "own.done": Text("做过的处理", "What was done"),
    "own.skipped": Text("略去的", "Left out"),
    "own.classList": Text("类别", "Classes"),
    "own.oneClass": Text(
        "只有一类。按类别生成的配方照样能用，只是没有可选的类别。",
        "There is one class. Conditional recipes work as well, with no class to choose.",
    ),
    "own.few": Text(
        "图片很少：生成器多半会把它们背下来。", "So few pictures that the generator will probably learn them by heart."
    ),
    "own.name": Text("名称", "Name"),
    "own.digits": Text(
        "这些就是手写数字 0–9：数字专用的指标（digit-FD、认字正确率）才有意义",
        "These are handwritten digits 0–9, so figures of digits (digit-FD, label accuracy) mean something",
    ),
    "own.use": Text("用它训练", "Use it"),
    "own.back": Text("重新选择", "Start over"),
    "own.drawIntro": Text(
        "同一个字形画 5 到 20 次，每次略有不同；几种字形就是几类。",
        "Draw one glyph 5 to 20 times, a little differently each time; several glyphs are several classes.",
    ),
    "own.drawHere": Text("在这里画", "Draw here"),
    "own.glyph": Text("字形的名称", "Name of this glyph"),
    "own.glyphNumber": Text("字形 {n}", "glyph {n}"),
    "own.addGlyph": Text("再加一种字形", "Another glyph"),
    "own.keepDrawing": Text("收下这一张", "Take this drawing"),
    "own.drawn": Text("{n} 张", "{n} drawings"),
    "own.removeDrawing": Text("去掉第 {n} 张", "Remove drawing {n}"),
    "own.needMore": Text("每种字形至少画 {n} 张。", "Draw each glyph at least {n} times."),
    "own.toPreview": Text("继续", "Continue"),
    "own.drawnName": Text("我画的字形", "My glyphs"),
    "own.none": Text("这里还没有自己的数据。", "There are no data of your own yet."),
    "own.choosing": Text("选用", "Choose"),
    "own.rename": Text("改名", "Rename"),
    "own.delete": Text("删除", "Delete"),
    "own.deleteSure": Text("确定删除", "Really delete"),
    "own.sample": Text("“{name}”中的一些真实图像", "Some real images of “{name}”"),
    "own.sampleNone": Text("暂时看不到这份数据的图像。", "The images of these data cannot be shown just now."),
    "own.stripNoDigits": Text("数字专用的指标不适用。", "Figures of digits do not apply."),
    "own.noDigitFd": Text("不适用：这次学的不是十个数字。", "Not applicable: these are not the ten digits."),
    "own.oneClassNote": Text("只有一类，类别输入没有可选的。", "One class only: there is no class to choose."),
}
