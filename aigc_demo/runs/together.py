"""One run that several processes train: the leading one tells the others what, and they do as its trainer does.

Whoever follows reads and writes no run's folder. It needs the same version of this program and the same dataset.
"""

from __future__ import annotations

from dataclasses import replace

import orjson

from aigc_demo.data import Dataset, load
from aigc_demo.recipes import Plan, candidates, settled
from aigc_demo.runs.session import OTHER_DATA
from aigc_demo.text import VisitorError
from aigc_demo.training import Replicas, Trainer, Workers


def settled_together(plan: Plan) -> Plan:
    """`plan` with the arithmetic that several replicas compute in: what it asks for, and where it asks for nothing, float32.

    Nothing is measured: each machine might choose another.
    """
    if plan.arithmetic:
        return plan
    return settled(plan, candidates(replace(plan, xla="off"), on_gpu=False)[0])


def begin_together(replicas: Replicas, plan: Plan, dataset: Dataset) -> None:
    """Tell the processes that follow this one, if any, what is to be trained."""
    if isinstance(replicas, Workers):
        told = {"plan": plan.to_json(), "fingerprint": dataset.fingerprint}
        replicas.tell(orjson.dumps(told, option=orjson.OPT_SERIALIZE_NUMPY))


def follow(replicas: Workers) -> int:
    """Train as the leading process does, until it says that it is over; returns the number of steps then.

    Raises `VisitorError` where the data is another than the leader's, or the leader is lost.
    """
    told = orjson.loads(replicas.tell())
    plan = Plan.from_json(told["plan"])
    dataset = load(plan.dataset)
    if dataset.fingerprint != told["fingerprint"]:
        raise VisitorError(OTHER_DATA)
    trainer = Trainer(plan, dataset, replicas)
    trainer.prepare()
    while trainer.follow():
        pass
    return trainer.step
