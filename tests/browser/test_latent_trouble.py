"""When the page cannot draw by itself, or not as it would like to: a sentence, and a picture all the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from aigc_demo import checkpoints
from aigc_demo.home import SHIPPED
from benchmarks.page_scripts import SHIPPED_MODEL, decoded, run
from tests.browser.conftest import OpenPage, start, step_of, stop, wait_for_step

pytestmark = pytest.mark.browser

NET = "**/models/fast/generator.net"
LAZY = "const renderer = m.openRenderer(model); const first = await renderer.render(draws(1), 3);"


def file() -> bytes:
    return checkpoints.generator_file(SHIPPED / "fast").content


def altered(change: Callable[[dict[str, Any]], None]) -> bytes:
    """The shipped network file with another header."""
    content = file()
    end = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:end])
    change(header)
    head = json.dumps(header).encode()
    return len(head).to_bytes(8, "little") + head + content[end:]


def graph_with(change: Callable[[dict[str, Any]], None]) -> bytes:
    def within(header: dict[str, Any]) -> None:
        graph = json.loads(header["__metadata__"]["graph"])
        change(graph)
        header["__metadata__"]["graph"] = json.dumps(graph)

    return altered(within)


def not_a_number() -> bytes:
    """The first number becomes NaN, and the checksum that of the new numbers: it is left out."""
    content = altered(lambda header: header["__metadata__"].pop("sha256"))
    start_of_numbers = 8 + int.from_bytes(content[:8], "little")
    return content[:start_of_numbers] + np.float32(np.nan).tobytes() + content[start_of_numbers + 4 :]


def one_bit_off() -> bytes:
    content = bytearray(file())
    content[-1] ^= 1
    return bytes(content)


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "not a network file"),
    "foreign": (lambda: b"\x89PNG" * 400, "not a network file"),
    "weights only": (lambda: (SHIPPED / "fast" / checkpoints.GENERATOR).read_bytes(), "not a network file"),
    "cut in its header": (lambda: file()[:500], "cut short"),
    "cut in its numbers": (lambda: file()[:100_000], "cut short"),
    "one bit off": (one_bit_off, "damaged"),
    "not a number": (not_a_number, "not finite"),
    "unknown operation": (lambda: graph_with(lambda graph: graph["nodes"][-1].update(op="fold")), "“fold”"),
    "a name of every object": (
        lambda: graph_with(lambda graph: graph["nodes"][-1].update(op="toString")),
        "“toString”",
    ),
    "wrong size": (lambda: graph_with(lambda graph: graph["nodes"][-2].update(shape=[14, 14, 5])), "do not fit"),
    "another space": (lambda: graph_with(lambda graph: graph["inputs"].update(z=65)), "do not fit"),
    "no such tensor": (lambda: graph_with(lambda graph: graph["nodes"][-2].update(kernel="gone")), "lacks gone"),
    "nodes in a circle": (lambda: graph_with(lambda graph: graph["nodes"][0].update({"from": ["image"]})), "damaged"),
    "no graph": (lambda: altered(lambda header: header["__metadata__"].update(graph="[]")), "damaged"),
}


def answer_with(page: Page, body: bytes) -> None:
    """From now on this is the shipped generator's network file."""
    page.unroute(NET)
    page.route(NET, lambda route: route.fulfill(body=body, headers={"etag": '"broken"'}))


def test_a_file_of_no_use_is_named_and_the_server_draws(open_page: OpenPage) -> None:
    page = open_page()
    shown = run(page, "return text(await m.openRenderer(model, { server: true }).render(draws(1), 3));")
    for name, (content, why) in BROKEN.items():
        answer_with(page, content())
        found = run(
            page, f"{LAZY} return [renderer.where, renderer.why, text(first), await renderer.maps(draws(1)[0], 3)];"
        )
        assert found[0] == "server" and why in found[1], (name, found[1])
        assert found[2:] == [shown, None], name


def test_a_network_that_cannot_leave_the_server_is_drawn_there(open_page: OpenPage) -> None:
    page = open_page()
    refusal = {"error": "This network has a layer of its own."}
    page.route(NET, lambda route: route.fulfill(status=409, json=refusal))
    where, why, size = run(page, f"{LAZY} return [renderer.where, renderer.why, first.length];")
    assert (where, why, size) == ("server", refusal["error"], 784)


def test_when_nobody_answers_the_next_wish_asks_again(open_page: OpenPage) -> None:
    page = open_page()
    page.route(NET, lambda route: route.abort())
    script = "const [status] = await refusal(renderer.render(draws(1), 3)); return [status, renderer.where];"
    begun = "window.renderer ??= m.openRenderer(model); const { renderer } = window;"
    assert run(page, begun + script) == [0, ""]
    page.unroute(NET)
    assert run(page, f"{begun} await renderer.render(draws(1), 3); return renderer.where;") == "page"


