"""The endpoints that `gradio_client` and scripts use: /train, /finetune, /generate, /evaluate and /explain.

Gradio reads the annotations of these functions as types, so this module must not postpone their evaluation.
"""

import functools
import inspect
import logging
import math
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
import numpy as np
from gradio.events import api
from PIL import Image

from aigc_demo.checkpoints import DEFAULT_MODEL, MAX_TRUNCATION, Generator
from aigc_demo.data import check_name
from aigc_demo.data.arrays import images_given
from aigc_demo.explain.logits import explain as explain_logits
from aigc_demo.latent import draw
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.networks import CLASSES
from aigc_demo.recipes import DEFAULT_RECIPE, MAX_SECONDS, MAX_SEED, MIN_SECONDS, Plan, make_plan, number, whole_number
from aigc_demo.runs import Run, Studio
from aigc_demo.runs.record import OVER
from aigc_demo.text import Lang, Text, VisitorError
from aigc_demo.ui.security import visitor_of

MAX_EVALUATED = 2000
MAX_FOLLOWERS = 16  # clients that follow /train at once; each takes one of Gradio's threads while it waits

_HALF_A_MIX = Text(
    "混合两个数字需要同时给出 label 和 label_b。", "A mixture of two digits needs both label and label_b."
)

logger = logging.getLogger(__name__)


