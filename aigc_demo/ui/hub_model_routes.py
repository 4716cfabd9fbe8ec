"""The routes of models on the Hub: what it is here, pull one, push one's own, each as lines that tell how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo import checkpoints
from aigc_demo.checkpoints.about import check_name
from aigc_demo.checkpoints.parcel import FILES
from aigc_demo.hub import Progress, Pulled, Pushed, hub_name
from aigc_demo.hub.client import Hub, hub_from_environment
from aigc_demo.hub.names import target_name
from aigc_demo.hub.pushing import NO_TOKEN
from aigc_demo.hub.sign_in import SignIns
from aigc_demo.hub.tokens import hub_for
from aigc_demo.runs import Studio, pulls, pushes
from aigc_demo.runs.imports import Taken
from aigc_demo.runs.pulls import Kept, Pulling, origin_of
from aigc_demo.runs.pushes import Pushing
from aigc_demo.text import Refused, Text, VisitorError
from aigc_demo.ui.keeping_routes import everyone_of
from aigc_demo.ui.ndjson import as_stream, heard_at
from aigc_demo.ui.requests import language_of, list_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import sees_everything, visitor_of

MOST_IDS = 100

SHIPPED = Text(
    "随软件附带的模型不是你的，不能从页面推送；请训练或导入一个。",
    "A model that ships with the program is not yours to push from the page; train or import one.",
)


def hub_model_routes(studio: Studio, sign_ins: SignIns) -> APIRouter:
    routes = APIRouter()
    pulling, pushing = Pulling(), Pushing()
    studio.when_closing(pulling.close)
    studio.when_closing(pushing.close)

    @routes.get("/hub")
    def about() -> Response:
        """Which Hub it is, and what may be done with it here. Nothing is asked of it for that."""
        limits = studio.limits
        here = {"pull": bool(limits.fetch), "megabytes": limits.import_megabytes, "sign_in": sign_ins.is_offered}
        return as_json({"endpoint": hub_from_environment().endpoint, **here})

    @routes.get("/models/{model_id}/files")
    def files(model_id: str) -> Response:
        """The files that a push would send, with their present sizes in bytes; its card and samples are made anew."""
        folder = studio.model_folder(model_id)
        found = {name: folder / name for name in FILES}
        return as_json({"files": {name: path.stat().st_size for name, path in found.items() if path.is_file()}})

    @routes.post("/hub/pull")
    async def pull(request: Request) -> Response:
        """`{"repo": "owner/name@revision"}` -> lines: how far it is, and at last the model's id, commit and token."""
        body = await read_json(request)
        studio.limits.check_fetching()
        visitor, given = visitor_of(request), text_field(body, "name", "")
        title = check_name(given) if given else ""
        await run_in_threadpool(studio.imports.check_visitor, visitor)
        name, hub = hub_name(text_field(body, "repo", "")), await run_in_threadpool(_hub_of, body, sign_ins)
        ids = [str(key) for key in list_field(body, "runs", MOST_IDS)] if body.get("runs") else []
        everything = sees_everything(studio.owner_is_everyone, request.headers)
        known = await run_in_threadpool(studio.known_models, ids, everything)

        def take(pulled: Pulled) -> tuple[Taken, str]:
            return studio.import_model(pulled.files, title, visitor, ids, everything, origin_of(pulled))

        def drop(kept: Kept) -> None:
            studio.keeper.delete(kept.id, kept.token, everyone=False)

        def ticket(hear: Any) -> pulls.Ticket:
            return pulls.Ticket(name, hub, studio.limits.import_megabytes, known, take, drop, hear=hear)

        return as_stream(heard_at(pulling, ticket, _line, language_of(request)))

    @routes.post("/models/{model_id}/push")
    async def push(model_id: str, request: Request) -> Response:
        """`{"repo": "[owner/]name", "private"}` -> lines: how far it is, and at last where the model lies.

        It is private unless `private` is false. Whose model it is the owner's `token` says; with whose rights it goes to
        the Hub, a `session` or a `hub_token`.
        """
        body = await read_json(request)
        if model_id in checkpoints.shipped():
            raise Refused(SHIPPED)
        owner = text_field(body, "token", "")
        folder = await run_in_threadpool(studio.keeper.owned, model_id, owner, everyone_of(request))
        target, hub = target_name(text_field(body, "repo", "")), await run_in_threadpool(_hub_of, body, sign_ins)
        if not hub.token:
            raise VisitorError(NO_TOKEN)
        private = body.get("private") is not False

        def ticket(hear: Any) -> pushes.Ticket:
            return pushes.Ticket(folder, target, hub, private, lambda: studio.sheet(model_id), hear=hear)

        return as_stream(heard_at(pushing, ticket, _line, language_of(request)))

    return routes


def _hub_of(body: Mapping[str, Any], sign_ins: SignIns) -> Hub:
    """The Hub with the rights of whoever asks: of his session, else of the token that he has typed, else nobody's."""
    session = text_field(body, "session", "")
    return hub_for(sign_ins.token_of(session) if session else text_field(body, "hub_token", ""))


def _line(news: Progress | Kept | Pushed) -> dict[str, Any]:
    if isinstance(news, Progress):
        return {"stage": news.stage, "at": news.done, "total": news.total}
    if isinstance(news, Kept):
        told = {"id": news.id, "duplicate": news.is_duplicate, "commit": news.commit, "token": news.token}
    else:
        told = {"repo": news.repo, "url": news.url, "commit": news.commit}
        told |= {"private": news.is_private, "changed": news.is_changed}
    return {"done": True, **told}
