"""What is measured of a run beside its losses: how D scores, four times a second, and now and then what the digits are worth."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from aigc_demo.home import write_atomically

CAPACITY = 240  # of each kind: with scores alone, and with figures
BINS = 24


@dataclass(frozen=True)
class Scores:
    """Two histograms of D's logits over the same `BINS` bins from `lo` to `hi`, and the means; `n` of each kind."""

    lo: float
    hi: float
    real: tuple[int, ...]
    fake: tuple[int, ...]
    mean_real: float
    mean_fake: float
    n: int


@dataclass(frozen=True)
class Probe:
    """One measured moment. `index` is that of the sample grid drawn then; `figures` are `metrics.live`'s, and `inner` the
    scalars that the networks tell of themselves (`training.told`).
    """

    step: int
    seconds: float
    index: int
    scores: Scores | None = None
    figures: Mapping[str, Any] | None = None
    inner: Mapping[str, float] | None = None

    def to_json(self) -> dict[str, Any]:
        plain = asdict(replace(self, figures=None, inner=None))
        return plain | {
            name: value and dict(value) for name, value in (("figures", self.figures), ("inner", self.inner))
        }


def scores_of(real: np.ndarray, fake: np.ndarray) -> Scores | None:
    """The histograms of the logits `real` [n] and `fake` [n]; None where there are none, or some are not finite."""
    both = np.concatenate([real, fake]).astype(np.float64)
    if not len(real) or not len(fake) or not np.isfinite(both).all():
        return None
    lo, hi = float(both.min()), float(both.max())
    if hi - lo < 1e-6:
        lo, hi = lo - 0.5, hi + 0.5
    counts = [np.histogram(part, BINS, (lo, hi))[0].tolist() for part in (real, fake)]
    mean_real, mean_fake = (float(part.mean(dtype=np.float64)) for part in (real, fake))
    return Scores(lo, hi, tuple(counts[0]), tuple(counts[1]), mean_real, mean_fake, min(len(real), len(fake)))


class Probes:
    """A run's probes in the order of their steps, in memory and in `probes.jsonl`. One thread adds, any may read.

    Bounded: when there are too many of a kind, every second one goes, the newest and the best excepted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._probes: dict[int, Probe] = {}
        self._unsaved: list[Probe] = []
        self._is_thinned = False  # the file holds probes that are no longer kept

    def add(self, probe: Probe) -> Probe:
        """Add a probe, or what was measured later of a step that has one; returns the two as one."""
        with self._lock:
            known = self._probes.get(probe.step)
            if known is not None:
                probe = replace(
                    probe,
                    index=known.index,
                    scores=probe.scores or known.scores,
                    figures=probe.figures or known.figures,
                    inner=probe.inner or known.inner,
                )
            newest = max(self._probes, default=-1)
            self._probes[probe.step] = probe
            if probe.step < newest:
                self._probes = dict(sorted(self._probes.items()))
            self._unsaved.append(probe)
            self._thin()
        return probe

    def list(self) -> list[Probe]:
        with self._lock:
            return list(self._probes.values())

    def drop_after(self, step: int) -> None:
        """Forget the probes of steps that are about to be run again."""
        with self._lock:
            kept = {at: probe for at, probe in self._probes.items() if at <= step}
            self._is_thinned |= len(kept) < len(self._probes)
            self._probes = kept
            self._unsaved = [probe for probe in self._unsaved if probe.step <= step]

    def flush(self) -> None:
        """Bring the file up to date. Raises OSError and may then be called again."""
        with self._lock:
            unsaved, is_thinned, whole = self._unsaved, self._is_thinned, list(self._probes.values())
            self._unsaved, self._is_thinned = [], False
        try:
            if is_thinned:
                write_atomically(self.path, _lines(whole))
            elif unsaved:
                with self.path.open("ab") as file:
                    file.write(_lines(unsaved))
        except OSError:
            with self._lock:
                self._is_thinned = True  # the next time all is written anew
            raise

    def _thin(self) -> None:
        for has_figures in (False, True):
            steps = [step for step, probe in self._probes.items() if (probe.figures is not None) == has_figures]
            if len(steps) > CAPACITY:
                best = min(steps, key=lambda step: _digit_fd(self._probes[step]))
                for step in steps[1:-1:2]:
                    if step != best:
                        del self._probes[step]
                self._is_thinned = True

    @classmethod
    def load(cls, path: Path) -> Probes:
        """What the file holds; a missing one holds nothing, and a line that is no probe is skipped."""
        probes = cls(path)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return probes
        lines = content.splitlines()
        for line in lines:
            try:
                probe = _from_json(orjson.loads(line))
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
                continue
            probes._probes[probe.step] = probe
        probes._probes = dict(sorted(probes._probes.items()))
        probes._is_thinned = len(probes._probes) < len(lines) or not content.endswith(b"\n")
        return probes


def _lines(probes: list[Probe]) -> bytes:
    option = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE
    return b"".join(orjson.dumps(probe.to_json(), option=option) for probe in probes)


def _from_json(data: Mapping[str, Any]) -> Probe:
    scores, figures, inner = data["scores"], data["figures"], data.get("inner")  # older files lack the last
    if scores is not None:
        scores = Scores(**{**scores, "real": tuple(scores["real"]), "fake": tuple(scores["fake"])})
    return Probe(
        int(data["step"]),
        float(data["seconds"]),
        int(data["index"]),
        scores,
        None if figures is None else dict(figures),
        None if inner is None else {str(name): float(value) for name, value in inner.items()},
    )


def _digit_fd(probe: Probe) -> float:
    value = (probe.figures or {}).get("digit_fd")
    return float(value) if isinstance(value, int | float) else float("inf")
