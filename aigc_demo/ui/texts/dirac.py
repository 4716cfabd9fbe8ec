"""Words of the Dirac-GAN's portrait: `*` constants for the chapter, `JS` for its script."""

from __future__ import annotations

from aigc_demo.text import Text

TITLE = Text("两个数的 GAN：Dirac 肖像", "A GAN of two numbers: the Dirac portrait")

SETTING = Text(
    r"最小的 GAN：真实数据只有一个点 $x=0$，生成器就是一个点 $\theta$，判别器只有斜率 $\psi$：$D(x)=\psi x+c$，其中 $c$ "
    r"是对真假都给同一答案时最省的那个值（几乎总是 0）。双方都到 0 才算成功。没有网络，没有随机，所以每一步都能算准。",
    r"The smallest GAN there is: the data are one point, $x=0$; the generator is one point, $\theta$; the discriminator has "
    r"nothing but a slope, $\psi$: $D(x)=\psi x+c$, where $c$ is the answer that costs least when real and fake get the same "
    r"(nearly always 0). Success is both at 0. No network and no chance, so that every step can be foretold.",
)
FLOW = Text(
    r"步长无穷小时，两个数随 $t=\psi\theta$ 流动；$d$、$g$ 是该损失自己的项对假图 logit 的斜率，R1 再加上 $-\gamma\psi$：",
    r"With infinitely small steps the two numbers flow as $t=\psi\theta$ has it; $d$ and $g$ are the slopes of the loss's own "
    r"terms by the fake logit, and R1 adds $-\gamma\psi$:",
)
FLOW_FORMULA = r"\psi' = -\theta\,d(\psi\theta)-\gamma\psi,\qquad \theta' = -\psi\,g(\psi\theta)"
CIRCLES = Text(
    r"极小极大时 $d=\sigma$、$g=-\sigma$，于是 $\tfrac{{d}}{{dt}}(\psi^2+\theta^2)=0$：永远绕圈，谁也到不了 0。真正的一步不是"
    r"无穷小：同时更新时，不论步长 $\eta$ 多小，每步都把距离乘以",
    r"In the minimax game $d=\sigma$ and $g=-\sigma$, so $\tfrac{{d}}{{dt}}(\psi^2+\theta^2)=0$: round and round for ever, and "
    r"nobody gets to 0. A real step is not infinitely small: when both move at once, each step multiplies the distance by",
)
CIRCLES_FORMULA = r"\sqrt{{1+\eta^2/4}}\;>\;1,\qquad \eta={step}:\quad {factor:.5f}"
CIRCLES_AFTER = Text(
    "{steps:.0f} 步后距离翻倍。轮流更新（D 先走）则在 η < {limit:g} 时一直有界，超过就炸开。",
    "so that after {steps:.0f} steps it is twice as far. In turns, D first, it stays bounded as long as η < {limit:g} and "
    "bursts beyond.",
)
R1 = Text(
    r"R1 惩罚让它停下来。特征值是 $-\tfrac{{\gamma}}{{2}}\pm\sqrt{{\tfrac{{\gamma^2}}{{4}}-\tfrac14}}$：$\gamma<{critical:g}$ "
    r"螺旋进去；$\gamma={critical:g}$ 恰好不再绕圈，最快（距离减半约需时间 {fast:.2f}）；再大反而迟钝（$\gamma=4$ 时要 {slow:.1f}）。",
    r"R1 makes it stop. The eigenvalues are $-\tfrac{{\gamma}}{{2}}\pm\sqrt{{\tfrac{{\gamma^2}}{{4}}-\tfrac14}}$: below "
    r"$\gamma={critical:g}$ a spiral inwards; at $\gamma={critical:g}$ just no more turns, and fastest (time {fast:.2f} to "
    r"halve); beyond, sluggish ($\gamma=4$: {slow:.1f}).",
)
EDGE = Text(
    r"WGAN-GP 的惩罚要坡度等于 1，连平坦的 D 也要付钱：$\lambda<{limit:g}$ 时双方永远绕着一个环转；从 {limit:g} 起，$\psi$ 慢慢变成 0，"
    r"而 $\theta$ 停在离数据 $2\lambda$ 的地方（训练时的 $\lambda={weight:g}$ 就是 {far:g}）。",
    r"WGAN-GP's penalty asks for a slope of 1 and charges even a flat D: with $\lambda<{limit:g}$ both turn on a cycle for "
    r"ever; from {limit:g} on $\psi$ fades to 0 and $\theta$ stops $2\lambda$ away from the data ({far:g} for the "
    r"$\lambda={weight:g}$ that runs train with).",
)
SOURCE = Text(
    "出处：Mescheder、Geiger、Nowozin，2018，arXiv:1801.04406。下面的斜率都取自训练时用的同一个损失对象；预测与实际不符时变红。",
    "Source: Mescheder, Geiger and Nowozin 2018, arXiv:1801.04406. All slopes below come from the very loss objects that "
    "train; what is foretold turns red where the steps do otherwise.",
)

