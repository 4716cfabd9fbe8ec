"""The training loop of an exported script: the trainer's own sequence of draws and updates, one run's choices filled in.

A test runs scripts of many plans beside the trainer and compares their losses, so the two cannot part.
"""

from __future__ import annotations

from textwrap import indent

from aigc_demo.exports import script_words as words
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
    """Everything from the batch to the step."""
    step = _alternating(plan, lang) if plan.recipe.updates == "alternating" else _simultaneous(plan, lang)
    parts = [_batch(lang), _play(lang), _total(lang)]
    if plan.recipe.updates == "alternating" or plan.discriminator_steps > 1:
        parts.append(_update_d(plan, lang))
    return "\n\n\n".join([*parts, step])


def _batch(lang: Lang) -> str:
    return f'''def batch(step, number=0):
    """{words.BATCH_OF(lang)}"""

    def stream(kind):
        return tf.stack([SEED, step * 512 + number * 8 + kind])

    rows = tf.random.stateless_uniform([BATCH], stream(0), 0, len(images), dtype=tf.int32)
    real = tf.cast(tf.gather(images, rows)[..., None], tf.float32) / 127.5 - 1.0
    z = tf.random.stateless_normal([BATCH, LATENT], stream(1))
    return real, tf.gather(labels, rows), z, stream(2)'''


def _play(lang: Lang) -> str:
    return f'''def play(real, fake, labels, z, seed):
    """{words.PLAY(lang)}"""

    def opinion(pictures, classes):
        return discriminate(discriminator, pictures, classes, training=True)

    def draw(latent, classes):
        return generate(generator, latent, classes, training=True)

    return Round(opinion, draw, z, real, fake, labels, opinion(real, labels), opinion(fake, labels), seed)'''


def _total(lang: Lang) -> str:
    return f'''def total(terms, round_):
    """{words.TOTAL(lang)}"""
    values = {{term.__name__: tf.reduce_mean(term(round_)) for term in terms}}
    return tf.add_n([weight * values[term.__name__] for term, weight in terms.items()]), values'''


def _update_d(plan: Plan, lang: Lang) -> str:
    return f'''def update_d(real, fake, labels, z, seed):
    """{words.UPDATE_D(lang)}"""
    with tf.GradientTape() as tape:
        round_ = play(real, fake, labels, z, seed)
        loss, values = total(D_TERMS, round_)
    variables = discriminator.trainable_variables
    d_optimiser.apply(tape.gradient(loss, variables), variables)
{_clip(plan)}    return loss, values, round_'''


def _clip(plan: Plan) -> str:
    if plan.loss_object().clip is None:
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
    return f"""    for number in range(1, D_STEPS):  # {words.EXTRA(lang)}
        real, labels, z, seed = batch(step, number)
        update_d(real, generate(generator, z, labels, training=True), labels, z, seed)
"""


def _average(plan: Plan, lang: Lang) -> str:
    if plan.recipe.ema_decay == 0:
        return ""
    return f"""    decay = tf.minimum(EMA, (step + 2) / (step + {plan.recipe.ema_lag + 1:g}))  # {words.AVERAGE(lang)}
    for mean, variable in zip(average.variables, generator.variables):
        mean.assign(decay * mean + (1.0 - decay) * variable)
"""


_G_STEP = """    variables = generator.trainable_variables
    g_optimiser.apply(tape.gradient(g_loss, variables), variables)
"""


def _alternating(plan: Plan, lang: Lang) -> str:
    play = """            d_loss, d_values, round_ = update_d(real, tf.stop_gradient(fake), labels, z, seed)"""
    return f'''@tf.function
def train_step(step):
    """{words.STEP(lang)}"""
{_rates(plan)}{_extra_rounds(plan, lang)}    real, labels, z, seed = batch(step)
    with tf.GradientTape() as tape:
        fake = generate(generator, z, labels, training=True)
        with tape.stop_recording():
{play}
        fake_out = discriminate(discriminator, fake, labels, training=True)  # {words.NEW_D(lang)}
        g_loss, g_values = total(G_TERMS, round_._replace(fake=fake, fake_out=fake_out))
{_G_STEP}{_average(plan, lang)}    return {{**d_values, **g_values, "d_total": d_loss, "g_total": g_loss}}'''


def _simultaneous(plan: Plan, lang: Lang) -> str:
    d_step = """    variables = discriminator.trainable_variables
    d_optimiser.apply(d_gradients, variables)
"""
    return f'''@tf.function
def train_step(step):
    """{words.STEP(lang)}"""
{_rates(plan)}{_extra_rounds(plan, lang)}    real, labels, z, seed = batch(step)
    with tf.GradientTape(persistent=True) as tape:  # {words.BOTH(lang)}
        fake = generate(generator, z, labels, training=True)
        round_ = play(real, fake, labels, z, seed)
        d_loss, d_values = total(D_TERMS, round_)
        g_loss, g_values = total(G_TERMS, round_)
    d_gradients = tape.gradient(d_loss, discriminator.trainable_variables)
    g_gradients = tape.gradient(g_loss, generator.trainable_variables)
{d_step}{_clip(plan)}    g_optimiser.apply(g_gradients, generator.trainable_variables)
{_average(plan, lang)}    return {{**d_values, **g_values, "d_total": d_loss, "g_total": g_loss}}'''


def indented(code: str) -> str:
    return indent(code, "    ")
