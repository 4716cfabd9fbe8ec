"""From the click on Start to the first painted frame of that run, in a real browser.

    python -m benchmarks.click_to_frame

The first Start is made once the background warm-up is over, as it is for a visitor who reads the page for some seconds.
"""

from __future__ import annotations

import json

from playwright.sync_api import sync_playwright

from benchmarks.app_under_test import CHROMIUM_OPTIONS, app, chromium

CLICK_AND_WAIT = """() => new Promise((resolve) => {
  const samples = document.querySelector('#train-samples [data-frame], #train-samples[data-frame]');
  const before = samples.dataset.run || '';
  const started = performance.now();
  let blank = null;
  const look = () => {
    if (samples.dataset.run && samples.dataset.run !== before) {
      blank ??= samples.dataset.frame;
      if (samples.dataset.frame !== blank) return resolve((performance.now() - started) / 1000);
    }
    requestAnimationFrame(look);
  };
  const start = document.querySelector('#train-start');
  (start.matches('button') ? start : start.querySelector('button')).click();
  requestAnimationFrame(look);
})"""


def measure() -> dict[str, float]:
    """Seconds from click to first frame for a first and a second Start of the default recipe."""
    with app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        page = browser.new_page()
        page.goto(f"{address}/en/")
        page.wait_for_selector("#train-start")
        page.wait_for_timeout(20_000)  # the warm-up: TensorFlow's import and the first compilation
        results = {}
        for name in ("first Start", "second Start"):
            results[name] = page.evaluate(CLICK_AND_WAIT)
            page.wait_for_timeout(3_000)
            page.locator("#train-stop").click()
            page.wait_for_timeout(4_000)
        browser.close()
    return results


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
