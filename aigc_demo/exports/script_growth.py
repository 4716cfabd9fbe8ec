"""What an exported script needs where the networks grow: their fades, what D sees of the data, and fresh optimisers.

The script trains the whole networks from the start, which is the same game at more cost: a stage whose fade is at 0
adds nothing and learns nothing.
"""

from __future__ import annotations

from aigc_demo.exports import script_words as words
from aigc_demo.exports.sources import Sources
from aigc_demo.networks import GENERATORS
from aigc_demo.networks.growing import _blended, alpha_at, begins
from aigc_demo.recipes import Plan
from aigc_demo.text import Lang


def grows(plan: Plan) -> bool:
    network = GENERATORS.get(plan.recipe.generator)
    return network is not None and bool(network.stages)


def growth_code(plan: Plan, lang: Lang) -> list[str]:
    """`follow(step)`, which sets the fades, and `as_seen(real)`; nothing where the networks do not grow."""
    if not grows(plan):
        return []
    sources = Sources()
    sources.add(alpha_at, about=words.ALPHA(lang))
    sources.add(_blended, about=words.BLENDED(lang))
    models = "(generator, discriminator, average)" if plan.recipe.ema_decay else "(generator, discriminator)"
    return [
        *sources.blocks.values(),
        f'''def fades(*models):
    """{words.FADES(lang)}"""
    return sorted(
        (layer for model in models for layer in model.layers if isinstance(layer, Fade)), key=lambda fade: fade.stage
    )


def follow(step):
    """{words.FOLLOW(lang)}"""
    for fade in fades{models}:
        fade.alpha.assign(alpha_at(step, PHASE, fade.stage))


def as_seen(real):
    """{words.AS_SEEN(lang)}"""
    return blended(real, [tf.convert_to_tensor(fade.alpha) for fade in fades(generator)])''',
    ]


def new_stage_code(plan: Plan, lang: Lang) -> list[str]:
    """Lines of the main loop, after each step."""
    if not grows(plan):
        return []
    stages = GENERATORS[plan.recipe.generator].stages
    firsts = tuple(begins(stage, plan.recipe.growth_steps) for stage in range(1, len(stages)))
    return [
        f"    if step + 1 in {firsts!r}:  # {words.NEW_STAGE(lang)}",
        "        for variable in d_optimiser.variables + g_optimiser.variables:",
        '            if "learning_rate" not in variable.path:',
        "                variable.assign(tf.zeros_like(variable))",
    ]
