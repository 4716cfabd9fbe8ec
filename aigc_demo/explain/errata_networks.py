"""Sections 4.3, 5.2 and 5.3 of the tutorial: layers that collapse (C9), dense ones called convolutional (C10), and a
chain of tanh (C11)."""

from __future__ import annotations

from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.counting import convolution_parameters, dense_parameters, tanh_layer_parameters
from aigc_demo.explain.erratum import Erratum, Evidence, Trial
from aigc_demo.text import Text

_G_WRITTEN, _G_NEEDED = dense_parameters(100, 256, 784), dense_parameters(100, 784)
_D_WRITTEN, _D_NEEDED = dense_parameters(784, 256, 1), dense_parameters(784, 1)
_CNN_G = (  # with two batch normalisations of four numbers a channel
    convolution_parameters(7, 100, 128, bias=False)
    + convolution_parameters(4, 128, 64, bias=False)
    + convolution_parameters(4, 64, 1)
    + 4 * (128 + 64)
)
_CNN_D = convolution_parameters(4, 1, 64) + convolution_parameters(14, 64, 1)
_CHAIN, _NARROW = dense_parameters(100, 256, 784, 784, 784, 784), dense_parameters(100, 256, 512, 784)

C9 = Erratum(
    id="C9",
    sections=("4.3", "5.2"),
    title=Text("层与层之间没有激活函数，两层等于一层", "No activation between two layers makes them one"),
    words=Text(
        "`layers.Dense(256, input_dim=784)`，没有 `activation`（§4.3 的 G 与 D，§5.2 的第一层）",
        "`layers.Dense(256, input_dim=784)` without an `activation` (G and D of §4.3, the first layers of §5.2)",
    ),
    as_written=(
        r"G(z)=\tanh\bigl(W_2(W_1z+b_1)+b_2\bigr)=\tanh(Az+b)",
        r"D(x)=\sigma\bigl(w_2(W_1x+b_1)+c_2\bigr)=\sigma(w\cdot x+c)",
    ),
    corrected=(
        r"G(z)=\tanh\bigl(W_2\,\phi(W_1z+b_1)+b_2\bigr)",
        r"s(x)=w_2\cdot\phi(W_1x+b_1)+c_2,\qquad\phi(t)=\max(t,0.2\,t)",
    ),
    code_written="self.dense1 = layers.Dense(256, input_dim=784)",
    code_corrected="self.dense1 = layers.Dense(256, activation=layers.LeakyReLU(negative_slope=0.2))",
    why=Text(
        rf"两个线性映射复合还是线性映射。D 的 {_D_WRITTEN:,} 个参数只相当于逻辑回归的 {_D_NEEDED} 个：它看得见的只有加权平均。"
        rf"只要假图的平均与真图的相同，这样的 D 就无从分辨，$\mathcal{{L}}_D$ 不可能低于 $2\ln2={TWO_LOG_TWO:.4f}$，"
        r"哪怕假图只是噪声。",
        rf"A linear map of a linear map is linear. D's {_D_WRITTEN:,} parameters are worth the {_D_NEEDED} of a logistic "
        r"regression, which sees weighted means and nothing else. Where fakes have the data's mean image such a D is "
        rf"blind, and $\mathcal{{L}}_D$ cannot fall below $2\ln2={TWO_LOG_TWO:.4f}$, be the fakes pure noise.",
    ),
    evidence=(
        Evidence(Text("D 写出来的参数", "parameters of D as written"), _D_WRITTEN, 0),
        Evidence(Text("真正起作用的（一层）", "those that count, in one layer"), _D_NEEDED, 0),
        Evidence(Text("G 写出来的参数", "parameters of G as written"), _G_WRITTEN, 0),
        Evidence(Text(r"一层 $\tanh(Az+b)$ 的参数", r"those of one layer, $\tanh(Az+b)$"), _G_NEEDED, 0),
        Evidence(
            Text(r"平均相同时 $\mathcal{L}_D$ 的下界", r"lower bound of $\mathcal{L}_D$ when the means agree"),
            TWO_LOG_TWO,
        ),
    ),
    steps=(
        Text(
            r"展开：$W_2(W_1z+b_1)+b_2=(W_2W_1)z+(W_2b_1+b_2)$。$W_2W_1$ 的秩不超过 100，所以在 tanh 之前，"
            r"G 的图都落在一个 100 维的平面上。",
            r"Expand: $W_2(W_1z+b_1)+b_2=(W_2W_1)z+(W_2b_1+b_2)$. The rank of $W_2W_1$ is at most 100, so before the tanh "
            r"all of G's images lie in one plane of 100 dimensions.",
        ),
        Text(
            r"D 的 logit 是 $s(x)=w\cdot x+c$，而 $-\mathcal{L}_D=\mathbb{E}_p\log\sigma(s)+\mathbb{E}_q\log\sigma(-s)$ "
            r"是 $(w,c)$ 的凹函数。",
            r"D's logit is $s(x)=w\cdot x+c$, and $-\mathcal{L}_D=\mathbb{E}_p\log\sigma(s)+\mathbb{E}_q\log\sigma(-s)$ is "
            r"concave in $(w,c)$.",
        ),
        Text(
            r"它在 $(0,0)$ 处对 $w$ 的梯度是 $\tfrac12(\mathbb{E}_p[x]-\mathbb{E}_q[x])$，对 $c$ 的是 0。"
            r"平均相同时两者都是 0，凹函数的驻点就是最大值：任何线性的 D 都有 $\mathcal{L}_D\ge2\ln2$。",
            r"Its gradient at $(0,0)$ is $\tfrac12(\mathbb{E}_p[x]-\mathbb{E}_q[x])$ by $w$ and 0 by $c$. When the means "
            r"agree both vanish, and a stationary point of a concave function is its maximum: "
            r"$\mathcal{L}_D\ge2\ln2$ for every linear D.",
        ),
        Text(
            r"所以“$D=\tfrac12$、$\mathcal{L}_D=2\ln2$”在这里不说明图像逼真，只说明平均图对了。两边一起训练时还可能绕着它转（见 C13）。",
            r"So “$D=\tfrac12$ and $\mathcal{L}_D=2\ln2$” does not mean good images here, only a right mean image. Trained "
            r"together, the players may moreover circle that point (see C13).",
        ),
        Text(
            "改正：每个隐藏层后面加一个 LeakyReLU(0.2)。一个就够：D 从此能看出像素之间的关系。",
            "The repair: a LeakyReLU(0.2) behind each hidden layer. One is enough for D to see how pixels go together.",
        ),
    ),
    watch=Text(
        "实验里的“假图”是打乱的真图：每个像素的平均分毫不差，看上去却是雪花。看两条 $L_D$：一条贴着虚线，一条落向 0。",
        "The fakes of the experiment are scrambled digits: each pixel's mean is exact, and they look like snow. Watch the two "
        "$L_D$: one clings to the dashed line, the other drops towards 0.",
    ),
    written_trial=Trial("non_saturating", {"g_recon_x": 0.0}, "tutorial_4_3"),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}, "tutorial_4_3_repaired"),
)

