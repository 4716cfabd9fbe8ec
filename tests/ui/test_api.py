"""The API as its users meet it: gradio_client against a real server, mounted as the page is."""

from __future__ import annotations

import contextlib
import io
import logging
import math
import re
import subprocess
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
import pytest
from fastapi import FastAPI
from gradio_client import Client
from gradio_client.exceptions import AppError
from PIL import Image

from aigc_demo import checkpoints
from aigc_demo.latent import draw
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.recipes import RECIPES, make_plan
from aigc_demo.runs import Studio
from aigc_demo.runs.grid import fixed_grid
from aigc_demo.text import LANGUAGES, Refused, Text
from aigc_demo.ui import api
from aigc_demo.ui.endpoints import ENDPOINTS, NEEDED, Endpoint, Meter, Work, work
from tests import models, tiny
from tests.loops import in_a_loop
from tests.served import on_a_socket


def shortened(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, which takes a tenth of a second of training for enough."""
    return replace(
        endpoint,
        parameters=tuple(replace(item, least=0.1) if item.name == "seconds" else item for item in endpoint.parameters),
    )


GLYPHS = [tiny.dataset(12).images[place].tolist() for place in range(4)]
TRAIN = {"recipe": "tiny", "loss": None, "dataset": "digits5k", "seconds": 0.5, "seed": 3}


@pytest.fixture(scope="module")
def studio(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio with two finished models, `ours` and the unconditional `plain`, where half a second is a long run."""
    home = tmp_path_factory.mktemp("api")
    with models.tiny_recipe(), pytest.MonkeyPatch.context() as patch:
        for key in ("train", "finetune"):
            patch.setitem(ENDPOINTS, key, shortened(ENDPOINTS[key]))
        patch.setenv("GRADIO_TEMP_DIR", str(home / "gradio"))
        patch.setenv("AIGC_DEMO_HOME", str(home))
        patch.setattr("aigc_demo.checkpoints.finding.SHIPPED", home / "shipped")
        models.save(home / "shipped" / "ours")
        models.save(home / "shipped" / "fast", seed=1)  # the examples' model and recipe
        patch.setitem(RECIPES, "fast", RECIPES["tiny"])
        patch.setattr("gradio_client.client.send_telemetry", lambda **_: None)  # no switch of the client's stops it
        weights = [models.weights(build("tutorial_4_3")) for build in (build_generator, build_discriminator)]
        facts = {"step": 0, "seconds": 0}
        checkpoints.write(home / "shipped" / "plain", make_plan("tutorial_4_3"), *weights, facts)
        studio = Studio(home, warm=False)
        yield studio
        studio.close()


async def mounted(desk: Work) -> FastAPI:
    app = FastAPI()
    for lang in LANGUAGES:
        with gr.Blocks(analytics_enabled=False) as page:
            api.register(desk, lang)
        app = gr.mount_gradio_app(app, page, path=f"/{lang}", run_history=False, ssr_mode=False, footer_links=[])
    return app


@pytest.fixture(scope="module")
def desk(studio: Studio) -> Work:
    return Work(studio, Meter(0, 0))


@pytest.fixture(scope="module")
def address(desk: Work) -> Iterator[str]:
    """The server's address, with the endpoints in English under /en/ and in Chinese under /zh/."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gradio's and uvicorn's own
        with on_a_socket(in_a_loop(lambda: mounted(desk))) as address:
            yield address


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(f"{address}/en/", verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def updates(client: Client) -> list[dict[str, Any]]:
    """All that /train says of one run."""
    return list(client.submit(**TRAIN, api_name="/train"))


def refusal(client: Client, api_name: str, *arguments: Any, **named: Any) -> str:
    with pytest.raises(AppError) as caught:
        client.predict(*arguments, api_name=api_name, **named)
    return str(caught.value)


def pixels(path: str) -> np.ndarray:
    with Image.open(path) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "L", (28, 28))
        return np.asarray(image)


# ---- what is said of them ----


def test_these_endpoints_and_no_others_are_offered(client: Client) -> None:
    offered = client.view_api(return_format="dict")["named_endpoints"]
    assert [key.lstrip("/") for key in offered] == list(ENDPOINTS)
    for key, endpoint in ENDPOINTS.items():
        shown = offered[f"/{key}"]
        assert [item["parameter_name"] for item in shown["parameters"]] == [item.name for item in endpoint.parameters]
        assert shown["description"] == endpoint.about.en
        for item, told in zip(endpoint.parameters, shown["parameters"], strict=True):
            assert told["parameter_has_default"] == (item.default is not NEEDED)
            assert item.default is NEEDED or told["parameter_default"] == item.default
    assert set(offered) == {"/train", "/finetune", "/generate", "/evaluate", "/explain"}
    names = {key: [item["parameter_name"] for item in value["parameters"]] for key, value in offered.items()}
    assert names["/train"] == ["recipe", "loss", "dataset", "seconds", "seed"]
    assert names["/generate"] == ["model", "label", "z", "seed", "truncation", "label_b", "mix"]
    assert names["/finetune"] == ["images", "name", "model", "seconds", "seed", "keep"]
    assert names["/explain"] == ["loss", "s_real", "s_fake"]


RANGES = [
    (key, item.name)
    for key, endpoint in ENDPOINTS.items()
    for item in endpoint.parameters
    if item.most is not None and item.kind != "images"
]


@pytest.mark.parametrize(("key", "name"), RANGES)
def test_the_ranges_that_are_shown_are_those_that_are_held(client: Client, key: str, name: str) -> None:
    parameters = {item.name: item for item in ENDPOINTS[key].parameters}
    item = parameters[name]
    assert item.least is not None and item.most is not None
    valid = {"images": GLYPHS, "name": "x", "model": "ours", "recipe": "tiny"}
    given = {other: value for other, value in valid.items() if other in parameters}
    for beyond in (item.least - 1, item.most + 1, "x"):
        said = refusal(client, f"/{key}", **given | {name: beyond})
        assert item.what.en in said and f"and {item.most:,.0f}" in said


def run_python(code: str) -> str:
    """What the example prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "example", "exec"), {})
    return printed.getvalue()


