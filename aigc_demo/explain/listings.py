"""The tutorial's code, in our own rendering, line by line: what each line says and what is wrong with it.

Names that an erratum is about are the tutorial's; everything else is ours. The last blocks of 4.3 and 5.2 are the same.
"""

from __future__ import annotations

from aigc_demo.explain import counting
from aigc_demo.explain.section import Line, Listing
from aigc_demo.text import Text

_STEPS = f"{counting.steps_in_all():,}"
_TRUE_STEPS = counting.true_steps_of_an_epoch()
_STACKED = 784 * 784 + 784  # one Dense(784) on 784 numbers

NETWORKS = Listing(
    Text("网络（§4.3）", "The networks (§4.3)"),
    (
        Line(
            "G: Dense(256, input_dim=100)",
            Text("第一层把 100 个噪声变成 256 个数。", "The first layer turns 100 random numbers into 256."),
            Text(
                "没有激活函数，两层线性合成一层（C9）；`input_dim` 在自定义模型里不起作用，也无害。",
                "No activation: two linear layers collapse into one (C9). `input_dim` does nothing in a model class, and "
                "no harm.",
            ),
            ("C9",),
        ),
        Line(
            "G: Dense(784, activation='tanh')",
            Text(
                r"输出 784 个像素，$\tanh$ 落在 $(-1,1)$。",
                r"784 pixels; $\tanh$ keeps them in $(-1,1)$.",
            ),
            Text(
                "输出范围与没有缩放的 0–255 图像对不上（C7）；文字说的是三层卷积（C10）。",
                "That range does not meet images left at 0–255 (C7); the words promise three convolutions (C10).",
            ),
            ("C7", "C10"),
        ),
        Line(
            "D: Dense(256, input_dim=784)",
            Text("把一张图变成 256 个数。", "An image becomes 256 numbers."),
            Text(
                "仍没有激活：D 只是逻辑回归，只看得见平均图（C9）。",
                "Again no activation: D is logistic regression and sees little but the mean image (C9).",
            ),
            ("C9",),
        ),
        Line(
            "D: Dense(1, activation='sigmoid')",
            Text("输出一个概率。", "One probability."),
            Text(
                "损失函数会再做一次 sigmoid（C4）。",
                "The loss applies a second sigmoid (C4).",
            ),
            ("C4",),
        ),
    ),
)

LOSSES_AND_OPTIMISERS = Listing(
    Text("损失与优化器（§4.3，§5.2 相同）", "Losses and optimisers (§4.3, the same in §5.2)"),
    (
        Line(
            "import BinaryCrossentropy",
            Text("引入 Keras 的交叉熵。", "Imports Keras's cross-entropy."),
            Text("引入了却没用（C15）。", "Imported and never used (C15)."),
            ("C15",),
        ),
        Line(
            "gen_loss = disc_loss = mean BCE(labels=y_true, logits=y_pred)",
            Text("两个损失函数，内容一模一样。", "Two loss functions, one and the same."),
            Text(
                "`logits` 要的是 logit，D 给的却是概率（C4）；§5.3 对它的解释也不对（C18）。",
                "`logits` asks for a logit and D gives a probability (C4); nor does §5.3 describe it rightly (C18).",
            ),
            ("C4", "C18"),
        ),
        Line(
            "gen_loss = gen_loss",
            Text("把名字赋给它自己。", "A name assigned to itself."),
            Text("什么也不做；真正的同名覆盖在后面（C5）。", "Does nothing; the harmful overwriting comes later (C5)."),
            ("C5",),
        ),
        Line(
            "Adam(learning_rate=0.0002)  # twice",
            Text("两个 Adam，学习率照 DCGAN。", "Two Adams with DCGAN's learning rate."),
            Text(
                r"DCGAN 的 2e-4 是与 $\beta_1=0.5$ 配的，这里是默认的 0.9（C14）。",
                r"DCGAN pairs 2e-4 with $\beta_1=0.5$; here it is the default, 0.9 (C14).",
            ),
            ("C14",),
        ),
    ),
)

