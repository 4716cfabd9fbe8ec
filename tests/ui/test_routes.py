"""Every address there is, ours and Gradio's, and what it may do: a new one without a declared intent fails here.

"read" gives what is there. "compute" answers a body and changes nothing. "act" changes something: only by POST, only for
our own pages. "session" is Gradio's own bookkeeping of a visitor's page.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from aigc_demo.runs import Studio
from aigc_demo.text import LANGUAGES
from aigc_demo.ui import application
from aigc_demo.ui.assets import static_path
from aigc_demo.ui.doors import is_open
from tests.loops import in_a_loop
from tests.runs.conftest import plan, wait_until_over
from tests.runs.fake_trainer import fake_studio
from tests.served import on_a_socket

OURS = {
    "GET /": "read",
    "GET /favicon.ico": "read",
    "GET /runs": "read",
    "GET /device": "read",
    "POST /runs": "act",
    "POST /runs/{run_id}/again": "act",
    "POST /runs/{run_id}/step": "act",
    "POST /runs/{run_id}/slow": "act",
    "POST /runs/{run_id}/change": "act",
    "POST /runs/{run_id}/{action}": "act",
    "GET /runs/{run_id}/events": "read",
    "GET /runs/{run_id}/place": "read",
    "GET /runs/{run_id}/metrics": "read",
    "GET /runs/{run_id}/frames": "read",
    "GET /runs/{run_id}/frames/{name}.png": "read",
    "POST /finetune": "act",
    "POST /plan": "compute",
    "GET /plane/presets.json": "read",
    "GET /plane/{loss}.json": "read",
    "POST /races": "act",
    "GET /races/{race_id}": "read",
    "GET /races/{race_id}/events": "read",
    "POST /races/{race_id}/{action}": "act",
    "GET /models": "read",
    "POST /models/{model_id}/render": "compute",
    "GET /models/{model_id}/sheet.png": "read",
    "POST /explain": "compute",
    "GET /explain/{loss}/curves.json": "read",
    "GET /explain/{loss}/terms.json": "read",
    "GET /catalogue/{lang}.json": "read",
    "POST /models/import": "act",
    "POST /models/undo": "act",
    "POST /models/{model_id}/rename": "act",
    "POST /models/{model_id}/delete": "act",
    "POST /models/{model_id}/measure": "act",
    "POST /models/{model_id}/export": "compute",
    "GET /models/{model_id}/card": "read",
    "GET /models/{model_id}/download": "read",
    "GET /leaderboard": "read",
    "GET /storage": "read",
    "POST /storage/pin": "act",
    "POST /storage/remove": "act",
    "POST /storage/free": "act",
    "POST /storage/undo": "act",
    "POST /storage/empty": "act",
    "GET /models/{model_id}/generator.net": "read",
    "GET /models/{model_id}/discriminator.net": "read",
    "GET /classifier.net": "read",
    "POST /models/{model_id}/animation": "compute",
    "GET /models/{model_id}/axes.json": "read",
    "POST /models/{model_id}/invert": "compute",
    "POST /models/{model_id}/neighbours": "compute",
    "GET /digits.json": "read",
    "GET /datasets": "read",
    "GET /datasets/{key}/sample.png": "read",
    "POST /datasets/{key}/rename": "act",
    "POST /datasets/{key}/delete": "act",
    "POST /data/drafts": "act",
    "POST /data/drafts/{draft_id}/content": "act",
    "POST /data/drafts/{draft_id}/pictures": "act",
    "POST /data/drafts/{draft_id}/preview": "compute",
    "POST /data/drafts/{draft_id}/convert": "act",
    "POST /data/drafts/{draft_id}/keep": "act",
    "POST /data/drafts/{draft_id}/drop": "act",
    "POST /datasets/{key}/fetch": "act",
    "POST /datasets/{key}/cancel": "act",
    "GET /hub": "read",
    "GET /models/{model_id}/files": "read",
    "POST /hub/pull": "act",
    "POST /models/{model_id}/push": "act",
    "POST /hub/sign-in": "act",
    "POST /hub/sign-in/finish": "act",
    "POST /hub/sign-out": "act",
    "GET /login/callback": "read",
    "GET /recipes/{key}/diagram.json": "read",
    "POST /networks/maps": "compute",
    "POST /networks/{study}": "compute",
    "POST /papers/frechet": "compute",
    "GET /experiments.json": "read",
    "POST /experiments/{key}": "compute",
    "GET /dirac/{loss}.json": "read",
    "GET /runs/{run_id}/game": "read",
    "POST /runs/{run_id}/game/round": "act",
    "POST /runs/{run_id}/game/answer": "act",
    "GET /runs/{run_id}/export/{file}": "read",
    "GET /studies": "read",
    "GET /studies/{name}": "read",
    "POST /search-space": "compute",
    "POST /studies": "act",
    "POST /studies/{name}/resume": "act",
    "POST /studies/{name}/stop": "act",
    "GET /qr.svg": "read",
    "GET /tours.json": "read",
    "GET /glossary.json": "read",
    "GET /endpoints/{lang}.json": "read",
}
GRADIOS = {  # those that are open; every other one answers 404
    "GET /": "read",
    "GET /config": "read",
    "GET /assets/{path:path}": "read",
    "GET /static/{path:path}": "read",
    "GET /svelte/{path:path}": "read",
    "GET /theme.css": "read",
    "GET /gradio_api/theme.css": "read",
    "GET /favicon.ico": "read",
    "GET /robots.txt": "read",
    "GET /manifest.json": "read",
    "GET /openapi.json": "read",
    "GET /gradio_api/openapi.json": "read",
    "GET /gradio_api/info": "read",
    "GET /gradio_api/app_id": "read",
    "GET /gradio_api/startup-events": "session",
    "GET /gradio_api/heartbeat/{session_hash}": "session",
    "GET /gradio_api/queue/data": "session",
    "GET /gradio_api/queue/status": "read",
    "GET /gradio_api/file={path_or_url:path}": "read",
    "GET /gradio_api/call/{api_name}/{event_id}": "session",
    "POST /gradio_api/queue/join": "act",
    "POST /gradio_api/call/{api_name}": "act",
    "GET /gradio_api/mcp": "read",
    "POST /gradio_api/mcp": "act",
    "POST /gradio_api/cancel": "act",
    "POST /gradio_api/reset": "act",
}
EXPLAINED = {"read", "compute", "act", "session"}
CHANGE_FOLDERS = {"cache"}  # what is derived from a model may be kept when it is first looked at
LINES = {"events", "game"}


def walk(routes: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """(method, path) of every route, also of those inside mounted applications; HEAD goes with its GET."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from walk(inner.routes, before)
            continue
        path = before + getattr(route, "path", "")
        if getattr(route, "routes", None):
            yield from walk(route.routes, path)
        elif hasattr(route, "app") and not getattr(route, "methods", None):
            yield "MOUNT", path
        else:
            for method in sorted(getattr(route, "methods", None) or {"?"}):
                if method != "HEAD":
                    yield method, path


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = fake_studio(tmp_path_factory.mktemp("routes"))
    wait_until_over(studio.start(plan(steps=5)).run)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def app(studio: Studio) -> FastAPI:
    async def create() -> FastAPI:
        return application.create_app(studio)

    return in_a_loop(create)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[httpx.Client]:
    with on_a_socket(app) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def routes(app: FastAPI) -> set[tuple[str, str]]:
    return set(walk(app.routes))


