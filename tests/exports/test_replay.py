"""The frozen replay as a file: one whole HTML document that holds all it needs and asks for nothing."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import orjson
import pytest

from aigc_demo.exports import FORMATS, Options, Page
from aigc_demo.exports.modules import PREFIX, import_map
from aigc_demo.exports.replay import light, replay
from aigc_demo.runs.frames import Frame
from aigc_demo.runs.run import Run
from aigc_demo.text import Refused


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """A page of three scripts that says one word."""
    (tmp_path / "start.js").write_text("import { a } from './a.js';\nimport './b.js';\na('</script>');\n")
    (tmp_path / "a.js").write_text("import { b } from \"./b.js\";\nexport const a = () => import('./c.js').then(b);\n")
    (tmp_path / "b.js").write_text(
        "/** @type {import('./unused.js').B} a type is no import,\n *  nor is one here: */\n"
        "export const b = 1; // './a.js' in a comment is no import\n"
    )
    (tmp_path / "c.js").write_text("export default 3;\n")
    (tmp_path / "unused.js").write_text("alert('not in the file');\n")
    (tmp_path / "look.css").write_text("body { color: rebeccapurple }\n")
    words = {"losses": {}, "auxiliaries": {}, "strings": {"word": "<b>&"}}
    return Page(
        tmp_path,
        "start.js",
        (tmp_path / "look.css",),
        lambda snapshot, lang: f"A <run> & {lang}",
        lambda: "<main>here</main>",
        lambda snapshot, lang: {**words, "of": lang},
        lambda snapshot: {"more": [1, 2]},
    )


class _Parts(HTMLParser):
    """The scripts of a document by their id or type, and whatever its tags point to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: dict[str, str] = {}
        self.addresses: list[str] = []
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.addresses += [found[name] or "" for name in ("src", "href") if name in found]
        self.open = str(found.get("id") or found.get("type") or "begin") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.scripts[self.open] = self.scripts.get(self.open, "") + data


def _made(run: Run, page: Page) -> tuple[str, _Parts, dict[str, Any]]:
    text = FORMATS["html"].make(run, Options("zh", 1.0, lambda: page)).decode()
    parts = _Parts(text)
    return text, parts, json.loads(parts.scripts["aigc-data"])


def test_the_file_holds_the_run_its_pictures_and_the_words_of_both_languages(eventful: Run, page: Page) -> None:
    _, _, data = _made(eventful, page)
    assert data["lang"] == "zh"
    assert {lang: words["of"] for lang, words in data["catalogues"].items()} == {"zh": "zh", "en": "en"}
    facts = eventful.snapshot()
    assert data["snapshot"]["curves"] == orjson.loads(orjson.dumps(facts["curves"], option=orjson.OPT_SERIALIZE_NUMPY))
    assert [frame["step"] for frame in data["frames"]] == [0, 10, 20, 30, 40, 50, 60]
    assert base64.b64decode(data["frames"][3]["png"]) == eventful.frames.get(3).png  # type: ignore[union-attr]
    assert data["more"] == [1, 2]
    assert r"\mathcal{L}_D" in data["mathml"]


def test_no_word_of_the_run_ends_a_script_or_a_title(eventful: Run, page: Page) -> None:
    text, parts, data = _made(eventful, page)
    assert data["catalogues"]["en"]["strings"]["word"] == "<b>&"
    assert "<title>A &lt;run> &amp; zh</title>" in text
    assert text.count("</script>") == 4  # the import map, the data, what begins, and the entry
    assert set(parts.scripts) == {"importmap", "aigc-data", "begin", "module"}


def test_it_asks_for_nothing(eventful: Run, page: Page) -> None:
    text, parts, _ = _made(eventful, page)
    assert parts.addresses == []
    assert "default-src 'none'" in text
    modules = json.loads(parts.scripts["importmap"])["imports"]
    assert set(modules) == {PREFIX + name for name in ("a.js", "b.js", "c.js", "start.js")}
    for address in modules.values():
        code = base64.b64decode(address.removeprefix("data:text/javascript;base64,")).decode()
        assert not re.search(r"(from|import)\s*\(?\s*['\"]\./", code)


def test_every_way_of_importing_is_renamed(page: Page) -> None:
    modules = import_map(page.scripts, page.entry)
    code = base64.b64decode(modules["aigc/a.js"].split(",")[1]).decode()
    assert 'from "aigc/b.js"' in code
    assert "import('aigc/c.js')" in code
    assert "'./a.js' in a comment" in base64.b64decode(modules["aigc/b.js"].split(",")[1]).decode()


@pytest.mark.parametrize(
    ("state", "told"), [("training", "interrupted"), ("queued", "interrupted"), ("failed", "failed")]
)
def test_nothing_goes_on_in_a_file(eventful: Run, page: Page, state: str, told: str) -> None:
    facts = {**eventful.snapshot(), "state": state, "queue": 3, "measuring": True}
    frames = [eventful.frames.get(0)]
    parts = _Parts(replay(facts, frames, page, "en").decode())  # type: ignore[arg-type]
    snapshot = json.loads(parts.scripts["aigc-data"])["snapshot"]
    assert (snapshot["state"], snapshot["queue"], snapshot["measuring"]) == (told, 0, False)


def test_many_pictures_are_thinned_and_the_last_one_stays() -> None:
    frames = [Frame(place, place, b"x" * 100) for place in range(100)]
    kept = light(frames, 2_000)
    assert 2 <= len(kept) <= 20
    assert (kept[0], kept[-1]) == (frames[0], frames[-1])
    assert light(frames[:3], 1_000) == frames[:3]


def test_a_run_without_pictures_cannot_be_played(fresh: Run, page: Page) -> None:
    with pytest.raises(Refused):
        FORMATS["html"].make(fresh, Options("en", 1.0, lambda: page))
