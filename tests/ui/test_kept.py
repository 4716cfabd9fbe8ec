"""What is the same for everybody is made once, and is what the application would have said; nothing else is kept."""

from __future__ import annotations

import re
import warnings
from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from aigc_demo.ui import kept
from aigc_demo.ui.application import create_app
from aigc_demo.ui.kept import Kept
from tests.loops import in_a_loop
from tests.runs.fake_trainer import fake_studio

LINKS = {"/en/": "<../x.js>; rel=modulepreload"}


class Counting:
    """An application that says how often it was asked, by whom, and for what."""

    def __init__(self) -> None:
        self.calls = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.calls += 1
        host = dict(scope["headers"]).get(b"host", b"").decode()
        words = f"{self.calls} {host} {scope['path']} " + "word " * 200
        if scope["path"] == "/catalogue/zh.json":
            answer: ASGIApp = Response("no", 503)
        elif scope["path"] == "/catalogue/en.json":
            answer = StreamingResponse(iter(("[", "1", "]")), media_type="application/json")
        else:
            answer = Response(words, media_type="text/html")
        await answer(scope, receive, send)


Ask = Callable[..., Awaitable[httpx.Response]]


def with_client(application: ASGIApp, work: Callable[[Ask], Awaitable[None]]) -> None:
    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://x") as client:

            async def ask(path: str, method: str = "GET", **headers: str) -> httpx.Response:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, headers=named)

            await work(ask)

    in_a_loop(run)


def test_a_page_is_made_once_for_each_host_and_packed_for_those_who_unpack() -> None:
    application = Counting()

    async def work(ask: Ask) -> None:
        first, again = await ask("/en/"), await ask("/en/?run=abc&stage=1")
        plain = await ask("/en/", accept_encoding="identity")
        assert application.calls == 1
        assert first.text == again.text == plain.text and first.headers["link"] == LINKS["/en/"]
        assert first.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
        assert int(first.headers["content-length"]) < int(plain.headers["content-length"])
        assert first.headers["vary"] == "Accept-Encoding" and first.headers["cache-control"] == "no-cache"
        for headers in ({"host": "y"}, {"x_forwarded_host": "y"}, {"x_forwarded_proto": "https"}):
            other = await ask("/en/", **headers)
            assert other.text != first.text and other.text == (await ask("/en/", **headers)).text
        assert application.calls == 4
        assert "link" not in (await ask("/zh/")).headers

    with_client(Kept(application, LINKS), work)


def test_who_has_it_already_is_told_so() -> None:
    async def work(ask: Ask) -> None:
        tag = (await ask("/en/")).headers["etag"]
        same = await ask("/en/", if_none_match=tag)
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
        assert (await ask("/en/", if_none_match='W/"other"')).status_code == 200

    with_client(Kept(Counting(), {}), work)


def test_what_comes_in_pieces_is_kept_whole_and_a_refusal_is_not_kept() -> None:
    application = Counting()

    async def work(ask: Ask) -> None:
        assert [(await ask("/catalogue/en.json")).json() for _ in range(2)] == [[1], [1]]
        assert application.calls == 1
        assert [(await ask("/catalogue/zh.json")).status_code for _ in range(2)] == [503, 503]
        assert application.calls == 3

    with_client(Kept(application, {}), work)


@pytest.mark.parametrize(
    ("path", "method"),
    [
        *(("/en/?deep_link=abc", "GET"), ("/en/?all_endpoints=1", "GET"), ("/en/", "HEAD"), ("/en/", "POST")),
        *(("/en/config", "GET"), ("/runs", "GET"), ("/runs/abc/frames", "GET"), ("/catalogue/fr.json", "GET")),
        *(("/en/gradio_api/info", "GET"), ("/runs/abc/events", "GET")),
    ],
)
def test_all_else_is_asked_of_the_application_each_time(path: str, method: str) -> None:
    application = Counting()

    async def work(ask: Ask) -> None:
        assert [(await ask(path, method)).status_code for _ in range(2)] == [200, 200]
        assert application.calls == 2

    with_client(Kept(application, {}), work)


def test_the_recorded_run_is_kept_for_those_who_have_not_seen_it() -> None:
    application = Counting()

    async def work(ask: Ask) -> None:
        assert (await ask("/runs/recorded/events")).text == (await ask("/runs/recorded/events")).text
        assert application.calls == 1
        await ask("/runs/recorded/events", last_event_id="7")
        await ask("/runs/recorded/events", last_event_id="7")
        assert application.calls == 3

    with_client(Kept(application, {}), work)


def test_the_oldest_go_when_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 5000)
    application = Counting()

    async def work(ask: Ask) -> None:
        for name in ("a", "b", "c", "d", "e", "f"):
            await ask("/en/", host=name)
        await ask("/en/", host="f")
        assert application.calls == 6
        await ask("/en/", host="a")
        assert application.calls == 7

    with_client(Kept(application, {}), work)


@pytest.fixture(scope="module")
def gradios(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    studio = fake_studio(tmp_path_factory.mktemp("studio"))

    async def built() -> FastAPI:
        return create_app(studio)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app = in_a_loop(built)
    studio.close()
    return app


def test_gradio_looks_at_nothing_of_a_request_but_its_host(gradios: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one visitor would be given what was made for another."""
    monkeypatch.setattr(kept, "OF_GRADIO", re.compile("never"))
    strange = {"accept_language": "de", "user_agent": "curl", "cookie": "lang=zh; a=b", "referer": "http://x/zh/"}
    strange |= {"x_forwarded_for": "9.9.9.9", "origin": "http://x", "authorization": "Bearer abc", "dnt": "1"}

    async def work(ask: Ask) -> None:
        for path in ("/en/", "/zh/", "/en/theme.css", "/en/static/js/iframeResizer.contentWindow.min.js"):
            one, other = await ask(path), await ask(f"{path}?run=abc&tour=x&__theme=dark&view=api", **strange)
            assert one.status_code == 200 and one.content == other.content
            assert "etag" not in one.headers or path.endswith(".js"), "it came from the application"

    with_client(gradios, work)
