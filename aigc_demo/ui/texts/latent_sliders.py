"""Words of the sliders along named and other axes: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {}
