"""Sections 6 and 7 of the tutorial: what a GAN can and cannot do there, and its resources and papers put right."""

from __future__ import annotations

from aigc_demo.explain.erratum import Trial
from aigc_demo.explain.section import Note, Paragraph, Section
from aigc_demo.text import Text, plain

_GAN = Trial("non_saturating", {}, "fast")

APPLICATIONS = Section(
    ("6", "6.1", "6.2", "6.3", "6.4"),
    Text("应用：GAN 能做什么，不能做什么", "Applications: what a GAN can do there, and what not"),
    says=(
        Paragraph(
            Text(
                "（§6.1–§6.4）智能客服、金融舆情、个性化推荐，以及医疗、教育、城市治理。",
                "(§6.1–§6.4) Customer service, financial sentiment, recommendation; then medicine, education and cities.",
            ),
            ("papers",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "客服：GAN 能画一张虚拟的脸，也只是一张脸。回答问题靠的是语言模型。",
                "Customer service: a GAN can draw a face that belongs to nobody, and no more. Answering is a language "
                "model's work.",
            ),
            ("papers/style",),
        ),
        Paragraph(
            Text(
                "医学图像：有据可查的用途是扩充稀少的训练图和图像转换（配对的 pix2pix、不配对的 CycleGAN）。"
                "但 GAN 可能画出并不存在的病灶，不能直接用于诊断。",
                "Medical images: documented uses are extra training images where few exist, and translation between kinds "
                "of image (pix2pix on pairs, CycleGAN without). A GAN may draw a lesion that is not there, so none of it "
                "is a diagnosis.",
            ),
            ("erratum/F3",),
        ),
        Paragraph(
            Text(
                "药物：分子可写成图或字符串，都是离散的，与 §3.4 的文学创作同样棘手；多借助策略梯度或连续的潜空间。",
                "Drugs: a molecule is a graph or a string, both discrete, as awkward as the literature of §3.4; one resorts "
                "to policy gradients, or to a continuous latent space.",
            ),
            ("erratum/F7",),
        ),
        Paragraph(
            Text(
                "放大、修复、风格迁移、数据增强：D 看得懂“像不像真的”，而 $\\lVert G-x\\rVert^2$ 只会画模糊，这是 GAN 的真本事。",
                "Super-resolution, inpainting, style, data augmentation: D can tell what looks real where "
                "$\\lVert G-x\\rVert^2$ only blurs. Here is a GAN's true strength.",
            ),
            ("erratum/F3",),
            _GAN,
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                "虚拟教师、应急指挥、城市事件监测：生成图像的网络既不教课也不做决定。需要先说清输入、输出和怎样检验。",
                "Virtual teachers, emergency command, watching a city: a net that generates images neither teaches nor "
                "decides. Ask first what goes in, what comes out, and how it is tested.",
            ),
            ("papers/gan",),
        ),
    ),
    notes=(
        Note(
            "T6",
            Text("三处张冠李戴", "Three category errors"),
            Text(
                "“客服对话记录 … 面部特征；舆情监测；推荐系统”",
                "“客服对话记录 … 面部特征；舆情监测；推荐系统” (records of dialogue, with faces; monitoring opinion; recommendation)",
            ),
            Paragraph(
                Text(
                    "对话记录里没有脸，而且人脸是受法律保护的生物特征；画图的网络监测不了文字，情感分类器才行；"
                    "给商品排序，用不着先为它生成一张图。",
                    "Records of dialogue contain no faces, and faces are biometric data that the law protects; an image "
                    "generator monitors no text, a sentiment classifier does; and to rank goods one need not first draw "
                    "a picture of them.",
                ),
                ("networks/fast",),
            ),
            Text(
                "《个人信息保护法》第二十八条；欧盟 GDPR 第 9 条",
                "Personal Information Protection Law of China, article 28; GDPR, article 9",
            ),
        ),
    ),
)

