"""A model's card: how it was made, what it measured and what it is not for, written from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aigc_demo.data import DATASETS, is_digits, title_of
from aigc_demo.data.hub_catalogue import HUB_SETS
from aigc_demo.losses import AUXILIARIES
from aigc_demo.metrics.report import FIGURES, name_of
from aigc_demo.recipes import Plan
from aigc_demo.text import LANGUAGES, Lang, Text

HEADINGS = {
    "made": Text("怎样得到的", "How it was made"),
    "measured": Text("测量", "What it measured"),
    "limits": Text("局限", "Limits"),
    "licence": Text("许可", "Licence"),
    "use": Text("使用", "Use"),
}
_LIMITS = Text(
    "它只会画 28×28 的灰度手写数字；训练时间很短，图像会有残笔、糊成一团或认错的数字。它不识字，也不能用来判断真伪。",
    "It draws 28×28 greyscale handwritten digits and nothing else. It was trained briefly: some images have broken "
    "strokes, are smudged, or show another digit than was asked for. It reads nothing and proves nothing about images.",
)
_LICENCE = Text(
    "权重学自 MNIST 手写数字（Y. LeCun、C. Cortes、C. Burges），该数据集通常按 CC BY-SA 3.0 发布。",
    "Learnt from MNIST's digits (Y. LeCun, C. Cortes, C. Burges), which are commonly distributed under CC BY-SA 3.0.",
)
_LICENCE_OF = Text("权重学自“{title}”，其许可：{licence}。", "Learnt from “{title}”, whose licence is: {licence}.")
_OWN_DATA = Text(
    "权重学自使用者自己的图像；能否分享取决于那些图像的许可。",
    "Learnt from images of the user's own; whether it may be shared depends on their licence.",
)
_ABOUT_FIGURES = Text(
    "{n} 张图像，用软件附带的特征网络测量；数量不同的 digit-FD 不可相比，与别处的 FID 也不可相比。",
    "{n} images, measured with the feature net that comes with the program. A digit-FD compares neither with one at "
    "another number of images nor with an FID from elsewhere.",
)
_OTHER_LIMITS = Text(
    "它只会画与训练图相似的 28×28 灰度图；训练时间很短，训练图少时它多半会把它们背下来。",
    "It draws 28×28 grey images like those it was trained on and nothing else. It was trained briefly, and where those "
    "were few it has probably learnt them by heart.",
)
_NO_DIGITS = Text(
    "{n} 张图像。训练图不是十个数字，所以 digit-FD、KID、覆盖率和认字正确率不适用。",
    "{n} images. What it learnt from is not the ten digits, so digit-FD, KID, coverage and label accuracy do not apply.",
)
_UNMEASURED = Text("尚未测量。", "Not measured yet.")


def card(plan: Plan, facts: Mapping[str, Any], generator_size: int, discriminator_size: int) -> str:
    """The whole card as Markdown, English and Chinese; the sizes are numbers of weights."""
    sections = [f"# {plan.recipe.title.en} · {plan.recipe.title.zh}"]
    for lang in LANGUAGES[::-1]:
        sections.append(
            f"## {HEADINGS['made'](lang)}\n\n{_made(plan, facts, generator_size, discriminator_size, lang)}"
        )
        measured = _measured(facts.get("figures"), lang, is_digits(plan.dataset))
        sections.append(f"## {HEADINGS['measured'](lang)}\n\n{measured}")
        sections.append(
            f"## {HEADINGS['limits'](lang)}\n\n{(_LIMITS if is_digits(plan.dataset) else _OTHER_LIMITS)(lang)}"
        )
        sections.append(f"## {HEADINGS['licence'](lang)}\n\n{_licence(plan, is_shipped='made_by' in facts)(lang)}")
    sections.append(
        f"## {HEADINGS['use'].en} · {HEADINGS['use'].zh}\n\n"
        "```bash\npython -m aigc_demo generate --checkpoint . --n 60 --out digits.png\n```"
    )
    return "\n\n".join(sections) + "\n"


def _licence(plan: Plan, is_shipped: bool) -> Text:
    """Under which licence what it has learnt is distributed; what we ship has learnt MNIST, from a file of our own."""
    if is_shipped or (plan.dataset in DATASETS and is_digits(plan.dataset)):
        return _LICENCE
    if plan.dataset not in HUB_SETS:
        return _OWN_DATA
    item = HUB_SETS[plan.dataset]
    return Text(
        _LICENCE_OF.zh.format(title=item.title.zh, licence=item.licence.zh),
        _LICENCE_OF.en.format(title=item.title.en, licence=item.licence.en),
    )


def _made(plan: Plan, facts: Mapping[str, Any], generator_size: int, discriminator_size: int, lang: Lang) -> str:
    loss = plan.loss_object()
    adds = [AUXILIARIES[key].title for key in plan.auxiliaries]
    data = title_of(plan.dataset)
    rates = " / ".join(
        f"{optimiser.name} {optimiser.learning_rate:g} ({optimiser.beta_1:g}, {optimiser.beta_2:g})"
        for optimiser in (plan.recipe.g_optimiser, plan.recipe.d_optimiser)
    )
    rows = [
        (Text("配方", "recipe"), f"`{plan.recipe.key}`"),
        (Text("损失", "loss"), f"`{plan.loss}` · " + " + ".join(title(lang) for title in (loss.title, *adds))),
        (Text("权重", "weights of its terms"), ", ".join(f"{key} = {value:g}" for key, value in plan.weights.items())),
        (Text("数据", "data"), (facts.get("trained_on") or data)(lang)),
        (Text("命令", "command"), f"`{facts['made_by']}`" if "made_by" in facts else ""),
        (
            Text("训练图像数", "images trained on"),
            f"{facts['training_images']:,}" if "training_images" in facts else "",
        ),
        (Text("批大小", "batch size"), f"{plan.recipe.batch_size}"),
        (Text("优化器 G / D", "optimisers G / D"), rates),
        (Text("随机种子", "seed"), f"{plan.seed}"),
        (Text("步数", "steps"), f"{facts['step']:,}"),
        (Text("训练秒数", "seconds of training"), f"{facts['seconds']:.1f}"),
        (Text("设备", "device"), str(facts.get("device") or "")),
        (Text("参数 G / D", "parameters G / D"), f"{generator_size:,} / {discriminator_size:,}"),
    ]
    return "\n".join(["| | |", "| --- | --- |", *(f"| {name(lang)} | {value} |" for name, value in rows if value)])


def _measured(figures: Mapping[str, Any] | None, lang: Lang, of_digits: bool) -> str:
    if not figures:
        return _UNMEASURED(lang)
    rows = [
        f"| {name_of(key, figures)(lang)} | {figures[key]:.4g} |" for key in FIGURES if figures.get(key) is not None
    ]
    about = (_ABOUT_FIGURES if of_digits else _NO_DIGITS)(lang).format(n=f"{figures.get('n', 0):,}")
    return "\n".join([about, "", "| | |", "| --- | --- |", *rows])
