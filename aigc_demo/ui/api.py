"""The endpoints as `gradio_client` and scripts reach them: /train, /finetune, /generate, /evaluate and /explain.

What they take is in `ui/endpoints/`, from which Gradio is told the names, types and defaults that it shows and fills in.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.components.api_component import Api
from gradio.events import api
from gradio_client.utils import python_type_to_json_schema

from aigc_demo.runs import Started
from aigc_demo.text import Lang, Text, VisitorError
from aigc_demo.ui.endpoints import ENDPOINTS, NEEDED, Endpoint, Parameter, Work
from aigc_demo.ui.endpoints.work import follow
from aigc_demo.ui.security import visitor_of

Answering = Callable[[dict[str, Any], str], Any]  # of the arguments that were read, and who asks

_OUR_FAULT = Text("服务器出错了。", "The server made a mistake.")

logger = logging.getLogger(__name__)


def register(work: Work, lang: Lang) -> None:
    """Add the endpoints to the `gr.Blocks` that is being built; their errors are sentences in `lang`."""

    def streamed(start: Callable[[dict[str, Any], str], Started]) -> Answering:
        def answer(given: dict[str, Any], visitor: str) -> Iterator[dict[str, Any]]:
            started = start(given, visitor)
            for place, update in enumerate(follow(started.run, lang)):
                yield update if place else update | {"token": started.token}

        return answer

    answers: dict[str, Answering] = {
        "train": streamed(work.train),
        "finetune": streamed(work.finetune),
        "generate": lambda given, visitor: work.generate(given),
        "evaluate": lambda given, visitor: work.evaluate(given),
        "explain": lambda given, visitor: work.explain(given, lang),
    }
    for key, answer in answers.items():
        endpoint = ENDPOINTS[key]
        options: dict[str, Any] = {
            "api_name": key,
            "api_description": endpoint.about(lang),
            "concurrency_limit": endpoint.at_once,
        }
        fn = _endpoint_function(endpoint, answer, work, lang)
        if key == "generate":
            _add_picture(fn, endpoint, options)
        else:
            api(fn, **options)


def _endpoint_function(endpoint: Endpoint, answer: Answering, work: Work, lang: Lang) -> Callable[..., Any]:
    """`answer` as a function whose parameters are the endpoint's, which Gradio reads, and whose errors are worded."""
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request, default=None)
    signature = inspect.Signature([*map(_parameter, endpoint.parameters), request], return_annotation=dict)

    def begin(*values: Any, **named: Any) -> Any:
        bound = signature.bind(*values, **named)
        asker = bound.arguments.pop("request", None)
        visitor = "" if asker is None else visitor_of(asker.request)
        work.meter.admit(visitor, endpoint.cost)
        return answer(endpoint.read(bound.arguments), visitor)

    if endpoint.streams:

        def fn(*values: Any, **named: Any) -> Any:
            with _worded(lang):
                yield from begin(*values, **named)

    else:

        def fn(*values: Any, **named: Any) -> Any:
            with _worded(lang):
                return begin(*values, **named)

    fn.__name__ = endpoint.key
    fn.__doc__ = endpoint.about(lang)
    fn.__annotations__ = {item.name: item.annotation for item in signature.parameters.values()} | {"return": dict}
    fn.__signature__ = signature  # type: ignore[attr-defined]
    return fn


def _parameter(item: Parameter) -> inspect.Parameter:
    """One of ours as Python describes parameters. Those without a default come first in every endpoint."""
    default = inspect.Parameter.empty if item.default is NEEDED else item.default
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(item.name, kind, default=default, annotation=item.annotation)


def _add_picture(fn: Callable[..., Any], endpoint: Endpoint, options: dict[str, Any]) -> None:
    """`gr.api` cannot return a file, so this endpoint hangs on a button that nobody sees."""
    inputs = [Api(item.default, python_type_to_json_schema(item.annotation), item.name) for item in endpoint.parameters]
    image = gr.Image(format="png", image_mode="L", visible=False, label="image")
    gr.Button(visible=False).click(fn, inputs, image, show_progress="hidden", **options)


@contextmanager
def _worded(lang: Lang) -> Iterator[None]:
    """`VisitorError`s become sentences in `lang`; of any other fault the client learns only that there was one."""
    try:
        yield
    except VisitorError as error:
        raise gr.Error(error.text(lang), print_exception=False) from None
    except Exception:
        logger.exception("an endpoint failed")
        raise gr.Error(_OUR_FAULT(lang), print_exception=False) from None
