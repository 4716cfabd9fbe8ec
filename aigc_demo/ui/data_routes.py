"""The routes of data: what there is to learn from, some images of each, and a visitor's own pictures on their way there.

A set of one's own begins as a draft: pictures are sent to it, looked at, converted, and kept under a name.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from fastapi import APIRouter
from PIL import Image
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.data import DATASETS, Dataset, check_name, load
from aigc_demo.data.conversion import Converted, Pair, Progress
from aigc_demo.data.hub_sets import hub_entries
from aigc_demo.data.own import OwnInfo, can_be_digits
from aigc_demo.data.pictures import DONE, SKIPPED, Choices
from aigc_demo.latent.pictures import grid, png
from aigc_demo.runs import Studio
from aigc_demo.runs.fetches import Fetches
from aigc_demo.runs.own_data import OwnData, Previewed, Ticket
from aigc_demo.text import Lang, NotFound, Text, VisitorError
from aigc_demo.ui.ndjson import as_stream, heard_at
from aigc_demo.ui.requests import ids_asked, language_of, object_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import sees_everything, visitor_of
from aigc_demo.ui.texts.own_data import ABOUT_OWN, COUNTED_CLASSES, ONE_CLASS

BUFFER = 1_000_000  # bytes that are taken in before they are written
MOST_PICTURE = 60_000_000  # bytes of one
THUMBNAIL = 84  # pixels
SAMPLE, COLUMNS = 24, 12  # images of a dataset that are shown beside its name

_BAD_KIND = Text("kind 应为 file、pictures 或 drawn。", "kind must be file, pictures or drawn.")
_NOT_OWN = Text("这份数据随软件附带，不能改名或删除。", "These data come with the program: they keep their name.")
_TOO_LARGE = Text("这张图片太大（超过 60 MB）。", "This picture is too large (more than 60 MB).")


def data_routes(studio: Studio, fetches: Fetches) -> APIRouter:
    routes = APIRouter()
    own = studio.own

    @routes.get("/datasets")
    def datasets(request: Request) -> Response:
        """Every set there is to train on: bundled, the Hub's, and one's own: on a public server those in `?own=a,b`."""
        everything = sees_everything(studio.owner_is_everyone, request.headers)
        lang = language_of(request)
        mine = own.store.listing(None if everything else ids_asked(request, "own"))
        return as_json(
            {
                "datasets": [*_bundled(lang), *_hub(lang), *(own_entry(info, lang) for info in mine)],
                "limits": {
                    "megabytes": studio.limits.upload_megabytes,
                    "images": studio.limits.dataset_images,
                    "fetch": bool(studio.limits.fetch),
                },
            }
        )

    def _hub(lang: Lang) -> list[dict[str, Any]]:
        going = fetches.going()
        return [entry | {"going": entry["key"] in going} for entry in hub_entries(lang)]

    @routes.get("/datasets/{key}/sample.png")
    def sample(key: str) -> Response:
        """Some of its real images, all classes in turn, twelve to a row."""
        images = some_of_each(load(check_name(key)), SAMPLE)
        return Response(png(grid(images, COLUMNS)), media_type="image/png", headers={"Cache-Control": "no-cache"})

    @routes.post("/datasets/{key}/rename")
    async def rename(key: str, request: Request) -> Response:
        body = await read_json(request)
        own_id, token, name = _own_id(key), text_field(body, "token", ""), text_field(body, "name", "")
        everyone = sees_everything(studio.owner_is_everyone, request.headers)

        def act() -> OwnInfo:
            own.check_owner(own_id, token, everyone)
            return own.store.rename(own_id, name)

        return as_json(own_entry(await run_in_threadpool(act), language_of(request)))

    @routes.post("/datasets/{key}/delete")
    async def delete(key: str, request: Request) -> Response:
        body = await read_json(request)
        own_id, token = _own_id(key), text_field(body, "token", "")
        everyone = sees_everything(studio.owner_is_everyone, request.headers)

        def act() -> None:
            own.check_owner(own_id, token, everyone)
            own.store.delete(own_id)

        await run_in_threadpool(act)
        return as_json({"deleted": key})

    _add_draft_routes(routes, own)
    return routes


def _add_draft_routes(routes: APIRouter, own: OwnData) -> None:
    @routes.post("/data/drafts")
    async def begin(request: Request) -> Response:
        body = await read_json(request)
        kind: Any = text_field(body, "kind", "file")
        if kind not in ("file", "pictures", "drawn"):
            raise VisitorError(_BAD_KIND)
        draft = await run_in_threadpool(own.drafts.begin, kind, text_field(body, "name", ""), visitor_of(request))
        return as_json({"draft": draft.id})

    @routes.post("/data/drafts/{draft_id}/content")
    async def content(draft_id: str, request: Request) -> Response:
        """The bytes of a zip or .npz file, written as they come. Whoever leaves in the middle leaves nothing."""
        draft = own.drafts.get(draft_id)
        waiting = bytearray()
        try:
            async for part in request.stream():
                waiting += part
                if len(waiting) >= BUFFER:
                    await run_in_threadpool(draft.append, bytes(waiting))
                    waiting.clear()
            await run_in_threadpool(draft.append, bytes(waiting))
        except BaseException:  # also a connection that was cut
            own.drafts.drop(draft_id)
            raise
        return as_json({"bytes": draft.size})

    @routes.post("/data/drafts/{draft_id}/pictures")
    async def picture(draft_id: str, request: Request, name: str = "") -> Response:
        """One picture; `name` is its path, whose folder is its class."""
        draft = own.drafts.get(draft_id)
        bytes_of = bytearray()
        async for part in request.stream():
            bytes_of += part
            if len(bytes_of) > MOST_PICTURE:
                raise VisitorError(_TOO_LARGE)
        await run_in_threadpool(draft.add_picture, name, bytes(bytes_of))
        return as_json({"pictures": draft.pictures})

    @routes.post("/data/drafts/{draft_id}/preview")
    async def look(draft_id: str, request: Request) -> Response:
        """`{"choices"}` -> lines: waiting, then some pictures before and after."""
        body = await read_json(request)
        draft, choices, lang = own.drafts.get(draft_id), Choices.of(object_field(body, "choices")), language_of(request)
        lines = heard_at(
            own.previews, lambda hear: Ticket(draft, choices, hear=hear), lambda news: _preview_line(news, lang), lang
        )
        return as_stream(lines)

    @routes.post("/data/drafts/{draft_id}/convert")
    async def convert(draft_id: str, request: Request) -> Response:
        """`{"choices"}` -> lines: waiting, progress, and the report of all pictures."""
        body = await read_json(request)
        draft, choices, lang = own.drafts.get(draft_id), Choices.of(object_field(body, "choices")), language_of(request)
        lines = heard_at(
            own.conversions, lambda hear: Ticket(draft, choices, hear=hear), lambda news: _report_line(news, lang), lang
        )
        return as_stream(lines)

    @routes.post("/data/drafts/{draft_id}/keep")
    async def keep(draft_id: str, request: Request) -> Response:
        body = await read_json(request)
        name, is_digits = text_field(body, "name", ""), body.get("digits") is True
        info, token = await run_in_threadpool(own.keep, draft_id, name, is_digits)
        return as_json(own_entry(info, language_of(request)) | {"token": token})

    @routes.post("/data/drafts/{draft_id}/drop")
    async def drop(draft_id: str, request: Request) -> Response:
        await read_json(request)
        await run_in_threadpool(own.drafts.drop, draft_id)
        return as_json({})


def _bundled(lang: Lang) -> list[dict[str, Any]]:
    hub = {entry["key"] for entry in hub_entries(lang)}
    return [
        {
            "key": key,
            "title": info.title(lang),
            "about": info.about(lang),
            "kind": "bundled",
            "ready": True,
            "count": None,
            "held_out": None,
            "class_names": info.class_names,
            "is_digits": info.is_digits,
        }
        for key, info in DATASETS.items()
        if key not in hub
    ]


def own_entry(info: OwnInfo, lang: Lang) -> dict[str, Any]:
    """A line of the list of data; `done` and `skipped` are what its conversion reported."""
    classes = ONE_CLASS if len(info.class_names) == 1 else COUNTED_CLASSES.format(n=len(info.class_names))
    about = ABOUT_OWN.format(n=f"{info.images:,}", held_out=f"{info.held_out:,}")
    return {
        "key": info.key,
        "title": info.name,
        "about": about(lang) + classes(lang),
        "kind": "own",
        "ready": True,
        "count": info.images,
        "held_out": info.held_out,
        "class_names": info.class_names,
        "counts": info.counts,
        "is_digits": info.is_digits,
        "source": info.kind,
        "created": info.created,
        "done": _words(info.done, DONE, lang),
        "skipped": _words(info.skipped, SKIPPED, lang),
    }


def _words(counts: Mapping[str, int], words: Mapping[str, Text], lang: Lang) -> list[dict[str, Any]]:
    return [{"text": text(lang), "count": counts[key]} for key, text in words.items() if counts.get(key)]


def some_of_each(dataset: Dataset, count: int) -> np.ndarray:
    """At most `count` training images uint8 [n, 28, 28], a class after the other in turn, evenly spread over each."""
    classes = [np.flatnonzero(dataset.labels == label) for label in np.unique(dataset.labels)]
    each = -(-count // len(classes))
    spread = [rows[np.unique(np.linspace(0, len(rows) - 1, min(each, len(rows))).astype(int))] for rows in classes]
    turns = [rows[turn] for turn in range(each) for rows in spread if turn < len(rows)]
    return dataset.images[turns[:count]]


def _preview_line(news: Previewed, lang: Lang) -> dict[str, Any]:
    return {
        "done": True,
        "total": news.total,
        "class_names": news.class_names,
        "pairs": [_pair(pair, lang) for pair in news.pairs],
    }


def _pair(pair: Pair, lang: Lang) -> dict[str, Any]:
    return {
        "name": pair.name[-80:],
        "class_name": pair.class_name,
        "before": None if pair.before is None else _thumbnail(pair.before),
        "after": None if pair.after is None else _encoded(Image.fromarray(pair.after)),
        "done": [DONE[key](lang) for key in pair.done],
        "skipped": SKIPPED[pair.skipped](lang) if pair.skipped else None,
    }


def _thumbnail(image: Image.Image) -> str:
    small = image.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return _encoded(small)


def _encoded(image: Image.Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def _report_line(news: Progress | Converted, lang: Lang) -> dict[str, Any]:
    if isinstance(news, Progress):
        return {"seen": news.seen, "total": news.total}
    return {"done": True, "report": news.report(lang), "can_be_digits": can_be_digits(news.class_names)}


def _own_id(key: str) -> str:
    if not key.startswith("own:"):
        raise NotFound(_NOT_OWN)
    return key.removeprefix("own:")
