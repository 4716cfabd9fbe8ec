"""Checkpoints: what is written can be read; what anybody else wrote is refused in one sentence, and never run."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from aigc_demo import checkpoints
from aigc_demo.backend import tf
from aigc_demo.checkpoints import CONFIG, DISCRIMINATOR, GENERATOR, GENERATOR_NET, Generator, reading
from aigc_demo.checkpoints.card import card
from aigc_demo.latent import draw
from aigc_demo.networks import build_generator, generate
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.text import NotFound, Text, VisitorError
from tests import models, tiny

FIGURES = {"digit_fd": 12.345, "digit_fd_floor": 1.2, "label_accuracy": None, "n": 1000}


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good checkpoint that no test may change."""
    return models.save(tmp_path_factory.mktemp("saved") / "good", facts={"figures": FIGURES})


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(saved, tmp_path / "mine"))


@pytest.fixture(scope="module")
def model(saved: Path) -> Generator:
    return checkpoints.load(saved)


def refusal(action: Callable[[], object]) -> Text:
    """The sentence with which `action` is refused: one line in each language, and no word of where things lie."""
    with pytest.raises(VisitorError) as caught:
        action()
    text = caught.value.text
    for sentence in (text.zh, text.en):
        assert sentence.strip()
        assert "\n" not in sentence
        assert str(Path.cwd()) not in sentence
        assert "/tmp" not in sentence
        assert len(sentence) < 300
    return text


# ---- writing and reading back ----


def test_a_generator_draws_what_its_network_makes(model: Generator) -> None:
    network = tiny.generator()
    models.weights(network)
    z, labels = draw(0, 12, tiny.LATENT_SIZE), np.arange(12) % 10
    exact = generate(network, tf.constant(z), tf.constant(labels), training=False).numpy()[..., 0]
    images = model.render(z, labels)
    assert (images.dtype, images.shape) == (np.uint8, (12, 28, 28))
    np.testing.assert_allclose(images, exact * 127.5 + 127.5, atol=0.51)
    np.testing.assert_array_equal(model.render(z * 0.5, labels), model.render(z, labels, truncation=0.5))


def test_what_a_loaded_generator_says_of_itself(model: Generator) -> None:
    assert (model.recipe, model.latent_size, model.conditional) == ("tiny", tiny.LATENT_SIZE, True)
    assert Plan.from_json(model.config["plan"]) == models.plan(seed=0)
    assert {key: model.config[key] for key in ("step", "seconds", "figures", "dataset_fingerprint")} == {
        "step": 7,
        "seconds": 1.5,
        "figures": FIGURES,
        "dataset_fingerprint": "abc",
    }


def test_many_images_are_drawn_in_parts(model: Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    z, labels = draw(0, 10, tiny.LATENT_SIZE), np.arange(10)
    whole = model.render(z, labels)
    monkeypatch.setattr("aigc_demo.checkpoints.generator._BATCH", 3)
    np.testing.assert_array_equal(model.render(z, labels), whole)
    assert model.render(z[:0], labels[:0]).shape == (0, 28, 28)


def test_writing_again_replaces_the_model_and_leaves_nothing_behind(folder: Path) -> None:
    models.save(folder, seed=1)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [CONFIG, GENERATOR, GENERATOR_NET, DISCRIMINATOR, "README.md"]
    )
    assert checkpoints.load(folder).config["plan"]["seed"] == 1


