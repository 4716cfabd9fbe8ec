"""Who trains together: the cluster that `TF_CONFIG` describes, read and checked before TensorFlow is loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aigc_demo.text import Text, VisitorError

VARIABLE = "TF_CONFIG"
MOST_WORKERS = 1024

MISSING = Text(
    "multiworker 需要环境变量 TF_CONFIG，它列出所有机器并说明这是哪一台；写法见 README。",
    "multiworker needs the environment variable TF_CONFIG, which lists all machines and says which one this is; the README "
    "shows how.",
)
UNREADABLE = Text(
    "TF_CONFIG 无法读取：它应是 JSON，形如 {example}。",
    "TF_CONFIG cannot be read: it should be JSON such as {example}.",
)
EXAMPLE = '{"cluster": {"worker": ["10.0.0.1:7861", "10.0.0.2:7861"]}, "task": {"type": "worker", "index": 0}}'
NO_SUCH_TASK = Text(
    "TF_CONFIG 说这是 {kind} 的第 {index} 号，但 cluster 中没有这一台；编号从 0 开始。",
    "TF_CONFIG says that this is number {index} of {kind}, but its cluster lists no such machine; numbers begin at 0.",
)


@dataclass(frozen=True)
class Cluster:
    """The addresses ("host:port") of all processes that train, the leader's first, and which of them this one is."""

    addresses: tuple[str, ...]
    place: int

    @property
    def leads(self) -> bool:
        """Whether this process decides, and alone writes: the `chief`, or worker 0 where there is none."""
        return self.place == 0

    @property
    def leader(self) -> str:
        return self.addresses[0]


def read_cluster(environment: Mapping[str, str]) -> Cluster:
    """The cluster of `TF_CONFIG`; raises `VisitorError` with what is wrong about it."""
    text = environment.get(VARIABLE, "").strip()
    if not text:
        raise VisitorError(MISSING)
    try:
        found = json.loads(text)
        jobs = {job: _addresses(found["cluster"].get(job, [])) for job in ("chief", "worker")}
        kind, index = found["task"]["type"], found["task"]["index"]
        if not (set(found["cluster"]) <= set(jobs) and isinstance(kind, str) and type(index) is int):
            raise ValueError("not a cluster of workers")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VisitorError(UNREADABLE.format(example=EXAMPLE)) from error
    if not 0 <= index < len(jobs.get(kind, ())):
        raise VisitorError(NO_SUCH_TASK.format(kind=repr(kind)[:40], index=index))
    return Cluster(jobs["chief"] + jobs["worker"], index + (len(jobs["chief"]) if kind == "worker" else 0))


def _addresses(listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list) or len(listed) > MOST_WORKERS:
        raise ValueError("not a list of addresses")
    for address in listed:
        host, _, port = address.rpartition(":")
        if not (host and port.isdecimal() and 0 < int(port) < 65536):
            raise ValueError("not host:port")
    if len(set(listed)) != len(listed):
        raise ValueError("an address twice")
    return tuple(listed)
