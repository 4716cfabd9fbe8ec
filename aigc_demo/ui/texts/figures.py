"""Words for what is measured while a run trains: the figures of its digits, and how D scores them."""

from __future__ import annotations

from aigc_demo.text import Text, plain

JS: dict[str, Text] = {
    "figures": Text("数字的质量", "Quality of the digits"),
    "figures.about": Text(
        "由另一个固定的分类网络测量，它从不参与训练。点任一名称看它的意思。",
        "Measured by a separate, frozen network that never trains anyone. Press a name to learn what it means.",
    ),
    "figures.waiting": Text("第一次测量几秒后就到…", "The first measurement arrives in a few seconds…"),
    "figures.digit_fd": plain("digit-FD"),
    "figures.against": Text("真对真 {floor}", "real against real {floor}"),
    "figures.bestMark": Text("最好", "best"),
    "figures.floor": Text("真数字 {value}", "real digits {value}"),
    "figures.curve": Text("digit-FD 随训练步的变化", "digit-FD over the training steps"),
    "figures.summary": Text(
        "第 {step} 步的 digit-FD 为 {value}，{n} 张真图对真图为 {floor}。",
        "At step {step} digit-FD is {value}; {n} real digits score {floor}.",
    ),
    "figures.yardstick.noise": Text("纯噪声", "pure noise"),
    "figures.yardstick.mean_digit": Text("平均图", "the mean image"),
    "figures.yardstick.per_class_gaussian": Text("每类一个高斯", "a Gaussian per class"),
    "classes": Text("画了哪些数字", "Which digits it draws"),
    "classes.shares": Text("各类所占的份额：{shares}", "Share of each class: {shares}"),
    "classes.missing": Text("几乎没有 {digits}", "hardly any {digits}"),
    "figures.aim": Text("真 {value}", "real {value}"),
    "figures.kid": plain("KID"),
    "figures.coverage": Text("覆盖率", "Coverage"),
    "figures.density": Text("密度", "Density"),
    "figures.class_kl": Text("类别偏斜 KL", "Class KL"),
    "figures.label_accuracy": Text("画对要求的数字", "As asked for"),
    "figures.diversity": Text("类内多样性", "Diversity in a class"),
    "figures.memorisation": Text("新颖度", "Novelty"),
    "figures.d_gap": Text("D 的训练/留出差", "D: train − held-out"),
    "figures.n": plain("N = {n}"),
    "figures.seed": Text("种子 {seed}", "seed {seed}"),
    "figures.at": Text("第 {step} 步，训练 {seconds} 秒", "step {step}, {seconds} s of training"),
    "figures.cost": Text("测量用时 {cost} 秒", "measured in {cost} s"),
    "figures.digit_fd.text": Text(
        "生成图与真图在固定网络特征上的距离，越小越好。样本有限，真图对真图也不是 0：先看离那条绿线还有多远。"
        "它不是 FID，不能与别处的数相比。",
        "How far generated digits are from real ones in the features of a frozen network; lower is better. With so few "
        "samples even real against real is not 0: watch the way left to the green line. It is not FID and cannot be "
        "compared with figures from elsewhere.",
    ),
    "classes.about": Text(
        "生成图被读成 0–9 的比例；细线是每类一成，缺一条就是丢掉了那一类。",
        "How often generated digits read as 0–9. The line is a tenth each; a missing bar is a forgotten class.",
    ),
    "figures.kid.text": Text(
        "另一种距离，小样本下没有偏差：0 附近就与真图无异，可以略小于 0。",
        "Another distance, without bias at small samples: around 0 means like real digits; it may fall just below 0.",
    ),
    "figures.coverage.text": Text(
        "有多少真图的邻域里能找到生成图：低说明花样少。",
        "How many real digits have a generated one nearby: low means little variety.",
    ),
    "figures.density.text": Text(
        "生成图有多贴近真图密集的地方：高而覆盖率低，是只会画几种“标准”写法。",
        "How closely generated digits sit where real ones crowd: high with low coverage means a few safe shapes only.",
    ),
    "figures.class_kl.text": Text(
        "十类分布离均匀有多远：0 最好，只画一类时为 2.303。",
        "How far the ten classes are from equal shares: 0 is best, 2.303 is a single class.",
    ),
    "figures.label_accuracy.text": Text(
        "要求画几，就读得出是几的比例。",
        "How often a digit reads as the one that was asked for.",
    ),
    "figures.diversity.text": Text(
        "同一类之内，生成图之间的差别与真图之间的差别之比：远小于 1 就是类内坍缩，别的数看不出来。",
        "How much digits of one class differ from each other, compared with real ones: far below 1 is a collapse within "
        "classes, which no loss shows.",
    ),
    "figures.memorisation.text": Text(
        "到最近一张训练图的距离，与留出的真图相比：约 1 正常，接近 0 是在照抄。",
        "Distance to the nearest training digit, compared with that of held-out digits: about 1 is fine, near 0 is "
        "copying.",
    ),
    "figures.d_gap.text": Text(
        "D 给训练图的分比给没见过的真图高出多少：越大，D 越是在背数据。",
        "By how much D scores training digits above real ones it never saw: the larger, the more it learns by heart.",
    ),
    "scores": Text("D 怎样打分", "How D scores them"),
    "scores.about": Text(
        "一批真图与一批生成图的得分。两座山重叠得越多，D 越分不清。",
        "Scores of a batch of real digits and one of generated ones. The more they overlap, the less D can tell.",
    ),
    "scores.real": Text("真图", "real"),
    "scores.fake": Text("生成图", "generated"),
    "scores.overlap": Text("重叠", "overlap"),
    "scores.axis": Text("得分 s", "score s"),
    "scores.half": Text("虚线 s = 0：D = 0.5", "dotted line s = 0: D = 0.5"),
    "scores.pull.up": Text(
        "虚线是 G 的损失在每个得分处的坡度：平均 {value}，把生成图往上拉。",
        "Dashed: the slope of G's loss at each score. Here it pulls generated digits up by {value} on average.",
    ),
    "scores.pull.down": Text(
        "虚线是 G 的损失在每个得分处的坡度：平均 {value}，却把生成图往下推！",
        "Dashed: the slope of G's loss at each score. Here it pushes generated digits down by {value} on average!",
    ),
    "scores.pull.none": Text(
        "虚线是 G 的损失在每个得分处的坡度：在生成图所在处只有 {value}，G 几乎学不到东西。",
        "Dashed: the slope of G's loss at each score. Where the generated digits are it is only {value}: G hardly learns.",
    ),
    "scores.summary": Text(
        "第 {step} 步，各 {n} 张：真图平均得分 {real}，生成图 {fake}，重叠 {overlap}%。",
        "Step {step}, {n} digits each: real ones score {real} on average, generated ones {fake}; {overlap}% overlap.",
    ),
    "chart.lossChange": Text("损失", "loss"),
    "chart.changes": Text("中途的改动：{list}。", "Changed on the way: {list}."),
    "chart.gap": Text("得分之差", "Score gap"),
    "chart.gapTitle": Text("得分之差", "score gap"),
}