LOOP = Listing(
    Text("训练循环（§4.3，§5.2 相同）", "The training loop (§4.3, the same in §5.2)"),
    (
        Line(
            f"for epoch in range({counting.EPOCHS}): for _ in range({counting.BATCH}):",
            Text(
                f"{counting.EPOCHS:,} 轮，每轮 {counting.BATCH} 步。",
                f"{counting.EPOCHS:,} epochs of {counting.BATCH} steps.",
            ),
            Text(
                f"把批大小当成了步数：合计 {_STEPS} 步；一轮本应是 {_TRUE_STEPS} 步（C8）。也没有编译（C16）。",
                f"The batch size serves as the number of steps: {_STEPS} in all, where an epoch has {_TRUE_STEPS} (C8). "
                f"Nothing is compiled (C16).",
            ),
            ("C8", "C16"),
        ),
        Line(
            "noise = tf.random.normal([128, 100])",
            Text("每步一批新的噪声，这一行是对的。", "Fresh noise for every step: this line is right."),
        ),
        Line(
            "generated_images = gen(noise)",
            Text("G 画一批图。", "G draws a batch."),
            Text(
                "`gen` 从没创建过：NameError。也没有传 `training=True`（C12）。",
                "No `gen` was ever made: NameError. Nor is `training=True` passed (C12).",
            ),
            ("C12",),
        ),
        Line(
            "real_images = train_images[0]",
            Text("取真图。", "Takes real images."),
            Text(
                "只取了一张，永远是同一张，像素还是 0–255（C6、C7）。",
                "One image, for ever the same, with pixels of 0–255 (C6, C7).",
            ),
            ("C6", "C7"),
        ),
        Line(
            "disc_loss(real_images, real_labels)",
            Text("D 在真图上的损失。", "D's loss on real images."),
            Text(
                "D 没有出现，图像站在标签的位置上（C1）。",
                "There is no D in it, and the images stand in for labels (C1).",
            ),
            ("C1",),
        ),
        Line(
            "disc_loss(generated_images, fake_labels)",
            Text("D 在假图上的损失。", "D's loss on fakes."),
            Text("同样的错（C1）。", "The same mistake (C1)."),
            ("C1",),
        ),
        Line(
            "gen_loss = gen_loss(generated_images, fake_labels)",
            Text("G 的损失。", "G's loss."),
            Text(
                "恒为 $\\log2$（C2）；目标是“假”（C3）；函数被结果覆盖（C5）。",
                "It is $\\log2$ for ever (C2), with the target “fake” (C3), and overwrites the function (C5).",
            ),
            ("C2", "C3", "C5"),
        ),
        Line(
            "gen_tape.gradient(…);  disc_tape.gradient(…)",
            Text("各求各的梯度。", "Each player's gradients."),
            Text(
                "D 的全是 None，G 的全是 0（C1、C2）。",
                "All None for D, all 0 for G (C1, C2).",
            ),
            ("C1", "C2"),
        ),
        Line(
            "gen_optimizer.apply_gradients(…);  disc_optimizer.apply_gradients(…)",
            Text("更新两张网络。", "Updates both nets."),
            Text(
                "这是同时更新，不是文字说的交替（C13）。",
                "That is simultaneous, not the alternation of the words (C13).",
            ),
            ("C13",),
        ),
    ),
)

DEEPER_NETWORKS = Listing(
    Text("更深的网络（§5.2）", "The deeper networks (§5.2)"),
    (
        Line(
            "G: Dense(256) → Dense(784, tanh) → Flatten",
            Text("先与 §4.3 相同，再展平。", "First as in §4.3, then flattened."),
            Text("展平一个本来就平的向量，什么也没做。", "To flatten what is flat already does nothing."),
            ("C11",),
        ),
        Line(
            "G: Dense(784, tanh) × 3",
            Text(f"再叠三层，每层 {_STACKED:,} 个参数。", f"Three more layers, of {_STACKED:,} parameters each."),
            Text(
                r"每层 $\tanh'\le1$，梯度一层层变小（C11）。",
                r"Every layer has $\tanh'\le1$, and gradients shrink from layer to layer (C11).",
            ),
            ("C11",),
        ),
        Line(
            "D: Dense(256) → Dense(128, tanh) → Dense(1, sigmoid)",
            Text("D 多了一层，这次有激活。", "D has one more layer, this time with an activation."),
            Text(
                "第一层仍没有激活（C9），最后仍是概率（C4）。",
                "The first still has none (C9), and the last still gives a probability (C4).",
            ),
            ("C9", "C4"),
        ),
    ),
)
