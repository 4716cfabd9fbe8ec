"""Runs over HTTP: start, follow, control, read."""

from __future__ import annotations

import threading
import time
from io import BytesIO

import httpx
import numpy as np
import pytest
from PIL import Image

from aigc_demo.runs import Studio
from tests.runs.conftest import wait_for, wait_until_over
from tests.runs.fake_trainer import FakeTrainer
from tests.ui.talking import events, start


def test_a_run_from_start_to_end_over_http(client: httpx.Client) -> None:
    begun = start(client)
    assert len(begun["token"]) == 32
    url = f"/runs/{begun['run']}"
    with client.stream("GET", f"{url}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["x-accel-buffering"] == "no"
        messages, arrivals = [], []
        for _, message in events(stream.iter_lines()):
            messages.append(message)
            if message["state"] == "training":
                arrivals.append(time.monotonic())
            if len(arrivals) == 25:
                client_two = httpx.post(f"{client.base_url}{url}/stop", json={"token": begun["token"]}, trust_env=False)
                assert client_two.json()["state"] == "stopped"
    assert messages[0]["type"] == "snapshot"
    assert messages[-1]["state"] == "stopped"
    assert messages[-1]["metrics"] == {"digit_fd": 1.5}
    assert 24 / (arrivals[24] - arrivals[0]) >= 8, "at least eight messages a second"


def test_two_followers_see_the_same_and_a_late_one_sees_the_beginning(client: httpx.Client, studio: Studio) -> None:
    begun = start(client)
    seen: list[list[dict]] = [[], []]

    def follow(place: int) -> None:
        with httpx.stream("GET", f"{client.base_url}/runs/{begun['run']}/events", trust_env=False) as stream:
            seen[place].extend(message for _, message in events(stream.iter_lines()))

    threads = [threading.Thread(target=follow, args=(place,)) for place in (0, 1)]
    threads[0].start()
    wait_for(lambda: len(seen[0]) > 5)
    threads[1].start()
    wait_for(lambda: len(seen[1]) > 5)
    client.post(f"/runs/{begun['run']}/stop", json={"token": begun["token"]})
    for thread in threads:
        thread.join(5)
    rows = [curve_of(messages) for messages in seen]
    np.testing.assert_allclose(rows[0], rows[1], rtol=1e-4)
    assert len(rows[0]) == studio.run(begun["run"]).step
    assert seen[0][-1] == seen[1][-1]


def curve_of(messages: list[dict]) -> np.ndarray:
    """The d_total curve as a page would hold it, which must have neither gaps nor repetitions."""
    place = messages[0]["keys"].index("d_total")
    curve = list(messages[0]["curves"]["min"]["d_total"])
    for message in messages[1:]:
        if message.get("rows"):
            assert message["first"] == len(curve) + 1
            curve += [row[place] for row in message["rows"]]
    return np.array(curve)


def test_a_reconnecting_page_gets_what_it_missed(client: httpx.Client, studio: Studio) -> None:
    begun = start(client)
    url = f"/runs/{begun['run']}"
    with client.stream("GET", f"{url}/events") as stream:
        seen = events(stream.iter_lines())
        # What only keeps a clock going, where the machine is slow, has no number.
        number = next(number for number, message in seen if number is not None and message["step"] > 20)
    client.post(f"{url}/stop", json={"token": begun["token"]})
    wait_until_over(studio.run(begun["run"]))
    with client.stream("GET", f"{url}/events", headers={"Last-Event-ID": str(number)}) as stream:
        rest = list(events(stream.iter_lines()))
    assert rest[0][0] == number + 1
    assert all(later["type"] != "snapshot" for _, later in rest)
    again = client.get(f"{url}/events", headers={"Last-Event-ID": str(rest[-1][0])})
    assert again.status_code == 204, "nothing more will come: the browser stops asking"
    for nonsense in ("1", "-3", "abc", "9" * 30):
        with client.stream("GET", f"{url}/events", headers={"Last-Event-ID": nonsense}) as stream:
            assert next(events(stream.iter_lines()))[1]["type"] == "snapshot"


def test_a_slow_step_does_not_silence_the_stream(
    client: httpx.Client, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = start(client)
    run = studio.run(begun["run"])
    wait_for(lambda: run.step > 5)
    monkeypatch.setattr(FakeTrainer, "step_seconds", 0.04)  # a call of many steps now lasts long
    with client.stream("GET", f"/runs/{begun['run']}/events") as stream:
        arrivals = [time.monotonic() for _, (_, message) in zip(range(12), events(stream.iter_lines()), strict=False)]
    assert np.max(np.diff(arrivals[1:])) < 0.5


def test_pause_step_resume_over_http(client: httpx.Client) -> None:
    begun = start(client)
    url, token = f"/runs/{begun['run']}", {"token": begun["token"]}
    paused = client.post(f"{url}/pause", json=token).json()
    assert paused["state"] == "paused"
    assert client.post(f"{url}/step", json=token).json() == {"state": "paused", "step": paused["step"] + 1}
    assert client.post(f"{url}/resume", json=token).json()["state"] in ("queued", "training")
    assert client.post(f"{url}/extend", json=token | {"seconds": 5}).status_code == 200


def test_exact_figures_by_range(client: httpx.Client, studio: Studio) -> None:
    begun = start(client)
    run = studio.run(begun["run"])
    wait_for(lambda: run.step > 30)
    answer = client.get(f"/runs/{run.id}/metrics", params={"from": 3, "to": 7}).json()
    assert answer["first"] == 3
    np.testing.assert_array_equal(np.array(answer["rows"], np.float32), run.rows(3, 7))
    assert answer["keys"][-1] == "grad_norm_g"
    assert client.get(f"/runs/{run.id}/metrics", params={"from": "x"}).status_code == 400
    assert client.get(f"/runs/{run.id}/metrics", params={"from": 999999}).json()["rows"] == []


def test_frames_are_listed_and_sent(client: httpx.Client, studio: Studio) -> None:
    begun = start(client)
    run = studio.run(begun["run"])
    wait_for(lambda: len(run.frames) > 1)
    listed = client.get(f"/runs/{run.id}/frames").json()["frames"]
    assert listed[0] == {"index": 0, "step": 0}
    answer = client.get(f"/runs/{run.id}/frames/{listed[-1]['index']}.png")
    assert Image.open(BytesIO(answer.content)).size == (280, 168)
    assert "immutable" in answer.headers["cache-control"]
    for name in ("99999", "-1", "x", "9" * 40):
        assert client.get(f"/runs/{run.id}/frames/{name}.png").status_code == 404


def test_one_player_steps_alone_over_http(client: httpx.Client) -> None:
    begun = start(client)
    url, token = f"/runs/{begun['run']}", {"token": begun["token"]}
    assert client.post(f"{url}/step", json=token | {"who": "d"}).status_code == 409, "it is not paused"
    step = client.post(f"{url}/pause", json=token).json()["step"]
    assert client.post(f"{url}/step", json=token | {"who": "d"}).json()["step"] == step + 1
    for who in ("nobody", 7, ["d"]):
        assert client.post(f"{url}/step", json=token | {"who": who}).status_code == 400


def test_settings_change_over_http(client: httpx.Client, studio: Studio) -> None:
    begun = start(client, settings={"lr.d": 0.002}, weights={"g_recon_x": 0.5})
    url, token = f"/runs/{begun['run']}", {"token": begun["token"], "lang": "en"}
    run = studio.run(begun["run"])
    assert run.plan.weights["g_recon_x"] == 0.5
    answer = client.post(f"{url}/change", json=token | {"settings": {"lr.d": 0.001}}).json()
    assert answer["values"]["lr.d"] == 0.001
    answer = client.post(f"{url}/change", json=token | {"loss": "minimax"}).json()
    assert answer["loss"] == "minimax"
    refused = client.post(f"{url}/change", json=token | {"settings": {"batch_size": 64}})
    assert refused.status_code == 400
    assert "new run" in refused.json()["error"]
    for settings in ([], "lr", {"lr.d": None}, {"lr.d": 1e308}, {"x" * 500: 1}):
        answer = client.post(f"{url}/change", json=token | {"settings": settings})
        assert answer.status_code == 400 and len(answer.json()["error"]) < 900, settings
    assert [change.key for change in run.folder.record.changes] == ["lr.d", "loss"]


def test_again_and_paused_over_http(client: httpx.Client, studio: Studio) -> None:
    begun = start(client, seed=11, paused=True)
    run = studio.run(begun["run"])
    wait_for(lambda: run.state == "paused")
    assert run.step == 0
    again = client.post(f"/runs/{run.id}/again", json={}).json()
    assert again["run"] != run.id
    assert studio.run(again["run"]).plan == run.plan
    assert client.post("/runs/" + "0" * 20 + "/again", json={}).status_code == 404


def test_runs_are_listed_to_those_who_may_know_of_them(client: httpx.Client, studio: Studio) -> None:
    begun = start(client, seed=12)
    mine = next(line for line in client.get("/runs").json()["runs"] if line["run"] == begun["run"])
    assert (mine["seed"], mine["recipe"], mine["title"]["en"]) == (12, "fast", mine["title"]["en"])
    studio.owner_is_everyone = False
    assert client.get("/runs").json()["runs"] == []
    named = client.get("/runs", params={"runs": f"{begun['run']},nonsense"}).json()["runs"]
    assert [line["run"] for line in named] == [begun["run"]]
