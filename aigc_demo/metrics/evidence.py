"""The figures that a verdict rests on, each with the name that people know it by; those that are missing are left out."""

from __future__ import annotations

from aigc_demo.metrics.case import Case
from aigc_demo.metrics.verdicts import Evidence
from aigc_demo.metrics.wording import figure, percent
from aigc_demo.metrics.yardsticks import measured_yardsticks
from aigc_demo.text import Text, plain


def scores(case: Case) -> Evidence:
    """Both mean scores, and for games that have no levels only how far they are apart."""
    if case.loss.readout == "probability":
        return (plain("D(x)"), f"{case.real:.2f}"), (plain("D(G(z))"), f"{case.fake:.2f}")
    gap = (Text("真假得分之差", "gap between the scores"), figure(case.gap))
    if case.loss.family in ("wasserstein", "relativistic"):
        return (gap,)
    return (
        (Text("真图得分", "score of real digits"), figure(case.real)),
        (Text("假图得分", "score of fakes"), figure(case.fake)),
    )


def earlier_gap(case: Case) -> Evidence:
    return _one(Text("此前最大的差", "largest gap before"), case.of("gap_before"))


def norms(case: Case) -> Evidence:
    """The gradient norm of each player over its whole network."""
    return _one(plain("‖∇L_D‖"), case.of("grad_norm_d")) + _one(plain("‖∇L_G‖"), case.of("grad_norm_g"))


def g_norm(case: Case) -> Evidence:
    return _one(plain("‖∇L_G‖"), case.of("grad_norm_g"))


def totals(case: Case) -> Evidence:
    return _one(plain("L_D"), case.of("d_total")) + _one(plain("L_G"), case.of("g_total"))


def penalty(case: Case, key: str) -> Evidence:
    return _one(Text("坡度惩罚项", "slope penalty"), case.of(key))


def quality(case: Case) -> Evidence:
    """Digit-FD between its floor and what a Gaussian per class reaches."""
    yardstick = Text(
        "digit-FD（按类高斯 {bar}，真数字 {floor}）", "digit-FD (Gaussian per class {bar}, real digits {floor})"
    )
    floor = case.figure("digit_fd_floor")
    shown = yardstick.format(
        bar=f"{measured_yardsticks()['per_class_gaussian']:.0f}", floor="–" if floor is None else f"{floor:.1f}"
    )
    return _one(shown, case.digit_fd)


def before(case: Case) -> Evidence:
    """Digit-FD as it was one measurement earlier."""
    return _one(Text("上一次的 digit-FD", "digit-FD before"), case.earlier[-1] if case.earlier else None)


def best(case: Case) -> Evidence:
    return _one(Text("此前最好的 digit-FD", "best digit-FD before"), min(case.earlier, default=None))


def classes(case: Case) -> Evidence:
    shares = case.figures.get("classes") or ()
    top = max(range(len(shares)), key=lambda digit: shares[digit], default=None)
    most = (
        () if top is None else ((Text(f"最多的数字（{top}）", f"most frequent digit ({top})"), percent(shares[top])),)
    )
    return most + _one(Text("类别 KL（均匀为 0）", "class KL (0 is even)"), case.figure("class_kl"))


def variety(case: Case) -> Evidence:
    return _one(Text("类内多样性（真数字 1）", "variety within classes (real digits 1)"), case.figure("diversity"))


def copies(case: Case) -> Evidence:
    name = Text("与最近训练图的距离（真数字 1）", "distance to the nearest training digit (real digits 1)")
    return _one(name, case.figure("memorisation"))


def spread(case: Case) -> Evidence:
    """How alike all images are, and how near the mean digit."""
    ratio = _one(Text("像素方差（真数字 1）", "variance of the pixels (real digits 1)"), case.figure("variance_ratio"))
    return ratio + _one(Text("‖G 的平均 − 平均数字‖²", "‖mean of G − mean digit‖²"), case.figure("mean_distance"))


def held_out(case: Case) -> Evidence:
    gap = _one(Text("D 的得分：训练图 − 没见过的图", "D's score: training − unseen digits"), case.figure("d_gap"))
    share = case.figure("d_gap_share")
    name = Text("D 的领先中只在训练图上有的部分", "part of D's lead that it has on training digits only")
    return gap if share is None else (*gap, (name, percent(share)))


def setting(case: Case, key: str) -> Evidence:
    """A present setting, by its own name."""
    value = case.value(key)
    return () if value is None else ((plain(key.removeprefix("weight.")), f"{value:g}"),)


def steps(case: Case) -> Evidence:
    return _one(Text("步数", "steps"), case.steps, decimals=0)


def _one(name: Text, value: float | None, decimals: int | None = None) -> Evidence:
    if value is None:
        return ()
    return ((name, figure(value) if decimals is None else f"{value:,.{decimals}f}"),)
