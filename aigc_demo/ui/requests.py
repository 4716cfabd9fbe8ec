"""Reading what a visitor sends: JSON of bounded size, field by field, every mistake answered by one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

import orjson
from starlette.requests import Request

from aigc_demo.text import LANGUAGES, Lang, Text, VisitorError, preferred_language

MOST_BYTES = 512_000  # 64 latent points of 100 numbers are at most 170 kB
MOST_IDS = 100

_NOT_JSON = Text("请求应为 JSON（content-type: application/json）。", "Send JSON (content-type: application/json).")
_BROKEN_JSON = Text("请求的内容不是有效的 JSON 对象。", "The request does not hold a valid JSON object.")
TOO_LARGE = Text("请求太大。", "The request is too large.")
_WRONG_TYPE = Text("“{name}”的类型不对。", "“{name}” is of the wrong type.")


class WrongMediaType(VisitorError):
    """The body is not declared as JSON."""


class TooLarge(VisitorError):
    """The body is larger than any sensible request."""


def language_of_headers(headers: Mapping[str, str]) -> Lang:
    return preferred_language(headers.get("accept-language", ""))


def parts_of(address: str) -> SplitResult:
    """The parts of an address that anybody may have written; all of them empty where it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:  # such as [ without its ]
        return urlsplit("")
    return parts


def language_of(request: Request) -> Lang:
    """The language to answer in: the body's, once it has been read; that of the page that asks; the cookie's; else
    what the browser prefers.
    """
    page = parts_of(request.headers.get("referer", "")).path.rstrip("/").rpartition("/")[2]
    for wanted in (getattr(request.state, "lang", None), page, request.cookies.get("lang")):
        if wanted in LANGUAGES:
            return wanted
    return language_of_headers(request.headers)


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object in the body. Raises `VisitorError` for anything else; NaN and infinities are no JSON."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise WrongMediaType(_NOT_JSON)
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            raise TooLarge(TOO_LARGE)
    try:
        body = orjson.loads(bytes(content))
    except orjson.JSONDecodeError as error:
        raise VisitorError(_BROKEN_JSON) from error
    if not isinstance(body, dict):
        raise VisitorError(_BROKEN_JSON)
    request.state.lang = body.get("lang")
    return body


def ids_asked(request: Request, name: str) -> list[str]:
    """The ids in a query such as `?runs=a,b`, at most a hundred."""
    return [part for part in request.query_params.get(name, "").split(",", MOST_IDS)[:MOST_IDS] if part]


def text_field(body: Mapping[str, Any], name: str, default: str) -> str:
    """A string of the body; `default` where it is missing or null."""
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise VisitorError(_WRONG_TYPE.format(name=name))
    return value


def object_field(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise VisitorError(_WRONG_TYPE.format(name=name))
    return value


def list_field(body: Mapping[str, Any], name: str, most: int) -> list[Any]:
    """A list of 1 to `most` entries."""
    value = body.get(name)
    if not isinstance(value, list):
        raise VisitorError(_WRONG_TYPE.format(name=name))
    if not 1 <= len(value) <= most:
        raise VisitorError(
            Text("“{name}”应有 1 到 {most} 项。", "“{name}” must have 1 to {most} entries.").format(
                name=name, most=most
            )
        )
    return value
