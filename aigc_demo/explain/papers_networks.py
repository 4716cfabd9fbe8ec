"""The papers about the networks: growing them, attention in them, and style."""

from __future__ import annotations

from aigc_demo.explain.paper import Paper, Place, Start
from aigc_demo.text import Text

PROGRESSIVE = Paper(
    key="progressive",
    title="Progressive Growing of GANs for Improved Quality, Stability, and Variation",
    authors="Karras, Aila, Laine, Lehtinen",
    published="ICLR 2018",
    arxiv=("1710.10196",),
    changed=(
        Text(
            "先学画小图，再一级一级长大：每次边长加倍，新加的层不是一下子接上，而是用一个从 0 到 1 的 α 慢慢淡入。真图也同样淡入，D 才不会"
            "一眼看穿。",
            "First learn small pictures, then grow: the side doubles each time, and the new layers are not switched on but faded "
            "in by an α from 0 to 1. The real pictures are faded in the same way, or D would see through it at once.",
        ),
        Text(
            "粗的结构先定下来，细节后学，所以稳定、省时。论文还带来三样后来常用的东西：让每层步子一样大的学习率均衡、逐像素归一化，以及让 D 看得见"
            "一批图有多雷同的批内标准差。",
            "Coarse structure comes first and detail later, which is steadier and cheaper. The paper also brought three things "
            "that stayed: equalised learning rates, pixelwise normalisation, and the minibatch standard deviation, by which D "
            "sees how alike a batch is.",
        ),
    ),
    formula=r"x_\alpha=(1-\alpha)\,\mathrm{up}(\mathrm{down}(x))+\alpha\,x",
    reads=Text(
        "α = 0 时是上一级的画面放大，α = 1 时是这一级的画面；中间是两者的混合。",
        "At α = 0 it is the previous stage’s picture enlarged, at α = 1 this stage’s own, and in between a mixture.",
    ),
    quote=Text("“提高了……稳定性和多样性”", "“提高了……稳定性和多样性” (improves … stability and variety)"),
    right=Text(
        "题目里的 stability 和 variation 正是稳定性和多样性。", "Its title says stability and variation."
    ),
    wrong=None,
    places=(
        Place("networks/fast", Text("这里的网络也是 7 → 14 → 28，但一开始就是完整的", "networks here go 7 → 14 → 28 too, but all at once")),
        Place("networks/transposed", Text("放大的两种办法", "two ways of enlarging")),
    ),
    live_title=Text("淡入，拿一个真数字试", "Fading in, on a real digit"),
    live_about=Text(
        "down 是 2×2 取平均，up 是每个像素变成 2×2。拖动 α。",
        "Down averages each 2 × 2, up repeats each pixel as 2 × 2. Move α.",
    ),
    live="fading",
    starts=(Start(Text("打开随附的模型", "Open the model that ships"), model="progressive"),),
    recipes=("progressive",),
)  # fmt: skip

ATTENTION = Paper(
    key="attention",
    title="Attention Is All You Need",
    authors="Vaswani, Shazeer, Parmar, Uszkoreit, Jones, Gomez, Kaiser, Polosukhin",
    published="NIPS 2017",
    arxiv=("1706.03762", "1805.08318"),
    changed=(
        Text(
            "它提出 Transformer，用来做机器翻译：不用循环，不用卷积，每个词直接看所有别的词，看多少由内积和 softmax 决定。训练用的是成对的句子，"
            "有监督；里面没有生成器与判别器，没有 GAN，也没有预训练。",
            "It introduces the Transformer, for machine translation: no recurrence and no convolution; every word looks at all "
            "others at once, and inner products and a softmax decide how much. It is trained on pairs of sentences, "
            "supervised. There is no generator and discriminator in it, no GAN, and no pre-training.",
        ),
        Text(
            "与 GAN 的真正联系是后来的 SAGAN（Zhang 等，arXiv 1805.08318）：在卷积网络中间插一层自注意力，让 14×14 个位置互相看。它只用一个头、"
            r"没有位置编码、没有 $1/\sqrt{d_k}$，而且输出前乘一个从 0 开始学的 $\gamma$：一开始什么也不改变。",
            "The honest link is the later SAGAN (Zhang et al., arXiv 1805.08318): one layer of self-attention among the "
            "convolutions, in which, say, 14 × 14 places look at one another. It has one head, no positions, no "
            r"$1/\sqrt{d_k}$, and its output is multiplied by a $\gamma$ that starts at 0: at first it changes nothing.",
        ),
    ),
    formula=r"A=\mathrm{softmax}\bigl(f g^{\top}\bigr),\qquad y=x+\gamma\,(A\,h)\,W_v",
    reads=Text(
        r"$f=xW_f$ 是提问，$g=xW_g$ 是应答，$h=xW_h$ 是内容；$A$ 的第 $i$ 行说位置 $i$ 从每个位置取多少，合计为 1。Transformer 的写法是 "
        r"$\mathrm{softmax}(QK^{\top}/\sqrt{d_k})V$。",
        r"$f=xW_f$ asks, $g=xW_g$ answers, $h=xW_h$ is what is passed on; row $i$ of $A$ says how much place $i$ takes from each "
        r"place, adding up to 1. The Transformer writes $\mathrm{softmax}(QK^{\top}/\sqrt{d_k})V$.",
    ),
    quote=Text(
        "“提出Transformer结构，开启了……预训练范式”",
        "“提出Transformer结构，开启了……预训练范式” (introduces the Transformer and opens … the paradigm of pre-training)",
    ),
    right=Text("“提出 Transformer 结构”对。", "“Introduces the Transformer” is right."),
    wrong=Text(
        "其余不对（T10）：它与 GAN 无关，也没有开启 GAN 的预训练。这篇论文里没有 GAN 可跑；能跑的是注意力本身，以及后来的 SAGAN：训练时看 γ "
        "离开 0，练好后在“生成 · 看透”里点一处，看它注意哪里。",
        "The rest is not (T10): it has nothing to do with GANs and started no pre-training of them. There is no GAN of this "
        "paper to run. What can be run is attention itself, and the later SAGAN: watch γ leave 0 while it trains, then click a "
        "place in “Generate · Look inside” to see where it looks.",
    ),
    places=(
        Place("tutorial/T10", Text("教程的这句话", "the tutorial’s sentence")),
        Place("networks/fast", Text("14×14 的特征图从哪来", "where maps of 14 × 14 come from")),
        Place("networks/sagan", Text("SAGAN 的两个网络，逐层看", "SAGAN’s two networks, layer by layer")),
    ),
    live_title=Text("一张真实特征图上的注意力", "Attention on a real feature map"),
    live_about=Text(
        "特征图是随附模型画这个数字时的真实激活。三个投影没有训练过：要么随机，要么直接拿特征互比。点图上的一处，看它注意哪里。",
        "The feature map is what the shipped model really had while drawing this digit. The projections are not trained: "
        "either random, or none at all, features being compared directly. Click a place to see where it looks.",
    ),
    live="attention",
    starts=(Start(Text("看练好的 SAGAN 注意哪里", "See where a trained SAGAN looks"), model="sagan", panel="inside"),),
    recipes=("sagan",),
)

