"""Recipes: which networks play which game with which optimisers, as plain frozen data.

A `Recipe` is what a visitor chooses by name. A `Plan` is a recipe with every choice made (loss, weights, rates, data,
seed): it is saved before the first step and is all that is needed to build, resume or repeat a run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, get_args

from aigc_demo.losses import AUXILIARIES, LOSSES, Auxiliary, Loss, Term, carry, find_loss
from aigc_demo.networks import DISCRIMINATORS, GENERATORS
from aigc_demo.text import NotFound, Text, VisitorError

Updates = Literal["alternating", "simultaneous"]
MAX_SEED = 2**31 - 1


@dataclass(frozen=True)
class Optimiser:
    """An optimiser by name; `beta_1` and `beta_2` are Adam's, and RMSProp reads `beta_2` as its decay."""

    learning_rate: float
    beta_1: float = 0.9
    beta_2: float = 0.999
    name: Literal["adam", "rmsprop"] = "adam"


@dataclass(frozen=True)
class Recipe:
    """Networks + loss + optimisers + schedule, by name; see `RECIPES`."""

    key: str
    title: Text
    story: Text
    generator: str
    discriminator: str
    latent_size: int
    loss: str
    batch_size: int
    g_optimiser: Optimiser
    d_optimiser: Optimiser
    conditional: bool = False
    class_head: bool = False
    auxiliaries: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    updates: Updates = "alternating"
    ema_decay: float = 0.99  # at step t the decay is min(ema_decay, (1 + t) / (ema_lag + t))
    ema_lag: float = 10.0
    rate_halving_steps: float = 1e9  # both rates are multiplied by h / (h + t)
    section: str = ""  # where the tutorial describes it


_TUTORIAL_ADAM = Optimiser(2e-4)  # the tutorial's Adam(learning_rate=0.0002) with Keras's default betas
_DCGAN_ADAM = Optimiser(2e-4, 0.5)  # Radford et al. 2015, arXiv:1511.06434, section 4

