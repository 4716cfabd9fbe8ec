"""What cannot be combined, and why: the reason is part of the refusal."""

from __future__ import annotations

from aigc_demo.losses import AUXILIARIES, Loss, why_not
from aigc_demo.networks import DISCRIMINATORS, GENERATORS
from aigc_demo.recipes.plan import Plan
from aigc_demo.text import Text, VisitorError


def refuse_clashes(plan: Plan, game: Loss, clip_asked: bool) -> None:
    """Raise `VisitorError` when parts of `plan`, each good by itself, do not go together."""
    for reason in (
        _networks(plan),
        _growth(plan),
        _pac(plan),
        _clip(plan, game, clip_asked),
        why_not(plan.loss_object(), DISCRIMINATORS[plan.recipe.discriminator]),
        *(AUXILIARIES[key].why_not(game, DISCRIMINATORS[plan.recipe.discriminator]) for key in plan.auxiliaries),
        _labels(plan),
    ):
        if reason is not None:
            raise VisitorError(reason)


def _networks(plan: Plan) -> Text | None:
    generator, discriminator = GENERATORS[plan.recipe.generator], DISCRIMINATORS[plan.recipe.discriminator]
    reads = discriminator.class_head and "acgan" in plan.auxiliaries  # then labels reach G through the class terms
    if (generator.codes > 0) != (discriminator.codes > 0):
        return _HALF_AN_INFOGAN
    if generator.codes or generator.conditional == discriminator.conditional or (generator.conditional and reads):
        return None
    return Text(
        "生成器 {g} 与判别器 {d} 不配：一个看标签、另一个不看，假图就与标签无关了。请两个都选看标签的，或都选不看的。",
        "The generator {g} and the discriminator {d} do not go together: one looks at labels and the other does not, "
        "so pictures would have nothing to do with their labels. Choose both with labels, or both without.",
    ).format(g=generator.key, d=discriminator.key)


_HALF_AN_INFOGAN = Text(
    "infogan 的生成器与判别器只能一起用：编码要有 Q 来读，Q 也要有编码可读。",
    "InfoGAN's generator and discriminator only go together: its codes need Q to read them, and Q needs codes to read.",
)


def _growth(plan: Plan) -> Text | None:
    generator, discriminator = GENERATORS[plan.recipe.generator], DISCRIMINATORS[plan.recipe.discriminator]
    if generator.stages != discriminator.stages:
        return Text(
            "生成器 {g} 与判别器 {d} 不能搭配：会生长的网络要两边一起长。请两个都选 progressive，或都选不生长的。",
            "The generator {g} and the discriminator {d} do not go together: networks that grow must grow together. Choose "
            "progressive for both, or neither.",
        ).format(g=generator.key, d=discriminator.key)
    if plan.recipe.growth_steps and not generator.stages:
        return Text(
            "生成器 {g} 不会生长，没有 growth_steps 可设；会生长的是配方 progressive。",
            "The generator {g} does not grow and has no growth_steps; the recipe progressive is the one that grows.",
        ).format(g=generator.key)
    return None


def _labels(plan: Plan) -> Text | None:
    facts = GENERATORS[plan.recipe.generator]
    if facts.conditional or "acgan" not in plan.auxiliaries:
        return None
    return Text(
        "生成器 {g} 不看标签，不可能画出类别项（ACGAN）要求的数字；请换看标签的生成器（如 projection），或没有分类头的判别器（如 "
        "dcgan）。",
        "The generator {g} sees no labels and cannot draw the digit that the class term (ACGAN) asks for; choose a "
        "generator that sees them, such as projection, or a discriminator without a class head, such as dcgan.",
    ).format(g=facts.key)


def _pac(plan: Plan) -> Text | None:
    if plan.pac == 1:
        return None
    facts = DISCRIMINATORS[plan.recipe.discriminator]
    if facts.conditional or facts.class_head or facts.codes:
        return Text(
            "pac 大于 1 时，一叠图没有共同的类别，而判别器 {d} 要看类别；请换一个不看标签的配方，例如 tutorial_cnn。",
            "With pac above 1 a pack of images has no class in common, and the discriminator {d} reads classes; choose "
            "a recipe without labels, such as tutorial_cnn.",
        ).format(d=facts.key)
    if plan.recipe.batch_size < plan.pac:
        return Text(
            "一批只有 {batch} 张图，凑不成 {pac} 张一叠；请加大 batch_size 或减小 pac。",
            "A batch of {batch} images is too small for a pack of {pac}; raise batch_size or lower pac.",
        ).format(batch=plan.recipe.batch_size, pac=plan.pac)
    return None


def _clip(plan: Plan, game: Loss, asked: bool) -> Text | None:
    if game.clip is not None or not (asked or plan.clip is not None):
        return None
    return Text(
        "只有靠裁剪权重来约束的损失（wgan）才有 clip；{loss} 不靠它约束，裁剪只会使判别器变弱。",
        "Only a loss held in check by clipped weights (wgan) has a clip; {loss} is not, and clipping would merely "
        "weaken its discriminator.",
    ).format(loss=game.key)
