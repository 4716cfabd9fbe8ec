"""Slow motion: the coming step of a paused run, half a step at a time, with all there is to see of eight of its digits."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from PIL import Image

from aigc_demo.losses import find_loss
from aigc_demo.runs.session import Progress, Session
from aigc_demo.runs.tasks import Task
from aigc_demo.text import Refused, Text, VisitorError
from aigc_demo.training import Observation

Phase = Literal["look", "d", "g"]
SAMPLES = 8
SHOWN = 16  # numbers of each z

NO_PHASE = Text("phase 应为 look、d 或 g。", "phase must be look, d or g.")
LOOK_FIRST = Text("先看一眼这一步（look），再让 D 走它的半步。", "Look at the step first, then let D make its half.")
D_FIRST = Text("先让 D 走它的半步，再轮到 G。", "Let D make its half of the step first; then it is G's turn.")


def slow_task(phase: str, seen: Mapping[str, Any] | None) -> Task:
    """What a visitor asks for; `seen` is the answer to the phase before it, None at the beginning.

    Raises `VisitorError` for an unknown phase, `Refused` for one that does not follow on `seen`.
    """
    acts = {"look": _look, "d": _first_half, "g": _second_half}
    before = None if seen is None else seen["phase"]
    if phase not in acts:
        raise VisitorError(NO_PHASE)
    if phase == "d" and before != "look":
        raise Refused(LOOK_FIRST)
    if phase == "g" and before != "d":
        raise Refused(D_FIRST)

    def act(session: Session) -> tuple[Progress | None, Any]:
        progress, told = acts[phase](session)
        if seen is not None and phase != "look":
            _compare(told, seen)
        return progress, told

    return Task(act)


def _compare(told: dict[str, Any], seen: Mapping[str, Any]) -> None:
    """Say how D's scores have moved since the phase before, and after G's half how its pictures looked."""
    told["change"] = {key: _mean(told, key) - _mean(seen, key) for key in ("s_real", "s_fake")}
    if told["phase"] == "g":
        for sample, before in zip(told["samples"], seen["samples"], strict=True):
            sample["before"] = before["fake"]


def _look(session: Session) -> tuple[Progress | None, dict[str, Any]]:
    progress = session.second_half() if session.is_half_way else None  # a step that was left half-way is finished first
    return progress, _told("look", session, session.trainer.observe(SAMPLES), session.step + 1)


def _first_half(session: Session) -> tuple[Progress | None, dict[str, Any]]:
    chunk = session.first_half()
    told = _told("d", session, session.trainer.observe(SAMPLES), session.step + 1)
    told["grad_norm_d"] = float(chunk.values[0, session.trainer.keys.index("grad_norm_d")])
    return None, told


def _second_half(session: Session) -> tuple[Progress | None, dict[str, Any]]:
    progress = session.second_half()
    told = _told("g", session, session.trainer.observe(SAMPLES, back=1), session.step)
    for key in ("grad_norm_d", "grad_norm_g"):
        told[key] = float(progress.values[0, session.keys.index(key)])
    return progress, told


def _told(phase: Phase, session: Session, seen: Observation, step: int) -> dict[str, Any]:
    plan = session.folder.record.plan
    is_probability = find_loss(plan.loss).readout == "probability"
    return {
        "phase": phase,
        "step": step,
        "batch": plan.recipe.batch_size // plan.pac * plan.pac,
        "updates": plan.recipe.updates,
        "rates": {"d": plan.recipe.d_optimiser.learning_rate, "g": plan.recipe.g_optimiser.learning_rate},
        "samples": [_sample(seen, place, is_probability) for place in range(len(seen.z))],
        "terms": seen.terms,
        "d_total": seen.d_total,
        "g_total": seen.g_total,
        "grad_norm_d": None,
        "grad_norm_g": None,
        "change": None,
    }


def _sample(seen: Observation, place: int, is_probability: bool) -> dict[str, Any]:
    s_real, s_fake = float(seen.real_logit[place]), float(seen.fake_logit[place])
    slope = seen.g_pixel_gradient[place]
    most = float(np.abs(slope).max())
    scaled = np.rint(127.0 * slope / most) if most > 0 else np.zeros_like(slope)
    return {
        "z": seen.z[place, :SHOWN].round(3).tolist(),
        "label": int(seen.labels[place]),
        "real": _png(seen.real[place, :, :, 0]),
        "fake": _png(seen.fake[place, :, :, 0]),
        "before": None,
        "s_real": s_real,
        "s_fake": s_fake,
        "d_real": _sigmoid(s_real) if is_probability else s_real,
        "d_fake": _sigmoid(s_fake) if is_probability else s_fake,
        "gradient": base64.b64encode(scaled.astype(np.int8).tobytes()).decode(),
        "gradient_max": most,
    }


def _sigmoid(logit: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -60.0, 60.0))))


def _mean(told: Mapping[str, Any], key: str) -> float:
    return float(np.mean([sample[key] for sample in told["samples"]]))


def _png(image: np.ndarray) -> str:
    """`image` [28, 28] in [-1, 1] as a PNG in base64."""
    file = io.BytesIO()
    pixels = np.clip(np.rint(image * 127.5 + 127.5), 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()
