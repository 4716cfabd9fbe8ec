"""Words of the sliders along named and other axes: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

_CODES = {
    "sliders.code": Text("连续码 {n}", "Code {n}"),
    "sliders.codeNote": Text(
        "InfoGAN 的连续码 u：训练时只在 −1 到 1 之间，再往外是它没见过的。",
        "One of InfoGAN's uniform codes: training has seen u from −1 to 1, and what lies beyond is unseen.",
    ),
}
_FAMILIES = {
    "sliders.families": Text("沿哪组方向移动", "Which directions to move along"),
    "sliders.family.named": Text("有名字的", "Named"),
    "sliders.family.output": Text("影响最大的", "By effect"),
    "sliders.family.pca": Text("PCA", "PCA"),
    "sliders.family.sefa": Text("SeFa", "SeFa"),
    "sliders.family.own": Text("我的", "My own"),
    "sliders.about.named": Text(
        "按倾斜、粗细这类量得出的性质找到的方向，互相垂直；最后两条在它们之外最能改变图像。R² 说名字有多准，低于 0.3 只叫“风格”。",
        "Directions found by measuring slant, stroke weight and the like, at right angles; the last two change the "
        "picture most beside them. R² says how true a name is: below 0.3 it is only a “style”.",
    ),
    "sliders.about.output": Text(
        "按对图像的影响从大到小排：E[JᵀJ] 的特征向量，J 是生成器对 z 的导数。",
        "Ordered by how much they change the picture: eigenvectors of E[JᵀJ], J being the generator's derivative in z.",
    ),
    "sliders.about.pca": Text(
        "深层激活的主成分，再换算成 z 的方向（GANSpace）。",
        "Principal components of a deep layer's activations, taken back to directions of z (GANSpace).",
    ),
    "sliders.about.sefa": Text(
        "只看第一层权重：AAᵀ 的特征向量（SeFa）。不用画一张图。",
        "Read off the first layer's weights alone: eigenvectors of AAᵀ (SeFa). Not one picture was drawn for it.",
    ),
    "sliders.about.own": Text(
        "你收下的方向，只存在这个浏览器里。它们不一定互相垂直：动一个，别的也可能跟着动。",
        "Directions you kept, in this browser only. They need not be at right angles: moving one may move others.",
    ),
    "sliders.about.z": Text(
        "z 的原始坐标，没有名字：动一个，粗细、倾斜、形状一起变。",
        "z's raw coordinates have no names: moving one changes weight, slant and shape together.",
    ),
    "sliders.noneOwn": Text(
        "这里还空着。点任意一个方向的名字可以收下它；或者记下一点 A，走到别处，把“A\u00a0→\u00a0这里”变成方向；也可以把文件拖进来。",
        "Nothing here yet. Click the name of any direction to keep it; or mark a point A, go elsewhere, and turn "
        "“A\u00a0→\u00a0here” into a direction; or drop a file.",
    ),
}

_AXES = {
    "sliders.beside": Text("其余变化 {n}", "other change {n}"),
    "sliders.coordinate": Text("z 的坐标 {k}", "coordinate {k} of z"),
    "sliders.r2": Text("R² {value}", "R² {value}"),
    "sliders.r2Title": Text(
        "沿这个方向的位置，解释了没参与拟合的图上这项性质 {share} % 的变化",
        "Where a picture lies along this direction explains {share} % of how much it has of this, on pictures not used to "
        "find it",
    ),
    "sliders.energy": Text("占变化的 {share} %", "{share} % of the change"),
    "sliders.energyTitle": Text(
        "z 走一小步，图像平均变多少：这个方向占所有互相垂直方向的份额",
        "How much a small step changes the picture on average, as a share of all directions at right angles",
    ),
    "sliders.jump": Text(
        "滑块从头到尾会画成什么：点一张就到那里", "From end to end of the slider: click a picture to go there"
    ),
    "sliders.more": Text("再看 {n} 个方向", "Show {n} more"),
    "sliders.dead": Text("{n} 个方向几乎不起作用，已藏起", "{n} dead axes hidden"),
    "sliders.raw": Text("z 的全部 {n} 个原始坐标", "All {n} raw coordinates of z"),
    "sliders.rawNote": Text("一个坐标同时管很多事，范围 ±3σ。", "One coordinate does many things at once. Range ±3σ."),
}

_WAITING = {
    "sliders.computing": Text(
        "正在计算方向…先用 z 的原始坐标。", "Computing directions… raw coordinates of z meanwhile."
    ),
    "sliders.again": Text("正在重算…", "Computing again…"),
    "sliders.failed": Text(
        "没能算出方向：{why}先用 z 的原始坐标。", "No directions: {why} Raw coordinates of z meanwhile."
    ),
    "sliders.retry": Text("再试一次", "Try again"),
    "sliders.ofStep": Text("按第 {step} 步的权重算的。", "Computed for the weights of step {step}."),
    "sliders.recompute": Text("重新计算", "Recompute"),
}

_OWN = {
    "sliders.edit": Text("改名，或收为己用", "Rename it, or keep it as your own"),
    "sliders.name": Text("这个方向的名字", "Name of this direction"),
    "sliders.save": Text("好", "Save"),
    "sliders.adopt": Text("收为我的", "Make it mine"),
    "sliders.remove": Text("删除", "Delete"),
    "sliders.mark": Text("记下 A", "Mark A here"),
    "sliders.markTitle": Text("把现在的点记作 A", "Remember the present point as A"),
    "sliders.marked": Text("记下了 A。换一个点，再做“A → 这里”。", "A is marked. Move on, then make “A → here”."),
    "sliders.startPicture": Text("A 点的数字", "The digit at A"),
    "sliders.make": Text("A → 这里", "A → here"),
    "sliders.makeTitle": Text("从 A 指向现在的点，存成方向", "Keep the way from A to the present point as a direction"),
    "sliders.samePoint": Text(
        "A 和这里是同一点，没有方向。先走远一点。", "A and here are the same point. Move on first."
    ),
    "sliders.made": Text("方向 {n}", "direction {n}"),
    "sliders.added": Text("收下了 {n} 个方向。", "Directions kept: {n}."),
    "sliders.known": Text("这些方向早就有了，或者已经存满。", "These were there already, or there is no more room."),
    "sliders.unkept": Text(
        "浏览器不让保存，关掉页面就没了；可以导出成文件。",
        "This browser keeps nothing: it will be gone with the page. Export it as a file.",
    ),
    "sliders.export": Text("导出这组", "Export these"),
    "sliders.load": Text("打开文件…", "Open a file…"),
    "sliders.loadTitle": Text("也可以把文件拖到这里", "Or drop a file here"),
    "sliders.other": Text(
        "它们出自另一个模型（{model}），在这里未必有同样的意思。",
        "They come from another model ({model}) and may mean nothing here.",
    ),
}

_BAD_FILES = {
    "sliders.bad.large": Text("文件太大：方向文件不超过 1 MB。", "Too large: a file of directions is at most 1 MB."),
    "sliders.bad.damaged": Text("读不懂：文件损坏，或者不是 JSON。", "Unreadable: damaged, or no JSON file."),
    "sliders.bad.foreign": Text("这不是从这里导出的方向文件。", "This is not a file of directions exported here."),
    "sliders.bad.size": Text(
        "它的 z 有 {size} 维，这个模型是 {wanted} 维。换成那个模型再打开。",
        "Its z has {size} dimensions, this model's has {wanted}. Open it with the model it was made for.",
    ),
    "sliders.bad.empty": Text("文件里没有方向。", "There are no directions in it."),
    "sliders.bad.many": Text("太多了：最多 {most} 个方向。", "Too many: at most {most} directions."),
    "sliders.bad.numbers": Text(
        "第 {n} 个方向不是 {size} 个有限且不全为零的数。",
        "Direction {n} is not made of {size} finite numbers that are not all zero.",
    ),
    "sliders.bad.unread": Text("浏览器读不了这个文件。", "The browser cannot read this file."),
}

_MIX = {
    "sliders.mix": Text("混合", "Mix"),
    "sliders.mixFrom": Text("从哪个数字", "From which digit"),
    "sliders.mixTo": Text("到哪个数字", "To which digit"),
    "sliders.share": Text("另一个数字占多少", "Share of the other digit"),
    "sliders.mixNote": Text(
        "训练时标签从来是单独一个数字：混合的标签模型没见过，常会突然跳变。",
        "In training a label was always one digit: a mixed one was never seen, and the picture often jumps.",
    ),
}

JS: dict[str, Text] = {**_CODES, **_FAMILIES, **_AXES, **_WAITING, **_OWN, **_BAD_FILES, **_MIX}