def register(studio: Studio, lang: Lang) -> None:
    """Add the endpoints to the `gr.Blocks` that is being built; their errors are sentences in `lang`."""

    def train(  # type: ignore[misc]  # annotated with what it yields, as Gradio reads it
        recipe: str = DEFAULT_RECIPE,
        loss: str | None = None,
        dataset: str = "digits5k",
        seconds: float = 20.0,
        seed: int = 0,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Train a GAN and stream its state: dicts with run, state, step, seconds and terms (the newest step's figures).

        The first one has token, with which the run can be controlled; the last one has metrics, and checkpoint: the id
        to give to /generate and /evaluate. Leaving does not stop the run.
        """
        plan = make_plan(
            _name(recipe, Text("配方", "The recipe")),
            None if loss is None else _name(loss, Text("损失", "The loss")),
            _dataset(dataset),
            seed,
            number(seconds, MIN_SECONDS, MAX_SECONDS, Text("训练时长", "The training time")),
        )
        yield from _followed(studio, plan, request, lang)

    def finetune(  # type: ignore[misc]
        images: list,
        name: str = "new",
        model: str = DEFAULT_MODEL,
        seconds: float = 20.0,
        seed: int = 0,
        keep: bool = True,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Teach a trained model a new class from a few images, and stream its state as /train does.

        images: 2 to 200 images as 28 rows of 28 whole numbers, 0 (blank) to 255 (ink); name: what the class is called;
        model: a shipped model or a run's id; keep: rehearse the old digits. The last dict's metrics hold label_accuracy
        beside label_accuracy_before, and in added the share of the new class's images that look like those given.
        """
        given = images_given(images, name)
        length = number(seconds, MIN_SECONDS, MAX_SECONDS, Text("训练时长", "The training time"))
        info = studio.own.store.add(given, token=secrets.token_hex(16))
        studio.own.store.prune(studio.limits.kept_datasets)
        try:
            start = _name(model, Text("模型", "The model"))
            plan = studio.adapt_plan(start, info.key, keep is not False, seed, length, {})
        except VisitorError:
            studio.own.store.delete(info.id)  # nobody will train on it
            raise
        yield from _followed(studio, plan, request, lang)

    def generate(
        model: str = DEFAULT_MODEL,
        label: int | None = None,
        z: list | None = None,
        seed: int = 0,
        truncation: float = 1.0,
        label_b: int | None = None,
        mix: float = 0.0,
    ) -> Image.Image:
        """Draw one digit as a lossless 28x28 greyscale PNG.

        model: a shipped model, or a run's or an imported model's id; label: 0 to 9 (or beyond, of a model that has
        learnt more classes), or null for one that the seed chooses; z: the latent vector, or null for one drawn from
        the seed; truncation: 0 to 2; label_b and mix: another digit, and its share (0 to 1) in a mixture with label.
        """
        start = whole_number(seed, 0, MAX_SEED, Text("随机种子", "The seed"))
        factor = number(truncation, 0.0, MAX_TRUNCATION, Text("截断系数", "The truncation"))
        share = number(mix, 0.0, 1.0, Text("混合的份额", "The mix"))
        generator = studio.generator(_name(model, Text("模型", "The model")))
        last = len(generator.class_names) - 1
        digit = _label(label, last, Text("数字", "The label"))
        other = _label(label_b, last, Text("另一个数字", "label_b"))
        if digit is not None and not generator.conditional:
            raise VisitorError(
                Text("这个模型不按类别生成，label 应为 null。", "This model is unconditional: its label must be null.")
            )
        if (other is not None and digit is None) or (share > 0 and other is None):
            raise VisitorError(_HALF_A_MIX)
        point = draw(start, 1, generator.latent_size) if z is None else _point(z, generator)
        every = np.eye(generator.classes)
        classes = every[[start % (last + 1) if digit is None else digit]]
        if other is not None:
            classes = (1.0 - share) * classes + share * every[[other]]
        return Image.fromarray(generator.render(point, classes, factor)[0], "L")

    def evaluate(model: str = DEFAULT_MODEL, n: int = 1000, seed: int = 0) -> dict[str, Any]:
        """Measure n images (1 to 2,000) of a shipped model, a run or an imported one: digit_fd, kid, recall and more."""
        count = whole_number(n, 1, MAX_EVALUATED, Text("n", "n"))
        start = whole_number(seed, 0, MAX_SEED, Text("随机种子", "The seed"))
        generator = studio.generator(_name(model, Text("模型", "The model")))
        labels = np.arange(count, dtype=np.int64) % CLASSES
        images = generator.render(draw(start, count, generator.latent_size), labels)
        return evaluate_images(images, labels if generator.conditional else None, start, generator.plan.sorts_itself)

    def explain(loss: str = "non_saturating", s_real: float = 0.0, s_fake: float = 0.0) -> dict[str, Any]:
        """Each term of a loss at two logits: its value, its slope, its weight, its LaTeX and what it means."""
        return explain_logits(_name(loss, Text("损失", "The loss")), s_real, s_fake, lang)

    guard = functools.partial(_guarded, lang=lang)
    api(guard(train), api_name="train", concurrency_limit=MAX_FOLLOWERS)
    api(guard(finetune), api_name="finetune", concurrency_limit=MAX_FOLLOWERS)
    api(guard(evaluate), api_name="evaluate", concurrency_limit=1)
    api(guard(explain), api_name="explain", concurrency_limit=4)
    _add_generate(guard(generate))


def _followed(studio: Studio, plan: Plan, request: gr.Request | None, lang: Lang) -> Iterator[dict[str, Any]]:
    """Start a run and `follow` it; the first dict also has its owner's token."""
    asker = None if request is None else request.request
    started = studio.start(plan, "" if asker is None else visitor_of(asker))
    for place, update in enumerate(follow(started.run, lang)):
        yield update if place else update | {"token": started.token}


def follow(run: Run, lang: Lang) -> Iterator[dict[str, Any]]:
    """A dict for each thing that happens to `run`, until it is over and measured."""
    for message in run.follow():
        update = {key: message[key] for key in ("run", "state", "step", "seconds")}
        update["terms"] = _terms_at(run, message["step"])
        if message.get("error"):
            update["error"] = message["error"][lang]
        if message["state"] in OVER and message.get("measuring") is False:
            update |= {"metrics": message["metrics"], "checkpoint": message["checkpoint"]}
        yield update


def _terms_at(run: Run, step: int) -> dict[str, float | None]:
    """The exact figures of one step by key; none at step 0, and None for what is no finite number."""
    if step < 1 or not len(rows := run.rows(step, step)):
        return {}
    return {key: value if math.isfinite(value) else None for key, value in zip(run.keys, rows[0].tolist(), strict=True)}


def _add_generate(fn: Callable[..., Any]) -> None:
    """`gr.api` cannot return a file, so this endpoint hangs on a button that nobody sees."""
    from gradio.components.api_component import Api
    from gradio_client.utils import python_type_to_json_schema

    inputs = [
        Api(parameter.default, python_type_to_json_schema(parameter.annotation), name)
        for name, parameter in inspect.signature(fn).parameters.items()
    ]
    image = gr.Image(format="png", image_mode="L", visible=False, label="image")
    gr.Button(visible=False).click(fn, inputs, image, api_name="generate", show_progress="hidden", concurrency_limit=4)


def _guarded(fn: Callable[..., Any], lang: Lang) -> Callable[..., Any]:
    """`fn` (a function or a generator function, its signature kept) with its errors worded for a client."""
    if inspect.isgeneratorfunction(fn):

        @functools.wraps(fn)
        def guarded(*arguments: Any, **named: Any) -> Any:
            with _worded(lang):
                yield from fn(*arguments, **named)

    else:

        @functools.wraps(fn)
        def guarded(*arguments: Any, **named: Any) -> Any:
            with _worded(lang):
                return fn(*arguments, **named)

    return guarded


@contextmanager
def _worded(lang: Lang) -> Iterator[None]:
    """`VisitorError`s become sentences in `lang`; of any other fault the client learns only that there was one."""
    try:
        yield
    except VisitorError as error:
        raise gr.Error(error.text(lang), print_exception=False) from None
    except Exception:
        logger.exception("an endpoint failed")
        raise gr.Error(Text("服务器出错了。", "The server made a mistake.")(lang), print_exception=False) from None


def _name(value: object, what: Text) -> str:
    if isinstance(value, str):
        return value
    raise VisitorError(Text(f"{what.zh}应为一个名称。", f"{what.en} must be a name."))


def _label(value: object, last: int, what: Text) -> int | None:
    return None if value is None else whole_number(value, 0, last, what)


def _dataset(value: object) -> str:
    """A dataset of the catalogue, or a visitor's own: the server's own files are not a client's to name."""
    return check_name(value if isinstance(value, str) else str(value))


def _point(z: object, generator: Generator) -> list[list[Any]]:
    """z as the one row that `render` takes, which checks its numbers."""
    if not isinstance(z, list) or len(z) != generator.latent_size:
        raise VisitorError(
            Text(f"z 应为 {generator.latent_size} 个数。", f"z must be {generator.latent_size} numbers.")
        )
    return [z]
