"""The endpoints that train: /train and /finetune."""

from __future__ import annotations

from aigc_demo.checkpoints import DEFAULT_MODEL
from aigc_demo.data import DATASETS
from aigc_demo.data.arrays import FEWEST, MOST
from aigc_demo.data.datasets import LONGEST_NAME
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import DEFAULT_RECIPE, DEFAULT_SECONDS, MAX_SECONDS, MAX_SEED, MIN_SECONDS, RECIPES
from aigc_demo.text import Text
from aigc_demo.ui.endpoints.endpoint import Answer, Endpoint, Example, Parameter

MOST_FOLLOWERS = 16  # clients that follow runs at once; each takes one of Gradio's threads while it waits

SECONDS = Parameter(
    "seconds",
    "number",
    Text("训练时长", "The training time"),
    Text("训练多少秒；编译与排队不计在内。", "Seconds of training; compiling and waiting are not counted."),
    float(DEFAULT_SECONDS),
    MIN_SECONDS,
    MAX_SECONDS,
)
SEED = Parameter(
    "seed",
    "whole",
    Text("随机种子", "The seed"),
    Text("随机种子：同样的种子得到同样的结果。", "The same seed gives the same result."),
    0,
    0,
    MAX_SEED,
)
MODEL = Parameter(
    "model",
    "name",
    Text("模型", "The model"),
    Text(
        "自带模型的名称，或一次训练（checkpoint）、一个导入模型的 id。",
        "The name of a shipped model, or the id of a run (its checkpoint) or of an imported model.",
    ),
    DEFAULT_MODEL,
)

_NO_TOKEN = Text(
    "只有第一条有 token：凭它可以控制这次训练（见下）。",
    "Only the first one has it: whoever has it may control the run (see below).",
)
_STREAMED = (
    Answer(
        "run", Text("这次训练的 id；在网页中打开 ?run=<id> 即可观看。", "The run's id; the page shows it at ?run=<id>.")
    ),
    Answer("token", _NO_TOKEN),
    Answer(
        "state",
        Text(
            "queued、compiling、training、paused，最后是 finished、stopped、failed 或 interrupted。",
            "queued, compiling, training, paused, and in the end finished, stopped, failed or interrupted.",
        ),
    ),
    Answer("step", Text("已完成的步数。", "Steps done.")),
    Answer("seconds", Text("已训练的秒数。", "Seconds trained.")),
    Answer(
        "terms",
        Text(
            "这一步的数值：损失的每一项、d_total、g_total、score_real、score_fake。",
            "The figures of that step: every term of the loss, d_total, g_total, score_real, score_fake.",
        ),
    ),
    Answer("error", Text("出错时的一句话。", "One sentence, where something went wrong.")),
    Answer("metrics", Text("只在最后一条：digit_fd 等测量。", "In the last one only: digit_fd and the other figures.")),
    Answer(
        "checkpoint",
        Text(
            "只在最后一条：交给 /generate 与 /evaluate 的 id。",
            "In the last one only: the id for /generate and /evaluate.",
        ),
    ),
)
_LEAVING = Text(
    "离开（job.cancel()、断开连接）不会停止训练；要停止，把 token 作为 JSON 的一项发给（POST）../runs/<id>/stop。",
    "Leaving (job.cancel(), a lost connection) does not stop the run; to stop it, POST its token, as an entry of a JSON object, to ../runs/<id>/stop.",
)
_RUNS_AND_QUEUE = Text(
    "同时进行的训练、排队与总时长另有上限（README 的表），超出时会说明。",
    "How many runs a visitor may have, how many may wait, and how long one may be is limited too (the README's table).",
)
_OWN_IDS = Text(
    "数据集或模型的 id 不存在，或不是这台服务器上的。", "A dataset or a model that this server does not have."
)

