"""The tools of assistants: the API's endpoints under the same names and ranges, and what it takes to follow a run.

Answers hold words, numbers and pictures, never the name of a file.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image

from aigc_demo.text import Lang, Refused, Text
from aigc_demo.ui.endpoints import ENDPOINTS, Call, Parameter, Work
from aigc_demo.ui.endpoints.work import told

SCALE = 8  # a picture of 28 pixels is too small for models that look at pictures
LONGEST_WAIT = 20  # seconds; clients give a call up after a minute

NO_TRAINING = Text(
    "这里的助手不能训练。只有在自己的机器上、由主人设了 AIGC_DEMO_MCP_TRAIN=1 时才可以。",
    "Assistants may not train here. They may on one's own machine alone, where its owner has set AIGC_DEMO_MCP_TRAIN=1.",
)

_ENLARGED = Text("返回的图放大到 {n} 倍。", "The picture comes {n} times enlarged.").format(n=SCALE)
_AT_ONCE = Text(
    "开始一次训练并立刻返回它的 id；用 run 看它的进展，用 stop 停止它。",
    "Starts a run and returns its id at once; the tool run tells how it goes, stop ends it.",
)


@dataclass(frozen=True)
class Asker:
    """Who calls a tool. `sees_everything`: on one's own server; `may_train`: its owner allows it."""

    visitor: str
    lang: Lang
    sees_everything: bool
    may_train: bool


@dataclass(frozen=True)
class Tool:
    """`work` answers MCP's content and may raise `VisitorError`. Tools that train are there for owners alone."""

    call: Call
    work: Callable[[Work, Mapping[str, Any], Asker], dict[str, Any]]
    trains: bool = False

    def described(self, lang: Lang) -> dict[str, Any]:
        """The tool as `tools/list` names it."""
        return {
            "name": self.call.key,
            "title": self.call.title(lang),
            "description": self.call.about(lang),
            "inputSchema": self.call.schema(lang),
            "annotations": {"readOnlyHint": not self.trains, "openWorldHint": False},
        }

    def answer(self, work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
        """MCP's content for `given`, which is checked and counted here. Raises `VisitorError`."""
        if self.trains and not asker.may_train:
            raise Refused(NO_TRAINING)
        read = self.call.read(given)
        work.meter.admit(asker.visitor, self.call.cost)
        return self.work(work, read, asker)


def tools_for(asker: Asker) -> list[Tool]:
    """The tools that `asker` is offered."""
    return [tool for tool in TOOLS.values() if asker.may_train or not tool.trains]


def _models(work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
    listed = work.studio.models((), asker.sees_everything)
    return _data(
        {
            "models": [
                {
                    "model": item.id,
                    "title": item.title(asker.lang),
                    "recipe": item.recipe,
                    "conditional": item.conditional,
                    "classes": list(item.class_names),
                    "latent_size": item.latent_size,
                    "digit_fd": (item.figures or {}).get("digit_fd"),
                }
                for item in listed
            ]
        }
    )


def _generate(work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
    image = work.generate(given)
    large = image.resize((image.width * SCALE, image.height * SCALE), Image.Resampling.NEAREST)
    file = io.BytesIO()
    large.save(file, "PNG")
    asked = {name: value for name, value in given.items() if value is not None}
    return {
        "content": [
            {"type": "image", "data": base64.b64encode(file.getvalue()).decode(), "mimeType": "image/png"},
            {"type": "text", "text": json.dumps(asked, ensure_ascii=False)},
        ]
    }


def _evaluate(work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
    return _data(work.evaluate(given))


def _explain(work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
    return _data(work.explain(given, asker.lang))


def _train(work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
    run = work.train(given, asker.visitor).run
    return _data({"run": run.id, "state": run.state, "page": f"/{asker.lang}/?run={run.id}"})


def _follow(work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
    run = work.studio.run(given["run"])
    run.wait_until(lambda: run.is_over and not run.measuring, given["wait"])
    return _data(told(run, run.snapshot(), asker.lang))


def _stop(work: Work, given: Mapping[str, Any], asker: Asker) -> dict[str, Any]:
    run = work.studio.control(given["run"], "stop")
    return _data({"run": run.id, "state": run.state, "step": run.step})


def _joined(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, f"{first.en} {second.en}")


def _data(data: dict[str, Any]) -> dict[str, Any]:
    """`data` as structured content, and as text for clients that read no other."""
    return {
        "content": [{"type": "text", "text": json.dumps(data, ensure_ascii=False, allow_nan=False)}],
        "structuredContent": data,
    }


_RUN = Parameter(
    "run", "name", Text("run", "run"), Text("train 给出的训练 id。", "The run's id, which train has given.")
)
_WAIT = Parameter(
    "wait",
    "number",
    Text("wait", "wait"),
    Text("最多等多少秒，直到训练结束并测量完毕。", "Seconds to wait at most for the run to be over and measured."),
    0.0,
    0,
    LONGEST_WAIT,
)
_GENERATE, _TRAIN = ENDPOINTS["generate"], ENDPOINTS["train"]
_LISTING = Call(
    "models",
    Text("列出模型", "List the models"),
    Text(
        "可以画的模型：名称、类别、z 的维数、digit-FD。",
        "The models to draw with: names, classes, size of z, digit-FD.",
    ),
    (),
    cost=1,
)
_FOLLOWING = Call(
    "run",
    Text("看一次训练", "Look at a run"),
    Text(
        "一次训练现在的状态、步数与各项数值；结束后还有测量与 checkpoint。",
        "A run's present state, step and terms; once it is over also its figures and its checkpoint.",
    ),
    (_RUN, _WAIT),
    cost=1,
)
_STOPPING = Call(
    "stop",
    Text("停止一次训练", "Stop a run"),
    Text("停止训练；已学到的会保存。", "Stops a run; what it has learnt is kept."),
    (_RUN,),
    cost=1,
)

TOOLS: dict[str, Tool] = {
    tool.call.key: tool
    for tool in (
        Tool(_LISTING, _models),
        Tool(replace(_GENERATE, about=_joined(_GENERATE.about, _ENLARGED)), _generate),
        Tool(ENDPOINTS["evaluate"], _evaluate),
        Tool(ENDPOINTS["explain"], _explain),
        Tool(replace(_TRAIN, about=_AT_ONCE), _train, trains=True),
        Tool(_FOLLOWING, _follow, trains=True),
        Tool(_STOPPING, _stop, trains=True),
    )
}