_RECIPES = (
    Recipe(
        key="fast",
        title=Text("快速：几秒学会写数字", "Fast: digits in seconds"),
        story=Text(
            "小型条件卷积 GAN：指定写几，它就写几。在两个 CPU 核上几秒内从噪声变成数字。",
            "A small conditional convolutional GAN: it writes the digit you ask for. Noise becomes digits within "
            "seconds on two CPU cores.",
        ),
        generator="fast",
        discriminator="fast",
        latent_size=64,
        loss="non_saturating",
        batch_size=32,
        g_optimiser=Optimiser(3e-3, 0.5, 0.99),
        d_optimiser=Optimiser(3e-3, 0.5, 0.99),
        conditional=True,
        class_head=True,
        auxiliaries=("acgan",),
        weights={"g_class": 1.0, "d_class": 0.5},
        ema_lag=3.0,
    ),
    Recipe(
        key="fast_long",
        title=Text("快速的长训版", "Fast, trained for long"),
        story=Text(
            "更深的生成器、宽一倍的判别器，学习率逐渐降低：起步慢些，练上几分钟更好。随附的模型由它训练。",
            "A deeper generator, a wider discriminator and falling rates: a slower start, better after minutes. The "
            "shipped model was made with it.",
        ),
        generator="fast_deep",
        discriminator="fast_wide",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(2e-3, 0.5, 0.99),
        d_optimiser=Optimiser(2e-3, 0.5, 0.99),
        conditional=True,
        class_head=True,
        auxiliaries=("acgan",),
        weights={"g_class": 0.2, "d_class": 0.5},
        ema_decay=0.999,
        rate_halving_steps=2000.0,
    ),
    Recipe(
        key="tutorial_4_3",
        title=Text("教程 §4.3，照原样", "Tutorial §4.3, as written"),
        story=Text(
            "两层全连接、层间没有激活函数、两次 sigmoid：教程的网络与损失，一字不改。",
            "Two dense layers, no activation between them, sigmoid applied twice: the tutorial's nets and loss, "
            "unchanged.",
        ),
        generator="tutorial_4_3",
        discriminator="tutorial_4_3",
        latent_size=100,
        loss="double_sigmoid",
        batch_size=128,
        g_optimiser=_TUTORIAL_ADAM,
        d_optimiser=_TUTORIAL_ADAM,
        updates="simultaneous",
        section="4.3",
    ),
    Recipe(
        key="tutorial_4_3_repaired",
        title=Text("教程 §4.3，已修正", "Tutorial §4.3, repaired"),
        story=Text(
            "同样的两层网络，加上 LeakyReLU、logit 输出、非饱和损失与 β1 = 0.5。",
            "The same two layers with LeakyReLU, a logit output, the non-saturating loss and β1 = 0.5.",
        ),
        generator="tutorial_4_3_repaired",
        discriminator="tutorial_4_3_repaired",
        latent_size=100,
        loss="non_saturating",
        batch_size=128,
        g_optimiser=_DCGAN_ADAM,
        d_optimiser=_DCGAN_ADAM,
        section="4.3",
    ),
    Recipe(
        key="tutorial_5_2",
        title=Text("教程 §5.2，照原样", "Tutorial §5.2, as written"),
        story=Text(
            "四层 784 维 tanh 串联，两次 sigmoid：饱和的长链，学得很慢。",
            "Four 784-wide tanh layers in a chain and sigmoid applied twice: a saturating chain that hardly learns.",
        ),
        generator="tutorial_5_2",
        discriminator="tutorial_5_2",
        latent_size=100,
        loss="double_sigmoid",
        batch_size=128,
        g_optimiser=_TUTORIAL_ADAM,
        d_optimiser=_TUTORIAL_ADAM,
        updates="simultaneous",
        section="5.2",
    ),
    Recipe(
        key="tutorial_5_2_repaired",
        title=Text("教程 §5.2，已修正", "Tutorial §5.2, repaired"),
        story=Text(
            "100-256-512-784，层间 LeakyReLU，logit 输出，非饱和损失，β1 = 0.5。",
            "100-256-512-784 with LeakyReLU, a logit output, the non-saturating loss and β1 = 0.5.",
        ),
        generator="tutorial_5_2_repaired",
        discriminator="tutorial_5_2_repaired",
        latent_size=100,
        loss="non_saturating",
        batch_size=128,
        g_optimiser=_DCGAN_ADAM,
        d_optimiser=_DCGAN_ADAM,
        section="5.2",
    ),
    Recipe(
        key="tutorial_cnn",
        title=Text("教程文字所述的 CNN", "The CNN of the tutorial's words"),
        story=Text(
            "§4.3 的文字说生成器三层卷积、判别器两层卷积，代码却全是全连接；这里照文字搭建。",
            "The words of §4.3 speak of a three-layer and a two-layer CNN while its code is dense: here they are, "
            "built.",
        ),
        generator="tutorial_cnn",
        discriminator="tutorial_cnn",
        latent_size=100,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(2e-4, 0.5, 0.99),
        d_optimiser=Optimiser(2e-4, 0.5, 0.99),
        section="4.3",
    ),
    Recipe(
        key="dcgan_tf",
        title=Text("TensorFlow 教程的 DCGAN（标尺）", "TensorFlow's tutorial DCGAN (yardstick)"),
        story=Text(
            "大家最常照着跑的配置，用作标尺：每步计算量是“快速”的上百倍。",
            "The configuration most people copy, kept as a yardstick: one of its steps costs as much as hundreds of "
            "“fast”.",
        ),
        generator="dcgan_tf",
        discriminator="dcgan_tf",
        latent_size=100,
        loss="non_saturating",
        batch_size=256,
        g_optimiser=Optimiser(1e-4),
        d_optimiser=Optimiser(1e-4),
        updates="simultaneous",
        ema_decay=0.0,  # TensorFlow's tutorial has none: its samples come from the raw weights
    ),
)

