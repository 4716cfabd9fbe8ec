"""The page's own Dirac-GAN, run by Node where it is installed, against Python's; and the route that feeds it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from aigc_demo.explain.dirac.curves import portrait
from aigc_demo.explain.dirac.game import slopes
from aigc_demo.explain.dirac.motion import Rule, growth, jacobian, r1_eigenvalues, simultaneous_growth
from aigc_demo.losses import LOSSES
from aigc_demo.ui.dirac_routes import as_plain
from aigc_demo.ui.texts.dirac import JS
from tests.ui.page_modules import needs_node, run_modules

MODULES = {"m": "dirac-math.js", "c": "dirac-claims.js", "p": "dirac-presets.js"}


@lru_cache(maxsize=1)
def every_portrait() -> dict[str, Any]:
    return {key: as_plain(portrait(key)) for key in LOSSES}


def run(body: str, folder: Path, given: object) -> Any:
    return run_modules(body, MODULES, folder, given=given)


@needs_node
def test_steps_are_those_of_the_loss_itself(tmp_path: Path) -> None:
    ours = run(
        "return Object.fromEntries(Object.entries(given).map(([key, p]) => "
        "[key, m.stepped(new m.DiracGame(p), [0.6, -1.1, 0, 0], {step: 0.2, alternating: true, momentum: 0})]))",
        tmp_path,
        every_portrait(),
    )
    for key, (psi, theta, *_) in ours.items():
        moved = 0.6 - 0.2 * slopes(key, 0.6, -1.1)[0]
        assert np.allclose((psi, theta), (moved, -1.1 - 0.2 * slopes(key, moved, -1.1)[1]), atol=1e-6), key


@needs_node
def test_growth_is_pythons_for_every_order_step_and_momentum(tmp_path: Path) -> None:
    games = [(0.5, -0.5, gamma, 0.0) for gamma in (0.0, 0.3, 1.0, 4.0)] + [(1.0, -1.0, 0.0, 0.0), (0.5, 0.5, 0.0, 0.1)]
    cases = [
        {"j": jacobian(*game).tolist(), "rule": {"step": step, "alternating": alternating, "momentum": momentum}}
        for game in games
        for step in (0.01, 0.1, 4.1)
        for alternating in (False, True)
        for momentum in (0.0, 0.9)
    ]
    ours = run("return given.map(({j, rule}) => m.growth(j, rule))", tmp_path, cases)
    assert np.allclose(
        ours, [growth(np.array(case["j"]), Rule(**case["rule"])) for case in cases], rtol=1e-5
    )  # double roots are rounded


@needs_node
def test_every_loss_does_what_is_foretold_of_it(tmp_path: Path) -> None:
    """All claims hold with and without R1, at once and in turns, with and without momentum; here they would turn red."""
    body = """
      const failed = [];
      let count = 0;
      for (const [key, p] of Object.entries(given)) for (const gamma of [0, 1]) for (const alternating of [false, true])
        for (const momentum of [0, 0.9]) {
          const game = new m.DiracGame(p, {d_r1: gamma, d_gp: 0.3, d_dragan: 0.3});
          for (const claim of c.claims(game, {step: 0.1, alternating, momentum})) {
            count += 1;
            if (!claim.holds) failed.push([key, gamma, alternating, momentum, claim]);
          }
        }
      return [count, failed];"""
    count, failed = run(body, tmp_path, every_portrait())
    assert count > 150 and failed == []


@needs_node
def test_the_measured_factor_is_the_root(tmp_path: Path) -> None:
    steps = [0.05, 0.1, 0.5, 2.0]
    body = """const game = new m.DiracGame(given.portrait);
      return given.steps.map((step) => c.measuredGrowth(game, {step, alternating: false, momentum: 0}))"""
    ours = run(body, tmp_path, {"portrait": every_portrait()["minimax"], "steps": steps})
    assert np.allclose(ours, [simultaneous_growth(step) for step in steps], rtol=1e-6)


@needs_node
def test_a_wrong_forecast_turns_red(tmp_path: Path) -> None:
    """The game on the screen is measured, not the forecast: a game whose steps differ from its linear part is caught."""
    body = """const game = new m.DiracGame(given);
      game.jacobian = () => [[0, -0.5], [0.45, 0]];
      return c.claims(game, {step: 0.1, alternating: false, momentum: 0}).find(({key}) => key === 'growth').holds"""
    assert run(body, tmp_path, every_portrait()["minimax"]) is False


@needs_node
def test_natures_and_eigenvalues(tmp_path: Path) -> None:
    body = """return given.gammas.map((gamma) => {
        const j = new m.DiracGame(given.portrait, {d_r1: gamma}).jacobian();
        return [m.nature(j), ...m.eigenvalues(j).map(({re, im}) => [re, im])];
      })"""
    gammas = [0.0, 0.5, 1.0, 3.0]
    found = run(body, tmp_path, {"portrait": every_portrait()["non_saturating"], "gammas": gammas})
    assert [name for name, *_ in found] == ["circles", "spiral", "critical", "sluggish"]
    for gamma, (_, *values) in zip(gammas, found, strict=True):
        assert np.allclose([complex(*value) for value in values], r1_eigenvalues(gamma), atol=1e-6)


@needs_node
def test_a_wgan_gp_circles_when_light_and_stops_when_heavy(tmp_path: Path) -> None:
    body = """return [0.3, 1.5].map((weight) => c.claims(new m.DiracGame(given, {d_gp: weight}), {step: 0.02, alternating: false, momentum: 0})[0])"""
    light, heavy = run(body, tmp_path, every_portrait()["wgan_gp"])
    assert (light["key"], light["holds"], heavy["key"], heavy["holds"]) == ("cycle", True, "stuck", True)
    assert np.allclose((heavy["predicted"], heavy["measured"]), 3.0, atol=1e-3)


@needs_node
def test_settings_from_elsewhere_are_cleaned(tmp_path: Path) -> None:
    given = {
        "loss": 3,
        "gamma": 99,
        "step": "fast",
        "order": "sideways",
        "start": [1, None],
        "reach": 7,
        "momentum": 0.5,
    }
    assert run("return p.cleaned(given)", tmp_path, given) == {"gamma": 10, "momentum": 0.5}


def test_the_route_gives_the_tables_and_refuses_the_unknown(client: httpx.Client) -> None:
    found = client.get("/dirac/wgan_gp.json").json()
    assert found["loss"] == "wgan_gp" and len(found["d"]["pieces"]) + 1 == len(found["d"]["knots"])
    assert {item["key"] for item in found["penalties"]} == {"d_gp", "d_r1"}
    answer = client.get("/dirac/nothing.json")
    assert answer.status_code == 404 and answer.json()["error"]


def test_sentences_have_the_same_places_in_both_languages() -> None:
    for key, text in JS.items():
        assert set(re.findall(r"\{(\w+)\}", text.zh)) == set(re.findall(r"\{(\w+)\}", text.en)), key
