"""The three tours: for a newcomer, for an engineer, for the tutorial's reader."""

from __future__ import annotations

from math import log

from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.moments import digits5k
from aigc_demo.explain.tours import Scene, Step, Tour
from aigc_demo.text import Text

_BLUR, _PERFECT = digits5k().spread, 2 * digits5k().spread

FIVE_MINUTES = Tour(
    "five_minutes",
    Text("五分钟看懂 GAN", "GAN in five minutes"),
    Text("给第一次听说 GAN 的人", "for those who have never met one"),
    5,
    (
        Step(
            Text("噪声怎样变成数字", "How noise becomes digits"),
            Text(
                "看右边的格子：同样的随机数，越学越像数字。",
                "Watch the grid: the same random numbers, more and more like digits.",
            ),
            Text(
                "还没有按任何按钮：这是一段录像。生成器 G 从未见过任何一张真图，它只知道判别器 D 对它的画有什么意见。",
                "Nothing has been pressed yet: this is a recording. The generator never sees a real digit; all it learns "
                "is what the discriminator thinks of its drawings.",
            ),
            Scene("tab", "train"),
        ),
        Step(
            Text("现在，真的训练一次", "Now train one, here"),
            Text(
                "蓝色是 D 的损失，橙色是 G 的：一方的好消息是另一方的坏消息。",
                "Blue is D’s loss, orange is G’s: what is good news for one is bad news for the other.",
            ),
            Text(
                "几秒钟后就认得出数字。曲线不会一路下降：这是两个人的比赛，不是一个人爬坡。",
                "Digits can be read within seconds. The curves do not simply fall: this is a contest of two, not one "
                "climbing a hill.",
            ),
            Scene("preset", "healthy"),
        ),
        Step(
            Text("损失的每一项在做什么", "What each term of the loss does"),
            Text(
                "每一项一种颜色：公式、曲线、箭头、句子说的是同一项。",
                "One colour for each term: formula, curve, arrow and sentence are the same term.",
            ),
            Text(
                "D 有两项：把真的叫真，把假的叫假。G 只有一项：让 D 把它的画叫真。公式下面的数就是刚才那次训练的。",
                "D has two terms: call the real ones real, call the fakes fake. G has one: make D call its drawings real. "
                "The numbers below the formula are those of the run we just saw.",
            ),
            Scene("show", "losses/non_saturating"),
        ),
        Step(
            Text("同一场比赛，在平面上", "The same contest on a plane"),
            Text(
                "橙点被箭头推向蓝点；底色是 D 的看法。",
                "Arrows push the orange points towards the blue ones; the ground is D’s opinion.",
            ),
            Text(
                "每个假点上的箭头是 −∂L_G/∂x：D 说“往那边走会更像真的”。G 学的就是这些箭头。",
                "The arrow on each fake is −∂L_G/∂x: D saying “go that way to look more real”. Those arrows are all that G "
                "learns from.",
            ),
            Scene("plane", "healthy"),
        ),
        Step(
            Text("生成器在你手里", "The generator in your hand"),
            Text(
                "拖动滑块：数字变斜、变粗，却仍是数字。",
                "Move a slider: the digit leans or grows bold, and stays a digit.",
            ),
            Text(
                "z 只是 64 个随机数。G 学到的是一整片连续的空间，相邻的 z 画出相近的数字。",
                "z is nothing but 64 random numbers. What G has learnt is a whole continuous space in which neighbours "
                "draw alike.",
            ),
            Scene("tab", "generate"),
        ),
        Step(
            Text("它也会坏掉", "How it breaks"),
            Text(
                "D 学得太快：G 只守住几个团，其余的全丢了。",
                "D learns too fast: G keeps a few clumps and loses all others.",
            ),
            Text(
                "这叫模式坍缩。注意损失曲线并没有喊救命：要看图，看覆盖了几个团。",
                "This is mode collapse. Notice that the loss curves raise no alarm: look at the picture and at how many "
                "modes are covered.",
            ),
            Scene("plane", "collapse"),
        ),
    ),
)

