"""The laboratory: settings that act at once, half steps, slow motion, and the form in the address."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from aigc_demo.recipes import RECIPES
from tests.browser.conftest import OpenPage, picture, start, step_of, stop, wait_for_step

pytestmark = pytest.mark.browser

# On this machine everybody is owner; a page that was refused once behaves as a stranger's.
REFUSE = """async (run) => {
  const own = await import(new URL('owner.js', document.querySelector('script[src$="main.js"]').src));
  own.noteRefusal(run);
  window.aigc.store.emit('state');
}"""


def open_settings(page: Page, *groups: str) -> None:
    page.locator("#train-more > button").click()
    page.wait_for_selector("aigc-settings:not([hidden])")
    for group in groups:
        page.locator(f"[data-group={group}] > summary").click()


def type_setting(page: Page, key: str, value: str) -> None:
    field = page.locator(f'[data-setting="{key}"] input.aigc-setting-value')
    field.fill(value)
    field.press("Enter")


def fact(page: Page, name: str) -> Any:
    return page.evaluate(f"window.aigc.store.run.{name}")


def wait_for_fact(page: Page, expression: str) -> None:
    page.wait_for_function(f"() => {{ const run = window.aigc.store.run; return {expression}; }}")


def rows(page: Page, address: str, run: str, first: int, last: int) -> list[dict[str, float | None]]:
    answer = httpx.get(f"{address}/runs/{run}/metrics", params={"from": first, "to": last}, trust_env=False).json()
    return [dict(zip(answer["keys"], row, strict=True)) for row in answer["rows"]]


def test_a_rate_changed_while_it_trains_acts_at_once_and_is_marked(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    open_settings(page)
    expect(page.locator(".aigc-settings-mode")).to_contain_text("at once")
    type_setting(page, "lr.d", "0.0007")
    wait_for_fact(page, "run.changes?.some((change) => change.key === 'lr.d' && change.to === 0.0007)")
    assert fact(page, "values['lr.d']") == 0.0007
    row = page.locator('[data-setting="lr.d"]')
    expect(row).to_have_class("aigc-setting aigc-changed")
    row.locator(".aigc-reset").click()
    wait_for_fact(page, "run.values['lr.d'] === 0.003")
    expect(row.locator(".aigc-reset")).to_be_hidden()
    ratio = page.locator('[data-setting="lr.ratio"]')
    expect(ratio.locator("output")).to_have_text("1 : 1")
    ratio.locator("input").focus()
    for _ in range(8):  # a quarter of a power of two each
        page.keyboard.press("ArrowRight")
    wait_for_fact(page, "run.values['lr.d'] === 0.006 && run.values['lr.g'] === 0.0015")
    expect(ratio.locator("output")).to_have_text("4 : 1")
    expect(ratio).to_contain_text("D 0.006, G 0.0015")
    stop(page)


def test_a_penalty_switched_on_while_it_trains_gets_its_own_curve(open_page: OpenPage, address: str) -> None:
    page = open_page()
    run = start(page)
    before = fact(page, "keys")
    open_settings(page, "additions")
    page.locator("[data-addition=r1] input[type=checkbox]").check()
    wait_for_fact(page, "run.keys.includes('d_r1')")
    assert fact(page, "keys")[: len(before)] == before
    since = next(change["step"] for change in fact(page, "changes") if change["key"] == "weight.d_r1")
    wait_for_step(page, since + 2)
    assert rows(page, address, run, since, since)[0]["d_r1"] is None
    assert (rows(page, address, run, since + 2, since + 2)[0]["d_r1"] or 0) > 0
    expect(page.locator("#train-ledger [data-key=d_r1]")).to_be_visible()
    stop(page)


def test_what_cannot_be_combined_is_refused_beside_the_control(open_page: OpenPage) -> None:
    page = open_page("/en/?set=weight.d_gp:10")
    open_settings(page, "networks", "additions")
    network = page.locator('[data-setting="discriminator"]')
    network.locator("select").select_option("fast_bn")
    expect(network.locator(".aigc-setting-error")).to_contain_text("batch normalisation")
    expect(network.locator("select")).to_have_value("fast")
    page.locator("[data-addition=gp] input[type=checkbox]").uncheck()
    network.locator("select").select_option("fast_bn")
    expect(network.locator(".aigc-setting-error")).to_be_hidden()
    penalty = page.locator("[data-addition=gp]")
    expect(penalty.locator("input[type=checkbox]")).to_be_disabled()
    expect(penalty.locator("> .aigc-setting-error")).to_contain_text("batch normalisation")


def test_a_refusal_while_it_trains_puts_the_control_back(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    open_settings(page)
    type_setting(page, "lr.g", "50")
    row = page.locator('[data-setting="lr.g"]')
    expect(row.locator(".aigc-setting-error")).to_contain_text("between")
    row.locator("input.aigc-setting-value").blur()
    expect(row.locator("input.aigc-setting-value")).to_have_value("0.003")
    stop(page)


def test_d_alone_steps_without_moving_g(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    wait_for_step(page, 5)
    page.locator("#train-pause").click()
    page.wait_for_selector("#train-status[data-state=paused]")
    page.wait_for_timeout(1000)  # the last frames arrive
    shown = picture(page, "#train-samples")
    step(page, "step-d")
    assert picture(page, "#train-samples") == shown
    step(page, "step-g")
    page.wait_for_timeout(1000)
    assert picture(page, "#train-samples") != shown
    stop(page)


def step(page: Page, button: str) -> None:
    """Press one of the buttons that make a step, and see it made."""
    before = step_of(page)
    page.locator(f"#train-{button}").click()
    wait_for_step(page, before + 1)
    page.wait_for_timeout(700)
    assert step_of(page) == before + 1


def test_slow_motion_walks_through_a_step_with_its_numbers(open_page: OpenPage, address: str) -> None:
    page = open_page("/en/?seconds=100")
    page.locator("#train-slow").click()
    page.wait_for_selector(".aigc-slow-body:not([hidden])")
    step = step_of(page)
    told = {page.locator(".aigc-slow-text").inner_text()}
    for beat in ("draw", "judge", "losses", "slope", "d", "g", "done"):
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(f'dialog[data-beat="{beat}"]')
        told.add(page.locator(".aigc-slow-text").inner_text())
    assert len(told) == 8
    wait_for_step(page, step + 1)
    run = page.get_attribute("#train-status", "data-run") or ""
    figures = rows(page, address, run, step + 1, step + 1)[0]
    # D's figures of the step are those that were shown before its half step.
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector('dialog[data-beat="losses"]')
    total = page.locator('.aigc-slow-sum[data-player="d"] b').first.inner_text()
    assert float(total.replace("−", "-")) == pytest.approx(figures["d_total"], abs=2e-3)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    stop(page)


def test_a_link_is_an_experiment(open_page: OpenPage) -> None:
    page = open_page()
    open_settings(page)
    page.locator("#train-seed input").fill("7")
    type_setting(page, "lr.d", "0.001")
    page.wait_for_function("() => location.search.includes('seed=7') && location.search.includes('set=lr.d:0.001')")
    query = page.evaluate("location.search")
    assert "recipe" not in query
    again = open_page(f"/zh/{query}")
    expect(again.locator("#train-seed input")).to_have_value("7")
    open_settings(again)
    expect(again.locator('[data-setting="lr.d"] input.aigc-setting-value')).to_have_value("0.001")
    again.locator("#language").click()
    again.wait_for_url("**/en/?*set=lr.d*")
    expect(again.locator("#train-seed input")).to_have_value("7")  # the form is set up, and stays as it is typed
    start(again, seed=7)
    wait_for_fact(again, "run.settings['lr.d'] === 0.001")
    assert fact(again, "seed") == 7
    stop(again)


def test_what_a_link_gets_wrong_is_said_and_the_rest_is_kept(open_page: OpenPage) -> None:
    page = open_page("/en/?recipe=nothing&seed=12&set=lr.d:0.001,pac:9,broken")
    notice = page.locator("#train-notice")
    expect(notice).to_contain_text("recipe")
    expect(notice).to_contain_text("pac")
    expect(notice).to_contain_text("broken")
    expect(page.locator("#train-seed input")).to_have_value("12")
    page.wait_for_function("() => location.search.includes('set=lr.d:0.001') && !location.search.includes('pac')")


def test_hide_removes_controls_and_ignores_unknown_names(open_page: OpenPage) -> None:
    page = open_page("/en/?hide=recipe,seed,settings,presets,lr.d,nothing,%22%7D&seed=3")
    for name in ("recipe", "seed", "more", "presets"):
        expect(page.locator(f"#train-{name}").first).to_be_hidden()
    for name in ("loss", "seconds", "start", "slow"):
        expect(page.locator(f"#train-{name}").first).to_be_visible()
    page.wait_for_timeout(500)
    assert "hide=" in page.url


def test_the_same_seed_again_gives_the_same_first_step(open_page: OpenPage, address: str) -> None:
    page = open_page()
    first = start(page, seed=5)
    wait_for_step(page, 3)
    stop(page)
    page.locator("#train-again").click()
    page.wait_for_function(f"() => !['', '{first}'].includes(document.querySelector('#train-status').dataset.run)")
    wait_for_step(page, 3)
    second = page.get_attribute("#train-status", "data-run") or ""
    assert rows(page, address, second, 1, 3) == rows(page, address, first, 1, 3)
    stop(page)


def test_a_recipe_of_ones_choice_brings_its_loss_and_drops_other_networks(open_page: OpenPage) -> None:
    page = open_page("/en/?set=discriminator:fast_bn,lr.d:0.001")
    page.locator("#train-recipe input").click()
    page.get_by_role("option", name="Tutorial §4.3, as written").click()
    page.wait_for_function("() => location.search.includes('recipe=tutorial_4_3')")
    page.wait_for_function("() => location.search.includes('set=lr.d:0.001')")
    assert "loss=" not in page.url
    assert "discriminator" not in page.url


def test_the_last_recipe_and_the_last_loss_of_a_long_list_can_be_clicked(open_page: OpenPage) -> None:
    """The lists are longer than the fields, and hang over the buttons below them."""
    page = open_page()
    for key in ("loss", "recipe"):
        page.locator(f"#train-{key} input").click()
        last = page.locator(f"#train-{key} [role=option]").last
        name = last.get_attribute("aria-label") or ""
        last.click(timeout=10_000)
        expect(page.locator(f"#train-{key} input")).to_have_value(name)
    page.wait_for_function(f"() => location.search.includes('recipe={list(RECIPES)[-1]}')")


def test_on_a_phone_nothing_of_the_fields_lies_over_the_buttons(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    found = page.evaluate(
        """() => {
          const title = document.querySelector('#train-seconds [data-testid=block-info]');
          const button = document.querySelector('#train-presets').getBoundingClientRect();
          scrollBy(0, title.getBoundingClientRect().top - button.top);
          const { left, top, width, height } = title.getBoundingClientRect();
          return Boolean(document.elementFromPoint(left + width / 2, top + height / 2).closest('#train-actions'));
        }"""
    )
    assert found


def test_what_a_preset_breaks_its_cure_changes_while_it_trains(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#train-presets").click()
    page.locator("[data-preset=saturation]").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.wait_for_selector("#train-status[data-state=training]")
    card = page.locator("aigc-presets")
    expect(card).to_contain_text("minimax")
    assert fact(page, "loss") == "minimax"
    wait_for_fact(page, "run.verdict?.key === 'saturated'")
    expect(page.locator("#train-ledger aigc-remedy button")).to_be_visible()
    card.locator(".aigc-plain").click()
    wait_for_fact(page, "run.loss === 'non_saturating' && run.changes.some((change) => change.key === 'loss')")
    expect(card.locator(".aigc-plain")).to_be_hidden()
    page.wait_for_function("() => !location.search.includes('loss=')")
    stop(page)


def test_a_spectator_prepares_a_run_of_its_own_and_controls_nothing(open_page: OpenPage) -> None:
    owner = open_page()
    run = start(owner)
    owner.locator("#train-pause").click()
    owner.wait_for_selector("#train-status[data-state=paused]")
    stranger = open_page(f"/en/?run={run}")
    stranger.evaluate(REFUSE, run)
    for name in ("pause", "step", "stop", "extend", "slow"):
        expect(stranger.locator(f"#train-{name}")).to_be_disabled()
    open_settings(stranger)
    type_setting(stranger, "lr.d", "0.001")
    stranger.wait_for_function("() => location.search.includes('set=lr.d:0.001')")
    assert fact(owner, "changes") == []
    stop(owner)
