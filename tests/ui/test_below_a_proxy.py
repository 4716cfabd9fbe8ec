"""The whole application as a proxy shows it to others: under another host's name, and below a path of its own."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request

from aigc_demo.ui import application, server
from aigc_demo.ui.security import HEADERS
from tests.loops import in_a_loop
from tests.runs.fake_trainer import fake_studio
from tests.served import on_a_socket

PREFIX = "/a/demo"
PROXIED = {"x-forwarded-host": "gans.example.org", "x-forwarded-proto": "https"}


@pytest.fixture(scope="module", params=["", PREFIX])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address, and the prefix that a proxy has taken off."""
    prefix: str = request.param
    studio = fake_studio(tmp_path_factory.mktemp("studio"))

    async def built() -> FastAPI:
        return application.create_app(studio, prefix)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gradio's and uvicorn's own
        with on_a_socket(in_a_loop(built), prefix) as address:
            yield address, prefix
    studio.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("headers", [{}, PROXIED])
def test_gradio_knows_where_it_is(served: tuple[str, str], lang: str, headers: dict[str, str]) -> None:
    address, prefix = served
    base = "https://gans.example.org" if headers else address
    with httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False) as client:
        page = client.get(f"/{lang}/")
        assert page.status_code == 200
        assert f'"root":"{base}{prefix}/{lang}"' in re.sub(r'"root":\s+"', '"root":"', page.text)
        assert client.get(f"/{lang}/config").json()["root"] == f"{base}{prefix}/{lang}"
        assert client.get(f"/{lang}/theme.css").status_code == 200
        script = re.search(r"\.\./(static/[0-9a-f]{16}/joined/main\.js)", page.text)
        assert script and client.get(f"/{script[1]}").status_code == 200


def test_our_routes_and_the_way_to_the_page_stay_relative(served: tuple[str, str]) -> None:
    address, _ = served
    with httpx.Client(base_url=address, headers=PROXIED, timeout=60, trust_env=False) as client:
        assert client.get("/", follow_redirects=False).headers["location"] == "en/"
        assert client.get("/device").status_code == 200
        answers = [client.get("/"), client.get("/en/"), client.get("/device")]
        assert not any("set-cookie" in answer.headers for answer in answers), "nothing depends on a cookie"


def test_drawing_through_the_queue_gives_an_address_that_can_be_fetched(served: tuple[str, str]) -> None:
    address, prefix = served
    with httpx.Client(base_url=address, headers=PROXIED, timeout=60, trust_env=False) as client:
        call = client.post("/en/gradio_api/call/generate", json={"data": ["fast", 7, None, 0, 1.0, None, 0.0]})
        assert call.status_code == 200
        answer = client.get(f"/en/gradio_api/call/generate/{call.json()['event_id']}").text
        url = json.loads(answer.rpartition("data: ")[2].strip())[0]["url"]
        start = f"https://gans.example.org{prefix}"
        assert url.startswith(f"{start}/en/gradio_api/file=")
        assert client.get(url.removeprefix(start)).headers["content-type"] == "image/png"


def test_assistants_are_answered_below_a_prefix_and_the_machines_own_not_by_another_name(
    served: tuple[str, str],
) -> None:
    address, _ = served
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        for path in ("/en/gradio_api/mcp", "/zh/gradio_api/mcp/"):
            assert client.post(path, json=ping).json() == {"jsonrpc": "2.0", "id": 1, "result": {}}
            assert client.post(path, json=ping, headers=PROXIED).status_code == 403
            assert client.get(path).status_code == 405, "there is no stream, and Gradio is not asked"


def test_gradio_takes_no_files_and_serves_none_but_its_own(served: tuple[str, str]) -> None:
    address, _ = served
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        sent = client.post("/en/gradio_api/upload", files={"files": ("a.txt", b"text")})
        assert (sent.status_code, set(sent.json())) == (404, {"error"})
        assert "nosniff" in sent.headers["x-content-type-options"]
        for path in (server.__file__, "/etc/hostname"):
            assert client.get(f"/en/gradio_api/file={path}").status_code == 403
        for path in ("/en/monitoring/summary", "/en/gradio_api/mcp/sse", "/docs", "/openapi.json"):
            assert client.get(path).status_code in (403, 404), path


def test_every_answer_carries_the_headers_also_that_of_an_error_of_ours(served: tuple[str, str]) -> None:
    address, _ = served
    request = Request({"type": "http", "headers": [], "state": {}})
    answers = [
        httpx.get(f"{address}{path}", trust_env=False) for path in ("/", "/en/", "/device", "/nothing", "/en/config")
    ]
    for answer in (*answers, in_a_loop(lambda: application._apologise(request, RuntimeError()))):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value


@pytest.mark.parametrize(("given", "expected"), [("", ""), ("/", ""), ("/demo", "/demo"), (" /a/demo/ ", "/a/demo")])
def test_the_prefix_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, given: str, expected: str) -> None:
    monkeypatch.setenv("GRADIO_ROOT_PATH", given)
    assert server.path_prefix() == expected


@pytest.mark.parametrize("given", ["demo", "https://example.org/demo", "/a b", "//evil.example", '/"x'])
def test_a_prefix_that_is_none(monkeypatch: pytest.MonkeyPatch, given: str, tmp_path: Path) -> None:
    monkeypatch.setenv("GRADIO_ROOT_PATH", given)
    with pytest.raises(SystemExit, match="GRADIO_ROOT_PATH"):
        server.path_prefix()
