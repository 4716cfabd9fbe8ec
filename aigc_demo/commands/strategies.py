"""`train --strategy`: one run on several devices of a machine, or on several machines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer

from aigc_demo.commands.console import LANG, complain, say, say_json
from aigc_demo.commands.progress import interrupt_noted
from aigc_demo.recipes import Plan, whole_number
from aigc_demo.runs.together import follow
from aigc_demo.text import Text, VisitorError
from aigc_demo.training import ALONE, Cluster, LostWorker, Replicas, Workers, join, mirrored, read_cluster
from aigc_demo.training.replicas import refuse

STRATEGIES = ("mirrored", "multiworker")
LOST = 3  # the exit status where another process was lost
MOST_REPLICAS = 64

Strategy = Annotated[
    str | None,
    typer.Option(
        metavar="S",
        help=Text(
            "mirrored：用这台机器的所有 GPU；multiworker：用 TF_CONFIG 列出的所有机器。每批平分，梯度取平均。",
            "mirrored: on all GPUs of this machine; multiworker: on all machines of TF_CONFIG. They share each batch and "
            "average their gradients.",
        )(LANG),
    ),
]
ReplicaCount = Annotated[
    str | None,
    typer.Option(
        "--replicas",
        metavar="N",
        help=Text(
            "mirrored 只用 N 块 GPU；没有 GPU 时在 CPU 上试。",
            "mirrored: on N GPUs only; on a machine without any, try it on the CPU.",
        )(LANG),
    ),
]


class Together:
    """How one command trains: alone, on several devices, or as one of several processes."""

    def __init__(self, strategy: str | None, replicas: str | None) -> None:
        """Raises `VisitorError` for choices that do not go together, and where `TF_CONFIG` is missing or wrong."""
        if strategy is not None and strategy not in STRATEGIES:
            raise VisitorError(
                Text("没有策略“{name}”。可用：{known}。", "There is no strategy “{name}”. Choose from {known}.").format(
                    name=strategy[:40], known=", ".join(STRATEGIES)
                )
            )
        if replicas is not None and strategy != "mirrored":
            raise VisitorError(
                Text("--replicas 只能与 --strategy mirrored 一起用。", "--replicas goes with --strategy mirrored only.")
            )
        self._count = (
            None
            if replicas is None
            else whole_number(replicas, 2, MOST_REPLICAS, Text("副本数", "The number of replicas"))
        )
        self._strategy = strategy
        self._cluster: Cluster | None = read_cluster(os.environ) if strategy == "multiworker" else None

    @property
    def follows(self) -> bool:
        """Whether another process leads this run."""
        return self._cluster is not None and not self._cluster.leads

    @property
    def is_several(self) -> bool:
        return self._strategy is not None

    def refuse(self, plan: Plan) -> None:
        """Raise `VisitorError` where the plan cannot be shared out, before anybody is waited for."""
        refuse(plan, len(self._cluster.addresses) if self._cluster is not None else self._count or 1)

    def gather(self) -> Replicas:
        """The replicas, once all have come. Raises `VisitorError` where that fails."""
        if self._cluster is not None:
            return join(self._cluster, abandon)
        return ALONE if self._strategy is None else mirrored(self._count)

    def follow(self, as_json: bool) -> None:
        """Train for the leading process, whose files and options alone count. Ctrl-C is for that one, too."""
        assert self._cluster is not None
        place, n, leader = self._cluster.place, len(self._cluster.addresses), self._cluster.leader
        if not as_json:
            say(
                Text("第 {place} 个进程（共 {n} 个），跟随 {leader}", "process {place} of {n}, following {leader}")(
                    LANG
                ).format(place=place + 1, n=n, leader=leader)
            )
        replicas = self.gather()
        assert isinstance(replicas, Workers)
        with interrupt_noted():
            steps = follow(replicas)
        if as_json:
            say_json({"steps": steps, "place": place, "leader": leader})
        else:
            say(
                Text(
                    "训练了 {steps:,} 步；结果在主进程 {leader} 那里",
                    "{steps:,} steps; the result is with the leading process, {leader}",
                )(LANG).format(steps=steps, leader=leader)
            )


@contextmanager
def lost_noted() -> Iterator[None]:
    """Where another process is lost inside, this one ends at once, with its one sentence."""
    try:
        yield
    except LostWorker as error:
        abandon(error.text)


def abandon(text: Text) -> NoReturn:
    """End this process now: TensorFlow's own end would wait for processes that are gone, for minutes."""
    complain(text)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(LOST)
