"""Running scripts on the page's own modules, and what goes in and comes out of them."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from playwright.sync_api import Page

# What every script begins with: `m` holds the page's modules, `model` a model as the page's list describes it.
_HEAD = """async (asked) => {
  const base = document.querySelector('script[src$="/main.js"]').src;
  const load = (name) => import(new URL(`${name}.js`, base));
  const names = ['render', 'judge', 'latent-points', 'latent-state', 'digits-canvas'];
  const m = Object.assign({}, ...await Promise.all(names.map(load)));
  const { model } = asked;
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const floats = (text) => new Float32Array(bytes(text).buffer);
  const text = (values) => btoa(Array.from(new Uint8Array(values.buffer), (byte) => String.fromCharCode(byte)).join(''));
  const rows = (all, size) => Array.from({ length: all.length / size }, (_, i) => all.slice(i * size, (i + 1) * size));
  const draws = (count) => Array.from({ length: count }, (_, i) => m.drawPoint(model.latent_size, m.seeded(i)));
  const refusal = (promise) => promise.then(() => [], ({ name, status, message }) => [status ?? name, message]);
"""

SHIPPED_MODEL = {"id": "fast", "latent_size": 64, "conditional": True, "kind": "shipped"}


def run(page: Page, script: str, **asked: Any) -> Any:
    """What the body of an async function returns; it sees `asked` and what `_HEAD` defines."""
    return page.evaluate(f"{_HEAD}{script}\n}}", {"model": SHIPPED_MODEL, **asked})


def coded(values: np.ndarray) -> str:
    """Numbers on their way into a script: `floats` reads them."""
    return base64.b64encode(values.astype(np.float32).tobytes()).decode()


def decoded(text: str, kind: type[np.generic]) -> np.ndarray:
    """Numbers that a script has handed out with `text`."""
    return np.frombuffer(base64.b64decode(text), kind)
