"""Section 2.3's diagram as data, as the tutorial prints it and as it should be: nodes on a grid, arrows between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aigc_demo.text import Text, plain

Kind = Literal["data", "g", "d", "loss", "other"]


@dataclass(frozen=True)
class Node:
    """A box whose centre is at column `x` and row `y`, in units of the grid."""

    key: str
    name: Text
    kind: Kind
    x: float
    y: float
    about: Text


@dataclass(frozen=True)
class Arrow:
    """From one node to another. `bend` moves the middle of the line aside, in units of the grid; gradients are dashed."""

    start: str
    end: str
    about: Text
    is_wrong: bool = False
    is_gradient: bool = False
    bend: float = 0.0

    @property
    def key(self) -> str:
        return f"{self.start}-{self.end}" + ("-gradient" if self.is_gradient else "")


@dataclass(frozen=True)
class Graph:
    """`first` is the node or arrow that is explained before anything has been chosen."""

    key: str
    title: Text
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    first: str


_G = Text("生成器 G", "generator G")
_D = Text("判别器 D", "discriminator D")

AS_WRITTEN = Graph(
    "written",
    Text("教程画的", "As the tutorial draws it"),
    (
        Node("A", Text("数据", "data"), "data", 0, 1.1, Text("训练用的真图。", "The real images to train on.")),
        Node("B", _G, "g", 1, 0, Text("按图，它从数据里得到输入。", "By this diagram, its input is the data.")),
        Node("C", _D, "d", 2, 1.1, Text("看真图，也看 G 画的图。", "Sees real images, and those that G draws.")),
        Node(
            "D",
            Text("输出", "output"),
            "other",
            2,
            2.2,
            Text(
                "整个系统的产物应当是 G 画的图；D 的判断在训练之后就不用了。",
                "What the whole is for is G's images; D's verdict is of no use once training is over.",
            ),
        ),
    ),
    (
        Arrow(
            "A",
            "B",
            Text(
                "错在这里：数据从不进入生成器（F7）。G 的输入是噪声 z，图里却没有 z。",
                "The mistake: data never enters the generator (F7). G's input is the noise z, which is missing here.",
            ),
            is_wrong=True,
        ),
        Arrow("A", "C", Text("对：真图给 D 看。", "Right: D is shown real images.")),
        Arrow("B", "C", Text("对：G 画的图也给 D 看。", "Right: D is shown G's images too."), bend=-0.25),
        Arrow(
            "C",
            "B",
            Text(
                "方向对，话没说完：传回来的不是“判断结果”，而是损失对每个像素的梯度。整个 GAN 全靠这条箭头。",
                "Its direction is right, its meaning left open: what comes back is not a verdict but the loss's gradient "
                "by each pixel. The whole of a GAN rests on this arrow.",
            ),
            is_gradient=True,
            bend=-0.25,
        ),
        Arrow(
            "C",
            "D",
            Text(
                "不对：生成的图出自 G，不出自 D。",
                "Not so: the images come out of G, not out of D.",
            ),
            is_wrong=True,
        ),
    ),
    "A-B",
)

CORRECTED = Graph(
    "corrected",
    Text("应当这样画", "As it should be"),
    (
        Node(
            "z",
            plain("z"),
            "other",
            0,
            0,
            Text("随机数：每次生成都从一个新的 z 开始。", "Random numbers: every image begins with a z of its own."),
        ),
        Node(
            "G",
            _G,
            "g",
            1,
            0,
            Text("把 z 变成图。它从没见过一张真图。", "Turns z into an image. It never sees a real one."),
        ),
        Node(
            "F",
            Text("假图 G(z)", "fakes G(z)"),
            "g",
            2,
            0,
            Text("训练之后，这就是输出。", "After training, the output."),
        ),
        Node("x", Text("真图 x", "real x"), "data", 2, 2.2, Text("只走向 D。", "Goes to D and nowhere else.")),
        Node(
            "D",
            _D,
            "d",
            2,
            1.1,
            Text("给每张图一个 logit：越大越像真的。", "Gives each image a logit: the higher, the more real."),
        ),
        Node(
            "LG",
            plain("L_G"),
            "loss",
            0,
            1.1,
            Text("只由假图的 logit 算出。", "Computed from the fakes' logits alone."),
        ),
        Node(
            "LD",
            plain("L_D"),
            "loss",
            0,
            2.2,
            Text("由真图和假图的 logit 算出。", "Computed from the logits of real and fake."),
        ),
    ),
    (
        Arrow("z", "G", Text("G 唯一的输入。", "G's only input.")),
        Arrow("G", "F", Text("一次前向计算。", "One forward pass.")),
        Arrow(
            "F",
            "D",
            Text(
                "更新 D 时在这里截断：对 D 来说假图只是数据。",
                "Cut here while D is updated: to D, fakes are mere data.",
            ),
        ),
        Arrow("x", "D", Text("数据唯一的去处。", "The only way the data takes.")),
        Arrow("D", "LG", Text("假图的 logit。", "The fakes' logits.")),
        Arrow("D", "LD", Text("两种图的 logit。", "The logits of both.")),
        Arrow(
            "LG",
            "D",
            Text("损失的斜率，在每张假图的 logit 处。", "The loss's slope, at each fake's logit."),
            is_gradient=True,
            bend=-0.22,
        ),
        Arrow(
            "D",
            "G",
            Text(
                "梯度穿过 D 回到 G：G 对数据的全部了解都从这里来。剪断它，G 的梯度全是 None。",
                "The gradient, through D back to G: all that G ever learns of the data. Cut it, and every gradient of G "
                "is None.",
            ),
            is_gradient=True,
        ),
        Arrow("LD", "D", Text("梯度只更新 D。", "The gradient updates D alone."), is_gradient=True, bend=0.25),
    ),
    "D-G-gradient",
)
