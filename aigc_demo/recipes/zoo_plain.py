"""The plain members of the zoo: one idea each, on networks as small as the idea allows.

Rates with odd digits are what a search found (`benchmarks/search_defaults.py`; the README's table has the studies).
"""

from __future__ import annotations

from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.text import Text

PLAIN = (
    Recipe(
        key="dcgan",
        title=Text("轻量 DCGAN", "Slim DCGAN"),
        story=Text(
            "Radford 等 2015 年的卷积 GAN，按 28×28 瘦身：每步的计算量约为 TensorFlow 教程版的五十分之一。不看标签，写几由它自己定。",
            "The convolutional GAN of Radford et al. (2015) made slim for 28×28: a step costs about a fiftieth of "
            "TensorFlow's tutorial version. It sees no labels and writes what it likes.",
        ),
        generator="dcgan",
        discriminator="dcgan",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(1e-3, 0.5, 0.99),
        d_optimiser=Optimiser(5e-4, 0.5, 0.99),
    ),
    Recipe(
        key="projection",
        title=Text("投影判别器", "Projection discriminator"),
        story=Text(
            "轻量 DCGAN 加上标签：G 得到 z 与标签，D 再用特征与类别向量的内积（Miyato 与 Koyama，2018）问“像不像这个数字”。指定写几就写几。",
            "The slim DCGAN with labels: G is given z and the label, and D asks with an inner product of its features and "
            "a vector of the class (Miyato and Koyama, 2018) whether it looks like that digit. It writes what you ask for.",
        ),
        generator="projection",
        discriminator="projection",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(7.8e-3, 0.5, 0.99),
        d_optimiser=Optimiser(2.2e-3, 0.5, 0.99),
        conditional=True,
        ema_decay=0.999,
    ),
    Recipe(
        key="acgan",
        title=Text("ACGAN：会读数字的判别器", "ACGAN: a discriminator that reads digits"),
        story=Text(
            "D 不知道标签，却要同时猜真假和读出是几（Odena 等，2017）；G 因画得好读而得奖，所以同一类容易千篇一律：标签准确率旁要看类内多样性。",
            "D is not told the label: it tells real from fake and reads the digit (Odena et al., 2017). G is rewarded for "
            "digits that are easy to read, so each class tends to look alike: see the diversity within classes, too.",
        ),
        generator="projection",
        discriminator="acgan",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(6.7e-3, 0.5, 0.99),
        d_optimiser=Optimiser(4.9e-3, 0.5, 0.99),
        conditional=True,
        class_head=True,
        auxiliaries=("acgan",),
        weights={"g_class": 1.0, "d_class": 1.0},
        ema_decay=0.999,
    ),
    Recipe(
        key="wgan_gp",
        title=Text("WGAN-GP", "WGAN-GP"),
        story=Text(
            "Gulrajani 等 2017 年的 WGAN-GP，用轻量 DCGAN 的网络：每步 D 更新三次，坡度偏离 1 要交罚款。得分差缩小就是在学习；每步较慢。",
            "WGAN-GP (Gulrajani et al., 2017) on the slim DCGAN's networks: three updates of D a step, and a charge on "
            "slopes other than 1. A shrinking gap of the scores means learning; its steps are slow.",
        ),
        generator="dcgan",
        discriminator="dcgan",
        latent_size=64,
        loss="wgan_gp",
        batch_size=64,
        g_optimiser=Optimiser(1.6e-3, 0.0, 0.9),
        d_optimiser=Optimiser(4.1e-3, 0.0, 0.9),
    ),
    Recipe(
        key="r3gan",
        title=Text("小型 R3GAN", "Small R3GAN"),
        story=Text(
            "Huang 等 2024 年的 R3GAN：相对配对的损失，每步都罚 D 在真图与假图处的坡度，网络里没有归一化也没有 tanh。像素可能超出范围，显示时截断。",
            "R3GAN (Huang et al., 2024): a relativistic loss, D charged at every step for its slopes at real images and "
            "fakes, and networks without normalisation or tanh. Pixels may leave their range and are clipped for display.",
        ),
        generator="r3gan",
        discriminator="r3gan",
        latent_size=64,
        loss="r3gan",
        batch_size=64,
        g_optimiser=Optimiser(2e-3, 0.0, 0.99),
        d_optimiser=Optimiser(2e-3, 0.0, 0.99),
        weights={"d_r1": 1.0, "d_r2": 1.0},  # γ of both, at every step: the paper found lazy ones to fail
    ),
    Recipe(
        key="mlp",
        title=Text("全连接：每秒步数最多", "Dense: the most steps per second"),
        story=Text(
            "三层全连接的 G 与 D，没有卷积：一秒内步数最多，笔画边缘却总带着零散的噪点，因为它不知道哪些像素相邻。",
            "G and D of three dense layers, no convolution: the most steps in a second, but strokes keep specks around "
            "them, since it does not know which pixels are neighbours.",
        ),
        generator="mlp",
        discriminator="mlp",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(1e-3, 0.0, 0.99),
        d_optimiser=Optimiser(1e-3, 0.5, 0.99),
        discriminator_steps=2,
    ),
    Recipe(
        key="half",
        title=Text("半宽：给慢机器", "Half width: for slow machines"),
        story=Text(
            "带标签的轻量 DCGAN，宽度减到四分之三、z 减半：一步的计算量少四成，为慢机器准备。指定写几就写几。",
            "The slim DCGAN with labels at three quarters of its width and with half its z: two fifths less work in a step, "
            "for slow machines. It writes the digit you ask for.",
        ),
        generator="half",
        discriminator="half",
        latent_size=32,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(1e-3, 0.5, 0.99),
        d_optimiser=Optimiser(5e-4, 0.5, 0.99),
        conditional=True,
    ),
    Recipe(
        key="shuffle",
        title=Text("像素重排", "Pixel shuffle"),
        story=Text(
            "所有卷积都在 7×7 上做，最后才把 16 个通道重排成 4×4 像素（Shi 等，2016）：CPU 喜欢这样。用 ICNR 起步，否则开始时满是网格。",
            "All convolutions happen at 7×7; at the end 16 channels become 4×4 pixels (Shi et al., 2016), which suits a "
            "CPU. It starts with ICNR, or its first pictures would be full of a grid.",
        ),
        generator="shuffle",
        discriminator="shuffle",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(3.8e-3, 0.5, 0.99),
        d_optimiser=Optimiser(4.6e-3, 0.5, 0.99),
    ),
)
