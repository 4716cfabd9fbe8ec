"""The endpoints that answer once: /generate, /evaluate and /explain."""

from __future__ import annotations

from dataclasses import replace

from aigc_demo.checkpoints import MAX_TRUNCATION
from aigc_demo.checkpoints.generator import MAX_Z
from aigc_demo.explain.logits import MAX_LOGIT
from aigc_demo.losses import LOSSES
from aigc_demo.text import Text
from aigc_demo.ui.endpoints.endpoint import Answer, Endpoint, Example, Parameter
from aigc_demo.ui.endpoints.training import MODEL, SEED

MOST_EVALUATED = 2000


_NO_MODEL = Text(
    "没有这个模型，或它还没有可以画的权重。", "A model that is not there, or has nothing to draw with yet."
)

GENERATE = Endpoint(
    "generate",
    Text("画一个数字", "Draw a digit"),
    Text(
        "画一张 28×28 的灰度无损 PNG；同样的参数总得到同样的图，与网页画的一致。",
        "Draws one lossless 28×28 greyscale PNG; the same arguments always give the same picture, which is also the page's.",
    ),
    (
        MODEL,
        Parameter(
            "label",
            "whole",
            Text("数字", "The label"),
            Text(
                "要画的数字 0 到 9（学过新类别的模型可以更大）；null 表示由种子决定；不按类别生成的模型只能是 null。",
                "The digit to draw, 0 to 9 (higher for a model that has learnt more classes); null lets the seed choose, and is "
                "all that an unconditional model takes.",
            ),
            None,
            nullable=True,
        ),
        Parameter(
            "z",
            "numbers",
            Text("z", "z"),
            Text(
                "隐向量：模型的维数那么多个数，每个在 −{most} 到 {most} 之间；null 表示由种子抽取。给了 z 就不看种子。",
                "The latent vector: as many numbers as the model's z has, each from −{most} to {most}; null draws it from the "
                "seed. z wins over the seed.",
            ).format(most=f"{MAX_Z:g}"),
            None,
            nullable=True,
        ),
        SEED,
        Parameter(
            "truncation",
            "number",
            Text("截断系数", "The truncation"),
            Text("隐向量乘上的倍数：小则典型，大则多样。", "What z is multiplied by: low is typical, high is varied."),
            1.0,
            0.0,
            MAX_TRUNCATION,
        ),
        Parameter(
            "label_b",
            "whole",
            Text("另一个数字", "label_b"),
            Text(
                "与 label 混合的另一个数字；不混合则为 null。", "Another digit to mix with label; null for no mixture."
            ),
            None,
            nullable=True,
        ),
        Parameter(
            "mix",
            "number",
            Text("混合的份额", "The mix"),
            Text("label_b 在混合中的份额。", "The share of label_b in the mixture."),
            0.0,
            0.0,
            1.0,
        ),
    ),
    (
        Answer(
            "image",
            Text(
                "图片；gradio_client 给出它的本地文件名。", "The picture; gradio_client gives the name of a local file."
            ),
        ),
    ),
    (
        _NO_MODEL,
        Text(
            "长度不对的 z；不按类别生成的模型的 label；只给了一半的混合。",
            "A z of another length; a label for an unconditional model; half of a mixture.",
        ),
    ),
    Example(
        python="""from gradio_client import Client

client = Client("{address}")
picture = client.predict(model="fast", label=7, seed=3, truncation=0.8, api_name="/generate")
mixture = client.predict(model="fast", label=3, label_b=8, mix=0.4, api_name="/generate")
print(picture, mixture)
""",
        curl="""curl -s {address}gradio_api/call/generate -H "Content-Type: application/json" \\
  -d '{"data": ["fast", 7, null, 3, 0.8, null, 0]}' | cut -d '"' -f 4 |
xargs -I EVENT curl -sN {address}gradio_api/call/generate/EVENT
""",
    ),
    at_once=4,
    cost=1,
)

