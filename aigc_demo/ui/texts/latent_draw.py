"""Words of the drawing pad, of D's judgement and of finding a drawing's z: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {}