RESOURCES = Section(
    ("7.1", "7.2"),
    Text("学习资源与工具，更正后", "Resources and tools, put right"),
    says=(
        Paragraph(
            Text(
                "（§7.1、§7.2）一本书、两门课、一篇综述、TensorFlow 文档；五种工具。",
                "(§7.1, §7.2) A book, two courses, a survey, TensorFlow's documentation; and five tools.",
            ),
            ("papers",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "CS231n 确是斯坦福的课；TensorFlow 官方的 DCGAN 例子值得一读，这里把它做成了一个配方，用作标尺。",
                "CS231n is Stanford's indeed; TensorFlow's own DCGAN example is worth reading, and stands here as a recipe "
                "to measure by.",
            ),
            ("networks/dcgan_tf",),
            Trial("non_saturating", {}, "dcgan_tf"),
        ),
    ),
    notes=(
        Note(
            "T7",
            Text("没有这门斯坦福课程", "Stanford has no such course"),
            Text("“CS294-101 … 斯坦福大学”", "“CS294-101 … 斯坦福大学” (of Stanford University)"),
            Paragraph(
                Text(
                    "CS294-101 是加州大学伯克利分校 2015 年春的“Cutting-edge Web Technologies”，与视觉和强化学习无关。"
                    "想学生成模型，可看伯克利的 CS294-158“Deep Unsupervised Learning”。",
                    "CS294-101 was “Cutting-edge Web Technologies”, UC Berkeley, spring 2015: neither vision nor "
                    "reinforcement learning. For generative models there is Berkeley's CS294-158, Deep Unsupervised "
                    "Learning.",
                ),
                ("papers",),
            ),
            Text("加州大学伯克利分校课程目录，2015 年春", "UC Berkeley course listing, spring 2015"),
        ),
        Note(
            "T8",
            Text("综述的作者不是 Goodfellow", "The survey is not Goodfellow's"),
            Text("“由Ian Goodfellow等人撰写”", "“由Ian Goodfellow等人撰写” (written by Ian Goodfellow et al.)"),
            Paragraph(
                Text(
                    "《Generative Adversarial Networks: An Overview》的作者是 Creswell、White、Dumoulin、Arulkumaran、"
                    "Sengupta 与 Bharath。",
                    "“Generative Adversarial Networks: An Overview” is by Creswell, White, Dumoulin, Arulkumaran, Sengupta "
                    "and Bharath.",
                ),
                ("papers/gan",),
            ),
            Text(
                "IEEE Signal Processing Magazine 35(1):53–65，2018（arXiv 1710.07035）",
                "IEEE Signal Processing Magazine 35(1):53–65, 2018 (arXiv 1710.07035)",
            ),
        ),
        Note(
            "T9",
            Text("一本书，不是系列；Theano 已经退场", "One book, no series; and Theano is gone"),
            Text(
                "“《Deep Learning》系列书籍；Keras … Theano等后端”",
                "“《Deep Learning》系列书籍；Keras … Theano等后端” (a series of books; back ends such as Theano)",
            ),
            Paragraph(
                Text(
                    "《Deep Learning》是一本书（MIT Press，2016）。Keras 3 的后端是 TensorFlow、JAX 与 PyTorch；本页用的是 "
                    "TensorFlow。",
                    "“Deep Learning” is one book (MIT Press, 2016). Keras 3 runs on TensorFlow, JAX and PyTorch; this page "
                    "uses TensorFlow.",
                ),
                ("networks/fast",),
            ),
            Text("deeplearningbook.org；keras.io 的 Keras 3 说明", "deeplearningbook.org; keras.io, about Keras 3"),
        ),
    ),
)

PAPERS = Section(
    ("7.3",),
    Text("推荐论文", "Its papers"),
    says=(
        Paragraph(
            Text(
                "（§7.3）五篇：GAN、渐进式增长、Attention Is All You Need、StyleGAN，第五篇写到一半断了。",
                "(§7.3) Five: GAN, progressive growing, Attention Is All You Need, StyleGAN, and a fifth that breaks off in "
                "mid-word.",
            ),
            ("papers",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "第一篇（Goodfellow 等 2014，arXiv 1406.2661）介绍无误。",
                "The first (Goodfellow et al. 2014, arXiv 1406.2661) is described rightly.",
            ),
            ("papers/gan", "losses/minimax"),
        ),
        Paragraph(
            Text(
                "第二篇（Karras 等 2018，arXiv 1710.10196）也无误：从小图开始，逐步加层。",
                "So is the second (Karras et al. 2018, arXiv 1710.10196): begin small, add layers as you go.",
            ),
            ("papers/progressive",),
        ),
    ),
    notes=(
        Note(
            "T10",
            Text("Transformer 没有开启 GAN 的预训练", "The Transformer began no pre-training of GANs"),
            Text(
                "“开启了生成对抗网络（GANs）的预训练范式”",
                "“开启了生成对抗网络（GANs）的预训练范式” (began the pre-training of GANs)",
            ),
            Paragraph(
                Text(
                    "那篇论文做的是有监督的机器翻译，既没有 GAN 也没有预训练。与 GAN 真正的联系是“GAN 里的自注意力”：SAGAN、TransGAN。",
                    "That paper is about supervised translation: no GAN in it, no pre-training. The honest link is "
                    "self-attention inside a GAN: SAGAN, and TransGAN.",
                ),
                ("papers/attention",),
            ),
            Text(
                "Vaswani 等 2017（arXiv 1706.03762）；Zhang 等 2018，SAGAN（arXiv 1805.08318）；Jiang 等 2021，"
                "TransGAN（arXiv 2102.07074）",
                "Vaswani et al. 2017 (arXiv 1706.03762); Zhang et al. 2018, SAGAN (arXiv 1805.08318); Jiang et al. 2021, "
                "TransGAN (arXiv 2102.07074)",
            ),
        ),
        Note(
            "T11",
            Text("StyleGAN 不是论文的题目", "StyleGAN is not the paper's title"),
            plain("“StyleGAN”"),
            Paragraph(
                Text(
                    "题目是《A Style-Based Generator Architecture for Generative Adversarial Networks》，作者 Karras、Laine、Aila。",
                    "The title is “A Style-Based Generator Architecture for Generative Adversarial Networks”, by Karras, "
                    "Laine and Aila.",
                ),
                ("papers/style",),
            ),
            Text("CVPR 2019（arXiv 1812.04948）", "CVPR 2019 (arXiv 1812.04948)"),
        ),
        Note(
            "T12",
            Text("断掉的第五篇", "The fifth, cut off"),
            plain("“GANs Trained by a”"),
            Paragraph(
                Text(
                    "应是《GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium》：D 和 G 用两个时间尺度；"
                    "评估 GAN 最常用的 FID 也出自这篇。",
                    "It must be “GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium”: D and G "
                    "on two time scales, and the origin of FID, by which GANs are mostly judged.",
                ),
                ("papers/ttur",),
            ),
            Text(
                "Heusel、Ramsauer、Unterthiner、Nessler、Hochreiter，NIPS 2017（arXiv 1706.08500）",
                "Heusel, Ramsauer, Unterthiner, Nessler and Hochreiter, NIPS 2017 (arXiv 1706.08500)",
            ),
        ),
    ),
)

SECTIONS: tuple[Section, ...] = (APPLICATIONS, RESOURCES, PAPERS)
