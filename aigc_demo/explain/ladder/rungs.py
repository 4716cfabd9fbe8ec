"""The rungs: which repairs have been made, what must then happen, and why."""

from __future__ import annotations

from dataclasses import dataclass

from aigc_demo.text import Text

RUNS = ""  # the expected "exception" of what runs through


@dataclass(frozen=True)
class Rung:
    """The code with every repair up to this one.

    `repair` names the new one for `rendering.py`, and `line` shows it as code. `expected` is the type of the exception
    that an argument predicts, or `RUNS`; `iteration` the one it comes in, counted from 1.
    """

    key: str
    line: str
    expected: str
    why: Text
    iteration: int = 1
    in_function: bool = False

    @property
    def repairs(self) -> frozenset[str]:
        """Those of this rung and of all before it."""
        keys = [rung.key for rung in RUNGS]
        return frozenset(keys[1 : keys.index(self.key) + 1])


RUNGS: tuple[Rung, ...] = (
    Rung(
        "as_written",
        "# as written",
        "NameError",
        Text("只定义了类 `Generator`，从未造出 `gen`。", "The class `Generator` is defined, a `gen` is never made."),
    ),
    Rung(
        "gen",
        "gen = Generator()",
        "NameError",
        Text("哪里都没有读入数据。", "Nothing anywhere loads any data."),
    ),
    Rung(
        "images",
        "train_images = digits",
        "ValueError",
        Text(
            "一张 28×28 的图被当作 128×1 个 logit 的标签，形状对不上。",
            "One image of 28×28 serves as the labels of 128×1 logits: the shapes differ.",
        ),
    ),
    Rung(
        "batch",
        "train_images[:128].reshape(128, 784)",
        "ValueError",
        Text("批对了，但 128×784 的图仍配 128×1 的标签。", "A batch now, yet 128×784 pixels still meet 128×1 labels."),
    ),
    Rung(
        "labels",
        "tf.ones((128, 784))",
        "NameError",
        Text(
            "损失算出来了（里面没有判别器！），要求梯度时才发现 `disc` 不存在。",
            "The losses can be computed, without any discriminator; only its gradient asks for a `disc`.",
        ),
    ),
    Rung(
        "disc",
        "disc = Discriminator()",
        "ValueError",
        Text(
            "`disc` 从未被调用，因此一个变量也没有，优化器收到空列表。",
            "`disc` was never called, so it has no variables, and its optimiser is handed an empty list.",
        ),
    ),
    Rung(
        "disc_built",
        "disc.build((None, 784))",
        "ValueError",
        Text("变量有了，可损失不依赖它们：梯度全是 None。", "Variables at last, but no loss uses them: all None."),
    ),
    Rung(
        "no_optimisers",
        "# apply_gradients(...)",
        "TypeError",
        Text(
            "第一轮把函数 `gen_loss` 换成了一个张量；第二轮再调用它。",
            "The first round put a tensor in place of the function `gen_loss`; the second calls it.",
        ),
        iteration=2,
    ),
    Rung(
        "in_function",
        "def train(): ...",
        "UnboundLocalError",
        Text(
            "同样几行放进函数里：`gen_loss` 成了局部变量，第一轮就还没有值。",
            "The same lines inside a function: `gen_loss` becomes a local name, without a value in the first round.",
        ),
        in_function=True,
    ),
    Rung(
        "renamed",
        "g_value = gen_loss(...)",
        RUNS,
        Text(
            "终于“能跑”了：损失永远是 ln 2，什么也没有学。",
            "It “runs” at last: the loss is ln 2 for ever, and nothing is learnt.",
        ),
    ),
)