def without_workers(open_page: OpenPage, how: str) -> Page:
    page = open_page("/zh/", alone=True)
    page.context.clear_cookies()
    if how == "no Worker":
        page.add_init_script("delete window.Worker")
    else:
        page.route("**/net-worker.js", lambda route: route.abort())
    page.goto(page.url.replace("/zh/", "/en/"))
    page.wait_for_selector("body[data-aigc-ready]", state="attached")
    return page


@pytest.mark.parametrize("how", ["no Worker", "its script cannot be had"])
def test_without_workers_the_page_draws_in_slices(open_page: OpenPage, how: str) -> None:
    page = without_workers(open_page, how)
    where, why, turns, difference = run(
        page,
        """
        const [here, there] = [m.openRenderer(model), m.openRenderer(model, { server: true })];
        let turns = 0;
        const count = setInterval(() => (turns += 1));
        const ours = await here.render(draws(64), 8, 1, { priority: 'later' });
        clearInterval(count);
        const theirs = await there.render(draws(64), 8);
        return [here.where, here.why, turns, Math.max(...ours.map((value, i) => Math.abs(value - theirs[i])))];
        """,
    )
    assert where == "page"
    assert "Workers" in why
    assert turns >= 3  # others had their turns meanwhile
    assert difference <= 2


def test_what_the_visitor_waits_for_overtakes_the_rest_and_the_outdated_is_dropped(open_page: OpenPage) -> None:
    order, dropped = run(
        open_page(),
        """
        const renderer = m.openRenderer(model);
        await renderer.render(draws(1), 3);
        const order = [];
        const [outdated, gone] = [new AbortController(), new AbortController()];
        gone.abort();
        const later = (controller) => renderer.render(draws(500), 3, 1, { priority: 'later', signal: controller?.signal });
        const dropped = [refusal(later(outdated)), refusal(later(gone))];
        const all = [later().then(() => order.push('later')), renderer.render(draws(36), 3).then(() => order.push('now'))];
        outdated.abort();
        await Promise.all(all);
        return [order, (await Promise.all(dropped)).map(([name]) => name)];
        """,
    )
    assert order == ["now", "later"]
    assert dropped == ["AbortError", "AbortError"]


def test_what_is_no_point_or_no_digit_is_refused_with_a_sentence(open_page: OpenPage) -> None:
    refusals = run(
        open_page(),
        """
        const renderer = m.openRenderer(model);
        const [z] = draws(1);
        const wishes = [[z.map(() => NaN), 3], [z.map(() => 1e308), 3], [z.slice(1), 3], [null, 3], [z, 11], [z, null],
          [z, new Float32Array(10)], [z, new Float32Array(10).fill(NaN)]];
        const found = await Promise.all(wishes.map(([point, classes]) => refusal(renderer.render([point], classes))));
        return [...found, await refusal(renderer.render([z], 3, NaN)), await refusal(renderer.maps(z.map(() => NaN), 3))];
        """,
    )
    assert [status for status, _ in refusals] == [400] * 10
    assert all("64 numbers" in sentence for _, sentence in [*refusals[:4], refusals[-1]])
    assert all("0 to 9" in sentence for _, sentence in refusals[4:8])


def test_a_model_that_is_deleted_can_still_be_drawn_with(open_page: OpenPage, session_home: Path) -> None:
    folder = session_home / "runs" / "short-lived"
    shutil.copytree(SHIPPED / "fast", folder)
    page = open_page()
    model = {**SHIPPED_MODEL, "id": folder.name}
    run(page, f"{LAZY} window.renderer = renderer;", model=model)
    shutil.rmtree(folder)
    script = "const { renderer } = window; const found = await refusal(renderer.refresh());"
    status, size = run(page, f"{script} return [found[0], (await renderer.render(draws(40), 3)).length];", model=model)
    assert (status, size) == (404, 40 * 784)


def test_a_picture_follows_a_run_while_it_learns(open_page: OpenPage) -> None:
    page = open_page()
    model = {"id": start(page), "latent_size": 64, "conditional": True, "kind": "live"}
    wait_for_step(page, step_of(page) + 20)
    begun = f"{LAZY} Object.assign(window, {{ renderer, heard: 0 }});"
    begun += "renderer.addEventListener('weights', () => (window.heard += 1));"
    first = run(page, f"{begun} return [renderer.step, text(first)];", model=model)
    refreshed = "const { renderer } = window; const newer = await renderer.refresh();"
    then = [0, ""]
    while then[0] <= first[0]:
        wait_for_step(page, step_of(page) + 20)
        shown = f"{refreshed} return [renderer.step, text(await renderer.render(draws(1), 3))];"
        then = run(page, shown, model=model)
    assert np.abs(decoded(then[1], np.uint8).astype(int) - decoded(first[1], np.uint8)).max() > 2
    stop(page)
    while run(page, f"{refreshed} return newer;", model=model):
        page.wait_for_timeout(200)
    where, heard = run(page, "return [window.renderer.where, window.heard];", model=model)
    assert where == "page" and heard >= 1
