"""The routes of the disk: what uses it, what stays, and what goes. For whoever owns the server, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.recipes import whole_number
from aigc_demo.runs import NotOwner, Studio
from aigc_demo.runs.guards import GUARDS
from aigc_demo.runs.inventory import Item, Report
from aigc_demo.runs.storage import Storage
from aigc_demo.text import Lang, Text
from aigc_demo.ui.requests import language_of, list_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import sees_everything

MOST_LISTED = 300
MOST_BYTES = 10**15

_NOT_YOURS = Text(
    "只有这台机器的主人可以查看和清理磁盘。", "Only the owner of this machine can see and clear its disk."
)


def storage_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()
    storage = studio.storage

    @routes.get("/storage")
    def report(request: Request) -> Response:
        _check(studio, request)
        return as_json(_seen(storage, language_of(request)))

    @routes.post("/storage/pin")
    async def pin(request: Request) -> Response:
        """`{"kind", "id", "pinned"}` -> the report."""
        body = await read_json(request)
        _check(studio, request)
        kind, item_id, pinned = text_field(body, "kind", ""), text_field(body, "id", ""), body.get("pinned") is True
        await run_in_threadpool(storage.pin, kind, item_id, pinned)
        return await _told(storage, request)

    @routes.post("/storage/remove")
    async def remove(request: Request) -> Response:
        """`{"kind", "id"}` -> the report, and with what a run can be had back; anything else is gone for good."""
        body = await read_json(request)
        _check(studio, request)
        item = await run_in_threadpool(storage.remove, text_field(body, "kind", ""), text_field(body, "id", ""))
        return await _told(storage, request, [item])

    @routes.post("/storage/free")
    async def free(request: Request) -> Response:
        """`{"target"}` -> the same, once the oldest that may go are gone until so many bytes are kept."""
        body = await read_json(request)
        _check(studio, request)
        target = whole_number(body.get("target"), 0, MOST_BYTES, Text("目标大小", "The target"))
        return await _told(storage, request, await run_in_threadpool(storage.free, target))

    @routes.post("/storage/undo")
    async def undo(request: Request) -> Response:
        """`{"keys"}` -> the report, once what they are of is back in its place."""
        await run_in_threadpool(storage.undo, await _keys(request))
        return await _told(storage, request)

    @routes.post("/storage/empty")
    async def empty(request: Request) -> Response:
        """`{"keys"}` -> the report, once what they are of is gone for good."""
        await run_in_threadpool(storage.empty, await _keys(request))
        return await _told(storage, request)

    async def _keys(request: Request) -> list[str]:
        body = await read_json(request)
        _check(studio, request)
        return [str(key) for key in list_field(body, "keys", MOST_LISTED)]

    return routes


async def _told(storage: Storage, request: Request, gone: Sequence[Item] = ()) -> Response:
    """The report; `gone` is how many went, `undo` the keys of those that can be had back."""
    report = await run_in_threadpool(_seen, storage, language_of(request))
    return as_json(report | {"gone": len(gone), "undo": [item.undo for item in gone if item.undo]})


def _seen(storage: Storage, lang: Lang) -> dict[str, Any]:
    """The report, and for how many `seconds` what is removed can be had back."""
    return described(storage.report(), lang) | {"seconds": storage.trash.seconds}


def _check(studio: Studio, request: Request) -> None:
    if not sees_everything(studio.owner_is_everyone, request.headers):
        raise NotOwner(_NOT_YOURS)


def described(report: Report, lang: Lang) -> dict[str, Any]:
    """Bytes by kind, and the items, the oldest first; `order` is when each would go, from 0, null for what stays."""
    kinds: dict[str, dict[str, int]] = {}
    for item in report.items:
        line = kinds.setdefault(item.kind, {"bytes": 0, "count": 0})
        line["bytes"] += item.bytes
        line["count"] += 1
    shown = [item for item in report.items if item.bytes][:MOST_LISTED]
    order = {(item.kind, item.id): place for place, item in enumerate(report.going(0))}
    return {
        "budget": report.budget,
        "used": report.used,
        "kept": report.kept,
        "free": report.free,
        "kinds": kinds,
        "items": [_line(item, order.get((item.kind, item.id)), lang) for item in shown],
    }


def _line(item: Item, order: int | None, lang: Lang) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "id": item.id,
        "title": item.title(lang),
        "bytes": item.bytes,
        "used": item.used,
        "order": order,
        "pinned": item.guard == "pinned",
        "may_pin": item.kind in ("run", "hub"),
        "why": GUARDS[item.guard](lang) if item.guard else "",
        "undo": item.undo,
    }