def run_curl(code: str) -> str:
    result = subprocess.run(["bash", "-ec", code], capture_output=True, text=True, check=True, timeout=240)
    return result.stdout


def shortened_code(code: str) -> str:
    """The example, which trains for half a second instead of five."""
    for long, short in (
        ("seconds=5", "seconds=0.5"),
        ('"digits5k", 5,', '"digits5k", 0.5,'),
        ('"fast", 5,', '"fast", 0.5,'),
    ):
        code = code.replace(long, short)
    return code


SHOWN = {
    "train": (
        r"training \d+ [\d.]+[\s\S]*finished[\s\S]*\d [0-9a-f]{20}\n$",
        r'event: complete\n.*"state": "finished"',
    ),
    "finetune": (r"\b\w+ 0\n[\s\S]*finished \d+\n$", r'event: complete\n.*"added": \{"\\u25c6"'),
    "generate": (r"\n\S+image\.png \S+image\.png\n$", r'event: complete\n.*"url": "http://127'),
    "evaluate": (r"\n[\d.]+ real digits: [\d.]+\n$", r'event: complete\n.*"n": 200'),
    "explain": (r"\nd_real 0\.5 -1\.0 [\s\S]*g_adversarial 1\.0 -1\.0 ", r'event: complete\n.*"generator": \['),
}


@pytest.mark.parametrize("key", ENDPOINTS)
def test_every_example_runs_as_it_is_shown(address: str, key: str) -> None:
    example = ENDPOINTS[key].example.at(f"{address}/en/")
    python, curl = shortened_code(example.python), shortened_code(example.curl)
    assert (python != example.python) == (curl != example.curl) == ENDPOINTS[key].streams
    for shown, printed in zip(SHOWN[key], (run_python(python), run_curl(curl)), strict=True):
        assert re.search(shown, printed), printed[-600:]


# ---- finetune ----


@pytest.fixture(scope="module")
def taught(client: Client) -> list[dict[str, Any]]:
    """All that /finetune says of teaching `ours` an eleventh class."""
    return list(client.submit(GLYPHS, "ʘ", "ours", 0.5, api_name="/finetune"))


def test_a_new_class_is_taught_and_can_be_asked_for(
    taught: list[dict[str, Any]], client: Client, studio: Studio
) -> None:
    last = taught[-1]
    assert last["state"] == "finished" and last["step"] > 0 and taught[0]["token"]
    assert last["metrics"]["label_accuracy_before"] is not None and set(last["metrics"]["added"]) == {"ʘ"}
    assert 0.0 <= last["metrics"]["added"]["ʘ"] <= 1.0
    model = studio.generator(last["checkpoint"])
    assert model.class_names == (*"0123456789", "ʘ") and model.classes == 11
    eleventh = pixels(client.predict(last["checkpoint"], 10, None, 5, api_name="/generate"))
    np.testing.assert_array_equal(eleventh, model.render(draw(5, 1, model.latent_size), np.array([10]))[0])