@pytest.mark.parametrize("failing", range(1, 6))
def test_a_write_that_fails_leaves_whole_files(folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    models.save(folder.with_name("other"), seed=1)
    after = {path.name: path.read_bytes() for path in folder.with_name("other").iterdir()}
    calls = []
    replace = os.replace

    def full(source: Any, target: Any) -> None:
        calls.append(target)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert "No space left" in refusal(lambda: models.save(folder, seed=1)).en
    assert {path.name for path in folder.iterdir()} == set(before)
    for path in folder.iterdir():
        assert path.read_bytes() in (before[path.name], after[path.name])
    checkpoints.load(folder)


def test_files_are_not_touched_before_all_are_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write = Path.write_bytes

    def half(self: Path, content: bytes) -> int:
        if self.name != CONFIG:
            return write(self, content)
        write(self, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    refusal(lambda: models.save(folder, seed=1))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "cannot be written" in refusal(lambda: models.save(tmp_path / "file" / "model")).en


def test_the_card_tells_how_it_was_made_and_measured(saved: Path) -> None:
    written = (saved / "README.md").read_text()
    for piece in ("`tiny`", "non_saturating", "12.35", "1,000", "CC BY-SA", "CPU", "How it was made", "怎样得到的"):
        assert piece in written
    assert "None" not in written


def test_the_card_of_an_unmeasured_model_of_ones_own_data(tmp_path: Path) -> None:
    own = models.plan(dataset="/home/somebody/secret/cats.npz")
    model = models.weights(tiny.generator())
    checkpoints.write(tmp_path / "m", own, model, model, {"step": 1, "seconds": 0.1})
    written = (tmp_path / "m" / "README.md").read_text()
    assert "cats.npz" in written
    assert "somebody" not in written
    assert "Not measured yet" in written
    assert "CC BY-SA" not in written


@pytest.mark.parametrize(
    ("dataset", "licence"),
    [("fashion_mnist", "licence is: MIT"), ("kmnist", "CC BY-SA 4.0"), ("digits5k", "CC BY-SA 3.0")],
)
def test_the_card_names_the_licence_of_what_it_has_learnt(dataset: str, licence: str) -> None:
    assert licence in card(models.plan(dataset=dataset), {"step": 1, "seconds": 0.1}, 1, 1)


# ---- reading what somebody else wrote ----


def change_config(folder: Path, **changes: Any) -> None:
    config = json.loads((folder / CONFIG).read_text())
    (folder / CONFIG).write_text(json.dumps({**config, **changes}))


def change_tensors(folder: Path, change: Callable[[dict[str, np.ndarray]], object]) -> None:
    tensors = load_file(folder / GENERATOR)
    change(tensors)
    save_file(tensors, folder / GENERATOR)


def with_bytes(name: str, make: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).write_bytes(make((folder / name).read_bytes()))

    return spoil


def with_tensors(change: Callable[[dict[str, np.ndarray]], object]) -> Callable[[Path], None]:
    return lambda folder: change_tensors(folder, change)


def with_config(**changes: Any) -> Callable[[Path], None]:
    return lambda folder: change_config(folder, **changes)


def swap(tensors: dict[str, np.ndarray], name: str, change: Callable[[np.ndarray], np.ndarray]) -> None:
    tensors[name] = change(tensors[name])


def set_value(value: float) -> Callable[[dict[str, np.ndarray]], None]:
    def change(tensors: dict[str, np.ndarray]) -> None:
        tensors["dense1/kernel"][0, 0] = value

    return change


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "no weights": (lambda folder: (folder / GENERATOR).unlink(), "no file"),
    "no config": (lambda folder: (folder / CONFIG).unlink(), "no file"),
    "a folder for a file": (lambda folder: ((folder / GENERATOR).unlink(), (folder / GENERATOR).mkdir()), "no file"),
    "empty weights": (with_bytes(GENERATOR, lambda data: b""), "cut short"),
    "seven bytes": (with_bytes(GENERATOR, lambda data: data[:7]), "cut short"),
    "truncated header": (with_bytes(GENERATOR, lambda data: data[:100]), "cut short"),
    "truncated numbers": (with_bytes(GENERATOR, lambda data: data[:-1]), "damaged"),
    "bytes too many": (with_bytes(GENERATOR, lambda data: data + b"\0"), "damaged"),
    "a flipped bit": (with_bytes(GENERATOR, lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]), "checksum"),
    "a huge header": (with_bytes(GENERATOR, lambda data: b"\xff" * 8 + data[8:]), "damaged"),
    "no header": (with_bytes(GENERATOR, lambda data: b"\0" * 8 + data[8:]), "damaged"),
    "text": (with_bytes(GENERATOR, lambda data: b"weights " * 1000), "damaged"),
    "another shape": (with_tensors(lambda t: swap(t, "dense1/kernel", np.transpose)), "dense1/kernel should be"),
    "another kind": (with_tensors(lambda t: swap(t, "dense2/bias", np.float64)), "float32"),
    "a whole-number kind": (with_tensors(lambda t: swap(t, "dense2/bias", lambda v: v.astype(np.int32))), "int32"),
    "one missing": (with_tensors(lambda t: t.pop("norm1/gamma")), "lacks norm1/gamma"),
    "one too many": (with_tensors(lambda t: t.update(extra=np.zeros(1, np.float32))), "extra"),
    "not a number": (with_tensors(set_value(np.nan)), "not finite"),
    "infinite": (with_tensors(set_value(-np.inf)), "not finite"),
    "negative variance": (with_tensors(lambda t: swap(t, "norm1/moving_variance", np.negative)), "negative variance"),
    "another network's": (lambda folder: shutil.copy(folder / DISCRIMINATOR, folder / GENERATOR), "dense1/kernel"),
    "config: no JSON": (with_bytes(CONFIG, lambda data: data[:50]), "not JSON"),
    "config: no text": (with_bytes(CONFIG, lambda data: b"\xff\xfe\x00"), "not JSON"),
    "config: a list": (with_bytes(CONFIG, lambda data: b"[]"), "not a JSON object"),
    "config: nested deep": (with_bytes(CONFIG, lambda data: b"[" * 200_000), "not JSON"),
    "config: too large": (with_bytes(CONFIG, lambda data: data + b" " * 1_000_000), "too large"),
    "config: format": (with_config(format=2), "format"),
    "config: format is true": (with_config(format=True), "format"),
    "config: unknown network": (with_config(network="os.system"), "network"),
    "config: network is a list": (with_config(network=["fast"]), "network"),
    "config: other network": (with_config(network="fast"), "contradicts"),
    "config: latent size": (with_config(latent_size=64), "contradicts"),
    "config: negative size": (with_config(latent_size=-3), "latent_size"),
    "config: conditional": (with_config(conditional=False), "contradicts"),
    "config: conditional 1": (with_config(conditional=1), "conditional"),
    "config: step": (with_config(step=1.5), "step"),
    "config: seconds": (with_config(seconds=float("nan")), "seconds"),
    "config: figures": (with_config(figures={"digit_fd": "<script>"}), "figures"),
    "config: fingerprint": (with_config(dataset_fingerprint=None), "dataset_fingerprint"),
    "config: data is a word": (with_config(trained_on="digits"), "trained_on"),
    "config: data in one language": (with_config(trained_on={"en": "digits"}), "trained_on"),
    "config: data is a book": (with_config(trained_on={"en": "x" * 301, "zh": ""}), "trained_on"),
    "config: no plan": (with_config(plan={}), "plan"),
    "config: plan of nothing": (with_config(plan=None), "plan"),
}


