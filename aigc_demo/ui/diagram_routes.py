"""The routes of the networks chapter: a recipe's networks layer by layer, and what a layer does to a batch."""

from __future__ import annotations

import base64
import threading
from dataclasses import asdict
from typing import Any

import numpy as np
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.checkpoints import DEFAULT_MODEL
from aigc_demo.explain.diagrams import diagram_of
from aigc_demo.explain.studies import Finding, find_study
from aigc_demo.explain.studies.base import Picture
from aigc_demo.explain.studies.batches import feature_maps, make_batch
from aigc_demo.recipes.making import MAX_SEED
from aigc_demo.recipes.numbers import whole_number
from aigc_demo.runs import Studio
from aigc_demo.text import Text
from aigc_demo.ui.requests import list_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json

MOST_MAPS = 4

_SEED = Text("随机种子", "The seed")
_LABEL = Text("数字", "The digit")


def diagram_routes(studio: Studio) -> APIRouter:
    """Building networks takes much of a core, so that it is done for one visitor at a time."""
    routes = APIRouter()
    one_at_a_time = threading.Lock()

    @routes.get("/recipes/{key}/diagram.json")
    def diagram(key: str) -> Response:
        with one_at_a_time:
            drawn = diagram_of(key)
        answer = as_json(asdict(drawn))
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    @routes.post("/networks/maps")
    async def maps(request: Request) -> Response:
        """`{"model", "labels": [n], "seed"}` -> maps float32 [n, 14, 14, C] and images [n, 28, 28] in base64."""
        model, seed, body = await _asked(request)
        labels = tuple(whole_number(label, 0, 9, _LABEL) for label in list_field(body, "labels", MOST_MAPS))

        def look() -> dict[str, Any]:
            with one_at_a_time:
                found = feature_maps(studio.generator(model), labels, seed)
            floats = np.ascontiguousarray(found.maps, "<f4")
            return {
                "layer": found.layer,
                "shape": floats.shape,
                "maps": _base64(floats),
                "images": _base64(found.images),
            }

        return as_json(await run_in_threadpool(look))

    @routes.post("/networks/{study}")
    async def observe(study: str, request: Request) -> Response:
        """`{"model", "seed"}` -> what the study found in a batch of that model."""
        run = find_study(study)
        model, seed, _ = await _asked(request)

        def look() -> dict[str, Any]:
            generator, judge = studio.generator(model), studio.networks.judge(model)
            with one_at_a_time:
                return as_data(run(make_batch(generator, judge, seed)))

        return as_json(await run_in_threadpool(look))

    return routes


async def _asked(request: Request) -> tuple[str, int, dict[str, Any]]:
    body = await read_json(request)
    return text_field(body, "model", DEFAULT_MODEL), whole_number(body.get("seed", 0), 0, MAX_SEED, _SEED), body


def as_data(finding: Finding) -> dict[str, Any]:
    return {
        "player": finding.player,
        "layer": finding.layer,
        "figures": finding.figures,
        "claims": [asdict(claim) | {"holds": claim.holds} for claim in finding.claims],
        "pictures": [_picture(picture) for picture in finding.pictures],
        "spreads": [asdict(spread) for spread in finding.spreads],
        "channels": finding.channels,
    }


def _picture(picture: Picture) -> dict[str, Any]:
    maps = np.ascontiguousarray(picture.maps, "<f4")
    return {"key": picture.key, "kind": picture.kind, "shape": maps.shape, "data": _base64(maps)}


def _base64(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()