TRAIN = Endpoint(
    "train",
    Text("训练一个 GAN", "Train a GAN"),
    Text(
        "开始一次训练，并一条条传回它的状态，直到结束并测量完毕。",
        "Starts a run and streams its state until it is over and measured.",
    ),
    (
        Parameter(
            "recipe",
            "name",
            Text("配方", "The recipe"),
            Text("配方：网络、优化器与默认损失。", "The recipe: networks, optimisers and a loss of its own."),
            DEFAULT_RECIPE,
            choices=lambda: tuple(RECIPES),
        ),
        Parameter(
            "loss",
            "name",
            Text("损失", "The loss"),
            Text("损失；null 表示用配方自己的。", "The loss; null for the recipe's own."),
            None,
            nullable=True,
            choices=lambda: tuple(LOSSES),
        ),
        Parameter(
            "dataset",
            "name",
            Text("数据集", "The dataset"),
            Text(
                "数据集的名称（如 {names}），或自己数据的 own:<id>；不接受路径。",
                "The name of a dataset (such as {names}), or own:<id> for data of your own; never a path.",
            ).format(names=", ".join(list(DATASETS)[:2])),
            "digits5k",
        ),
        SECONDS,
        SEED,
    ),
    _STREAMED,
    (_OWN_IDS, _LEAVING, _RUNS_AND_QUEUE),
    Example(
        python="""from gradio_client import Client

client = Client("{address}")
job = client.submit(recipe="fast", seconds=5, seed=0, api_name="/train")
for update in job:  # job.cancel() leaves; the run goes on
    print(update["state"], update["step"], update["terms"].get("d_total"))
print(update["metrics"]["digit_fd"], update["checkpoint"])
""",
        curl="""curl -s {address}gradio_api/call/train -H "Content-Type: application/json" \\
  -d '{"data": ["fast", null, "digits5k", 5, 0]}' | cut -d '"' -f 4 |
xargs -I EVENT curl -sN {address}gradio_api/call/train/EVENT
""",
    ),
    at_once=MOST_FOLLOWERS,
    cost=5,
    streams=True,
)

FINETUNE = Endpoint(
    "finetune",
    Text("教模型一个新类别", "Teach a model a new class"),
    Text(
        "用几张图教一个训练好的模型画新的一类，像 /train 那样传回状态。",
        "Teaches a trained model a new class from a few images, and streams its state as /train does.",
    ),
    (
        Parameter(
            "images",
            "images",
            Text("图片", "The images"),
            Text(
                "{fewest} 到 {most} 张图，每张 28 行、每行 28 个 0（底）到 255（墨）的整数，不能全都一样。",
                "{fewest} to {most} images, each 28 rows of 28 whole numbers from 0 (blank) to 255 (ink), not all the same.",
            ).format(fewest=str(FEWEST), most=str(MOST)),
            least=FEWEST,
            most=MOST,
        ),
        Parameter(
            "name",
            "name",
            Text("名称", "The name"),
            Text("新类别的名称，1 到 {most} 个字符。", "What the class is called, 1 to {most} characters.").format(
                most=str(LONGEST_NAME)
            ),
            "new",
        ),
        MODEL,
        SECONDS,
        SEED,
        Parameter(
            "keep",
            "flag",
            Text("保留", "keep"),
            Text(
                "是否同时复习原来的数字，以免忘掉。",
                "Whether the old digits are rehearsed, so that they are not forgotten.",
            ),
            True,
        ),
    ),
    (
        *_STREAMED,
        Answer(
            "metrics.label_accuracy",
            Text(
                "旧数字画对的比例；metrics.label_accuracy_before 是之前的。",
                "The share of old digits drawn as asked; metrics.label_accuracy_before is what it was.",
            ),
        ),
        Answer(
            "metrics.added",
            Text("新类别的图中像所给图片的比例。", "The share of the new class's images that look like those given."),
        ),
    ),
    (
        Text(
            "不是 28×28 的图、全都一样的图、没有可见字符的名称。",
            "Images that are not 28×28 or all the same; a name without visible characters.",
        ),
        _OWN_IDS,
        _LEAVING,
        _RUNS_AND_QUEUE,
    ),
    Example(
        python="""from gradio_client import Client

def diamond(radius):
    return [[255 if abs(x - 13.5) + abs(y - 13.5) < radius else 0 for x in range(28)] for y in range(28)]

client = Client("{address}")
images = [diamond(radius) for radius in (6, 7, 8, 9)]
for update in client.submit(images=images, name="◆", model="fast", seconds=5, api_name="/finetune"):
    print(update["state"], update["step"])
picture = client.predict(model=update["checkpoint"], label=10, api_name="/generate")
""",
        curl="""python3 -c 'import json
diamond = lambda r: [[255 if abs(x - 13.5) + abs(y - 13.5) < r else 0 for x in range(28)] for y in range(28)]
print(json.dumps({"data": [[diamond(r) for r in (6, 7, 8, 9)], "◆", "fast", 5, 0, True]}))' |
curl -s {address}gradio_api/call/finetune -H "Content-Type: application/json" -d @- | cut -d '"' -f 4 |
xargs -I EVENT curl -sN {address}gradio_api/call/finetune/EVENT
""",
    ),
    at_once=MOST_FOLLOWERS,
    cost=5,
    streams=True,
)
