"""`search`: look for settings that make better digits sooner."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from aigc_demo.commands import options
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import INTERRUPTED, LANG, Ended, say, say_json
from aigc_demo.commands.progress import interrupt_noted, progress_bar
from aigc_demo.data import Dataset, load
from aigc_demo.recipes import DEFAULT_RECIPE, make_plan, number, whole_number
from aigc_demo.search import (
    DEFAULT_STEPS,
    DatabaseStudy,
    Definition,
    Results,
    Searcher,
    StudyFolder,
    Trial,
    check_digits,
    define,
    is_url,
    parse_over,
    studies_home,
    usual_ranges,
)
from aigc_demo.text import Text, VisitorError

DEFAULT_TRIALS, MOST_TRIALS = 20, 10_000


def search(
    recipe: options.Recipe = None,
    loss: options.Loss = None,
    dataset: Annotated[
        str | None,
        typer.Option(metavar="D", help=Text("数据集（默认 digits5k）。", "Dataset (default: digits5k).")(LANG)),
    ] = None,
    trials: Annotated[
        str | None,
        typer.Option(
            metavar="N", help=Text("这一次做 N 个试验（默认 20）。", "Make N trials this time (default: 20).")(LANG)
        ),
    ] = None,
    seconds: Annotated[
        str | None,
        typer.Option(
            metavar="S",
            help=Text("改为按时间：S 秒后不再开始新的试验。", "By the clock instead: no trial begins after S seconds.")(
                LANG
            ),
        ),
    ] = None,
    steps: Annotated[
        str | None,
        typer.Option(
            metavar="K",
            help=Text(
                f"每个试验训练 K 步（默认 {DEFAULT_STEPS}）。", f"Each trial trains K steps (default: {DEFAULT_STEPS})."
            )(LANG),
        ),
    ] = None,
    over: Annotated[
        str | None,
        typer.Option(
            metavar="KEYS",
            help=Text(
                "搜索哪些设置，例如 lr.g,lr.d=1e-4..1e-2,batch_size=32/64（默认：学习率、动量、批大小等）。",
                "Settings to search, e.g. lr.g,lr.d=1e-4..1e-2,batch_size=32/64 (default: rates, momenta, batch and others).",
            )(LANG),
        ),
    ] = None,
    sampler: Annotated[
        str | None,
        typer.Option(
            metavar="M", help=Text("抽样方法：tpe（默认）或 nsga2。", "Sampler: tpe (default) or nsga2.")(LANG)
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="K", help=Text("每个试验的随机种子（默认 0）。", "Seed of every trial (default: 0).")(LANG)
        ),
    ] = None,
    study: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=Text("研究的名字（默认：配方-损失）。", "Name of the study (default: recipe-loss).")(LANG),
        ),
    ] = None,
    storage: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|URL",
            help=Text(
                "存放研究的文件夹（可在几台机器共用的盘上）或数据库网址；默认在数据文件夹里，网页也看得到。",
                "Folder of the studies, which may be on a drive that machines share, or a database's URL; default: in the "
                "data folder, where the page sees them too.",
            )(LANG),
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help=Text(
                "继续已有的研究；几个进程可以同时做同一个研究。",
                "Go on with a study that exists; several processes may work on one at once.",
            )(LANG),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Search among the settings of a recipe; the study stays on disk and can be gone on with."""
    if trials is not None and seconds is not None:
        raise VisitorError(Text("--trials 与 --seconds 只能选一个。", "Give either --trials or --seconds, not both."))
    budget = _budget(trials, seconds)
    named = {"recipe": recipe, "loss": loss, "dataset": dataset, "steps": steps, "seed": seed, "sampler": sampler}
    given = {key: value for key, value in named.items() if value is not None}
    if resume:
        folder = _open(storage, study or _default_name(recipe, loss))
        _refuse_changes(folder.definition, given, over)
        data = load(folder.definition.dataset)
    else:
        definition = _define(given, over)
        data = check_digits(load(definition.dataset))  # before anything is left on the disk
        folder = _create(storage, study or f"{definition.recipe}-{definition.loss}", definition)
    results, interrupted = _search(folder, data, budget)
    if interrupted:
        kept = Text(
            "已中断；研究“{name}”中有 {n} 个试验，用 --resume 继续。",
            "Interrupted; the study “{name}” keeps {n} trials: go on with --resume.",
        )
        raise Ended(kept.format(name=folder.name, n=len(results.complete)), INTERRUPTED)
    say_json(results.summary()) if as_json else _say(results)


