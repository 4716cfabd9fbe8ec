"""Sections 1.2 to 2.3 of the tutorial: what AIGC is about, its terms, and the data-flow graph."""

from __future__ import annotations

from aigc_demo.explain import data_flow
from aigc_demo.explain.erratum import Trial
from aigc_demo.explain.section import Note, Paragraph, Section
from aigc_demo.text import Text

_GAN = Trial("non_saturating", {"g_recon_x": 0.0})

CORE = Section(
    ("1.2",),
    Text("AIGC 的核心", "What AIGC is about"),
    says=(
        Paragraph(
            Text(
                "（§1.2）两个网络互相竞争，生成器因此学会画出逼真的样本；目标是生成符合指定分布的数据。",
                "(§1.2) Two networks compete, and so the generator learns to make lifelike samples; the aim is data that "
                "follows a given distribution.",
            ),
            ("papers/gan",),
            _GAN,
        ),
    ),
    right=(
        Paragraph(
            Text(
                r"对抗的想法和“符合指定分布”都说到了点子上：GAN 要的正是 $q=p$，而不是背下某几张图。",
                r"The contest and the “given distribution” are both to the point: what a GAN is after is $q=p$, not a few "
                r"pictures learnt by heart.",
            ),
            ("lab/healthy",),
        ),
    ),
    notes=(
        Note(
            "T1",
            Text("GAN 只是其中一族", "GANs are one family of several"),
            Text("“AIGC技术的核心是生成对抗网络”", "“AIGC技术的核心是生成对抗网络” (GANs are the core of AIGC)"),
            Paragraph(
                Text(
                    "今天的 AIGC 主要靠自回归语言模型（文字）和扩散模型（图像、视频）；GAN 是另一族，"
                    "长处是一步出图。把二者混为一谈，后面 §3.4、§6 的许多说法就站不住。",
                    "Today most generated text comes from autoregressive language models and most images and video from "
                    "diffusion; GANs are another family, whose strength is one single step from noise to image. Much of "
                    "§3.4 and §6 falls with this confusion.",
                ),
                ("papers/gan",),
            ),
            Text(
                "Vaswani 等 2017（arXiv 1706.03762）；Ho 等 2020，扩散模型（arXiv 2006.11239）",
                "Vaswani et al. 2017 (arXiv 1706.03762); Ho et al. 2020, diffusion (arXiv 2006.11239)",
            ),
        ),
    ),
)

TERMS = Section(
    ("2.1", "2.2"),
    Text("三个概念和它们的关系", "Three terms and how they relate"),
    says=(
        Paragraph(
            Text(
                "（§2.1、§2.2）GAN 由生成器和判别器组成；神经网络学习大量数据；CNN 用卷积和池化提取特征；"
                "两张网络都由反向传播训练。",
                "(§2.1, §2.2) A GAN is a generator and a discriminator; a neural network learns from much data; a CNN "
                "extracts features by convolution and pooling; both nets are trained by back-propagation.",
            ),
            ("networks/tutorial_cnn",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "分工说得对：一张网络画，一张网络分辨，都靠反向传播。",
                "The division of labour is right: one net draws, one tells apart, and both learn by back-propagation.",
            ),
            ("networks/fast", "lab"),
        ),
    ),
    notes=(
        Note(
            "T2",
            Text("不是每个神经网络都会生成", "Not every neural network generates"),
            Text(
                "“学习大量数据，生成逼真的样本”",
                "“学习大量数据，生成逼真的样本” (learns from much data and makes lifelike samples)",
            ),
            Paragraph(
                Text(
                    "这是生成模型的定义，不是神经网络的：分类器也是神经网络。§2.2 又说两张网络都“生成高质量的假样本”，"
                    "可判别器什么也不生成，它只给每张图一个数。",
                    "That defines a generative model, not a neural network: a classifier is one as well. And §2.2 has both "
                    "nets generate fine samples, while the discriminator generates nothing; it gives each image one number.",
                ),
                ("networks/tutorial_4_3_repaired",),
            ),
            Text("Goodfellow 等《Deep Learning》第 6 章", "Goodfellow et al., Deep Learning, chapter 6"),
        ),
        Note(
            "T3",
            Text("GAN 里一般不用池化", "GANs mostly do without pooling"),
            Text("“通过卷积和池化操作”", "“通过卷积和池化操作” (by convolution and pooling)"),
            Paragraph(
                Text(
                    "DCGAN 的第一条准则就是去掉池化：判别器用带步长的卷积缩小，生成器用转置卷积放大，"
                    "缩放的方式也由网络自己学。",
                    "DCGAN's first guideline is to drop pooling: strided convolutions shrink in D and fractionally strided "
                    "ones enlarge in G, so that the nets learn how to resample as well.",
                ),
                ("networks/tutorial_cnn", "networks/dcgan_tf"),
            ),
            Text("Radford 等 2016（arXiv 1511.06434）第 3 节", "Radford et al. 2016 (arXiv 1511.06434), section 3"),
        ),
    ),
)

DATA_FLOW = Section(
    ("2.3",),
    Text("数据怎样流动", "How the data flows"),
    says=(
        Paragraph(
            Text(
                "（§2.3）流程图：数据进入生成器和判别器，判别器的结果再反馈给生成器。点一个方框或箭头，看它说了什么。",
                "(§2.3) A diagram: data enters generator and discriminator, and D's result goes back to G. Choose a box or "
                "an arrow to read what it means.",
            ),
            ("erratum/F7",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "真图给 D、假图给 D、D 的反馈回到 G：这三条箭头都对。",
                "Real images to D, fakes to D, and something from D back to G: these three arrows are right.",
            ),
            ("lab",),
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                "数据到生成器的那条箭头不存在，噪声 $z$ 和两个损失却没有画；“输出”应从 G 出来，不从 D。",
                "There is no arrow from data to G, while the noise $z$ and both losses are missing; and the output leaves G, "
                "not D.",
            ),
            ("erratum/F7",),
        ),
    ),
    graphs=(data_flow.AS_WRITTEN, data_flow.CORRECTED),
)

SECTIONS: tuple[Section, ...] = (CORE, TERMS, DATA_FLOW)
