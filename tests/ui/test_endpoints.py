"""The descriptions of endpoints: complete, true to themselves, and the same for Gradio, MCP and the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

from aigc_demo.runs import Studio
from aigc_demo.runs.limits import PUBLIC
from aigc_demo.text import LANGUAGES, Lang, Text, VisitorError, plain
from aigc_demo.ui.endpoint_routes import endpoint_routes
from aigc_demo.ui.endpoints import ENDPOINTS, NEEDED, Call, Endpoint, Meter, Parameter, Work
from tests.served import on_a_socket

every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=ENDPOINTS)


@every_endpoint
def test_an_endpoint_is_described_wholly(endpoint: Endpoint) -> None:
    assert endpoint.answers and endpoint.refusals and endpoint.at_once > 0 and endpoint.cost > 0
    for item in endpoint.parameters:
        assert item.about.zh and item.about.en
        if item.default is not NEEDED:
            assert item.read(item.default) == item.default, "a default is within its range"
    needs = [item.default is NEEDED for item in endpoint.parameters]
    assert needs == sorted(needs, reverse=True), "Python wants those without a default first"


@every_endpoint
def test_examples_ask_for_what_there_is_at_the_page_they_are_given(endpoint: Endpoint) -> None:
    for code in (endpoint.example.python, endpoint.example.curl):
        assert "{address}" in code and "127.0.0.1" not in code
    example = endpoint.example.at("https://example.org/demo/en/")
    assert f'api_name="/{endpoint.key}"' in example.python
    assert f"https://example.org/demo/en/gradio_api/call/{endpoint.key}" in example.curl
    asked = re.search(rf'\(([^()]*), api_name="/{endpoint.key}"', example.python)
    assert asked
    names = re.findall(r"(\w+)=", asked[1])
    assert names and set(names) <= {item.name for item in endpoint.parameters}


@every_endpoint
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_schema_takes_its_defaults_and_refuses_what_is_beyond(endpoint: Endpoint, lang: Lang) -> None:
    schema = endpoint.schema(lang)
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema).is_valid
    image = [[0] * 28] * 28
    given: dict[str, Any] = {"images": [image, image]} if "images" in schema["properties"] else {}
    assert check(given) and not check(given | {"more": 1})
    assert not given or not check({})
    for item in endpoint.parameters:
        assert not check(given | {item.name: {}})
        if item.kind in ("whole", "number") and item.most is not None and item.least is not None:
            assert check(given | {item.name: item.most}) and check(given | {item.name: item.least})
            assert not check(given | {item.name: item.most + 1}) and not check(given | {item.name: item.least - 1})


COUNT = Parameter("n", "whole", Text("张数", "The count"), plain("n"), 3, 1, 9)
WORD = Parameter("word", "name", Text("词", "The word"), plain("word"))
ASK = Call("ask", plain("ask"), plain("ask"), (WORD, COUNT), cost=1)


def test_arguments_are_read_by_name_with_their_defaults() -> None:
    assert ASK.read({"word": "a"}) == {"word": "a", "n": 3}
    assert ASK.read({"n": "7", "word": "b"}) == {"word": "b", "n": 7}


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({}, "ask 缺少参数 word", "ask needs the argument word"),
        ({"word": 3}, "词应为一个名称", "The word must be a name"),
        ({"word": None}, "词应为一个名称", "The word must be a name"),
        ({"word": "a", "n": 10}, "张数应为 1 到 9 之间的数", "The count must be a number between 1 and 9"),
        ({"word": "a", "n": None}, "张数", "The count"),
        ({"word": "a", "n": 1.5}, "张数应为整数", "The count must be a whole number"),
        ({"word": "a", "w": 1}, "它接受 word, n", "ask has no argument “w”; it takes word, n"),
    ],
    ids=str,
)
def test_a_wrong_argument_is_one_sentence_in_both_languages(given: dict[str, Any], zh: str, en: str) -> None:
    with pytest.raises(VisitorError) as refused:
        ASK.read(given)
    assert zh in refused.value.text.zh and en in refused.value.text.en


@pytest.fixture(scope="module")
def address(open_studio: Studio) -> Iterator[str]:
    app = FastAPI()
    app.include_router(endpoint_routes(Work(open_studio, Meter(0, 0))))
    with on_a_socket(app) as address:
        yield address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_told_of_all_of_it(
    lang: Lang, address: str, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio, "limits", PUBLIC)
    told = httpx.get(f"{address}/endpoints/{lang}.json", trust_env=False).json()
    assert [item["key"] for item in told["endpoints"]] == list(ENDPOINTS)
    for item in told["endpoints"]:
        endpoint = ENDPOINTS[item["key"]]
        assert item["about"] == endpoint.about(lang) and item["examples"]["curl"] == endpoint.example.curl
        assert [part["name"] for part in item["parameters"]] == [part.name for part in endpoint.parameters]
        assert [part["needed"] for part in item["parameters"]] == [p.default is NEEDED for p in endpoint.parameters]
    counted = {"per_visitor": 120, "per_minute": 1200, "waiting": 64, "bytes": 2_000_000}
    assert told["limits"] == counted | {"runs_per_visitor": 2, "seconds": 120, "queue": 8}
    assert told["mcp"]["on"] and not told["mcp"]["trains"]
    assert [tool["name"] for tool in told["mcp"]["tools"]] == ["models", "generate", "evaluate", "explain"]
