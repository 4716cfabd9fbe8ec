"""Words of the ways through the latent space: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

_PLANE: dict[str, Text] = {
    "moves.plane": Text("种子平面", "Plane of seeds"),
    "moves.planeKeys": Text(
        "拖动或用方向键移动，按住 Shift 一次一格；加减号缩放；回车跳到中间的种子",
        "Drag, or use the arrow keys, with Shift a whole seed at a time; plus and minus zoom; Enter goes to the seed in "
        "the middle",
    ),
    "moves.planeNote": Text(
        "每个格子是一个种子。拖动平面，十字所在处就是现在的点；点一个格子，就走到那里。",
        "Each cell is a seed. Drag the plane: the point is wherever the cross is. Click a cell to go there.",
    ),
    "moves.planeBlend": Text(
        "格子之间按双线性权重混合四个相邻种子的 z，再除以权重平方和的平方根：混合出来的点仍服从 N(0, I)，"
        "长度不会缩短。格子里的数是种子 = x + 100·y。",
        "Between cells the z of the four neighbouring seeds are mixed with bilinear weights, divided by the root of the "
        "sum of the squared weights: the mixture is a point of N(0, I) again and no shorter than one. The number in a "
        "cell is its seed, x + 100·y.",
    ),
    "moves.seed": Text("种子 {seed}", "seed {seed}"),
    "moves.between": Text("在 {seeds} 之间", "between {seeds}"),
    "moves.away": Text("现在的点不在这个平面上；拖一下就回来", "The point is not on this plane now; drag to return"),
    "moves.snap": Text("对齐种子", "Snap"),
    "moves.snapTitle": Text("走到最近的种子", "Go to the nearest seed"),
    "moves.drift": Text("播放", "Animate"),
    "moves.stop": Text("停下", "Stop"),
}

_BETWEEN: dict[str, Text] = {
    "moves.betweenTitle": Text("从 A 走到 B", "From A to B"),
    "moves.set.a": Text("此处设为 A", "Set A here"),
    "moves.set.b": Text("此处设为 B", "Set B here"),
    "moves.otherB": Text("换一个 B", "Another B"),
    "moves.lerp": Text("直线 lerp", "Straight, lerp"),
    "moves.slerp": Text("大圆 slerp", "Great circle, slerp"),
    "moves.rowPoint": Text("{way}，第 {n} 张，共 {of} 张", "{way}, picture {n} of {of}"),
    "moves.lengths": Text(
        "‖z‖：直线中点 {lerp}，大圆中点 {slerp}，随机的 z 约为 {usual}",
        "‖z‖ halfway: {lerp} on the straight line, {slerp} on the great circle; random z have about {usual}",
    ),
    "moves.betweenNote": Text(
        "图下是 ‖z‖，曲线画的也是它。随机的 z 几乎都在半径 √d = {usual} 的球面附近；两个无关的点之间，"
        "直线中点落到约 √(d/2) = {half}（这里 {lerp}），相当于截断 ψ ≈ 0.71，所以那里的数字更粗、更典型。"
        "大圆留在球面上（这里 {slerp}）。点一张图就跳到那里。",
        "The number under a picture, and the curve, is ‖z‖. Nearly all random z lie close to a sphere of radius "
        "√d = {usual}. Halfway between two unrelated points the straight line is down at about √(d/2) = {half} (here "
        "{lerp}): that is truncation by ψ ≈ 0.71, so its digits look bolder and more typical. The great circle stays on "
        "the sphere (here {slerp}). Click a picture to jump there.",
    ),
    "moves.mixTitle": Text("从一个数字到另一个", "From one digit to another"),
    "moves.mix.from": Text("从数字", "from digit"),
    "moves.mix.to": Text("到数字", "to digit"),
    "moves.mixPoint": Text("目标数字占 {percent}%", "{percent}% of the second digit"),
    "moves.mixNote": Text(
        "z 不动，只把类别编码从 A 逐渐换成 B。训练时模型只见过纯粹的 one-hot 编码，中间的混合从未学过，"
        "所以往往不是渐变，而是在某处突然跳过去。",
        "z stays; only the class code goes from A to B. In training the model saw one-hot codes alone. The mixtures lie "
        "outside of what it learned, so the digit often does not change gradually: it jumps.",
    ),
    "moves.mixNone": Text(
        "这个模型是无条件的，根本没有类别编码，写几全由 z 决定，所以没有可混合的东西。",
        "This model is unconditional. It has no class codes at all: z alone decides the digit, so there is nothing to "
        "mix.",
    ),
    "moves.arithmetic": Text(
        "也别对编码做加减法：“7 − 1 + 4”在这里没有意义。每个 z 只是噪声，类别编码只是开关，"
        "没有什么训练让它们的差代表一个概念。",
        "Arithmetic on codes means nothing here: do not expect sense of “7 − 1 + 4”. z is noise, a class code is a "
        "switch, and nothing in training gave their differences a meaning.",
    ),
    "moves.opinion": Text(
        "分类器的看法（虚线 p({a})，实线 p({b})）：正中间 {pa} 与 {pb}；相邻两张之间 p({b}) 最多变化 {jump}。",
        "The classifier's view (dashed p({a}), solid p({b})): {pa} and {pb} halfway; between two neighbours p({b}) "
        "changes by {jump} at most.",
    ),
    "moves.noClassifier": Text(
        "分类器没能打开，只有图，没有它的看法。", "The classifier could not be opened, so there is no second opinion."
    ),
}

_WALK: dict[str, Text] = {
    "moves.walkNote": Text(
        "沿大圆从一个随机点走到下一个，一路都在 z 该在的球面上。",
        "Along great circles from one random point to the next, always on the sphere where z belongs.",
    ),
    "moves.walkKind": Text("怎么走", "Which way"),
    "moves.endless": Text("一直走", "Endless"),
    "moves.loop3": Text("绕三个点", "Round three points"),
    "moves.walk": Text("出发", "Walk"),
    "moves.pause": Text("暂停", "Pause"),
    "moves.speed": Text("速度", "Speed"),
    "moves.wall": Text("36 个一起走", "36 at once"),
    "moves.wallTitle": Text(
        "36 个数字各有起点，朝同一方向一起走", "36 digits, each from its own start, all in the same direction"
    ),
    "moves.wallName": Text("36 个一起变化的数字", "36 digits that change together"),
    "moves.leg": Text("第 {n} 段，{percent}%", "leg {n}, {percent}%"),
    "moves.legLoop": Text("三段中的第 {n} 段，{percent}%", "leg {n} of 3, {percent}%"),
    "moves.walkRest": Text("停在这里", "at rest"),
    "moves.walking": Text("开始走了", "walking"),
}

_PATH: dict[str, Text] = {
    "moves.pathNote": Text(
        "在喜欢的地方停一停，把停留点排成一条路。它们也是动画的关键帧。",
        "Stop where you like it, and put the stops in order. They are the key-frames of a film, too.",
    ),
    "moves.stops": Text("停留点", "Stops"),
    "moves.addStop": Text("加入现在的点", "Add this point"),
    "moves.addRandom": Text("加一个随机点", "Add a random one"),
    "moves.playPath": Text("走一遍", "Play"),
    "moves.clearPath": Text("清空", "Clear"),
    "moves.noStops": Text("至少要两个停留点。", "A path needs two stops at least."),
    "moves.stopAdded": Text("已加入，共 {n} 个停留点", "added; {n} stops"),
    "moves.atStop": Text("在停留点 {n}", "at stop {n}"),
    "moves.toStop": Text("去停留点 {n}", "go to stop {n}"),
    "moves.earlier": Text("停留点 {n} 前移", "move stop {n} earlier"),
    "moves.later": Text("停留点 {n} 后移", "move stop {n} later"),
    "moves.remove": Text("删除停留点 {n}", "remove stop {n}"),
    "moves.filmTitle": Text("做成动画", "Make a film of it"),
    "moves.framesBetween": Text("中间的帧", "Frames between"),
    "moves.frameTime": Text("每帧", "Each frame"),
    "moves.ms": Text("{value} 毫秒", "{value} ms"),
    "moves.filmSize": Text("尺寸", "Size"),
    "moves.filmFormat": Text("格式", "Format"),
    "moves.loop": Text("首尾相接，循环播放", "Back to the first stop, for ever"),
    "moves.makeFilm": Text("制作", "Make"),
    "moves.cancel": Text("取消", "Cancel"),
    "moves.cancelled": Text("已取消。", "Cancelled."),
    "moves.download": Text("下载（{size}）", "Download ({size})"),
    "moves.filmName": Text("沿路径变化的数字", "The digit along the path"),
    "moves.filmProgress": Text("动画的进度", "Progress of the film"),
    "moves.filmAbout": Text("{frames} 帧，{seconds} 秒", "{frames} frames, {seconds} s"),
    "moves.filmFew": Text("先加两个停留点", "Add two stops first"),
    "moves.filmLong": Text(
        "{frames} 帧，最多 {most} 帧：减少停留点或中间的帧",
        "{frames} frames, more than {most}: fewer stops or fewer frames between",
    ),
    "moves.filmLarge": Text(
        "{frames} 帧在这个尺寸下太大：减少帧数或缩小",
        "{frames} frames of this size are too many: fewer of them, or smaller",
    ),
}

_MAP: dict[str, Text] = {
    "moves.map": Text("潜空间地图", "Latent map"),
    "moves.mapKeys": Text(
        "方向键移动点，按住 Shift 一次 1σ；加减号缩放；回车选中间的点；Home 回到点所在处",
        "Arrow keys move the point, with Shift by 1σ; plus and minus zoom; Enter picks the middle; Home returns to the "
        "point",
    ),
    "moves.mapNote": Text(
        "过现在这个点、沿两个方向铺开的平面，刻度是 σ。拖动、缩放，点一下就选中那里；十字是现在的点，暗处在 ±3σ 之外，训练几乎没到过。",
        "The plane through this point along two axes, in σ. Drag it, zoom it, click to pick a point; the cross is where "
        "you are. What is dimmed lies beyond ±3σ, where training hardly ever went.",
    ),
    "moves.map.x": Text("横轴", "Across"),
    "moves.map.y": Text("纵轴", "Up"),
    "moves.mapWhere": Text("横 {x}σ，纵 {y}σ", "across {x}σ, up {y}σ"),
    "moves.toPoint": Text("回到点", "To the point"),
    "moves.zoomIn": Text("放大", "Zoom in"),
    "moves.zoomOut": Text("缩小", "Zoom out"),
    "moves.oneAxis": Text(
        "这两个方向其实是同一个，铺不成平面；请换一个。",
        "These two axes are one direction and span no plane; choose another.",
    ),
    "moves.axesComing": Text("正在寻找有意义的方向…", "Looking for axes that mean something…"),
    "moves.family.named": Text("有名字的", "Named"),
    "moves.family.output": Text("画面变化最大的", "Most change in the picture"),
    "moves.family.pca": Text("主成分", "PCA"),
    "moves.family.sefa": Text("SeFa", "SeFa"),
    "moves.family.own": Text("自己的", "Your own"),
    "moves.family.ends": Text("A 与 B", "A and B"),
    "moves.family.z": Text("z 的原始坐标", "Coordinates of z"),
    "moves.towards.a": Text("朝 A", "towards A"),
    "moves.towards.b": Text("朝 B", "towards B"),
}

JS: dict[str, Text] = {
    "moves.ways": Text("怎样移动", "How to move"),
    "moves.way.plane": Text("种子", "Seeds"),
    "moves.way.between": Text("A → B", "A → B"),
    "moves.way.walk": Text("漫步", "Walk"),
    "moves.way.path": Text("路径", "Path"),
    "moves.way.map": Text("地图", "Map"),
    **_PLANE,
    **_BETWEEN,
    **_WALK,
    **_PATH,
    **_MAP,
}
