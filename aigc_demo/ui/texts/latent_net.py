"""What the page says of evaluating networks by itself: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {}
