"""`train`: one run without a page."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from aigc_demo.checkpoints import read_config
from aigc_demo.commands import options, strategies
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import INTERRUPTED, LANG, Ended, say, say_json
from aigc_demo.commands.own_sets import dataset_at
from aigc_demo.commands.progress import advance, progress_bar
from aigc_demo.commands.strategies import Together, lost_noted
from aigc_demo.commands.tracking import trackers_for
from aigc_demo.data import DATASETS, is_own, load
from aigc_demo.data.npz import is_plain
from aigc_demo.home import cache_home, write_atomically
from aigc_demo.recipes import SETTINGS, Plan, arithmetic_of, make_plan, value_of
from aigc_demo.runs import Progress, Session, read_plan
from aigc_demo.runs.arithmetic import Settler
from aigc_demo.runs.pool import TrainerPool
from aigc_demo.runs.prober import Prober
from aigc_demo.runs.session import NOT_FINITE
from aigc_demo.runs.together import begin_together, settled_together
from aigc_demo.runs.tracked import Tracked
from aigc_demo.text import Text, VisitorError
from aigc_demo.tracking import Trackers
from aigc_demo.training import Trainer, describe


def train(
    out: options.Out,
    recipe: options.Recipe = None,
    loss: options.Loss = None,
    dataset: Annotated[
        str | None,
        typer.Option(
            metavar="D",
            help=Text(
                "数据集名称，或图片文件夹、zip、.npz（默认 digits5k）。",
                "Dataset, or a folder of pictures, a zip or an .npz file (default: digits5k).",
            )(LANG),
        ),
    ] = None,
    seconds: options.Seconds = None,
    steps: options.Steps = None,
    seed: options.Seed = None,
    settings: options.Settings = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help=Text(
                "继续 DIR 中的训练；秒数或步数是总数（默认沿用原来的）。",
                "Go on with the run in DIR; seconds or steps are totals (default: those it began with).",
            )(LANG),
        ),
    ] = False,
    logdir: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help=Text(
                "同时在 DIR 中写 TensorBoard 记录，用 tensorboard --logdir DIR 查看。",
                "Also write TensorBoard summaries below DIR, for tensorboard --logdir DIR.",
            )(LANG),
        ),
    ] = None,
    track: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TOOL",
            help=Text(
                "同时记录到 trackio 或 wandb（另需安装），可写作 trackio:项目，可重复。",
                "Also log to trackio or wandb (to be installed); may name a project, trackio:mine; repeatable.",
            )(LANG),
        ),
    ] = None,
    strategy: strategies.Strategy = None,
    replicas: strategies.ReplicaCount = None,
    as_json: AsJson = False,
) -> None:
    """Train into the folder `out`, from the start or (`resume`) from where it was last saved."""
    together = Together(strategy, replicas)
    if together.follows:
        with lost_noted():
            return together.follow(as_json)
    default = options.budget_of(seconds, steps)
    if not out.strip():
        raise VisitorError(Text("--out 需要一个文件夹。", "--out needs a folder."))
    folder = Path(out).expanduser()
    named = {"recipe": recipe, "loss": loss, "dataset": _named(dataset), "seed": seed}
    chosen = parse_settings(settings or [])
    tracker = trackers_for(folder, logdir, track or [])
    if resume:
        saved = _plan_in(folder)
        _refuse_changes(saved, named, chosen)
        budget = _budget(saved, seconds, steps)
        return run_plan(folder, saved, budget, resume=True, as_json=as_json, tracker=tracker, together=together)
    if (folder / "run.json").exists() or (folder / "config.json").exists():
        raise VisitorError(
            Text(
                "文件夹 {name} 中已有一次训练；用 --resume 继续，或另选文件夹。",
                "The folder {name} already holds a run: go on with --resume, or choose another folder.",
            ).format(name=folder.name)
        )
    given = {key: value for key, value in named.items() if value is not None}
    plan = make_plan(**given, seconds=default, steps=steps, settings=chosen)
    return run_plan(folder, plan, None, resume=False, as_json=as_json, tracker=tracker, together=together)


def parse_settings(items: list[str]) -> dict[str, str]:
    """`KEY=VALUE` items as a dict; raises `VisitorError` for one without both, or named twice."""
    chosen: dict[str, str] = {}
    for item in items:
        key, equals, value = item.partition("=")
        if not (key and equals and value) or key in chosen:
            raise VisitorError(
                Text(
                    "--set 应为 KEY=VALUE，每个 KEY 一次，不能是 {item}。",
                    "--set takes KEY=VALUE, each KEY once, not {item}.",
                ).format(item=repr(item)[:80])
            )
        chosen[key] = value
    return chosen


def _named(dataset: str | None) -> str | None:
    """What a dataset is remembered by, so that a run can be resumed from anywhere.

    An `.npz` file of digits as we store them goes by its full path, other pictures become a set of one's own.
    """
    if dataset is None or dataset in DATASETS or is_own(dataset):
        return dataset
    path = Path(dataset).expanduser()
    if dataset.lower().endswith(".npz") and (not path.is_file() or is_plain(path)):
        return str(path.absolute())
    return dataset_at(path) if path.exists() else dataset


def _plan_in(folder: Path) -> Plan:
    if not (folder / "run.json").is_file():
        raise VisitorError(
            Text("文件夹 {name} 中没有可以继续的训练。", "The folder {name} holds no run to go on with.").format(
                name=folder.name
            )
        )
    return read_plan(folder)


def _refuse_changes(saved: Plan, named: Mapping[str, str | None], chosen: Mapping[str, str]) -> None:
    """Resuming continues the very same run: what is said of it again must be what it was."""
    was = {"recipe": saved.recipe.key, "loss": saved.loss, "dataset": saved.dataset, "seed": str(saved.seed)}
    for key in (*SETTINGS, *(f"weight.{term}" for term in saved.weights)):
        value = value_of(saved, key)
        if value is not None:
            was[key] = f"{value:g}" if isinstance(value, float) else str(value)
    for key, said in ({key: said for key, said in named.items() if said is not None} | dict(chosen)).items():
        if not _same(was.get(key), said):
            raise VisitorError(
                Text(
                    "--resume 不能改变 {key}：原为 {was}，不能改成 {value}。",
                    "--resume cannot change {key}: it was {was}, not {value}.",
                ).format(key=key[:80], was=was.get(key, "–"), value=said[:80])
            )


def _same(was: str | None, value: str) -> bool:
    if was == value:
        return True
    try:
        return was is not None and math.isclose(float(was), float(value), rel_tol=1e-5)
    except ValueError:
        return False


def _budget(saved: Plan, seconds: str | None, steps: str | None) -> Mapping[str, Any] | None:
    """The new totals, checked; None to keep those of the saved plan."""
    if seconds is None and steps is None:
        return None
    checked = make_plan(saved.recipe.key, seconds=seconds, steps=steps)
    return {"seconds": checked.seconds, "steps": checked.steps}


def make_writable(folder: Path) -> None:
    """Make `folder` if need be; raises `VisitorError` where nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / ".probe", b"aigc")
        (folder / ".probe").unlink()
    except OSError as error:
        raise VisitorError(
            Text("无法写入文件夹 {name}：{reason}。", "The folder {name} cannot be written: {reason}.").format(
                name=folder.name, reason=error.strerror or type(error).__name__
            )
        ) from error


