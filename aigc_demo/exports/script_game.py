"""The training loop of an exported script: the trainer's own sequence of draws and updates, one run's choices filled in.

A test runs scripts of many plans beside the trainer and compares their losses, so the two cannot part.
"""

from __future__ import annotations

from functools import lru_cache

from aigc_demo.exports import script_words as words
from aigc_demo.exports.script_growth import grows
from aigc_demo.networks import GENERATORS, build_discriminator, build_generator
from aigc_demo.recipes import Optimiser, Plan
from aigc_demo.text import Lang

NEVER = 1e9  # a halving of the rates after so many steps changes no float32


def optimiser_code(name: str, settings: Optimiser) -> str:
    """One line that makes a player's optimiser."""
    rate = f"{name}_RATE"
    if settings.name == "adam":
        made = f"keras.optimizers.Adam({rate}, beta_1={settings.beta_1:g}, beta_2={settings.beta_2:g})"
    else:
        made = f"keras.optimizers.RMSprop({rate}, rho={settings.beta_2:g})"
    return f"{name.lower()}_optimiser = {made}"


def game_code(plan: Plan, lang: Lang) -> str:
    """Everything from the batch to the step; `translate` and `pack` are there already where the plan needs them."""
    alternates = plan.recipe.updates == "alternating"
    parts = [_batch(plan, lang), _play(plan, lang), _total(lang)]
    if alternates or plan.discriminator_steps > 1:
        parts.append(_update_d(plan, lang))
    return "\n\n\n".join([*parts, _alternating(plan, lang) if alternates else _simultaneous(plan, lang)])


def _batch(plan: Plan, lang: Lang) -> str:
    seeds = "stream(2), stream(3)" if plan.augment else "stream(2)"
    real = "as_seen(real)" if grows(plan) else "real"
    asked, drawn = "tf.gather(labels, rows)", ""
    if plan.sorts_itself:
        asked, drawn = (
            "categories",
            f"""    # {words.CATEGORIES(lang)}
    categories = tf.random.stateless_uniform([BATCH], stream(4), 0, {plan.classes}, dtype=labels.dtype)
""",
        )
    return f'''def batch(step, number=0):
    """{words.BATCH_OF(lang)}"""

    def stream(kind):
        return tf.stack([SEED, step * 512 + number * 8 + kind])

    rows = tf.random.stateless_uniform([BATCH], stream(0), 0, len(images), dtype=tf.int32)
    real = tf.cast(tf.gather(images, rows)[..., None], tf.float32) / 127.5 - 1.0
    z = tf.random.stateless_normal([BATCH, LATENT], stream(1))
{drawn}    return {real}, {asked}, z, {seeds}'''


def _drawn(plan: Plan) -> str:
    """What a batch consists of, as names."""
    return "real, labels, z, seed, shift_seed" if plan.augment else "real, labels, z, seed"


def _play(plan: Plan, lang: Lang) -> str:
    arguments = _drawn(plan).replace("real, ", "real, fake, ")
    pictures = "pack(pictures, PACK)" if plan.pac > 1 else "pictures"
    calls = "    calls = itertools.count()\n" if plan.augment else ""
    shifted = f"""        own = tf.random.experimental.stateless_fold_in(shift_seed, next(calls))  # {words.ANEW(lang)}
        pictures = translate(pictures, SHIFT, own)
"""
    return f'''def play({arguments}):
    """{words.PLAY(lang)}"""
{calls}
    def opinion(pictures, classes):
{shifted if plan.augment else ""}        return discriminate(discriminator, {pictures}, classes, training=True)

    def draw(latent, classes):
        return generate(generator, latent, classes, training=True)

    return Round(opinion, draw, z, real, fake, labels, opinion(real, labels), opinion(fake, labels), seed)'''


def _total(lang: Lang) -> str:
    return f'''def total(terms, round_):
    """{words.TOTAL(lang)}"""
    values = {{term.__name__: tf.reduce_mean(term(round_)) for term in terms}}
    return tf.add_n([weight * values[term.__name__] for term, weight in terms.items()]), values'''


def _update_d(plan: Plan, lang: Lang) -> str:
    drawn = _drawn(plan).replace("real, ", "real, fake, ")
    return f'''def update_d({drawn}):
    """{words.UPDATE_D(lang)}"""
    with tf.GradientTape() as tape:
        round_ = play({drawn})
        loss, values = total(D_TERMS, round_)
    variables = discriminator.trainable_variables
    gradients = tape.gradient(loss, variables)
{_held(plan, lang)}    d_optimiser.apply(gradients, variables)
{_clip(plan)}    return loss, values, round_'''


def _held(plan: Plan, lang: Lang, gradients: str = "gradients") -> str:
    """Nothing is learnt in the layers of D that are held."""
    if not plan.freeze_d:
        return ""
    count = held_variables(plan.recipe.discriminator, plan.freeze_d)
    held = f"[tf.zeros_like(gradient) for gradient in {gradients}[:{count}]]"
    return f"""    {gradients} = {held} + {gradients}[{count}:]  # {words.HELD(lang)}
"""


