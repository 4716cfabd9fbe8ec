"""The address of a page as a QR code, for a hall of phones. Drawn here: no address is sent anywhere."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import segno
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.text import Text, VisitorError

MOST_CHARACTERS = 1024  # beyond it the squares get too small for a phone at the back of a hall

_NO_ADDRESS = Text(
    "text 应为一个不超过 {n} 个字符的 http(s) 地址。", "text must be an http(s) address of at most {n} characters."
)


def share_routes() -> APIRouter:
    routes = APIRouter()

    @routes.get("/qr.svg")
    def qr(request: Request) -> Response:
        """`?text=<address>` as an SVG: dark squares on white with the quiet zone that readers need."""
        svg = qr_svg(request.query_params.get("text", ""))
        return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})

    return routes


def qr_svg(address: str) -> bytes:
    """The QR code of `address`; raises `VisitorError` unless it is one that a phone could open."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > MOST_CHARACTERS:
        raise VisitorError(_NO_ADDRESS.format(n=MOST_CHARACTERS))
    picture = io.BytesIO()
    code = segno.make_qr(address, error="m", boost_error=False)
    code.save(picture, kind="svg", border=4, light="white", omitsize=True, svgclass=None, lineclass=None, xmldecl=False)
    return picture.getvalue()
