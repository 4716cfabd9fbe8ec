"""The words for a queue that is full: Gradio's own, with no room at all."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import gradio as gr
import httpx
import pytest
from fastapi import FastAPI
from gradio.events import api

from aigc_demo.text import LANGUAGES
from aigc_demo.ui.full_queue import FullQueue
from aigc_demo.ui.security import Guard
from tests.loops import in_a_loop
from tests.served import on_a_socket


async def with_a_short_queue() -> FastAPI:
    app = FastAPI()
    app.add_middleware(FullQueue, most=1)
    app.add_middleware(Guard)
    for lang in LANGUAGES:
        with gr.Blocks(analytics_enabled=False) as page:

            def double(n: int) -> int:
                return 2 * n

            api(double, api_name="double")
        page.queue(max_size=0)
        app = gr.mount_gradio_app(app, page, path=f"/{lang}", run_history=False, ssr_mode=False, footer_links=[])
    return app


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")  # Gradio's and uvicorn's own
        patch.setenv("GRADIO_TEMP_DIR", str(tmp_path_factory.mktemp("queue")))
        with on_a_socket(in_a_loop(with_a_short_queue)) as address:
            yield address


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "The API's queue is full: 1 calls may wait."), ("zh", "API 的队列满了")]
)
def test_a_full_queue_says_so_in_the_language_of_the_page(address: str, lang: str, said: str) -> None:
    for path, body in (
        ("call/double", {"data": [1]}),
        ("queue/join", {"data": [1], "fn_index": 0, "session_hash": "x"}),
    ):
        answer = httpx.post(f"{address}/{lang}/gradio_api/{path}", json=body, timeout=60, trust_env=False)
        assert answer.status_code == 503 and answer.headers["retry-after"] == "5"
        assert answer.json()["error"].startswith(said) and answer.json()["detail"] == answer.json()["error"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_other_answers_pass(address: str) -> None:
    assert httpx.get(f"{address}/en/gradio_api/info", timeout=60, trust_env=False).status_code == 200
    assert httpx.post(f"{address}/en/gradio_api/call/nobody", json={"data": []}, trust_env=False).status_code < 503