def ours(routes: set[tuple[str, str]]) -> set[str]:
    gradios = tuple(f"/{lang}/" for lang in LANGUAGES)
    return {f"{method} {path}" for method, path in routes if not path.startswith(gradios) and method != "MOUNT"}


def gradios(routes: set[tuple[str, str]], lang: str) -> set[str]:
    start = f"/{lang}/"
    return {f"{method} /{path.removeprefix(start)}" for method, path in routes if path.startswith(start)}


def test_every_route_of_ours_says_what_it_may_do(routes: set[tuple[str, str]]) -> None:
    assert ours(routes) == set(OURS), "declare each route's intent in OURS"
    assert set(OURS.values()) | set(GRADIOS.values()) <= EXPLAINED


def test_no_folder_is_served(routes: set[tuple[str, str]]) -> None:
    assert [path for method, path in routes if method == "MOUNT"] == []


def test_nothing_is_declared_to_act_by_get() -> None:
    for table in (OURS, GRADIOS):
        for route, intent in table.items():
            assert intent in (("read", "session") if route.startswith("GET") else ("act", "compute")), route


def test_of_gradios_routes_those_are_open_that_are_listed(routes: set[tuple[str, str]]) -> None:
    for lang in LANGUAGES:
        found = {route for route in gradios(routes, lang) if is_open(filled(route.partition(" ")[2]).lstrip("/"))}
        assert {route.rstrip("/") for route in found if route != "GET /"} == set(GRADIOS) - {"GET /"}
        assert "GET /" in found


def filled(path: str, run: str = "0" * 20) -> str:
    """The path with something in each of its places."""
    values = {
        **{
            "run_id": run,
            "model_id": "0" * 20,
            "race_id": "0" * 20,
            "draft_id": "0" * 32,
            "lang": "en",
            "loss": "wgan",
        },
        **{
            "key": "fast",
            "name": "000000",
            "file": "metrics.csv",
            "path:path": "nothing",
            "path_or_url:path": "nothing",
        },
        "study": "stride",
    }
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    while "{" in path:
        path = path[: path.index("{")] + "x" + path[path.index("}") + 1 :]
    return path


def snapshot(studio: Studio) -> tuple[object, ...]:
    """All that a request could have changed: the runs, the data folder, what visitors have on its way."""
    home = studio.home
    files = {
        path.relative_to(home) for path in home.rglob("*") if path.relative_to(home).parts[0] not in CHANGE_FOLDERS
    }
    states = [(run.id, run.state, run.step, run.plan) for run in studio.runs()]
    return files, states, len(studio.own.store.listing()), len(studio.imports.models())


