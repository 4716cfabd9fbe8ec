"""Sections 4.3 and 5.2 of the tutorial: the loss that its code really computes (C4)."""

from __future__ import annotations

from math import log

from aigc_demo.explain.closed_form import TWO_LOG_TWO, double_sigmoid_losses, sigmoid, softplus, steepest_double_sigmoid
from aigc_demo.explain.erratum import Erratum, Evidence, Trial
from aigc_demo.losses import LOSSES
from aigc_demo.text import Text

_AT, _STEEPEST = steepest_double_sigmoid()
_PERFECT = double_sigmoid_losses(1.0, 0.0)
_DEAD = double_sigmoid_losses(0.0, 0.0)

C4 = Erratum(
    id="C4",
    sections=("4.3", "5.2"),
    title=Text("代码里 sigmoid 用了两次", "The code applies the sigmoid twice"),
    words=Text(
        "判别器最后一层是 `Dense(1, activation='sigmoid')`，损失却用 `sigmoid_cross_entropy_with_logits`（§4.3、§5.2 "
        "的代码）。",
        "D ends in `Dense(1, activation='sigmoid')` while the loss is `sigmoid_cross_entropy_with_logits` (the code "
        "of §4.3 and §5.2).",
    ),
    as_written=(LOSSES["double_sigmoid"].formula("d"), LOSSES["double_sigmoid"].formula("g")),
    corrected=(LOSSES["non_saturating"].formula("d"), LOSSES["non_saturating"].formula("g")),
    why=Text(
        rf"概率 $P=\sigma(s)$ 又被当作 logit 压缩了一次。判别器再完美，损失也只能降到 ${_PERFECT:.4f}$，到不了 0；"
        rf"G 的斜率最大只有 ${_STEEPEST:.4f}$。$P\to0$ 时损失停在 ${_DEAD:.4f}$ 与 ${log(2):.4f}$，"
        r"正是教科书上的均衡值，可那时两张网络都已经不动了。",
        rf"The probability $P=\sigma(s)$ is squashed once more as if it were a logit. However perfect D is, its loss "
        rf"stops at ${_PERFECT:.4f}$ and never reaches 0; G's slope is at most ${_STEEPEST:.4f}$. As $P\to0$ the "
        rf"losses rest at ${_DEAD:.4f}$ and ${log(2):.4f}$, the textbook equilibrium to the letter, with both nets "
        rf"dead.",
    ),
    evidence=(
        Evidence(
            Text(r"开始时（$P=\tfrac12$）的 $L_D$", r"$L_D$ at the start ($P=\tfrac12$)"),
            double_sigmoid_losses(0.5, 0.5),
        ),
        Evidence(Text("判别器完美时的 $L_D$", "$L_D$ of a perfect D"), _PERFECT),
        Evidence(Text(r"双方停住时（$P\to0$）的 $L_D$", r"$L_D$ when both are dead ($P\to0$)"), _DEAD),
        Evidence(Text(r"真正的均衡 $2\ln2$", r"the true equilibrium, $2\ln2$"), TWO_LOG_TWO),
        Evidence(Text(f"G 的最大斜率（在 $P={_AT:.3f}$）", f"G's steepest slope (at $P={_AT:.3f}$)"), _STEEPEST),
        Evidence(Text("正确损失的斜率可达", "the right loss reaches a slope of"), sigmoid(100), 0),
    ),
    steps=(
        Text(
            r"交叉熵函数会自己做一次 sigmoid，所以代码算的是 "
            r"$L_D=\mathrm{softplus}(-P(x))+\mathrm{softplus}(P(G(z)))$，$P\in(0,1)$。",
            r"The cross-entropy applies a sigmoid of its own, so the code computes "
            r"$L_D=\mathrm{softplus}(-P(x))+\mathrm{softplus}(P(G(z)))$ with $P\in(0,1)$.",
        ),
        Text(
            r"$P$ 既到不了 $+\infty$ 也到不了 $-\infty$：真图项只能在 "
            f"{softplus(-1):.4f} 与 {log(2):.4f} 之间，假图项在 {log(2):.4f} 与 {softplus(1):.4f} 之间。",
            r"$P$ can reach neither $+\infty$ nor $-\infty$: the real term stays between "
            f"{softplus(-1):.4f} and {log(2):.4f}, the fake term between {log(2):.4f} and {softplus(1):.4f}.",
        ),
        Text(
            r"逐点最优的 $P^*=\operatorname{clip}(\log(p/q),0,1)$：凡是假图更密的地方一律答 0，不分轻重。",
            r"The best answer at each point is $P^*=\operatorname{clip}(\log(p/q),0,1)$: wherever fakes are denser it "
            r"says 0, be it by a little or a lot.",
        ),
        Text(
            rf"G 对 logit 的斜率是 $-\sigma(-P)\,P(1-P)$，多了因子 $P(1-P)$；最大 ${_STEEPEST:.4f}$，$s=-5$ 处只剩 "
            rf"${sigmoid(-sigmoid(-5)) * sigmoid(-5) * sigmoid(5):.4f}$，而正确的损失在那里是 ${sigmoid(5):.4f}$。",
            rf"G's slope by the logit is $-\sigma(-P)\,P(1-P)$, with an extra factor $P(1-P)$: at most "
            rf"${_STEEPEST:.4f}$, and ${sigmoid(-sigmoid(-5)) * sigmoid(-5) * sigmoid(5):.4f}$ at $s=-5$, where the "
            rf"right loss has ${sigmoid(5):.4f}$.",
        ),
        Text(
            "改正：判别器最后一层不加激活，直接输出 logit；sigmoid 只在损失里出现一次。",
            "The repair: D's last layer has no activation and returns the logit; the sigmoid appears once, inside "
            "the loss.",
        ),
    ),
    watch=Text(
        "损失曲线看着像均衡，请看梯度范数：它们一路掉到 0 附近。两条损失“正常”，不等于网络在学。",
        "The losses look like an equilibrium: watch the gradient norms fade instead. Losses that look right do not "
        "mean that anything is being learnt.",
    ),
    written_trial=Trial("double_sigmoid", {"g_recon_x": 0.0}),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}),
)
