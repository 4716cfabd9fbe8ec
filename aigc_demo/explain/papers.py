"""The five papers of the tutorial's section 7.3, in its order."""

from __future__ import annotations

from aigc_demo.explain.paper import Paper
from aigc_demo.explain.papers_games import GAN, TTUR
from aigc_demo.explain.papers_networks import ATTENTION, PROGRESSIVE, STYLE

PAPERS: dict[str, Paper] = {paper.key: paper for paper in (GAN, PROGRESSIVE, ATTENTION, STYLE, TTUR)}