C10 = Erratum(
    id="C10",
    sections=("4.3", "3.1"),
    title=Text("文字说卷积，代码全是全连接", "The words say convolutional, the code is dense"),
    words=Text(
        "“生成器为一个三层的卷积神经网络，判别器为一个两层的卷积神经网络。”（§4.3；§3.1 也这样说）",
        "“生成器为一个三层的卷积神经网络，判别器为一个两层的卷积神经网络” (§4.3, and §3.1 likewise: G is a CNN of three "
        "layers, D one of two).",
    ),
    as_written=(),
    corrected=(),
    code_written="layers.Dense(256, …); layers.Dense(784, activation='tanh')",
    code_corrected="layers.Conv2DTranspose(64, 4, strides=2, padding='same', use_bias=False)",
    why=Text(
        "§4.3 的代码里没有一个卷积：G 两层、D 两层，都是 `Dense`；§5.2 是五层与三层，也都是。全连接层不知道哪些像素相邻："
        "把所有图的像素按同一个次序打乱，权重跟着换位，它的训练就一个数字都不会变。卷积网络靠的正是相邻，打乱就变差。",
        "There is no convolution in the code of §4.3: two layers of G and two of D, all `Dense`; in §5.2 five and three, all "
        "`Dense`. A dense layer does not know which pixels are neighbours: shuffle the pixels of all images in one fixed "
        "order, its weights along with them, and not a figure of its training changes. A convolutional net lives on "
        "neighbours, and suffers.",
    ),
    evidence=(
        Evidence(Text("§4.3 代码里的卷积层", "convolutions in the code of §4.3"), 0, 0),
        Evidence(Text("§4.3 的 G：全连接的参数", "§4.3's G: parameters, dense"), _G_WRITTEN, 0),
        Evidence(Text("照文字搭建的三层卷积 G", "the G of three convolutions in the words"), _CNN_G, 0),
        Evidence(Text("§4.3 的 D：全连接的参数", "§4.3's D: parameters, dense"), _D_WRITTEN, 0),
        Evidence(Text("照文字搭建的两层卷积 D", "the D of two convolutions in the words"), _CNN_D, 0),
    ),
    steps=(
        Text(
            r"设 $P$ 把 784 个像素重新排列。D 的第一层是 $W_1x$：把数据换成 $Px$、权重换成 $W_1P^{\top}$，"
            r"得到的是同一个数，因为 $P^{\top}P=I$。",
            r"Let $P$ rearrange the 784 pixels. D begins with $W_1x$: with $Px$ for the data and $W_1P^{\top}$ for the "
            r"weights the result is the same, since $P^{\top}P=I$.",
        ),
        Text(
            r"G 的最后一层把 $W_2$ 换成 $PW_2$，画出的就是打乱的图。梯度也跟着一起重排，而 Adam 逐个权重地走："
            r"每一步之后，两次训练仍是彼此的重排。",
            r"With $PW_2$ for $W_2$ in G's last layer it draws shuffled images. Gradients are rearranged alike, and Adam treats "
            r"each weight by itself: after every step the two runs are still rearrangements of one another.",
        ),
        Text(
            r"初值的分布对重排不变，所以“先打乱再训练”与“不打乱”在统计上完全一样：全连接的 GAN 不知道什么是笔画。",
            r"Initial weights are drawn alike for all pixels, so training on shuffled images is statistically the same as on "
            r"plain ones: a dense GAN has no notion of a stroke.",
        ),
        Text(
            rf"卷积核对每个位置用同一组权重，只看 $4\times4$ 的邻域；重排之后邻域里是不相干的像素。好处是省："
            rf"两层卷积的 D 只有 {_CNN_D:,} 个参数，是全连接的 {100 * _CNN_D / _D_WRITTEN:.0f}%。",
            rf"A convolution uses the same weights everywhere and looks at $4\times4$ neighbours, which are strangers after the "
            rf"shuffle. What it buys is thrift: the D of two convolutions has {_CNN_D:,} parameters, "
            rf"{100 * _CNN_D / _D_WRITTEN:.0f} % of the dense one's.",
        ),
    ),
    watch=Text(
        "训练页的“教程文字所述的 CNN”就是照这两句话搭的；与“教程 §4.3，已修正”比较笔画的连贯。",
        "The Train tab's “CNN of the tutorial's words” is built from that sentence; compare the strokes with “Tutorial §4.3, "
        "repaired”.",
    ),
    written_trial=Trial("non_saturating", {"g_recon_x": 0.0}, "tutorial_4_3_repaired"),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}, "tutorial_cnn"),
)

