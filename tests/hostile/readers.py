"""Everything that reads a file or a word somebody may have made, and what it is given here.

`python -m tests.hostile.readers` tries them all in a process of its own, whose memory it watches, and prints what came
of it as one JSON object.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_demo import checkpoints, commands
from aigc_demo.checkpoints.about import ABOUT, check_name, read_about
from aigc_demo.checkpoints.axes_file import AXES, axes_content, read_axes
from aigc_demo.checkpoints.card_reading import in_language, read_card
from aigc_demo.checkpoints.parcel import FILES, gather, pack, unpack
from aigc_demo.checkpoints.portable import generator_file
from aigc_demo.data.conversion import Bounds, conversion
from aigc_demo.data.digits import digits5k_all
from aigc_demo.data.hub_sets import card as hub_card
from aigc_demo.data.opening import source_of
from aigc_demo.data.own import OwnStore
from aigc_demo.data.pictures import Choices, Unusable, convert, grey_of, open_picture
from aigc_demo.home import data_home
from aigc_demo.hub.unpacking import _heard
from aigc_demo.latent.axes import Axes
from aigc_demo.recipes import make_plan
from aigc_demo.runs.axes_shelf import axes_of
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.imports import Imports
from aigc_demo.runs.library import Library
from aigc_demo.runs.limits import LOCAL, limits_from
from aigc_demo.runs.listing import list_runs
from aigc_demo.runs.race import FILE as RACE
from aigc_demo.runs.race import Races
from aigc_demo.search.definition import Definition, define
from aigc_demo.search.ranges import usual_ranges
from aigc_demo.search.studies import JOURNAL, StudyFolder
from aigc_demo.text import VisitorError
from tests import models
from tests.data.pictured import drawing, encoded
from tests.hostile import corpus
from tests.hostile.memory import forget_peak, megabytes, peak
from tests.runs.conftest import plan, wait_until_over
from tests.runs.fake_trainer import fake_studio

LONGEST = 5.0  # seconds of the processor for one input
MOST_GROWTH = 200  # MB

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reader:
    """`read` takes one of `inputs`. It may refuse with `VisitorError` (or `Unusable`, which never leaves `data`)."""

    name: str
    inputs: Iterable[Any]
    read: Callable[[Any], object]


def every(folder: Path) -> Iterator[Reader]:
    """All readers. `folder` is theirs to write into."""
    yield from _of_models(folder)
    yield from _of_pictures(folder)
    yield from _of_runs(folder)
    yield from _of_searches(folder)
    yield from _of_words()
    yield Reader("command line", _arguments(folder), _command)


def _writer(path: Path, read: Callable[[], object]) -> Callable[[bytes], object]:
    """Reads what is written to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)

    def reading(content: bytes) -> object:
        path.write_bytes(content)
        return read()

    return reading


def _of_models(folder: Path) -> Iterator[Reader]:
    model = models.save(folder / "model")
    files = gather(model).files
    config = json.loads(files["config.json"])
    weights = files["generator.safetensors"]
    whole = b"".join(pack(model))
    imports = Imports(folder / "imported", LOCAL)

    def read_model(content: bytes) -> object:
        return imports.take(unpack(content).files)

    yield Reader("model zip", chain(corpus.spoilt_bytes(whole, 90), corpus.zip_bombs("config.json", files)), read_model)
    packed = (corpus.zip_of({**files, name: content}) for name, content in _spoilt_files(files))
    yield Reader("model in a zip", packed, read_model)
    tensors = _writer(
        folder / "t" / "generator.safetensors", lambda: checkpoints.read_tensors(folder / "t" / "generator.safetensors")
    )
    yield Reader("safetensors", chain(corpus.tensor_bombs(), corpus.spoilt_bytes(weights, 120)), tensors)
    yield Reader(
        "config.json",
        corpus.spoilt_json(config, 150),
        _writer(folder / "c" / "config.json", lambda: checkpoints.read_config(folder / "c")),
    )
    yield Reader(
        "card",
        chain(corpus.BODIES, corpus.spoilt_bytes(files["README.md"], 40)),
        _writer(folder / "d" / "README.md", lambda: read_card(folder / "d", "en")),
    )
    about = {
        "name": "x",
        "owner": "0" * 64,
        "imported": 1.0,
        "fingerprint": "a",
        "figures": {"digit_fd": 1.0},
        "sizes": [1, 2],
    }
    yield Reader(
        "about.json", corpus.spoilt_json(about, 60), _writer(folder / "e" / ABOUT, lambda: read_about(folder / "e"))
    )
    size = config["latent_size"]
    axes = axes_of(checkpoints.load(model))
    found = json.loads(axes_content(model, axes))
    yield Reader(
        "axes.json",
        chain(corpus.spoilt_json(found, 80), corpus.spoilt_bytes(json.dumps(found).encode(), 30)),
        _writer(model / AXES, lambda: read_axes(model, size, folder / "none")),
    )

    def axes_given(content: bytes) -> object:
        with contextlib.suppress(ValueError, RecursionError):  # what reads a file of the cache takes these for "none"
            return Axes.from_json(json.loads(content), size)
        return None

    yield Reader("axes given", corpus.spoilt_json(found, 30, 7), axes_given)
    network = generator_file(model).content
    yield Reader(
        "generator.net",
        corpus.spoilt_bytes(network, 40),
        _writer(model / "generator.net", lambda: generator_file(model)),
    )
    library = Library(folder / "runs")
    yield Reader(
        "list of models",
        corpus.spoilt_json(config, 60, 3),
        _writer(folder / "runs" / ("0" * 20) / "config.json", lambda: (library.models(()), library.folders())),
    )


