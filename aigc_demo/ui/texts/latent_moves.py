"""Words of the ways through the latent space: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {}
