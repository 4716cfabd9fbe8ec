"""NaN in what a visitor's data, a saved state or a request holds: one sentence, and what was good before is kept.

In weights while a run trains: `tests/training/test_trouble.py`; in a checkpoint's weights: `tests/test_checkpoints.py`.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from aigc_demo.data import npz
from aigc_demo.runs.session import NOT_FINITE
from aigc_demo.text import VisitorError
from aigc_demo.ui import application
from tests.loops import in_a_loop
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import fake_studio


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [0, 5, 19])
def test_one_number_among_the_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: float, place: int) -> None:
    monkeypatch.setattr(npz, "CHUNK", 3 * 784 * 4)  # read in pieces, as a large file is
    images = np.zeros((20, 28, 28), np.float32)
    images[place, 14, 14] = bad
    np.savez(tmp_path / "mine.npz", images=images, labels=np.zeros(20, np.int64))
    with pytest.raises(VisitorError, match="contains NaN or infinity; clean it first"):
        npz.NpzSource(tmp_path / "mine.npz")


def test_a_saved_state_with_nan_ends_the_run_that_goes_on_from_it_and_keeps_its_model(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path)
    run, _ = studio.start(plan(seconds=60))
    wait_for(lambda: run.step > 5)
    studio.close()
    folder = tmp_path / "runs" / run.id
    good = (folder / "generator.safetensors").read_bytes()
    state = load_file(folder / "training.safetensors")
    save_file(state | {"sum": np.array(np.nan)}, folder / "training.safetensors")
    later = fake_studio(tmp_path)
    try:
        later.control(run.id, "resume")
        found = later.run(run.id)
        wait_until_over(found)
        assert (found.state, found.error) == ("failed", NOT_FINITE)
        assert np.isfinite(found.rows(1, run.step)).all()
    finally:
        later.close()
    assert (folder / "generator.safetensors").read_bytes() == good


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/models/fast/render", b'{"z": [[NaN]], "labels": [1]}'),
        ("/explain", b'{"loss": "wgan", "s_real": Infinity, "s_fake": 0}'),
        ("/explain", b'{"loss": "wgan", "s_real": 1e999, "s_fake": 0}'),
        ("/runs", b'{"seconds": -NaN}'),
        ("/runs", b'{"settings": {"lr.g": 1e999}}'),
    ],
)
def test_requests_hold_finite_numbers(tmp_path: Path, path: str, body: bytes) -> None:
    studio = fake_studio(tmp_path)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(application.create_api(studio))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.post(path, content=body, headers={"content-type": "application/json"})

    try:
        answer = in_a_loop(ask)
        assert answer.status_code == 400 and answer.json()["error"]
        assert not studio.runs()
    finally:
        studio.close()
