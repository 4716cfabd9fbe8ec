from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.runs.log import MetricsLog

KEYS = ("d_real", "g_total")


def rows(first: int, last: int) -> np.ndarray:
    return np.array([[step, step / 3] for step in range(first, last + 1)], np.float32)


def filled(path: Path, last: int) -> MetricsLog:
    log = MetricsLog(path, KEYS)
    log.append(rows(1, last), np.arange(1, last + 1) / 10)
    log.flush()
    return log


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_one_line_a_step_with_its_seconds_and_exact_values(tmp_path: Path) -> None:
    filled(tmp_path / "m.jsonl", 3)
    assert [line["step"] for line in lines(tmp_path / "m.jsonl")] == [1, 2, 3]
    assert lines(tmp_path / "m.jsonl")[1]["seconds"] == 0.2
    assert np.float32(lines(tmp_path / "m.jsonl")[1]["g_total"]) == np.float32(2 / 3)


def test_reading_back_gives_the_same_rows(tmp_path: Path) -> None:
    filled(tmp_path / "m.jsonl", 1000)
    np.testing.assert_array_equal(MetricsLog.load(tmp_path / "m.jsonl", KEYS).rows(), rows(1, 1000))


def test_later_lines_replace_earlier_ones_of_the_same_step(tmp_path: Path) -> None:
    log = filled(tmp_path / "m.jsonl", 5)
    log.truncate(2)
    log.append(-rows(3, 4), np.array([0.3, 0.4]))
    log.flush()
    assert [line["step"] for line in lines(tmp_path / "m.jsonl")] == [1, 2, 3, 4, 5, 3, 4]
    again = MetricsLog.load(tmp_path / "m.jsonl", KEYS)
    np.testing.assert_array_equal(again.rows(3, 4), -rows(3, 4))


def test_half_a_line_is_passed_over_and_then_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    filled(path, 2)
    with path.open("a") as file:
        file.write('{"step": 3, "sec')
    log = MetricsLog.load(path, KEYS)
    assert len(log) == 2
    log.append(rows(3, 3), np.array([0.3]))
    log.flush()
    assert [line["step"] for line in lines(path)] == [1, 2, 3]


def test_what_is_not_finite_is_null_in_the_file_and_nan_in_memory(tmp_path: Path) -> None:
    log = MetricsLog(tmp_path / "m.jsonl", KEYS)
    log.append(np.array([[np.nan, np.inf]], np.float32), np.array([0.1]))
    log.flush()
    assert lines(tmp_path / "m.jsonl")[0]["d_real"] is None
    assert np.isnan(MetricsLog.load(tmp_path / "m.jsonl", KEYS).rows()).all()


@pytest.mark.parametrize(("first", "last", "steps"), [(1, 2, [1, 2]), (3, 99, [3, 4]), (-5, 1, [1]), (9, 12, [])])
def test_ranges_outside_the_run_are_clipped(tmp_path: Path, first: int, last: int, steps: list[int]) -> None:
    assert filled(tmp_path / "m.jsonl", 4).rows(first, last)[:, 0].tolist() == steps


def test_a_disk_that_failed_is_caught_up_with(tmp_path: Path) -> None:
    log = MetricsLog(tmp_path / "missing" / "m.jsonl", KEYS)
    log.append(rows(1, 2), np.array([0.1, 0.2]))
    with pytest.raises(OSError):
        log.flush()
    (tmp_path / "missing").mkdir()
    log.append(rows(3, 3), np.array([0.3]))
    log.flush()
    assert [line["step"] for line in lines(log.path)] == [1, 2, 3]
