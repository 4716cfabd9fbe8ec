"""The route of the papers chapter: the distance that its page computes too, by the code that measures the models."""

from __future__ import annotations

from typing import Any

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.metrics.distances import Moments, frechet_distance
from aigc_demo.recipes.numbers import number
from aigc_demo.text import Text, VisitorError
from aigc_demo.ui.requests import object_field, read_json
from aigc_demo.ui.run_routes import as_json

MOST = 1000.0

_SHAPE = Text(
    "均值应是两个数，协方差应是对称的 2×2 表，且没有负的方差。",
    "A mean must be two numbers, and a covariance a symmetric table of 2 × 2 without a negative variance.",
)
_NUMBER = Text("均值与协方差中的数", "A number of a mean or covariance")


def paper_routes() -> APIRouter:
    routes = APIRouter()

    @routes.post("/papers/frechet")
    async def frechet(request: Request) -> Response:
        """`{"first": {"mean": [2], "covariance": [[2], [2]]}, "second": …}` -> `{"distance"}`."""
        body = await read_json(request)
        first, second = (_moments(object_field(body, name)) for name in ("first", "second"))
        return as_json({"distance": frechet_distance(first, second)})

    return routes


def _moments(given: dict[str, Any]) -> Moments:
    mean, covariance = given.get("mean"), given.get("covariance")
    rows = covariance if isinstance(covariance, list) and len(covariance) == 2 else []
    if not all(isinstance(row, list) and len(row) == 2 for row in (mean, *rows)) or not rows:
        raise VisitorError(_SHAPE)
    table = np.array([[number(value, -MOST, MOST, _NUMBER) for value in row] for row in (mean, *rows)])
    found = Moments(table[0], table[1:])
    if found.covariance[0, 1] != found.covariance[1, 0] or np.linalg.eigvalsh(found.covariance).min() < -1e-9:
        raise VisitorError(_SHAPE)
    return found