JS: dict[str, Text] = {
    "dirac.presets": Text("值得一看的设置", "Settings worth seeing"),
    "dirac.preset.outward": Text("同时更新：越转越远", "At once: outwards"),
    "dirac.preset.turns": Text("轮流更新：不再远离", "In turns: bounded"),
    "dirac.preset.burst": Text("步子太大：炸开", "Too long a step"),
    "dirac.preset.spiral": Text("γ = 0.3：螺旋", "γ = 0.3: spiral"),
    "dirac.preset.critical": Text("γ = 1：临界", "γ = 1: critical"),
    "dirac.preset.sluggish": Text("γ = 4：迟钝", "γ = 4: sluggish"),
    "dirac.preset.wgan": Text("WGAN：转个不停", "WGAN: never there"),
    "dirac.preset.cycle": Text("WGAN-GP：极限环", "WGAN-GP: a cycle"),
    "dirac.preset.stuck": Text("WGAN-GP：卡在半路", "WGAN-GP: stuck"),
    "dirac.preset.momentum": Text("动量 0.9：更糟", "Momentum 0.9: worse"),
    "dirac.preset.words": Text("教程的文字：逃走", "The tutorial’s words: away"),
    "dirac.portrait": Text(
        "相图：θ 向右，ψ 向上，双方要到的是正中的 (0, 0)",
        "Phase portrait: θ to the right, ψ upwards; the aim is (0, 0) in the middle",
    ),
    "dirac.keys": Text(
        "方向键移动起点，按住 Shift 走大步，加减号缩放，回车重放。",
        "Arrow keys move the start, with Shift in large steps; plus and minus zoom; Enter plays.",
    ),
    "dirac.caption": Text(
        "点一下或拖动来选起点（圆圈）；箭头是流动的方向，细线是流线，深色的线是一步步真正走过的路，红点是现在。",
        "Click or drag to choose the start (ring). Arrows are the flow, thin lines follow it; the dark line is the path of "
        "the real steps, the red dot where it is.",
    ),
    "dirac.play": Text("从起点重放", "Play from the start"),
    "dirac.zoomIn": Text("放大", "Zoom in"),
    "dirac.zoomOut": Text("缩小", "Zoom out"),
    "dirac.order": Text("更新的次序", "Who moves when"),
    "dirac.simultaneous": Text("同时", "at once"),
    "dirac.alternating": Text("轮流，D 先", "in turns, D first"),
    "dirac.gamma": Text("R1 的权重", "weight of R1"),
    "dirac.lambda": Text("惩罚的权重", "weight of the penalty"),
    "dirac.step": Text("步长", "step"),
    "dirac.momentum": Text("动量", "momentum"),
    "dirac.count": Text("步数", "steps"),
    "dirac.clip": Text("裁剪 D 的权重", "Clip D’s weight"),
    "dirac.noClip": Text("不裁剪", "no clipping"),
    "dirac.lambdaNote": Text(
        "训练时 λ = {own}；这里先用 {here}，不然大半都在画面之外。",
        "Runs train with λ = {own}; here it is {here}, or most would happen out of sight.",
    ),
    "dirac.restNote": Text(
        "这种损失分不清真假时的最优答案是 {rest}，所以这里 D(x) = ψx + {rest}。",
        "Where D cannot tell, this loss’s best answer is {rest}; so here D(x) = ψx + {rest}.",
    ),
    "dirac.distance": Text(
        "到 (0, 0) 的距离，一步一步：实线是走出来的，虚线是特征值预言的（只在 (0, 0) 附近成立）",
        "Distance from (0, 0), step by step: solid as it went, dashed as the eigenvalues foretell (true only near (0, 0))",
    ),
    "dirac.circles": Text(
        "特征值是 ±{im}i：流动绕着 (0, 0) 转圈，转一圈用时 {turn}，永远到不了。",
        "The eigenvalues are ±{im}i: the flow circles around (0, 0), a turn taking {turn}, and never arrives.",
    ),
    "dirac.spiral": Text(
        "特征值是 {re} ± {im}i：螺旋向内，转一圈用时 {turn}，只剩下距离的 {left} %。",
        "The eigenvalues are {re} ± {im}i: a spiral inwards; a turn takes {turn} and leaves {left} % of the distance.",
    ),
    "dirac.outward": Text(
        "特征值是 {re} ± {im}i：螺旋向外，离 (0, 0) 越来越远。",
        "The eigenvalues are {re} ± {im}i: a spiral outwards, away from (0, 0).",
    ),
    "dirac.critical": Text(
        "两个特征值都是 {re}：临界阻尼，不再绕圈，回到 (0, 0) 最快。",
        "Both eigenvalues are {re}: critically damped, no more turns, the quickest way to (0, 0).",
    ),
    "dirac.sluggish": Text(
        "特征值是 {first} 和 {second}：不绕圈，但慢的一半要用时 {halving} 才减半；惩罚越重越慢。",
        "The eigenvalues are {first} and {second}: no turns, but the slow half needs {halving} to halve, and the more the "
        "heavier the penalty.",
    ),
    "dirac.saddle": Text(
        "特征值是 {first} 和 {second}：有一个方向在逃走，每过 {double} 就远一倍；双方不是在对抗，而是互相推着跑。",
        "The eigenvalues are {first} and {second}: one direction runs away and doubles every {double}. The players do not "
        "oppose but drive each other.",
    ),
    "dirac.source": Text(
        "特征值是 {first} 和 {second}：所有方向都在离开 (0, 0)。",
        "The eigenvalues are {first} and {second}: every direction leads away from (0, 0).",
    ),
    "dirac.silent": Text(
        "有特征值为 0：在 (0, 0) 附近，一阶近似什么也说不出来，请看路径本身。",
        "An eigenvalue is 0: near (0, 0) the linear part says nothing, so watch the path itself.",
    ),
    "dirac.pushed": Text(
        "这项惩罚要坡度等于 1，平坦的 D 也要付钱，所以 (0, 0) 不是休息的地方。",
        "This penalty asks for a slope of 1 and charges even a flat D, so (0, 0) is no place to rest.",
    ),
    "dirac.cycles": Text(
        "不论从哪里出发，最后都绕着同一个环转，永远不停。",
        "Wherever it starts, it ends on one and the same cycle and never stops.",
    ),
    "dirac.stuck": Text(
        "惩罚这么重时，ψ 从一侧慢慢变成 0，而 θ 停在 ±{where}：推力与拉力在那里相抵，离数据还远。",
        "With so heavy a penalty ψ fades to 0 from one side and θ stops at ±{where}, where push and pull cancel, far from the "
        "data.",
    ),
    "dirac.clipped": Text(
        "ψ 被裁在 ±{clip} 以内，所以 θ 每步最多走 {step} × {clip}，到了 0 又被推过头。",
        "ψ is clipped to ±{clip}, so θ walks at most {step} × {clip} a step and is pushed beyond 0 again.",
    ),
    "dirac.legs": Text(
        "公式：同时更新时每步乘以 √(1 + ({turning}η)²) = {factor}，对任何步长都大于 1。",
        "By the formula each simultaneous step multiplies the distance by √(1 + ({turning}η)²) = {factor}: above 1 for "
        "every step.",
    ),
    "dirac.bounded": Text(
        "轮流更新的矩阵行列式是 1，η = {step} 小于 {limit}，所以既不远离也不靠近。",
        "In turns the step’s matrix has determinant 1, and η = {step} is below {limit}: neither away nor nearer.",
    ),
    "dirac.unbounded": Text(
        "轮流更新只在 η 小于 {limit} 时有界，现在 η = {step}：会炸开。",
        "In turns it is bounded only while η is below {limit}; now η = {step}, and it bursts.",
    ),
    "dirac.resting": Text("起点就是 (0, 0)：谁也不动。", "It starts at (0, 0): nobody moves."),
    "dirac.away": Text("{n} 步后跑出了视野之外。", "After {n} steps it has run away."),
    "dirac.path": Text(
        "这条路：{n} 步，距离从 {from} 到 {to}，平均每步乘以 {factor}。",
        "This path: {n} steps, distance from {from} to {to}, times {factor} a step on average.",
    ),
    "dirac.claim.growth": Text(
        "(0, 0) 附近，每步把距离乘以（特征值 | 走两万步）",
        "near (0, 0) each step multiplies the distance by (eigenvalues | 20,000 steps)",
    ),
    "dirac.claim.kept": Text(
        "流动不改变距离：从 2 出发，用时 50 之后的倍数", "the flow keeps the distance: from 2, times after time 50"
    ),
    "dirac.claim.shrinks": Text(
        "流动处处不远离：从 2 出发，用时 50 之后的倍数", "the flow nowhere leads away: from 2, times after time 50"
    ),
    "dirac.claim.grows": Text(
        "流动处处不靠近：从 2 出发，用时 50 之后的倍数", "the flow nowhere leads nearer: from 2, times after time 50"
    ),
    "dirac.heavy": Text(
        "动量让每步的倍数从 {light} 变成 {heavy}：它记着已经过时的方向。",
        "Momentum changes the factor of a step from {light} to {heavy}: it remembers a direction that is out of date.",
    ),
    "dirac.claim.stuck": Text(
        "流动停在离 (0, 0) 这么远处，从里面和外面出发都一样",
        "the flow stops at this distance, from inside and from outside",
    ),
    "dirac.claim.cycle": Text(
        "极限环：从里面出发与从外面出发，最后同样远",
        "a limit cycle: from inside and from outside it ends equally far out",
    ),
}
