"""Words of the Explain tab: `*` constants for what Python draws, `JS` for what the page's scripts say."""

from __future__ import annotations

from aigc_demo.text import Text

INTRO = Text(
    "这里的每一个说法都能运行：先猜，再跑，测得的数与预测不符就会变红。",
    "Every claim here can be run: predict, run it, and what contradicts the prediction turns red.",
)
CONTENTS = Text("目录", "Contents")

CORRECTED = Text("更正", "Corrected")
DERIVATION = Text("一步步推导", "Step by step")
TRY_IT = Text("自己试试：", "See for yourself:")
RUN_AS_WRITTEN = Text("用原文的损失：{loss}", "Use it as written: {loss}")
RUN_CORRECTED = Text("用更正后的损失：{loss}", "Use the correction: {loss}")
NOTATION = Text(
    r"记号：$s$ 是判别器的 logit，$D=\sigma(s)=1/(1+e^{-s})$；$\mathrm{softplus}(t)=\log(1+e^t)$；$p$ "
    r"是真实数据的分布，$q$ 是 $G(z)$ 的分布；像素在 $[-1,1]$。更正后的损失都写成要最小化的形式。",
    r"Notation: $s$ is the discriminator's logit, $D=\sigma(s)=1/(1+e^{-s})$; $\mathrm{softplus}(t)=\log(1+e^t)$; $p$ "
    r"is the distribution of the data, $q$ that of $G(z)$; pixels lie in $[-1,1]$. Corrected losses are written as "
    r"minimised.",
)
LOSSES_TITLE = Text("每一种损失，逐项看", "Every loss, term by term")
LOSSES_INTRO = Text(
    "公式、训练里的数字和图是同一件事：指着（或用键盘移到、点一下）任何一项，它的曲线、箭头和那句话会一起亮起来。",
    "The formula, the run’s numbers and the graph are one thing: point at a term anywhere, move the focus to it or tap it, "
    "and its curve, its arrow and its sentence light up together.",
)

FAMILIES: dict[str, Text] = {
    "document": Text("教程的损失", "The tutorial’s losses"),
    "jensen_shannon": Text("对数损失", "Log losses"),
    "least_squares": Text("最小二乘", "Least squares"),
    "wasserstein": Text("搬运距离", "Wasserstein"),
    "hinge": Text("合页", "Hinge"),
    "relativistic": Text("相对比较", "Relativistic"),
}

