"""Models go to the Hub and come from there as a visitor does it: pull by name, sign in, push, fail, try again, stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from safetensors.numpy import load, save

from aigc_demo.checkpoints.parcel import gather
from aigc_demo.home import SHIPPED
from tests.browser.conftest import OpenPage
from tests.hub.fake_hub import FakeHub
from tests.hub.fake_models import ADA, Troubles
from tests.hub.fake_openid import FakeOpenId

pytestmark = pytest.mark.browser

REPO = "bob/digits"


@pytest.fixture
def fake(image_hub: FakeHub) -> Iterator[FakeHub]:
    """A Hub on which bob has published a model that nobody has here."""
    files = gather(SHIPPED / "fast").files
    weights = {name: value * 0.96 for name, value in load(files["generator.safetensors"]).items()}
    image_hub.models.put_model(REPO, {**files, "generator.safetensors": save(weights)})
    image_hub.asked.clear()
    yield image_hub
    if image_hub.models.troubles.hold_put is not None:
        image_hub.models.troubles.hold_put.set()
    image_hub.models.troubles = Troubles()


def opened(open_page: OpenPage, path: str = "/en/", **options: object) -> Page:
    page = open_page(path, **options)
    page.locator("#tab-models-button").click()
    page.wait_for_selector("[data-model=fast]")
    return page


def pull(page: Page, name: str) -> None:
    page.locator("#models-from-hub").click()
    page.locator("#hub-pull-repo").fill(name)
    page.locator("#models-pull [data-act=go]").click()


def delete(page: Page) -> None:
    """The next test finds what this one found."""
    page.locator("[data-group=imported] [data-act=delete]").click()
    expect(page.locator("[data-group=imported] .aigc-card")).to_have_count(0)


def test_a_model_is_pulled_and_pushed_by_somebody_who_signs_in(open_page: OpenPage, fake: FakeHub) -> None:
    page = opened(open_page)
    pull(page, "")
    expect(page.locator("#models-pull [role=alert]")).to_contain_text("no name of a model")
    assert not fake.asked  # looking asks nobody
    page.locator("#hub-pull-repo").fill("bob/nothing")
    page.locator("#models-pull [data-act=go]").click()
    expect(page.locator("#models-pull [role=alert]")).to_contain_text("no such model as bob/nothing")
    page.locator("#hub-pull-repo").fill(f"{REPO}@main")
    page.keyboard.press("Enter")
    commit = fake.heads[REPO]
    expect(page.locator(".aigc-models-news")).to_contain_text(f"is pulled, at commit {commit[:10]}")
    card = page.locator("[data-group=imported] .aigc-card")
    expect(card).to_contain_text(f"{REPO} at commit {commit[:10]}")

    card.locator("[data-act=push]").click()
    dialog = page.locator("#models-push")
    expect(dialog.locator(".aigc-files li")).to_have_count(5)
    page.locator("#hub-repo").fill("my-digits")
    expect(dialog.locator(".aigc-target")).to_have_text(
        f"Goes to {fake.endpoint}/<your account>/my-digits · private: only its owner sees it"
    )
    dialog.locator("[data-act=go]").click()
    expect(dialog.locator("[role=alert]")).to_have_text("Sign in first, or give a token.")
    with page.expect_popup() as provider:
        page.locator("#hub-sign-in").click()
    provider.value.locator("#allow").click()
    expect(dialog.locator(".aigc-account")).to_contain_text("Signed in as ada")
    expect(dialog.locator(".aigc-target")).to_contain_text("/ada/my-digits")
    dialog.locator("[data-act=go]").click()
    expect(dialog.locator(".aigc-pushed a")).to_have_attribute("href", f"{fake.endpoint}/ada/my-digits")
    assert fake.models.private["ada/my-digits"] is True
    assert b"hub:ada/my-digits" in fake.models.content("ada/my-digits")["README.md"]
    kept = page.evaluate(
        "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )
    assert ADA not in kept and ADA not in page.content()
    page.keyboard.press("Escape")
    delete(page)


def test_a_push_with_a_token_can_fail_be_stopped_and_be_repeated(
    open_page: OpenPage, fake: FakeHub, openid: FakeOpenId
) -> None:
    page = opened(open_page, "/zh/", viewport={"width": 390, "height": 844})
    pull(page, REPO)
    page.locator("[data-group=imported] [data-act=push]").click()
    dialog = page.locator("#models-push")
    page.locator("#hub-repo").fill("again")
    dialog.locator(".aigc-account summary").click()
    page.locator("#hub-token").fill("hf_wrong")
    dialog.locator("[data-act=go]").click()
    expect(dialog.locator("[role=alert]")).to_contain_text("不接受这个令牌")
    page.locator("#hub-token").fill(ADA)
    fake.models.troubles.hold_put = threading.Event()
    dialog.locator("[data-act=go]").click()
    expect(dialog.locator("[role=alert]")).to_contain_text("已发送")
    assert page.evaluate(
        "() => { const dialog = document.querySelector('#models-push'); "
        "return dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= innerWidth; }"
    )
    dialog.locator("[data-act=stop]").click()
    expect(dialog.locator("[role=alert]")).to_contain_text("已停止")
    fake.models.troubles.hold_put.set()
    fake.models.troubles.hold_put = None
    expect(dialog.locator("[data-act=go]")).to_have_text("再推一次")
    dialog.locator("[data-act=go]").click()
    expect(dialog.locator(".aigc-pushed")).to_contain_text("已推送（私有，只有仓库的主人能看到）")
    assert [entry["summary"] for entry in fake.models.log["ada/again"]][1:] == ["Add a model of AIGC Demo"]

    with page.expect_popup() as provider:  # one that cannot hand the code over: its visitor does
        page.locator("#hub-sign-in").click()
    provider.value.wait_for_selector("#allow")
    query = parse_qs(urlsplit(openid.agree(provider.value.url)).query)
    provider.value.close()
    page.get_by_label("那个窗口给出的一次性代码").fill(f"{query['state'][0]}.{query['code'][0]}")
    page.keyboard.press("Enter")
    expect(dialog.locator(".aigc-account")).to_contain_text("已登录：ada")
    page.locator("#hub-sign-out").click()
    expect(page.locator("#hub-sign-in")).to_be_visible()
    page.keyboard.press("Escape")
    delete(page)
