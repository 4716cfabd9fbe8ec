"""What may be tried in each case, in numbers made of the present ones; None where the present settings are not known.

Only things that are there: a rate to lower, a weight to change, another loss, other networks, more data. The names are
those of `recipes.SETTINGS`; which of them a running game can take is what tells a `change` from a `start`.
"""

from __future__ import annotations

from collections.abc import Mapping

from aigc_demo.metrics.case import Case
from aigc_demo.metrics.verdicts import Remedy
from aigc_demo.metrics.wording import figure
from aigc_demo.text import Text

Settings = Mapping[str, float | int | str]
USUAL_RATE = 2e-4  # of Adam, for D and G alike: Radford et al. 2015, arXiv:1511.06434
USUAL_MOMENTUM, MUCH_MOMENTUM = 0.5, 0.7  # of G; the same source, which found 0.9 to swing
HIGHEST_RATE, LOWEST_RATE = 5e-3, 1e-5  # beyond these no recipe of ours learns
USUAL_CLIP, USUAL_PENALTY = 0.01, 10.0  # Arjovsky et al. 2017; Gulrajani et al. 2017
LINEAR_NETWORKS = {"tutorial_4_3": "tutorial_4_3_repaired", "tutorial_5_2": "tutorial_5_2_repaired"}


def slow_d(case: Case) -> Remedy | None:
    """D learns a quarter as fast, no faster than G, and once for each step of G."""
    rate, g, turns = case.value("lr.d"), case.value("lr.g"), case.value("discriminator_steps")
    if rate is None or g is None:
        return None
    settings: dict[str, float | int | str] = {"lr.d": _rounded(max(min(rate / 4, g), LOWEST_RATE))}
    if turns is not None and turns > 1:
        settings["discriminator_steps"] = 1
    return _rates(settings)


def slow_g(case: Case) -> Remedy | None:
    """G no faster than D, or both slower where they are equal."""
    g, d = case.value("lr.g"), case.value("lr.d")
    if g is None or d is None:
        return None
    return _rates({"lr.g": _rounded(d if g > 1.5 * d else g / 4), **({} if g > 1.5 * d else {"lr.d": _rounded(d / 2)})})


def slow_both(case: Case) -> Remedy | None:
    """Smaller steps for both, in the same ratio: what circles comes to rest."""
    g, d = case.value("lr.g"), case.value("lr.d")
    if g is None or d is None:
        return None
    return _rates({"lr.g": _rounded(max(g / 4, LOWEST_RATE)), "lr.d": _rounded(max(d / 4, LOWEST_RATE))})


def wake_d(case: Case) -> Remedy | None:
    """A D that can tell: networks with bends in them, or, where they have those, a faster D."""
    networks = {key: LINEAR_NETWORKS.get(str(case.values.get(key))) for key in ("generator", "discriminator")}
    if networks["discriminator"] is not None:
        settings = {key: value for key, value in networks.items() if value is not None}
        return Remedy(
            Text(
                "改用层间有激活函数的网络，重新开始", "Start again with networks that have activations between layers"
            ),
            "start",
            settings,
            loss="non_saturating",
        )
    g, d = case.value("lr.g"), case.value("lr.d")
    if g is None or d is None:
        return None
    return _rates({"lr.d": _rounded(min(max(g if d < g else 2 * d, USUAL_RATE), HIGHEST_RATE))})


def stronger_slope(case: Case) -> Remedy | None:
    """Where G's slope is lost, a loss that keeps it; and D slower, so that it is not lost again."""
    slower = slow_d(case)
    return Remedy(
        Text("换成非饱和损失，并放慢 D", "Switch to the non-saturating loss and slow D down"),
        "change",
        {} if slower is None else slower.settings,
        loss="non_saturating",
    )


def right_loss(case: Case) -> Remedy | None:
    return Remedy(
        Text("换成非饱和损失（标准 GAN）", "Switch to the non-saturating loss (the standard GAN)"),
        "change",
        {f"weight.{key}": 0.0 for key in ("g_recon_x",) if case.value(f"weight.{key}")},
        loss="non_saturating",
    )


def no_average(case: Case) -> Remedy | None:
    """Without λ||G(z) - x||^2."""
    if not case.value("weight.g_recon_x"):
        return None
    return Remedy(Text("把 λ‖G(z) − x‖² 的 λ 调到 0", "Set λ of ‖G(z) − x‖² to 0"), "change", {"weight.g_recon_x": 0.0})


def more_data(case: Case) -> Remedy | None:
    """Enough digits that they cannot be learnt by heart; where there are, D sees them shifted."""
    if case.values.get("dataset") in ("ten_digits", "one_image"):
        return Remedy(Text("用全部数字重新开始", "Start again with all the digits"), "start", {}, dataset="digits5k")
    return shifted(case)