@pytest.mark.parametrize(("spoil", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_checkpoint_is_refused_in_one_sentence(folder: Path, spoil: Callable[[Path], object], said: str) -> None:
    spoil(folder)
    assert said in refusal(lambda: checkpoints.load(folder)).en


@pytest.mark.parametrize("name", ["format", "plan", "network", "latent_size", "conditional", "step", "seconds"])
def test_a_config_that_lacks_something_is_refused(folder: Path, name: str) -> None:
    config = json.loads((folder / CONFIG).read_text())
    del config[name]
    (folder / CONFIG).write_text(json.dumps(config))
    assert name in refusal(lambda: checkpoints.load(folder)).en


def test_a_network_that_is_not_as_the_config_says_is_refused(folder: Path) -> None:
    """The plan and the config may agree with each other and still lie about the network."""
    config = json.loads((folder / CONFIG).read_text())
    config["plan"]["recipe"]["latent_size"] = config["latent_size"] = 5
    (folder / CONFIG).write_text(json.dumps(config))
    assert "does not fit its network" in refusal(lambda: checkpoints.load(folder)).en


def test_a_file_larger_than_any_model_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1000)
    assert "too large" in refusal(lambda: checkpoints.load(folder)).en


def test_a_header_larger_than_any_of_ours_is_not_parsed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_HEADER_BYTES", 100)
    monkeypatch.setattr(reading, "parse_tensors", lambda content: pytest.fail("it was parsed"))
    assert "damaged" in refusal(lambda: checkpoints.load(folder)).en


class _Bomb:
    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.write_text, (self.trace, "ran")


@pytest.mark.parametrize("name", [GENERATOR, CONFIG])
def test_nothing_in_a_checkpoint_is_run(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).write_bytes(pickle.dumps(_Bomb(tmp_path / "trace")))
    refusal(lambda: checkpoints.load(folder))
    assert not (tmp_path / "trace").exists()


def test_weights_without_a_checksum_are_read(folder: Path) -> None:
    change_tensors(folder, lambda tensors: None)  # as another program would save them
    checkpoints.load(folder)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_gets_past_a_sentence(saved: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Bytes changed, cut or put in anywhere: the file is refused, or reads as tensors; nothing else happens."""
    content = bytearray((saved / GENERATOR).read_bytes())
    header = 8 + int.from_bytes(content[:8], "little")
    place = data.draw(st.one_of(st.integers(0, header), st.integers(0, len(content) - 1)))
    patch = data.draw(st.binary(max_size=12))
    content[place : place + data.draw(st.integers(0, 12))] = patch
    (tmp_path / GENERATOR).write_bytes(content)
    try:
        tensors = checkpoints.read_tensors(tmp_path / GENERATOR)
    except VisitorError:
        return
    assert all(isinstance(value, np.ndarray) for value in tensors.values())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_config_gets_past_a_sentence(saved: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Any JSON value in any place of the config: refused in one sentence, or a config that names a network of ours."""
    config = json.loads((saved / CONFIG).read_text())
    where = config
    name = data.draw(st.sampled_from(sorted(config)))
    while isinstance(where[name], dict) and where[name] and data.draw(st.booleans()):
        where = where[name]
        name = data.draw(st.sampled_from(sorted(where)))
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    where[name] = data.draw(st.recursive(scalars, lambda inner: st.lists(inner, max_size=2), max_leaves=4))
    (tmp_path / CONFIG).write_text(json.dumps(config))
    try:
        read = checkpoints.read_config(tmp_path)
    except VisitorError:
        return
    assert read["network"] == "tiny"


# ---- drawing ----


@pytest.mark.parametrize(
    "z",
    [
        [[0.0] * 2],
        [[0.0] * 4],
        [0.0] * 3,
        [[[0.0] * 3]],
        [[0.0, 0.0], [0.0]],
        [["a", "b", "c"]],
        [[None] * 3],
        [[True] * 3],
        [[1j] * 3],
        [[np.nan, 0, 0]],
        [[np.inf, 0, 0]],
        [[1e308, 0, 0]],
        [[0, 0, -100.5]],
        [[10**400, 0, 0]],
        None,
        "z",
        {"z": 1},
    ],
    ids=repr,
)
def test_a_point_that_is_none_is_refused(model: Generator, z: Any) -> None:
    assert "Each row of z" in refusal(lambda: model.render(z, [0])).en


@pytest.mark.parametrize(
    "labels", [None, 3, [10], [-1], [0.5], [1.0], ["3"], [True], [0, 1], [], [[0]], [2**70], [np.nan]], ids=repr
)
def test_a_label_that_is_none_is_refused(model: Generator, labels: Any) -> None:
    assert "0 to 9" in refusal(lambda: model.render(np.zeros((1, 3)), labels)).en


HALF = [0.5, 0, 0.5, *[0] * 7]


@pytest.mark.parametrize(
    "labels",
    [
        [HALF[:9]],
        [[*HALF, 0]],
        HALF,
        [HALF, HALF],
        [[HALF]],
        [[1.5, -0.5, *[0] * 8]],
        [[0.5, *[0] * 9]],
        [[0.502, 0.5, *[0] * 8]],
        [[0] * 10],
        [[np.nan, 1, *[0] * 8]],
        [[np.inf, *[0] * 9]],
        [[1e308, 1e308, *[0] * 8]],
        [["1", *[0] * 9]],
        [[True, *[False] * 9]],
        [[None] * 10],
        [[2**70, *[0] * 9]],
    ],
    ids=str,
)
def test_a_mixture_that_is_none_is_refused(model: Generator, labels: Any) -> None:
    assert "adding up to 1" in refusal(lambda: model.render(np.zeros((1, 3)), labels)).en


def test_a_point_may_be_a_mixture_of_digits(model: Generator) -> None:
    z = draw(0, 30, tiny.LATENT_SIZE)
    digits = np.arange(30) % 10
    np.testing.assert_array_equal(model.render(z, digits), model.render(z, np.eye(10)[digits].tolist()))
    np.testing.assert_array_equal(model.render(z, digits), model.render(z, np.eye(10, dtype=np.int64)[digits]))
    network = tiny.generator()
    models.weights(network)
    shares = np.random.default_rng(0).dirichlet(np.ones(10), 30).astype(np.float32)
    exact = network([tf.constant(z), tf.constant(shares)], training=False).numpy()[..., 0]
    np.testing.assert_allclose(model.render(z, shares), exact * 127.5 + 127.5, atol=0.51)


@pytest.mark.parametrize("truncation", [-0.1, 2.1, np.nan, np.inf, "1", None, True, [1.0]], ids=repr)
def test_a_truncation_that_is_none_is_refused(model: Generator, truncation: Any) -> None:
    assert "0 to 2" in refusal(lambda: model.render(np.zeros((1, 3)), [0], truncation)).en


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=3, max_size=3), st.integers(0, 9), st.floats(0, 2))
def test_every_point_within_reach_gives_an_image(
    model: Generator, z: list[float], label: int, truncation: float
) -> None:
    assert model.render([z], [label], truncation).shape == (1, 28, 28)