@lru_cache(maxsize=64)
def held_variables(discriminator: str, layers: int) -> int:
    """How many of D's variables, in their order, belong to its first `layers` layers that learn."""
    learning = [layer for layer in build_discriminator(discriminator).layers if layer.trainable_variables]
    return sum(len(layer.trainable_variables) for layer in learning[:layers])


def _clip(plan: Plan) -> str:
    if plan.clip_at is None:
        return ""
    return """    for variable in variables:
        variable.assign(tf.clip_by_value(variable, -CLIP, CLIP))
"""


def _rates(plan: Plan) -> str:
    if plan.recipe.rate_halving_steps >= NEVER:
        return ""
    return """    factor = HALVING / (HALVING + tf.cast(step, tf.float32))
    d_optimiser.learning_rate.assign(factor * D_RATE)
    g_optimiser.learning_rate.assign(factor * G_RATE)
"""


def _extra_rounds(plan: Plan, lang: Lang) -> str:
    if plan.discriminator_steps == 1:
        return ""
    drawn = _drawn(plan)
    generator = GENERATORS.get(plan.recipe.generator)
    kept = put_back = ""
    if generator is None or generator.batch_norm:
        kept = f"""    kept = [variable + 0.0 for variable in generator.non_trainable_variables]  # {words.KEPT_STATISTICS(lang)}
"""
        put_back = """        for variable, value in zip(generator.non_trainable_variables, kept):
            variable.assign(value)
"""
    return f"""{kept}    for number in range(1, D_STEPS):  # {words.EXTRA(lang)}
        {drawn} = batch(step, number)
        update_d({drawn.replace("real, ", "real, generate(generator, z, labels, training=True), ")})
{put_back}"""


def _average(plan: Plan, lang: Lang) -> str:
    if plan.recipe.ema_decay == 0:
        return ""
    return f"""    done = tf.cast(step + 1, tf.float32)
    decay = tf.minimum(EMA, (1.0 + done) / ({plan.recipe.ema_lag!r} + done))  # {words.AVERAGE(lang)}
{_averaged(plan.recipe.generator, lang)}"""


@lru_cache(maxsize=64)
def _averaged(generator: str, lang: Lang) -> str:
    """The new means. Builds the generator to see whether some of its variables must be copied as they are."""
    if not any(getattr(layer, "copied", ()) for layer in build_generator(generator).layers):
        return """    for mean, variable in zip(average.variables, generator.variables):
        mean.assign(decay * mean + (1.0 - decay) * variable)
"""
    return f"""    for layer, own in zip(average.layers, generator.layers):
        for mean, variable in zip(layer.variables, own.variables):  # {words.COPIED(lang)}
            copied = variable.name in getattr(own, "copied", ()) or "seed" in variable.name
            mean.assign(variable if copied else decay * mean + (1.0 - decay) * variable)
"""


def _end(plan: Plan) -> str:
    """The end of `train_step`."""
    followed = "    follow(step + 1)\n" if grows(plan) else ""
    return f'{followed}    return {{**d_values, **g_values, "d_total": d_loss, "g_total": g_loss}}'


def _step(plan: Plan, lang: Lang) -> str:
    """The beginning of `train_step`."""
    return f'''@tf.function(autograph=False)
def train_step(step):
    """{words.STEP(lang)}"""
{_rates(plan)}{_extra_rounds(plan, lang)}    {_drawn(plan)} = batch(step)
'''


def _alternating(plan: Plan, lang: Lang) -> str:
    fake = _drawn(plan).replace("real, ", "real, tf.stop_gradient(fake), ")
    seen = ["fake=fake", f"fake_out=round_.discriminator(fake, labels),  # {words.NEW_D(lang)}"]
    if plan.loss_object().needs_fresh_real:
        seen.append(f"real_out=round_.discriminator(real, labels),  # {words.FRESH(lang)}")
    met = "\n            ".join([f"{seen[0]},", *seen[1:]])
    return f"""{_step(plan, lang)}    with tf.GradientTape() as tape:
        fake = generate(generator, z, labels, training=True)
        with tape.stop_recording():
            d_loss, d_values, round_ = update_d({fake})
        round_ = round_._replace(
            {met}
        )
        g_loss, g_values = total(G_TERMS, round_)
    variables = generator.trainable_variables
    g_optimiser.apply(tape.gradient(g_loss, variables), variables)
{_average(plan, lang)}{_end(plan)}"""


def _simultaneous(plan: Plan, lang: Lang) -> str:
    drawn = _drawn(plan).replace("real, ", "real, fake, ")
    return f"""{_step(plan, lang)}    with tf.GradientTape(persistent=True) as tape:  # {words.BOTH(lang)}
        fake = generate(generator, z, labels, training=True)
        round_ = play({drawn})
        d_loss, d_values = total(D_TERMS, round_)
        g_loss, g_values = total(G_TERMS, round_)
    d_gradients = tape.gradient(d_loss, discriminator.trainable_variables)
    g_gradients = tape.gradient(g_loss, generator.trainable_variables)
    variables = discriminator.trainable_variables
{_held(plan, lang, "d_gradients")}    d_optimiser.apply(d_gradients, variables)
{_clip(plan)}    g_optimiser.apply(g_gradients, generator.trainable_variables)
{_average(plan, lang)}{_end(plan)}"""