LOSSES_LIE = Tour(
    "losses_lie",
    Text("为什么损失会说谎", "Why losses lie"),
    Text("给训练过网络的工程师", "for engineers who have trained networks"),
    12,
    (
        Step(
            Text("两条损失都降到 0，什么也没学会", "Both losses fall to 0, and nothing is learnt"),
            Text(
                "先猜：G 的目标写成 0，损失会怎样？图呢？",
                "Predict first: with G’s target set to 0, what do the losses do? And the pictures?",
            ),
            Text(
                "目标反了，G 就和 D 合作：帮 D 认出自己是假的。损失下降只说明两人达成了一致。",
                "With the target turned round, G helps D to recognise it. Falling losses only say that both agree.",
            ),
            Scene("experiment", "C3"),
        ),
        Step(
            Text("教科书上的均衡，两张网络都死了", "The textbook equilibrium, with both nets dead"),
            Text(
                f"L_D 停在 {TWO_LOG_TWO:.4f}，L_G 停在 {log(2):.4f}。请看梯度范数。",
                f"L_D rests at {TWO_LOG_TWO:.4f} and L_G at {log(2):.4f}. Watch the gradient norms.",
            ),
            Text(
                "sigmoid 用了两次：这些数正好等于均衡值，但没有梯度就没有博弈。",
                "The sigmoid was applied twice: these are the very numbers of the equilibrium, and without gradients "
                "there is no game.",
            ),
            Scene("experiment", "C4"),
        ),
        Step(
            Text("D 是瞎的，也会“均衡”", "A blind D is in “equilibrium” too"),
            Text("没有激活函数的 D 只看平均图。", "Without an activation D sees nothing but the mean image."),
            Text(
                "两层线性还是一层线性。平均图对上了，这个 D 就无话可说，画面却仍然模糊。",
                "Two linear layers are one. Once the mean image fits, this D has nothing left to say, however blurred "
                "the pictures are.",
            ),
            Scene("experiment", "C9"),
        ),
        Step(
            Text("饱和：损失很大，推力没有", "Saturation: a large loss that does not push"),
            Text(
                "看假图的直方图落在哪里，那里的斜率有多大。",
                "See where the fakes’ histogram lies, and how steep the term is there.",
            ),
            Text(
                "极小极大损失在 D 领先时斜率趋于 0；非饱和的那条在同一处接近 1。",
                "Where D leads, minimax’s slope goes to 0, while the non-saturating one is close to 1 at the same place.",
            ),
            Scene("show", "losses/minimax"),
        ),
        Step(
            Text("沉默：hinge 过了边界就不说话", "Silence: hinge says nothing beyond its margin"),
            Text("真图过了 +1、假图过了 −1，D 的损失就是 0。", "Beyond +1 for real and −1 for fake, D’s loss is 0."),
            Text(
                "损失 0 不等于做完了：D 只是不再学，G 的斜率仍是 −1。",
                "A loss of 0 does not mean that it is done: D merely stops learning, while G’s slope is still −1.",
            ),
            Scene("show", "losses/hinge"),
        ),
        Step(
            Text("绕圈：没有谁在下山", "Going round: nobody walks downhill"),
            Text(
                "只有两个数也不收敛：每一步都离中心更远一点。",
                "Even two numbers do not converge: each step ends a little further out.",
            ),
            Text(
                "这不是局部最优。博弈的梯度场在旋转，同时更新必然外扩。",
                "This is no local optimum. The game’s gradient field rotates, and simultaneous steps must spiral out.",
            ),
            Scene("dirac", "", {"loss": "minimax", "gamma": 0, "order": "simultaneous"}),
        ),
        Step(
            Text("一点阻尼就够了", "A little damping is enough"),
            Text("γ = 1 恰好临界：最快回到中心。", "γ = 1 is critical: the fastest way home."),
            Text(
                "R1 惩罚真点处的坡度。太小会转圈，太大会迟钝。",
                "R1 penalises the slope at the data. Too little still circles, too much is sluggish.",
            ),
            Scene("dirac", "", {"loss": "minimax", "gamma": 1, "order": "simultaneous"}),
        ),
        Step(
            Text("坍缩时，损失一声不吭", "Losses are silent about collapse"),
            Text("覆盖的团数在掉，损失曲线照常。", "Modes drop out while the loss curves look as ever."),
            Text(
                "要量的是样本：覆盖了几个模式、离真图多远，并且总要和完美采样器比。",
                "Measure samples: how many modes, how far from the data, and always beside a perfect sampler.",
            ),
            Scene("plane", "collapse"),
        ),
    ),
)

