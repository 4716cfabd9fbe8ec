"""The route of real digits that no training has seen: what visitors try a network on, and what its scores are read by."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

import numpy as np
from fastapi import APIRouter
from starlette.responses import Response

from aigc_demo.data import load
from aigc_demo.ui.run_routes import as_json

OF_EACH = 10
A_DAY = "public, max-age=86400"


def digit_routes() -> APIRouter:
    routes = APIRouter()

    @routes.get("/digits.json")
    def digits() -> Response:
        """`{"labels": [n], "images": base64 of n x 784 bytes}`, the same number of every digit."""
        answer = as_json(_digits())
        answer.headers["Cache-Control"] = A_DAY
        return answer

    return routes


@lru_cache(maxsize=1)
def _digits() -> dict[str, Any]:
    """The first held-out digits of every class of the bundled dataset."""
    bundled = load("digits5k")
    rows = np.concatenate([np.flatnonzero(bundled.held_out_labels == digit)[:OF_EACH] for digit in range(10)])
    images = np.ascontiguousarray(bundled.held_out[rows])
    return {"labels": bundled.held_out_labels[rows].tolist(), "images": base64.b64encode(images.tobytes()).decode()}