RECIPES: dict[str, Recipe] = {recipe.key: recipe for recipe in _RECIPES}


MIN_SECONDS, MAX_SECONDS = 5, 600  # what a page or an API client may ask for
DEFAULT_SECONDS = 20
MAX_STEPS = 1_000_000
MAX_WEIGHT = 10.0


@dataclass(frozen=True)
class Plan:
    """A recipe with every choice made. `weights` holds the weight of every tunable term of `loss_object()`."""

    recipe: Recipe
    loss: str
    auxiliaries: tuple[str, ...]
    weights: Mapping[str, float]
    dataset: str
    seed: int
    discriminator_steps: int
    seconds: float | None = None
    steps: int | None = None

    def loss_object(self) -> Loss:
        """The catalogue's loss with this plan's auxiliary terms attached."""
        return carry(find_loss(self.loss), *(AUXILIARIES[key] for key in self.auxiliaries))

    def to_json(self) -> dict[str, Any]:
        """Plain data; the recipe's words are left out, since they belong to its name."""
        plain = asdict(self)
        plain["recipe"].pop("title")
        plain["recipe"].pop("story")
        return plain

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Plan:
        """The plan that `to_json` wrote, checked; raises `VisitorError` when it is not one."""
        try:
            stored = dict(data["recipe"])
            known = find_recipe(stored["key"])
            for player in ("g_optimiser", "d_optimiser"):
                stored[player] = Optimiser(**stored[player])
            stored["auxiliaries"] = tuple(stored["auxiliaries"])
            recipe = Recipe(title=known.title, story=known.story, **stored)
            rest = {item.name: data[item.name] for item in fields(Plan) if item.name != "recipe"}
            rest["auxiliaries"] = tuple(rest["auxiliaries"])
            rest["weights"] = {str(key): float(value) for key, value in rest["weights"].items()}
            plan = Plan(recipe=recipe, **rest)
            _check_plan(plan)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise VisitorError(
                Text("config.json 中的训练计划无法读取。", "The training plan in config.json cannot be read.")
            ) from error
        return plan


def find_recipe(key: str) -> Recipe:
    """The recipe called `key`; raises `NotFound` with the list of names."""
    if isinstance(key, str) and key in RECIPES:  # what an API client sends may be anything
        return RECIPES[key]
    raise NotFound(
        Text(
            "没有名为“{key}”的配方。可用：{known}。", "There is no recipe called “{key}”. Choose one of {known}."
        ).format(key=str(key)[:80], known=", ".join(RECIPES))
    )


