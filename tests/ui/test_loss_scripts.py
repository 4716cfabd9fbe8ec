"""The chapter of losses in the page: terms between the rows of the server's table, batches, lessons; run by Node."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.explain.logits import terms_at
from aigc_demo.explain.term_shapes import term_shapes, with_logit_terms
from aigc_demo.losses import LOSSES
from aigc_demo.ui.catalogue import catalogue
from tests.ui.page_modules import needs_node, run_modules

MODULES = {
    "shapes": "losses-shapes.js",
    "batch": "losses-batch.js",
    "lessons": "losses-lessons.js",
    "lines": "losses-formula.js",
    "says": "losses-says.js",
    "i18n": "i18n.js",
}
PAIRS = [(0.33, -0.77), (-2.34, 5.08), (6.66, -6.66), (1.0, -1.0), (-31.7, 14.2)]

# What the modules expect of a browser before they do anything.
BROWSER = """
const shapesBy = Object.fromEntries((given.shapes ?? []).map((data) => [data.loss, shapes.shapesFrom(data)]));
Object.assign(i18n.catalogue, given.catalogue ?? {});
"""
PAGE = """
globalThis.document = { baseURI: 'http://page/en/', querySelector: () => null, body: { classList: { contains: () => false } } };
globalThis.location = { href: 'http://page/en/', hostname: 'page' };
globalThis.window = globalThis;
globalThis.addEventListener = () => {};
globalThis.HTMLElement = class {};
"""

pytestmark = needs_node


def evaluate(body: str, folder: Path, **given: Any) -> Any:
    """What a piece of JavaScript returns, with `given` and the modules at hand, and `shapesBy` its losses' terms."""
    (folder / "page.js").write_text(PAGE, encoding="utf-8")
    return run_modules(body, {"_page": "page.js", **MODULES}, folder, before=BROWSER, given=given)


def test_terms_are_exact_between_the_rows_of_the_table(tmp_path: Path) -> None:
    tables = [term_shapes(key) for key in LOSSES]
    found = evaluate(
        """return given.shapes.map(({ loss, terms }) => terms.map(({ key }) =>
          given.pairs.map(([real, fake]) => shapesBy[loss].get(key).at({ real, fake }))));""",
        tmp_path,
        shapes=tables,
        pairs=PAIRS,
    )
    reals, fakes = (np.array(side) for side in zip(*PAIRS, strict=True))
    for table, terms in zip(tables, found, strict=True):
        told = terms_at(with_logit_terms(LOSSES[table["loss"]]), reals, fakes)
        for term, points in zip(table["terms"], terms, strict=True):
            shape = told[term["key"]]
            values, slopes = ([point[name] for point in points] for name in ("value", "slope"))
            assert values == pytest.approx(shape.values.tolist(), abs=2e-5), (table["loss"], term["key"])
            assert slopes == pytest.approx(shape.slopes[term["logit"]].tolist(), abs=2e-5)


def test_the_corner_of_the_hinge_stays_a_corner(tmp_path: Path) -> None:
    found = evaluate(
        "return [0.97, 0.999, 1.001].map((real) => shapesBy.hinge.get('d_real').at({ real, fake: 0 }));",
        tmp_path,
        shapes=[term_shapes("hinge")],
    )
    assert [point["value"] for point in found] == pytest.approx([0.03, 0.001, 0.0])
    assert [point["slope"] for point in found] == pytest.approx([-1, -1, 0])


SCORES = {
    "lo": -2.0,
    "hi": 2.0,
    "real": [0, 1, 1, 2],
    "fake": [4, 0, 0, 0],
    "mean_real": 0.75,
    "mean_fake": -1.5,
    "n": 4,
}


def test_means_and_shares_over_a_histogram(tmp_path: Path) -> None:
    mean, square, above, cut, below, none = evaluate(
        """return [batch.meanOver(given.scores, 'real', (s) => s), batch.meanOver(given.scores, 'fake', (s) => s * s),
          batch.shareAbove(given.scores, 'real', 0), batch.shareAbove(given.scores, 'real', 1.5),
          batch.shareAbove(given.scores, 'fake', 5),
          batch.meanOver({ ...given.scores, fake: [0, 0, 0, 0] }, 'fake', () => 1)];""",
        tmp_path,
        scores=SCORES,
    )
    assert (mean, above, cut, below) == (pytest.approx(0.75), 0.75, 0.25, 0)
    assert square == pytest.approx(7 / 3, abs=1e-3)  # of a uniform law on [-2, -1]
    assert none is None  # NaN