def test_it_begins_with_the_model(taught: list[dict[str, Any]], studio: Studio) -> None:
    run = studio.run(taught[-1]["run"])
    base, first = studio.generator("ours"), run.frames.get(0)
    assert run.plan.base == "ours" and first is not None
    shown = np.asarray(Image.open(io.BytesIO(first.png)).convert("L"), np.int64)
    grid = fixed_grid(run.plan.seed, base.latent_size, 11)
    known = grid.labels < 10
    drawn = base.render(grid.z[known], grid.labels[known]).reshape(6, 10, 28, 28)
    assert shown.shape == (6 * 28, 11 * 28)
    parts = shown.reshape(6, 28, 11, 28).transpose(0, 2, 1, 3)[:, :10]
    assert np.abs(parts - drawn.astype(np.int64)).max() <= 9  # of 255: frames have 16 greys


@pytest.mark.parametrize(
    ("images", "name"),
    [
        ([], "x"),
        (GLYPHS[:1], "x"),
        ([GLYPHS[0]] * 3, "x"),
        ("no list", "x"),
        ([[[1.5] * 28] * 28, GLYPHS[0]], "x"),
        ([[[999] * 28] * 28, GLYPHS[0]], "x"),
        ([GLYPHS[0], [[1]]], "x"),
        (GLYPHS, ""),
        (GLYPHS, "x" * 21),
        (GLYPHS, "a\nb"),
    ],
    ids=str,
)
def test_images_that_teach_nothing_are_refused(client: Client, images: Any, name: str) -> None:
    assert "must be" in refusal(client, "/finetune", images, name, "ours", 0.5)


def test_a_model_that_is_not_there_cannot_be_taught(client: Client) -> None:
    assert "nobody" in refusal(client, "/finetune", GLYPHS, "x", "nobody", 0.5)


# ---- train ----


def test_training_streams_its_state(updates: list[dict[str, Any]], studio: Studio) -> None:
    for update in updates:
        assert {"run", "state", "step", "seconds", "terms"} <= set(update)
    assert len({update["run"] for update in updates}) == 1
    steps = [update["step"] for update in updates]
    assert steps == sorted(steps)
    assert len(set(steps)) > 3
    assert {"training", "finished"} <= {update["state"] for update in updates}
    run = studio.run(updates[0]["run"])
    for update in updates:
        if update["step"]:
            exact = dict(zip(run.keys, run.rows(update["step"], update["step"])[0].tolist(), strict=True))
            assert update["terms"] == exact
    assert {"d_real", "g_adversarial", "d_total", "g_total", "score_real"} <= set(updates[-1]["terms"])


def test_the_last_update_has_metrics_and_a_checkpoint(updates: list[dict[str, Any]], client: Client) -> None:
    last = updates[-1]
    assert (last["state"], last["checkpoint"]) == ("finished", last["run"])
    assert last["seconds"] >= 0.5
    assert last["metrics"]["n"] == 1000
    assert all("metrics" not in update for update in updates[:-1])
    assert pixels(client.predict(model=last["checkpoint"], label=1, api_name="/generate")).std() > 0


def test_only_the_first_update_has_the_token(updates: list[dict[str, Any]], studio: Studio) -> None:
    run = studio.run(updates[0]["run"])
    assert run.folder.record.is_owned_with(updates[0]["token"])
    assert not any("token" in update for update in updates[1:])


def test_runs_are_counted_for_the_visitor_who_starts_them(
    client: Client, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(plan: object, visitor: str) -> None:
        asked.append(visitor)
        raise Refused(Text("太多了。", "Too many."))

    monkeypatch.setattr(studio, "start", refuse)
    assert refusal(client, "/train", **TRAIN) == "Too many."
    assert asked == ["127.0.0.1"]


def test_a_client_that_leaves_does_not_stop_its_run(client: Client, studio: Studio) -> None:
    job = client.submit(**{**TRAIN, "seconds": 1.0}, api_name="/train")
    run = studio.run(next(iter(job))["run"])
    job.cancel()
    assert run.wait_until(lambda: run.is_over, 60)
    assert (run.state, run.seconds >= 1.0) == ("finished", True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"recipe": "cake"}, "no recipe called “cake”"),
        ({"recipe": 7}, "recipe must be a name"),
        ({"recipe": None}, "recipe must be a name"),
        ({"loss": "weight"}, "no loss called “weight”"),
        ({"loss": ["hinge"]}, "loss must be a name"),
        ({"dataset": "/etc/passwd"}, "no dataset called"),
        ({"dataset": "secret.npz"}, "no dataset called"),
        ({"dataset": {}}, "dataset must be a name"),
        ({"seconds": 601}, "training time"),
        ({"seconds": 0}, "training time"),
        ({"seconds": "long"}, "training time"),
        ({"seconds": None}, "training time"),
        ({"seconds": [5]}, "training time"),
        ({"seed": -1}, "seed"),
        ({"seed": 0.5}, "seed"),
        ({"seed": 2**31}, "seed"),
        ({"seed": True}, "seed"),
    ],
    ids=str,
)
def test_training_refuses_what_it_cannot_do(client: Client, studio: Studio, wrong: dict[str, Any], said: str) -> None:
    before = len(studio.runs())
    assert said in refusal(client, "/train", **{**TRAIN, **wrong})
    assert len(studio.runs()) == before