def _open(storage: str | None, name: str) -> StudyFolder:
    if storage is not None and is_url(storage):
        return DatabaseStudy.open_at(storage, name)
    return StudyFolder.open(_home(storage), name)


def _create(storage: str | None, name: str, definition: Definition) -> StudyFolder:
    if storage is not None and is_url(storage):
        return DatabaseStudy.create_at(storage, name, definition)
    return StudyFolder.create(_home(storage), name, definition)


def _home(storage: str | None) -> Path:
    return studies_home() if storage is None else Path(storage).expanduser()


def _budget(trials: str | None, seconds: str | None) -> dict[str, Any]:
    if seconds is not None:
        return {"seconds": number(seconds, 1.0, 10_000_000.0, Text("搜索的秒数", "The seconds of a search"))}
    count = DEFAULT_TRIALS if trials is None else trials
    return {"trials": whole_number(count, 1, MOST_TRIALS, Text("试验的个数", "The number of trials"))}


def _default_name(recipe: str | None, loss: str | None) -> str:
    plan = make_plan(recipe or DEFAULT_RECIPE, loss)
    return f"{plan.recipe.key}-{plan.loss}"


def _define(given: Mapping[str, str], over: str | None) -> Definition:
    chosen = dict(given)
    recipe = chosen.pop("recipe", DEFAULT_RECIPE)
    plan = make_plan(recipe, chosen.get("loss"))
    return define(recipe, usual_ranges(plan) if over is None else parse_over(plan, over), **chosen)


def _refuse_changes(known: Definition, given: Mapping[str, str], over: str | None) -> None:
    """What is said of a study again must be what it is."""
    for key, value in given.items():
        if str(getattr(known, key)) != value:
            raise VisitorError(
                Text(
                    "--resume 不能改变 {key}：这个研究是 {was}，不是 {value}。",
                    "--resume cannot change {key}: this study has {was}, not {value}.",
                ).format(key=key, was=getattr(known, key), value=value[:80])
            )
    if over is not None and parse_over(known.plan({}), over) != known.ranges:
        raise VisitorError(
            Text(
                "--resume 不能改变搜索范围；请去掉 --over，或另取一个 --study 名。",
                "--resume cannot change what is searched: leave --over out, or name another --study.",
            )
        )


def _search(folder: StudyFolder, data: Dataset, budget: Mapping[str, Any]) -> tuple[Results, bool]:
    """Search until the budget is used up or Ctrl-C; the results so far, and whether it was interrupted."""
    searcher = Searcher(folder, data)
    steps, total = folder.definition.steps, budget.get("trials")
    done, results = 0, folder.results()
    with progress_bar() as bar, interrupt_noted() as interrupted, closing(searcher.turns(**budget)) as turns:
        task = bar.add_task(Text("准备", "getting ready")(LANG), total=total and total * steps, figures="")
        for news in turns:
            if news.ended:
                done += 1
                results = folder.results()
            bar.update(
                task,
                description=Text("试验 {n}", "trial {n}").format(n=news.number)(LANG),
                completed=done * steps + (0 if news.ended else news.step),
                figures=f"{news.step}/{steps} · {_so_far(results)}",
            )
            if interrupted:
                break
    return folder.results(), bool(interrupted)


def _so_far(results: Results) -> str:
    counts, best = results.counts(), results.best
    found = "–" if best is None else f"{best.digit_fd:.2f}"
    return Text("最佳 digit-FD {best} · 提前放弃 {pruned}", "best digit-FD {best} · {pruned} given up")(LANG).format(
        best=found, pruned=counts["pruned"]
    )


def _say(results: Results) -> None:
    counts = results.counts()
    say(
        Text(
            "研究“{name}”：完成 {complete}，提前放弃 {pruned}，失败 {failed}",
            "study “{name}”: {complete} complete, {pruned} given up early, {failed} failed",
        )(LANG).format(name=results.name, **counts)
    )
    if results.default is not None:
        say(Text("配方原来的设置：{point}", "the recipe as it is: {point}")(LANG).format(point=_point(results.default)))
    for trial in results.front:
        say(Text("帕累托前沿：{point}", "on the Pareto front: {point}")(LANG).format(point=_point(trial)))
        say(f"  {results.command(trial)}")


def _point(trial: Trial) -> str:
    return Text(
        "digit-FD {fd:.2f}，训练 {seconds:.1f} 秒（{step} 步，试验 {number}）",
        "digit-FD {fd:.2f} after {seconds:.1f} s of training ({step} steps, trial {number})",
    )(LANG).format(fd=trial.digit_fd, seconds=trial.seconds, step=trial.step, number=trial.number)