JS: dict[str, Text] = {
    **{f"explain.family.{key}": text for key, text in FAMILIES.items()},
    "explain.loss": Text("损失", "Loss"),
    "explain.beside": Text("在图上与它比较", "Compare on the graph with"),
    "explain.beside.none": Text("不比较", "nothing"),
    "explain.besideName": Text("点划线：{loss}的斜率，粗线是 G 的", "dash-dot: slopes of {loss}, G’s thick"),
    "explain.source": Text("出处", "Source"),
    "explain.sections": Text("在教程里", "In the tutorial"),
    "explain.noSection": Text("教程没有提到它", "the tutorial does not mention it"),
    "explain.balance": Text("均衡处", "At balance"),
    "explain.free": Text("只差一个常数，没有定值", "is free up to a constant"),
    "explain.readout": Text("怎样读 logit", "How to read a logit"),
    "explain.probability": Text("经 sigmoid 变成“是真图”的概率", "through a sigmoid, as the probability of “real”"),
    "explain.score": Text("直接当作得分，越高越像真的", "as it stands: a score, the higher the more real"),
    "explain.optimisers": Text("；D 每步更新 {n} 次", "; D is updated {n} times a step"),
    "explain.real": Text("真图的 logit", "logit of a real image"),
    "explain.fake": Text("假图的 logit", "logit of a fake image"),
    "explain.value": Text("值", "value"),
    "explain.slope": Text("斜率", "slope"),
    "explain.term": Text("项", "term"),
    "explain.live": Text("在训练里", "in the run"),
    "explain.and": Text("、", ", "),
    "explain.push.up": Text("往上推 logit", "pushes the logit up"),
    "explain.push.down": Text("往下压 logit", "pushes the logit down"),
    "explain.push.none": Text("这里不推也不压", "does not push here"),
    "explain.train": Text("用它训练", "Train with it"),
    "explain.toBatch": Text("把两个 logit 放到这一批的平均处", "Put both logits at the batch’s means"),
    "explain.fit": Text("只看这一批的范围", "Zoom to the batch"),
    # where the numbers of a formula come from
    "explain.from.run": Text(
        "你的训练，到第 {step} 步为止 20 步的平均", "Your run: the mean of its last 20 steps, up to step {step}"
    ),
    "explain.from.runPast": Text(
        "你的训练，时间轴所在的第 {step} 步（20 步平均）",
        "Your run at the timeline’s step {step} (mean of 20 steps)",
    ),
    "explain.from.recorded": Text(
        "录像里的训练，最后 20 步的平均（第 {step} 步）",
        "The recorded run: the mean of its last 20 steps (step {step})",
    ),
    "explain.from.recordedPast": Text(
        "录像里的训练，时间轴所在的第 {step} 步（20 步平均）",
        "The recorded run at the timeline’s step {step} (mean of 20 steps)",
    ),
    "explain.from.batch": Text(
        "页面上的训练用的是“{loss}”：这里是本损失对它第 {step} 步那批 logit 的看法",
        "The run on the page trains “{loss}”; this is what the chosen loss says of its logits at step {step}",
    ),
    "explain.from.logits": Text("代入所选的 s_x = {x}，s_z = {z}", "With the chosen s_x = {x} and s_z = {z}"),
    "explain.from.without": Text(
        "（不含{names}：它不只由 logit 决定）", "(without {names}: logits alone do not determine it)"
    ),
    "explain.spoken": Text(
        "{player}的损失：{parts}，合计 {total}。{source}。", "Loss of {player}: {parts}, in all {total}. {source}."
    ),
    "explain.spoken.formula": Text(
        "{player}的损失由这些项相加：{names}。", "The loss of {player} is the sum of: {names}."
    ),
    "explain.spoken.plus": Text("，加上", ", plus "),
    # the graph
    "explain.graph": Text(
        "每一项的值与斜率随 logit 的变化，下面是这一批真图与假图的 logit；同样的数字在下面的表里。",
        "Every term’s value and slope along the logit, and below them the batch’s real and fake logits; the table below "
        "has the same numbers.",
    ),
    "explain.band.value": Text("每一项的值", "value of each term"),
    "explain.band.slope": Text("斜率：负的往上推", "slope: negative pushes up"),
    "explain.band.batch": Text("这一批的 logit；涂满 = 乘上斜率", "the batch’s logits; filled = times slope"),
    "explain.curves": Text(
        "实线是值，虚线是斜率；拖动 s_x 与 s_z，箭头是梯度下降推它们的方向，长短是力度。直方图的轮廓是这一批的 logit（蓝：真图，"
        "橙：假图），涂满的部分乘上了这种损失在那里的斜率：真图看 D 的斜率，假图看 G 的；空着的条，学习者感觉不到。",
        "Solid: value. Dashed: slope. Drag s_x and s_z: the arrows show which way gradient descent pushes them, and how "
        "hard. The outlines are the batch’s logits (blue: real, orange: fake); the filled part is the bar times the "
        "slope of this loss there, D’s for real images and G’s for fakes: an empty bar is one that nobody feels.",
    ),
    "explain.batch.run": Text(
        "直方图：你的训练（{loss}）第 {step} 步，真假各 {n} 张图的 logit。",
        "Histograms: your run ({loss}) at step {step}, {n} logits of each kind.",
    ),
    "explain.batch.recorded": Text(
        "直方图：录像里的训练（{loss}）第 {step} 步，真假各 {n} 张图的 logit。",
        "Histograms: the recorded run ({loss}) at step {step}, {n} logits of each kind.",
    ),
    "explain.batch.none": Text(
        "还没有一批 logit 可画；开始训练后，直方图会出现在图里。",
        "There is no batch of logits yet; start a run and its histograms appear here.",
    ),
    # what the numbers mean
    "explain.where.batch": Text("这一批假图的平均 logit", "the batch’s mean fake logit"),
    "explain.where.logits": Text("所选的假图 logit", "the chosen fake logit"),
    "explain.says.saturation": Text(
        "在{where} {s} 处，极小极大的拉力是 {mm}，非饱和的是 {ns}；比值正是 e^(−s) = {ratio}。",
        "At {where}, {s}, minimax pulls G with {mm} and the non-saturating loss with {ns}; their ratio is e^(−s) = {ratio}. ",
    ),
    "explain.says.saturation.much": Text(
        "假图已被识破，极小极大在这里饱和，G 几乎学不到东西。",
        "The fakes are caught: here minimax saturates, and G learns next to nothing from it.",
    ),
    "explain.says.saturation.little": Text(
        "D 还没有把握，两者差不多。", "D is not sure yet, so the two are not far apart."
    ),
    "explain.says.saturation.ahead": Text(
        "假图骗过了 D，此时反而是非饱和的更平。",
        "The fakes pass as real: here it is the non-saturating loss that is flat.",
    ),
    "explain.says.margin": Text(
        "{real}% 的真图越过了 +1，{fake}% 的假图低于 −1：在那里 D 的项沉默。G 的拉力处处是 {pull}。",
        "{real}% of the real logits are beyond +1 and {fake}% of the fake ones below −1: there D’s terms are silent. G "
        "is pulled with {pull} wherever a fake lies.",
    ),
    "explain.says.overshoot": Text(
        "{share}% 的真图得分超过 1：D 判得对，真图项却把它们往回压。在{where} {s} 处，G 被拉向 {target}，力度 {pull}，离得越远越大。",
        "{share}% of the real logits lie beyond 1: D is right about them, yet its real term pushes them back down. At "
        "{where}, {s}, G is pulled towards {target} with {pull}, the harder the further off it is.",
    ),
    "explain.says.sameWay": Text(
        "D 的两项推向同一边：真图（平均 {x}）被往上推 {real}，假图（平均 {z}）也被往上推 {fake}；没有对数，斜率永远不超过 ¼。",
        "D’s two terms push the same way: real logits (mean {x}) up with {real}, and fake ones (mean {z}) up with {fake} "
        "as well; without a logarithm neither slope can exceed ¼.",
    ),
    "explain.says.signFixed": Text(
        "没有对数：在{where} {s} 处，G 的拉力是 σ(1−σ) = {pull}，而非饱和损失是 {ns}。",
        "Without a logarithm: at {where}, {s}, G is pulled with σ(1−σ) = {pull}, by the non-saturating loss with {ns}.",
    ),
    "explain.says.twice": Text(
        "压缩了两次：在{where} {s} 处，G 的拉力是 {pull}，正确的损失是 {ns}；它在哪里都不超过 {most}。",
        "Squashed twice: at {where}, {s}, G is pulled with {pull}, by the right loss with {ns}; nowhere does it exceed {most}.",
    ),
    "explain.says.cooperates": Text(
        "方向反了：在{where} {s} 处，G 以 {pull} 把自己的假图往下压，与 D 同一个方向；正确的损失会以 {ns} 往上推。",
        "The wrong way: at {where}, {s}, G pushes its own fakes down with {pull}, just as D does; the right loss would push "
        "them up with {ns}.",
    ),
    "explain.says.gap": Text(
        "只有差距算数：真图平均比假图高 {gap}，G 的平均拉力是 {pull}；差距越大，拉力越接近 1。",
        "Only the gap counts: real logits lie {gap} above fake ones on average, and G is pulled with {pull}; the wider the "
        "gap, the closer to 1.",
    ),
    "explain.says.constant": Text(
        "在{where} {s} 处，G 的拉力是 {pull}，在别处也一样；它不会饱和，但得分差（现在 {gap}）也没有上限，要靠限制坡度来约束。",
        "At {where}, {s}, G is pulled with {pull}, as everywhere else: nothing saturates, but nothing here bounds the gap "
        "either (now {gap}); that is left to the limit on the critic’s slope.",
    ),
    "explain.of.real": Text("真图", "real"),
    "explain.of.fake": Text("假图", "fake"),
    "explain.pulls.up": Text(
        "现在：把{side}的 logit 平均往上推 {pull}。", "Now: it pushes {side} logits up, with {pull} on average. "
    ),
    "explain.pulls.down": Text(
        "现在：把{side}的 logit 平均往下压 {pull}。", "Now: it pushes {side} logits down, with {pull} on average. "
    ),
    "explain.pulls.none": Text(
        "现在：平均起来不推{side}的 logit（{pull}）。", "Now: on average it does not push {side} logits ({pull}). "
    ),
    "explain.pulls.silent": Text(
        "这一批里有 {share}% 它几乎不碰（斜率小于 0.05）。",
        "It hardly touches {share}% of the batch (slope below 0.05).",
    ),
    "explain.noCurve": Text(
        "它不只由 logit 决定，所以图上没有它的曲线；在训练里的值见上面的公式。",
        "Logits alone do not determine it, so it has no curve here; its value in the run stands in the formula above.",
    ),
    # lessons
    "explain.lessons": Text("一按即见的五课", "Five lessons, one click each"),
    "explain.lesson.saturates": Text("为什么会饱和", "Why it saturates"),
    "explain.lesson.saturates.claim": Text(
        "D 有把握地识破假图时，极小极大几乎不拉 G（小于 0.05），非饱和却用尽全力（大于 0.95）：看两条斜率在左端分开。",
        "Where D is sure of a fake, minimax hardly pulls G (below 0.05) while the non-saturating loss pulls with all it has "
        "(above 0.95): watch the two slopes part at the left.",
    ),
    "explain.lesson.silent": Text("合页为什么沉默", "Why hinge goes silent"),
    "explain.lesson.silent.claim": Text(
        "真图越过 +1、假图低于 −1 之后，D 的两项斜率都是 0，D 不再从中学到什么；G 仍被拉着，力度是 1。",
        "Once a real image is beyond +1 and a fake below −1, both of D’s slopes are 0 and D learns nothing from them; G is "
        "still pulled, with 1.",
    ),
    "explain.lesson.overshoots": Text("最小二乘会拉过头", "Least squares overshoots"),
    "explain.lesson.overshoots.claim": Text(
        "真图得分超过 1 时 D 判得再对不过，最小二乘却以 s − 1 往回压；对数损失仍然往上推。",
        "At a real score above 1 D could not be more right, yet least squares pushes it back with s − 1; the log loss still "
        "pushes it up.",
    ),
    "explain.lesson.bothSides": Text("教程的损失两头都死", "The tutorial’s dies on both sides"),
    "explain.lesson.bothSides.claim": Text(
        "没有对数的 D(x) 与 D(G(z))：logit 离 0 远了，不论哪一头，三项的斜率 σ(1−σ) 都小于 0.05。",
        "D(x) and D(G(z)) without a logarithm: far from 0, on either side, all three slopes σ(1−σ) are below 0.05.",
    ),
    "explain.lesson.twice": Text("两次 sigmoid", "Sigmoid twice"),
    "explain.lesson.twice.claim": Text(
        "把 sigmoid 的输出再当作 logit：G 的斜率还不到正确损失的十分之一，D 越有把握差得越远。",
        "With a sigmoid’s output used as a logit, G’s slope is less than a tenth of the right loss’s, and the surer D is the "
        "worse it gets.",
    ),
    "explain.lesson.slopeOf": Text("斜率的大小", "Size of the slope"),
    "explain.lesson.holds": Text(
        "✓ 在所选的 logit 处，这一条成立。拖动滑块，看它什么时候不再成立。",
        "✓ At the chosen logits the claim holds. Drag them and see where it stops holding.",
    ),
    "explain.lesson.fails": Text(
        "✗ 在所选的 logit 处，这一条不成立。", "✗ At the chosen logits the claim does not hold."
    ),
    "explain.auxiliary": Text(
        "还可以加上：{names}。它们不是博弈本身；训练带着哪些，上面就列出哪些。",
        "It may also carry: {names}. Those are no part of the game itself; the ones that a run carries are listed above.",
    ),
}
JS_STRINGS = JS
