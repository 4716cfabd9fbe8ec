"""Section 3 of the tutorial: the algorithm, its merits and drawbacks, and its uses."""

from __future__ import annotations

from aigc_demo.explain.closed_form import sigmoid
from aigc_demo.explain.erratum import Trial
from aigc_demo.explain.section import Note, Paragraph, Section
from aigc_demo.text import Text

_GAN = Trial("non_saturating", {"g_recon_x": 0.0})

ALGORITHM = Section(
    ("3.1", "3.2"),
    Text("算法：两步交替", "The algorithm: two steps in turn"),
    says=(
        Paragraph(
            Text(
                "（§3.1）G 与 D 都是卷积网络，“不断交替优化”，最终达到“动态的平衡”。",
                "(§3.1) G and D are convolutional networks, optimised in alternation until they reach a “dynamic balance”.",
            ),
            ("erratum/C13", "networks/tutorial_cnn"),
        ),
        Paragraph(
            Text(
                "（§3.2）四步：准备数据、搭建网络、训练、测试和评估。",
                "(§3.2) Four steps: prepare data, build the nets, train, test and evaluate.",
            ),
            ("erratum/C15",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "交替更新是对的，而且有理由：在最小的 GAN 上，同时更新必然发散，交替更新有界。",
                "To alternate is right, and for a reason: on the smallest GAN, simultaneous updates always spiral out and "
                "alternating ones stay bounded.",
            ),
            ("dirac/outward", "dirac/turns"),
        ),
        Paragraph(
            Text(
                "“评估”确是单独的一步：损失不能代替它。这里用特征距离、类别条和固定噪声的画面来评估。",
                "Evaluation is a step of its own indeed, which losses cannot replace; here it is a feature distance, class "
                "bars, and pictures from fixed noise.",
            ),
            trial=_GAN,
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                "代码没有照做：两张网络全是全连接层（C10），更新是同时的（C13），评估一步也没有（C15）。",
                "The code does none of it: both nets are dense throughout (C10), the update is simultaneous (C13), and "
                "nothing is evaluated (C15).",
            ),
            ("erratum/C10", "erratum/C13", "erratum/C15"),
        ),
        Paragraph(
            Text(
                r"“动态的平衡”不会自己到来：不加阻尼的极小极大在原点附近转圈，加上 R1（$\gamma=1$ 临界）才会停下。",
                r"The “dynamic balance” does not come by itself: undamped minimax circles the origin, and comes to rest only "
                r"with R1, critically so at $\gamma=1$.",
            ),
            ("dirac/critical", "dirac/outward", "erratum/F8"),
        ),
    ),
)

MERITS = Section(
    ("3.3",),
    Text("优点和缺点", "Merits and drawbacks"),
    says=(
        Paragraph(
            Text(
                "（§3.3）优点：质量高、适用广、易扩展。缺点：训练复杂、“容易陷入局部最优”、计算量大。",
                "(§3.3) Merits: quality, breadth, easy to extend. Drawbacks: complex training, “local optima”, much compute.",
            ),
            ("erratum/F8",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "训练确实难；但“计算量大”要看任务：这里的快速配方几秒钟就能画出数字。",
                "Training is hard indeed; “much compute” depends on the task: the fast recipe here draws digits in seconds.",
            ),
            ("networks/fast",),
            Trial("non_saturating", {}, "fast"),
        ),
    ),
    notes=(
        Note(
            "T4",
            Text("真正的缺点一个也没说", "The real drawbacks are not named"),
            Text("“容易陷入局部最优”", "“容易陷入局部最优” (easily stuck in a local optimum)"),
            Paragraph(
                Text(
                    rf"模式坍缩、不收敛（绕圈）、梯度消失（极小极大在 $s=-5$ 处的斜率只有 ${sigmoid(-5):.4f}$，非饱和是 "
                    rf"${sigmoid(5):.4f}$），还有：GAN 给不出似然，因此没有一个现成的数说明它学得多好。",
                    rf"Mode collapse; no convergence (cycling); vanishing gradients (minimax has slope ${sigmoid(-5):.4f}$ at "
                    rf"$s=-5$, the non-saturating loss ${sigmoid(5):.4f}$); and a GAN gives no likelihood, hence no ready "
                    rf"number for how well it has learnt.",
                ),
                ("lab/collapse", "lab/cycle", "lab/freeze", "dirac/outward", "losses/minimax"),
            ),
            Text(
                "Goodfellow 2016（arXiv 1701.00160）；Mescheder 等 2018（arXiv 1801.04406）",
                "Goodfellow 2016 (arXiv 1701.00160); Mescheder et al. 2018 (arXiv 1801.04406)",
            ),
        ),
    ),
)

USES = Section(
    ("3.4",),
    Text("应用领域", "Fields of use"),
    says=(
        Paragraph(
            Text(
                "（§3.4）图像、视频、音乐、文学，都由 GAN 生成。",
                "(§3.4) Images, video, music and literature, all by GANs.",
            ),
            ("papers",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "图像是 GAN 的本行：像素是连续的数，$\\nabla_x s$ 处处存在，人脸生成曾是它的代表作。",
                "Images are a GAN's home ground: pixels are continuous, so $\\nabla_x s$ exists everywhere; faces were its "
                "showpiece.",
            ),
            ("papers/style", "networks/fast"),
        ),
        Paragraph(
            Text(
                "波形也是连续的，音频 GAN 因此可行（多用作声码器）；视频要逐帧一致，难得多。",
                "Waveforms are continuous too, so GANs for audio work, mostly as vocoders; video must agree from frame to "
                "frame and is far harder.",
            ),
            ("papers",),
        ),
    ),
    notes=(
        Note(
            "T5",
            Text("文字是离散的", "Text is discrete"),
            Text("“文学创作”", "“文学创作” (literature)"),
            Paragraph(
                Text(
                    "选词是 argmax 或抽样，导数为 0 或不存在：D 的梯度到不了 G，正如 §2.3 那条被剪断的箭头。"
                    "SeqGAN 只好改用策略梯度。如今写诗写小说的是语言模型，它们直接最大化似然。",
                    "Choosing a word is an argmax or a draw, whose derivative is 0 or does not exist: D's gradient cannot "
                    "reach G, just like the cut arrow of §2.3. SeqGAN resorts to policy gradients. Poems and novels now "
                    "come from language models, which maximise likelihood directly.",
                ),
                ("erratum/F7",),
            ),
            Text("Yu 等 2017，SeqGAN（arXiv 1609.05473）", "Yu et al. 2017, SeqGAN (arXiv 1609.05473)"),
        ),
    ),
)

SECTIONS: tuple[Section, ...] = (ALGORITHM, MERITS, USES)
