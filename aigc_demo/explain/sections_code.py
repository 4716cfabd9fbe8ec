"""Sections 4.3 and 5 of the tutorial: its code, its environment, its reading of the code and its result."""

from __future__ import annotations

from aigc_demo.explain import counting, listings
from aigc_demo.explain.erratum import Trial
from aigc_demo.explain.section import Paragraph, Section
from aigc_demo.text import Text

_REPAIRED = Trial("non_saturating", {"g_recon_x": 0.0})
_DEEPER = Trial("non_saturating", {}, "tutorial_5_2_repaired")

CODE = Section(
    ("4.3",),
    Text("案例：代码逐行读", "The example: its code, line by line"),
    says=(
        Paragraph(
            Text(
                "（§4.3）三层卷积的生成器、两层卷积的判别器，在 MNIST 上训练。下面是我们自己的转写，每行说明它做什么、错在哪里。",
                "(§4.3) A generator of three convolutional layers and a discriminator of two, trained on MNIST. Below is our "
                "own rendering of the code; each line says what it does and what is wrong.",
            ),
            ("erratum/C10", "networks/tutorial_4_3"),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "骨架是对的：噪声进 G，两条梯度带，两个优化器，各自更新自己的变量。修好之后它确实会画数字。",
                "The skeleton is right: noise into G, two tapes, two optimisers, each for its own variables. Repaired, it "
                "does draw digits.",
            ),
            ("networks/tutorial_4_3_repaired",),
            _REPAIRED,
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                "照原样它一步也走不完：每修一处，就露出下一个异常。真正的异常由一个子进程里的转写抛出，不是打字打上去的。",
                "As printed it does not complete one step: each repair uncovers the next exception. The exceptions are real, "
                "raised by our rendering in a process of its own, not typed in.",
            ),
            ("tutorial/ladder", "erratum/C1", "erratum/C2", "erratum/C5"),
        ),
        Paragraph(
            Text(
                "能跑之后更要紧：两条损失好看，网络却什么也没学（C3、C4、C6）。看梯度范数和画面，不要只看损失。",
                "What matters comes once it runs: both losses look fine and nothing is learnt (C3, C4, C6). Watch gradient "
                "norms and pictures, not losses alone.",
            ),
            ("erratum/C3", "erratum/C4", "erratum/C6", "losses/double_sigmoid", "losses/g_target_zero"),
            Trial("double_sigmoid", {"g_recon_x": 0.0}),
        ),
    ),
    listings=(listings.NETWORKS, listings.LOSSES_AND_OPTIMISERS, listings.LOOP),
    experiment="ladder",
)

ENVIRONMENT = Section(
    ("5.1",),
    Text("开发环境", "The environment"),
    says=(
        Paragraph(
            Text(
                "（§5.1）用 conda 建 Python 3.8 的环境，按 CUDA 版本安装 TensorFlow 2.5.0。",
                "(§5.1) A conda environment with Python 3.8, and TensorFlow 2.5.0 to match the CUDA version.",
            ),
            ("erratum/C19",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "给每个项目一个独立的环境，是好习惯。",
                "An environment of its own for each project is a good habit.",
            ),
            ("erratum/C19",),
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                "Python 3.8 已停止维护，当前的 TensorFlow 也不再支持它。一个 venv 加当前的 TensorFlow 就够，"
                "CPU 也能训练这里的每个配方。",
                "Python 3.8 is out of support, and a current TensorFlow no longer runs on it. A venv with a current "
                "TensorFlow will do, and a CPU trains every recipe here.",
            ),
            ("erratum/C19",),
            Trial("non_saturating", {}, "fast"),
        ),
    ),
)

