"""Adapting a trained model to few images: its own recipe at low rates, D's first layers held (the tutorial's 微调)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aigc_demo.data import class_names_of
from aigc_demo.networks import GENERATORS
from aigc_demo.recipes.making import MAX_SEED, MAX_STEPS, change_settings
from aigc_demo.recipes.numbers import number, whole_number
from aigc_demo.recipes.plan import LONGEST_BASE, Plan
from aigc_demo.text import Text, VisitorError

# Over whatever the model was trained with. Few images are shifted, so that D does not learn them by heart; its first
# layer, which knows strokes, is held (FreezeD: Mo et al. 2020, arXiv:2002.10964).
DEFAULTS: Mapping[str, object] = {
    "lr.g": 2e-3,
    "lr.d": 4e-3,
    "freeze_d": 1,
    "augment": 1,
    "ema_decay": 0.98,
    "rate_halving_steps": 1000,
}
_CLASS_TERM, _CLASS_WEIGHT = "g_class", 0.5  # where G is told by its reader what it drew, it learns a class sooner

_SORTS_ITSELF = Text(
    "这个模型的类别是它自己分的，没有标签可教它新的一类；请选按标签生成的模型，如 fast。",
    "This model found its categories itself and cannot be told of a new class; choose one that is told labels, such as "
    "fast.",
)


def adapt_plan(
    plan: Plan,
    base: str,
    dataset: str,
    seed: object = 0,
    seconds: object = None,
    steps: object = None,
    settings: Mapping[str, object] | None = None,
) -> Plan:
    """The plan of a run that begins with the model called `base`, which was trained by `plan`, and learns `dataset`.

    Raises `VisitorError` for what cannot be adapted or set. The classes of the dataset must begin with the model's own.
    """
    if plan.sorts_itself:
        raise VisitorError(_SORTS_ITSELF)
    names = class_names_of(dataset)
    if GENERATORS[plan.recipe.generator].conditional and names[: len(plan.class_names)] != plan.class_names:
        raise VisitorError(
            Text(
                "新数据的类别要以模型原有的类别开头；请用“{kept}+…”这样合并的数据。",
                "The classes of the data must begin with those the model knows; unite them, as in “{kept}+…”.",
            ).format(kept="digits5k")
        )
    adapted = replace(
        plan,
        base=base[:LONGEST_BASE],
        dataset=dataset,
        class_names=names,
        pac=1,
        auto_stop=0.0,
        seed=whole_number(seed, 0, MAX_SEED, Text("随机种子", "The seed")),
        seconds=None if seconds is None else number(seconds, 0.1, 10_000_000, Text("训练时长", "The training time")),
        steps=None if steps is None else whole_number(steps, 1, MAX_STEPS, Text("步数", "The number of steps")),
    )
    told = {f"weight.{_CLASS_TERM}": _CLASS_WEIGHT} if _CLASS_TERM in plan.weights else {}
    return change_settings(adapted, {**DEFAULTS, **told, **(settings or {})})