EVALUATE = Endpoint(
    "evaluate",
    Text("测量一个模型", "Measure a model"),
    Text(
        "让模型画 n 张图并测量；每千张约需几秒。数字太少时没有意义的项为 null。",
        "Lets the model draw n images and measures them; a thousand take some seconds. What needs more images is null.",
    ),
    (
        MODEL,
        Parameter(
            "n",
            "whole",
            Text("n", "n"),
            Text("画多少张图来测量。", "How many images are drawn and measured."),
            1000,
            1,
            MOST_EVALUATED,
        ),
        SEED,
    ),
    (
        Answer(
            "digit_fd",
            Text(
                "与真数字特征的 Fréchet 距离，越小越好；digit_fd_floor 是同样多的真数字得到的。",
                "The Fréchet distance to real digits' features, lower is better; digit_fd_floor is what as many real digits get.",
            ),
        ),
        Answer(
            "kid", Text("核距离，kid_error 是其标准误。", "The kernel distance, with its standard error in kid_error.")
        ),
        Answer(
            "precision, recall, density, coverage",
            Text("像不像真的、全不全，由近邻判断。", "How real and how complete, judged by neighbourhoods."),
        ),
        Answer("class_kl", Text("各类是否一样多：0 表示一样多。", "Whether the classes are even: 0 is even.")),
        Answer(
            "label_accuracy",
            Text(
                "画出所要数字的比例；不按类别生成时为 null。",
                "The share that is the digit asked for; null for an unconditional model.",
            ),
        ),
        Answer(
            "memorisation",
            Text(
                "到最近训练图的距离，真数字为 1，近 0 即抄袭。",
                "The distance to the nearest training digit, real digits being 1; near 0 is copied.",
            ),
        ),
        Answer("n", Text("测量了多少张。", "How many were measured.")),
    ),
    (_NO_MODEL,),
    Example(
        python="""from gradio_client import Client

client = Client("{address}")
figures = client.predict(model="fast", n=200, seed=0, api_name="/evaluate")
print(figures["digit_fd"], "real digits:", figures["digit_fd_floor"])
""",
        curl="""curl -s {address}gradio_api/call/evaluate -H "Content-Type: application/json" \\
  -d '{"data": ["fast", 200, 0]}' | cut -d '"' -f 4 |
xargs -I EVENT curl -sN {address}gradio_api/call/evaluate/EVENT
""",
    ),
    at_once=1,
    cost=10,
)

_LOGIT = Parameter(
    "s_real",
    "number",
    Text("s_real", "s_real"),
    Text("判别器给一张真图的 logit。", "The discriminator's logit of a real image."),
    0.0,
    -MAX_LOGIT,
    MAX_LOGIT,
)

EXPLAIN = Endpoint(
    "explain",
    Text("讲解一个损失", "Explain a loss"),
    Text(
        "在两个 logit 处，损失每一项的数值、斜率、权重、公式和含义；惩罚项与附加项不在其中。",
        "Each term of a loss at two logits: its value, slope, weight, formula and meaning; without penalties and additions.",
    ),
    (
        Parameter(
            "loss",
            "name",
            Text("损失", "The loss"),
            Text("损失的名称。", "The name of a loss."),
            "non_saturating",
            choices=lambda: tuple(LOSSES),
        ),
        _LOGIT,
        replace(
            _LOGIT,
            name="s_fake",
            what=Text("s_fake", "s_fake"),
            about=Text("判别器给一张假图的 logit。", "The discriminator's logit of a fake image."),
        ),
    ),
    (
        Answer(
            "discriminator, generator",
            Text(
                "两名玩家各有一个列表，每项有 key、latex、meaning、value、slope、logit、slopes、weight；权重乘数值之和就是这名玩家的损失。",
                "A list for each player, every term with key, latex, meaning, value, slope, logit, slopes, weight; weights times "
                "values add up to the player's loss.",
            ),
        ),
    ),
    (Text("没有这个损失；logit 不是数。", "A loss that is not there; a logit that is no number."),),
    Example(
        python="""from gradio_client import Client

client = Client("{address}")
terms = client.predict(loss="hinge", s_real=0.5, s_fake=-1.0, api_name="/explain")
for term in terms["discriminator"] + terms["generator"]:
    print(term["key"], term["value"], term["slope"], term["meaning"])
""",
        curl="""curl -s {address}gradio_api/call/explain -H "Content-Type: application/json" \\
  -d '{"data": ["hinge", 0.5, -1.0]}' | cut -d '"' -f 4 |
xargs -I EVENT curl -sN {address}gradio_api/call/explain/EVENT
""",
    ),
    at_once=4,
    cost=1,
)
