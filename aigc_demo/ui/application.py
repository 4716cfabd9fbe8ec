"""The web application: our routes, the page in each language, and how what goes wrong is told."""

from __future__ import annotations

from http import HTTPStatus

import gradio as gr
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from aigc_demo.explain.experiments.desk import ExperimentDesk
from aigc_demo.hub.sign_in import SignIns
from aigc_demo.runs import NotOwner, Studio
from aigc_demo.runs.fetches import Fetches
from aigc_demo.text import LANGUAGES, NotFound, Refused, Text, VisitorError
from aigc_demo.ui.animation_routes import animation_routes
from aigc_demo.ui.assets import Assets, static_path
from aigc_demo.ui.axes_routes import axes_routes
from aigc_demo.ui.bodies import TooSlow
from aigc_demo.ui.calls import Calls, Functions
from aigc_demo.ui.crowd import RETRY_AFTER, Crowded, Doorman, Places
from aigc_demo.ui.data_routes import data_routes
from aigc_demo.ui.diagram_routes import diagram_routes
from aigc_demo.ui.digit_routes import digit_routes
from aigc_demo.ui.dirac_routes import dirac_routes
from aigc_demo.ui.endpoint_routes import endpoint_routes
from aigc_demo.ui.endpoints import MOST_WAITING, Meter, TooOften, Work
from aigc_demo.ui.experiment_routes import experiment_routes
from aigc_demo.ui.export_routes import export_routes
from aigc_demo.ui.finetune_routes import finetune_routes
from aigc_demo.ui.full_queue import FullQueue
from aigc_demo.ui.game_routes import game_routes
from aigc_demo.ui.glossary_routes import glossary_routes
from aigc_demo.ui.hub_model_routes import hub_model_routes
from aigc_demo.ui.hub_routes import hub_routes
from aigc_demo.ui.inversion_routes import inversion_routes
from aigc_demo.ui.keeping_routes import keeping_routes
from aigc_demo.ui.kept import Kept
from aigc_demo.ui.mcp.routes import mcp_routes
from aigc_demo.ui.model_export_routes import model_export_routes
from aigc_demo.ui.model_routes import model_routes
from aigc_demo.ui.network_routes import network_routes
from aigc_demo.ui.page import build_page, page_options, preloads
from aigc_demo.ui.paper_routes import paper_routes
from aigc_demo.ui.plan_routes import plan_routes
from aigc_demo.ui.plane_routes import plane_routes
from aigc_demo.ui.race_routes import race_routes
from aigc_demo.ui.requests import TooLarge, WrongMediaType, language_of
from aigc_demo.ui.run_routes import as_json, run_routes
from aigc_demo.ui.search_routes import search_routes
from aigc_demo.ui.security import HEADERS, NO_PAGE, Guard
from aigc_demo.ui.share_routes import share_routes
from aigc_demo.ui.sign_in_routes import sign_in_routes
from aigc_demo.ui.storage_routes import storage_routes
from aigc_demo.ui.tour_routes import tour_routes

