"""Words of the tutorial's chapter in the Explain tab; Python draws them all."""

from __future__ import annotations

from aigc_demo.text import Text

TITLE = Text("逐节读教程", "The tutorial, section by section")
ABOUT = Text(
    "《AIGC 原理与代码实例讲解》：它说了什么、哪里说得对、哪里不对、怎样改正。带箭头的小标签通向正在讲的那个可以动手的部分；"
    "反过来，那里也列出谈到它的段落。",
    "The tutorial “AIGC 原理与代码实例讲解”, section by section: what it says, what is right, what is not, and how to put it "
    "right. Labels with an arrow lead to the live part that a paragraph speaks of; the live part lists those paragraphs "
    "in turn.",
)
SECTIONS = Text("各节", "Sections")
SAYS = Text("教程说", "It says")
RIGHT = Text("说对了的", "What is right")
WRONG = Text("不对的，和更正", "What is not, and its correction")
AS_WRITTEN = Text("教程原文", "As written")
CORRECTED = Text("更正", "Corrected")
MORE = Text("为什么、推导、亲手验证", "Why, step by step, and run it")
SOURCE = Text("出处：", "Source: ")
ELSEWHERE = Text("与本节有关、列在别处的勘误：", "Errata that concern this section too: ")
SPEAKS = Text("教程里谈到这里的 {n} 处", "Where the tutorial speaks of this ({n})")
SPEAKS_OF_ERRATUM = Text("谈到它的段落：", "Paragraphs about it: ")
IN_CODE = Text("§{number} 代码第 {n} 行", "§{number}, line {n} of the code")
PARAGRAPH = Text("§{number} 第 {n} 段", "§{number}, paragraph {n}")
TRAIN = Text("训练 {title}", "train: {title}")
LINE_RIGHT = Text("这一行没有问题。", "Nothing wrong here.")
ARROW = Text("{start} 到 {end}", "{start} to {end}")
WRONG_ARROW = Text("不该有的箭头", "an arrow that should not be")
GRADIENT = Text("梯度", "gradient")
LEGEND = Text(
    "实线：数据向前流；虚线：梯度往回流；打叉的红线：教程画错的箭头。",
    "Solid: data flowing forward. Dashed: gradients flowing back. Crossed out in red: arrows that the tutorial has wrong.",
)

CHAPTERS: dict[str, Text] = {
    "lab": Text("二维实验室", "the laboratory"),
    "dirac": Text("两个数的 GAN", "a GAN of two numbers"),
    "losses": Text("损失", "the losses"),
    "networks": Text("网络", "the networks"),
    "papers": Text("论文", "the papers"),
}
PAPERS: dict[str, Text] = {
    "gan": Text("论文 GAN", "paper: GAN"),
    "progressive": Text("论文 渐进式增长", "paper: progressive growing"),
    "attention": Text("论文 注意力", "paper: attention"),
    "style": Text("论文 StyleGAN", "paper: StyleGAN"),
    "ttur": Text("论文 两个时间尺度", "paper: two time scales"),
}
LOSS = Text("损失 {title}", "loss: {title}")
LAB = Text("实验室 {title}", "laboratory: {title}")
DIRAC = Text("两个数的 GAN：{title}", "two numbers: {title}")
NETWORK = Text("网络 {title}", "network: {title}")
ERRATUM = Text("勘误 {id}", "erratum {id}")
EXPERIMENTS: dict[str, Text] = {"ladder": Text("失败的阶梯", "The ladder of failures")}
