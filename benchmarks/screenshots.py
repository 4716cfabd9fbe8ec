"""Take the README's screenshot, and one of every tab in both languages, both themes and two widths.

python -m benchmarks.screenshots                 # benchmarks/results/screenshot.png
python -m benchmarks.screenshots --all FOLDER    # every view, to look at
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.app_under_test import CHROMIUM_OPTIONS, app, chromium

README_PICTURE = Path(__file__).parent / "results" / "screenshot.png"
TABS = ("train", "generate", "explain", "models")
WIDTHS = {"wide": (1440, 900), "phone": (390, 844)}


def train_a_little(page: Page, address: str, seconds: int) -> str:
    """Start the default run, watch it for `seconds`, and return the page's address."""
    page.goto(f"{address}/en/")
    page.wait_for_selector("#train-start")
    page.wait_for_timeout(15_000)
    page.locator("#train-start").click()
    page.wait_for_function("() => Number(document.querySelector('[data-step]')?.dataset.step) > 20", timeout=120_000)
    page.wait_for_timeout(seconds * 1000)
    return page.url


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path)
    arguments = parser.parse_args()
    with app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        url = train_a_little(page, address, 8)
        README_PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=README_PICTURE)
        if arguments.all:
            arguments.all.mkdir(parents=True, exist_ok=True)
            for language in ("zh", "en"):
                for theme in ("light", "dark"):
                    for name, (width, height) in WIDTHS.items():
                        view = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
                        view.goto(f"{url.replace('/en/', f'/{language}/')}&__theme={theme}")
                        view.wait_for_selector("#train-start", state="attached")
                        for tab in TABS:
                            view.locator(f"#tab-{tab}-button").click()
                            view.wait_for_timeout(2_500)
                            view.screenshot(
                                path=arguments.all / f"{tab}-{language}-{theme}-{name}.png", full_page=width < 1000
                            )
                        view.close()
        browser.close()


if __name__ == "__main__":
    main()
