"""The run as a program to read: a stand-alone Keras script that plays the same game with the same random numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aigc_demo.exports import script_words as words
from aigc_demo.exports.beginning import beginning_of, on_the_way
from aigc_demo.exports.formulas import plain
from aigc_demo.exports.model_code import custom_layers, model_code
from aigc_demo.exports.script_data import data_code, file_name
from aigc_demo.exports.script_game import NEVER, game_code, optimiser_code
from aigc_demo.exports.script_growth import grows, growth_code, new_stage_code
from aigc_demo.exports.script_layout import harmless, section, wrapped
from aigc_demo.exports.sources import Sources
from aigc_demo.losses import AUXILIARIES, Round, Term
from aigc_demo.networks import DOutput, build_discriminator, build_generator, discriminate, generate
from aigc_demo.networks.augment import translate
from aigc_demo.networks.initialise import initialise
from aigc_demo.recipes import Plan
from aigc_demo.text import Lang, Text
from aigc_demo.training.game import pack

PACKAGES = '"tensorflow>=2.21,<2.22" "keras>=3.15,<4" numpy mlxtend'


def script(plan: Plan, lang: Lang, steps: int = 0, changes: Sequence[Mapping[str, Any]] = ()) -> str:
    """The program that repeats the run of `plan`; `steps` is how far the run came and what the program trains by default.

    `changes` are those that led to `plan`; the program keeps to what the run began with and names them. Builds the
    networks, so it loads TensorFlow.
    """
    changes = on_the_way(changes)
    plan = beginning_of(plan, changes)
    data, from_file = data_code(plan.dataset, lang)
    sections = [
        header_of(plan, lang, steps, changes),
        _imports(plan, data, lang),
        _settings(plan, lang),
        section(words.DATA, lang) + data,
        section(words.NETWORKS, lang) + _networks(plan, lang),
        section(words.LOSSES, lang) + _losses(plan, lang),
        section(words.GAME, lang) + _game(plan, lang),
        _main(plan, lang, steps or plan.steps or 1000, from_file),
    ]
    return "\n\n\n".join(sections) + "\n"


def header_of(plan: Plan, lang: Lang, steps: int, changes: Sequence[Mapping[str, Any]]) -> str:
    """The script's docstring: what was trained, how far, what was changed on the way, and how to run it."""
    loss = plan.loss_object()
    added = [AUXILIARIES[key].title(lang) for key in plan.auxiliaries]
    lines = [
        f'"""{words.TITLE(lang)}',
        "",
        *wrapped(words.MADE(lang)),
        "",
        f"{words.RECIPE(lang)}: {plan.recipe.key} ({plan.recipe.title(lang)})",
        f"{words.LOSS(lang)}: {' + '.join([loss.title(lang), *added])}",
        *(f"    {line}" for player in ("d", "g") for line in wrapped(plain(loss.formula(player)))),
        f"{words.SOURCE(lang)}: {loss.source(lang)}",
        f"{words.SEED(lang)}: {plan.seed}" + (f"; {words.STEPS.format(n=f'{steps:,}')(lang)}" if steps else ""),
    ]
    if plan.arithmetic:
        lines += ["", *wrapped(words.ARITHMETIC.format(what=plan.arithmetic)(lang))]
    if changes:
        lines += ["", *wrapped(words.CHANGED(lang))]
        lines += [
            "    "
            + words.CHANGE.format(
                step=change["step"],
                key=harmless(change["key"]),
                old=harmless(change["from"]),
                new=harmless(change["to"]),
            )(lang)
            for change in changes
        ]
    lines += ["", words.RUN(lang), f"    pip install {PACKAGES}", "    python script.py --steps 10", '"""']
    return "\n".join(lines)


def _imports(plan: Plan, data: str, lang: Lang) -> str:
    drawing, shifting = ("base64" if "base64." in data else ""), ("itertools" if plan.augment else "")
    standard = [name for name in ("argparse", drawing, "collections", shifting, "os") if name]
    return "\n".join(
        [
            *(f"import {name}" for name in standard),
            "",
            'os.environ["KERAS_BACKEND"] = "tensorflow"',
            'os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")',
            f'os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")  # {words.IN_ORDER(lang)}',
            "",
            "import keras",
            "import numpy as np",
            "import tensorflow as tf",
            "from keras import layers",
        ]
    )


