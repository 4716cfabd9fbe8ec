"""Words of the laboratory: the settings panel, slow motion, the experiments that break, and links that carry a form."""

from __future__ import annotations

from aigc_demo.text import Text, plain

SETTINGS = Text("设置", "Settings")
AGAIN = Text("同种子重来", "Again, same seed")
SLOW = Text("慢动作", "Slow motion")
PRESETS = Text("弄坏它，再救活", "Break it, rescue it")
STEP_D = Text("只走 D", "D only")
STEP_G = Text("只走 G", "G only")

_PANEL: dict[str, Text] = {
    "lab.live": Text("对正在进行的训练立刻生效", "Acts at once on the running training"),
    "lab.next": Text("用于下一次训练", "For your next run"),
    "lab.nextOther": Text(
        "用于下一次训练：所选的配方或损失与正在进行的不同",
        "For your next run: another recipe or loss is chosen than the one that trains",
    ),
    "lab.nextOnly": Text("下一次训练才生效", "for the next run"),
    "lab.changed": Text("改动 {n} 处", "{n} changed"),
    "lab.resetAll": Text("全部还原", "Reset all"),
    "lab.reset": Text("还原为 {value}", "Back to {value}"),
    "lab.sliderOf": Text("{title}：滑块", "{title}: slider"),
    "lab.rates": Text("学习率：D {d}，G {g}", "Learning rates: D {d}, G {g}"),
    "lab.group.additions": Text("惩罚与附加项", "Penalties and additions"),
    "lab.group.play": Text("怎样对弈", "How they play"),
    "lab.group.optimisers": Text("优化器与平均", "Optimisers and averaging"),
    "lab.group.networks": Text("网络", "Networks"),
    "lab.auto": Text("自动", "automatic"),
    "lab.xla.off": Text("不用", "off"),
    "lab.xla.on": Text("用", "on"),
    "lab.fastest": Text("试出最快的", "the fastest, tried here"),
    "lab.group.machine": Text("怎样计算", "How it is computed"),
    "lab.group.end": Text("何时结束", "When it ends"),
    "lab.on": Text("已开 {n} 项", "{n} on"),
    "lab.notHere": Text("这里用不上的（{n}）", "Does not fit here ({n})"),
    "lab.ofLoss": Text("这个损失自带的项", "Part of this loss"),
    "lab.weight": Text("权重", "Weight"),
    "lab.weightOf": Text("{name}的权重", "Weight of {name}"),
    "lab.never": Text("从不", "never"),
    "lab.alternating": Text("轮流（alternating）", "alternating: in turn"),
    "lab.simultaneous": Text("同时（simultaneous）", "simultaneous: at once"),
    "lab.paired": Text(
        "两个网络要么都看标签、要么都不看，所以另一个也跟着换了。",
        "Both networks read labels or neither does, so the other one was changed with it.",
    ),
    "lab.linkBad": Text(
        "链接里有一部分用不上（{keys}）：{reason} 其余已填好。",
        "Part of the link cannot be used ({keys}): {reason} The rest is filled in.",
    ),
    "lab.linkBroken": Text("应写作 名称:值。", "settings are written name:value."),
    "lab.presets": PRESETS,
}

_PRESETS: dict[str, Text] = {
    "presets.about": Text(
        "每个实验都会在一分钟内可靠地失败。看着它坏掉，读懂判词，再一键救活。",
        "Each of these fails reliably within a minute. Watch it break, read the verdict, then rescue it.",
    ),
    "presets.break": Text("会坏掉的", "They break"),
    "presets.show": Text("值得一看的", "Worth watching"),
    "presets.race": Text("比赛", "Races"),
    "presets.waiting": Text("等判词出现后，这里会有救法。", "Once the verdict has come, the cure appears here."),
    "presets.cure": Text("救活它：{title}", "Rescue it: {title}"),
    "presets.cured": Text("已用上：{title}。看它恢复。", "Done: {title}. Watch it recover."),
    "presets.none": Text("还没有现成的实验。", "There are no ready-made experiments yet."),
    "presets.key": Text("舞台上按 {n}", "key {n} on the stage"),
    "presets.dismiss": Text("收起", "Dismiss"),
}