C11 = Erratum(
    id="C11",
    sections=("5.2",),
    title=Text("四层 784 维的 tanh 串成一条链", "Four 784-wide layers of tanh in a chain"),
    words=Text(
        "`self.dense2` 到 `self.dense5` 都是 `layers.Dense(784, activation='tanh')`，中间还有一个 `Flatten`（§5.2）",
        "`self.dense2` to `self.dense5` are all `layers.Dense(784, activation='tanh')`, with a `Flatten` among them (§5.2)",
    ),
    as_written=(r"h_{k+1}=\tanh(W_kh_k+b_k),\qquad k=2,\dots,5",),
    corrected=(r"h_1=\phi(W_1z+b_1),\quad h_2=\phi(W_2h_1+b_2),\quad G(z)=\tanh(W_3h_2+b_3)",),
    code_written="self.dense3 = layers.Dense(784, activation='tanh')  # also dense2, dense4, dense5",
    code_corrected="Dense(256), LeakyReLU(0.2), Dense(512), LeakyReLU(0.2), Dense(784, activation='tanh')",
    why=Text(
        rf"相连的两层 784 之间有 {tanh_layer_parameters():,} 个参数，三层就是 {3 * tanh_layer_parameters():,}，"
        rf"占整个 G 的 {100 * 3 * tanh_layer_parameters() / _CHAIN:.0f}%。而 $\tanh'=1-\tanh^2\le1$，每多一层，"
        r"反传的梯度就多乘一个不超过 1 的因子；图是黑白的，越学得好，末层越贴着 $\pm1$，因子越小。",
        rf"Between one 784-wide layer and the next stand {tanh_layer_parameters():,} parameters; three such layers have "
        rf"{3 * tanh_layer_parameters():,}, {100 * 3 * tanh_layer_parameters() / _CHAIN:.0f} % of G. And since "
        r"$\tanh'=1-\tanh^2\le1$, each layer multiplies the gradient on its way back by factors of at most 1; the images "
        r"are black and white, so the more is learnt, the closer the last layer is to $\pm1$ and the smaller they get.",
    ),
    evidence=(
        Evidence(Text("一层 784→784 的参数", "parameters of one layer, 784→784"), tanh_layer_parameters(), 0),
        Evidence(Text("§5.2 的 G", "§5.2's G"), _CHAIN, 0),
        Evidence(Text("修正后的 G", "the repaired G"), _NARROW, 0),
        Evidence(Text("倍数", "ratio"), _CHAIN / _NARROW, 1),
    ),
    steps=(
        Text(
            rf"$784\times784+784={tanh_layer_parameters()}$。`Flatten` 作用在向量上，什么也不做。",
            rf"$784\times784+784={tanh_layer_parameters()}$. A `Flatten` of a vector does nothing.",
        ),
        Text(
            r"反传：$\nabla_{h_k}=W_k^{\top}\bigl(\tanh'\odot\nabla_{h_{k+1}}\bigr)$。四层就有四个 $\tanh'$ 相乘，"
            r"每个都不超过 1；LeakyReLU 的斜率只有 1 与 0.2 两种，不会饱和。",
            r"Backwards $\nabla_{h_k}=W_k^{\top}\bigl(\tanh'\odot\nabla_{h_{k+1}}\bigr)$: four layers, four factors $\tanh'$, "
            r"none above 1. The slope of a LeakyReLU is 1 or 0.2 and never saturates.",
        ),
        Text(
            "实话实说：在 Keras 默认的初值下，梯度并没有一层一层消失（实验里列出了每层的范数）；代价主要是参数与时间。"
            "§5.2 的 D 也用 tanh；单把 D 换成修正后的，差距就小了大半（我们试过三个种子）。",
            "In fairness: with Keras's initial weights the gradient does not vanish layer by layer (the experiment lists every "
            "layer's norm); the price is mostly parameters and time. §5.2's D has a tanh too: with the repaired D in its "
            "place most of the difference goes (in the three seeds that we tried).",
        ),
        Text(
            rf"改正：tanh 只留在最后（把像素限制在 $[-1,1]$），中间用 LeakyReLU，宽度逐层增加：{_NARROW:,} 个参数，"
            rf"只有原来的 {100 * _NARROW / _CHAIN:.0f}%。",
            rf"The repair: tanh at the end only, where it keeps pixels in $[-1,1]$; LeakyReLU in between and widths that grow: "
            rf"{_NARROW:,} parameters, {100 * _NARROW / _CHAIN:.0f} % of before.",
        ),
    ),
    watch=Text(
        r"看 $\lVert\mathbb{E}G-\mu\rVert^2$：同样的步数之后，窄的网络已经近得多；再看训练页上每秒的步数。",
        r"Watch $\lVert\mathbb{E}G-\mu\rVert^2$: after as many steps the narrower nets are much nearer. Then compare the steps "
        r"per second on the Train tab.",
    ),
    written_trial=Trial("non_saturating", {"g_recon_x": 0.0}, "tutorial_5_2"),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}, "tutorial_5_2_repaired"),
)
