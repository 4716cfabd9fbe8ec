"""Words of neighbours, comparisons, feature maps and shared points: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {}
