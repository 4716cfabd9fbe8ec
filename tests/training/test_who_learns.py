"""Steps in which only one player learns, and steps made in two halves."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer
from tests import tiny
from tests.training.conftest import Ready
from tests.training.states import State, assert_same, moved

pytestmark = pytest.mark.usefixtures("tiny_networks")

# Each leaves something behind besides weights: batch statistics in G, in D, the place in dropout's stream, singular vectors.
PLANS = {
    "plain": tiny.plan(),
    "norm in D, shifts, three D steps": tiny.plan(discriminator="tiny_norm", discriminator_steps=3, augment=2),
    "dropout in D, R1": tiny.plan(discriminator="tiny_dropout", auxiliaries=("acgan", "r1")),
    "power iterations": tiny.SPECTRAL_PLAN,
    "mixed styles and noise": tiny.STYLE_PLAN,
}
every_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


def _begun(ready: Ready, plan: Plan, dataset: Dataset) -> tuple[Trainer, State]:
    """After two ordinary steps, so that every variable is as a run has it."""
    trainer = ready(plan, dataset)
    trainer.steps(2)
    return trainer, trainer.state()


@every_plan
def test_two_halves_are_exactly_an_ordinary_step(ready: Ready, tiny_dataset: Dataset, plan: Plan) -> None:
    trainer, begun = _begun(ready, plan, tiny_dataset)
    whole = trainer.steps(3).values
    state = trainer.state()
    trainer.restore(begun)
    own = {player: [key.startswith(player) and key != "g_total" for key in trainer.keys] for player in ("d_", "g_")}
    for number, row in enumerate(whole):
        d_row = trainer.half_step("d").values[0]
        assert trainer.step == 2 + number  # not counted yet
        g_row = trainer.half_step("g").values[0]
        assert trainer.step == 3 + number
        np.testing.assert_array_equal(d_row[own["d_"]], row[own["d_"]])
        np.testing.assert_array_equal(g_row[own["g_"]], row[own["g_"]])
        for key, part in (("grad_norm_d", d_row), ("score_real", d_row), ("grad_norm_g", g_row), ("g_total", g_row)):
            assert part[trainer.keys.index(key)] == row[trainer.keys.index(key)]
    assert_same(trainer.state(), state)


@every_plan
def test_where_only_d_learns_g_is_left_exactly_as_it_was(ready: Ready, tiny_dataset: Dataset, plan: Plan) -> None:
    trainer, begun = _begun(ready, plan, tiny_dataset)
    chunk = trainer.steps(3, "d")
    assert chunk.finite
    assert trainer.step == 5
    changed = moved(begun, trainer.state())
    assert not [name for name in changed if name.startswith(("generator/", "ema/", "g_optimiser/"))]
    assert {name for name in begun if name.startswith("discriminator/") and name.endswith("kernel")} <= changed
    assert (chunk.values[:, trainer.keys.index("grad_norm_g")] > 0).all()  # G's figures are shown all the same


@every_plan
def test_where_only_g_learns_d_is_left_exactly_as_it_was(ready: Ready, tiny_dataset: Dataset, plan: Plan) -> None:
    """Its batch statistics and its dropout's place included, although it was asked for its opinion."""
    trainer, begun = _begun(ready, plan, tiny_dataset)
    chunk = trainer.steps(3, "g")
    assert chunk.finite
    assert trainer.step == 5
    changed = moved(begun, trainer.state())
    assert not [name for name in changed if name.startswith(("discriminator/", "d_optimiser/"))]
    for player in ("generator", "ema"):
        assert {name for name in begun if name.startswith(f"{player}/")} <= changed
    assert (chunk.values[:, trainer.keys.index("grad_norm_d")] > 0).all()


@pytest.mark.parametrize("who", ["d", "g"])
def test_a_player_alone_may_play_by_one_shared_pass_too(ready: Ready, tiny_dataset: Dataset, who: str) -> None:
    trainer, begun = _begun(ready, tiny.plan(updates="simultaneous", discriminator="tiny_norm"), tiny_dataset)
    trainer.steps(2, who)  # type: ignore[arg-type]
    idle = ("generator/", "ema/", "g_optimiser/") if who == "d" else ("discriminator/", "d_optimiser/")
    changed = moved(begun, trainer.state())
    assert not [name for name in changed if name.startswith(idle)]
    assert {name for name in begun if name.endswith("kernel") and not name.startswith(idle)} <= changed


def test_d_alone_wins_and_g_alone_catches_up(ready: Ready, tiny_dataset: Dataset) -> None:
    """What the buttons are for: D's loss falls while it learns alone, and G's when it does."""
    trainer, _ = _begun(ready, tiny.plan(), tiny_dataset)
    d_total, g_total = (trainer.keys.index(key) for key in ("d_total", "g_total"))
    alone = trainer.steps(60, "d").values
    assert alone[-10:, d_total].mean() < 0.7 * alone[:10, d_total].mean()
    answer = trainer.steps(60, "g").values
    assert answer[-10:, g_total].mean() < 0.7 * answer[:10, g_total].mean()
    assert [loop.traces for loop in trainer._loops] == [1]
