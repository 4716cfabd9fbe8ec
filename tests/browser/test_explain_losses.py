"""The chapter of losses: a term lit anywhere is lit everywhere, numbers follow the logits, lessons hold and stop holding."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, open_tab, picture

SLIDE = """(input, value) => {
  input.value = value;
  for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true }));
}"""
CANVAS = ".aigc-losses-graph canvas"


def chapter(open_page: OpenPage, path: str = "/en/", **options: object) -> Page:
    """The chapter of losses in view, its graph drawn."""
    page = open_page(path, **options)
    open_tab(page, "explain")
    page.locator("#explain-formula").scroll_into_view_if_needed()
    page.wait_for_selector("#explain-formula .katex")
    page.locator(CANVAS).scroll_into_view_if_needed()
    page.wait_for_function(f"() => Number(document.querySelector('{CANVAS}')?.dataset.frame) >= 1")
    return page


def slide(page: Page, which: str, value: float) -> None:
    page.locator(f"#explain-s-{which}").evaluate(SLIDE, str(value))


def choose(page: Page, loss: str) -> None:
    page.locator("#explain-loss").select_option(loss)
    page.wait_for_selector(f'#explain-formula[data-loss="{loss}"] .katex')
    page.wait_for_selector(".aigc-push")  # the terms as functions come a little later


def lit(page: Page) -> set[str]:
    """What kinds of things are lit for the term that is: formula, arrow, row, sentence."""
    return set(
        page.evaluate(
            """() => [...document.querySelectorAll('aigc-logits .aigc-term-lit')].map((element) =>
              element.closest('.aigc-sum-formula') ? 'formula' : element.closest('.aigc-sum') ? 'numbers'
                : element.closest('.aigc-push') ? 'arrow' : element.closest('tr') ? 'row' : 'sentence')"""
        )
    )


def test_a_term_lit_anywhere_is_lit_everywhere(open_page: OpenPage) -> None:
    page = chapter(open_page)
    choose(page, "hinge")
    dark = picture(page, CANVAS)
    everywhere = {"formula", "numbers", "arrow", "row", "sentence"}

    page.locator("#explain-formula [data-term=d_real]").first.hover()
    page.wait_for_selector("aigc-logits[data-lit=d_real]")
    assert lit(page) == everywhere  # the hinge's sentence is about this term
    page.wait_for_function(
        "([canvas, before]) => document.querySelector(canvas).toDataURL() !== before", arg=[CANVAS, dark]
    )

    page.locator(".aigc-push[data-term=g_adversarial]").focus()  # reached by a script, as by a tap: no light yet
    page.mouse.move(5, 5)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector("aigc-logits[data-lit=g_adversarial]")
    assert lit(page) == everywhere - {"sentence"}

    row = page.locator("aigc-logits tr[data-key=d_fake]")
    row.click()
    page.mouse.move(5, 5)
    page.wait_for_selector("aigc-logits[data-lit=d_fake]")
    row.hover()
    page.keyboard.press("Escape")
    expect(page.locator("aigc-logits .aigc-term-name[data-term=d_fake]")).to_have_attribute("aria-pressed", "false")

    # The curve itself: over its chosen point the pointer lights the term, wherever else it stands.
    slide(page, "fake", 3)
    box = page.locator(CANVAS).bounding_box()
    assert box
    spot = page.evaluate(
        """() => {
          const { graph } = document.querySelector('aigc-logits');
          const { value } = graph.shown.bands;
          const s = 4;
          const share = (graph.shown.curves.find(({ key }) => key === 'd_fake').at(s).value - value.low) / (value.high - value.low);
          return [graph.xOf(s), value.top + value.height * (1 - share)];
        }"""
    )
    page.locator(CANVAS).scroll_into_view_if_needed()
    page.locator(CANVAS).hover(position={"x": spot[0], "y": spot[1]})
    page.wait_for_selector("aigc-logits[data-lit=d_fake]")


def test_numbers_follow_the_logits_and_the_run(open_page: OpenPage) -> None:
    page = chapter(open_page, "/zh/")
    choose(page, "non_saturating")
    d = page.locator("#explain-formula > [data-player=d]")
    slide(page, "real", 1)
    slide(page, "fake", -1)
    expect(d).to_contain_text("−log σ(1.00)")
    expect(d).to_contain_text(re.compile(r"0\.3133\s*\+\s*0\.3133\s*=\s*0\.6265"))
    expect(d).to_contain_text("录像里的训练")  # nobody has started a run here
    expect(d).to_have_attribute("aria-label", re.compile("认出真图 .*合计"))
    slide(page, "fake", 3)
    expect(d).to_contain_text(re.compile(r"0\.3133\s*\+\s*3\.0486\s*=\s*3\.3618"))
    expect(page.locator(".aigc-push[data-term=d_fake]")).to_have_attribute("data-way", "down")
    expect(page.locator(".aigc-push[data-term=g_adversarial]")).to_have_attribute("data-way", "up")

    # Another loss than the run's: what it would say of the run's own logits.
    choose(page, "hinge")
    expect(d).to_contain_text("页面上的训练用的是")
    expect(page.locator(".aigc-saying")).to_contain_text(re.compile(r"\d+% 的真图越过了 \+1"))
    assert page.locator(".katex-error").count() == 0


def test_lessons_hold_and_turn_red_elsewhere(open_page: OpenPage) -> None:
    page = chapter(open_page, viewport={"width": 390, "height": 844})
    claim = page.locator(".aigc-claim")
    for key in ("saturates", "silent", "overshoots", "bothSides", "twice"):
        page.locator(f"[data-lesson={key}]").click()
        page.wait_for_selector(f".aigc-claim[data-lesson={key}][data-holds=true]")
    page.locator("[data-lesson=silent]").click()
    page.wait_for_selector(".aigc-claim[data-lesson=silent][data-holds=true]")
    assert page.locator("#explain-loss").input_value() == "hinge"
    assert page.locator("#explain-beside").input_value() == "non_saturating"
    slide(page, "real", 0.5)
    expect(claim).to_have_attribute("data-holds", "false")
    expect(claim.locator("tr[data-holds=false]")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # Nothing is drawn while nobody sees it.
    page.evaluate("scrollTo(0, 0)")
    page.locator("#tab-train-button").click()
    page.wait_for_function("() => !document.querySelector('aigc-logits').isAwake")
    before = page.get_attribute(CANVAS, "data-frame")
    page.evaluate("document.querySelector('#explain-s-fake').dispatchEvent(new Event('input', { bubbles: true }))")
    page.wait_for_timeout(400)
    assert page.get_attribute(CANVAS, "data-frame") == before


def test_on_the_train_tab_the_ledger_and_the_chart_light_a_term_together(open_page: OpenPage) -> None:
    page = open_page()
    page.wait_for_selector("#train-ledger .aigc-term[data-key=d_fake] .katex")
    page.locator("#train-ledger .aigc-term[data-key=d_fake]").hover()
    expect(page.locator("#train-ledger .aigc-term-lit")).to_have_attribute("data-key", "d_fake")
    page.locator("#train-chart .aigc-key, aigc-chart .aigc-key").nth(1).hover()
    expect(page.locator("#train-ledger .aigc-term-lit")).to_have_attribute("data-key", "d_real")