REPAIRED = Tour(
    "repaired",
    Text("把教程修好", "The tutorial, repaired"),
    Text("给读过那篇教程的人", "for the tutorial’s readers"),
    15,
    (
        Step(
            Text("数据从不进入生成器", "Data never enters the generator"),
            Text("剪断 D→G 的箭头，G 的梯度全是 None。", "Cut the arrow from D to G: every gradient of G is None."),
            Text(
                "§2.3 的图把数据画进了 G。G 认识数据，只靠 D 的斜率。",
                "The graph of §2.3 feeds data to G. All that G knows of data comes through D’s slope.",
            ),
            Scene("experiment", "F7"),
        ),
        Step(
            Text("L_D：真假都有奖", "L_D: a reward for everything"),
            Text(
                "照原文训练：E D(x) + E D(G(z)) 走向 2，梯度消失。",
                "As written, E D(x) + E D(G(z)) goes to 2 and the gradients die.",
            ),
            Text(
                "D 对什么都答“真”就是最优，于是再也分不出真假。",
                "Calling everything real is the best answer, so nothing is told apart any more.",
            ),
            Scene("experiment", "F1"),
        ),
        Step(
            Text("λ‖G(z) − x‖²：越像平均越好", "λ‖G(z) − x‖²: the more average the better"),
            Text(
                f"模糊的平均图得 {_BLUR:.0f}，完美的生成器得 {_PERFECT:.0f}：谁更好？",
                f"The blurred mean scores {_BLUR:.0f}, a perfect generator {_PERFECT:.0f}: which is better?",
            ),
            Text(
                "z 和 x 各抽各的，距离只能拉向平均。",
                "z and x are drawn apart, so a distance can only pull towards the mean.",
            ),
            Scene("experiment", "F3"),
        ),
        Step(
            Text("双方都“最大化”", "Both “maximise”"),
            Text("先猜会画出什么。", "Predict what will be drawn."),
            Text(
                "白底上一团黑：离每张真图都最远的那张图。",
                "A black blob on white: the picture furthest from every real digit.",
            ),
            Scene("experiment", "F4"),
        ),
        Step(
            Text("把代码照原样跑一遍", "Run the code as it stands"),
            Text("一级一级修，每一级都是真实的报错。", "Repair it rung by rung: every message is a real exception."),
            Text(
                "这里真的在另一个进程里运行我们对那段代码的改写。修到最后能跑了，损失却永远是 0.6931。",
                "Our own rendering of that code really runs in another process. Once it runs at last, its loss is 0.6931 "
                "for ever.",
            ),
            Scene("experiment", "ladder"),
        ),
        Step(
            Text("sigmoid 用了两次", "The sigmoid, twice"),
            Text("数字漂亮，网络不动。", "Fine numbers, and nothing moves."),
            Text("最后一层去掉激活，直接输出 logit。", "Drop the last activation and return the logit."),
            Scene("experiment", "C4"),
        ),
        Step(
            Text("少了激活函数", "The missing activation"),
            Text("线性叠线性还是线性。", "Linear on linear is linear."),
            Text("加一个 LeakyReLU，D 才看得见形状。", "One LeakyReLU, and D can see shapes."),
            Scene("experiment", "C9"),
        ),
        Step(
            Text("修好之后", "After the repair"),
            Text("同样的网络，改对的损失：数字出来了。", "The same networks with the right loss: digits appear."),
            Text(
                "左边是教程的 L_D，右边是改正后的，用同一个种子。",
                "The tutorial’s L_D against the corrected one, from the same seed.",
            ),
            Scene("preset", "race_tutorial"),
        ),
        Step(
            Text("接下来读什么", "What to read next"),
            Text("§7.3 的五篇论文，一页一篇。", "The five papers of §7.3, a page each."),
            Text(
                "第五篇的题目在教程里断在半句：它是 TTUR，也是 FID 的出处。",
                "The fifth title breaks off in the tutorial: it is TTUR, which also brought FID.",
            ),
            Scene("show", "papers"),
        ),
    ),
)

TOURS: dict[str, Tour] = {tour.key: tour for tour in (FIVE_MINUTES, LOSSES_LIE, REPAIRED)}
