"""The run as a moving picture: every frame in its place, for its time, in both formats, and never too large."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from aigc_demo.exports import animation as module
from aigc_demo.exports.animation import REST, STRIP, animation, durations, thinned
from aigc_demo.latent.pictures import png
from aigc_demo.runs.frames import Frame
from aigc_demo.text import Refused, VisitorError


def _frames(count: int) -> list[Frame]:
    greys = np.linspace(0, 255, count).astype(np.uint8)
    return [Frame(place, place * 5, png(np.full((168, 280), grey, np.uint8))) for place, grey in enumerate(greys)]


def _opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_every_frame_is_shown_in_its_order_and_for_its_time(kind: module.Kind) -> None:
    frames = _frames(6)
    with _opened(animation(frames, [0.5 * place for place in range(6)], kind)) as picture:
        assert (picture.format, picture.size) == (kind, (560, 336 + STRIP))
        assert picture.n_frames == 6
        assert picture.info["loop"] == 0  # for ever
        greys, times = [], []
        for place in range(6):
            picture.seek(place)
            picture.load()
            greys.append(int(np.asarray(picture.convert("L"))[100, 100]))
            times.append(int(picture.info["duration"]))
    assert greys == pytest.approx(np.linspace(0, 255, 6), abs=9)  # sixteen greys
    assert times == durations(6, 1.0)


def test_the_strip_tells_the_step_and_how_far_it_is() -> None:
    with _opened(animation(_frames(3), [0.0, 1.0, 2.0], "WEBP")) as picture:
        strips = []
        for place in range(3):
            picture.seek(place)
            strips.append(np.asarray(picture.convert("L"))[336:])
    filled = [(strip[1] > 100).mean() for strip in strips]
    assert filled == pytest.approx([0.0, 0.5, 1.0], abs=0.01)
    assert not np.array_equal(strips[1][6:], strips[2][6:])


def test_speed_divides_the_time_but_the_end_stays_to_be_looked_at() -> None:
    slow, usual, fast = (durations(50, speed) for speed in (0.5, 1.0, 4.0))
    assert slow[0] == 2 * usual[0] == 400
    assert fast[0] == usual[0] // 4
    assert slow[-1] == usual[-1] == fast[-1] == REST
    assert all(time % 10 == 0 and time >= 20 for time in durations(240, 10.0))


@pytest.mark.parametrize("speed", ["", "fast", 0, 11, float("nan"), None, [1]])
def test_what_is_no_speed_is_refused(speed: object) -> None:
    with pytest.raises(VisitorError):
        animation(_frames(2), [0.0, 1.0], "GIF", speed)


def test_without_frames_there_is_nothing_to_animate() -> None:
    with pytest.raises(Refused):
        animation([], [], "GIF")


def test_a_large_animation_loses_every_second_frame_but_never_its_last(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(0)
    pictures = [noise.integers(0, 256, (168, 280), dtype=np.uint8) for _ in range(8)]
    frames = [Frame(place, place, png(pixels)) for place, pixels in enumerate(pictures)]
    whole = len(animation(frames, [0.0] * 8, "GIF"))
    monkeypatch.setattr(module, "MOST_BYTES", whole - 1)
    with _opened(animation(frames, [0.0] * 8, "GIF")) as picture:
        assert picture.n_frames == 5  # 0, 2, 4, 6 and the last
        picture.seek(4)
        last = np.asarray(picture.convert("L"))[:336:2, ::2]
    np.testing.assert_allclose(last, pictures[-1], atol=9)


def test_thinning_keeps_both_ends() -> None:
    frames = _frames(100)
    kept = thinned(frames, 7)
    assert len(kept) == 7
    assert (kept[0], kept[-1]) == (frames[0], frames[-1])
    assert thinned(frames, 100) == frames
