"""The tutorial's code run: a function that its own value replaces (C5), and the whole ladder of failures."""

from __future__ import annotations

from contextlib import closing
from math import log

import numpy as np

from aigc_demo.data import load, to_unit_range
from aigc_demo.explain.errata_calls import REAL_PART
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.ladder import RUNGS, Result, climb, rendering
from aigc_demo.text import Text

_REPAIRS = next(rung for rung in RUNGS if rung.key == "no_optimisers").repairs
_ROUNDS = 30


def _rounds(images: np.ndarray, repairs: frozenset[str], in_function: bool = False) -> tuple[int, str, str]:
    """How many rounds of our rendering are completed, of `_ROUNDS`, and the exception that ends them, if any."""
    iteration = rendering.script(repairs, images, in_function)
    for done in range(_ROUNDS):
        try:
            iteration(repairs)
        except (TypeError, UnboundLocalError) as error:
            return done, type(error).__name__, str(error)
    return _ROUNDS, "", ""


def _rebound(bench: Bench, seed: int) -> Running:
    images = to_unit_range(load("digits5k").images).reshape(-1, 28, 28)
    images = np.random.default_rng(seed).permutation(images)
    script, function = _rounds(images, _REPAIRS), _rounds(images, _REPAIRS, in_function=True)
    rows = [
        ("gen_loss = gen_loss(...)", f"{script[1]}: {script[2]}"),
        ("def train(): ...", f"{function[1]}: {function[2]}"),
    ]
    yield Frame("written", 1.0, script[0], {"rounds": script[0]}, rows=rows)
    iteration = rendering.script(_REPAIRS | {"renamed"}, images)
    for done in range(1, _ROUNDS + 1):
        iteration(_REPAIRS | {"renamed"})
        yield Frame("corrected", done / _ROUNDS, done, {"rounds": done})
    yield Outcome(
        {
            "script": script[0],
            "type_error": float(script[1] == "TypeError"),
            "function": function[0],
            "unbound": float(function[1] == "UnboundLocalError"),
            "renamed": done,
        }
    )


C5 = Experiment(
    key="C5",
    question=Text(
        "其余的错都修好之后，`gen_loss = gen_loss(...)` 这一行能走完几轮？",
        "With the other mistakes repaired, how many rounds does `gen_loss = gen_loss(...)` complete?",
    ),
    choices=(
        Choice(Text("一轮也不行", "None")),
        Choice(Text("一轮，第二轮抛出 TypeError", "One; the second raises a TypeError"), is_right=True),
        Choice(Text("全部", "All of them")),
    ),
    claims=(
        Claim("script", "written", Text("作为脚本完成的轮数", "rounds completed as a script"), "=", 1, digits=0),
        Claim("type_error", "written", Text("抛出的是 TypeError（1 = 是）", "what it raises is a TypeError (1 = yes)"),
              "=", 1, digits=0),
        Claim("function", "written", Text("放进函数里完成的轮数", "rounds completed inside a function"), "=", 0, digits=0),
        Claim("unbound", "written", Text("抛出的是 UnboundLocalError（1 = 是）",
                                         "what it raises is an UnboundLocalError (1 = yes)"), "=", 1, digits=0),
        Claim("renamed", "corrected", Text("改名之后完成的轮数（我们只跑这么多）", "rounds completed once renamed (all we ask)"),
              "=", _ROUNDS, digits=0),
    ),
    run=_rebound,
    series=(Series("rounds", Text("完成的轮数", "completed rounds")),),
    seconds=1.5,
)  # fmt: skip

_RAN = "…"  # in the place of an exception


def _ladder(bench: Bench, seed: int) -> Running:
    """Neither the bench nor the seed is needed: the code runs in a process of its own."""
    predicted = [(rung.line, rung.expected or _RAN) for rung in RUNGS]
    yield Frame("corrected", 1.0, rows=predicted)
    results: list[Result] = []
    with closing(climb()) as news:
        for result in news:
            results += [result] if result else []
            yield Frame("written", len(results) / len(RUNGS), len(results), rows=[_row(one) for one in results])
    losses = results[-1].losses
    yield Outcome({"as_expected": float(sum(one.as_expected for one in results)), **losses})


def _row(result: Result) -> tuple[str, str]:
    if result.type:
        return result.rung.line, f"{result.type}: {result.message}  [{result.line}]"
    said = ", ".join(
        f"{key.removesuffix('_most')} = {value:.6f}" for key, value in result.losses.items() if "most" in key
    )
    return result.rung.line, f"{_RAN} ×{result.iteration}: {said}"


LADDER = Experiment(
    key="ladder",
    question=Text(
        "照教程敲下 §4.3 的代码，要修几处才能跑完？跑完之后学到了什么？",
        "Type in the code of §4.3 as it stands: how many repairs until it runs, and what has it learnt then?",
    ),
    choices=(
        Choice(Text("不用修，能训练", "None; it trains")),
        Choice(Text("修两三处，能训练", "Two or three, and then it trains")),
        Choice(Text("修八处才能跑，仍什么也学不到", "Eight, and it still learns nothing"), is_right=True),
    ),
    claims=(
        Claim("as_expected", "written", Text("异常与预言相同的级数", "rungs that end as predicted"),
              "=", len(RUNGS), digits=0),
        Claim("g_least", "written", Text("最后一级：`gen_loss` 的最小值", "the last rung: least `gen_loss`"), "≈", log(2), 5e-6, 5),
        Claim("g_most", "written", Text("最后一级：`gen_loss` 的最大值", "the last rung: largest `gen_loss`"), "≈", log(2), 5e-6, 5),
        Claim("d_fake_most", "written", Text("同时的 `disc_loss_fake`", "`disc_loss_fake` meanwhile"),
              "≈", log(2), 5e-6, 5),
        Claim("d_real_most", "written", Text(r"同时的 `disc_loss_real`，$1-\mathbb{E}[x]+\log(1+e^{-1})$",
                                             r"`disc_loss_real` meanwhile, $1-\mathbb{E}[x]+\log(1+e^{-1})$"),
              "≈", REAL_PART, 0.03),
    ),
    run=_ladder,
    seconds=12.0,
    left=Text("Python 实际抛出的", "What Python really raises"),
    right=Text("预言", "Predicted"),
)  # fmt: skip

EXPERIMENTS = (C5, LADDER)