def _settings(plan: Plan, lang: Lang) -> str:
    recipe = plan.recipe
    rows: list[tuple[str, object, Text | None]] = [
        ("SEED", plan.seed, None),
        ("BATCH", recipe.batch_size // plan.pac * plan.pac, words.BATCH),
        ("LATENT", recipe.latent_size, words.LATENT),
        ("D_RATE", recipe.d_optimiser.learning_rate, None),
        ("G_RATE", recipe.g_optimiser.learning_rate, None),
    ]
    if recipe.rate_halving_steps < NEVER:
        rows.append(("HALVING", recipe.rate_halving_steps, words.HALVING))
    if plan.discriminator_steps > 1:
        rows.append(("D_STEPS", plan.discriminator_steps, words.D_STEPS))
    if plan.clip_at is not None:
        rows.append(("CLIP", plan.clip_at, words.CLIP))
    if plan.pac > 1:
        rows.append(("PACK", plan.pac, words.PACK))
    if plan.augment:
        rows.append(("SHIFT", plan.augment, words.SHIFT))
    if grows(plan):
        rows.append(("PHASE", recipe.growth_steps, words.PHASE))
    if recipe.ema_decay:
        rows.append(("EMA", recipe.ema_decay, words.EMA))
    lines = [f"{name} = {value!r}" + (f"  # {about(lang)}" if about else "") for name, value, about in rows]
    return "\n".join(lines)


def _networks(plan: Plan, lang: Lang) -> str:
    generator = build_generator(plan.recipe.generator, plan.classes)
    discriminator = build_discriminator(plan.recipe.discriminator, plan.pac, plan.dropout, plan.classes)
    sources = Sources(frozenset({"DOutput", "Round"}))
    for kind in dict.fromkeys([*custom_layers(generator), *custom_layers(discriminator)]):
        about = words.LAYERS.get(kind.__name__)
        sources.add(kind, about=None if about is None else about(lang))
    for function in (generate, discriminate):
        sources.add(function, about="")
    trained = sum(int(variable.value.shape.num_elements()) for variable in generator.trainable_variables)
    g_about = words.GENERATOR.format(n=f"{generator.count_params():,}", trained=f"{trained:,}")(lang)
    d_about = words.DISCRIMINATOR.format(n=f"{discriminator.count_params():,}")(lang)
    names = list(sources.blocks)
    calls = ["generate", "discriminate"]
    return "\n\n\n".join(
        [
            *(sources.blocks[name] for name in names if name not in calls),
            model_code(generator, "make_generator", g_about),
            model_code(discriminator, "make_discriminator", d_about),
            "\n".join([_tuple("DOutput", DOutput._fields, words.OUTPUT(lang))]),
            *(sources.blocks[name] for name in calls),
        ]
    )


def _losses(plan: Plan, lang: Lang) -> str:
    loss = plan.loss_object()
    sources = Sources(frozenset({"DOutput", "Round"}))
    for term in loss.d_terms + loss.g_terms:
        sources.add(term.fn, term.key, f"{term.name(lang)}: {plain(term.latex)}")
    tables = [_table(f"{player.upper()}_TERMS", loss.terms(player), plan.weights, lang) for player in ("d", "g")]
    return "\n\n\n".join(
        [_tuple("Round", Round._fields, words.ROUND(lang)), *sources.blocks.values(), "\n".join(tables)]
    )


def _table(name: str, terms: Sequence[Term], weights: Mapping[str, float], lang: Lang) -> str:
    items = ", ".join(f"{term.key}: {float(weights.get(term.key, term.weight))!r}" for term in terms)
    return f"{name} = {{{items}}}  # {words.TERMS(lang)}"


def _tuple(name: str, fields: Sequence[str], about: str) -> str:
    return f'{name} = collections.namedtuple("{name}", "{" ".join(fields)}")  # {about}'


def _game(plan: Plan, lang: Lang) -> str:
    sources = Sources()
    sources.add(initialise, about=words.INITIALISE(lang))
    if plan.augment:
        sources.add(translate, about=words.TRANSLATE(lang))
    if plan.pac > 1:
        sources.add(pack, about=words.PACKED(lang))
    return "\n\n\n".join([*sources.blocks.values(), *growth_code(plan, lang), game_code(plan, lang)])


def _main(plan: Plan, lang: Lang, steps: int, from_file: bool) -> str:
    recipe = plan.recipe
    shown = "average" if recipe.ema_decay else "generator"
    lines = [
        *_save(shown, lang).splitlines(),
        "",
        "",
        "parser = argparse.ArgumentParser()",
        f'parser.add_argument("--steps", type=int, default={steps}, help="{words.FLAG_STEPS(lang)}")',
        f'parser.add_argument("--out", default="samples.png", help="{words.FLAG_OUT(lang)}")',
    ]
    if from_file:
        lines.append(
            f'parser.add_argument("--data", default={file_name(plan.dataset)!r}, help="{words.FLAG_DATA(lang)}")'
        )
    lines += [
        "options = parser.parse_args()",
        "",
        f"images, labels = load_data({'options.data' if from_file else ''})",
        "images, labels = tf.constant(images), tf.constant(labels)",
        "generator, discriminator = make_generator(), make_discriminator()",
        "initialise(discriminator, SEED, 0)",
        "initialise(generator, SEED, 1)",
    ]
    if recipe.ema_decay:
        lines += ["average = make_generator()", "average.set_weights(generator.get_weights())"]
    lines += [
        optimiser_code("D", recipe.d_optimiser),
        optimiser_code("G", recipe.g_optimiser),
        "d_optimiser.build(discriminator.trainable_variables)",
        "g_optimiser.build(generator.trainable_variables)",
        "",
        "for step in range(options.steps):",
        "    losses = train_step(tf.constant(step))",
        *new_stage_code(plan, lang),
        "    if step < 10 or (step + 1) % 100 == 0:",
        '        print(step + 1, *(f"{name}={value:.6g}" for name, value in losses.items()), flush=True)',
        "save_samples(options.out)",
    ]
    return "\n".join(lines)


def _save(shown: str, lang: Lang) -> str:
    return f'''def save_samples(path):
    """{words.SHEET(lang)}"""
    z = np.random.default_rng(SEED).standard_normal((6, LATENT)).astype(np.float32).repeat(10, axis=0)
    drawn = generate({shown}, tf.constant(z), tf.tile(tf.range(10), [6]), training=False)
    grid = tf.reshape(tf.transpose(tf.reshape(drawn, [6, 10, 28, 28]), [0, 2, 1, 3]), [168, 280, 1])
    pixels = tf.cast(tf.round(tf.clip_by_value(grid * 127.5 + 127.5, 0.0, 255.0)), tf.uint8)
    tf.io.write_file(path, tf.io.encode_png(pixels))'''
