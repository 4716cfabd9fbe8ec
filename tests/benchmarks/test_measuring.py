"""What the long benchmarks make of their measurements, with numbers that were not measured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from aigc_demo.recipes import make_plan
from benchmarks import live_cost, process, soak, speed
from benchmarks.windows import Window

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


def window(condition: str, rate: float, loop: float = 0.02, **more: Any) -> Window:
    return Window(condition, rate, 1000 * 0.9 / rate, 0.9, loop, **more)


def delivered(frames: float, messages: int) -> dict[str, Any]:
    rates = {name: {"least": frames - 1, "median": frames, "most": frames + 1} for name in ("frames", "messages")}
    each = {f"{name}_per_second": rates.get(name, rates["frames"]) for name in ("frames", "messages", "arrivals")}
    return {**each, "seconds": 10.0, "messages": messages, "megabytes_per_second": 1.0, "load_cpu_share": 0.1}


def test_what_watching_costs_is_told_condition_by_condition() -> None:
    rounds = [
        [window("nobody", 100.0), window("50 followers", 95.0, 0.12, delivered=delivered(6.5, 4000))],
        [window("50 followers", 47.0, 0.12, delivered=delivered(6.0, 4000)), window("nobody", 50.0)],
    ]
    found = live_cost.summarise(rounds, "nobody")
    assert list(found) == ["nobody", "50 followers"]
    assert "cost" not in found["nobody"]
    assert found["50 followers"]["cost"]["median"] == pytest.approx(0.055)
    assert found["50 followers"]["cost_by_cpu"]["most"] == pytest.approx(0.06)
    got = found["50 followers"]["delivered"]
    assert got["frames_per_second"] == {"least": 5.0, "median": 6.25}  # the worst follower of all windows
    assert got["server_cpu_ms_per_message"]["median"] == pytest.approx(1000 * (0.12 - 0.02) * 10 / 4000)
    assert live_cost.goals({}, found) == {
        "50 followers cost at most 10 %": True,
        "50 followers get 5 frames a second each": True,
    }


def test_a_goal_that_was_not_measured_is_neither_met_nor_missed() -> None:
    assert live_cost.goals({}, {}) == {}
    dear = live_cost.summarise([[window("no figures", 100.0), window("figures", 80.0)]], "no figures")
    assert live_cost.goals(dear, {}) == {"figures cost at most 10 %": False}


def samples(resident_rise: float, disk: float = 5.0) -> list[soak.Sample]:
    """A sample every ten seconds for ten minutes; memory leaps at first and then rises by so many MB a minute."""
    return [
        {
            "seconds": 10.0 * n,
            "step": 1000.0 * n,
            "resident_mb": 300.0 + 600.0 * (n > 5) + resident_rise * n / 6,
            "threads": 12.0,
            "open_files": 20.0 + (n == 3),
            "disk_mb": disk + 0.25 * n,
            "frames_mb": 1.0,
            "figures_mb": 0.25 * n,
        }
        for n in range(61)
    ]


def test_the_warm_up_of_a_soak_is_no_leak_and_a_leak_is_one() -> None:
    steady = soak.summarise(samples(0.1), columns=12)
    assert steady["resident_mb_per_minute"] == pytest.approx(0.1)
    assert steady["rows_mb_per_minute"] == pytest.approx(6000 * 56 / 1e6)
    assert steady["memory_is_flat"]
    assert steady["disk_within_bound"]
    assert not soak.summarise(samples(5.0), columns=12)["memory_is_flat"]
    assert not soak.summarise(samples(0.1, disk=30.0), columns=12)["disk_within_bound"]


def test_a_soak_of_a_single_sample_can_be_summarised_since_it_is_written_as_it_goes() -> None:
    found = soak.summarise(samples(0.1)[:1], columns=12)
    assert found["resident_mb_per_minute"] == 0.0
    assert found["samples"]["resident_mb"] == [300.0]


class Clockwork:
    """A trainer whose every step takes as long as it is told, and which remembers its calls."""

    def __init__(self, a_step: float) -> None:
        self.a_step, self.calls = a_step, list[int]()

    def steps(self, count: int) -> SimpleNamespace:
        self.calls.append(count)
        return SimpleNamespace(values=np.zeros((count, 1)), seconds=count * self.a_step)


def test_speed_is_measured_in_rounds_of_windows_of_equal_length() -> None:
    warm: Any = {"quick": (Clockwork(0.01), 0.02), "slow": (Clockwork(0.4), 0.4)}
    rates = speed.measure(warm, rounds=3, window=0.1, until=float("inf"))
    assert rates == {"quick": [pytest.approx(100.0)] * 3, "slow": [pytest.approx(2.5)] * 3}
    assert warm["quick"][0].calls == [5, 10, 10]  # it learns how long a step takes once it is warm
    assert warm["slow"][0].calls == [1, 1, 1]


def test_speed_finishes_its_first_round_and_no_more_when_time_is_up() -> None:
    warm: Any = {"a": (Clockwork(0.1), 0.1), "b": (Clockwork(0.1), 0.1)}
    assert {loss: len(found) for loss, found in speed.measure(warm, 3, 0.1, until=0.0).items()} == {"a": 1, "b": 1}


def test_windows_share_out_the_time_that_is_left() -> None:
    assert speed.window_length(24.0, trainers=16, rounds=3) == pytest.approx(0.5)
    assert speed.window_length(-3.0, 16, 3) == speed.SHORTEST_WINDOW
    assert speed.window_length(1e6, 0, 3) == speed.LONGEST_WINDOW


def test_speed_goes_on_where_it_was_and_asks_no_refused_loss_again() -> None:
    known = {"steps_per_second": {"wgan": {}}, "refused": {"No, because.": ["wgan_gp"]}}
    wanted = {"fast": ["wgan", "wgan_gp", "lsgan"], "tutorial_cnn": ["wgan"]}
    assert speed.missing({"recipes": {"fast": known}}, wanted) == {"fast": ["lsgan"], "tutorial_cnn": ["wgan"]}
    assert speed.missing({"recipes": {"fast": known}}, {"fast": ["wgan"]}) == {}


def test_speed_lists_a_refused_loss_under_the_sentence_that_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_a_refusal(recipe: str, loss: str, seed: int) -> Any:
        settings = {"clip": 0.01} if loss != "non_saturating" else {}  # only wgan has a clip
        return make_plan(recipe, loss, seed=seed, settings=settings)

    monkeypatch.setattr(speed, "make_plan", with_a_refusal)
    good, refused = speed.plans("tutorial_cnn", ["non_saturating", "hinge", "wgan"], seed=3)
    assert {loss: plan.seed for loss, plan in good.items()} == {"non_saturating": 3, "wgan": 3}
    ((sentence, losses),) = refused.items()
    assert "clip" in sentence
    assert losses == ["hinge"]


@linux
def test_usage_reads_this_process_and_its_children() -> None:
    now = process.usage(os.getpid())
    assert 0 < now.loop_seconds <= now.cpu_seconds
    assert now.resident_mb > 10
    assert now.threads >= 1
    busy = "import sys; sum(range(6_000_000)); print('done', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", busy], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert process.family_cpu_seconds(os.getpid()) > process.family_cpu_seconds(os.getpid(), frozenset({child.pid}))
        child.communicate(b"")
    with pytest.raises(OSError):
        process.usage(child.pid)


def test_disk_counts_the_files_below_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(b"x" * 3000)
    (tmp_path / "other").write_bytes(b"x" * 500)
    assert process.disk_mb(tmp_path) == pytest.approx(0.0035)
    assert process.disk_mb(tmp_path / "none") == 0.0