def shifted(case: Case) -> Remedy | None:
    if case.value("augment") is None or case.value("augment"):
        return None
    return Remedy(
        Text("让 D 看到的图随机平移 2 像素", "Shift what D sees by up to 2 pixels at random"), "change", {"augment": 2}
    )


def variety(case: Case) -> Remedy | None:
    """Against collapse: less momentum; a D that sees two images at once, where it does not look at labels; a slower G."""
    labelled = case.figures.get("label_accuracy") is not None or any("class" in key for key in case.recent)
    g, d, momentum = case.value("lr.g"), case.value("lr.d"), case.value("beta_1.g")
    if momentum is not None and momentum > MUCH_MOMENTUM:
        words = Text("β1 调到 {b}，重新开始", "Start again with β1 = {b}").format(b=USUAL_MOMENTUM)
        return Remedy(words, "start", {"beta_1.g": USUAL_MOMENTUM})
    if g is None or d is None or labelled or case.value("pac") != 1:
        return slow_g(case)
    return Remedy(
        Text(
            "让 D 一次看两张图（pac 2），并放慢 G，重新开始", "Start again with D judging pairs (pac 2), and a slower G"
        ),
        "start",
        {"pac": 2, "lr.g": _rounded(min(g, USUAL_RATE)), "lr.d": _rounded(min(d, USUAL_RATE))},
    )


def less_class(case: Case) -> Remedy | None:
    """A class term that no longer outweighs the game."""
    weight = case.value("weight.g_class")
    if weight is None or weight <= 0.2:
        return None
    return Remedy(
        Text("把类别项的权重降到 {w}", "Lower the weight of the class term to {w}").format(w=figure(0.2)),
        "change",
        {"weight.g_class": 0.2},
    )


def bound_slope(case: Case) -> Remedy | None:
    """A penalty that holds D's slope, where there is none or it is light; else slower rates, from the start."""
    for key in ("d_gp", "d_dragan", "d_r1"):
        weight = case.value(f"weight.{key}")
        if weight is not None and weight < 1.0:
            return _penalty(key, USUAL_PENALTY if key != "d_r1" else 1.0)
    if case.loss.family == "relativistic" and case.value("weight.d_r1") is None:
        return _penalty("d_r1", 1.0)
    return gentler(case)


def gentler(case: Case) -> Remedy | None:
    """From the start, with the usual rates: what has run off does not come back."""
    g, d = case.value("lr.g"), case.value("lr.d")
    if g is None or d is None:
        return None
    settings = {"lr.g": _rounded(_calmer(g)), "lr.d": _rounded(_calmer(d))}
    words = _rates(settings).text
    return Remedy(Text(f"重新开始，{words.zh}", f"Start again: {words.en}"), "start", settings)


def wider_clip(case: Case) -> Remedy | None:
    if case.value("clip") is None:
        return None
    return Remedy(
        Text("把截断放宽到 ±{c}", "Widen the clipping to ±{c}").format(c=USUAL_CLIP), "change", {"clip": USUAL_CLIP}
    )


def usual_rates(case: Case) -> Remedy | None:
    """Where a rate is so small that nothing moves, the usual one."""
    settings: dict[str, float | int | str] = {}
    for key in ("lr.g", "lr.d"):
        rate = case.value(key)
        if rate is not None and rate < LOWEST_RATE * 5:
            settings[key] = USUAL_RATE
    return _rates(settings) if settings else None


def _penalty(key: str, weight: float) -> Remedy:
    title = Text("惩罚 D 的坡度：{key} 的权重 {w}", "Charge D for its slope: weight {w} for {key}")
    return Remedy(title.format(key=key, w=f"{weight:g}"), "change", {f"weight.{key}": weight})


def _rates(settings: Settings) -> Remedy:
    """A change of rates, in words that name them."""
    names = {
        "lr.d": Text("D 的学习率", "D's rate"),
        "lr.g": Text("G 的学习率", "G's rate"),
        "discriminator_steps": Text("D 每步更新次数", "updates of D per step"),
    }
    zh = "，".join(f"{names[key].zh} → {value}" for key, value in settings.items())
    en = ", ".join(f"{names[key].en} → {value}" for key, value in settings.items())
    return Remedy(Text(zh, en), "change", settings)


def _calmer(rate: float) -> float:
    return USUAL_RATE if rate > HIGHEST_RATE else max(rate / 4, LOWEST_RATE)


def _rounded(rate: float) -> float:
    """Two figures: what people can read."""
    return float(f"{rate:.2g}")
