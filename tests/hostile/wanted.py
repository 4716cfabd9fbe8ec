"""What each of our routes that take a body would act on: hostile bodies are made from it, so that they come as far as they can.

A test holds this list against the route table of the very program that is served.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np
from safetensors.numpy import load, save

from aigc_demo.checkpoints.parcel import gather, pack
from aigc_demo.home import SHIPPED
from tests.hostile import corpus
from tests.hostile.requests import JSON_HEADERS, Wish
from tests.hub.fake_models import ADA
from tests.ui.talking import start

POINT = [0.0] * 64
ROUND = {"recipe": "fast", "loss": "wgan_gp", "dataset": "digits5k", "seconds": 5, "seed": 0}
PICTURE = {"image": [[255 if 9 < x < 18 else 0 for x in range(28)] for _ in range(28)]}
BEGIN = {"content-type": "application/octet-stream"}


@dataclass(frozen=True)
class Wanted:
    """Where the route is, and what it takes there: an object, or the bytes of a file.

    A `dear` one would compute for seconds: of its bodies none is ever right, since their first entry is always a text that
    it cannot be.
    """

    path: str
    body: Any = field(default_factory=dict)
    dear: bool = False

    def spoilt(self, count: int, seed: int = 0) -> Iterator[Wish]:
        """`count` bodies that are nearly right."""
        if isinstance(self.body, bytes):
            kind = {"content-type": "application/zip"}
            yield from (Wish("POST", self.path, one, kind) for one in corpus.spoilt_bytes(self.body, count, seed))
            return
        rng = random.Random(f"{self.path}{seed}")
        names = [*self.body]
        for turn in range(count):
            if self.dear:
                spoilt = {
                    names[0]: rng.choice(corpus.TEXTS[2:]),
                    rng.choice(names[1:] or ["lang"]): rng.choice(corpus.VALUES),
                }
                content = json.dumps({**self.body, **spoilt}).encode()
            elif turn % 4 == 3:
                content = rng.choice(corpus.BODIES)
            else:
                content = json.dumps({**self.body, rng.choice(names): rng.choice(corpus.VALUES)}).encode()
            yield Wish("POST", self.path, content, JSON_HEADERS)


@dataclass(frozen=True)
class There:
    """What a server holds that routes can act on."""

    run: str
    token: str
    race: str
    race_token: str
    model: str
    draft: str


def a_model() -> dict[str, bytes]:
    """The files of a model that differs from every shipped one."""
    files = gather(SHIPPED / "fast").files
    weights = {name: np.asarray(value * 0.5) for name, value in load(files["generator.safetensors"]).items()}
    return {**files, "generator.safetensors": save(weights)}


def prepare(client: httpx.Client) -> There:
    """Have the server hold one of each thing: a run that rests, a race, a model of one's own, data on its way."""
    run = start(client, seconds=60, paused=True)
    race = client.post(
        "/races", json={"experiments": [{"recipe": "fast"}, {"recipe": "fast", "loss": "wgan_gp"}], "seconds": 5}
    )
    assert race.status_code == 200, race.text
    stopped = client.post(f"/races/{race.json()['race']}/stop", json={"token": race.json()["token"]})
    assert stopped.status_code == 200, stopped.text
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, file in a_model().items():
            archive.writestr(name, file)
    model = client.post("/models/import", content=content.getvalue(), headers={"content-type": "application/zip"})
    assert model.status_code == 200, model.text
    draft = client.post("/data/drafts", json={"kind": "file", "name": "x.npz"})
    images = io.BytesIO()
    np.savez(images, images=np.zeros((20, 28, 28), np.uint8), labels=np.arange(20) % 10)
    sent = client.post(f"/data/drafts/{draft.json()['draft']}/content", content=images.getvalue(), headers=BEGIN)
    assert sent.status_code == 200, sent.text
    return There(
        run["run"], run["token"], race.json()["race"], race.json()["token"], model.json()["id"], draft.json()["draft"]
    )


