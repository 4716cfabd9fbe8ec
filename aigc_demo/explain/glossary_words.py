"""The glossary's words: what each is called in both languages, what it means in one sentence, and how else it is written."""

from __future__ import annotations

from dataclasses import dataclass

from aigc_demo.text import Lang, Text, plain

_NO_OTHERS = plain("")


@dataclass(frozen=True)
class Word:
    """A word and its definition. `also` are other spellings by which a text may name it, with `|` between them."""

    key: str
    name: Text
    meaning: Text
    also: Text = _NO_OTHERS

    def spellings(self, lang: Lang) -> tuple[str, ...]:
        """What this word looks like in a text of this language: Chinese texts use some English words as they are."""
        return tuple(dict.fromkeys([self.name(lang), *filter(None, self.also(lang).split("|"))]))


WORDS: tuple[Word, ...] = (
    Word(
        "gan",
        Text("生成对抗网络", "generative adversarial network"),
        Text(
            "两个网络互相竞争：一个造假，一个辨真假，造假的由此学会像真数据那样生成。",
            "Two networks in contest: one makes fakes, one tells them from real data, and so the first learns to generate.",
        ),
        plain("GAN|generative adversarial networks"),
    ),
    Word(
        "generator",
        Text("生成器", "generator"),
        Text(
            "把随机的 z 变成图像的网络 G；它从不直接看见数据。",
            "The network G that turns a random z into an image; it never sees the data itself.",
        ),
        plain("generators"),
    ),
    Word(
        "discriminator",
        Text("判别器", "discriminator"),
        Text(
            "给每张图打分的网络 D：分数越高，越认为它是真的。",
            "The network D that scores an image: the higher, the more it takes it for real.",
        ),
        plain("discriminators"),
    ),
    Word(
        "critic",
        Text("评分者", "critic"),
        Text(
            "输出不是概率、只是得分的判别器，Wasserstein 一类的损失用它。",
            "A discriminator whose output is a score and no probability, as in Wasserstein losses.",
        ),
        plain("critics"),
    ),
    Word(
        "latent",
        Text("隐空间", "latent space"),
        Text(
            "随机向量 z 所在的空间；G 把它的每一点变成一张图。",
            "The space of the random vectors z; G turns each of its points into an image.",
        ),
        Text("latent|latent vector|隐向量", "latent|latent vector"),
    ),
    Word(
        "logit",
        Text("logit", "logit"),
        Text(
            "sigmoid 之前的那个数 s：0 是“说不准”，正的偏真，负的偏假。",
            "The number s before the sigmoid: 0 is undecided, positive leans to real, negative to fake.",
        ),
        plain("logits"),
    ),
    Word(
        "sigmoid",
        Text("sigmoid", "sigmoid"),
        Text(
            "σ(s) = 1/(1+e^−s)，把任何数变成 0 到 1 之间的概率。",
            "σ(s) = 1/(1+e^−s), which turns any number into a probability between 0 and 1.",
        ),
    ),
    Word(
        "softplus",
        Text("softplus", "softplus"),
        Text(
            "log(1+e^t)：不会溢出的写法，−log σ(s) 就是 softplus(−s)。",
            "log(1+e^t), the form that does not overflow: −log σ(s) is softplus(−s).",
        ),
    ),
    Word(
        "loss",
        Text("损失", "loss"),
        Text(
            "网络要压低的那个数；GAN 里两个网络各有一个，此消彼长。",
            "The number that a network is to make small; in a GAN each of the two has its own.",
        ),
        Text("losses|损失函数", "losses"),
    ),
    Word(
        "term",
        Text("损失项", "loss term"),
        Text("损失是几项之和，每一项提一个要求。", "One summand of a loss: each asks for one thing."),
        plain("loss terms"),
    ),
    Word(
        "gradient",
        Text("梯度", "gradient"),
        Text(
            "损失对每个数的斜率：往它的反方向走一小步，损失就变小。",
            "The slope of the loss by every number: a small step against it makes the loss smaller.",
        ),
        plain("gradients"),
    ),
    Word(
        "gradient_norm",
        Text("梯度范数", "gradient norm"),
        Text(
            "全部梯度的长度；接近 0 就是网络不再动了。",
            "The length of the whole gradient; near 0 the network no longer moves.",
        ),
        plain("gradient norms"),
    ),
    Word(
        "non_saturating",
        Text("非饱和", "non-saturating"),
        Text(
            "G 压低 −log D(G(z))：越是被识破，推力越大。",
            "G lowers −log D(G(z)): the more it is found out, the harder it is pushed.",
        ),
    ),
    Word(
        "minimax",
        Text("极小极大", "minimax"),
        Text("D 推高、G 压低同一个值 V(D,G)。", "One value V(D,G), which D raises and G lowers."),
        plain("min-max"),
    ),
    Word(
        "saturation",
        Text("饱和", "saturation"),
        Text(
            "损失的斜率趋于 0：错得离谱，却得不到纠正。",
            "The slope of a loss goes to 0: hopelessly wrong, and yet not corrected.",
        ),
        plain("saturates|saturated|saturating"),
    ),
    Word(
        "hinge",
        Text("合页损失", "hinge loss"),
        Text(
            "真图高过 +1、假图低过 −1 之后就不再要求什么的损失。",
            "A loss that asks for nothing more once real is above +1 and fake below −1.",
        ),
        plain("hinge"),
    ),
    Word(
        "lsgan",
        Text("最小二乘损失", "least squares"),
        Text("让得分靠近目标值的平方损失。", "A squared loss that draws scores to target values."),
        plain("LSGAN"),
    ),
    Word(
        "wasserstein",
        Text("Wasserstein 距离", "Wasserstein distance"),
        Text(
            "把一堆土搬成另一堆的最小工作量；两个分布不重叠时它仍有斜率。",
            "The least work of moving one heap into another; it has a slope even where distributions do not overlap.",
        ),
        plain("W₁|WGAN|Wasserstein"),
    ),
    Word(
        "relativistic",
        Text("相对损失", "relativistic loss"),
        Text(
            "只比较真图和假图的得分之差，分数的绝对高低不算。",
            "A loss of the difference of a real and a fake score alone; the level does not count.",
        ),
        plain("relativistic"),
    ),
    Word(
        "lipschitz",
        Text("Lipschitz 约束", "Lipschitz bound"),
        Text(
            "限制得分的坡度：图变一点，得分也只许变一点。",
            "A limit on how steep a score may be: a small change of the image changes it only a little.",
        ),
        plain("Lipschitz|1-Lipschitz"),
    ),
    Word(
        "gradient_penalty",
        Text("梯度惩罚", "gradient penalty"),
        Text(
            "给 D 的坡度加的一项代价，使它不要太陡。",
            "A price on the slope of D, so that it does not become too steep.",
        ),
        plain("WGAN-GP"),
    ),
    Word(
        "r1",
        Text("R1", "R1"),
        Text(
            "真图处 D 的坡度平方之半：在均衡处为 0，能止住打转。",
            "Half the squared slope of D at real images: zero at equilibrium, and it stops the circling.",
        ),
        plain("R2"),
    ),
    Word(
        "clipping",
        Text("权重截断", "weight clipping"),
        Text(
            "每步之后把 D 的权重压回 ±c，粗暴的 Lipschitz 约束。",
            "Forcing D’s weights back into ±c after every step: a crude Lipschitz bound.",
        ),
        Text("截断权重", "clipped weights"),
    ),
    Word(
        "spectral_norm",
        Text("谱归一化", "spectral normalisation"),
        Text(
            "把每层权重除以它的最大奇异值，让每层最多放大 1 倍。",
            "Each layer’s weights divided by their largest singular value, so that no layer magnifies.",
        ),
    ),
    Word(
        "batch_norm",
        Text("批归一化", "batch normalisation"),
        Text(
            "用一批图的均值和标准差把每个通道拉回均值 0、标准差 1。",
            "Each channel brought to mean 0 and deviation 1 by the statistics of its batch.",
        ),
        plain("BN|BatchNorm|batch norm"),
    ),
    Word(
        "dropout",
        Text("随机失活", "dropout"),
        Text(
            "训练时随机关掉一部分神经元，以防死记。",
            "Switching off random neurons while training, against learning by heart.",
        ),
        plain("Dropout"),
    ),
    Word(
        "convolution",
        Text("卷积", "convolution"),
        Text("用同一个小窗口扫过整张图的层。", "A layer that slides one small window over the whole image."),
        plain("convolutions|convolutional|CNN"),
    ),
    Word(
        "transposed_convolution",
        Text("转置卷积", "transposed convolution"),
        Text(
            "把小图放大的卷积，步长 2 就是放大一倍。", "A convolution that enlarges: with stride 2, by a factor of two."
        ),
        plain("transposed convolutions"),
    ),
    Word(
        "stride",
        Text("步长", "stride"),
        Text(
            "窗口每次挪几个像素；2 会让图缩小一半。", "How many pixels the window moves at a time; 2 halves the image."
        ),
        plain("strides"),
    ),
    Word(
        "pixel_shuffle",
        Text("像素重排", "pixel shuffle"),
        Text("把通道里的数摊开成更大的图。", "Spreading the numbers of several channels out as a larger image."),
        plain("depth-to-space"),
    ),
    Word(
        "leaky_relu",
        Text("LeakyReLU", "LeakyReLU"),
        Text(
            "正数照旧，负数乘一个小系数：负的一侧也有斜率。",
            "Positive numbers pass, negative ones are made small: it has a slope on both sides.",
        ),
        plain("leaky ReLU"),
    ),
    Word("relu", Text("ReLU", "ReLU"), Text("正数照旧，负数变 0。", "Positive numbers pass, negative ones become 0.")),
    Word(
        "activation",
        Text("激活函数", "activation"),
        Text(
            "层与层之间的非线性函数；没有它，多少层都等于一层。",
            "The non-linear function between layers; without it any number of layers is one.",
        ),
        plain("activations|activation function"),
    ),
    Word(
        "adam",
        Text("Adam", "Adam"),
        Text(
            "按每个权重自己的梯度历史调整步子的优化器。",
            "An optimiser that fits each weight’s step to the history of its own gradient.",
        ),
    ),
    Word(
        "learning_rate",
        Text("学习率", "learning rate"),
        Text("每一步走多远。", "How far each step goes."),
        plain("learning rates"),
    ),
    Word(
        "momentum",
        Text("动量", "momentum"),
        Text(
            "步子里保留的旧方向；在对抗里太大容易来回甩。",
            "The share of old directions kept in a step; in a contest too much of it overshoots.",
        ),
        plain("β₁"),
    ),
    Word(
        "ttur",
        Text("TTUR", "TTUR"),
        Text("两个网络用不同的学习率。", "Different learning rates for the two networks."),
        Text("two time-scale update rule|两种时间尺度", "two time-scale update rule"),
    ),
    Word(
        "batch",
        Text("批", "batch"),
        Text("一步里一起用的那些图。", "The images that are used together in one step."),
        plain("mini-batch|batches"),
    ),
    Word(
        "epoch",
        Text("轮", "epoch"),
        Text("把全部训练图看过一遍。", "One pass over all training images."),
        plain("epochs"),
    ),
    Word(
        "ema",
        Text("EMA", "EMA"),
        Text(
            "权重的滑动平均：比当前的权重更稳，画面更干净。",
            "A moving average of the weights: steadier than the present ones, with cleaner pictures.",
        ),
        Text("moving average|滑动平均", "moving average"),
    ),
    Word(
        "equilibrium",
        Text("均衡", "equilibrium"),
        Text(
            "谁单独改变都占不到便宜的状态；标准 GAN 在此处 D 处处为 ½。",
            "Where neither gains by a change of its own; in the standard GAN D is ½ everywhere there.",
        ),
        Text("Nash equilibrium|均衡点", "Nash equilibrium"),
    ),
    Word(
        "mode_collapse",
        Text("模式坍缩", "mode collapse"),
        Text("G 只画少数几种，其余的都丢了。", "G draws a few kinds only and loses all others."),
        Text("collapse|collapses|坍缩", "collapse|collapses"),
    ),
    Word(
        "mode",
        Text("模式", "mode"),
        Text("数据聚集的一团，例如一种数字。", "A clump in which data gather, such as one digit."),
        plain("modes"),
    ),
    Word(
        "jsd",
        Text("JS 散度", "JS divergence"),
        Text(
            "两个分布差多少，0 到 ln 2；完全不重叠时停在 ln 2，没有斜率。",
            "How far apart two distributions are, 0 to ln 2; without overlap it rests at ln 2 and has no slope.",
        ),
        plain("Jensen-Shannon|JSD"),
    ),
    Word(
        "kl",
        Text("KL 散度", "KL divergence"),
        Text(
            "用一个分布代替另一个时多花的信息量，不对称。",
            "The extra information it costs to take one distribution for the other; it is not symmetric.",
        ),
        plain("KL"),
    ),
    Word(
        "total_variation",
        Text("总变差", "total variation"),
        Text("两个分布之差的绝对值之和的一半。", "Half the summed absolute difference of two distributions."),
    ),
    Word(
        "digit_fd",
        Text("digit-FD", "digit-FD"),
        Text(
            "用本项目自己的数字特征算的 Fréchet 距离；和别处的 FID 不可比。",
            "A Fréchet distance on this project’s own digit features; not comparable with FID elsewhere.",
        ),
    ),
    Word(
        "fid",
        Text("FID", "FID"),
        Text(
            "真假两批图的 Inception 特征看成高斯分布，它们之间的距离。",
            "The distance of two batches’ Inception features, each taken for a Gaussian.",
        ),
        plain("Fréchet Inception distance"),
    ),
    Word(
        "kid",
        Text("KID", "KID"),
        Text(
            "特征的无偏最大均值差异，样本少时也不偏。",
            "An unbiased mean discrepancy of features, fair for few samples too.",
        ),
    ),
    Word(
        "coverage",
        Text("覆盖率", "coverage"),
        Text("附近有假图的真图占多大比例。", "The share of real images with a fake one nearby."),
    ),
    Word(
        "density_metric",
        Text("密度", "density"),
        Text("平均每张假图落进多少张真图的邻域。", "How many real neighbourhoods a fake falls into, on average."),
    ),
    Word(
        "memorisation",
        Text("死记", "memorisation"),
        Text("G 把训练图背下来，而不是学会怎样画。", "G reproduces training images instead of learning to draw."),
        plain("memorise"),
    ),
    Word(
        "truncation",
        Text("截断", "truncation"),
        Text("把 z 拉近中心：更典型，也更单调。", "Pulling z towards the centre: more typical, and less varied."),
        plain("ψ"),
    ),
    Word(
        "slerp",
        Text("球面插值", "slerp"),
        Text(
            "沿球面从一个 z 走到另一个，长度不变。",
            "Going from one z to another along the sphere, so that its length stays.",
        ),
    ),
    Word(
        "inversion",
        Text("反演", "inversion"),
        Text("给一张图，找出能画出它的 z。", "Finding the z that draws a given image."),
    ),
    Word(
        "conditional",
        Text("条件生成", "conditional"),
        Text("告诉 G 要画哪一类。", "Telling G which class to draw."),
        plain("conditional GAN"),
    ),
    Word(
        "attention",
        Text("自注意力", "self-attention"),
        Text("每个位置按相似度去看所有其他位置。", "Each place looks at all others, weighted by likeness."),
        Text("attention|注意力", "attention"),
    ),
    Word(
        "progressive_growing",
        Text("渐进式生长", "progressive growing"),
        Text("先学小图，再一层层加大。", "Learning small images first, then growing layer by layer."),
    ),
    Word(
        "style_generator",
        Text("风格生成器", "style-based generator"),
        Text("由 w 在每一层调节均值和标准差的生成器。", "A generator in which w sets each layer’s mean and deviation."),
        plain("StyleGAN"),
    ),
    Word(
        "seed",
        Text("种子", "seed"),
        Text(
            "决定全部随机数的那个整数：同一个种子，同一次训练。",
            "The integer that fixes all random numbers: one seed, one run.",
        ),
        plain("seeds"),
    ),
    Word(
        "held_out",
        Text("留出的数字", "held-out digits"),
        Text("训练从不看、只用来检验的图。", "Images that training never sees, kept for testing."),
        plain("held-out|held out"),
    ),
    Word(
        "checkpoint",
        Text("检查点", "checkpoint"),
        Text(
            "存下来的权重和设置，可以接着训练或拿去生成。",
            "Saved weights and settings, to go on from or to generate with.",
        ),
        plain("checkpoints"),
    ),
)