# ---- generate ----


@pytest.fixture(scope="module")
def ours(studio: Studio) -> checkpoints.Generator:
    return studio.generator("ours")


def test_a_digit_is_a_lossless_picture(client: Client, ours: checkpoints.Generator) -> None:
    drawn = pixels(client.predict(model="ours", label=3, z=None, seed=5, truncation=0.7, api_name="/generate"))
    np.testing.assert_array_equal(drawn, ours.render(draw(5, 1, tiny.LATENT_SIZE), [3], 0.7)[0])


def test_z_wins_over_the_seed(client: Client, ours: checkpoints.Generator) -> None:
    z = [0.5, -1.25, 2]
    drawn = pixels(client.predict(model="ours", label=9, z=z, seed=5, api_name="/generate"))
    np.testing.assert_array_equal(drawn, ours.render([z], [9])[0])


def test_without_a_label_the_seed_chooses(client: Client, ours: checkpoints.Generator) -> None:
    for seed in (4, 17):
        drawn = pixels(client.predict(model="ours", seed=seed, api_name="/generate"))
        np.testing.assert_array_equal(drawn, ours.render(draw(seed, 1, tiny.LATENT_SIZE), [seed % 10])[0])


def test_two_digits_may_be_mixed(client: Client, ours: checkpoints.Generator) -> None:
    z = [0.5, -1.25, 2]
    drawn = pixels(client.predict(model="ours", label=3, z=z, label_b=8, mix=0.25, api_name="/generate"))
    shares = 0.75 * np.eye(10)[[3]] + 0.25 * np.eye(10)[[8]]
    np.testing.assert_array_equal(drawn, ours.render([z], shares)[0])
    for mix, digit in ((0, 3), (1, 8)):
        drawn = pixels(client.predict(model="ours", label=3, z=z, label_b=8, mix=mix, api_name="/generate"))
        np.testing.assert_array_equal(drawn, ours.render([z], [digit])[0])


def test_an_unconditional_model_takes_no_label(client: Client, studio: Studio) -> None:
    drawn = pixels(client.predict(model="plain", seed=1, api_name="/generate"))
    np.testing.assert_array_equal(drawn, studio.generator("plain").render(draw(1, 1, 100))[0])
    assert "unconditional" in refusal(client, "/generate", model="plain", label=3)
    assert "label must be null" in refusal(client, "/generate", model="plain", label=3, label_b=4, mix=0.5)
    assert "both label and label_b" in refusal(client, "/generate", model="plain", label_b=4, mix=0.5)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"model": "nope"}, "no model called “nope”"),
        ({"model": "../ours"}, "no model called"),
        ({"model": "/etc"}, "no model called"),
        ({"model": ""}, "no model called"),
        ({"model": "features"}, "no model called"),
        ({"model": None}, "model must be a name"),
        ({"model": {"path": "/etc/passwd"}}, "model must be a name"),
        ({"label": 10}, "label"),
        ({"label": -1}, "label"),
        ({"label": 2.5}, "label"),
        ({"label": "three"}, "label"),
        ({"label": [3]}, "label"),
        ({"label": True}, "label"),
        ({"label_b": 10, "mix": 0.5}, "label_b"),
        ({"label_b": "four", "mix": 0.5}, "label_b"),
        ({"label_b": 4, "mix": -0.1}, "mix"),
        ({"label_b": 4, "mix": 1.1}, "mix"),
        ({"label_b": 4, "mix": None}, "mix"),
        ({"label_b": 4, "mix": "half"}, "mix"),
        ({"mix": 0.5}, "both label and label_b"),
        ({"label": None, "label_b": 4}, "both label and label_b"),
        ({"z": []}, "3 numbers"),
        ({"z": [1, 2]}, "3 numbers"),
        ({"z": "123"}, "3 numbers"),
        ({"z": {"0": 1}}, "3 numbers"),
        ({"z": [[1], [2], [3]]}, "3 numbers"),
        ({"z": [1, 2, "3"]}, "3 numbers"),
        ({"z": [1, 2, None]}, "3 numbers"),
        ({"z": [1e308, 0, 0]}, "3 numbers"),
        ({"z": [0, 0, 101]}, "3 numbers"),
        ({"seed": -1}, "seed"),
        ({"seed": "x"}, "seed"),
        ({"seed": None}, "seed"),
        ({"truncation": 2.1}, "truncation"),
        ({"truncation": -1}, "truncation"),
        ({"truncation": "big"}, "truncation"),
    ],
    ids=str,
)
def test_generating_refuses_what_it_cannot_do(client: Client, wrong: dict[str, Any], said: str) -> None:
    assert said in refusal(client, "/generate", **{"model": "ours", "label": 1, **wrong})