def test_an_unconditional_model_takes_no_notice_of_labels() -> None:
    network = build_generator("tutorial_4_3")
    model = Generator.from_weights(make_plan("tutorial_4_3"), models.weights(network))
    assert not model.conditional
    z = draw(0, 2, 100)
    np.testing.assert_array_equal(model.render(z), model.render(z, [42, "x"]))


def test_numbers_that_overflow_are_no_picture(saved: Path) -> None:
    weights = {name: np.full_like(value, 3e38) for name, value in load_file(saved / GENERATOR).items()}
    broken = Generator.from_weights(models.plan(), weights)
    assert "overflow" in refusal(lambda: broken.render(np.ones((1, 3)), [0])).en


def test_an_image_is_drawn_with_one_state_of_the_weights(saved: Path) -> None:
    """While one thread keeps replacing the weights, others see the old image or the new one, never a mixture."""
    states = [models.weights(tiny.generator(), seed) for seed in (0, 1)]
    model = Generator.from_weights(models.plan(), states[0])
    z, labels = draw(0, 50, tiny.LATENT_SIZE), np.arange(50) % 10
    allowed = []
    for state in states:
        model.assign(state)
        allowed.append(model.render(z, labels).tobytes())
    assert allowed[0] != allowed[1]
    over, strange = threading.Event(), []

    def look() -> None:
        while not over.is_set():
            if (seen := model.render(z, labels).tobytes()) not in allowed:
                strange.append(seen)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(100):
        model.assign(states[turn % 2])
    over.set()
    for thread in threads:
        thread.join()
    assert not strange


