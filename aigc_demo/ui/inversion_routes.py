"""The routes that go from an image to a model: the point it could have come from, and the real digits it looks like."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.checkpoints import Generator
from aigc_demo.data.drawings import as_drawing, check_ink
from aigc_demo.latent.inversion import Found
from aigc_demo.runs import Studio
from aigc_demo.runs.inverters import Inverted
from aigc_demo.runs.inverting import Ticket
from aigc_demo.runs.nearby import Nearby, nearby
from aigc_demo.text import Text, VisitorError
from aigc_demo.ui.ndjson import as_stream, heard_at
from aigc_demo.ui.requests import language_of, list_field, read_json
from aigc_demo.ui.run_routes import as_json

MOST_NEIGHBOURS = 8
LARGEST_POINT = 1000  # numbers: more than any latent space here has

_BAD_LABEL = Text(
    "label 应为一个类别的序号（从 0 起的整数），或不给。",
    "label must be the number of a class, from 0 on, or be left out.",
)
_BAD_COUNT = Text(
    f"count 应为 1 到 {MOST_NEIGHBOURS} 的整数。", f"count must be a whole number from 1 to {MOST_NEIGHBOURS}."
)


def inversion_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()

    @routes.post("/models/{model_id}/invert")
    async def invert(model_id: str, request: Request) -> Response:
        """`{"image", "label"}` -> one JSON object a line: waiting, the best so far, and at last what was found."""
        body = await read_json(request)
        image = check_ink(as_drawing(body.get("image")))
        generator = await run_in_threadpool(studio.generator, model_id)
        label = _whole(body.get("label"), 0, len(generator.class_names) - 1, _BAD_LABEL)
        lines = heard_at(
            studio.inversions,
            lambda hear: Ticket(generator, image, label, hear=hear),
            lambda news: _line(news, generator, image),
            language_of(request),
        )
        return as_stream(lines)

    @routes.post("/models/{model_id}/neighbours")
    async def neighbours(model_id: str, request: Request) -> Response:
        body = await read_json(request)
        count = _whole(body.get("count", 1), 1, MOST_NEIGHBOURS, _BAD_COUNT) or 1

        def find() -> dict[str, Any]:
            generator = studio.generator(model_id)
            image = _image(body, generator)
            real = nearby(generator)
            return {
                "neighbours": _nearest(real, image, count),
                "typical": real.neighbours.typical,
                "typical_by_label": real.neighbours.typical_by_label,
                "dataset": real.dataset,
            }

        return as_json(await run_in_threadpool(find))

    return routes


def _line(news: Found | Inverted, generator: Generator, image: np.ndarray) -> dict[str, Any]:
    if isinstance(news, Found):
        return {"progress": news.progress, "z": news.z, "label": news.label, "error": news.error}
    found = news.found
    nearest = _nearest(nearby(generator), image, 1)[0]
    return {
        "done": True,
        "z": found.z,
        "label": found.label,
        "error": news.error,
        "mse": news.mse,
        "image": _encoded(news.image),
        "by_label": [each._asdict() for each in sorted(found.by_label)],
        "nearest": {**nearest, "error": nearest["distance"] / 28.0},
        "seconds": news.seconds,
    }


def _nearest(real: Nearby, image: np.ndarray, count: int) -> list[dict[str, Any]]:
    found = real.neighbours.nearest(image[None], count)
    return [
        {
            "image": _encoded(real.neighbours.images[row]),
            "label": int(real.neighbours.labels[row]),
            "index": int(row),
            "distance": float(distance),
        }
        for row, distance in zip(found.rows[0], found.distances[0], strict=True)
    ]


def _image(body: Mapping[str, Any], generator: Generator) -> np.ndarray:
    """The image whose neighbours are asked for: that of the body, or what the model draws from the body's point."""
    if body.get("image") is not None:
        return as_drawing(body["image"])
    point = list_field(body, "z", LARGEST_POINT)
    classes = body.get("classes") if body.get("classes") is not None else body.get("labels")
    truncation = 1.0 if body.get("truncation") is None else body["truncation"]
    wish = classes if isinstance(classes, list) and len(classes) == 1 else [classes]
    return generator.render([point], wish, truncation, body.get("styles"))[0]


def _encoded(image: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(image, np.uint8).tobytes()).decode()


def _whole(value: Any, least: int, most: int, refusal: Text) -> int | None:
    """`value`, a whole number in that range, or None where it is missing."""
    if value is None:
        return None
    if type(value) is not int or not least <= value <= most:
        raise VisitorError(refusal)
    return value