# ---- evaluate and explain ----


def test_a_model_is_measured(client: Client, ours: checkpoints.Generator) -> None:
    labels = np.arange(60) % 10
    expected = evaluate_images(ours.render(draw(2, 60, tiny.LATENT_SIZE), labels), labels, 2)
    assert client.predict("ours", 60, 2, api_name="/evaluate") == pytest.approx(expected)
    assert client.predict("plain", 10, 0, api_name="/evaluate")["label_accuracy"] is None


@pytest.mark.parametrize("wrong", [{"n": 0}, {"n": 2001}, {"n": "all"}, {"n": 1.5}, {"model": "nope"}, {"seed": -1}])
def test_measuring_refuses_what_it_cannot_do(client: Client, wrong: dict[str, Any]) -> None:
    assert refusal(client, "/evaluate", **{"model": "ours", "n": 20, **wrong})


def test_a_loss_is_explained(client: Client) -> None:
    told = client.predict("non_saturating", 0.5, -1.0, api_name="/explain")
    real, fake = told["discriminator"]
    assert real["value"] == pytest.approx(math.log1p(math.exp(-0.5)))
    assert fake["slope"] == pytest.approx(1 / (1 + math.exp(1.0)))
    assert told["generator"][0]["value"] == pytest.approx(math.log1p(math.exp(1.0)))
    assert {"key", "latex", "meaning", "value", "slope", "weight"} <= set(real)
    (pair,) = client.predict("r3gan", 1.0, -1.0, api_name="/explain")["discriminator"]  # its penalties need D itself
    assert pair["value"] == pytest.approx(0.1269, abs=5e-5)
    assert pair["slopes"] == pytest.approx({"real": -0.1192, "fake": 0.1192}, abs=5e-5)


@pytest.mark.parametrize("wrong", [("zz", 0, 0), ("hinge", "a", 0), ("hinge", 0, None), ("hinge", 1e9, 0), (3, 0, 0)])
def test_explaining_refuses_what_it_cannot_do(client: Client, wrong: tuple[Any, ...]) -> None:
    assert refusal(client, "/explain", *wrong)


# ---- both languages, and nothing else ----


def test_sentences_come_in_the_language_of_the_page(address: str) -> None:
    client = Client(f"{address}/zh/", verbose=False, analytics_enabled=False)
    assert "没有名为“nope”的模型" in refusal(client, "/generate", model="nope")
    assert "真" in client.predict("non_saturating", 0, 0, api_name="/explain")["discriminator"][0]["meaning"]


def test_a_fault_of_ours_tells_the_client_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/home/somebody/secret")

    monkeypatch.setattr(work, "explain", fail)
    with caplog.at_level(logging.ERROR):
        assert refusal(client, "/explain", "hinge", 0, 0) == "The server made a mistake."
    assert "/home/somebody/secret" in caplog.text


def test_too_many_calls_are_refused_in_the_language_of_the_page(
    address: str, client: Client, desk: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "meter", Meter(ENDPOINTS["explain"].cost, 0))
    client.predict("hinge", 0, 0, api_name="/explain")
    assert "this server allows a visitor 1 a minute" in refusal(client, "/generate", model="ours")
    chinese = Client(f"{address}/zh/", verbose=False, analytics_enabled=False)
    assert "每人每分钟 1 次" in refusal(chinese, "/train", **TRAIN)  # one allowance for both languages
    monkeypatch.setattr(desk, "meter", Meter(0, 1))
    client.predict("hinge", 0, 0, api_name="/explain")
    assert "takes 1 calls a minute from all" in refusal(client, "/explain", "hinge", 0, 0)