def test_the_logits_are_put_into_a_line(tmp_path: Path) -> None:
    found = evaluate("return given.lines.map((line) => lines.substituted(line, { real: -2.5, fake: 1 }));", tmp_path, lines=[
        "−log σ({x})", "max(0, 1 − {x})", "−({x})", "{x}", "−log σ({z} − {x})", "½ ({x} − 1)²",
    ])  # fmt: skip
    assert found == [
        "−log σ(−2.50)",
        "max(0, 1 − (−2.50))",
        "−(−2.50)",
        "−2.50",
        "−log σ(1.00 − (−2.50))",
        "½ (−2.50 − 1)²",
    ]


def test_each_lesson_holds_where_it_begins(tmp_path: Path) -> None:
    found = evaluate(
        """return lessons.LESSONS.map((lesson) => {
          const { rows, holds } = lessons.held(lesson, shapesBy, lesson.logits);
          return { key: lesson.key, holds, rows };
        });""",
        tmp_path,
        shapes=[term_shapes(key) for key in LOSSES],
    )
    assert [lesson["key"] for lesson in found] == ["saturates", "silent", "overshoots", "bothSides", "twice"]
    assert all(lesson["holds"] for lesson in found)
    saturates = found[0]["rows"]
    assert saturates[1]["measured"] / saturates[0]["measured"] == pytest.approx(math.exp(5), rel=1e-3)


def test_a_lesson_turns_red_where_it_does_not_hold(tmp_path: Path) -> None:
    elsewhere = {
        "saturates": {"real": 3, "fake": 2},
        "silent": {"real": 0.5, "fake": -2.5},
        "overshoots": {"real": 0.5, "fake": 0},
        "bothSides": {"real": 0, "fake": -5},
    }
    moved, tampered = evaluate(
        """const broken = new Map(shapesBy.minimax);
        const g = broken.get('g_adversarial');
        broken.set('g_adversarial', { at: (s) => ({ value: g.at(s).value, slope: 2 * g.at(s).slope }) });
        return [
          lessons.LESSONS.filter(({ key }) => given.elsewhere[key]).map((lesson) => lessons.held(lesson, shapesBy, given.elsewhere[lesson.key]).holds),
          lessons.held(lessons.LESSONS[0], { ...shapesBy, minimax: broken }, lessons.LESSONS[0].logits).holds];""",
        tmp_path,
        shapes=[term_shapes(key) for key in LOSSES],
        elsewhere=elsewhere,
    )
    assert moved == [False] * 4
    assert tampered is False


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_loss_has_a_sentence_made_of_its_numbers(lang: str, tmp_path: Path) -> None:
    words = {name: catalogue(lang)[name] for name in ("losses", "strings")}  # type: ignore[arg-type]
    found = evaluate(
        """const reference = { minimax: shapesBy.minimax, non_saturating: shapesBy.non_saturating };
        const scenes = [{ at: { real: 2, fake: -4.2 }, scores: null, where: 'W', reference },
          { at: { real: 0.75, fake: -1.5 }, scores: given.scores, where: 'W', reference }];
        return Object.keys(shapesBy).map((loss) => [loss, ...scenes.map((scene) => says.saying(loss, shapesBy[loss], scene))]);""",
        tmp_path,
        shapes=[term_shapes(key) for key in LOSSES],
        catalogue=words,
        scores=SCORES,
    )
    assert [row[0] for row in found] == list(LOSSES)
    said = {loss: (single, batch) for loss, single, batch in found}
    for loss, sentences in said.items():
        keys = {term.key for term in LOSSES[loss].d_terms + LOSSES[loss].g_terms}
        for sentence in sentences:
            assert sentence["term"] in keys
            assert not {"{", "NaN", "explain."} & {*sentence["text"]} and "explain." not in sentence["text"]
    ratio = math.exp(4.2)
    assert all(number in said["minimax"][0]["text"] for number in ("−4.20", "0.015", "0.985", f"{ratio:.2f}"))
    hinge = said["hinge"][1]["text"].replace(" ", "")
    assert "50%" in hinge and "100%" in hinge  # of the real ones above +1, and of the fakes below -1
