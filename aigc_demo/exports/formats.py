"""The formats in which a run can be taken away. To add one, write its maker and name it in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aigc_demo.exports.animation import NO_FRAMES, animation, thinned
from aigc_demo.exports.events import event_file
from aigc_demo.exports.one_file import Page
from aigc_demo.exports.replay import replay
from aigc_demo.exports.script import script
from aigc_demo.exports.table import device_of, metrics_csv, metrics_json
from aigc_demo.runs import Run
from aigc_demo.runs.frames import Frame
from aigc_demo.text import Lang, NotFound, Refused, Text


@dataclass(frozen=True)
class Options:
    """What may be chosen about an export. `page` gives the page's own parts, which only a replay needs."""

    lang: Lang = "en"
    speed: object = 1.0
    page: Callable[[], Page] | None = None


@dataclass(frozen=True)
class Format:
    """One way to take a run away. `make` raises `VisitorError` where this run has nothing for it yet."""

    key: str
    file: str
    media_type: str
    title: Text
    make: Callable[[Run, Options], bytes]


def frames_of(run: Run) -> list[Frame]:
    """The run's sample grids that have been told, oldest first."""
    found = (run.frames.get(line["index"]) for line in run.frames.listing())
    return thinned([frame for frame in found if frame is not None])


def _gif(run: Run, options: Options) -> bytes:
    frames = frames_of(run)
    return animation(frames, _seconds(run, frames), "GIF", options.speed)


def _webp(run: Run, options: Options) -> bytes:
    frames = frames_of(run)
    return animation(frames, _seconds(run, frames), "WEBP", options.speed)


def _seconds(run: Run, frames: list[Frame]) -> list[float]:
    """The training time at each frame; 0 before the first step."""
    spent = [0.0, *run.folder.log.seconds().tolist()]
    return [spent[min(frame.step, len(spent) - 1)] for frame in frames]


def _html(run: Run, options: Options) -> bytes:
    frames = frames_of(run)
    if not frames or options.page is None:
        raise Refused(NO_FRAMES)
    facts = run.snapshot()
    name = device_of(run, facts)
    device = facts.get("device") or (name and {"name": name})
    return replay({**facts, "device": device}, frames, options.page(), options.lang)


_BEGAN_WITH_A_MODEL = Text(
    "这次训练从训练好的模型开始，而代码只能从头开始；请用命令 finetune 重现它。",
    "This run began with a trained model, and a script can only begin from nothing; repeat it with the command finetune.",
)


def _script(run: Run, options: Options) -> bytes:
    if run.plan.base:
        raise Refused(_BEGAN_WITH_A_MODEL)
    changes = run.snapshot().get("changes") or ()
    return script(run.plan, options.lang, run.step, changes).encode()


FORMATS: dict[str, Format] = {
    item.key: item
    for item in (
        Format("gif", "animation.gif", "image/gif", Text("动画（GIF）", "Animation (GIF)"), _gif),
        Format("webp", "animation.webp", "image/webp", Text("动画（WebP，更小）", "Animation (WebP, smaller)"), _webp),
        Format(
            "csv",
            "metrics.csv",
            "text/csv; charset=utf-8",
            Text("数据表（CSV）", "Figures (CSV)"),
            lambda run, options: metrics_csv(run),
        ),
        Format(
            "json",
            "metrics.json",
            "application/json",
            Text("全部数据（JSON）", "All figures (JSON)"),
            lambda run, options: metrics_json(run),
        ),
        Format(
            "html",
            "replay.html",
            "text/html; charset=utf-8",
            Text("可离线播放的网页（HTML）", "A page that plays offline (HTML)"),
            _html,
        ),
        Format(
            "tensorboard",
            "tensorboard.zip",
            "application/zip",
            Text(
                "TensorBoard 事件文件（解压后用 tensorboard --logdir 打开）",
                "TensorBoard events (unzip, then tensorboard --logdir)",
            ),
            lambda run, options: event_file(run),
        ),
        Format("script", "script.py", "text/x-python; charset=utf-8", Text("代码（Python）", "Code (Python)"), _script),
    )
}


def find_format(name: str) -> Format:
    """The format of this key or file name; raises `NotFound` with the list of names."""
    for item in FORMATS.values():
        if name in (item.key, item.file):
            return item
    raise NotFound(
        Text(
            "没有名为“{name}”的导出。可用：{known}。", "There is no export called “{name}”. Choose one of {known}."
        ).format(name=name[:80], known=", ".join(item.file for item in FORMATS.values()))
    )
