"""Words of the two-dimensional laboratory."""

from __future__ import annotations

from aigc_demo.text import Text

TITLE = Text("二维实验室：看见每一步", "The two-dimensional laboratory")
ABOUT = Text(
    "数据是平面上的点，G 把随机数变成点，D 给平面上每一处打分。网络很小，全部在这个页面里计算；"
    "损失就是目录里的那些对象，一个也没有另写。",
    "The data are points of a plane, G turns random numbers into points, and D scores every place. The networks are "
    "small and run in this page; the losses are the very objects of the catalogue, none is written twice.",
)

JS: dict[str, Text] = {
    "plane.presets": Text("会发生什么", "What can happen"),
    "plane.data": Text("数据", "Data"),
    "plane.draw": Text("自己画", "Draw your own"),
    "plane.drawing": Text(
        "在图上按住拖动，画出数据；画完点“用它训练”。",
        "Press and drag on the picture to draw the data, then choose “Train on it”.",
    ),
    "plane.useDrawing": Text("用它训练", "Train on it"),
    "plane.tooFew": Text("再多画一点：至少 {n} 个点。", "Draw a little more: at least {n} points."),
    "plane.loss": Text("损失", "Loss"),
    "plane.auxiliaries": Text("附加项", "Extra terms"),
    "plane.keys": Text(
        "空格：训练或暂停；D、G、B：D 走一步、G 走一步、各走一步",
        "Space: train or pause. D, G, B: step D, step G, step both",
    ),
    "plane.play": Text("训练", "Train"),
    "plane.pause": Text("暂停", "Pause"),
    "plane.stepD": Text("D 走一步", "Step D"),
    "plane.stepG": Text("G 走一步", "Step G"),
    "plane.stepBoth": Text("各走一步", "Step both"),
    "plane.slow": Text("慢动作", "Slow motion"),
    "plane.reset": Text("重新开始", "Start over"),
    "plane.pace": Text("每帧步数", "Steps a frame"),
    "plane.more": Text("更多设置", "More settings"),
    "plane.step": Text("第 {n} 步", "step {n}"),
    "plane.rate": Text("{n} 步/秒", "{n} steps/s"),
    "plane.loading": Text("正在取得这种损失的计算图…", "Fetching the graph of this loss…"),
    "plane.broken": Text("取不到这种损失的计算图：{error}", "The graph of this loss could not be had: {error}"),
    "plane.notFinite": Text(
        "第 {n} 步出现了不是有限数的值，训练停在那里。降低学习率，或重新开始。",
        "At step {n} a figure was no longer finite, so it stopped. Lower a learning rate, or start over.",
    ),
    "plane.watch": Text("看什么", "What to watch"),
    "plane.claims": Text("第 {n} 步时应当如此", "What is claimed after {n} steps"),
    "plane.check": Text("现在就验证", "Check it now"),
    "plane.stopCheck": Text("停止验证", "Stop checking"),
    "plane.changed": Text(
        "你已经动过这一局，所以只有按钮能验证原来的设置。",
        "You have changed this game, so only the button checks the preset itself.",
    ),
    "plane.atLeast": Text("至少 {n}", "at least {n}"),
    "plane.atMost": Text("至多 {n}", "at most {n}"),
    "plane.between": Text("在 {least} 与 {most} 之间", "between {least} and {most}"),
    "plane.held": Text(" ✓ 测得 {value}", " ✓ measured {value}"),
    "plane.failed": Text(" ✗ 不成立：测得 {value}", " ✗ does not hold: measured {value}"),
    # what claims are about
    "plane.figure.modes": Text("覆盖的团数", "Modes covered"),
    "plane.figure.hq": Text("落在团上的假点", "Fakes that lie on a clump"),
    "plane.figure.kl": Text("各团份额与均匀的 KL", "KL of the modes' shares from even ones"),
    "plane.figure.w1": Text("切片 W₁ 距离", "Sliced W₁ distance"),
    "plane.figure.js": Text("JS 散度（nat）", "JS divergence in nats"),
    "plane.figure.finite": Text("所有数都有限（1 为是）", "All figures finite (1 is yes)"),
    "plane.figure.arrow": Text("−∂L_G/∂x 的平均长度", "Mean length of −∂L_G/∂x"),
    "plane.figure.radius": Text("假点离原点的均方根距离", "Root mean square distance of the fakes from the origin"),
    "plane.figure.spread": Text(
        "假点离它们中心的均方根距离", "Root mean square distance of the fakes from their centre"
    ),
    "plane.figure.d_total": Text("L_D", "L_D"),
    "plane.figure.g_total": Text("L_G", "L_G"),
    "plane.figure.d_fake": Text("D(G(z)) 的平均", "Mean of D(G(z))"),
    "plane.figure.slope": Text("平面上 ‖∇s‖ 的平均", "Mean of ‖∇s‖ over the plane"),
    "plane.figure.travel": Text("后半程假点中心走过的路", "How far the fakes' centre travels in the second half"),
    "plane.figure.moves": Text("后半程假点最多的团换了几次", "How often the fullest clump changes in the second half"),
    # layers
    "plane.ground": Text("底图", "Ground"),
    "plane.layers": Text("叠在上面", "On top"),
    "plane.ground.d": Text("D", "D"),
    "plane.ground.d.about": Text("D 给平面上每一处的分数", "What D says of every place"),
    "plane.ground.optimum": Text("最优 D*", "Best D*"),
    "plane.ground.optimum.about": Text(
        "对现在这些假点，最好的 D：p/(p+q)", "The best D against the present fakes: p/(p+q)"
    ),
    "plane.ground.difference": Text("D − D*", "D − D*"),
    "plane.ground.difference.about": Text("D 离最优还差多少", "How far D is from the best"),
    "plane.ground.slope": Text("坡度 ‖∇s‖", "Slope ‖∇s‖"),
    "plane.ground.slope.about": Text("logit 在每一处有多陡", "How steep the logit is everywhere"),
    "plane.ground.none": Text("空白", "Plain"),
    "plane.ground.none.about": Text("只看点", "Only the points"),
    "plane.layer.real": Text("真点", "Real"),
    "plane.layer.real.about": Text("数据里的点", "Points of the data"),
    "plane.layer.fake": Text("假点", "Fake"),
    "plane.layer.fake.about": Text("G 画出的点", "Points that G makes"),
    "plane.layer.arrows": Text("−∂L_G/∂x", "−∂L_G/∂x"),
    "plane.layer.arrows.about": Text(
        "每个假点被推向哪里、推得多重（长度按对数）", "Where and how hard each fake is pushed (length by the logarithm)"
    ),
    "plane.layer.manifold": Text("G 的网格", "G's grid"),
    "plane.layer.manifold.about": Text(
        "z 的方格被 G 变成什么样；翻折的格子颜色不同", "What G makes of a grid of z; folded cells have another colour"
    ),
    "plane.layer.trail": Text("一个点的足迹", "One trail"),
    "plane.layer.trail.about": Text("同一个 z 的假点一路走过的地方", "Where the fake of one z has been"),
    "plane.legend.d": Text(
        "蓝：D 认为是真；橙：D 认为是假；细线：½", "Blue: D says real. Orange: D says fake. Thin line: ½"
    ),
    "plane.legend.score": Text(
        "蓝：分数高于平均；橙：低于平均（分数没有固定的零点）",
        "Blue: above the average score. Orange: below (a score has no fixed zero)",
    ),
    "plane.legend.optimum": Text(
        "D* = p/(p+q)：p 按公式，q 由假点估计", "D* = p/(p+q): p by its formula, q estimated from the fakes"
    ),
    "plane.legend.difference": Text(
        "绿：D 偏高；紫：D 偏低；没有颜色：已是最优", "Green: D too high. Purple: too low. No colour: already the best"
    ),
    "plane.legend.slope": Text("最深处 ‖∇s‖ = {top}", "Darkest: ‖∇s‖ = {top}"),
    "plane.legend.noDensity": Text(
        "自己画的数据没有公式，D* 算不出来。", "What you drew has no formula, so there is no D*."
    ),
    "plane.arrowScale": Text(
        "箭头：最长的梯度为 1，每短四分之一，梯度小 10 倍",
        "Arrows: the longest are gradients of 1; each quarter shorter is ten times weaker",
    ),
    # numbers
    "plane.numbers": Text("G 画得怎样", "How well G does"),
    "plane.number": Text("数", "Figure"),
    "plane.now": Text("现在", "Now"),
    "plane.perfect": Text("完美的采样器", "Perfect sampler"),
    "plane.modes": Text("覆盖的团", "Modes covered"),
    "plane.hq": Text("落在团上的（3σ 内）", "High quality (within 3σ)"),
    "plane.kl": Text("各团份额的 KL", "KL over modes"),
    "plane.w1": Text("切片 W₁ 距离", "Sliced W₁"),
    "plane.js": Text("JS 散度（nat）", "JS divergence (nats)"),
    "plane.ofModes": Text("{n} / {all}", "{n} / {all}"),
    "plane.terms": Text("每一项损失", "Every loss term"),
    "plane.spoken": Text(
        "平面：第 {step} 步，D 对真点的平均 {real}，对假点的平均 {fake}。",
        "The plane at step {step}: D says {real} of real points on average and {fake} of fakes.",
    ),
    # slow motion
    "plane.slow.next": Text("下一拍", "Next"),
    "plane.slow.end": Text("结束慢动作", "End slow motion"),
    "plane.slow.data": Text(
        "取一批真点和一批 z，G 把 z 变成假点。", "A batch of real points, and a batch of z that G turns into fakes."
    ),
    "plane.slow.judge": Text(
        "D 给每个点打分：真点平均 {real}，假点平均 {fake}。",
        "D scores each point: {real} for real ones on average, {fake} for fakes.",
    ),
    "plane.slow.d": Text(
        "D 走一步：损失从 {before} 变为 {after}。看底图怎样变。",
        "D steps: its loss goes from {before} to {after}. Watch the ground change.",
    ),
    "plane.slow.arrows": Text(
        "D 的坡度给每个假点一个方向：−∂L_G/∂x，平均大小 {size}。",
        "D's slope gives each fake a direction: −∂L_G/∂x, of size {size} on average.",
    ),
    "plane.slow.g": Text(
        "G 走一步：所有假点一起动，损失从 {before} 变为 {after}。",
        "G steps: all fakes move at once; its loss goes from {before} to {after}.",
    ),
    # settings
    "plane.set.lr_d": Text("D 的学习率", "Learning rate of D"),
    "plane.set.lr_g": Text("G 的学习率", "Learning rate of G"),
    "plane.set.d_steps": Text("每步 D 更新几次", "D updates a step"),
    "plane.set.beta_1": Text("Adam β₁", "Adam β₁"),
    "plane.set.order": Text("更新次序", "Order of play"),
    "plane.set.order.alternating": Text("先 D 后 G", "D, then G"),
    "plane.set.order.simultaneous": Text("同时", "At once"),
    "plane.set.latent": Text("z 的维数", "Size of z"),
    "plane.set.width": Text("每层神经元", "Neurons a layer"),
    "plane.set.optimiser": Text("优化器", "Optimiser"),
    "plane.set.seed": Text("种子", "Seed"),
    "plane.set.weight": Text("权重 {name}", "Weight: {name}"),
    # distributions
    "plane.dist.ring8": Text("八个团围成一圈", "Ring of 8 clumps"),
    "plane.dist.grid25": Text("二十五个团的方阵", "Grid of 25 clumps"),
    "plane.dist.gaussians2": Text("两个高斯", "Two Gaussians"),
    "plane.dist.disjoint3": Text("分开的三个团", "Three clumps apart"),
    "plane.dist.moons": Text("两弯月牙", "Two moons"),
    "plane.dist.spiral": Text("螺旋", "Spiral"),
    "plane.dist.line": Text("直线", "Line"),
    "plane.dist.ring": Text("圆环", "Ring"),
    "plane.dist.checkerboard": Text("棋盘", "Checkerboard"),
    "plane.dist.drawn": Text("自己画的", "Your drawing"),
}
