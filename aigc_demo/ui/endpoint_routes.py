"""The route of the API's view: every endpoint and tool in one language, as plain data."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.text import LANGUAGES, Lang, NotFound, Text
from aigc_demo.ui.endpoints import ENDPOINTS, MOST_WAITING, NEEDED, Endpoint, Parameter, Work
from aigc_demo.ui.mcp.routes import PATH, asker_of
from aigc_demo.ui.mcp.tools import tools_for
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import MOST_BYTES

_NO_LANGUAGE = Text("没有这种语言的说明。", "There is no description in that language.")


def endpoint_routes(work: Work) -> APIRouter:
    routes = APIRouter()

    @routes.get("/endpoints/{lang}.json")
    async def endpoints(lang: str, request: Request) -> Response:
        """What the API takes, answers and allows here; `{address}` in examples stands for the page's own address."""
        if lang not in LANGUAGES:
            raise NotFound(_NO_LANGUAGE)
        limits, asker = work.studio.limits, asker_of(work, request, lang)
        tools = [{"name": tool.call.key, "about": tool.call.about(lang)} for tool in tools_for(asker)]
        return as_json(
            {
                "endpoints": [described(item, lang) for item in ENDPOINTS.values()],
                "limits": {
                    "per_visitor": limits.api_per_visitor,
                    "per_minute": limits.api_per_minute,
                    "waiting": MOST_WAITING,
                    "bytes": MOST_BYTES,
                    "runs_per_visitor": limits.runs_per_visitor,
                    "seconds": limits.seconds,
                    "queue": limits.queue,
                },
                "mcp": {"on": bool(limits.mcp), "path": f"{PATH}/", "trains": asker.may_train, "tools": tools},
            }
        )

    return routes


def described(item: Endpoint, lang: Lang) -> dict[str, Any]:
    """An endpoint in one language."""
    return {
        "key": item.key,
        "title": item.title(lang),
        "about": item.about(lang),
        "streams": item.streams,
        "at_once": item.at_once,
        "cost": item.cost,
        "parameters": [_parameter(parameter, lang) for parameter in item.parameters],
        "answers": [{"name": answer.name, "about": answer.about(lang)} for answer in item.answers],
        "refusals": [refusal(lang) for refusal in item.refusals],
        "examples": {"Python": item.example.python, "curl": item.example.curl},
    }


def _parameter(item: Parameter, lang: Lang) -> dict[str, Any]:
    return {
        "name": item.name,
        "type": item.type_name,
        "nullable": item.nullable,
        "least": item.least,
        "most": item.most,
        "choices": None if item.choices is None else item.choices(),
        "needed": item.default is NEEDED,
        "default": None if item.default is NEEDED else item.default,
        "about": item.about(lang),
    }
