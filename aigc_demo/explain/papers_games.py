"""The papers about the game itself: the first one, and the one with two time scales."""

from __future__ import annotations

from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.paper import Paper, Place, Start
from aigc_demo.text import Text, plain

GAN = Paper(
    key="gan",
    title="Generative Adversarial Nets",
    authors="Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio",
    published="NIPS 2014",
    arxiv=("1406.2661",),
    changed=(
        Text(
            "以前的生成模型大多要写出数据的概率，再让它尽量大。这篇论文换了个办法：不写概率，只训练一个会挑错的对手。生成器 G 把"
            "噪声变成图，判别器 D 说“真”还是“假”，G 只从 D 的意见里学。",
            "Generative models before it mostly wrote down a probability of the data and made it large. This paper does "
            "without: it trains an opponent that finds fault. A generator G turns noise into pictures, a discriminator D "
            "says “real” or “fake”, and all that G learns from is D’s opinion.",
        ),
        Text(
            r"论文证明：D 最优时 $D^*=p/(p+q)$，G 面对的就是 $2\,\mathrm{JSD}(p\|q)-\log 4$，只有 $q=p$ 时最小，为 "
            f"{-TWO_LOG_TWO:.4f}".replace("-", "−") + r"。它同时指出 G 若照原式最小化，开头几乎没有梯度，于是建议改为最大化 $\log D(G(z))$。",
            r"It proves that the best D is $D^*=p/(p+q)$, and that G then faces $2\,\mathrm{JSD}(p\|q)-\log 4$, which is "
            r"least for $q=p$ alone, at " + f"{-TWO_LOG_TWO:.4f}".replace("-", "−") + r". It also notes that by the formula "
            r"as it stands G gets hardly any gradient at first, and proposes to maximise $\log D(G(z))$ instead.",
        ),
    ),
    formula=r"\min_G\max_D\;\mathbb{E}_{x\sim p}\log D(x)+\mathbb{E}_{z}\log\bigl(1-D(G(z))\bigr)",
    reads=Text(
        f"D 想让这个数大，G 想让它小。两人打平时 D 处处说 ½：L_D = 2 ln 2 = {TWO_LOG_TWO:.4f}，非饱和的 L_G = ln 2 = {TWO_LOG_TWO / 2:.4f}。",
        f"D wants this number large, G wants it small. At a draw D says ½ everywhere: L_D = 2 ln 2 = {TWO_LOG_TWO:.4f}, and "
        f"the non-saturating L_G = ln 2 = {TWO_LOG_TWO / 2:.4f}.",
    ),
    quote=Text("“提出生成对抗网络的基本框架”", "“提出生成对抗网络的基本框架” (introduces the basic framework of GANs)"),
    right=Text("题目和评价都对。", "Title and judgement are right."),
    wrong=Text(
        "但教程 §4 写的公式不是这一条：少了对数，假图那一项的符号反了（勘误 F1–F6）。",
        "But the formulas of its own §4 are not this one: the logarithms are missing, and the fake term has the wrong sign "
        "(errata F1–F6).",
    ),
    places=(
        Place("losses/minimax", Text("极小极大损失，逐项看", "the minimax loss, term by term")),
        Place("losses/non_saturating", Text("论文建议的非饱和损失", "the non-saturating loss it proposes")),
        Place("lab", Text("二维实验室：D* 就画在 D 旁边", "the 2-D laboratory: D* beside D")),
        Place("erratum/F6", Text("推导一步步展开", "the derivation in steps")),
    ),
    live_title=Text("在这里跑一遍", "Run it here"),
    live_about=Text(
        "同样的网络、同样的种子：论文的原式，和它建议的改法。",
        "The same networks and seed: the formula as it stands, and with the change the paper itself proposes.",
    ),
    starts=(
        Start(Text("非饱和，照论文建议", "Non-saturating, as it proposes"), {"recipe": "fast", "loss": "non_saturating"}),
        Start(Text("极小极大，照原式", "Minimax, as it stands"), {"recipe": "fast", "loss": "minimax"}),
        Start(Text("两者赛跑，D 很强", "Race the two, with a strong D"), preset="race_saturation"),
    ),
)  # fmt: skip

TTUR = Paper(
    key="ttur",
    title="GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium",
    authors="Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter",
    published="NIPS 2017",
    arxiv=("1706.08500",),
    changed=(
        Text(
            "D 和 G 用两个不同的学习率，而不是让 D 多走几步。论文证明：若两者都按适当的速度趋于 0，且一个比另一个慢得多，这场游戏会停在局部"
            "纳什均衡；它没有说谁该快，也没有说快几倍。",
            "D and G get learning rates of their own, instead of more steps for D. The paper proves that if both rates fall to "
            "0 suitably and one much faster than the other, the game settles at a local Nash equilibrium. It says neither who "
            "should be the faster nor by how much.",
        ),
        Text(
            "实践中，ImageNet 上的谱归一化网络常让 D 快（4e-4 对 1e-4），而找得到的 MNIST 快速配方几乎都让 G 快。所以下面是一把尺，不是一个定论。",
            "In practice spectrally normalised nets on ImageNet often give D the larger rate (4e-4 to 1e-4), while the fast "
            "MNIST recipes that can be found nearly all give it to G. Hence a slider below, not a verdict.",
        ),
        Text(
            "同一篇论文还提出了 FID：把真图和假图各自的特征当成两个高斯分布，量它们的距离。",
            "The same paper introduced the FID: take the features of real and of generated images for two Gaussians, and "
            "measure how far these are apart.",
        ),
    ),
    formula=r"d^2=\lVert m_1-m_2\rVert^2+\mathrm{tr}\bigl(C_1+C_2-2\,(C_1^{1/2}C_2C_1^{1/2})^{1/2}\bigr)",
    reads=Text(
        "均值差多远，加上协方差差多少。特征取自 Inception 网络时它叫 FID；本软件用自己的数字分类器的特征，所以叫 digit-FD，两者的数不能比较。",
        "How far the means are apart, plus how much the covariances differ. With the features of the Inception network it is "
        "the FID; here the features are those of a small digit classifier, so it is called digit-FD, and the numbers of the "
        "two must not be compared.",
    ),
    quote=plain("“GANs Trained by a”"),
    right=None,
    wrong=Text(
        "教程到这里断在半个题目上（T12）。完整的题目就是上面这个。",
        "The tutorial breaks off here, in the middle of this title (T12). The whole of it stands above.",
    ),
    places=(
        Place("tutorial/T12", Text("教程在此中断", "where the tutorial breaks off")),
        Place("erratum/C14", Text("Adam 的 β₁ 也是一种时间尺度", "Adam’s β₁ is a time scale too")),
        Place("dirac", Text("两个数的游戏：步长与收敛", "the game of two numbers: step size and convergence")),
    ),
    live_title=Text("两个学习率之比，以及距离的定义", "The ratio of two rates, and the distance"),
    live_about=Text(
        "先选比例再训练，或让它与 1 : 1 赛跑。下面两个高斯分布的距离由页面按公式算，同时由本软件量模型的那段代码再算一遍。",
        "Choose a ratio and train with it, or race it against 1 : 1. The distance of the two Gaussians below is computed by the "
        "page from the formula, and again by the code with which this program measures models.",
    ),
    live="ttur",
    starts=(Start(Text("几种比例一起赛跑", "Race several ratios"), preset="race_rates"),),
)
