"""Which of Gradio's own addresses are served: those that the page and API clients need, and none of the others.

Gradio mounts some seventy routes, among them ones that write to disk or leave the machine when asked (links to saved
states, a proxy, recordings, code by wish). What is not named here does not exist for visitors, so that a new version of
Gradio opens nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from aigc_demo.text import LANGUAGES

# Patterns of the part behind /zh/ or /en/. The values say who needs it.
OPEN = {
    "": "the page",
    "config/?": "page and clients: what there is",
    "assets/.+": "the page's scripts, styles and fonts",
    "static/.+": "the page's pictures and fonts",
    "svelte/.+": "the page's scripts for components",
    r"(gradio_api/)?theme\.css": "the page",
    r"favicon\.ico|robots\.txt|manifest\.json": "browsers ask for them",
    "gradio_api/mcp/?": "assistants; see ui/mcp/",
    "gradio_api/info/?": "the page's view of the API; clients",
    r"(gradio_api/)?openapi\.json": "clients that read OpenAPI",
    "gradio_api/app_id/?": "the page: was the server started anew?",
    "gradio_api/startup-events": "the page, once it is open",
    "gradio_api/heartbeat/[^/]+": "page and clients: is anybody there?",
    "gradio_api/queue/(join|data|status)": "calls that wait their turn",
    "gradio_api/call/[^/]+/?": "calls of one endpoint",
    "gradio_api/call/(?!v2/)[^/]+/[^/]+": "what became of such a call",
    "gradio_api/(cancel|reset/?)": "whoever called wants it no more",
    "gradio_api/file=.+": "pictures that the API drew; Gradio refuses every other file",
}

_BELOW_A_LANGUAGE = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/(.*)", re.DOTALL)
_OPEN = re.compile("|".join(f"(?:{pattern})" for pattern in OPEN))


def below_gradio(scope: Mapping[str, Any]) -> str | None:
    """The part of the request's path that Gradio would see, without its first slash; None where it is none of Gradio's."""
    path, prefix = str(scope["path"]), str(scope.get("root_path") or "")
    match = _BELOW_A_LANGUAGE.fullmatch(path.removeprefix(prefix))
    return None if match is None else match[1]


def is_open(part: str) -> bool:
    """Whether Gradio's address `part` is served."""
    return bool(_OPEN.fullmatch(part))
