"""The routes of the Explain tab's experiments: what each asks and claims, and running one."""

from __future__ import annotations

import base64
import math
from typing import Any

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.explain.experiments import EXPERIMENTS, Experiment, Frame, find_experiment
from aigc_demo.explain.experiments.desk import Concluded, ExperimentDesk, Ticket
from aigc_demo.recipes.making import MAX_SEED
from aigc_demo.recipes.numbers import whole_number
from aigc_demo.text import Lang, Text
from aigc_demo.ui.ndjson import as_stream, heard_at
from aigc_demo.ui.requests import language_of, read_json
from aigc_demo.ui.run_routes import as_json


def experiment_routes(desk: ExperimentDesk) -> APIRouter:
    routes = APIRouter()

    @routes.get("/experiments.json")
    async def catalogue(request: Request) -> Response:
        """Every experiment in the language of the page that asks."""
        lang = language_of(request)
        return as_json({key: described(experiment, lang) for key, experiment in EXPERIMENTS.items()})

    @routes.post("/experiments/{key}")
    async def run(key: str, request: Request) -> Response:
        """`{"seed"}` -> one JSON object a line: waiting, frames, and at last the claims."""
        experiment = find_experiment(key)
        body = await read_json(request)
        seed = whole_number(body.get("seed", 0), 0, MAX_SEED, Text("随机种子", "The seed"))
        return as_stream(
            heard_at(desk, lambda hear: Ticket(experiment, seed, hear=hear), _line, language_of(request)),
        )

    return routes


def described(experiment: Experiment, lang: Lang) -> dict[str, Any]:
    """What the page must know before it runs one."""
    return {
        "question": experiment.question(lang),
        "choices": [{"text": choice.text(lang), "right": choice.is_right} for choice in experiment.choices],
        "claims": [
            {
                "key": claim.key,
                "side": claim.side,
                "text": claim.text(lang),
                "relation": claim.relation,
                "value": claim.value,
                "tolerance": claim.tolerance,
                "digits": claim.digits,
            }
            for claim in experiment.claims
        ],
        "series": [
            {"key": each.key, "name": each.name(lang), "level": each.level, "logarithmic": each.logarithmic}
            for each in experiment.series
        ],
        "seconds": experiment.seconds,
        "sides": {"written": experiment.left(lang), "corrected": experiment.right(lang)},
    }


def _line(news: Frame | Concluded) -> dict[str, Any]:
    if isinstance(news, Frame):
        return {"frame": _frame(news)}
    claims = [{"key": key, "measured": _finite(news.measured[key]), "holds": news.holds[key]} for key in news.measured]
    return {"done": True, "claims": claims, "seconds": news.seconds}


def _frame(frame: Frame) -> dict[str, Any]:
    line: dict[str, Any] = {"side": frame.side, "progress": frame.progress, "step": frame.step}
    line["figures"] = {key: _finite(value) for key, value in frame.figures.items()}
    if frame.images is not None:
        line["count"] = len(frame.images)
        line["images"] = base64.b64encode(np.ascontiguousarray(frame.images, np.uint8).tobytes()).decode()
    if frame.rows is not None:
        line["rows"] = [list(row) for row in frame.rows]
    return line


def _finite(value: float) -> float | None:
    """JSON has no infinities."""
    return float(value) if math.isfinite(value) else None