def make_plan(
    recipe: str = "fast",
    loss: str | None = None,
    dataset: str = "digits5k",
    seed: object = 0,
    seconds: object = None,
    steps: object = None,
    settings: Mapping[str, object] | None = None,
) -> Plan:
    """Make every choice of a run, and check each; raises `VisitorError` with one sentence that says what to do.

    `settings` overrides by name: `weight.<term key>`, `lr.g`, `lr.d`, `discriminator_steps`, `batch_size`. A weight for
    an auxiliary term attaches that auxiliary.
    """
    base = find_recipe(recipe)
    game = find_loss(base.loss if loss is None else loss)
    chosen = dict(settings or {})
    wanted = {key.removeprefix("weight."): value for key, value in chosen.items() if key.startswith("weight.")}
    auxiliaries = base.auxiliaries + tuple(
        item.key for item in AUXILIARIES.values() if _asked_for(item, wanted, game) and item.key not in base.auxiliaries
    )
    for key in auxiliaries:
        if AUXILIARIES[key].needs_class_head and not base.class_head:
            refusal = Text(
                "配方 {recipe} 的判别器没有分类头，不能加“{term}”；请换用 fast。",
                "The discriminator of {recipe} has no class head, so it cannot carry “{term}”; use the recipe fast.",
            )
            title = AUXILIARIES[key].title
            raise VisitorError(
                Text(
                    refusal.zh.format(recipe=base.key, term=title.zh), refusal.en.format(recipe=base.key, term=title.en)
                )
            )
    if not isinstance(dataset, str):
        raise VisitorError(Text("数据集应是名称或路径。", "The dataset must be a name or a path."))
    full = carry(game, *(AUXILIARIES[key] for key in auxiliaries))
    plan = Plan(
        recipe=_tuned(base, chosen),
        loss=game.key,
        auxiliaries=auxiliaries,
        weights=_weights(full, base, wanted),
        dataset=dataset,
        seed=whole_number(seed, 0, MAX_SEED, Text("随机种子", "The seed")),
        discriminator_steps=whole_number(
            chosen.get("discriminator_steps", game.discriminator_steps), 1, 20, plain_name("discriminator_steps")
        ),
        seconds=None if seconds is None else number(seconds, 0.1, 10_000_000, Text("训练时长", "The training time")),
        steps=None if steps is None else whole_number(steps, 1, MAX_STEPS, Text("步数", "The number of steps")),
    )
    unknown = [key for key in chosen if not key.startswith("weight.") and key not in _SETTINGS]
    if unknown:
        raise VisitorError(
            Text("不认识的设置 {key}。可用：{known}。", "Unknown setting {key}. Choose one of {known}.").format(
                key=unknown[0][:80], known=", ".join((*_SETTINGS, *(f"weight.{key}" for key in plan.weights)))
            )
        )
    return plan


_SETTINGS = ("lr.g", "lr.d", "discriminator_steps", "batch_size", "rate_halving_steps", "ema_decay")


def _asked_for(item: Auxiliary, wanted: Mapping[str, object], loss: Loss) -> bool:
    own = {term.key for term in loss.d_terms + loss.g_terms}
    return any(term.key in wanted and term.key not in own for term in item.terms)


def _weights(loss: Loss, recipe: Recipe, wanted: Mapping[str, object]) -> dict[str, float]:
    tunable: dict[str, Term] = {term.key: term for term in loss.d_terms + loss.g_terms if term.symbol}
    unknown = [key for key in wanted if key not in tunable]
    if unknown:
        raise VisitorError(
            Text(
                "这个损失没有可调的项 {key}。可调：{known}。", "This loss has no tunable term {key}. Tunable: {known}."
            ).format(key=unknown[0][:80], known=", ".join(tunable) or "–")
        )
    weights = {key: recipe.weights.get(key, term.weight) for key, term in tunable.items()}
    for key, value in wanted.items():
        weights[key] = number(value, 0.0, MAX_WEIGHT, plain_name(f"weight.{key}"))
    return weights


def _tuned(recipe: Recipe, chosen: Mapping[str, object]) -> Recipe:
    for player in ("g", "d"):
        if f"lr.{player}" in chosen:
            name = f"{player}_optimiser"
            rate = number(chosen[f"lr.{player}"], 1e-7, 1.0, plain_name(f"lr.{player}"))
            recipe = replace(recipe, **{name: replace(getattr(recipe, name), learning_rate=rate)})
    if "batch_size" in chosen:
        recipe = replace(recipe, batch_size=whole_number(chosen["batch_size"], 2, 1024, plain_name("batch_size")))
    if "rate_halving_steps" in chosen:
        halving = number(chosen["rate_halving_steps"], 1.0, 1e9, plain_name("rate_halving_steps"))
        recipe = replace(recipe, rate_halving_steps=halving)
    if "ema_decay" in chosen:
        recipe = replace(recipe, ema_decay=number(chosen["ema_decay"], 0.0, 0.99999, plain_name("ema_decay")))
    return recipe