def test_weights_that_do_not_fit_change_nothing(saved: Path) -> None:
    weights = models.weights(tiny.generator())
    model = Generator.from_weights(models.plan(), weights)
    before = model.render(np.ones((1, 3)), [4])
    worse = {name: value + 1 for name, value in weights.items()} | {"dense2/bias": np.full(784, np.nan, np.float32)}
    refusal(lambda: model.assign(worse))
    np.testing.assert_array_equal(model.render(np.ones((1, 3)), [4]), before)


# ---- finding ----


@pytest.fixture
def shelf(tmp_path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shipped model `ours`, a run `abc123`, one that has saved nothing, and the feature net, which is no model."""
    shutil.copytree(saved, tmp_path / "shipped" / "ours")
    (tmp_path / "shipped" / "features").mkdir()
    (tmp_path / "shipped" / "features" / CONFIG).write_text("{}")
    shutil.copytree(saved, tmp_path / "runs" / "abc123")
    (tmp_path / "runs" / "empty").mkdir()
    monkeypatch.setattr("aigc_demo.checkpoints.finding.SHIPPED", tmp_path / "shipped")
    return tmp_path / "runs"


def test_models_are_found_by_name(shelf: Path, tmp_path: Path) -> None:
    assert checkpoints.shipped() == ("ours",)
    assert checkpoints.find_named("ours", shelf) == tmp_path / "shipped" / "ours"
    assert checkpoints.find_named("abc123", shelf) == shelf / "abc123"


def test_a_path_is_found_only_where_paths_are_asked_for(shelf: Path, folder: Path) -> None:
    assert checkpoints.find(str(folder), shelf) == folder
    assert checkpoints.find("abc123", shelf) == shelf / "abc123"
    with pytest.raises(NotFound):
        checkpoints.find_named(str(folder), shelf)


@pytest.mark.parametrize(
    "name",
    ["", "empty", "nope", "..", "../runs/abc123", "abc123/", "/etc", "a\0b", "x" * 5000, "~nobody-here", "features", 7],
)
def test_other_names_are_not_found(shelf: Path, name: Any) -> None:
    refusal(lambda: checkpoints.find_named(name, shelf))


@pytest.mark.parametrize("name", ["nope", "a\0b", "x" * 5000, "~nobody-here", "features"])
def test_other_paths_are_not_found(shelf: Path, name: str) -> None:
    with pytest.raises(NotFound):
        checkpoints.find(name, shelf)


def test_a_file_is_no_checkpoint(shelf: Path, saved: Path) -> None:
    with pytest.raises(VisitorError, match="is a file"):
        checkpoints.find(str(saved / CONFIG), shelf)


def test_what_we_ship_can_be_loaded() -> None:
    for name in checkpoints.shipped():
        folder = checkpoints.find_named(name, Path("nowhere"))
        model = checkpoints.load(folder)
        assert model.render(draw(0, 2, model.latent_size), [1, 2]).std() > 10
        assert sum(path.stat().st_size for path in folder.iterdir()) <= 2_500_000
        assert model.config["figures"]["digit_fd"] > 0
