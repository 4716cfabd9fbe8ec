"""The README's tables, from results that say what a real one says."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import live_cost, pacgan_table, readme, slider_latency, soak
from benchmarks.readme_tables import SECTIONS
from benchmarks.windows import Window

COUNTED = {
    **{f"{name}_per_second": {"least": 6.0, "median": 6.5, "most": 7.0} for name in ("frames", "messages", "arrivals")},
    **{"seconds": 10.0, "messages": 3000, "megabytes_per_second": 1.0, "load_cpu_share": 0.25},
}
ERRORS = {"median": 0.041, "lower": 0.03, "upper": 0.06, "p95": 0.09}
PACGAN_RUN = {
    **{"data": "ring", "pac": 1, "seed": 0, "modes": 5, "modes_20": 4},
    **{"quality": 0.9, "reverse_kl": 0.5, "seconds": 300.0},
}
SECONDS = {"median": 0.9, "least": 0.8, "most": 1.24}


def results() -> dict[str, object]:
    rounds = [
        [Window("nobody", 100.0, 9.0, 0.9, 0.01), Window("50 followers", 90.0, 10.0, 0.9, 0.16, delivered=COUNTED)],
    ]
    sample = {"seconds": 60.0, "step": 100, "resident_mb": 900.0, "threads": 12, "open_files": 20, "disk_mb": 5.0}
    samples = [sample | {"frames_mb": 1.0, "figures_mb": 0.02}, sample | {"frames_mb": 1.0, "figures_mb": 0.03}]
    speeds = {"wgan": {"median": 21.4, "least": 20, "most": 22}, "lsgan": {"median": 101, "least": 99, "most": 102}}
    shares = {"median": 0.084, "least": 0.08, "most": 0.09}
    return {
        "cold_start": {
            **{"machine": "a machine", "python": "3.12.1", "load_before": 0.2, "install_seconds": 61.4, "written": []},
            **{"installed_mb": 1834.2, "checkout_mb": 9.6},
            "starts": {
                "first": {"page": 9.46, "ready": 21.2, "most_mb": 1234.5},
                "again": {"page": 4.1, "ready": 15.0, "most_mb": 1230.0},
            },
        },
        "speed": {
            "machine": "a machine",
            "recipes": {"fast": {"batch_size": 32, "steps_per_second": speeds, "refused": {"Because.": ["wgan_gp"]}}},
        },
        "live_cost": {
            "machine": "a machine",
            "recipe": "fast",
            "window_seconds": 10.0,
            "followers": {"conditions": live_cost.summarise(rounds, "nobody")},
        },
        "main_thread": {"machine": "a machine", "wall_share": shares, "cpu_share": shares},
        "soak": soak.summarise(samples, columns=12),
        "verdicts": {
            **{"as_expected": 9, "of": 10, "expected": {"collapse": ["collapsed"], "fine": ["healthy", "learning"]}},
            "confusion": {"collapse": {"dead": 1, "collapsed": 4}, "fine": {"healthy": 5}},
        },
        "axes": {
            **{"machine": "a machine", "rounds": 3},
            "recipes": {"fast": {"multiplications": 1132096, "points": 2048, "pullbacks": 1024, "seconds": SECONDS}},
            "shipped": {
                **{"latent_size": 64, "dead": 30, "energies": [0.3, 0.155], "energy_of_kept": 0.98, "kept": 24},
                "named": {
                    "slant": {"title": "slant", "r2": 0.8, "energy": 0.3, "again": 0.99},
                    "height": {"title": "style 1", "r2": 0.24, "energy": 0.03, "again": 0.9},
                },
            },
        },
        "inversion": {
            **{"machine": "a machine", "digits": 500, "error": ERRORS, "seconds": ERRORS, "label_found": 0.954},
            **{"nearest": {"4,000 digits": ERRORS}, "closer_than_nearest": {"4,000 digits": 0.99}},
            **{
                "classifier_right": 0.99,
                "by_class": {"3": {"error": 0.05, "nearest": {"4,000 digits": 0.2}, "label_found": 1}},
            },
        },
        "slider_latency": {
            **{"machine": "a machine", "points": 1000, "parity": {"shipped": 1, "fast": 2}},
            "bytes": {"network file": 467_336, "the rest of the page": 900_000},
            "conditions": slider_latency.summarise(
                [slider_latency.Window("training", "page", [9.0, 9.5, 12.25], 21.0)],
            ),
        },
        "pacgan": pacgan_table.summarise([PACGAN_RUN, PACGAN_RUN | {"seed": 1, "modes": 7}], 20_000, 3, "a machine"),
    }


def test_a_section_appears_with_the_result_it_is_made_of(tmp_path: Path) -> None:
    assert readme.sections(tmp_path) == []
    for name, content in results().items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    cold, speed, cost, page, memory, verdicts, axes, inversion, sliders, pacgan = readme.sections(tmp_path)
    assert "1,834 MB installed in 61 s" in cold
    assert "the program wrote nothing into it." in cold
    assert "| first start after installing | 9.5 s | 21.2 s | 1,234 MB |" in cold
    assert "| `fast` | 32 | 2 | 21 (`wgan`) | 101 (`lsgan`) |" in speed
    assert "`fast` × `wgan_gp`" in speed
    assert "| nobody watches | 100 (100 – 100) | – | – | – | – |" in cost
    assert "| 50 followers | 90 (90 – 90) | 10.0 (10.0 – 10.0) % | 6.0 / 6.0 | 0.50 ms | 25 % |" in cost
    assert "8.4 (8.0 – 9.0) %" in page
    assert "900 MB" in memory
    assert "300 bytes" in memory
    assert "9 of 10" in verdicts
    assert "| `fast` | 1.1 M | 2,048 / 1,024 | 0.9 s (0.8 s – 1.2 s) |" in axes
    assert "carry 30, 16 %" in axes
    assert "| slant | 0.80 | 30.0 % | 0.99 |" in axes
    assert "| height (style 1) | 0.24 |" in axes
    assert "for 500 held-out digits" in inversion
    assert "| nearest of 4,000 digits | 0.041 | 0.030 – 0.060 | 0.090 |" in inversion
    assert "99 % (of 4,000 digits)" in inversion
    assert "95.4 %" in inversion
    assert "| 3 | 0.050 | 0.200 | 100 % |" in inversion
    assert "| the page, a run trains | 9.5 ms | 12.2 ms | 12.2 ms | 21.0 (21.0 – 21.0) |" in sliders
    assert "network file 467 kB" in sliders
    assert "at most 2 of 255" in sliders
    assert "| ring, GAN | 2 | 6 (5 – 7) | 4 (4 – 4) | 90.0 % (90.0 % – 90.0 %) | 0.50 (0.50 – 0.50) |" in pacgan
    assert "| grid, PacGAN2 | 0 | – | – | – | – | 23.8 / 91.3 % / 0.13 |" in pacgan
    assert "10 of 12 runs are still to be made" in pacgan
    assert "| `collapse` | `collapsed` | `collapsed` × 4, `dead` × 1 |" in verdicts


def test_every_table_has_as_many_cells_in_each_line_as_its_head() -> None:
    for name, content in results().items():
        lines = [line for line in SECTIONS[name](content).splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1, name