def asked(client: httpx.Client, method: str, path: str, **options: Any) -> int:
    """The status; of an answer without an end, the beginning is enough."""
    with client.stream(method, path, **options) as answer:
        with contextlib.suppress(StopIteration):
            next(answer.iter_bytes(1))
        return answer.status_code


def test_reading_changes_nothing(client: httpx.Client, studio: Studio, routes: set[tuple[str, str]]) -> None:
    run = studio.runs()[0].id
    before = snapshot(studio)
    for method, path in sorted(routes):
        if method == "GET" and f"GET {path}" in OURS and "{loss}" not in path and "diagram" not in path:
            status = asked(client, "GET", filled(path, run))
            assert status < 500, path
            assert snapshot(studio) == before, f"GET {path} changed something"


def test_what_acts_is_not_done_by_reading(client: httpx.Client, studio: Studio) -> None:
    run = studio.runs()[0].id
    before = snapshot(studio)
    for route, intent in OURS.items():
        path = route.partition(" ")[2]
        if intent in ("act", "compute") and f"GET {path}" not in OURS:
            assert client.get(filled(path, run)).status_code in (404, 405), path
    assert snapshot(studio) == before


def test_another_sites_page_may_send_to_no_route_at_all(
    client: httpx.Client, studio: Studio, routes: set[tuple[str, str]]
) -> None:
    before = snapshot(studio)
    headers = {"origin": "https://evil.example", "content-type": "application/json"}
    posts = [path for method, path in sorted(routes) if method not in ("GET", "MOUNT")]
    assert len(posts) > 60
    for path in posts:
        assert client.post(filled(path), content=b"{}", headers=headers).status_code == 403, path
    assert snapshot(studio) == before


def test_a_form_of_another_site_cannot_be_sent_without_its_origin_being_noticed(client: httpx.Client) -> None:
    """Old browsers name no origin in a form: what such a form can send is not taken for JSON."""
    takes_bytes = {
        "POST /models/import",
        "POST /data/drafts/{draft_id}/content",
        "POST /data/drafts/{draft_id}/pictures",
    }
    for route, intent in OURS.items():
        if intent == "act" and route not in takes_bytes:
            path = filled(route.partition(" ")[2])
            for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
                answer = client.post(path, content=b"{}", headers={"content-type": kind})
                assert answer.status_code in (404, 409, 415), (route, kind)


def test_closed_routes_of_gradio_answer_404(client: httpx.Client, routes: set[tuple[str, str]]) -> None:
    closed = 0
    for lang in LANGUAGES:
        for route in sorted(gradios(routes, lang)):
            method, _, path = route.partition(" ")
            part = filled(path)
            if not is_open(part.lstrip("/")):
                answer = client.request(method, f"/{lang}{part}", json={} if method == "POST" else None)
                assert answer.status_code == 404 and "error" in answer.json(), route
                closed += 1
    assert closed > 60


@pytest.mark.parametrize(
    "path",
    [
        *("gradio_api/file=/etc/passwd", "gradio_api/file=app.py", "gradio_api/file=../app.py", "static/../app.py"),
        *("assets/..%2f..%2froutes.py", "svelte/..%2f..%2froutes.py", "gradio_api/file=http://127.0.0.1:1/x"),
        *(
            "gradio_api/proxy=http://127.0.0.1:1/x",
            "gradio_api/%66ile=/etc/hostname",
            "gradio_api/file=C:/windows/win.ini",
        ),
        *("%2e%2e/app.py", "gradio_api//file=/etc/passwd", "gradio_api/deep_link?session_hash=x", "config%2f..%2f"),
    ],
)
def test_no_other_file_is_served(client: httpx.Client, path: str) -> None:
    answer = client.get(f"/en/{path}")
    assert answer.status_code in (400, 403, 404), answer.text[:200]


def test_only_static_files_of_ours_are_served(client: httpx.Client) -> None:
    static = f"/{static_path()}"
    assert client.get(f"{static}/main.js").status_code == 200
    assert client.post(f"{static}/main.js").status_code == 404
    for path in ("../server.py", "%2e%2e/server.py", "..%2fserver.py", "/etc/passwd", "main.js/", "main.js%00"):
        assert client.get(f"{static}/{path}").status_code in (404, 405), path


def test_the_data_folder_is_not_served(client: httpx.Client, studio: Studio) -> None:
    secret = studio.home / "runs" / studio.runs()[0].id / "run.json"
    assert secret.is_file()
    for path in (f"/runs/{secret.parent.name}/run.json", f"/runs/{secret.parent.name}/export/run.json", f"/{secret}"):
        assert client.get(path).status_code in (404, 405)
    assert client.get(f"/en/gradio_api/file={secret}").status_code in (403, 404)
    assert Path(secret).is_file()
