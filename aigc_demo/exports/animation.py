"""The run as a moving picture: its sample grids in their order, each with its step, the time and how far it is."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from aigc_demo.latent.animation import Kind, encode
from aigc_demo.recipes import number
from aigc_demo.runs.frames import CAPACITY, Frame
from aigc_demo.text import Refused, Text

SCALE = 2  # a pixel becomes a square of so many
STRIP = 34  # rows below the grid, for the step
MARGIN = 8
GREYS = 16  # of a GIF, which is what the frames are stored in
LASTS = 10.0  # seconds, at speed 1 and where the frames are neither few nor many
SHORTEST, LONGEST = 40, 250  # milliseconds a frame
REST = 2000  # milliseconds that the last frame stays
MIN_SPEED, MAX_SPEED = 0.1, 10.0
MOST_BYTES = 8_000_000

NO_FRAMES = Text(
    "这次训练还没有画出样图，暂时不能导出动画；等它走出几步再试。",
    "This run has drawn no samples yet, so there is nothing to animate: try again after its first steps.",
)


def animation(frames: Sequence[Frame], seconds: Sequence[float], kind: Kind, speed: object = 1.0) -> bytes:
    """An endless GIF or lossless WebP of `frames`; `seconds` is the training time at each of them.

    `speed` 0.1..10 divides every frame's time. What would exceed `MOST_BYTES` is thinned to every second frame. Raises
    `Refused` where there are no frames and `VisitorError` for a speed that is none.
    """
    pace = number(speed, MIN_SPEED, MAX_SPEED, Text("速度", "The speed"))
    if not frames:
        raise Refused(NO_FRAMES)
    chosen = list(range(len(frames)))
    while True:
        pictures = [_picture(frames[place], seconds[place], frames[-1].step) for place in chosen]
        content = encode(pictures, durations(len(chosen), pace), kind, GREYS)
        if len(content) <= MOST_BYTES or len(chosen) <= 2:
            return content
        chosen = sorted({*chosen[::2], chosen[-1]})


def durations(count: int, speed: float) -> list[int]:
    """Milliseconds that each of `count` frames stays; whole hundredths of a second, since a GIF knows no others."""
    each = min(LONGEST, max(SHORTEST, 1000 * LASTS / count)) / speed
    shown = max(20, round(each / 10) * 10)  # browsers slow down what asks for less than 20
    return [shown] * (count - 1) + [max(shown, REST)]


def thinned(frames: Sequence[Frame], most: int = CAPACITY) -> list[Frame]:
    """At most `most` frames, evenly spread, the first and the last among them."""
    if len(frames) <= most:
        return list(frames)
    return [frames[place] for place in np.linspace(0, len(frames) - 1, most).round().astype(int)]


def _picture(frame: Frame, seconds: float, last: int) -> Image.Image:
    """The grid enlarged, over a strip with step and time, and a bar as long as the run has come."""
    with Image.open(io.BytesIO(frame.png)) as stored:
        grid = stored.convert("L")
    width, height = grid.width * SCALE, grid.height * SCALE
    picture = Image.new("L", (width, height + STRIP), 0)
    picture.paste(grid.resize((width, height), Image.Resampling.NEAREST), (0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height, width * frame.step / max(1, last), height + 2), fill=187)
    font = ImageFont.load_default(16)
    draw.text((MARGIN, height + STRIP / 2 + 2), f"{frame.step:,}", fill=255, font=font, anchor="lm")
    draw.text((width - MARGIN, height + STRIP / 2 + 2), f"{seconds:.1f} s", fill=170, font=font, anchor="rm")
    return picture
