"""What networks tell of themselves, as the page sorts it into curves."""

from __future__ import annotations

from pathlib import Path

from tests.ui.page_modules import needs_node, run_modules


@needs_node
def test_scalars_of_both_players_share_a_plot(tmp_path: Path) -> None:
    """Probes without any, players that are none, and numbers that are not finite are passed over."""
    probes = [
        {"step": 1, "inner": None},
        {"step": 2, "inner": {"g.attention.gamma": 0.0, "d.attention.gamma": 0.5, "x.attention.gamma": 9}},
        {"step": 3},
        {"step": 4, "inner": {"g.attention.gamma": -0.25, "d.attention.gamma": None, "g.image.outside": 0.1}},
    ]
    found = run_modules("return [...series.seriesOf(given)];", {"series": "inner-series.js"}, tmp_path, given=probes)
    assert found == [
        ["attention.gamma", {"g": [[2, 0], [4, -0.25]], "d": [[2, 0.5]]}],
        ["image.outside", {"g": [[4, 0.1]]}],
    ]