DEEPER = Section(
    ("5.2",),
    Text("源代码：更深的网络", "The source code: deeper networks"),
    says=(
        Paragraph(
            Text(
                "（§5.2）网络加深，其余三段与 §4.3 一字不差，错误也一样。",
                "(§5.2) Deeper nets; the other three blocks repeat §4.3 to the letter, mistakes included.",
            ),
            ("networks/tutorial_5_2",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "D 终于有了一个非线性层，比 §4.3 看得多。",
                "D has a nonlinear layer at last and sees more than that of §4.3.",
            ),
            ("networks/tutorial_5_2_repaired", "erratum/C9"),
            _DEEPER,
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                "深不等于好：四个等宽的 $\\tanh$ 层首尾相接，每过一层梯度都要乘上一个不大于 1 的因子（C11）。"
                "宽度逐层放大、中间用 LeakyReLU，参数少得多。",
                "Deeper is not better: through four equally wide $\\tanh$ layers in a row, the gradient meets a factor of "
                "at most 1 at each (C11). Widths that grow, with LeakyReLU between, need far fewer parameters.",
            ),
            ("erratum/C11", "networks/tutorial_5_2"),
        ),
    ),
    listings=(listings.DEEPER_NETWORKS,),
)

READING = Section(
    ("5.3",),
    Text("代码解读", "Its reading of the code"),
    says=(
        Paragraph(
            Text(
                "（§5.3）逐个解释类、损失、优化器和循环；并说用了“正则化技术（如Dropout）”。",
                "(§5.3) Explains classes, losses, optimisers and the loop, and says that regularisation such as Dropout is "
                "used.",
            ),
            ("erratum/C12", "erratum/C18"),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "`__init__` 建层、`call` 定义映射、两个优化器各管一张网络：都对。",
                "`__init__` makes the layers, `call` maps inputs to outputs, and each optimiser has a net of its own: all "
                "right.",
            ),
            ("networks/tutorial_4_3_repaired",),
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                "代码里没有 Dropout；就算有，自己写的循环不传 `training=True` 也不起作用（C12）。",
                "There is no Dropout in the code; and if there were, a loop that does not pass `training=True` would leave "
                "it idle (C12).",
            ),
            ("erratum/C12",),
        ),
        Paragraph(
            Text(
                "生成器损失不是“假样本与真实标签之间的差异”（C18）；“每个 batch”“交替”也都不是代码做的事（C8、C13）。",
                "G's loss is no difference between fakes and true labels (C18); nor does the code go through batches (C8) or "
                "alternate (C13).",
            ),
            ("erratum/C18", "erratum/C8", "erratum/C13"),
        ),
        Paragraph(
            Text(
                r"真正管用的正则化是罚梯度：R1、WGAN-GP、DRAGAN。它们各加一项，曲线各有一条。",
                r"The regularisation that does help penalises gradients: R1, WGAN-GP, DRAGAN. Each adds one term, and one "
                r"curve.",
            ),
            ("losses/r3gan", "losses/wgan_gp", "losses/dragan", "dirac/critical", "lab/flat"),
        ),
    ),
)

RESULT = Section(
    ("5.4",),
    Text("运行结果", "The result"),
    says=(
        Paragraph(
            Text(
                "（§5.4）显示 `generated_images[0]`，说“质量较高”，又说“训练数据较少”。",
                "(§5.4) Shows `generated_images[0]`, calls its quality high, and says that the training data are few.",
            ),
            ("erratum/C17",),
        ),
    ),
    right=(
        Paragraph(
            Text(
                "提到了“多样性”，这正是一张图看不出来的。",
                "It mentions diversity, which is the very thing that one picture cannot show.",
            ),
            ("erratum/C17",),
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                f"代码跑不起来，图从何而来？MNIST 有 {counting.MNIST_IMAGES:,} 张，不算少。看结果要用固定的噪声、固定的灰度范围、"
                "一整格图，再加一个分布距离。",
                f"The code does not run, so where does the picture come from? MNIST has {counting.MNIST_IMAGES:,} images, "
                "which is not few. Judge by a grid from fixed noise on a fixed grey scale, and a distance between "
                "distributions.",
            ),
            ("erratum/C17",),
            _REPAIRED,
        ),
        Paragraph(
            Text(
                "只看一张图，最容易错过的是坍缩：每张都像样，却张张相同。实验室里数得出剩下几个模式。",
                "What one picture hides best is collapse: each looks fine and all are the same. The laboratory counts the "
                "modes that are left.",
            ),
            ("lab/collapse", "erratum/F8"),
        ),
    ),
)

SECTIONS: tuple[Section, ...] = (CODE, ENVIRONMENT, DEEPER, READING, RESULT)
