"""Models, formulas, the catalogue and the page's files over HTTP."""

from __future__ import annotations

import mimetypes
from io import BytesIO
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from aigc_demo import checkpoints
from aigc_demo.data import DIGITS
from aigc_demo.runs import Studio
from aigc_demo.runs.sheets import sheet_png
from aigc_demo.ui.assets import FOLDER, static_path
from tests.runs.conftest import wait_for
from tests.ui.talking import start


class FakeGenerator:
    """Stands where a model would: the first number of z is the colour."""

    latent_size, conditional = 2, True
    class_names = DIGITS

    def render(self, z: Any, labels: Any = None, truncation: float = 1.0, styles: Any = None) -> np.ndarray:
        shade = np.asarray(z, np.float64)[:, 0] * truncation
        return np.broadcast_to(shade[:, None, None], (len(shade), 28, 28)).astype(np.uint8)


def test_rendering(client: httpx.Client, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "generator", lambda name: FakeGenerator())
    answer = client.post("/models/any/render", json={"z": [[7, 0], [9, 0]], "labels": [1, 2], "truncation": 2})
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.content == bytes([14]) * 784 + bytes([18]) * 784
    for z in (None, [], "x", {}, [[0, 0]] * 65):
        assert client.post("/models/any/render", json={"z": z}).status_code == 400


def test_the_sheet_that_ships_with_a_model_is_what_it_draws(client: httpx.Client, studio: Studio) -> None:
    for name in (checkpoints.DEFAULT_MODEL, "tutorial_repaired"):
        sheet = client.get(f"/models/{name}/sheet.png").content
        drawn = Image.open(BytesIO(sheet_png(studio.generator(name))))
        assert drawn.size == (280, 280)
        assert np.abs(np.asarray(Image.open(BytesIO(sheet)), int) - np.asarray(drawn, int)).max() <= 1


def test_rendering_mixtures_of_digits(client: httpx.Client) -> None:
    def render(labels: Any) -> httpx.Response:
        return client.post("/models/fast/render", json={"z": [[0.5] * 64] * 2, "labels": labels})

    pure = np.eye(10)
    assert render(pure[[3, 8]].tolist()).content == render([3, 8]).content
    mixed = render((0.5 * pure[[3, 3]] + 0.5 * pure[[8, 3]]).tolist()).content
    assert (mixed[784:] == render([3, 3]).content[784:], mixed[:784] in render([3, 8]).content) == (True, False)
    for bad in (
        (pure[[3, 8]] * 0.9).tolist(),
        pure[[3]].tolist(),
        pure[[3, 8], :9].tolist(),
        [[None] * 10] * 2,
        [3, 10],
    ):
        answer = render(bad)
        assert (answer.status_code, "adding up to 1" in answer.json()["error"]) == (400, True)


def test_unknown_models(client: httpx.Client) -> None:
    for name in ("nothing", "..", "0" * 20):
        assert client.post(f"/models/{name}/render", json={"z": [[0.0]]}).status_code in (404, 405)
        assert client.get(f"/models/{name}/sheet.png").status_code == 404


def test_the_list_of_models(client: httpx.Client, studio: Studio) -> None:
    begun = start(client)
    run = studio.run(begun["run"])
    wait_for(lambda: run.step > 0)
    models = {model["id"]: model for model in client.get("/models").json()["models"]}
    assert models[run.id]["kind"] == "live"
    assert set(models[run.id]["title"]) == {"zh", "en"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_catalogue(client: httpx.Client, lang: str) -> None:
    words = client.get(f"/catalogue/{lang}.json").json()
    term = words["losses"]["non_saturating"]["terms"][0]
    assert (term["key"], term["player"]) == ("d_real", "d")
    assert term["colour"].startswith("#")
    assert words["losses"]["wgan"]["equilibrium"] == [0.0, None]
    assert words["recipes"]["fast"]["loss"] == "non_saturating"
    things = {"losses", "auxiliaries", "recipes", "datasets", "settings", "generators", "discriminators", "presets"}
    assert set(words) == things | {"exports", "model_exports", "yardsticks", "states", "strings"}
    assert words["settings"]["lr.d"]["live"] and words["recipes"]["fast"]["defaults"]["lr.d"] == 0.003
    assert isinstance(words["presets"]["saturation"]["title"], str)
    assert client.get("/catalogue/fr.json").status_code == 404


def test_explaining_a_loss(client: httpx.Client) -> None:
    answer = client.post("/explain", json={"loss": "non_saturating", "s_real": 0, "s_fake": 0, "lang": "zh"})
    assert answer.json()["generator"][0]["value"] == pytest.approx(np.log(2))
    for bad in ({"loss": "nothing"}, {"loss": 3}, {"loss": "wgan", "s_real": "x", "s_fake": 0}, {}):
        assert client.post("/explain", json=bad).status_code in (400, 404)


def test_scripts_are_served_for_ever_under_their_hash(client: httpx.Client) -> None:
    name = next(path.name for path in FOLDER.glob("*.js"))
    with pytest.MonkeyPatch.context() as patch:  # what a system or a library may have said before
        patch.setitem(mimetypes.types_map, ".js", "text/plain")
        answer = client.get(f"/{static_path()}/{name}")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get(f"/static/0000000000000000/{name}").status_code == 404
