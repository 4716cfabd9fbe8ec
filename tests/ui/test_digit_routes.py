"""The real digits that visitors try a network on."""

from __future__ import annotations

import base64

import httpx
import numpy as np

from aigc_demo.data import load


def test_ten_held_out_digits_of_every_class(client: httpx.Client) -> None:
    answer = client.get("/digits.json")
    assert "max-age" in answer.headers["cache-control"]
    digits = answer.json()
    images = np.frombuffer(base64.b64decode(digits["images"]), np.uint8).reshape(-1, 28, 28)
    assert sorted(digits["labels"]) == sorted(10 * list(range(10)))
    bundled = load("digits5k")
    held_out = {
        (image.tobytes(), label) for image, label in zip(bundled.held_out, bundled.held_out_labels, strict=True)
    }
    assert all(pair in held_out for pair in zip(map(bytes, images), digits["labels"], strict=True))