_STATUS: tuple[tuple[type[VisitorError], HTTPStatus], ...] = (  # the first that fits
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotOwner, HTTPStatus.FORBIDDEN),
    (TooOften, HTTPStatus.TOO_MANY_REQUESTS),
    (Crowded, HTTPStatus.SERVICE_UNAVAILABLE),
    (Refused, HTTPStatus.CONFLICT),
    (WrongMediaType, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (TooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (VisitorError, HTTPStatus.BAD_REQUEST),
)
_NOT_SO = Text("这个地址不接受这种请求。", "This address does not take such a request.")
_OUR_FAULT = Text("服务器出错了，已记录下来。", "Something went wrong here; it has been noted.")


def create_app(studio: Studio, prefix: str = "") -> FastAPI:
    """The application around `studio`, whose life stays the caller's: our routes, and the page in each language.

    `prefix` is the path below which a proxy serves it. Gradio writes whole addresses and is told its own path each time:
    where a proxy names the host, it would leave the language out.
    """
    app = create_api(studio)
    work = work_of(studio)
    app.include_router(mcp_routes(work))
    app.include_router(endpoint_routes(work))
    for lang in LANGUAGES:
        options = page_options(lang, f"../{static_path()}")
        page = build_page(lang, work)
        app.state.functions[lang] = Functions.of(page)
        gr.mount_gradio_app(app, page, path=f"/{lang}", root_path=f"{prefix}/{lang}", **options)
    return app


def work_of(studio: Studio) -> Work:
    """What the API's doors share: the work itself, and one count of all calls."""
    return Work(studio, Meter(studio.limits.api_per_visitor, studio.limits.api_per_minute))


def create_api(studio: Studio) -> FastAPI:
    """Our routes alone."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    experiments = ExperimentDesk()
    studio.when_closing(experiments.close)
    fetches = Fetches()
    studio.when_closing(fetches.close)
    places = Places(studio.limits)
    app.state.functions = {}
    app.add_middleware(FullQueue, most=MOST_WAITING)
    app.add_middleware(Calls, functions=app.state.functions)
    app.add_middleware(Doorman, most=studio.limits.requests)
    app.add_middleware(Guard)
    app.add_middleware(Kept, links={f"/{lang}/": preloads(lang, f"../{static_path()}") for lang in LANGUAGES})
    app.add_middleware(Assets)
    app.add_exception_handler(VisitorError, _refuse)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(ClientDisconnect, _nobody_listens)
    app.add_exception_handler(Exception, _apologise)
    app.add_api_route("/", _to_language, methods=["GET", "HEAD"])
    app.add_api_route("/favicon.ico", _to_icon, methods=["GET", "HEAD"])
    app.include_router(run_routes(studio, places))
    app.include_router(finetune_routes(studio))
    app.include_router(plan_routes())
    app.include_router(plane_routes())
    app.include_router(race_routes(studio, places))
    app.include_router(model_routes(studio))
    app.include_router(keeping_routes(studio))
    app.include_router(storage_routes(studio))
    app.include_router(network_routes(studio))
    app.include_router(animation_routes(studio))
    app.include_router(axes_routes(studio))
    app.include_router(inversion_routes(studio))
    app.include_router(digit_routes())
    app.include_router(data_routes(studio, fetches))
    app.include_router(hub_routes(fetches, studio.limits))
    sign_ins = SignIns()
    app.include_router(hub_model_routes(studio, sign_ins))
    app.include_router(sign_in_routes(sign_ins))
    app.include_router(diagram_routes(studio))
    app.include_router(paper_routes())
    app.include_router(experiment_routes(experiments))
    app.include_router(dirac_routes())
    app.include_router(game_routes(studio))
    app.include_router(export_routes(studio))
    app.include_router(model_export_routes(studio))
    app.include_router(search_routes(studio))
    app.include_router(share_routes())
    app.include_router(tour_routes())
    app.include_router(glossary_routes())
    return app


async def _to_language(request: Request) -> Response:
    """To the page in the visitor's language; relative, so that it also holds below a proxy's prefix."""
    query = f"?{request.url.query}" if request.url.query else ""
    target = f"{language_of(request)}/{query}"
    return RedirectResponse(target, headers={"Vary": "Accept-Language, Cookie", "Cache-Control": "no-cache"})


async def _to_icon(request: Request) -> Response:
    """Browsers ask for this before the page has named its icon."""
    return RedirectResponse(f"{static_path()}/mark.svg")


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, VisitorError)
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    answer = as_json({"error": error.text(language_of(request))}, status)
    if isinstance(error, Crowded):
        answer.headers.update(RETRY_AFTER)
    return answer


async def _refuse_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    text = NO_PAGE if error.status_code == HTTPStatus.NOT_FOUND else _NOT_SO
    answer = as_json({"error": text(language_of(request))}, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _nobody_listens(request: Request, error: Exception) -> Response:
    """Whoever leaves in the middle of sending is no fault of ours."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _apologise(request: Request, error: Exception) -> Response:
    answer = as_json({"error": _OUR_FAULT(language_of(request))}, HTTPStatus.INTERNAL_SERVER_ERROR)
    answer.headers.update(HEADERS)  # this answer is given outside of `Guard`
    return answer
