"""The Explain tab as a whole: its contents, its addresses, experiments, the quiz, the glossary and the tours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from aigc_demo.explain.quiz import QUIZ
from aigc_demo.explain.tour_catalogue import TOURS
from aigc_demo.ui.chapters import CHAPTERS
from tests.browser.conftest import OpenPage

QUICK = "F2"  # an experiment of a second or two


def is_at_the_top(page: Page, selector: str) -> None:
    page.wait_for_function(
        "name => Math.abs(document.querySelector(name)?.getBoundingClientRect().top ?? 9e9) < 140", arg=selector
    )


def test_every_chapter_has_an_address_and_the_contents_lead_to_it(open_page: OpenPage) -> None:
    page = open_page("/en/#explain/quiz")
    is_at_the_top(page, "#explain-quiz")
    links = page.locator(".aigc-contents a")
    assert links.evaluate_all("all => all.map((link) => link.dataset.go)") == [chapter.key for chapter in CHAPTERS]
    expect(page.locator(".aigc-contents [aria-current]")).to_have_attribute("data-go", "quiz")
    for key in ("glossary", "losses"):
        page.locator(f".aigc-contents [data-go={key}]").click()
        is_at_the_top(page, f"#explain-{key}")
        assert page.evaluate("location.hash") == f"#explain/{key}"
    page.evaluate("location.hash = '#explain/F4'")
    is_at_the_top(page, "#erratum-F4")
    assert page.locator(".katex-error").count() == 0


def test_an_experiment_is_predicted_run_stopped_and_run_again(open_page: OpenPage) -> None:
    page = open_page(f"/en/#explain/{QUICK}")
    experiment = page.locator(f"#erratum-{QUICK} aigc-experiment")
    expect(experiment.locator(".aigc-experiment-claims")).to_be_hidden()
    experiment.locator("input[type=radio]").first.check()
    run = experiment.locator("[data-run]")
    run.click()
    expect(run).to_have_text("Stop")
    expect(experiment).to_have_attribute("data-holds", "true")
    expect(experiment.locator("[data-holds=true] td").first).not_to_have_text("–")
    assert experiment.locator(".aigc-experiment-claims tr[data-holds=false]").count() == 0
    expect(experiment.locator("[role=status]")).to_contain_text("predict")
    run.click()
    run.click()  # stop: what has been drawn stays, and it can be run again
    expect(experiment).to_have_attribute("data-state", "done")
    expect(run).to_contain_text("again")


def test_a_claim_that_fails_turns_red(open_page: OpenPage) -> None:
    page = open_page("/en/")
    lines = (
        '{"frame":{"side":"written","progress":1,"step":1,"figures":{}}}\n'
        '{"done":true,"claims":[{"key":"KEY","measured":9,"holds":false}],"seconds":1}\n'
    )
    answers = page.evaluate("async () => (await fetch('../experiments.json')).json()")
    body = lines.replace("KEY", answers[QUICK]["claims"][0]["key"])
    page.route(f"**/experiments/{QUICK}", lambda route: route.fulfill(body=body, content_type="application/x-ndjson"))
    page.evaluate(f"location.hash = '#explain/{QUICK}'")
    experiment = page.locator(f"#erratum-{QUICK} aigc-experiment")
    experiment.locator("[data-run]").click()
    failed = experiment.locator(".aigc-experiment-claims tr[data-holds=false]")
    expect(failed).to_have_count(1)
    expect(failed.get_by_role("img")).to_have_attribute(
        "aria-label", "does not hold: this run contradicts the claim above"
    )
    colour = failed.locator("td").last.evaluate("cell => getComputedStyle(cell).color")
    bad = page.evaluate(
        "() => { const p = document.createElement('p'); p.style.color = 'var(--aigc-bad)'; document.body.append(p);"
        " const c = getComputedStyle(p).color; p.remove(); return c; }"
    )
    assert colour == bad
    assert experiment.get_attribute("data-holds") == "false"


def test_the_quiz_wants_an_answer_first_and_keeps_the_score(open_page: OpenPage) -> None:
    page = open_page("/zh/#explain/quiz")
    place = [question.experiment for question in QUIZ].index(QUICK)
    question = page.locator("[data-question]").nth(place)
    experiment = question.locator("aigc-experiment")
    experiment.locator("[data-run]").click()
    expect(experiment.locator("[role=status]")).to_have_text("先选一个答案。")
    answers = page.evaluate("async () => (await fetch('../experiments.json')).json()")
    right = [choice["right"] for choice in answers[QUICK]["choices"]].index(True)
    experiment.locator("input[type=radio]").nth(right).check()
    expect(question.locator(".aigc-quiz-why")).to_be_hidden()
    experiment.locator("[data-run]").click()
    expect(question).to_have_attribute("data-answered", "right")
    expect(page.locator("#quiz-score")).to_have_text("答对 1 题，已答 1 / 10")
    expect(question.locator(".aigc-quiz-why")).to_be_visible()
    page.reload()
    expect(page.locator("#quiz-score")).to_have_text("答对 1 题，已答 1 / 10")


@pytest.mark.parametrize(
    ("path", "text", "meaning"), [("/zh/", "判别器", "给每张图打分"), ("/en/", "discriminator", "scores an image")]
)
def test_a_word_explains_itself(open_page: OpenPage, path: str, text: str, meaning: str) -> None:
    page = open_page(f"{path}#explain/glossary")
    page.locator("#glossary-search").fill(text)
    expect(page.locator("#explain-glossary-discriminator")).to_contain_text(meaning)
    expect(page.locator("#explain-glossary-adam")).to_be_hidden()
    page.locator(".aigc-contents [data-go=tutorial]").click()
    word = page.locator("dfn[data-word=discriminator]").first
    word.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(meaning)
    assert word.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)


def test_a_word_explains_itself_under_the_pointer_in_other_tabs(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    box = page.evaluate(
        """async () => {
          const walker = document.createTreeWalker(document.querySelector('#tab-generate'), NodeFilter.SHOW_TEXT);
          for (;;) {
            while (walker.nextNode()) {
              const at = walker.currentNode.data.search(/\\b(generator|logit|seed|training digits|truncation)\\b/i);
              const shown = walker.currentNode.parentElement.checkVisibility();
              if (at < 0 || !shown || walker.currentNode.parentElement.closest('canvas, code, option, select')) continue;
              const range = document.createRange();
              range.setStart(walker.currentNode, at);
              range.setEnd(walker.currentNode, at + 4);
              walker.currentNode.parentElement.scrollIntoView({ block: 'center' });
              const { x, y, width, height } = range.getBoundingClientRect();
              if (width) return { x: x + width / 2, y: y + height / 2 };
            }
            await new Promise((resolve) => setTimeout(resolve, 200));
            walker.currentNode = document.querySelector('#tab-generate');
          }
        }"""
    )
    page.mouse.move(box["x"] - 3, box["y"])
    page.mouse.move(box["x"], box["y"])
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.mouse.move(box["x"], box["y"] + 200)
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_a_tour_goes_from_stop_to_stop_by_the_presenters_keys(open_page: OpenPage) -> None:
    page = open_page("/en/#explain/tours")
    tour = TOURS["losses_lie"]
    page.locator("[data-tour=losses_lie]").click()
    bar = page.locator("#tour")
    expect(bar).to_contain_text(tour.steps[0].title.en)
    expect(page.locator("#tour-next")).to_have_text("Next →")
    page.keyboard.press("n")
    expect(bar).to_contain_text(tour.steps[0].notes.en)
    for number, step in enumerate(tour.steps[1:5], start=2):
        page.keyboard.press("PageDown")
        expect(bar).to_contain_text(step.title.en)
        expect(bar).to_contain_text(step.watch.en)
        assert f"at={number}" in page.url
    expect(page.locator("#explain-loss")).to_have_value("hinge")
    page.keyboard.press("PageUp")
    expect(page.locator("#explain-loss")).to_have_value("minimax")
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    assert "tour=" not in page.url


def test_a_tour_can_be_opened_by_its_address_and_an_unknown_one_is_named(open_page: OpenPage) -> None:
    page = open_page("/zh/?tour=five_minutes&at=5")
    expect(page.locator("#tour")).to_contain_text(TOURS["five_minutes"].steps[4].title.zh)
    page.wait_for_selector("#tab-generate", state="visible")
    page.goto(page.url.split("?")[0] + "?tour=none")
    expect(page.locator("#train-notice")).to_contain_text("没有这条导览")