STYLE = Paper(
    key="style",
    title="A Style-Based Generator Architecture for Generative Adversarial Networks",
    authors="Karras, Laine, Aila",
    published="CVPR 2019",
    arxiv=("1812.04948",),
    changed=(
        Text(
            "z 不再从底部灌进去。它先经过一个小网络变成 w，再在每一层决定“风格”：把那一层的每个通道归一化，按 w 说的重新定均值和幅度。最底下是一张"
            "学来的常数图。粗的层管姿态，细的层管笔触；细小的随机另由每层的噪声给出。",
            "z is no longer poured in at the bottom. A small network turns it into w, which sets the “style” of every layer: each "
            "channel is normalised, then given the mean and scale that w asks for. At the bottom stands a learnt constant. "
            "Coarse layers set the pose, fine ones the stroke, and noise in each layer adds the small accidents.",
        ),
        Text(
            r"因此可以混合：粗层用一个 w，细层用另一个。论文也用了截断 $w'=\bar w+\psi\,(w-\bar w)$，用多样性换取品质。",
            "Hence styles can be mixed: one w for the coarse layers, another for the fine. It also uses truncation, "
            r"$w'=\bar w+\psi\,(w-\bar w)$, which trades variety for quality.",
        ),
    ),
    formula=r"\mathrm{AdaIN}(x,y)=y_s\,\frac{x-\mu(x)}{\sigma(x)}+y_b",
    reads=Text(
        r"先去掉这一通道自己的均值 $\mu$ 和标准差 $\sigma$，再换上风格给的 $y_b$ 和 $y_s$。批归一化看一批图，它只看一张。",
        r"Take away the channel’s own mean $\mu$ and deviation $\sigma$, and give it $y_b$ and $y_s$ instead. Batch "
        r"normalisation looks at a whole batch, this at one picture alone.",
    ),
    quote=Text(
        "“StyleGAN：……通过控制生成样本的样式”",
        "“StyleGAN：……通过控制生成样本的样式” (StyleGAN: … by controlling the style of samples)",
    ),
    right=Text("说的是这篇论文，大意也对。", "It is this paper that is meant, and the gist is right."),
    wrong=Text("“StyleGAN”不是题目（T11）；题目是上面这个。", "“StyleGAN” is not its title (T11), which stands above."),
    places=(
        Place("tutorial/T11", Text("教程的这一条", "the tutorial’s line")),
        Place("networks/norm", Text("批归一化对一批图做什么", "what batch normalisation does to a batch")),
    ),
    live_title=Text("在两张真实特征图上换风格", "Changing style, on two real feature maps"),
    live_about=Text(
        "随附模型画两个数字时的激活，取其中一个通道。把内容图归一化，再用滑块给它新的均值和标准差，或照搬另一张的。",
        "One channel of what the shipped model really had while drawing two digits. Normalise the content, then give it a new "
        "mean and deviation, by hand or from the other.",
    ),
    live="style",
    starts=(Start(Text("混合练好的模型的风格", "Mix styles in a trained model"), model="style", panel="styles"),),
    recipes=("style",),
)
