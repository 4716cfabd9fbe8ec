"""The routes of models as things one has: import, name, delete and have back, download, read the card, measure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from aigc_demo import checkpoints
from aigc_demo.checkpoints.card_reading import read_card
from aigc_demo.checkpoints.parcel import pack, unpack
from aigc_demo.metrics.leaderboard import read_leaderboard
from aigc_demo.recipes import whole_number
from aigc_demo.runs import Studio
from aigc_demo.runs.imports import Taken
from aigc_demo.runs.measuring import LEAST, MOST, USUAL, Drawn, Measured, Ticket, check_measurable
from aigc_demo.runs.trash import UNDO_SECONDS
from aigc_demo.text import NotFound, Text
from aigc_demo.ui.ndjson import as_stream, heard_at
from aigc_demo.ui.requests import TooLarge, WrongMediaType, ids_asked, language_of, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import is_local, sees_everything, visitor_of

_NOT_ZIP = Text("请发送 zip 文件（content-type: application/zip）。", "Send a zip (content-type: application/zip).")
_TOO_LARGE = Text(
    "文件太大：这台服务器接受最大 {most} MB 的模型。",
    "The file is too large: this server takes models of up to {most} MB.",
)


def keeping_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()

    @routes.post("/models/import")
    async def import_model(request: Request) -> Response:
        """A zip as the body; `?name=` for it, `?runs=a,b` as in the list of models. Gives its id, and once its token."""
        await run_in_threadpool(studio.imports.check_visitor, visitor_of(request))
        content = await read_zip(request, studio.limits.import_megabytes)
        name, ids = request.query_params.get("name", ""), ids_asked(request, "runs")
        everything = sees_everything(studio.owner_is_everyone, request.headers)

        def take() -> tuple[Taken, str, int]:
            parcel = unpack(content)
            return *studio.import_model(parcel.files, name, visitor_of(request), ids, everything), parcel.others

        taken, token, others = await run_in_threadpool(take)
        if taken.is_duplicate:
            return as_json({"id": taken.id, "duplicate": True})
        if await request.is_disconnected():  # whoever cancelled meanwhile does not want it any more
            await run_in_threadpool(studio.keeper.delete, taken.id, token, everyone=False)
        return as_json({"id": taken.id, "duplicate": False, "token": token, "others": others})

    @routes.post("/models/undo")
    async def undo(request: Request) -> Response:
        """What deleting gave out is the proof of whose it was."""
        body = await read_json(request)
        return as_json({"id": await run_in_threadpool(studio.keeper.undo, text_field(body, "undo", ""))})

    @routes.post("/models/{model_id}/rename")
    async def rename(model_id: str, request: Request) -> Response:
        body = await read_json(request)
        token, everyone = text_field(body, "token", ""), everyone_of(request)
        name = await run_in_threadpool(studio.keeper.rename, model_id, body.get("name"), token, everyone)
        return as_json({"name": name})

    @routes.post("/models/{model_id}/delete")
    async def delete(model_id: str, request: Request) -> Response:
        token = text_field(await read_json(request), "token", "")
        key = await run_in_threadpool(studio.keeper.delete, model_id, token, everyone_of(request))
        return as_json({"undo": key, "seconds": UNDO_SECONDS})

    @routes.post("/models/{model_id}/measure")
    async def measure(model_id: str, request: Request) -> Response:
        """`{"n"}` -> one JSON object a line: waiting, how many images are drawn, and at last the figures."""
        body = await read_json(request)
        count = whole_number(USUAL if body.get("n") is None else body["n"], LEAST, MOST, Text("n", "n"))
        folder = await run_in_threadpool(
            studio.keeper.owned, model_id, text_field(body, "token", ""), everyone_of(request)
        )
        generator = await run_in_threadpool(studio.generator, model_id)
        check_measurable(generator)
        lines = heard_at(
            studio.measuring,
            lambda hear: Ticket(generator, folder, count, hear=hear),
            _line,
            language_of(request),
        )
        return as_stream(lines)

    @routes.get("/models/{model_id}/card")
    def card(model_id: str, request: Request) -> Response:
        """Markdown in the visitor's language; '' for a model that has none."""
        try:
            folder = studio.model_folder(model_id)
        except NotFound:
            studio.generator(model_id)  # a run that learns has a card once it was saved
            return as_json({"card": ""})
        return as_json({"card": read_card(folder, language_of(request))})

    @routes.get("/models/{model_id}/download")
    def download(model_id: str) -> Response:
        folder = studio.model_folder(model_id)
        return StreamingResponse(
            pack(folder),
            media_type="application/zip",
            headers={
                "Cache-Control": "no-cache",
                "Content-Disposition": f'attachment; filename="{file_name(model_id, folder)}"',
            },
        )

    @routes.get("/leaderboard")
    def leaderboard() -> Response:
        return as_json({"board": read_leaderboard()})

    return routes


async def read_zip(request: Request, megabytes: int) -> bytes:
    """The body of at most so many million bytes. Raises `VisitorError` for anything that is not declared as a zip."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/zip", "application/x-zip-compressed", "application/octet-stream"):
        raise WrongMediaType(_NOT_ZIP)
    too_large = TooLarge(_TOO_LARGE.format(most=megabytes))
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said[:20]) > megabytes * 1_000_000:
        raise too_large
    content = bytearray()
    try:
        async for part in request.stream():
            content += part
            if len(content) > megabytes * 1_000_000:
                raise too_large
    except ClientDisconnect:
        return b""  # nobody reads the answer
    return bytes(content)


def file_name(model_id: str, folder: Path) -> str:
    """Recipe and id: letters, digits, `-`, `_` and one dot."""
    recipe = str(checkpoints.read_config(folder)["plan"]["recipe"]["key"])
    parts = dict.fromkeys(re.sub(r"[^A-Za-z0-9_-]", "", part) for part in ("aigc-demo", recipe, model_id[:14]))
    return "-".join(parts) + ".zip"


def _line(news: Drawn | Measured) -> Mapping[str, Any]:
    if isinstance(news, Drawn):
        return {"drawn": news.done, "total": news.total}
    return {"done": True, "figures": news.figures}


def everyone_of(request: Request) -> bool | None:
    """False where not even a server that is its visitors' own takes this one for an owner: see `is_local`."""
    return None if is_local(request.headers) else False