def _check_plan(plan: Plan) -> None:
    """Raise unless every value of `plan`, which may come from anybody's file, is of the kind that `make_plan` makes."""
    made = make_plan(
        plan.recipe.key,
        plan.loss,
        plan.dataset,
        plan.seed,
        plan.seconds,
        plan.steps,
        {
            **{f"weight.{key}": value for key, value in plan.weights.items()},
            "lr.g": plan.recipe.g_optimiser.learning_rate,
            "lr.d": plan.recipe.d_optimiser.learning_rate,
            "batch_size": plan.recipe.batch_size,
            "rate_halving_steps": plan.recipe.rate_halving_steps,
            "ema_decay": plan.recipe.ema_decay,
            "discriminator_steps": plan.discriminator_steps,
        },
    )
    known, stored = made.recipe, plan.recipe
    _check_types(plan, made)
    for mine, theirs in (
        (stored, known),
        (stored.g_optimiser, known.g_optimiser),
        (stored.d_optimiser, known.d_optimiser),
    ):
        _check_types(mine, theirs)
    number(stored.ema_lag, 1.0, 1e9, plain_name("ema_lag"))
    whole_number(stored.latent_size, 1, 1024, plain_name("latent_size"))
    for optimiser in (stored.g_optimiser, stored.d_optimiser):
        number(optimiser.beta_1, 0.0, 0.99999, plain_name("beta_1"))
        number(optimiser.beta_2, 0.0, 0.99999, plain_name("beta_2"))
    tunable = {term.key for term in plan.loss_object().d_terms + plan.loss_object().g_terms if term.symbol}
    if not (
        stored.generator in GENERATORS
        and stored.discriminator in DISCRIMINATORS
        and stored.loss in LOSSES
        and stored.updates in get_args(Updates)
        and all(item.name in ("adam", "rmsprop") for item in (stored.g_optimiser, stored.d_optimiser))
        and all(key in AUXILIARIES for key in stored.auxiliaries)
        and all(isinstance(value, float) for value in stored.weights.values())
        and set(plan.weights) == tunable
    ):
        raise ValueError("a plan that no recipe makes")


def _check_types(made: object, known: object) -> None:
    for item in fields(known):  # type: ignore[arg-type]
        if type(getattr(made, item.name)) is not type(getattr(known, item.name)):
            raise TypeError(f"{item.name} is of another type")


def plain_name(name: str) -> Text:
    return Text(name, name)


def number(value: object, least: float, most: float, what: Text) -> float:
    """`value` as a finite float in [least, most]; a string is read as one. Raises `VisitorError` naming `what`."""
    try:
        if isinstance(value, bool):
            raise TypeError
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        result = math.nan
    if math.isfinite(result) and least <= result <= most:
        return result
    sentence = Text(
        "{what}应为 {least} 到 {most} 之间的数，不能是 {value}。",
        "{what} must be a number between {least} and {most}, not {value}.",
    )
    given = Text("空", "nothing") if value in (None, "") else plain_name(_shown(value))
    low, high = _readable(least), _readable(most)
    raise VisitorError(
        Text(
            sentence.zh.format(what=what.zh, least=low, most=high, value=given.zh),
            sentence.en.format(what=what.en, least=low, most=high, value=given.en),
        )
    )


def _shown(value: object) -> str:
    try:
        return repr(value)[:40]
    except ValueError:  # Python refuses to write out an integer of thousands of digits
        return "…"


def _readable(value: float) -> str:
    """`value` as people write it: 1,000,000 rather than 1e+06."""
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def whole_number(value: object, least: int, most: int, what: Text) -> int:
    """As `number`, for whole numbers."""
    result = number(value, least, most, what)
    if result == int(result):
        return int(result)
    raise VisitorError(
        Text(
            f"{what.zh}应为整数，不能是 {str(value)[:40]}。",
            f"{what.en} must be a whole number, not {str(value)[:40]}.",
        )
    )
