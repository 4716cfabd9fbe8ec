"""Assistants' tools, as the protocol's own client meets them over HTTP."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import httpx
import jsonschema
import numpy as np
import pytest
from mcp import ClientSession, McpError
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, Tool
from PIL import Image

from aigc_demo.explain.logits import explain
from aigc_demo.latent import draw
from aigc_demo.runs import Studio
from aigc_demo.runs.limits import PUBLIC
from aigc_demo.text import Refused
from aigc_demo.ui import application
from aigc_demo.ui.endpoints import ENDPOINTS, Meter, Work
from aigc_demo.ui.mcp import routes
from aigc_demo.ui.mcp.protocol import VERSIONS
from tests.loops import in_a_loop
from tests.runs.fake_trainer import fake_studio
from tests.served import on_a_socket

T = TypeVar("T")

READING = ["models", "generate", "evaluate", "explain"]
TRAINING = ["train", "run", "stop"]
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


@pytest.fixture(scope="module")
def the_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = fake_studio(tmp_path_factory.mktemp("mcp"))
    yield studio
    studio.close()


@pytest.fixture
def studio(the_studio: Studio) -> Iterator[Studio]:
    yield the_studio
    for run in the_studio.runs():
        if not run.is_over:
            the_studio.control(run.id, "stop", everyone=True)


@pytest.fixture(scope="module")
def work(the_studio: Studio) -> Work:
    return Work(the_studio, Meter(0, 0))


@pytest.fixture(scope="module")
def address(the_studio: Studio, work: Work) -> Iterator[str]:
    app = application.create_api(the_studio)
    app.include_router(routes.mcp_routes(work))
    with on_a_socket(app) as address:
        yield address


def with_client(
    address: str, use: Callable[[ClientSession], Awaitable[T]], lang: str = "en", headers: dict[str, str] | None = None
) -> T:
    """What `use` makes of a session that has been introduced."""

    async def talk() -> T:
        url = f"{address}/{lang}/gradio_api/mcp/"
        async with (
            httpx.AsyncClient(headers=headers, timeout=60, trust_env=False) as http,
            streamable_http_client(url, http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    return in_a_loop(talk)


def call(address: str, tool: str, /, lang: str = "en", **arguments: Any) -> CallToolResult:
    return with_client(address, lambda session: session.call_tool(tool, arguments), lang)


def tools(address: str, lang: str = "en") -> dict[str, Tool]:
    return {tool.name: tool for tool in with_client(address, lambda session: session.list_tools(), lang).tools}


def refusal(answer: CallToolResult) -> str:
    """The one sentence of an answer that says what went wrong."""
    assert answer.isError and len(answer.content) == 1
    return answer.content[0].text


@pytest.fixture
def owner_lets_train(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "limits", replace(studio.limits, mcp_train=1))


# ---- what is offered ----


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tools_say_what_they_do_and_take(address: str, studio: Studio, lang: str) -> None:
    offered = tools(address, lang)
    assert list(offered) == READING
    for name, tool in offered.items():
        assert tool.title and tool.description and tool.annotations and tool.annotations.readOnlyHint
        jsonschema.Draft202012Validator.check_schema(tool.inputSchema)
        assert ("画" in tool.description or "讲" in tool.description or "项" in tool.description) == (lang == "zh"), (
            name
        )
        for argument in tool.inputSchema["properties"].values():
            assert argument["description"]


def test_ranges_and_defaults_are_those_of_the_api(address: str, studio: Studio) -> None:
    offered = tools(address)
    for name in ("generate", "evaluate", "explain"):
        for item in ENDPOINTS[name].parameters:
            told = offered[name].inputSchema["properties"][item.name]
            assert (told.get("minimum"), told.get("maximum")) == (item.least, item.most)
            assert told["default"] == item.default
            assert ("enum" in told) == (item.choices is not None)


def test_it_introduces_itself_in_the_version_that_is_asked_for(address: str, studio: Studio) -> None:
    for wanted in (*VERSIONS, "1999-01-01"):
        message = {"jsonrpc": "2.0", "id": "a", "method": "initialize", "params": {"protocolVersion": wanted}}
        told = post(address, message).json()
        assert told["id"] == "a"
        assert told["result"]["protocolVersion"] == (wanted if wanted in VERSIONS else VERSIONS[0])
        assert told["result"]["capabilities"] == {"tools": {"listChanged": False}}
        assert told["result"]["serverInfo"]["version"].count(".") == 2


# ---- drawing, explaining, measuring ----


def test_a_digit_is_drawn_as_the_api_draws_it(address: str, studio: Studio) -> None:
    answer = call(address, "generate", model="fast", label=7, seed=5, truncation=0.7)
    image, text = answer.content
    shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(image.data))))
    model = studio.generator("fast")
    drawn = model.render(draw(5, 1, model.latent_size), [7], 0.7)[0]
    np.testing.assert_array_equal(shown, drawn.repeat(8, axis=0).repeat(8, axis=1))
    assert image.mimeType == "image/png" and json.loads(text.text)["label"] == 7


def test_a_loss_is_explained_in_both_languages(address: str, studio: Studio) -> None:
    for lang in ("zh", "en"):
        answer = call(address, "explain", lang, loss="hinge", s_real=0.5, s_fake=-1)
        assert answer.structuredContent == json.loads(json.dumps(explain("hinge", 0.5, -1, lang)))
        assert json.loads(answer.content[0].text) == answer.structuredContent


def test_a_model_is_measured_and_models_are_listed(address: str, studio: Studio) -> None:
    figures = call(address, "evaluate", model="fast", n=20).structuredContent
    assert figures and figures["n"] == 20 and figures["digit_fd"] > 0
    listed = call(address, "models").structuredContent
    fast = next(item for item in listed["models"] if item["model"] == "fast")
    assert fast["conditional"] and fast["latent_size"] == studio.generator("fast").latent_size


@pytest.mark.parametrize(
    ("tool", "wrong", "said"),
    [
        ("generate", {"label": 12}, "label must be a number between 0 and 9"),
        ("generate", {"truncation": 3}, "truncation must be a number between 0 and 2"),
        ("generate", {"model": "../../etc"}, "no model called"),
        ("generate", {"model": 7}, "model must be a name"),
        ("generate", {"z": [1, 2]}, "numbers"),
        ("generate", {"colour": "red"}, "no argument “colour”; it takes model, label"),
        ("evaluate", {"n": 2001}, "n must be a number between 1 and 2,000"),
        ("explain", {"loss": "cake"}, "cake"),
        ("explain", {"s_real": "high"}, "s_real must be a number"),
    ],
    ids=str,
)
def test_bad_arguments_come_back_as_a_sentence(
    address: str, studio: Studio, tool: str, wrong: dict[str, Any], said: str
) -> None:
    sentence = refusal(call(address, tool, **wrong))
    assert said in sentence and sentence.count("\n") == 0
    assert "Traceback" not in sentence and str(studio.home) not in sentence


def test_the_sentence_is_in_the_language_of_the_address(address: str, studio: Studio) -> None:
    assert "数字应为 0 到 9 之间的数" in refusal(call(address, "generate", "zh", label=12))


def test_a_fault_of_ours_tells_an_assistant_nothing(
    address: str, work: Work, studio: Studio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/home/somebody/secret")

    monkeypatch.setattr(work, "explain", fail)
    with caplog.at_level(logging.ERROR):
        assert refusal(call(address, "explain")) == "The server made a mistake."
    assert "/home/somebody/secret" in caplog.text


def test_calls_are_counted_with_those_of_the_api(
    address: str, work: Work, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "meter", Meter(2, 0))
    assert not call(address, "explain").isError
    work.meter.admit("127.0.0.1")
    assert "this server allows a visitor 2 a minute" in refusal(call(address, "models"))


def test_more_calls_than_may_wait_are_refused() -> None:
    async def crowd() -> list[BaseException | None]:
        places, opened = routes._Places(), asyncio.Event()

        async def visit() -> None:
            async with places:
                await opened.wait()

        visits = [asyncio.create_task(visit()) for _ in range(routes.AT_ONCE + routes.MOST_WAITING + 3)]
        await asyncio.sleep(0)
        visits[-4].cancel()  # whoever leaves makes room
        await asyncio.sleep(0)
        visits.append(asyncio.create_task(visit()))
        await asyncio.sleep(0)
        opened.set()
        return await asyncio.gather(*visits, return_exceptions=True)

    ended = in_a_loop(crowd)
    assert [type(item) for item in ended if item is not None] == [asyncio.CancelledError, Refused, Refused, Refused]
    assert ended[-1] is None


# ---- training ----


def test_training_is_refused_unless_the_owner_allows_it(address: str, studio: Studio) -> None:
    before = len(studio.runs())
    for name, arguments in (("train", {}), ("run", {"run": "x"}), ("stop", {"run": "x"})):
        assert "AIGC_DEMO_MCP_TRAIN=1" in refusal(call(address, name, **arguments))
    assert len(studio.runs()) == before


def test_strangers_never_train_whatever_the_environment_says(
    address: str, studio: Studio, owner_lets_train: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio, "owner_is_everyone", False)
    monkeypatch.setattr(studio, "limits", replace(PUBLIC, mcp_train=1))
    assert list(tools(address)) == READING
    assert "AIGC_DEMO_MCP_TRAIN=1" in refusal(call(address, "train", seconds=5))
    assert all(item["model"] != "x" for item in call(address, "models").structuredContent["models"])


def test_an_owner_may_let_assistants_train(address: str, studio: Studio, owner_lets_train: None) -> None:
    offered = tools(address)
    assert list(offered) == READING + TRAINING
    assert offered["train"].annotations is not None and not offered["train"].annotations.readOnlyHint
    started = call(address, "train", recipe="fast", seconds=60, seed=3).structuredContent
    assert started["page"] == f"/en/?run={started['run']}"
    run = studio.run(started["run"])
    assert run.wait_until(lambda: run.step > 2, 60)
    told = call(address, "run", run=run.id).structuredContent
    assert told["run"] == run.id and told["step"] > 0 and "d_total" in told["terms"] and "token" not in told
    assert call(address, "stop", run=run.id).structuredContent["run"] == run.id
    over = call(address, "run", run=run.id, wait=20).structuredContent
    assert over["state"] == "stopped" and over["checkpoint"] == run.id and over["metrics"] == {"digit_fd": 1.5}
    assert "training time" in refusal(call(address, "train", seconds=1))
    assert "wait" in refusal(call(address, "run", run=run.id, wait=1000))
    assert refusal(call(address, "stop", run="nobody"))


# ---- at the door ----


def post(address: str, message: object, lang: str = "en", **headers: str) -> httpx.Response:
    url = f"{address}/{lang}/gradio_api/mcp"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(url, json=message, headers=named, timeout=60, trust_env=False)


def test_pages_of_others_are_refused(address: str, studio: Studio) -> None:
    assert post(address, PING).json() == {"jsonrpc": "2.0", "id": 1, "result": {}}
    assert post(address, PING, origin=address).status_code == 200
    assert post(address, PING, origin="https://evil.example").status_code == 403
    rebound = post(address, PING, host="evil.example", origin="http://evil.example")  # a name made to point here
    assert rebound.status_code == 403 and "127.0.0.1" in rebound.json()["error"]
    assert post(address, PING, x_forwarded_host="evil.example").status_code == 403


def test_a_public_server_answers_whatever_its_name_is(
    address: str, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio, "owner_is_everyone", False)
    assert post(address, PING, host="gans.example.org").status_code == 200
    assert post(address, PING, host="gans.example.org", origin="https://evil.example").status_code == 403


def test_it_can_be_switched_off(address: str, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "limits", replace(studio.limits, mcp=0))
    for lang, word in (("en", "switched off"), ("zh", "关闭")):
        answer = post(address, PING, lang)
        assert answer.status_code == 404 and word in answer.json()["error"]


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ({"jsonrpc": "2.0", "method": "notifications/initialized"}, 202, None),
        ({"jsonrpc": "2.0", "id": 1, "result": {}}, 202, None),
        ({"jsonrpc": "1.0", "id": 1, "method": "ping"}, 200, -32600),
        ({"id": 1, "method": "ping"}, 200, -32600),
        ({"jsonrpc": "2.0", "id": [], "method": "ping"}, 200, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": 7}, 200, -32600),
        ({}, 200, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": "resources/list"}, 200, -32601),
        ({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}, 200, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call"}, 200, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "x", "arguments": 3}}, 200, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "rm -rf"}}, 200, -32602),
        ([PING], 400, None),
        ("ping", 400, None),
    ],
    ids=str,
)
def test_every_message_is_answered_as_the_protocol_says(
    address: str, studio: Studio, message: object, status: int, code: int | None
) -> None:
    answer = post(address, message)
    assert answer.status_code == status
    if status == 202:
        assert answer.content == b""
    elif status == 200:
        assert answer.json()["error"]["code"] == code
    else:
        assert answer.json()["error"]


def test_only_json_of_a_bounded_size_comes_in(address: str, studio: Studio) -> None:
    url = f"{address}/en/gradio_api/mcp/"
    asked = httpx.get(url, trust_env=False)
    assert (asked.status_code, asked.headers["allow"]) == (405, "POST")
    assert httpx.post(url, content=json.dumps(PING), trust_env=False).status_code == 415
    assert post(address, PING | {"params": {"x": "x" * 600_000}}).status_code == 413
    assert post(address, PING, mcp_protocol_version="2030-01-01").status_code == 400
    assert post(address, PING, mcp_protocol_version=VERSIONS[-1]).status_code == 200


def test_a_tool_that_is_not_there_is_an_error_of_the_protocol(address: str, studio: Studio) -> None:
    async def ask(session: ClientSession) -> None:
        with pytest.raises(McpError, match="no tool 'cake'"):
            await session.call_tool("cake", {})

    with_client(address, ask)
