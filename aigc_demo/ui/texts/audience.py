"""Words for an audience: sharing a run, the stage, human against D, and races."""

from __future__ import annotations

from aigc_demo.text import Text, plain

JS: dict[str, Text] = {
    # sharing
    "share.open": Text("分享", "Share"),
    "share.title": Text("让大家一起看", "Let everybody watch"),
    "share.about": Text(
        "扫码或打开链接，就能看到同一次训练，从头开始；只有发起者能控制它。",
        "Scan it or open the link: everybody sees this same run from its beginning. Only whoever started it is in control.",
    ),
    "share.aboutForm": Text(
        "还没有自己的训练：这个链接带着你现在的全部选择。",
        "There is no run of yours yet: this link carries all your present choices.",
    ),
    "share.copy": Text("复制链接", "Copy link"),
    "share.copied": Text("已复制", "Copied"),
    "share.local": Text(
        "这个地址只在本机有效。想让手机也能打开，请用 GRADIO_SERVER_NAME=0.0.0.0 启动，并用本机的局域网地址打开页面。",
        "This address works on this machine only. For phones, start with GRADIO_SERVER_NAME=0.0.0.0 and open the page "
        "by this machine's address in the network.",
    ),
    "share.qr": Text("本页地址的二维码", "QR code of this page's address"),
    "close": Text("关闭", "Close"),
    # stage
    "stage.enter": Text("上台", "Stage"),
    "stage.leave": Text("离开舞台", "Leave the stage"),
    "stage.keys": Text(
        "空格 暂停/继续 · → 单步 · S 慢动作 · 1–9 预设 · Q 二维码 · Esc 离开",
        "Space pause/resume · → step · S slow motion · 1–9 presets · Q QR code · Esc leave",
    ),
    # human against D
    "game.open": Text("人机对决", "You against D"),
    "game.title": Text("真的还是假的？", "Real or fake?"),
    "game.about": Text(
        "十张数字，真假混在一起。判别器看的是同样的十张：看看谁更准。",
        "Ten digits, real and generated mixed. The discriminator judges the same ten: who is the better judge?",
    ),
    "game.asked": Text("应该是 {digit}", "meant to be a {digit}"),
    "game.real": Text("真", "Real"),
    "game.fake": Text("假", "Fake"),
    "game.progress": Text("第 {n} 张，共 {of} 张", "{n} of {of}"),
    "game.result": Text("你答对 {right} / {of}，判别器答对 {d} / {of}。", "You: {right} of {of}. D: {d} of {of}."),
    "game.again": Text("再来一轮", "Another round"),
    "game.you": Text("你", "You"),
    "game.people": Text("所有人（{n} 位）", "Everybody ({n})"),
    "game.d": Text("判别器 D", "Discriminator D"),
    "game.rate": Text("{percent} %（{right} / {asked}）", "{percent} % ({right} of {asked})"),
    "game.none": plain("–"),
    "game.legend": Text(
        "每张图下：你的判断与 D 的判断；打勾的对。", "Below each image: your word and D's; a tick marks a right one."
    ),
    "game.truth.real": Text("真图", "real"),
    "game.truth.fake": Text("生成的", "generated"),
    "game.right": Text("对", "right"),
    "game.wrong": Text("错", "wrong"),
    "game.recorded": Text(
        "对手是随附模型的判别器；开始一次训练，就能和它自己的判别器较量。",
        "Your opponent is the shipped model's D; start a run to play against its own.",
    ),
    # races
    "race.open": Text("比赛", "Race"),
    "race.title": Text("比赛：同一个种子，同样的 z 和数据顺序", "A race: same seed, same z, same order of data"),
    "race.new": Text("新的比赛", "New race"),
    "race.about": Text(
        "两到四个训练轮流使用同一台设备，训练时间相等。改一处，看差别。",
        "Two to four runs take turns on one device for equal training time. Change one thing and see what it does.",
    ),
    "race.presets": Text("现成的比赛", "Ready-made races"),
    "race.own": Text("自己设计", "Make your own"),
    "race.runner": Text("选手 {name}", "Runner {name}"),
    "race.recipe": Text("配方", "Recipe"),
    "race.loss": Text("损失", "Loss"),
    "race.rateD": Text("D 的学习率", "D's rate"),
    "race.rateG": Text("G 的学习率", "G's rate"),
    "race.asRecipe": Text("随配方", "as in the recipe"),
    "race.seconds": Text("每位秒数", "Seconds each"),
    "race.seed": Text("种子", "Seed"),
    "race.start": Text("开始比赛", "Start the race"),
    "race.starting": Text("正在启动…", "Starting…"),
    "race.add": Text("加一位选手", "Add a runner"),
    "race.remove": Text("移除", "Remove"),
    "race.leave": Text("回到单次训练", "Back to one run"),
    "race.standing": Text("名次（按 digit-FD，越小越好）", "Standing (by digit-FD, lower is better)"),
    "race.place": Text("第 {n} 名", "No. {n}"),
    "race.noPlace": Text("尚未测量", "not measured yet"),
    "race.openRun": Text("单独打开", "open alone"),
    "race.curve": Text("曲线", "Curve"),
    "race.curve.digit_fd": plain("digit-FD"),
    "race.curve.d_total": Text("L_D", "L_D"),
    "race.curve.g_total": Text("L_G", "L_G"),
    "race.curve.gap": Text("真假得分之差", "gap between the scores"),
    "race.curve.grad_norm_g": Text("G 的梯度范数", "G's gradient norm"),
    "race.curve.grad_norm_d": Text("D 的梯度范数", "D's gradient norm"),
    "race.seconds.axis": Text("训练秒数", "training seconds"),
    "race.chart": Text("{curve}：{list}", "{curve}: {list}"),
    "race.floor": Text("真数字 {value}", "real digits {value}"),
    "race.missing": Text("没有这场比赛（{race}）。", "There is no race {race}."),
    "race.stop": Text("停止", "Stop"),
    "race.extend": Text("再比 10 秒", "10 s more"),
}