def run_plan(
    folder: Path,
    plan: Plan,
    budget: Mapping[str, Any] | None,
    resume: bool,
    as_json: bool,
    tracker: Trackers,
    together: Together | None = None,
) -> None:
    """Train in `folder` with a progress bar, measure, and say what came of it. `budget`: new totals, of one that resumes."""
    together = together or Together(None, None)
    if together.is_several and not resume:
        plan = settled_together(plan)
    together.refuse(plan)
    with lost_noted():
        _run_plan(folder, plan, budget, resume, as_json, tracker, together)


def _run_plan(
    folder: Path,
    plan: Plan,
    budget: Mapping[str, Any] | None,
    resume: bool,
    as_json: bool,
    tracker: Trackers,
    together: Together,
) -> None:
    data = load(plan.dataset)
    make_writable(folder)  # before seconds are spent on getting ready
    started = time.perf_counter()
    with progress_bar() as bar:
        task = bar.add_task(Text("准备", "getting ready")(LANG), total=None, figures="")
        replicas = together.gather()
        begin_together(replicas, plan, data)
        pool = TrainerPool(partial(Trainer, replicas=replicas))
        if not (resume or together.is_several):
            plan = Settler(cache_home() / "arithmetic").settle(plan, data, describe(), pool)
        trainer = pool.lease(plan, data, None, lambda: None).trainer
        startup = time.perf_counter() - started
        device = describe().name
        # Only whoever ends by quality, or shows it elsewhere, has to measure it on the way.
        prober = Prober() if plan.auto_stop or tracker else None
        if resume:
            session = Session.resume(folder, data, trainer, device=device, prober=prober, **(budget or {}))
        else:
            session = Session.create(folder, plan, data, trainer, device, prober)
        tracked = Tracked(session.folder, tracker)
        tracked.begin(resumed=resume)
        state = advance(session, bar, task, lambda progress: _tell(tracked, progress))
        replicas.dismiss()
        if state == "interrupted":
            session.save("interrupted")
            figures = None
        else:
            bar.update(task, description=Text("测量", "measuring")(LANG))
            if tracker and state != "failed":
                tracked.probes(session.last_probes())
            figures = session.finish(state)
        tracked.end(figures)
    _check_saved(folder, session)
    if state == "interrupted":
        saved = Text(
            "已中断，保存在第 {step} 步；用 --resume 继续。",
            "Interrupted and saved at step {step}; go on with --resume.",
        )
        raise Ended(saved.format(step=f"{session.step:,}"), INTERRUPTED)
    result = {
        "steps": session.step,
        "seconds": session.seconds,
        "startup_seconds": startup,
        "steps_per_second": session.step / session.seconds if session.seconds else 0.0,
        "device": device,
        "arithmetic": arithmetic_of(plan).key,
        "metrics": figures,
        "state": state,
        "out": str(folder),
    }
    say_json(result) if as_json else _say(result)
    if state == "failed":
        raise Ended(NOT_FINITE, 1)


def _tell(tracked: Tracked, progress: Progress) -> None:
    tracked.steps(progress.first_step, progress.values)
    tracked.probes(progress.probes)
    if progress.frame is not None:
        tracked.frame(progress.frame)


def _check_saved(folder: Path, session: Session) -> None:
    """A session goes on in memory when the disk refuses; a command whose result is files must not."""
    try:
        saved = session.warning is None and read_config(folder)["step"] == session.step
    except VisitorError:
        saved = False
    if not saved:
        raise VisitorError(
            Text(
                "结果没能写入文件夹 {name}：磁盘已满，或没有权限。",
                "The result could not be written to the folder {name}: the disk is full or read-only.",
            ).format(name=folder.name)
        )


def _say(result: Mapping[str, Any]) -> None:
    say(
        Text(
            "{steps:,} 步，{seconds:.1f} 秒，每秒 {steps_per_second:.0f} 步（{device}），写在 {out}",
            "{steps:,} steps in {seconds:.1f} s, {steps_per_second:.0f} a second ({device}); written to {out}",
        )(LANG).format(**result)
    )
