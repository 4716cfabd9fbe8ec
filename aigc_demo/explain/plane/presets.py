"""Games in the plane whose outcome is known: settings, what to watch, and what was measured over several seeds.

`python -m benchmarks.plane` plays each of them and counts how often its claims hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aigc_demo.text import Lang, Text


@dataclass(frozen=True)
class Claim:
    """A figure of the game's end, by its name in plane-outcome.js, lies between `least` and `most`."""

    figure: str
    least: float | None = None
    most: float | None = None

    def holds(self, value: float | None) -> bool:
        if value is None:
            return False
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Preset:
    """`settings` are those that differ from the usual ones; `ground` and `layers` are what the view shows first."""

    key: str
    title: Text
    watch: Text
    settings: dict[str, Any]
    steps: int  # after which the claims hold
    claims: tuple[Claim, ...]
    ground: str = "d"
    layers: tuple[str, ...] = ("real", "fake", "arrows")


_QUICK = {"batch": 64}  # a small batch takes more steps a second, so that what happens is seen sooner

PRESETS: tuple[Preset, ...] = (
    Preset(
        "healthy",
        Text("正常训练", "A healthy game"),
        Text(
            "假点先铺开，再一团一团地聚到八个真团上。两边谁也没有赢：D 的损失一直离 0 很远。",
            "The fakes spread out, then gather on the eight clumps one by one. Neither side wins: D's loss stays far "
            "from 0.",
        ),
        _QUICK | {"beta_1": 0, "beta_2": 0.99, "lr_d": 0.002},
        1500,
        (Claim("modes", least=7), Claim("hq", least=0.4), Claim("d_total", least=0.9), Claim("slope", least=1.2)),
    ),
    Preset(
        "collapse",
        Text("模式坍缩", "Mode collapse"),
        Text(
            "D 学得太快：G 只覆盖八个团里的少数几个，别的团几乎没有假点。两边的损失却看不出这一点。",
            "D learns too fast: G covers only a few of the eight clumps, and hardly a fake lies on the others. The losses "
            "do not show it.",
        ),
        _QUICK | {"loss": "minimax", "lr_d": 0.01, "d_steps": 5},
        800,
        (Claim("modes", most=4),),
    ),
    Preset(
        "cycle",
        Text("打转", "Going round"),
        Text(
            "两边的步子和动量都太大：整群假点在环上来回奔走，扑过一个又一个真团，一直停不下来。看足迹。",
            "Steps and momentum of both sides are too large: the whole crowd of fakes rushes about the ring, over one "
            "real clump after another, and never settles. Watch the trail.",
        ),
        _QUICK | {"lr_d": 0.003, "lr_g": 0.003, "beta_1": 0.9},
        600,
        (Claim("modes", most=4), Claim("travel", least=4.0)),
        layers=("real", "fake", "trail"),
    ),
    Preset(
        "freeze",
        Text("饱和而冻住", "Saturated and frozen"),
        Text(
            "D 每步学十次，G 只学一次，而 minimax 的箭头与 D(G(z)) 成正比：D 一有把握，箭头就几乎没了，G 停在原地。",
            "D learns ten times a step and G once, and the arrows of the minimax loss are proportional to D(G(z)): once D "
            "is sure they all but vanish, and G stands still.",
        ),
        _QUICK | {"loss": "minimax", "optimiser": "sgd", "lr_d": 0.2, "lr_g": 0.01, "d_steps": 10},
        150,
        (Claim("d_fake", most=0.01), Claim("arrow", most=0.05), Claim("travel", most=0.05), Claim("modes", most=0)),
    ),
    Preset(
        "blur",
        Text("被 λ 拉向平均", "Pulled to the average by λ"),
        Text(
            "教程的 λ‖G(z) − x‖² 只有一个最小值：数据的平均。八个团的平均在圆心，那里一个真点也没有。",
            "The tutorial's λ‖G(z) − x‖² has one minimum: the average of the data. That of eight clumps is the middle of "
            "the ring, where there is no data at all.",
        ),
        _QUICK | {"auxiliaries": ["recon_x"], "weights": {"g_recon_x": 10.0}},
        300,
        (Claim("radius", most=0.3), Claim("hq", most=0.01)),
    ),
    Preset(
        "diverge",
        Text("发散", "Divergence"),
        Text(
            "G 的步子是 D 的十倍：D 还没有学会，G 已经跑远了；几乎没有假点落在团上。",
            "G's steps are ten times as large as D's: before D has learnt anything G is elsewhere, and hardly a fake lies "
            "on a clump.",
        ),
        _QUICK | {"lr_d": 0.0005, "lr_g": 0.005},
        500,
        (Claim("hq", most=0.1), Claim("w1", least=0.8)),
    ),
    Preset(
        "literal",
        Text("教程的 L_D", "The tutorial's L_D"),
        Text(
            "真假两项同号，所以 D 处处说“真”：整个平面变成一色，−L_D 到 2，箭头消失，G 再也学不到什么。",
            "Real and fake have the same sign, so D says “real” everywhere: the plane takes one colour, −L_D reaches 2, "
            "the arrows vanish, and G learns nothing more.",
        ),
        _QUICK | {"loss": "doc_literal", "weights": {"g_recon_x": 0.0}},
        300,
        (Claim("d_total", most=-1.99), Claim("d_fake", least=0.99), Claim("arrow", most=0.01)),
    ),
    Preset(
        "flat",
        Text("R1 + R2：平的 D", "R1 + R2: a flat D"),
        Text(
            "两个惩罚让 D 在真点和假点处都平坦：平面上的平均坡度不到正常训练的三分之二，D(G(z)) 接近 ½。看坡度底图。",
            "Two penalties keep D flat at real points and at fakes: its mean slope over the plane is less than two thirds "
            "of the healthy game's, and D(G(z)) is near ½. Watch the slope.",
        ),
        _QUICK | {"auxiliaries": ["r1", "r2"], "weights": {"d_r1": 0.1, "d_r2": 0.1}},
        1000,
        (Claim("slope", most=0.8), Claim("d_fake", least=0.4, most=0.6)),
        ground="slope",
    ),
)


def described(preset: Preset, lang: Lang) -> dict[str, Any]:
    """The preset as the page reads it, in one language."""
    return {
        "key": preset.key,
        "title": preset.title(lang),
        "watch": preset.watch(lang),
        "settings": preset.settings,
        "look": {"ground": preset.ground, "layers": preset.layers},
        "steps": preset.steps,
        "claims": [{"figure": claim.figure, "least": claim.least, "most": claim.most} for claim in preset.claims],
    }