def _spoilt_files(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """A model's files, each spoilt in turn, with its right neighbours."""
    for name in FILES:
        for content in islice(corpus.spoilt_bytes(files.get(name, b"\x89PNG"), 100, 5), 0, 100, 9):
            yield name, content


def _of_pictures(folder: Path) -> Iterator[Reader]:
    good = {kind: encoded(drawing(), kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")}

    def see(content: bytes) -> object:
        return convert(grey_of(open_picture(content)), Choices())

    spoilt = (piece for kind, content in good.items() for piece in corpus.spoilt_bytes(content, 30, len(kind)))
    yield Reader("picture", chain(corpus.picture_bombs(), spoilt), see)

    def convert_all() -> object:
        return list(conversion(source_of(folder / "set"), Choices(), Bounds(2_000, 20_000_000), lambda: False))

    pictures = {f"{n % 2}/{n}.png": good["PNG"] for n in range(4)}
    archives = chain(corpus.zip_bombs("a/1.png", pictures), corpus.spoilt_bytes(corpus.zip_of(pictures), 50))
    yield Reader("zip of pictures", archives, _writer(folder / "set", convert_all))
    bombs = (corpus.zip_of({**pictures, "a.png": bomb}) for bomb in corpus.picture_bombs())
    yield Reader("bombs in a zip", bombs, _writer(folder / "set", convert_all))
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer, images=np.full((6, 28, 28), 9, np.uint8), labels=np.arange(6), class_names=np.array(list("abcdef"))
    )
    arrays = buffer.getvalue()
    yield Reader(
        "npz", chain(corpus.npz_bombs(), corpus.spoilt_bytes(arrays, 60)), _writer(folder / "set", convert_all)
    )
    store = OwnStore(folder / "own")
    kept = store.folder / store.add(list(_converted(folder, pictures))[-1], "x").id
    card = json.loads((kept / "card.json").read_bytes())
    card_reader = _writer(kept / "card.json", lambda: (store.listing(), store.info(kept.name)))
    images = (kept / "images.npz").read_bytes()
    yield Reader(
        "own images", corpus.spoilt_bytes(images, 40), _writer(kept / "images.npz", lambda: store.load(kept.name))
    )
    yield Reader("own card", corpus.spoilt_json(card, 60), card_reader)
    hub = data_home() / "hub" / "kmnist" / "card.json"
    yield Reader(
        "hub card",
        corpus.spoilt_json({"repository": "a/b", "commit": "0", "converted": [{"zh": "a", "en": "b"}]}, 40),
        _writer(hub, lambda: hub_card("kmnist")),
    )
    yield Reader("hub worker's answer", [body.decode(errors="replace") for body in corpus.BODIES], _heard)


def _converted(folder: Path, pictures: dict[str, bytes]) -> Iterator[Any]:
    (folder / "good.zip").write_bytes(corpus.zip_of(pictures))
    return conversion(source_of(folder / "good.zip"), Choices(), Bounds(2_000, 20_000_000), lambda: False)


def _of_runs(folder: Path) -> Iterator[Reader]:
    studio = fake_studio(folder / "studio")
    run = studio.start(plan(steps=12)).run
    wait_until_over(run)
    studio.close()
    path = run.folder.path
    record = json.loads((path / "run.json").read_bytes())

    def open_run() -> object:
        opened = RunFolder.open(path)
        opened.load_state()
        opened.frames.listing()
        return list_runs(path.parent, (), None), opened.log.rows()

    for name, count in (("run.json", 120), ("metrics.jsonl", 60), ("probes.jsonl", 30), ("training.safetensors", 60)):
        file = path / name
        good = (
            file.read_bytes() if file.exists() else b'{"step":1,"seconds":0.1,"index":0,"scores":null,"figures":null}\n'
        )
        spoilt = corpus.spoilt_json(record, count) if name == "run.json" else corpus.spoilt_bytes(good, count)
        lines = (b"\n".join(corpus.spoilt_json(json.loads(good.splitlines()[0]), 4, seed)) for seed in range(30))
        yield Reader(name, chain(spoilt, lines) if name.endswith("l") else spoilt, _writer(file, open_run))
        file.write_bytes(good)
    for place, name in enumerate(("000001-000001.png", "9" * 40 + "-000001.png", "٣٣٣٣٣٣-000001.png", "x.png")):
        yield Reader(
            f"frame {place}", corpus.spoilt_bytes(b"\x89PNG", 7, place), _writer(path / "frames" / name, open_run)
        )
    race = {"id": "0" * 20, "runs": ["0" * 20], "titles": [{"zh": "a", "en": "b"}], "owner": ""}

    def read_race(content: bytes) -> object:
        (folder / "races" / ("0" * 20)).mkdir(parents=True, exist_ok=True)
        (folder / "races" / ("0" * 20) / RACE).write_bytes(content)
        return Races(folder / "races", studio._shelf).get("0" * 20)

    yield Reader("race.json", corpus.spoilt_json(race, 50), read_race)


def _of_searches(folder: Path) -> Iterator[Reader]:
    definition = define("fast", usual_ranges(make_plan("fast")))
    made = StudyFolder.create(folder / "studies", "study", definition)
    journal = (made.path / JOURNAL).read_bytes()
    lines = journal.splitlines()

    def read_study() -> object:
        return StudyFolder.open(folder / "studies", "study").results()

    by_line = (
        b"\n".join([*lines[:place], *corpus.spoilt_json(json.loads(lines[place]), 2, seed), *lines[place + 1 :]])
        + b"\n"
        for seed in range(12)
        for place in range(len(lines))
    )
    yield Reader(
        "search storage",
        chain(corpus.spoilt_bytes(journal, 40), islice(by_line, 60)),
        _writer(made.path / JOURNAL, read_study),
    )

    def read_definition(content: bytes) -> object:
        with contextlib.suppress(json.JSONDecodeError, UnicodeDecodeError, RecursionError):
            return Definition.from_json(json.loads(content))
        return None

    yield Reader("search definition", corpus.spoilt_json(definition.to_json(), 60), read_definition)


def _of_words() -> Iterator[Reader]:
    yield Reader("a model's name", corpus.VALUES, check_name)
    yield Reader(
        "a card's language", [text + "\n## " + text for text in corpus.TEXTS], lambda text: in_language(text, "zh")
    )
    names = ("AIGC_DEMO_MAX_SECONDS", "AIGC_DEMO_QUEUE", "AIGC_DEMO_FETCH", "AIGC_DEMO_KEPT_RUNS")
    variables = [{name: text} for name in names for text in corpus.TEXTS]
    yield Reader("environment", variables, lambda environment: limits_from(environment, True))


def _arguments(folder: Path) -> Iterator[list[str]]:
    """Command lines that must be refused before anything is trained."""
    texts = [text.replace("\x00", "") for text in corpus.TEXTS[::2]]
    out = str(folder / "out")
    for text in texts:
        yield ["generate", "--checkpoint", text or "?", "--n", "1", "--out", f"{out}.png"]
        yield ["train", "--recipe", text or "?", "--steps", "1", "--out", out]
        yield ["train", "--set", text, "--steps", "1", "--out", out]
        yield ["evaluate", "--samples", text or "?"]
        yield ["import", text or "?"]
        yield ["datasets", "add", f"{text or '?'}.zip"]
        yield [text]
    for number in ("-1", "1e400", "NaN", "九", "", "0x10", "9" * 400):
        yield ["train", "--steps", number, "--out", out]
        yield ["train", "--seconds", number, "--out", out]
        yield ["train", "--seed", number, "--steps", "1", "--out", out, "--recipe", "nothing"]
        yield ["generate", "--checkpoint", "fast", "--n", number or "x", "--out", f"{out}.exe"]


def _command(arguments: list[str]) -> object:
    """One command as `main` runs it: status 2 and a single line, or what it printed."""
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        status = commands.main(arguments)
    lines = complained.getvalue().splitlines()
    assert status in (0, 2), (status, lines)
    assert status == 0 or len(lines) == 1, lines
    assert not any(ord(letter) < 32 and letter != "\n" for letter in complained.getvalue()), repr(lines)
    return status


@dataclass
class Findings:
    counted: dict[str, int]
    faults: list[str]
    slowest: tuple[float, str] = (0.0, "")
    seconds: dict[str, float] = field(default_factory=dict)
    megabytes: dict[str, int] = field(default_factory=dict)  # held after each reader


def try_all(folder: Path, findings: Findings) -> None:
    for reader in every(folder):
        for given_input in reader.inputs:
            _try(reader.name, reader.read, given_input, findings)
        findings.megabytes[reader.name] = round(megabytes("self"))
    _generated(folder, findings)


def _try(name: str, read: Callable[[Any], object], given_input: Any, findings: Findings) -> None:
    findings.counted[name] = findings.counted.get(name, 0) + 1
    began = time.process_time()
    try:
        read(given_input)
    except (VisitorError, Unusable):
        pass
    except (Exception, SystemExit):
        if len(findings.faults) < 60:
            findings.faults.append(f"{name}: {given_input!r:.300}\n{traceback.format_exc(limit=-5)}")
    spent = time.process_time() - began
    findings.seconds[name] = findings.seconds.get(name, 0.0) + spent
    findings.slowest = max(findings.slowest, (spent, f"{name}: {given_input!r:.100}"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _generated(folder: Path, findings: Findings) -> None:
    """What Hypothesis thinks of: values in the place of a record's and a config's own, and bytes."""
    model, run = folder / "model", next((folder / "studio" / "runs").glob("*/run.json")).parent
    _values_in("config.json", model / "config.json", lambda: checkpoints.read_config(model), findings)
    _values_in("run.json", run / "run.json", lambda: RunFolder.open(run), findings)
    spot = folder / "t" / "any"
    _bytes_in("safetensors", spot, lambda: checkpoints.read_tensors(spot), findings)
    _bytes_in("pictures", spot, lambda: source_of(spot), findings)


def _values_in(name: str, file: Path, read: Callable[[], object], findings: Findings) -> None:
    good = json.loads(file.read_bytes())
    reading = _writer(file, read)

    @settings(max_examples=60)
    @given(st.sampled_from(sorted(good)), JSON)
    def put(key: str, value: Any) -> None:
        _try(f"{name}, generated", reading, json.dumps(good | {key: value}).encode(), findings)

    put()


def _bytes_in(name: str, file: Path, read: Callable[[], object], findings: Findings) -> None:
    reading = _writer(file, read)

    @settings(max_examples=60)
    @given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: b"PK\3\4" + tail))
    def put(content: bytes) -> None:
        _try(f"{name}, generated", reading, content, findings)

    put()


# The same examples every time, as in the other tests; what is slow is looked for by our own clock.
settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.load_profile("gate")


def main() -> int:
    logging.basicConfig(level=logging.INFO)
    findings = Findings({}, [])
    with tempfile.TemporaryDirectory() as place, models.tiny_recipe():
        warm = models.save(Path(place) / "warm")
        checkpoints.load(warm)
        generator_file(warm)
        axes_of(checkpoints.load(warm))  # brings in the feature net
        digits5k_all()
        forget_peak("self")
        before = megabytes("self")
        try_all(Path(place), findings)
        after, most = megabytes("self"), peak("self")
    found = {
        "counted": findings.counted,
        "faults": findings.faults,
        "slowest": findings.slowest,
        "seconds": {name: round(spent, 2) for name, spent in findings.seconds.items()},
        "megabytes": {"before": round(before), **findings.megabytes},
        "grown": after - before,
        "grown_at_most": most - before,
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