def wanted(there: There) -> dict[str, Wanted]:
    """By route, in the order in which they are tried: what waits for the trainer before anything trains, what takes away last."""
    run, model, draft = f"/runs/{there.run}", f"/models/{there.model}", f"/data/drafts/{there.draft}"
    owner = {"token": there.token}
    moments = {"mean": [0.0, 0.0], "covariance": [[1.0, 0.0], [0.0, 1.0]]}
    film = {"keys": [{"z": POINT, "label": 1}, {"z": POINT, "label": 1}], "format": "gif", "truncation": 1.0}
    pull = {"repo": "bob/digits@main", "name": "pulled", "runs": [there.run], "hub_token": ADA, "session": ""}
    push = {"repo": "ada/digits", "private": True, "token": "", "hub_token": ADA, "session": ""}
    return {
        "POST /runs/{run_id}/step": Wanted(f"{run}/step", owner | {"who": "both"}),
        "POST /runs/{run_id}/slow": Wanted(f"{run}/slow", {"phase": "look"} | owner, dear=True),
        "POST /runs/{run_id}/change": Wanted(f"{run}/change", owner | {"settings": {"lr.g": 0.002}, "loss": ""}),
        "POST /plan": Wanted("/plan", ROUND | {"settings": {"lr.g": 0.001}, "weights": {}}),
        "POST /explain": Wanted("/explain", {"loss": "wgan", "s_real": 0.0, "s_fake": 0.0}),
        "POST /search-space": Wanted("/search-space", {"recipe": "fast", "loss": "wgan_gp"}),
        "POST /papers/frechet": Wanted("/papers/frechet", {"first": moments, "second": moments}),
        "POST /networks/maps": Wanted("/networks/maps", {"seed": 0, "model": "fast", "labels": [1]}, dear=True),
        "POST /networks/{study}": Wanted("/networks/stride", {"seed": 0, "model": "fast"}, dear=True),
        "POST /experiments/{key}": Wanted("/experiments/F1", {"seed": 0}, dear=True),
        "POST /models/{model_id}/render": Wanted(
            f"{model}/render", {"z": [POINT], "labels": [1], "truncation": 1.0, "styles": None}
        ),
        "POST /models/{model_id}/animation": Wanted(f"{model}/animation", film | {"progress": True, "styles": None}),
        "POST /models/{model_id}/invert": Wanted(f"{model}/invert", PICTURE | {"label": 1}, dear=True),
        "POST /models/{model_id}/neighbours": Wanted(f"{model}/neighbours", {"z": POINT, "labels": [1], "count": 1}),
        "POST /models/{model_id}/export": Wanted(f"{model}/export", {"format": "html", "labels": []}, dear=True),
        "POST /models/{model_id}/measure": Wanted(f"{model}/measure", {"n": 1000, "token": ""}, dear=True),
        "POST /models/{model_id}/rename": Wanted(f"{model}/rename", {"name": "mine", "token": ""}),
        "POST /models/{model_id}/push": Wanted(f"{model}/push", push),
        "POST /models/import": Wanted("/models/import", b"".join(pack(SHIPPED / "fast"))),
        "POST /hub/pull": Wanted("/hub/pull", pull),
        "POST /hub/sign-in": Wanted("/hub/sign-in", {"lang": "en"}),
        "POST /hub/sign-in/finish": Wanted("/hub/sign-in/finish", {"ticket": "0" * 32, "handed": "?code=a&state=b"}),
        "POST /hub/sign-out": Wanted("/hub/sign-out", {"session": "0" * 32}),
        "POST /datasets/{key}/fetch": Wanted("/datasets/nothing/fetch", {"hub_token": ""}),
        "POST /datasets/{key}/cancel": Wanted("/datasets/kmnist/cancel", {"lang": "en"}),
        "POST /data/drafts": Wanted("/data/drafts", {"kind": "file", "name": "x.zip"}),
        "POST /data/drafts/{draft_id}/preview": Wanted(f"{draft}/preview", {"choices": {"invert": "no", "fit": "ink"}}),
        "POST /data/drafts/{draft_id}/convert": Wanted(f"{draft}/convert", {"choices": {"invert": "no", "fit": "ink"}}),
        "POST /data/drafts/{draft_id}/keep": Wanted(f"{draft}/keep", {"name": "mine", "digits": True}),
        "POST /data/drafts/{draft_id}/pictures": Wanted(f"{draft}/pictures", corpus.png_of(28, 28)),
        "POST /data/drafts/{draft_id}/content": Wanted(
            f"{draft}/content", corpus.zip_of({"a/b.png": corpus.png_of(28, 28)})
        ),
        "POST /datasets/{key}/rename": Wanted(f"/datasets/own:{'0' * 20}/rename", {"name": "x", "token": ""}),
        "POST /runs": Wanted("/runs", ROUND | {"settings": {"lr.g": 0.001}, "weights": {}, "paused": True}),
        "POST /runs/{run_id}/again": Wanted(f"{run}/again", owner),
        "POST /runs/{run_id}/game/round": Wanted(f"{run}/game/round", {"lang": "en"}),
        "POST /runs/{run_id}/game/answer": Wanted(
            f"{run}/game/answer", {"round": "0" * 32, "player": "x", "answers": [True]}
        ),
        "POST /finetune": Wanted(
            "/finetune", {"model": "fast", "dataset": "digits5k", "seconds": 5, "keep": True, "seed": 0}
        ),
        "POST /races": Wanted(
            "/races", {"experiments": [{"recipe": "fast"}, {"recipe": "fast"}], "seconds": 5, "seed": 0}
        ),
        "POST /races/{race_id}/{action}": Wanted(
            f"/races/{there.race}/pause", {"token": there.race_token, "seconds": 5}
        ),
        "POST /studies": Wanted(
            "/studies", {"trials": 1, "study": "x", "steps": 200, "sampler": "tpe"} | ROUND, dear=True
        ),
        "POST /studies/{name}/resume": Wanted("/studies/nothing/resume", {"trials": 1}),
        "POST /studies/{name}/stop": Wanted("/studies/nothing/stop", {"lang": "en"}),
        "POST /storage/pin": Wanted("/storage/pin", {"kind": "run", "id": there.run, "pinned": False}),
        "POST /storage/undo": Wanted("/storage/undo", {"keys": ["0" * 32]}),
        "POST /storage/empty": Wanted("/storage/empty", {"keys": ["0" * 32]}),
        "POST /models/undo": Wanted("/models/undo", {"undo": "0" * 32}),
        "POST /data/drafts/{draft_id}/drop": Wanted(f"{draft}/drop", {"lang": "en"}),
        "POST /runs/{run_id}/{action}": Wanted(f"{run}/stop", owner | {"seconds": 5}),
        "POST /models/{model_id}/delete": Wanted(f"{model}/delete", {"token": ""}),
        "POST /datasets/{key}/delete": Wanted(f"/datasets/own:{'0' * 20}/delete", {"token": ""}),
        "POST /storage/remove": Wanted("/storage/remove", {"kind": "run", "id": there.run}),
        "POST /storage/free": Wanted("/storage/free", {"target": 10**9}),
    }