_SLOW: dict[str, Text] = {
    "slow.title": Text("慢动作：第 {step} 步", "Slow motion: step {step}"),
    "slow.titlePlain": Text("慢动作", "Slow motion"),
    "slow.waiting": Text("正在准备一步…", "Preparing a step…"),
    "slow.compiling": Text("正在编译训练步，约需几秒…", "Compiling the training step; a few seconds…"),
    "slow.queued": Text("前面还有别的训练，轮到后就开始…", "Other runs go first; it begins when they are done…"),
    "slow.back": Text("上一拍", "Back"),
    "slow.next": Text("下一拍", "Next"),
    "slow.play": Text("自动播放", "Play"),
    "slow.pause": Text("停住", "Hold"),
    "slow.slower": Text("慢些", "Slower"),
    "slow.again": Text("再看一步", "Another step"),
    "slow.beats": Text("这一步的八拍", "The eight beats of this step"),
    "slow.keys": Text("← → 换拍 · 空格 播放", "← → beats · Space plays"),
    "slow.pick": Text("换一个样本", "Choose a sample"),
    "slow.sample": Text("样本 {n}：{label}", "Sample {n}: {label}"),
    "slow.asked": Text("要画 {digit}", "asked for a {digit}"),
    "slow.unasked": Text("没有指定数字", "asked for no particular digit"),
    "slow.fake": Text("生成图 G(z)", "generated G(z)"),
    "slow.real": Text("真图 x", "real x"),
    "slow.heat": Text("每个像素该往哪走", "where each pixel should go"),
    "slow.before": Text("更新前", "before"),
    "slow.after": Text("更新后", "after"),
    "slow.difference": Text("差别（≤ {n} / 255）", "difference (≤ {n} of 255)"),
    "slow.brighter": Text("变亮", "brighter"),
    "slow.darker": Text("变暗", "darker"),
    "slow.legend": Text("能让 L_G 变小的方向", "what would lower L_G"),
    "slow.most": Text("最大 |∂L_G/∂像素| = {n}", "largest |∂L_G/∂pixel| = {n}"),
    "slow.noise": Text("噪声 z", "noise z"),
    "slow.logit": Text("s = {n}", "s = {n}"),
    "slow.probability": Text("D 认为 {n} % 是真的", "D says {n} % real"),
    "slow.g": plain("G"),
    "slow.d": plain("D"),
    "slow.heading.noise": Text("一 · 抽一个噪声", "1 · Draw a noise vector"),
    "slow.heading.draw": Text("二 · G 把它画成图", "2 · G turns it into a picture"),
    "slow.heading.judge": Text("三 · D 给两张图打分", "3 · D judges both pictures"),
    "slow.heading.losses": Text("四 · 分数变成损失", "4 · Judgements become losses"),
    "slow.heading.slope": Text("五 · 每个像素该往哪走", "5 · What each pixel should do"),
    "slow.heading.d": Text("六 · D 走半步", "6 · D's half step"),
    "slow.heading.g": Text("七 · G 走半步", "7 · G's half step"),
    "slow.heading.done": Text("八 · 这一步走完了", "8 · The step is complete"),
    "slow.text.noise": Text(
        "从正态分布里抽出一串数：{first}…（这里画出前 {n} 个）。这一批一共有 {batch} 个这样的 z，{asked}。",
        "Numbers are drawn from a normal distribution: {first}… (the first {n} are shown). The batch holds {batch} such z; "
        "with this one G is {asked}.",
    ),
    "slow.text.draw": Text(
        "G 只看到 z，就画出了左边这张图。右边是一张真图，G 从来没有见过它。",
        "From z alone G draws this picture. Beside it stands a real digit, which G never gets to see.",
    ),
    "slow.text.judge": Text(
        "D 给真图 s = {real}（{realWords}），给生成图 s = {fake}（{fakeWords}）。{who}",
        "D gives the real digit s = {real} ({realWords}) and the generated one s = {fake} ({fakeWords}). {who}",
    ),
    "slow.text.judgeScore": Text(
        "D 给真图 {real} 分，给生成图 {fake} 分；只有两者之差有意义。{who}",
        "D scores the real digit {real} and the generated one {fake}; only the gap between them means something. {who}",
    ),
    "slow.who.right": Text("这一对它看得很准。", "It has this pair right."),
    "slow.who.wrong": Text("这一对它看反了：被 G 骗到了。", "It has this pair the wrong way round: G fooled it."),
    "slow.who.unsure": Text("它几乎分不出。", "It can hardly tell them apart."),
    "slow.text.losses": Text(
        "对 {batch} 对图取平均：判别器的损失 L_D = {d}，生成器的损失 L_G = {g}。两个玩家都想让自己的变小。",
        "Averaged over {batch} pairs: D's loss is L_D = {d} and G's is L_G = {g}. Each player wants its own to fall.",
    ),
    "slow.text.slope": Text(
        "从 L_G 倒推到像素：橙色处变亮、蓝色处变暗，都会让 L_G 下降。最陡的像素坡度为 {most}。G 改不了像素，它只能改权重，让图朝这边走。",
        "Traced back from L_G to the pixels: brighter where it is orange and darker where it is blue would lower L_G. The "
        "steepest pixel has slope {most}. G cannot touch pixels; it changes its weights so that they move this way.",
    ),
    "slow.text.d": Text(
        "D 沿自己的梯度（范数 {norm}）走了一步。再看同一批：这张真图 {realBefore} → {real}，生成图 {fakeBefore} → {fake}；"
        "L_D {lossBefore} → {loss}。{many}",
        "D moves along its gradient (norm {norm}). The same batch again: this real digit {realBefore} → {real}, the "
        "generated one {fakeBefore} → {fake}; L_D {lossBefore} → {loss}. {many}",
    ),
    "slow.text.many": Text("（这个损失让 D 连走 {n} 次。）", "(With these settings D moves {n} times.)"),
    "slow.text.g": Text(
        "面对新的 D，G 沿梯度（范数 {norm}）改了权重。同一个 z 重画：D 的打分 {fakeBefore} → {fake}，L_G {lossBefore} → {loss}。"
        "像素最多变了 {pixels} 级（共 255 级）。{together}",
        "Against the new D, G changes its weights along its gradient (norm {norm}). The same z drawn again: D's score "
        "{fakeBefore} → {fake}, L_G {lossBefore} → {loss}. Pixels moved by up to {pixels} of 255 levels. {together}",
    ),
    "slow.text.together": Text(
        "（平时这个配方让两者同时走，这里为了看清分成了先后。）",
        "(In this run both usually move at once; here they go one after the other, to be seen.)",
    ),
    "slow.text.done": Text(
        "这就是第 {step} 步的全部。D 推高了真假之差 {dGap}，G 又拉回来 {gGap}。训练就是把它重复几千遍。",
        "That was all of step {step}. D moved the gap between real and generated by {dGap}, and G by {gGap}. Training is "
        "this, thousands of times.",
    ),
}

JS: dict[str, Text] = {**_PANEL, **_PRESETS, **_SLOW, "remedy.try": Text("试试：{remedy}", "Try it: {remedy}")}
